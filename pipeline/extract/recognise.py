"""Which form is this? Told by its title and the run of its headings, never by its file name or version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from models.document import Document
from models.extraction import FormIdentity, FormType
from models.forms import FormDefinition
from pipeline.extract.labels import find_label
from pipeline.extract.wording import key, one_line, unnumbered

_TITLES: tuple[tuple[FormType, re.Pattern[str], float], ...] = (
    (
        "SOS",
        re.compile(
            r"\bsigns of safety\b.*\b(?:mapping|map|assessment|planning|tool)\b|\b(?:mapping|map)\b.*\bsigns of safety\b|\bsigns of safety\b",
            re.IGNORECASE,
        ),
        0.9,
    ),
    ("SNF", re.compile(r"^(?!.*\b(?:summary|development|parents|carers)\b).*\bstrengths (?:and|&) needs\b", re.IGNORECASE), 0.85),
    (
        "SSR",
        re.compile(
            r"\bsingle (?:service|point|agency) (?:request|referral)|\b(?:single|specific)(?:\s*/\s*specific)? agency referral\b|\bssr\b|\bservice request\b|\brequest for (?:a )?(?:single )?service\b|\bspecific agency\b",
            re.IGNORECASE,
        ),
        0.85,
    ),
    ("IAF", re.compile(r"\binter-?\s?agency referral\b|\biaf\b|\binter-?\s?agency (?:form|assessment)\b", re.IGNORECASE), 0.9),
    ("EHA", re.compile(r"\bearly help\b.*\b(?:assessment|form|plan)\b|\beha\b", re.IGNORECASE), 0.85),
    ("CAF", re.compile(r"\bcommon assessment\b|\bcaf\b|\bpre-?\s?caf\b", re.IGNORECASE), 0.85),
    (
        "MARF",
        re.compile(r"\bmulti-?\s?agency\b.*\b(?:referral|form|hub)\b|\bmarf\b|\bmash\b|\bmulti-?\s?agency safeguarding hub\b", re.IGNORECASE),
        0.85,
    ),
    (
        "MARF",
        re.compile(
            r"\b(?:safeguarding children|children'?s social (?:care|work)|children'?s services|child protection)\b.*\b(?:referral|request|notification)\b|\breferral\b.*\bchildren'?s (?:social|services)",
            re.IGNORECASE,
        ),
        0.6,
    ),
)
_REFERRAL = re.compile(
    r"\breferral\b|\breferring\b|\brequest for (?:service|support)\b|\bsafeguarding\b|\bchild protection\b|\bassessment\b|\bsignificant harm\b|\bconcerns? (?:about|for)\b",
    re.IGNORECASE,
)
_NOT_REFERRALS = (
    re.compile(r"\b(?:invoice|remittance|purchase order|amount due|total due|vat (?:no|number|reg))\b", re.IGNORECASE),
    re.compile(r"\b(?:newsletter|unsubscribe|training (?:event|course|programme)|book your place|webinar|vacancy|job advert)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:out of (?:the )?office|automatic reply|auto-?reply|annual leave|delivery (?:has )?failed|undeliverable|read receipt)\b", re.IGNORECASE
    ),
    re.compile(r"\b(?:minutes of|agenda|terms of reference|attendees|apologies)\b", re.IGNORECASE),
    re.compile(r"\b(?:chronology|curriculum vitae|risk register|price list|menu)\b", re.IGNORECASE),
)
_PAGE = re.compile(r"[\s,|·–-]*\(?\bpage\s*\d+(?:\s*(?:of|/)\s*\d+)?\)?\s*$|[\s,|·–-]+\d+\s*(?:of|/)\s*\d+\s*$", re.IGNORECASE)
_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class Outline:
    """What a form shows before it is read: its first lines, its short lines as compared, and how much of it asks."""

    opening: tuple[str, ...]
    text: str
    labels: int
    words: int
    margins: int = 0
    """How many of the first lines stand in the margins."""


def outline(document: Document) -> Outline:
    """A document's fingerprint."""
    opening: list[str] = [one_line(line.text) for line in document.margins if 4 < len(line.text.strip()) < 140][:4]
    short: set[str] = set()
    margins = len(opening)
    labels = words = 0
    for line in document.lines():
        text = one_line(line.text)
        if not text:
            continue
        words += text.count(" ") + 1
        if len(text) > 220:
            continue
        if len(opening) < 24 and len(text) < 180:
            opening.append(text)
        short.add(key(unnumbered(text)))
        labels += find_label(text) is not None or (":" in text and find_label(text.split(":")[0]) is not None)
    return Outline(tuple(opening), "\n" + "\n".join(short) + "\n", labels, words, margins)


def identify(shape: Outline, forms: tuple[FormDefinition, ...]) -> tuple[FormIdentity, FormDefinition | None]:
    """The form's identity, and the definition that corrects its reading, if one fits."""
    best, score = None, 0.0
    for form in forms:
        fit = _fit(form, shape)
        if fit > score:
            best, score = form, fit
    general, title, sure = _general(shape)
    if best is not None and score >= (0.5 if general in {best.type, "OTHER"} or sure < 0.8 else 0.75):
        return FormIdentity(type=best.type, definition=best.id, title=title or best.title, confidence=round(min(0.99, score), 3)), best
    return FormIdentity(type=general, title=title, confidence=sure), None


def _fit(form: FormDefinition, shape: Outline) -> float:
    """How well a definition's title and headings meet the document: a title alone is not enough when its headings are missing."""
    head = [key(line) for line in shape.opening]
    titled = any(_title_key(title) in line for title in form.titles for line in head if line)
    wanted = [key(heading) for heading in form.headings]
    seen = sum(f"\n{heading}\n" in shape.text or f"\n{heading} " in shape.text for heading in wanted)
    share = seen / len(wanted) if wanted else 0.0
    if titled:
        return 0.55 + 0.44 * share if share >= 0.3 or not wanted else 0.3 + 0.4 * share
    return share * 0.9 if seen >= 4 else 0.0


@lru_cache(maxsize=512)
def _title_key(title: str) -> str:
    return key(title)


def _general(shape: Outline) -> tuple[FormType, str | None, float]:
    for place, line in enumerate(shape.opening):
        if len(line) > 140:
            continue
        for kind, pattern, sure in _TITLES:
            if pattern.search(line) and (place < 6 or len(line) < 70):
                return kind, _printed_title(shape, pattern, line), round(max(0.3, sure - 0.03 * place), 3)
    title = next((line for line in (*shape.opening[shape.margins :], *shape.opening[: shape.margins]) if len(line) < 100), None)
    return "OTHER", _without_page(title) if title else None, 0.4


def _printed_title(shape: Outline, pattern: re.Pattern[str], line: str) -> str:
    """The title as the form itself prints it; as its header or footer has it only where the form does not, and never with the number of a page."""
    printed = next((own for own in shape.opening[shape.margins : shape.margins + _TITLE_LINES] if len(own) < 140 and pattern.search(own)), line)
    return _without_page(printed)


def _without_page(title: str) -> str:
    return _PAGE.sub("", title).strip(" -–|,·") or title


def is_referral(document: Document, shape: Outline, filled: int) -> bool:
    """False only for what is clearly none: nothing asked, nothing read, and words of another trade. In doubt it is read."""
    if filled >= 2 or shape.labels >= 6:
        return True
    text = " ".join(one_line(line.text) for line in document.lines())[:6000]
    if _REFERRAL.search(text) and not any(pattern.search(" ".join(shape.opening[:6])) for pattern in _NOT_REFERRALS):
        return True
    return not any(pattern.search(text) for pattern in _NOT_REFERRALS) and shape.words > 4


def is_title(line: str) -> bool:
    """Could this line stand over a form and say which it is?"""
    return 4 < len(line) < 100 and any(sure >= 0.8 and pattern.search(line) for _, pattern, sure in _TITLES)
