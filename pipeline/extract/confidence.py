"""The chance that a value is right, from what was seen when it was read. The weights are data, `data/confidence.json`, fitted on filled forms."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from models.record import NarrativeBoxes
from pipeline.extract.draft import Evidence
from pipeline.extract.values.ethnicity import ethnicity_code
from pipeline.extract.values.listed import RELATION

_NAME = re.compile(r"^[^\W\d_][\w.'’`-]*(?:[ -][^\W\d_][\w.'’`-]*){0,3}$")
_NO_NAMES = re.compile(
    r"\b(?:click|enter|text|choose|item|above|below|child|children|information|available|number|date|name|address|the|and|with|was|is|not|no|yes|other|please|section|school|"
    r"academy|nursery|road|street|lane|avenue|team|service|services|council|police|hospital|surgery|refused|asked|mother|father|mum|dad|sister|brother|gender|male|female|"
    r"referral|form|consent|telephone|relationship|born|dob|details|known|age|email|parent|carer)\b",
    re.IGNORECASE,
)
_PROMPT = re.compile(r"\b(?:click|enter text|choose an)\b|\d{4}", re.IGNORECASE)
_LONGEST = 60
_ARE_NAMES = frozenset({"given_names", "family_name", "name", "aliases"})
_ARE_STORIES = frozenset(f"narrative.{field}" for field in NarrativeBoxes.model_fields) | {"consent.reason", "history.previous_involvement"}
_TELLING = {
    "relationship_to_child": RELATION,
    "role": re.compile(
        r"\b(?:teacher|nurse|gp|doctor|worker|officer|manager|visitor|midwife|lead|head|senco|assistant|co-?ordinator|practitioner|therapist|counsellor|consultant|psychologist|"
        r"constable|sergeant|inspector|paediatrician|mentor|tutor|paramedic|advis[eo]r|housing|dentist|solicitor|psychiatrist|idva|registrar)\b",
        re.IGNORECASE,
    ),
    "agency": re.compile(
        r"\b(?:school|academy|college|nursery|surgery|practice|medical|health|centre|clinic|hospital|trust|services?|team|council|police|constabulary|housing|camhs|association|"
        r"charity|homes|pre-?school|primary|infants?|juniors?|probation|women'?s aid|refuge)\b",
        re.IGNORECASE,
    ),
    "school": re.compile(
        r"\b(?:school|academy|college|nursery|pre-?school|primary|infants?|juniors?|grammar|playgroup|childminder|kindergarten|educated|centre|high)\b",
        re.IGNORECASE,
    ),
    "gp": re.compile(r"\b(?:dr|doctor|surgery|practice|medical|health|clinic)\b", re.IGNORECASE),
    "religion": re.compile(
        r"\b(?:christian\w*|catholic|church|c of e|anglican|muslim|islam\w*|hindu\w*|sikh\w*|jew\w*|buddhis\w*|none|atheis\w*|jehovah\w*|pentecostal|orthodox|methodist|baptist|rastafari\w*)\b",
        re.IGNORECASE,
    ),
    "first_language": re.compile(
        r"\b(?:english|welsh|polish|urdu|punjabi|panjabi|bengali|sylheti|arabic|somali|romanian|portuguese|spanish|french|turkish|kurdish|tamil|gujarati|mandarin|cantonese|chinese|"
        r"farsi|persian|dari|pashto|albanian|lithuanian|latvian|bulgarian|russian|ukrainian|tigrinya|amharic|yoruba|igbo|twi|vietnamese|italian|hindi|bsl|sign|greek|hungarian|"
        r"slovak|czech|german|nepali|swahili|lingala|malayalam|romani|hebrew|yiddish|irish|gaelic)\b",
        re.IGNORECASE,
    ),
}
"""Words by which a value is known to be of its kind."""


@cache
def _weights() -> dict[str, float]:
    data = json.loads((files("pipeline.extract") / "data" / "confidence.json").read_text(encoding="utf-8"))
    return {str(name): float(weight) for name, weight in data["weights"].items()}


def features(seen: Evidence, path: str, value: Any, kind_of_file: str) -> dict[str, float]:
    """What a value's confidence is reckoned from: names of weights, and how much of each."""
    group, _, rest = path.partition(".")
    leaf = rest.rpartition(".")[2] or rest
    named = (
        f"match={seen.match}",
        f"how={seen.how}",
        f"origin={seen.origin.value}",
        f"block={seen.block}",
        f"typed={seen.typed}",
        f"agrees={seen.agrees}",
        f"group={group}",
        f"leaf={leaf if group in {'children', 'people', 'agencies'} else path}",
        f"file={kind_of_file}",
        f"looks={looks(leaf, value)}",
    )
    return {"base": 1.0, "ocr": round(1.0 - seen.ocr, 3), "near": seen.near, **dict.fromkeys(named, 1.0)}


def looks(leaf: str, value: Any) -> str:
    """Does a value look like what it should be? `known` for what can hardly be anything else; `odd` for a name with digits or words of forms, a telephone
    of five figures, a mail address without its sign, a story of three words; else `right`.
    """
    if not isinstance(value, str):
        return "right"
    if leaf in _ARE_NAMES:
        return "right" if _NAME.match(value) and not _NO_NAMES.search(value) else "odd"
    if leaf == "phone":
        return "right" if 10 <= sum(letter.isdigit() for letter in value) <= 13 else "odd"
    if leaf == "ethnicity":
        return "known" if ethnicity_code(value) else "right"
    if leaf in _ARE_STORIES:
        return "known" if value.count(" ") > 7 else "right" if value.count(" ") > 2 else "odd"
    if leaf in _TELLING:
        if len(value) > _LONGEST or _PROMPT.search(value):
            return "odd"
        return "known" if _TELLING[leaf].search(value) else "right"
    return "right"


def confidence(seen: Evidence, path: str, value: Any, kind_of_file: str) -> float:
    """A probability between 0.01 and 0.995."""
    return chance(features(seen, path, value, kind_of_file))


def chance(seen: Mapping[str, float]) -> float:
    """The probability that these features give, between 0.01 and 0.995."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) * amount for name, amount in seen.items())
    return round(min(0.995, max(0.01, 1 / (1 + math.exp(-score)))), 3)
