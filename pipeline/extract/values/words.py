"""Small closed vocabularies: yes and no, gender, explicit unknowns, placeholders."""

from __future__ import annotations

import re
from functools import lru_cache

_YES = re.compile(r"^\W*(yes|y|yep|true|agreed|✓|✔|☑|☒|x)(?![a-z])", re.IGNORECASE)
_NO = re.compile(r"^\W*(no|n|nope|false|none)(?![a-z])(?!\s*\.?\s*\d)", re.IGNORECASE)
_AT_PRESENT = r"(?:\s*,?\s*(?:at\s+(?:this|the)\s+(?:time|stage|moment|point)|at\s+present|as\s+yet|yet|currently|by\s+\w+(?:\s+\w+){0,2}|to\s+\w+(?:\s+\w+){0,2}|from\s+\w+))?"
_EITHER = re.compile(
    r"^\W*(?:(?:yes|y)\W+(?:or\W+|and\W+)?(?:no|n)\b\W*$|no\s+(?:idea|information|answer|reply|response|details?|record)\b|yes\b[^.;]{0,40}\(?\bno\b(?:\s*\(|\W*$))",
    re.IGNORECASE,
)
"""Both answers at once, or words that begin as an answer does and are none."""
_UNKNOWN = re.compile(
    r"^\W*(?:"
    rf"not?\s*(?:t\s*)?(?:(?:yet|currently|presently)\s+)?(?:known|given|stated|recorded|disclosed|provided|available|sure|obtained|confirmed|established|clear|supplied|held|shared|on\s+(?:the\s+)?(?:system|file|record)){_AT_PRESENT}"
    rf"|(?:currently\s+)?unknown{_AT_PRESENT}|unsure|n\s*[./]?\s*k\.?|u/?k|n\s*[./]\s*a\.?|na|not\s+applicable|no\s+(?:information|details)(?:\s+(?:available|held|given|known))?|info(?:rmation)?\s+(?:not\s+(?:known|available|held|given)|withheld)"
    rf"|don['’]?t\s+know|do\s+not\s+know|to\s+be\s+(?:confirmed|advised|checked|completed)|t\.?b\.?[ac]\.?|to\s+follow|not\s+asked|awaiting(?:\s+(?:confirmation|information|details|reply))?"
    rf"|(?:declined|refused|does\s+not\s+wish|did\s+not\s+wish|prefers?\s+not|would\s+not|did\s+not|unable)\s+to\s+(?:say|state|answer|disclose|give|obtain|provide|confirm)(?:\s+\w+)?|unable\s+to\s+(?:obtain|confirm)"
    r"|(?:mother|father|mum|dad|parents?|family|child|carer)\s+(?:did|would|does)\s+not\s+(?:say|know|give|state|disclose)"
    r"|\?+|-+|–+|—+)(?:\s*[-–—,;:(]\s*(?:not|un)\s*(?:known|given|disclosed|recorded|asked)\b.{0,30})?\W*$",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^\W*(?:nil|none|none (?:known|given|stated|recorded)|nothing(?: known)?|no(?:ne)? known|not aware of any)\W*$", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"^\W*(?:(?:click|tap|click or tap)(?: here)? to (?:enter|select|choose|add|write|type|fill)\b.*|choose an?\s+item\W*|click to select|select (?:an? )?(?:item|gender|option|one|date|ethnicity|religion|language)\b.*"
    r"|please (?:select|choose)\b.*|do not leave blank|enter (?:text|date|details)(?: here)?|(?:please )?(?:type|write|enter)(?: your)?(?: answer| response| text| details)? here(?: please)?|insert (?:text|date|name)(?: here)?"
    r"|\[?\s*(?:d{1,2}|m{1,3}|y{2,4})(?:[\s./-]+(?:d{1,2}|m{1,3}|y{2,4}))+\s*\]?|(?:for example|e\.?g\.?)[:,.\s].*|please (?:tick|state|specify|give details|circle)\b.{0,60})\s*$",
    re.IGNORECASE | re.DOTALL,
)
_BLANKS = re.compile(r"^[\s*_.…/\\|·\-–—:\[\]()☐□]*$")
_FEMALE = frozenset(["f", "female", "girl", "woman", "fem", "female", "(f)"])
_MALE = frozenset(["m", "male", "boy", "man"])
_OTHER = frozenset(
    ("other", "non-binary", "nonbinary", "non binary", "transgender", "trans", "intersex", "indeterminate", "self-describe", "another", "x")
)


def is_blank(text: str) -> bool:
    """Nothing but the furniture of an empty box: rules, dots, slashes of an empty date."""
    return bool(_BLANKS.match(text))


@lru_cache(maxsize=8192)
def is_placeholder(text: str) -> bool:
    """Printed prompt text that nobody typed over."""
    stripped = text.strip()
    return is_blank(stripped) or (len(stripped) < 160 and bool(_PLACEHOLDER.match(" ".join(stripped.split()))))


def is_unknown(text: str) -> bool:
    """One of the many ways of saying that one does not know."""
    return len(text) < 60 and bool(_UNKNOWN.match(" ".join(text.split())))


def is_nothing(text: str) -> bool:
    """ "None", "nil", "nothing known": an answer to some questions, no value for a name or a number."""
    return len(text) < 40 and bool(_NOTHING.match(" ".join(text.split())))


def parse_yes_no(text: str) -> tuple[bool | None, str]:
    """True, False or None, and what was written after it."""
    words = " ".join(text.split())
    if _EITHER.match(words) or is_unknown(words):
        return None, ""
    for answer, pattern in ((True, _YES), (False, _NO)):
        if match := pattern.match(words):
            return answer, words[match.end() :].strip(" \t.,;:-–—()")
    return None, words


def parse_gender(text: str) -> str | None:
    """The contract's word for a gender; None when it is no gender."""
    word = re.sub(r"\b(?:s?he|they)\s*/\s*(?:her|him|them)s?\b", " ", text.casefold())
    word = " ".join(re.sub(r"[^a-z\- ]", " ", word).split()).strip(" -")
    said = {"female" if part in _FEMALE else "male" for part in word.replace("-", " ").split() if part in _FEMALE | _MALE}
    if re.match(r"trans(?:gender|sexual)?\b|non\b", word):
        return "other"
    if len(said) > 1:
        return None
    word = re.sub(r"^(?:identif(?:ies|ying)\s+as|registered\s+(?:as\s+)?)\s*(?:an?\s+)?", "", word)
    if word in _FEMALE:
        return "female"
    if word in _MALE:
        return "male"
    if word in _OTHER:
        return "other"
    first = word.split(" ")[0] if word else ""
    if first in {"female", "girl"}:
        return "female"
    return "male" if first in {"male", "boy"} else None
