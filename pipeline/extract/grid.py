"""A table with its cells looked at: what each is to its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from models.document import Cell, Line, Span, Table
from pipeline.extract.answers import FILLED, Answer, all_bold, cell_lines, has_marks, is_bold, is_filled, wholly_filled
from pipeline.extract.choices import read_choice
from pipeline.extract.labels import Finder, Label
from pipeline.extract.looks import LONGEST_LABEL, looks_printed, stacked
from pipeline.extract.printed import Mode, is_prompt
from pipeline.extract.segments import Segment, segments
from pipeline.extract.wording import key

_OPTION_WORDS = frozenset(
    [
        "yes",
        "no",
        "y",
        "n",
        "na",
        "not",
        "known",
        "unknown",
        "delete",
        "as",
        "appropriate",
        "a",
        "applicable",
        "please",
        "m",
        "f",
        "male",
        "female",
        "if",
        "provide",
        "details",
        "give",
        "add",
        "address",
        "tick",
        "circle",
        "or",
    ]
)


@dataclass
class View:
    """A cell with what stands in it, looked at once. `kind`: empty, label (asks and holds no answer), pair (asks and holds one), words."""

    cell: Cell
    segments: list[Segment]

    @cached_property
    def kind(self) -> str:
        """What the cell is to its neighbours."""
        if any(segment.asks for segment in self.segments):
            return "pair" if any(answered(segment) for segment in self.segments if segment.asks) else "label"
        return "words" if any(segment.answered for segment in self.segments) else "empty"

    @cached_property
    def head(self) -> bool:
        """Could this stand over a column? A label, or one with its options printed and none of them marked."""
        if self.kind != "pair":
            return self.kind == "label"
        asked = [segment for segment in self.segments if segment.asks]
        return len(asked) == 1 and all(_only_options(segment.lines) for segment in asked)

    @property
    def stacked(self) -> bool:
        """A label on its own line with its answer on the next: a box complete in itself."""
        first = self.segments[0] if self.segments else None
        if first is None or first.label is None or first.printed is None:
            return False
        apart = all_bold(first.printed) and not any(all_bold(line) for line in first.lines if line.text.strip())
        if not apart and (first.label.answer_too or first.label.match not in {"exact", "definition", "rule"}):
            return False
        return bool(first.lines) and key(first.printed.text) == key(first.label.text) and first.answered

    @property
    def label(self) -> Label | None:
        """The label of a cell that is nothing else."""
        asked = [segment for segment in self.segments if segment.asks]
        return asked[0].label if len(asked) == 1 else None

    @property
    def strong(self) -> bool:
        """A label that could not as well be an answer."""
        return self.head and all(segment.label is None or not segment.label.answer_too for segment in self.segments)

    @cached_property
    def text(self) -> str:
        """The words of the cell."""
        return self.cell.text


def answered(segment: Segment) -> bool:
    """An answer in the label's own cell: what is filled in there and is no printed guidance, or a row of options."""
    return any((is_filled(line) and not is_prompt(line)) or has_marks((line,)) for line in segment.lines) or bool(
        segment.lines and segment.label and _is_options(segment.lines)
    )


def _only_options(lines: list[Line]) -> bool:
    """Nothing but printed options, none of them chosen: as a column head has them."""
    return not lines or (not read_choice(Answer((tuple(lines),))).chosen and _is_options(lines))


def _is_options(lines: list[Line]) -> bool:
    words = key(" ".join(line.text for line in lines))
    return bool(words) and _OPTION_WORDS.issuperset(words.split())


def _parted(cell: Cell) -> list[Cell]:
    """A cell that runs down several rows with a line of boxes for each is as many cells."""
    if cell.row_span < 2 or len(cell.lines) != cell.row_span or not all(has_marks((line,)) for line in cell.lines):
        return [cell]
    return [replace(cell, row=cell.row + number, row_span=1, lines=(line,), place=line.place or cell.place) for number, line in enumerate(cell.lines)]


def _printed_words(cell: Cell) -> bool:
    return any(isinstance(item, Span) and item.text.strip() and item.origin not in FILLED for line in cell.lines for item in line.items)


@dataclass
class Grid:
    """A table with its cells looked at once."""

    table: Table
    find: Finder
    rows: list[list[View]] = field(init=False)

    def __post_init__(self) -> None:
        by_row: dict[int, list[View]] = {}
        mode: Mode = "open" if self.table.columns == 1 or not any(_printed_words(cell) for cell in self.table.cells) else "cell"
        for cell in (part for whole in self.table.cells for part in _parted(whole)):
            lines = cell.lines if self.nested(cell) else cell_lines(cell)
            by_row.setdefault(cell.row, []).append(View(cell, stacked(lines, self.find) or segments(lines, self.find, mode=mode)))
        self.rows = [sorted(by_row[row], key=lambda view: view.cell.column) for row in sorted(by_row)]

    def sets_apart(self, view: View, waiting: View, taken: list[View]) -> bool:
        """Does this cell look printed as the label before it does, and unlike the answers between them?"""
        if not view.text.strip() or len(view.text) > LONGEST_LABEL or all(wholly_filled(line) for line in view.cell.lines if line.text.strip()):
            return False
        if view.cell.column in self.label_columns and not (view.kind == "words" and view.text.strip()[:1].isdigit()):
            return True
        answers = [other for other in taken if other.kind != "empty"]
        for looks in (lambda one: one.cell.shaded, lambda one: is_bold(one.cell)):
            if looks(view) and looks(waiting) and not any(looks(other) for other in answers):
                return True
        return False

    @cached_property
    def mixed(self) -> bool:
        """Are there words that look printed and words that do not?"""
        shown = [view for row in self.rows for view in row if view.text.strip()]
        printed = sum(looks_printed(view.cell) for view in shown)
        return 0 < printed < len(shown)

    @cached_property
    def label_columns(self) -> frozenset[int]:
        """Columns, after the first, that hold labels and hardly anything else."""
        found = set()
        for column in {view.cell.column for row in self.rows for view in row} - {0}:
            views = [view for row in self.rows for view in row if view.cell.column == column and view.kind != "empty"]
            strong = sum(view.strong for view in views)
            if strong >= 2 and strong >= 0.6 * len(views):
                found.add(column)
        return frozenset(found)

    def nested(self, cell: Cell) -> bool:
        """Does the cell hold a table with a life of its own?"""
        return any(len(table.cells) > 1 for table in cell.tables)

    def wide(self, row: int) -> View | None:
        """The one cell of a row that is a single box, or has nothing beside it."""
        views = self.rows[row]
        shown = [view for view in views if view.kind != "empty"]
        if len(views) == 1:
            return views[0]
        if len(shown) == 1 and shown[0].cell.column_span * 2 > self.table.columns and shown[0] is views[0]:
            return shown[0]
        return None

    def is_plain_box(self) -> bool:
        """One cell, or a few under each other, with words and no label in them."""
        views = [view for row in self.rows for view in row]
        asked = any(len(views) > 1 and view.text.rstrip().endswith(("?", ":")) for view in views)
        return len(views) <= 3 and self.table.columns <= 1 and not asked and all(view.kind in {"words", "empty"} for view in views)

    def all_lines(self) -> list[Line]:
        """Every line of the table."""
        return [line for row in self.rows for view in row for line in cell_lines(view.cell)]
