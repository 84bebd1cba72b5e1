"""The page taken apart: a document as a run of events, each a heading, a question with its answer, or rows of a table under its column heads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.document import Control, Document, Line, Mark, Table
from pipeline.extract.answers import Answer, all_bold, all_italic, bold_prefix, cut, has_marks
from pipeline.extract.choices import read_sentence
from pipeline.extract.events import Event, Heading, Loose, Pair
from pipeline.extract.grid import Grid
from pipeline.extract.heads import OPTION_HEADS
from pipeline.extract.labels import Finder, Label, find_heading, find_label, is_guidance
from pipeline.extract.printed import follow_up, is_prompt, wrapped
from pipeline.extract.segments import Segment, segments, typed_prefix
from pipeline.extract.tables import read_table
from pipeline.extract.wording import key, unnumbered

_GOES_ON = frozenset({"address", "address_phone", "contact", "name_contact", "name", "people", "pr_holders", "disability_details", "phone"})
"""Boxes outside a table that may run over several lines; every other ends with its line."""


def read_layout(document: Document, find: Finder = find_label) -> list[Event]:
    """Every question and answer of a document, in reading order."""
    walker = _Walker(find, _field_names(document))
    blocks = document.blocks
    number = 0
    while number < len(blocks):
        block = blocks[number]
        if isinstance(block, Table):
            walker.table(block, number)
            number += 1
            continue
        end = number
        while end < len(blocks) and isinstance(blocks[end], Line):
            end += 1
        run = [line for line in blocks[number:end] if isinstance(line, Line)]
        walker.lines(run, before_table=end < len(blocks))
        number = end
    walker.close()
    return walker.events


def _field_names(document: Document) -> frozenset[str]:
    """What the file itself calls its fields: a printed label of the same words, with nothing beside it, is said already."""
    return frozenset(key(item.label) for line in document.lines() for item in line.items if isinstance(item, Control) and item.label)


@dataclass(slots=True)
class _Open:
    """A label outside any table that still waits for its answer, or may have more of it."""

    segment: Segment
    lines: list[Line]


class _Walker:
    """Goes through the blocks once; `open` is the label that the next lines may answer."""

    def __init__(self, find: Finder, named: frozenset[str]) -> None:
        self.find = find
        self.named = named
        self.events: list[Event] = []
        self.open: _Open | None = None

    def close(self) -> None:
        """Lets go of the open label with what it has."""
        if self.open is not None and (self.open.lines or self.open.segment.named or key(self.open.segment.title) not in self.named):
            answer = Answer((tuple(self.open.lines),), self.open.lines[0].place if self.open.lines else None)
            self._section(self.open)
            self.events.append(Pair(self.open.segment.label, answer, self.open.segment.follows, how="line", printed=self.open.segment.title))
        self.open = None

    def _section(self, held: _Open) -> None:
        """A question's words with nothing under them, set as a heading, open a section."""
        line, text = held.segment.printed, held.segment.title
        if held.lines or line is None or not (line.heading is not None or all_bold(line)) or text.rstrip().endswith((":", "?")):
            return
        label = held.segment.label
        if line.heading is None and label is not None and label.slots and not label.subject_only:
            return  # a label set in bold with nothing beside it is a label without an answer
        if heading := find_heading(text):
            self.events.append(Heading(text, heading[0], heading[1]))

    def table(self, table: Table, number: int) -> None:
        """A table; a label right before a box of words has its answer there."""
        grid = Grid(table, self.find)
        if self.open is not None and not self.open.lines and (_plain_box(grid) or self._options_of(grid)):
            self.open.lines.extend(grid.all_lines())
            self.close()
            return
        if self.open is not None and not self.open.lines:
            text = self.open.segment.title
            label = self.open.segment.label
            heading = find_heading(text)
            if heading and (label is None or label.subject_only or label.slots in {("name",), ("in_household",), ("name_contact",)}):
                self.open = None
                self.events.append(Heading(text, heading[0], heading[1], label))
            else:
                self.close()
        else:
            self.close()
        self.events.extend(read_table(grid, f"t{number}"))

    def _options_of(self, grid: Grid) -> bool:
        """Is this table the list of options that the question above it asks to choose from?"""
        label = self.open.segment.label if self.open else None
        if label is None or label.field not in _CHOSEN_FROM:
            return False
        if any(sum(key(view.text) in OPTION_HEADS for view in row) > 1 for row in grid.rows):
            return False  # Yes and No over columns: each row is a question of its own
        texts = [view.text.strip() for row in grid.rows for view in row if view.text.strip()]
        return len(texts) > 1 and all(len(text.split()) < 16 and text[-1] not in "?:" for text in texts)

    def lines(self, run: list[Line], *, before_table: bool) -> None:
        """Paragraphs outside any table, labels broken over lines put together."""
        number = 0
        while number < len(run):
            last = number == len(run) - 1
            if self._caps_section(run[number], None if last else run[number + 1]):
                number += 1
                continue
            if self._telling() and self._opens_section(run[number], None if last else run[number + 1]):
                number += 1
                continue
            count, label = (0, None) if self._telling() or self._answers(run[number]) else wrapped(run, number, self.find)
            if label is not None:
                self.close()
                self.open = _Open(Segment(label, printed=run[number]), [])
                number += count
                continue
            self.line(run[number], before_table=before_table and last)
            number += 1

    def _answers(self, line: Line) -> bool:
        """Does this line answer the label above it, rather than begin a label of its own?"""
        if self.open is None or self.open.lines or self.find(line.text.strip()) is not None:
            return False
        printed = self.open.segment.printed
        return printed is None or not (all_bold(line) and all_bold(printed))

    def _is_guidance(self, line: Line, text: str) -> bool:
        """Printed words of advice, which may name labels without being one."""
        if any(isinstance(item, Control | Mark) for item in line.items) or len(text.split()) < 7 or line.heading is not None:
            return False
        return (all_italic(line) or is_guidance(text)) and follow_up(text) is None and self.find(text) is None and not (self.open and self.open.lines)

    def _telling(self) -> bool:
        """Is a free-text answer under way?"""
        label = self.open.segment.label if self.open else None
        return self.open is not None and bool(self.open.lines) and label is not None and (label.field or "").startswith("narrative.")

    def line(self, line: Line, *, before_table: bool) -> None:
        """One paragraph outside any table."""
        text = line.text.strip()
        if self._is_guidance(line, text) or (not self.events and self.open is None and _is_title(text)):
            self.events.append(Loose(Answer(((line,),), line.place)))
            return
        if not text and not line.items:
            return
        if self._heading(line, text, before_table):
            return
        found = segments((line,), self.find, mode="story" if self._telling() and not all_bold(line) else "open")
        if self._telling() and ":" in text[:60] and not any(segment.asks for segment in found):
            strict = segments((line,), self.find, mode="answer")
            if strict and strict[0].label is not None and strict[0].label.slots and strict[0].label.match in {"exact", "definition"}:
                found = strict
        if len(found) == 1 and not found[0].asks and (prefix := typed_prefix(line, self.find)):
            found = [prefix]
        if len(found) == 1 and not found[0].asks and self._asks_unknown(line, text):
            return
        if self._is_no_answer(line):
            self.close()
        for segment in found:
            if segment.asks:
                self.close()
                self.open = _Open(segment, list(segment.lines))
            else:
                self._words(segment.lines)

    def _asks_unknown(self, line: Line, text: str) -> bool:
        """`Who the children live with: Ann Gale`: a label that nobody has taught us ends the box above it, and has an answer of its own."""
        label = self.open.segment.label if self.open is not None else None
        match = _UNKNOWN_LABEL.match(text) if label is not None and label.slots else None
        if match is None or has_marks((line,)) or any(isinstance(item, Control) for item in line.items):
            return False
        printed, answer = cut(line, line.text.find(match[0]) + len(match[0]))
        self.close()
        self.events.append(Pair(None, Answer(((answer,),), line.place), how="line", printed=printed.text.strip()))
        return True

    def _is_no_answer(self, line: Line) -> bool:
        """A sentence to complete in which nothing is chosen: the next sentence is no answer to it, unless it brings the boxes."""
        printed = self.open.segment.printed if self.open is not None and not self.open.lines else None
        if printed is None or has_marks((line,)) or any(isinstance(item, Control) for item in line.items):
            return False
        return line.text.count(" ") > _SECTION_WORDS and read_sentence(printed) is not None

    def _words(self, lines: list[Line]) -> None:
        if self.open is None:
            self.events.append(Loose(Answer((tuple(lines),), lines[0].place if lines else None)))
            return
        label = self.open.segment.label
        once = label is not None and bool(label.slots) and not _GOES_ON.intersection(label.slots)
        for line in lines:
            if is_prompt(line) and not self.open.lines:
                continue
            if _boxed(line) and label is not None and (label.field or "").startswith("narrative."):
                self.events.append(Loose(Answer(((line,),), line.place)))
                continue
            if line.gap and label is not None and label.slots and any(held.text.strip() for held in self.open.lines):
                self.close()
                self.events.append(Loose(Answer((tuple(lines),), line.place)))
                return
            if once and any(held.text.strip() for held in self.open.lines) and not self._ticks_it(line):
                self.close()
                self.events.append(Loose(Answer((tuple(lines),), line.place)))
                return
            self.open.lines.append(line)

    def _ticks_it(self, line: Line) -> bool:
        """Is this the line of boxes to a label that is itself made of the options, such as "Male/Female"?"""
        held = self.open.lines if self.open else []
        return has_marks((line,)) and not has_marks(held) and self.open is not None and held == [self.open.segment.printed]

    def _opens_section(self, line: Line, following: Line | None) -> bool:
        """In plain text nothing shows a heading but its words, and the labels that follow it."""
        text = line.text.strip()
        if _BARE_SECTION.match(text):
            self.close()
            self.events.append(Heading(text, None))
            return True
        heading = find_heading(text) if len(text) < 90 and text[-1:] not in ".,;?" else None
        if heading is None or heading[0] == "body" or following is None or not _asks(following, self.find):
            return False
        self.close()
        self.events.append(Heading(text, heading[0], heading[1], self.find(text)))
        return True

    def _caps_section(self, line: Line, following: Line | None) -> bool:
        """In plain text a line of capitals, after a gap and before a label, opens a section, although the label above it has no answer yet."""
        text = line.text.strip()
        waiting = self.open is not None and not any(held.text.strip() for held in self.open.lines)
        if not waiting or not line.gap or following is None or not text.isupper() or not 1 <= text.count(" ") < _SECTION_WORDS:
            return False
        if any(letter.isdigit() for letter in text) or self.find(text) is not None or not _asks(following, self.find):
            return False
        self.close()
        heading = find_heading(text)
        self.events.append(Heading(text, heading[0] if heading else None, heading[1] if heading else None))
        return True

    def _heading(self, line: Line, text: str, before_table: bool) -> bool:
        """A heading: styled as one, or known words on a line of their own before something else."""
        if any(isinstance(item, Control | Mark) for item in line.items) or follow_up(text):
            return False
        if key(text) in self.named and line.heading is None:
            return False
        title = not self.events and self.open is None and (line.heading is not None or all_bold(line)) and text[-1:] not in "?:"
        if line.heading is None and not title and (bold_prefix(line) is not None or re.search(r"\w:\s+\w", unnumbered(text))):
            return False
        styled = line.heading is not None or (all_bold(line) and len(text) < 90 and not text.endswith(":"))
        label = self.find(text)
        named = title and label is not None and label.match in {"rule", "guess"}
        if label is not None and not label.subject_only and not named and not (line.heading is not None and _bare_consent(label, text)):
            return False
        heading = find_heading(text) if len(text) < 200 else None
        known = heading is not None and heading[0] != "body" and not text.endswith(".")
        if label is not None and not styled and not before_table:
            return False
        if not (styled or (known and (before_table or text.isupper() or len(key(text).split()) <= 5))):
            return False
        self.close()
        self.events.append(Heading(text, heading[0] if heading else None, heading[1] if heading else None, label))
        return True


_UNKNOWN_LABEL = re.compile(r"[A-Z][A-Za-z'’/() -]{9,60}:(?=\s+\S)")
"""Words and a colon before an answer, as plain text prints a label; an address has no such thing, a note of one word may."""
_SECTION_WORDS = 8
_TITLED = re.compile(r"\b(?:referral|request|notification|assessment|record|report|form|checklist|framework)\b", re.IGNORECASE)


def _is_title(text: str) -> bool:
    """The first line of a form with a colon in it: "Children's Services: request for a service" is no label with its answer."""
    _, colon, after = text.partition(": ")
    return bool(colon) and not any(letter.isdigit() for letter in text) and "@" not in text and after.count(" ") > 1 and bool(_TITLED.search(after))


_CHOSEN_FROM = frozenset({"referral.type", "indicators.several", "consent.status"})
"""Questions whose answer may be a ticked line among several."""


def _boxed(line: Line) -> bool:
    """A line that begins with a box to tick: an option, whatever its words."""
    return bool(line.items) and isinstance(line.items[0], Mark)


def _plain_box(grid: Grid) -> bool:
    return grid.is_plain_box() and not any(grid.nested(view.cell) for row in grid.rows for view in row)


def _bare_consent(label: Label, text: str) -> bool:
    """ "Consent" set as a heading names the section and asks nothing."""
    return label.field == "consent.status" and text[-1:] not in "?:" and text.count(" ") < 4


_BARE_SECTION = re.compile(r"^(?:section|part)\s+(?:\d{1,2}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)\W*$", re.IGNORECASE)


def _asks(line: Line, find: Finder) -> bool:
    """Does a line begin with a label?"""
    text = line.text.strip()
    colon = text.find(":")
    return find(text) is not None or (0 < colon < 80 and find(text[: colon + 1]) is not None)
