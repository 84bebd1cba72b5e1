"""A cell or a paragraph taken apart: labels, and what was answered to each within the same cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from models.document import Control, Line, Mark, Span
from pipeline.extract.answers import FILLED, all_bold, bold_prefix, cut, first_filled, has_marks, is_filled, wholly_filled
from pipeline.extract.choices import read_sentence
from pipeline.extract.labels import Finder, Label, find_statement
from pipeline.extract.printed import Mode, follow_up, is_prompt, sure, wrapped
from pipeline.extract.values.dates import find_date
from pipeline.extract.values.numbers import EMAIL, PHONE, POSTCODE

_OPTIONS = re.compile(
    r"(?:\[\s*[xX✓✔]?\s*\]|[\s:(☐☒☑□])*(?:\b(?:yes|no|y|n|not known|unknown|n/?a|not applicable|don[’']?t know|not sure)\b[\s/|,☐☒☑□_xX✓✔()\[\]]*){2,}"
    r"(?:\(?\s*\*?\s*(?:please\s+)?(?:delete|circle|tick|highlight|underline)\b[^)]*\)?)?\s*$",
    re.IGNORECASE,
)
_GENDER_LINE = re.compile(
    r"\b(?:fe)?male\b[\s☐☒☑□xX✓✔/|(\[\])]+(?:fe)?male\b(?:[\s☐☒☑□xX✓✔/|(\[\])]+(?:unknown|not known|other|unborn|indeterminate|prefer not to say)\b)*[\s☐☒☑□xX✓✔/|(\[\])]*$",
    re.IGNORECASE,
)
_PREFIX_WORDS = re.compile(r"\S+")
_TYPED = {"born": None, "edd": None, "date": None, "phone": PHONE, "email": EMAIL, "postcode": POSTCODE, "contact": PHONE}
_EPOCH = date(2100, 1, 1)
_STORIES = ("narrative.", "consent.reason", "safety.current", "history.previous")


@dataclass(slots=True)
class Segment:
    """A label and what follows it in the same cell. `label` is None for words before any label; `follows` is yes or no for "If no, why?"; `named` says
    that the label is the file's own name for a field, so that the printed one may stand elsewhere; `unknown` that it is one by its print alone."""

    label: Label | None
    lines: list[Line] = field(default_factory=list)
    printed: Line | None = None
    follows: str | None = None
    named: bool = False
    unknown: bool = False

    @property
    def answered(self) -> bool:
        """Was anything filled in or ticked?"""
        return any(is_filled(line) for line in self.lines)

    @property
    def title(self) -> str:
        """The words it was printed under."""
        return self.label.text if self.label else self.printed.text.strip() if self.printed else ""

    @property
    def asks(self) -> bool:
        """Is this a label or a question, of whatever kind?"""
        return self.label is not None or self.follows is not None or self.unknown


def segments(lines: tuple[Line, ...], find: Finder, *, mode: Mode = "open") -> list[Segment]:
    """A cell's lines as segments. In `answer` mode a label stands left of this cell, so that only what is surely printed counts as one."""
    found: list[Segment] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        text = line.text.strip()
        if not text and not has_marks((line,)) and not any(isinstance(item, Control | Span) for item in line.items):
            number += 1
            continue
        if len(text) > 600 or (wholly_filled(line) and (mode != "open" or not _named_controls(line, find))):
            _append(found, line)
            number += 1
            continue
        strict: Mode = "story" if _telling(found, line) else mode
        taken = _wrapped(found, lines, number, find, strict)
        if taken:
            number += taken
            continue
        for piece in _line(line, find, strict):
            if not piece.asks:
                for part in piece.lines:
                    _append(found, part)
            elif _answers_the_last(found, piece, line):
                found[-1].lines.append(line)
            else:
                found.append(piece)
        number += 1
    return found


def _answers_the_last(found: list[Segment], piece: Segment, line: Line) -> bool:
    """Under a label that still waits for its answer, a word that is as often an answer is one: "School Nurse" under "Role"."""
    last = found[-1] if found else None
    if last is None or last.label is None or last.lines or last.label.subject_only or piece.label is None or piece.lines:
        return False
    unlike = last.printed is None or all_bold(line) != all_bold(last.printed)
    return piece.label.answer_too and unlike and line.text.rstrip()[-1:] not in ":?"


def _append(found: list[Segment], line: Line) -> None:
    if not found:
        found.append(Segment(None))
    found[-1].lines.append(line)


def _telling(found: list[Segment], line: Line) -> bool:
    """Is a free-text answer being written, in which words like labels are most likely words?"""
    label = found[-1].label if found else None
    return label is not None and label.field is not None and label.field.startswith(_STORIES) and found[-1].answered and not all_bold(line)


def _wrapped(found: list[Segment], lines: tuple[Line, ...], number: int, find: Finder, mode: Mode) -> int:
    """Takes a label that a narrow column broke over lines; how many lines it took."""
    count, label = wrapped(lines, number, find, mode)
    if label is not None:
        found.append(Segment(label, printed=lines[number]))
    return count


def _line(line: Line, find: Finder, mode: Mode) -> list[Segment]:
    """One line: a label alone, a label with its answer, several of them, or words."""
    text = line.text
    stripped = text.strip()
    if mode == "open" and (named := _named_controls(line, find)):
        return named
    if _is_options(line) or _is_option(line, stripped, find):
        return [Segment(None, [line])]
    if special := _special(line, text, stripped, find):
        return special
    if any(letter.isdigit() for letter in stripped[-12:]) and mode in {"open", "cell"} and (typed := typed_prefix(line, find)):
        return [typed]
    if pieces := _after_bold(line, text, find, mode) or _after_dots(line, text, find, mode):
        return pieces
    whole = find(stripped)
    if pieces := _before_answer(line, text, stripped, whole, find, mode):
        return pieces
    if label := sure(whole, stripped, mode):
        return [Segment(label, _own_controls(line), printed=line)]
    if pieces := _split_colons(line, text, find, mode):
        return pieces
    for offset in _boundaries(line, text):
        if pieces := _split_at(line, text, offset, find, mode):
            return pieces
    if follows := follow_up(stripped):
        return _follow_line(line, stripped, follows)
    return [Segment(None, [line])]


def _after_bold(line: Line, text: str, find: Finder, mode: Mode) -> list[Segment]:
    """A label in bold with its answer in ordinary print."""
    bold = bold_prefix(line)
    if not bold:
        return []
    return _split_at(line, text, bold, find, mode, exact=True) or (_set_apart(line, text, bold, find) if mode in {"open", "cell"} else [])


_LEADER = re.compile(r"(?<=[\w?):])\s*(?:\.{3,}|…+|_{3,})(?=\s*[^\s._…])")


def _after_dots(line: Line, text: str, find: Finder, mode: Mode) -> list[Segment]:
    """`Officer ...... Ann Gale`: dots or a rule lead from a label to its answer."""
    leader = _LEADER.search(text[:120]) if mode in {"open", "cell"} else None
    if leader is None or follow_up(text[: leader.start()]):
        return []
    before = text[: leader.start()].strip()
    label = find(before)
    if label is None and (before.count(" ") > 8 or before[-1] in ".,;"):
        return []
    printed, rest = cut(line, leader.end())
    return [Segment(label, [rest], cut(printed, leader.start())[0], unknown=True)]


def _set_apart(line: Line, text: str, offset: int, find: Finder) -> list[Segment]:
    """Bold words before ordinary ones: a label by how it is printed, even one that nobody has taught us."""
    before, after = text[:offset].strip(), text[offset:].strip()
    if not after or not 1 < len(before) < 160 or before[-1] in ".,;!" or before.count(" ") > 22 or not before[0].isalnum() or follow_up(before):
        return []
    label = find(before)
    if _CHOICE.search(text) or (label is None and " " not in before and before[-1] not in ":?"):
        return []
    printed, rest = cut(line, offset)
    return [Segment(label, [rest], printed, unknown=True)]


_CHOICE = re.compile(
    r"^\W*(?:yes|no|y|n|male|female|m|f|not known|unknown|n/?a)\b\W*(?:/|\||\s)\W*(?:yes|no|y|n|male|female|m|f|not known|unknown|n/?a)\b",
    re.IGNORECASE,
)
"""Options set in bold where they were chosen: no label, and no answer to one."""


def _is_options(line: Line) -> bool:
    """Boxes each with its words after it: options to choose from, even where one of them reads like a label."""
    shown = [item for item in line.items if isinstance(item, Mark) or (isinstance(item, Span) and item.text.strip())]
    boxes = sum(isinstance(item, Mark) for item in shown)
    return boxes > 1 and isinstance(shown[0], Mark) and not isinstance(shown[-1], Mark)


def _is_option(line: Line, stripped: str, find: Finder) -> bool:
    """A box before words that only sound like the heading of a story: "☒ We are worried for today"."""
    if not (line.items and isinstance(line.items[0], Mark)) or stripped[-1:] in {"?", ":"}:
        return False
    label = find(stripped)
    if label is None or label.match not in {"rule", "guess"}:
        return False
    says = find_statement(stripped)
    return (label.field or "").startswith("narrative.") or (says is not None and says[0] != label.field)


def _named_controls(line: Line, find: Finder) -> list[Segment]:
    """Fields that the file itself calls by their label, where no printed label stands in their line."""
    controls = [item for item in line.items if isinstance(item, Control)]
    if not controls or any(isinstance(item, Span | Mark) and (isinstance(item, Mark) or item.text.strip()) for item in line.items):
        return []
    found = []
    for control in controls:
        name = (control.label or "").strip()
        label, follows = find(name), follow_up(name)
        if label is None and follows is None:
            return []
        found.append(Segment(label, [replace(line, items=(control,))], follows=follows, named=True))
    return found


def _before_answer(line: Line, text: str, stripped: str, whole: Label | None, find: Finder, mode: Mode) -> list[Segment]:
    """A label and its answer on one line, where the two together could be taken for a question."""
    if whole is not None and whole.match not in {"rule", "guess"}:
        return []
    if pieces := _question_and_answer(line, text, find, mode) if whole is not None else []:
        return pieces
    pieces = _split_colons(line, text, find, mode, exact=True) if ":" in stripped[:-1] else []
    printed = line.heading is not None or all_bold(line)
    if not pieces and whole is not None and not printed and re.search(r"[:?]\s+\S", stripped):
        pieces = _split_colons(line, text, find, mode)
    names_only = bool(pieces) and whole is not None and pieces[0].label is not None and pieces[0].label.subject_only
    return [] if names_only else pieces


def _question_and_answer(line: Line, text: str, find: Finder, mode: Mode) -> list[Segment]:
    """`Where do they live? 2 Mill Lane`: what follows a question mark is its answer, unless it asks or explains in its turn."""
    asked = re.search(r"\?(?=\s+\S)", text)
    if asked is None or text.rstrip()[-1] in "?:":
        return []
    pieces = _split_at(line, text, asked.end(), find, mode)
    alone = len(pieces) == 1 and bool(pieces[0].lines) and find(pieces[0].lines[0].text.strip()) is None
    return pieces if alone else []


def _special(line: Line, text: str, stripped: str, find: Finder) -> list[Segment]:
    """Lines with their options printed in them: Male Female, Yes No, does does not."""
    if _GENDER_LINE.search(stripped) and len(stripped) < 110:
        return [Segment(Label(stripped, slots=("gender",)), [line], printed=line)]
    if sentence := read_sentence(line):
        words, answered = sentence
        if label := find(words.rstrip(" .") + "?") or find(words):
            said = [replace(line, items=(Span("Yes" if answered else "No"),))] if answered is not None else []
            return [Segment(label, said, line)]
    options = _OPTIONS.search(text)
    before = text[: options.start()].strip() if options else ""
    if options is None or not before:
        return []
    printed, answer = cut(line, options.start())
    if (label := find(before)) is not None and not label.subject_only:
        return [Segment(label, [answer], printed)]
    if follows := follow_up(before):
        return [Segment(None, [answer], line, follows)]
    return [Segment(Label(before, field="nothing", match="none"), [answer], printed)] if before.endswith("?") else []


def _split_colons(line: Line, text: str, find: Finder, mode: Mode, *, exact: bool = False) -> list[Segment]:
    """A label before one of the first colons or question marks: the longest that is one."""
    ends = [match.end() for match in re.finditer(r"[:?]", text[:300])][:3]
    for offset in reversed(ends):
        if pieces := _split_at(line, text, offset, find, mode, exact=exact):
            return pieces
    return []


def _own_controls(line: Line) -> list[Line]:
    """An empty or filled control, or a box, that stands in the label's own line."""
    items = tuple(
        item for item in line.items if isinstance(item, Control | Mark) or (isinstance(item, Span) and (item.placeholder or item.origin in FILLED))
    )
    return [replace(line, items=items)] if items else []


_INSTRUCTS = re.compile(
    r"^\s+(?:please\s+)?(?:state|give|say|explain|specify|describe|provide|tell us|outline|why|reasons?|grounds|rationale|details?|comments?)\b[^.:?]{0,40}[:?]?\s*$",
    re.IGNORECASE,
)
"""What a follow-up question still asks behind its colon."""


def _follow_line(line: Line, text: str, follows: str) -> list[Segment]:
    colon = text.find(":")
    question = text.find("?")
    end = max(colon, question)
    if end > 0 and _INSTRUCTS.match(text[end + 1 :]):
        end = len(text) - 1  # "If no: state grounds"
    offset = line.text.find(text) + end + 1 if end > 0 else len(line.text)
    filled = first_filled(line)
    if filled is not None:
        offset = min(offset, filled) if end > 0 else filled
    printed, answer = cut(line, offset)
    return [Segment(None, [answer] if answer.items else [], printed, follows)]


def _boundaries(line: Line, text: str) -> list[int]:
    """Where a label may end and its answer begin, the surest first."""
    found = [offset for offset in (first_filled(line), bold_prefix(line)) if offset]
    if "\t" in text or "   " in text:
        found.extend(match.start() for match in re.finditer(r"\t|\s{3,}", text[:200]))
    mark = _first_mark(line)
    if mark:
        found.append(mark)
    dotted = re.search(r"[._…]{4,}", text)
    if dotted:
        found.append(dotted.start())
    return list(dict.fromkeys(found))


def _first_mark(line: Line) -> int | None:
    seen = 0
    for item in line.items:
        if isinstance(item, Mark):
            return seen
        seen += (
            len(item.text)
            if isinstance(item, Span) and not (item.placeholder or item.strike)
            else len(item.value or "")
            if isinstance(item, Control)
            else 0
        )
    return None


_BOX_AT_END = re.compile(r"(?<=\S)\s*(?:\[\s*[xX✓✔]?\s*\]|\(\s*\)|[☐☒☑□])\s*$")
"""A typed box belongs to the option after it, not to the label before it."""


def _split_at(line: Line, text: str, offset: int, find: Finder, mode: Mode, *, exact: bool = False) -> list[Segment]:
    """A label up to a character, and its answer after it. `exact` wants words of the lexicon as they stand, and an answer after them."""
    box = _BOX_AT_END.search(text[:offset])
    offset = box.start() if box else offset
    before = text[:offset].strip()
    if follow_up(before) or (exact and not text[offset:].strip() and first_filled(line) is None):
        return []
    label = sure(find(before), before, mode, whole=False) if before else None
    if label is None or (text[offset - 1] not in ":?" and (label.match in {"part", "fuzzy", "combined"} or re.match(r"\d\s", before))):
        return []
    if exact and label.match not in {"exact", "definition"}:
        return []
    printed, rest = cut(line, offset)
    pieces = [Segment(label, [], printed)]
    if text[offset - 1] == "?" and (follows := follow_up(rest.text.strip())):
        return [*pieces, Segment(None, [], rest, follows)]
    if text[offset - 1] == "?" and is_prompt(rest):
        return pieces
    more = _more_labels(rest, find)
    if more is None:
        if rest.text.strip() or rest.items:
            pieces[0].lines.append(rest)
        return pieces
    first, others = more
    if first.items:
        pieces[0].lines.append(first)
    return pieces + others


def _more_labels(rest: Line, find: Finder) -> tuple[Line, list[Segment]] | None:
    """`Religion: X  Language: Y`: the answer to the first label, and the labels after it."""
    text = rest.text
    for colon in re.finditer(r":", text[:200]):
        words = list(_PREFIX_WORDS.finditer(text[: colon.start()]))
        for first in range(max(0, len(words) - 7), len(words)):
            start = words[first].start()
            label = find(text[start : colon.end()].strip())
            if label is not None and label.match in {"exact", "part"} and not (label.answer_too and start):
                answer, tail = cut(rest, start)
                return answer, _line(tail, find, "open")
    return None


def typed_prefix(line: Line, find: Finder) -> Segment | None:
    """`Date of Birth 07/01/13`: a label without a colon, sure because what follows is of its type."""
    text = line.text
    words = list(_PREFIX_WORDS.finditer(text[:120]))
    for count in range(1, min(7, len(words))):
        end = words[count - 1].end()
        label = find(text[:end])
        slot = "date" if label is not None and (label.field or "").startswith("referral.date") else label.slot if label is not None else None
        if label is None or label.match == "fuzzy" or slot not in _TYPED:
            continue
        rest = text[end:].strip()
        pattern = _TYPED[slot]
        fits = pattern.match(rest) if pattern else (found := find_date(rest, _EPOCH)) is not None and rest.startswith(found.raw)
        if fits:
            printed, answer = cut(line, end)
            return Segment(label, [answer], printed)
    return None
