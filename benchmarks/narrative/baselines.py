"""What is easily had, to measure ourselves against: a keyword list, the same with generic negation, and a lexicon of cue words for factuality."""

from __future__ import annotations

import re

KEYWORDS = {
    "domestic_abuse": "domestic (?:abuse|violence)|dv|violent|assaulted|dash|marac|non-mol|controlling|refuge|threatened her|punched her|hit her|strangled",
    "mental_health": "mental health|depress\\w*|anxiety|anxious|low mood|psycho\\w*|bipolar|camhs|sertraline|schizo\\w*|ptsd|pnd|breakdown",
    "substance_misuse": "alcohol\\w*|drunk|drinking|intoxicated|drugs?|cannabis|cocaine|heroin|methadone|substance misuse|vodka|weed|crack",
    "neglect": "neglect\\w*|hungry|dirty|unkempt|filthy|unsupervised|left alone|no food|not brought|soiled|head lice",
    "physical_abuse": "hit|slapped|smacked|punched|kicked|bruis\\w*|burns?|fracture\\w*|injur\\w*|beaten|nai",
    "sexual_abuse": "sexual\\w*|rape\\w*|indecent|nudes?|touched (?:her|him|me)|privates?",
    "emotional_abuse": "emotional\\w* abus\\w*|scapegoat\\w*|belittl\\w*|worthless|useless|shouts? at (?:him|her)|humiliat\\w*",
    "exploitation": "exploit\\w*|county lines|cse|cce|gang\\w*|traffick\\w*|nrm|slavery|older men",
    "disability": "autis\\w*|adhd|disab\\w*|learning difficult\\w*|ehcp|wheelchair|epilep\\w*|deaf|blind",
    "housing": "homeless\\w*|evict\\w*|overcrowd\\w*|damp|mould|temporary accommodation|rent arrears",
    "missing": "missing|absconded|ran away|run away|whereabouts",
    "self_harm": "self-?\\s?harm\\w*|suicid\\w*|overdose\\w*|cutting|ligature|kill (?:him|her|my)self",
    "harmful_practices": "fgm|forced marriage|honour[- ]based|female genital",
    "radicalisation": "radicali\\w*|extremis\\w*|prevent referral|terroris\\w*|far right|jihad\\w*",
}
_COMPILED = {category: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for category, words in KEYWORDS.items()}
_NEGATION = re.compile(r"\b(?:no|not|never|nil|without|denie[sd]|denying|n't|negative|none|neither|nor)\b(?:\W+\w+){0,6}?\W*$", re.IGNORECASE)
_BELIEF = re.compile(
    r"\b(?:think|believe|feel|felt|suspect|worried|concern(?:ed)?|opinion|view|seem\w*|appear\w*|probably|perhaps|maybe|might|may|could|likely|clearly|obviously|should"
    r"|must|risk|lovely|lazy|useless|nightmare|worry|doubt|impression|unsafe|vulnerable)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:sa(?:id|ys)|t(?:old|ells)|state[sd]|report(?:s|ed)|claim(?:s|ed)|allege[sd]|disclose[sd]|denie[sd]|admit(?:s|ted)|apparently|according to|mention(?:s|ed))\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:i|we) (?:said|told|reported)\b", re.IGNORECASE)


def keywords(text: str) -> set[str]:
    """Categories whose keywords stand in the text."""
    return {category for category, pattern in _COMPILED.items() if pattern.search(text)}


def keywords_with_negation(text: str) -> set[str]:
    """The same, a keyword after a word of denial left out."""
    return {category for category, pattern in _COMPILED.items() for match in pattern.finditer(text) if not _NEGATION.search(text[: match.start()])}


def cue_lexicon(text: str) -> str:
    """Factuality by cue words alone."""
    if _REPORT.search(text) and not _OWN.search(text):
        return "reported"
    return "opinion" if _BELIEF.search(text) else "fact"
