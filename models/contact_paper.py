"""What a structured contact record says when it comes back.

It is read by the tags of its places to fill in. A word processor that drops tags (LibreOffice before 7.5, an on-line editor) leaves the paper's
headings and labels, which are ours too: then it is read by those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.contact_rows import AGENCY, PERSON, SECTIONS, Row
from models.document import Cell, Control, Document, Line, Table
from models.paths import is_path

REFERENCE = "reference"
ANSWER = "answer."
ELSEWHERE = "elsewhere"
"""The tag of words that stand in no place of ours: a person must place them, and they must not be lost."""
PROMPT = "Click to fill in"
TITLE = "Contact record"
OTHER_QUESTIONS = "Other questions"
_REFERENCE = re.compile(r"^Reference:\s*(\S+)\s*$")
_QUESTION = re.compile(r"^Question (\d+)\b")
_RUN_TOGETHER = re.compile(r"Question (?P<number>\d+?)(?P<words>(?:(?!Question \d).)*?)\s*Question (?P=number)\.", re.DOTALL)
OPENINGS = ("Reference:", "This is what ", "If a child is in danger now")
"""How the paper's own paragraphs outside its tables begin."""
_PEOPLE = (("Child", "children", PERSON), ("Other person", "people", PERSON), ("Agency", "agencies", AGENCY))


def read_answers(document: Document) -> dict[str, str]:
    """What is filled in, by tag and as written: paths of a record, `answer.N` for question N, and the paper's own `reference`.

    Empty for a paper that is not ours.
    """
    tagged = dict(_filled(document))
    if REFERENCE in tagged:
        tagged = {**tagged, **dict(_beside(document))}
        return {
            tag: words
            for tag, words in tagged.items()
            if tag in {REFERENCE, ELSEWHERE} or tag.startswith(ANSWER) or (is_path(tag) and "*" not in tag)
        }
    reference = reference_in(document)
    return {REFERENCE: reference, **dict(_by_labels(document))} if reference else {}


def reference_in(document: Document) -> str | None:
    """The reference of the contact that a contact record belongs to; None for any other paper."""
    tagged = next((words for tag, words in _filled(document) if tag == REFERENCE), None)
    if tagged:
        return tagged
    lines = [block.text.strip() for block in document.blocks if isinstance(block, Line) and block.text.strip()]
    if TITLE not in lines[:3]:
        return None
    return next((found.group(1) for line in lines[:6] if (found := _REFERENCE.match(line))), None)


def _filled(document: Document) -> Iterator[tuple[str, str]]:
    for line in document.lines():
        for item in line.items:
            if isinstance(item, Control) and item.label and item.value and item.value.strip():
                yield item.label, item.value.strip()


def _beside(document: Document) -> Iterator[tuple[str, str]]:
    """What people typed beside or beneath a place to fill in rather than into it, in rows they added, and between the tables."""
    elsewhere: list[str] = []
    for block in document.blocks:
        if isinstance(block, Line):
            text = block.text.strip()
            if text and block.heading is None and text != TITLE and not text.startswith(OPENINGS):
                elsewhere.append(text)
            continue
        for number in range(block.rows):
            cells = block.row(number)
            tag = next((tag for cell in cells if (tag := _tag(cell))), None)
            words = _typed(cells[-1]) if cells else ""
            if tag is not None and words:
                yield tag, words
            elif tag is None and words:
                elsewhere.append(": ".join(text for cell in cells if (text := _typed(cell))))
    if elsewhere:
        yield ELSEWHERE, "\n".join(elsewhere)


def _tag(cell: Cell) -> str | None:
    return next((item.label for line in cell.lines for item in line.items if isinstance(item, Control) and item.label), None)


def _typed(cell: Cell) -> str:
    """All that a cell says but for our own question and prompt."""
    return "\n".join(text for line in cell.lines if (text := line.text.strip()) and text != PROMPT and not _QUESTION.match(text))


def _by_labels(document: Document) -> Iterator[tuple[str, str]]:
    """Each filled row by the heading above its table and its label."""
    heading, loose = "", []
    for block in document.blocks:
        if not isinstance(block, Line):
            yield from _rows(block, heading)
        elif heading == OTHER_QUESTIONS:
            loose.append(block.text.strip())
        else:
            heading = block.text.strip() or heading
    yield from _run_together("\n".join(loose))


def _run_together(text: str) -> Iterator[tuple[str, str]]:
    """Answers where a word processor lost the table and ran its cells together: "Question 2", the words typed, "Question 2. Who lives ...?"."""
    for found in _RUN_TOGETHER.finditer(text):
        words = found["words"].replace(PROMPT, "").strip()
        if words:
            yield f"{ANSWER}{found['number']}", words


def _rows(table: Table, heading: str) -> Iterator[tuple[str, str]]:
    prefix, rows = _section(heading)
    for number in range(table.rows):
        cells = table.row(number)
        if len(cells) < 2:
            continue
        words, question = _words(cells[1]), _QUESTION.match(cells[0].text)
        row = next((row for row in rows if row.label.casefold() == cells[0].text.strip().casefold()), None)
        if words and heading == OTHER_QUESTIONS and question:
            yield f"{ANSWER}{question.group(1)}", words
        elif words and row is not None:
            yield f"{prefix}.{row.name}", words


def _section(heading: str) -> tuple[str, tuple[Row, ...]]:
    for title, prefix, rows in SECTIONS:
        if title == heading:
            return prefix, rows
    for title, prefix, rows in _PEOPLE:
        if found := re.fullmatch(rf"{title} (\d+)", heading):
            return f"{prefix}.{int(found.group(1)) - 1}", rows
    return "", ()


def _words(cell: Cell) -> str:
    """What is filled in: the cell's lines before our own question, the prompt left out."""
    kept = []
    for line in cell.lines:
        text = line.text.strip()
        if _QUESTION.match(text):
            break
        if text and text != PROMPT:
            kept.append(text)
    return "\n".join(kept)
