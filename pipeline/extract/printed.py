"""What is printed on a form, told from what was filled in: labels broken over lines, follow-up questions, prompts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from models.document import Control, Line, Mark, Origin, Span
from pipeline.extract.answers import all_bold, all_italic, bold_prefix, has_marks, wholly_filled
from pipeline.extract.labels import Finder, Label, is_guidance
from pipeline.extract.values.words import is_blank, is_placeholder
from pipeline.extract.wording import unnumbered

Mode = Literal["open", "cell", "answer", "story"]
"""How much a text must look printed to count as a label: anywhere, in a table with heads, where an answer is expected, inside a free-text answer."""

_DETAILS = re.compile(
    r"^\W*if\s+(?:the\s+answer\s+(?:is|was)\s+|you\s+(?:have\s+)?(?:answered|ticked|selected|put|said)\s+|consent\s+(?:is|was|has been)\s+|it\s+(?:is|was)\s+)?"
    r"[\"'‘’“”]*(?P<answer>yes|no|not|so|n|y|other|refused|declined|withheld|partial|none)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"^\W*(?:if|where|when)\b[^.?:]{0,70}\b(?:not|no|isn[’']?t|haven[’']?t|hasn[’']?t|refused|without)\b.{0,90}?"
    r"\b(?:why|reasons?|rationale|explain|explanation|grounds|going ahead|proceed(?:ing)?|state|tell us)\b",
    re.IGNORECASE | re.DOTALL,
)
_WHY_NOT = re.compile(
    r"^\W*(?:please\s+)?(?:(?:tell us|say|explain|state|give|describe)\s+)?(?:(?:the|your)\s+)?(?:why not|why was this not|why is this|reasons? why not|reasons? for this)\W*$",
    re.IGNORECASE,
)
_REFUSALS = frozenset({"refused", "declined", "withheld", "partial", "none"})


def follow_up(text: str) -> str | None:
    """ "If no, please say why": the answer it hangs on; None for any other words."""
    match = _DETAILS.match(unnumbered(text))
    if match is None and _WHY_NOT.match(unnumbered(text)):
        return "no"
    if match is None:
        return "no" if len(text) < 200 and _NEGATED.match(unnumbered(text)) else None
    answer = match["answer"].lower()
    return {"y": "yes", "n": "no"}.get(answer, "no" if answer in _REFUSALS else answer)


def sure(label: Label | None, text: str, mode: Mode, *, whole: bool = True) -> Label | None:
    """A label where an answer may stand must look printed."""
    if label is None or mode in {"open", "cell"}:
        return label
    stripped = text.rstrip(" *")
    marked = stripped.endswith(("?", ":"))
    if mode == "story" or label.match == "rule":
        return label if whole and (marked or unnumbered(stripped) != stripped or _subheading(label, stripped)) else None
    if not whole and (label.answer_too or label.subject_only):
        return None
    if marked:
        return label
    if stripped.endswith("."):
        return None
    if label.answer_too or label.match in {"fuzzy", "combined", "part"} or label.subject_only:
        return None
    return label if " " in stripped else None


def _subheading(label: Label, text: str) -> bool:
    """A few words on a line of their own that open the next box of a story, such as "Complicating factors"."""
    return (label.field or "").startswith("narrative.") and text.count(" ") < 8 and text[:1].isupper() and text[-1:] not in ".,;"


def wrapped(lines: Sequence[Line], number: int, find: Finder, mode: Mode = "open") -> tuple[int, Label | None]:
    """The longest run of lines that together are one label."""
    joined = lines[number].text.strip()
    second = lines[number + 1].text.strip() if number + 1 < len(lines) else ""
    if unnumbered(second) != second or not _part_of_label(lines[number].text) or bold_prefix(lines[number]) is not None:
        return 0, None
    best: tuple[int, Label | None] = (0, None)
    if (
        not joined
        or len(joined) > 140
        or joined[-1] in '.!;"”'
        or lines[number].heading is not None
        or has_marks((lines[number],))
        or any(isinstance(item, Control) for item in lines[number].items)
    ):
        return best
    for more in range(1, min(5, len(lines) - number)):
        following = lines[number + more]
        if (
            following.heading is not None
            or has_marks((following,))
            or wholly_filled(following)
            or joined.endswith((":", "?", "."))
            or not following.text.strip()
            or not _part_of_label(following.text)
            or bold_prefix(following) is not None
            or following.gap
        ):
            break
        joined = f"{joined} {following.text.strip()}"
        if len(joined) > 260:
            break
        if label := sure(find(joined), joined, mode):
            best = (more + 1, label)
    return best if best[1] is not None and _one_label(best[1], lines[number], lines[number + 1], find) else (0, None)


def _part_of_label(text: str) -> bool:
    """A line of a broken label holds no answer: no colon inside it, no gap, no great length."""
    stripped = text.strip()
    if sum(letter.isdigit() for letter in stripped) > 4 or stripped.casefold() in {"yes", "no", "not known", "n/a", "unknown"}:
        return False
    return ":" not in stripped[:-1] and "\t" not in stripped and "   " not in stripped and "? " not in stripped and len(stripped) < 130


def _one_label(joined: Label, first: Line, second: Line, find: Finder) -> bool:
    """Two lines that are labels each for itself are two labels, unless together they ask for what the first asks for."""
    one = find(first.text.strip())
    if one is None:
        return not _heads(first, second, joined, find)
    if (one.slots, one.field) == (joined.slots, joined.field):
        two = find(second.text.strip())
        if two is not None and one.block != joined.block:
            return False
        goes_on = second.text.strip()[:1].islower() or second.text.rstrip().endswith(("?", ")"))
        return (joined.match == "exact" and one.match != "rule") or (goes_on and all_bold(first) == all_bold(second))
    if joined.block and one.slot == joined.block and second.text.rstrip().endswith(":"):
        return all_bold(first) == all_bold(second)  # "School / Nursery", "Address:": the colon closes both, and the address is the school's
    return joined.match in {"exact", "definition"} and find(second.text.strip()) is None


def _heads(first: Line, second: Line, joined: Label, find: Finder) -> bool:
    """Is the first line a heading, and the second alone the question that both together seem to be?"""
    text = second.text.strip()
    own = find(text) if text[:1].isupper() and not _NOT.search(first.text) else None
    return own is not None and own.field is not None and own.field == joined.field


_NOT = re.compile(r"\b(?:not|no|without|never)\b", re.IGNORECASE)


def is_prompt(line: Line) -> bool:
    """Printed guidance rather than an answer: bracketed, in italics or grey, or telling the writer what to do."""
    text = line.text.strip()
    if any(isinstance(item, Mark) for item in line.items) or wholly_filled(line):
        return False
    if not text or is_blank(text) or is_placeholder(text) or _is_ruler(line, text):
        return True
    return (all_italic(line) and not any(item.origin is not Origin.TEXT for item in line.items if isinstance(item, Span))) or is_guidance(text)


def _is_ruler(line: Line, text: str) -> bool:
    """A printed scale, 0 to 10, with no figure marked on it; or the line that explains its ends."""
    if re.match(r"^0\s*(?:=|means\b|is\b)", text):
        return True
    figures = [int(figure) for figure in re.findall(r"\d+", text[:80])]
    if len(figures) < 5 or figures != list(range(figures[0], figures[0] + len(figures))) or re.search(r"[a-z]{3}", text, re.IGNORECASE):
        return False
    styles = {(item.bold, item.underline, item.highlight, item.strike) for item in line.items if isinstance(item, Span) and item.text.strip()}
    return len(styles) < 2


_ORDER = re.compile(
    r"^\W*(?:please|ask|ring|call|phone|contact|speak to|talk to|do not|don[’']t|make sure|ensure|have the|have your|keep|use this|complete|fill in|send|attach|tick|"
    r"write|say|tell us|see|read|remember|check|discuss|consult|refer to|return|follow|always|never|give)\b",
    re.IGNORECASE,
)


def tells_what_to_do(text: str) -> bool:
    """A short order, as printed guidance gives them: "Ask first, unless asking puts somebody at risk"."""
    return text.count(" ") < 30 and "\n" not in text.strip() and _ORDER.match(text) is not None
