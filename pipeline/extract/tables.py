"""Tables: label beside answer, label above answer, column heads over rows, options in cells of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from models.document import Cell, Line, Span, Table
from pipeline.extract.answers import FILLED, Answer, all_bold, cell_lines, has_marks, is_filled, wholly_filled
from pipeline.extract.choices import read_choice
from pipeline.extract.events import Event, Heading, Loose, Pair, Rows
from pipeline.extract.labels import Finder, Label, find_heading
from pipeline.extract.lexicon import lexicon
from pipeline.extract.segments import Mode, Segment, is_prompt, segments
from pipeline.extract.values.ethnicity import is_ethnicity_option
from pipeline.extract.wording import key

_OPTION_HEADS = frozenset(
    "yes no y n not known|unknown|n a|na|not applicable|dont know|not sure|low|medium|high".replace("yes no y n ", "yes|no|y|n|").split("|")
)
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
_GLYPHS = " \t☐☒☑□✓✔✗✘*xX"


@dataclass(slots=True)
class View:
    """A cell with what stands in it. `kind`: empty, label (asks and holds no answer), pair (asks and holds one), words."""

    cell: Cell
    segments: list[Segment]

    @property
    def kind(self) -> str:
        """What the cell is to its neighbours."""
        if any(segment.asks for segment in self.segments):
            return "pair" if any(_answered(segment) for segment in self.segments if segment.asks) else "label"
        return "words" if any(segment.answered for segment in self.segments) else "empty"

    @property
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
        if (
            first is None
            or first.label is None
            or first.printed is None
            or first.label.answer_too
            or first.label.match not in {"exact", "definition", "rule"}
        ):
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

    @property
    def text(self) -> str:
        """The words of the cell."""
        return self.cell.text


def _answered(segment: Segment) -> bool:
    """An answer in the label's own cell: what is filled in there and is no printed guidance, or a row of options."""
    return any((is_filled(line) and not is_prompt(line)) or has_marks((line,)) for line in segment.lines) or bool(
        segment.lines and segment.label and _is_options(segment.lines)
    )


def _only_options(lines: list[Line]) -> bool:
    """Nothing but printed options, none of them chosen: as a column head has them."""
    return not lines or (not read_choice(Answer((tuple(lines),))).chosen and _is_options(lines))


def _parted(cell: Cell) -> list[Cell]:
    """A cell that runs down several rows with a line of boxes for each is as many cells."""
    if cell.row_span < 2 or len(cell.lines) != cell.row_span or not all(has_marks((line,)) for line in cell.lines):
        return [cell]
    return [replace(cell, row=cell.row + number, row_span=1, lines=(line,), place=line.place or cell.place) for number, line in enumerate(cell.lines)]


def _printed_words(cell: Cell) -> bool:
    return any(isinstance(item, Span) and item.text.strip() and item.origin not in FILLED for line in cell.lines for item in line.items)


def _alternating(views: list[View]) -> bool:
    """Label, answer, label, answer: no heads, even where an answer happens to be a word that labels use."""
    return len(views) % 2 == 0 and all(view.strong for view in views[::2]) and not any(view.strong for view in views[1::2])


def _row_head(view: View) -> bool:
    """A label that stands at the left of its row, rather than a name given to the row ("Child 1")."""
    return view.strong and not (view.label is not None and view.label.subject_only and view.label.number is not None)


def _is_options(lines: list[Line]) -> bool:
    words = key(" ".join(line.text for line in lines))
    return bool(words) and _OPTION_WORDS.issuperset(words.split())


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
            by_row.setdefault(cell.row, []).append(View(cell, segments(lines, self.find, mode=mode)))
        self.rows = [sorted(by_row[row], key=lambda view: view.cell.column) for row in sorted(by_row)]

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


def read_table(grid: Grid, name: str) -> list[Event]:
    """All that a table asks and answers."""
    return list(_Reader(grid, name).read())


class _Reader:
    """Goes down a table row by row."""

    def __init__(self, grid: Grid, name: str) -> None:
        self.grid = grid
        self.name = name
        self.row = 0

    def read(self) -> Iterator[Event]:
        """The events of the table."""
        while self.row < len(self.grid.rows):
            at = self.row
            yield from self._row()
            self.row = max(self.row, at + 1)
            for done in range(at, min(self.row, len(self.grid.rows))):
                yield from self._nested(done)

    def _nested(self, row: int) -> Iterator[Event]:
        for view in self.grid.rows[row]:
            if self.grid.nested(view.cell):
                for number, table in enumerate(view.cell.tables):
                    yield from read_table(Grid(table, self.grid.find), f"{self.name}.{row}.{number}")

    def _row(self) -> Iterator[Event]:
        if options := self._ethnicity_rows():
            yield options
        elif (wide := self.grid.wide(self.row)) is not None:
            yield from self._wide(wide)
        elif rows := self._option_columns() or self._people_columns() or self._heads():
            yield from rows
        else:
            yield from self._beside()

    # ---- one box over the whole width

    def _wide(self, view: View) -> Iterator[Event]:
        following = self._next_wide()
        asked = [segment for segment in view.segments if segment.asks]
        if not asked:
            yield from self._unlabelled(view, following)
            return
        if not view.segments[0].asks:
            yield Loose(Answer((tuple(view.segments[0].lines),), view.cell.place), self.name)
        for segment in asked[:-1]:
            yield self._pair(segment, segment.lines, view)
        last = asked[-1]
        if _answered(last):
            yield self._pair(last, last.lines, view)
        elif following is not None and self._is_answer(following):
            self.row += 2
            yield self._pair(last, list(cell_lines(following.cell)), following, how="below")
        elif last.label is not None and (last.label.subject_only or last.label.field is None) and (heading := _heading_of(view)):
            yield Heading(view.text, heading[0], heading[1], last.label)
        else:
            yield self._pair(last, last.lines, view)

    def _is_answer(self, view: View) -> bool:
        """Is the box under a question its answer? Words in it that look like a label are most likely words."""
        if view.kind in {"pair", "label"}:
            view = View(view.cell, segments(cell_lines(view.cell), self.grid.find, mode="answer"))
        return view.kind in {"words", "empty"} and not _heading_of(view)

    def _next_wide(self) -> View | None:
        following = self.row + 1
        return self.grid.wide(following) if following < len(self.grid.rows) else None

    def _unlabelled(self, view: View, following: View | None) -> Iterator[Event]:
        if view.kind == "empty":
            return
        text = view.text
        filled = any(wholly_filled(line) for line in view.cell.lines)
        heading = None if filled else _heading_of(view)
        printed = view.cell.shaded or all(all_bold(line) for line in view.cell.lines if line.text.strip())
        question = len(text) < 240 and (printed or text.rstrip().endswith(("?", ":")))
        if question and following is not None and following.kind == "words":
            self.row += 2
            yield Pair(
                None, Answer((cell_lines(following.cell),), following.cell.place), how="below", printed=text, table=self.name, row=self.row, column=0
            )
        elif heading or (printed and len(text) < 120):
            yield Heading(text, heading[0] if heading else None, heading[1] if heading else None)
        else:
            yield Loose(Answer((cell_lines(view.cell),), view.cell.place), self.name)

    # ---- options as a grid

    def _ethnicity_rows(self) -> Pair | None:
        cells: list[tuple[Line, ...]] = []
        start, place = self.row, None
        end = start + _is_ethnicity_heads(self.grid.rows[start])
        first = end
        while end < len(self.grid.rows) and _is_ethnicity_row(self.grid.rows[end], 2 if end == first and len(self.grid.rows[end]) > 3 else 1):
            cells.extend(cell_lines(view.cell) for view in self.grid.rows[end])
            place = place or self.grid.rows[end][0].cell.place
            end += 1
        if not cells or sum(is_ethnicity_option(_bare("\n".join(line.text for line in lines))) for lines in cells) < 5:
            return None
        self.row = end
        return Pair(
            Label("Ethnicity", slots=("ethnicity",)), Answer(tuple(cells), place), how="option", printed="Ethnicity", table=self.name, row=start
        )

    def _option_columns(self) -> list[Event]:
        """A row of Yes, No, Not known over rows of questions."""
        heads = self.grid.rows[self.row]
        named = [view for view in heads if key(view.text) in _OPTION_HEADS]
        if len(named) < 2 or len(named) < len([view for view in heads if view.kind != "empty"]) - 1 or named[0] is heads[0]:
            return []
        if self.row + 1 >= len(self.grid.rows):
            return []
        found: list[Event] = []
        row = self.row + 1
        while (
            row < len(self.grid.rows)
            and len(self.grid.rows[row]) >= len(named)
            and not any(key(view.text) in _OPTION_HEADS for view in self.grid.rows[row][:1])
        ):
            views = self.grid.rows[row]
            label = self.grid.find(views[0].text.strip())
            cells: list[tuple[Line, ...]] = []
            for head in named:
                under = next((view for view in views if view.cell.column == head.cell.column), None)
                cells.extend((head.cell.lines, under.cell.lines if under else ()))
            found.append(Pair(label, Answer(tuple(cells), views[0].cell.place), how="option", printed=views[0].text, table=self.name, row=row))
            row += 1
        if found:
            self.row = row
        return found

    # ---- heads over rows

    def _people_columns(self) -> list[Event]:
        """Parent/Carer 1 and Parent/Carer 2 as columns, with the labels down the left."""
        heads = self.grid.rows[self.row]
        people = [
            view
            for view in heads[1:]
            if (found := find_heading(view.text))
            and found[0] not in {"body", "consent", "agency", "taken"}
            and view.label is not None
            and view.label.subject_only
        ]
        if len(people) < 2 or len(people) != len(heads) - 1 or self.row + 1 >= len(self.grid.rows):
            return []
        row = self.row + 1
        labels: list[Label | None] = []
        columns: list[list[Answer]] = [[] for _ in people]
        while row < len(self.grid.rows) and (views := self.grid.rows[row])[0].kind == "label" and len(views) > 1:
            labels.append(views[0].label)
            for number, person in enumerate(people):
                under = next((view for view in views[1:] if view.cell.column == person.cell.column), None)
                columns[number].append(Answer((cell_lines(under.cell),), under.cell.place) if under else Answer())
            row += 1
        if not labels:
            return []
        self.row = row
        return [Rows(tuple(labels), tuple(tuple(column) for column in columns), tuple(view.text for view in people), self.name)]

    def _heads(self) -> list[Event]:
        heads = self.grid.rows[self.row]
        if not self._is_head_row(heads):
            return []
        body = self._body()
        if not body:
            return []
        labels = tuple(view.label for view in heads)
        if _asks_questions(labels):
            return self._columns_of_answers(heads, body)
        rows, names = [], []
        for row in body:
            views = self.grid.rows[row]
            rows.append(tuple(_under(head, views) for head in heads))
            first = views[0]
            names.append(first.text.strip() if first.cell.column < heads[0].cell.column else None)
        return [Rows(labels, tuple(rows), tuple(names), self.name, tuple(view.text for view in heads))]

    def _is_head_row(self, views: list[View]) -> bool:
        shown = [view for view in views if view.kind != "empty"]
        labels = [view for view in shown if view.head and view.label is not None]
        strong = [view for view in labels if view.strong]
        empties = len(views) - len(shown)
        if len(labels) < 2 or len(labels) < 0.6 * len(shown) or not (len(strong) >= 2 or (strong and len(labels) >= 3)):
            return False
        if any(view.kind == "pair" and not view.head for view in shown) or _alternating(views) or empties > (1 if len(labels) >= 3 else 0):
            return False
        if empties and views[0].kind != "empty" and views[-1].kind != "empty":
            return False
        others = [view for view in shown if view not in labels]
        if others and (len(labels) < 3 or any(len(view.text) > 60 for view in others)):
            return False
        if self.row + 1 >= len(self.grid.rows):
            return False
        below = self.grid.rows[self.row + 1]
        asking = [view for view in below if view.strong or view.kind == "pair"]
        return len(below) > 1 and not _row_head(below[0]) and len(asking) * 2 < len(below) + (1 if len(labels) > 2 else 0)

    def _body(self) -> list[int]:
        found = []
        row = self.row + 1
        while row < len(self.grid.rows):
            views = self.grid.rows[row]
            if len(views) < 2 or self.grid.wide(row) is not None or sum(view.strong for view in views) * 2 > len(views):
                break
            found.append(row)
            row += 1
        self.row = row if found else self.row
        return found

    def _columns_of_answers(self, heads: list[View], body: list[int]) -> list[Event]:
        found: list[Event] = []
        for head in heads:
            answer = Answer()
            for row in body:
                answer = answer.joined(_under(head, self.grid.rows[row]))
            found.append(Pair(head.label, answer, how="below", printed=head.text, table=self.name, row=body[0], column=head.cell.column))
        return found

    # ---- label beside answer

    def _beside(self) -> Iterator[Event]:
        views = self.grid.rows[self.row]
        waiting: View | None = None
        taken: list[View] = []
        for view in views:
            if waiting is not None and not self._asks_again(view, taken, waiting):
                taken.append(view)
                continue
            if waiting is not None:
                yield from self._answered(waiting, taken)
            waiting, taken = None, []
            if view.kind == "label" or view.head:
                waiting = view
            elif view.kind == "pair":
                yield from self._inside(view)
                last = view.segments[-1]
                if last.asks and not last.lines:
                    waiting = View(view.cell, [last])
            elif view.kind == "words":
                stray = self._stray(view, views)
                yield stray
                if isinstance(stray, Pair):
                    return
        if waiting is not None:
            yield from self._answered(waiting, taken)

    def _asks_again(self, view: View, taken: list[View], waiting: View) -> bool:
        """Is this cell the next label, seen that an answer was expected here?"""
        if view.label is not None and waiting.label is not None and view.label.slots == waiting.label.slots == ("gender",):
            return False
        if view.kind not in {"label", "pair"}:
            return False
        if taken and view.strong:
            return True
        if view.stacked:
            return True
        strict = View(view.cell, segments(cell_lines(view.cell), self.grid.find, mode="answer"))
        return strict.kind in {"label", "pair"}

    def _answered(self, label: View, taken: list[View]) -> Iterator[Event]:
        asked = [segment for segment in label.segments if segment.asks]
        if not taken and (below := self._below(label)) is not None:
            taken = [below]
        if not taken and label.kind == "pair":
            yield from self._inside(label)
            return
        cells = tuple(cell_lines(view.cell) for view in taken)
        lines = [line for cell in cells for line in cell if line.text.strip()]
        place = taken[0].cell.place if taken else label.cell.place
        if len(asked) > 1 and len(lines) == len(asked):
            for segment, line in zip(asked, lines, strict=True):
                yield self._pair(segment, [line], label)
            return
        for segment in asked[:-1]:
            yield self._pair(segment, [], label)
        last = asked[-1]
        yield Pair(last.label, Answer(cells, place), last.follows, "right", _printed(last), self.name, label.cell.row, label.cell.column)

    def _below(self, label: View) -> View | None:
        """The cell under a label that has nothing beside it, when that row holds answers only."""
        if self.row + 1 >= len(self.grid.rows):
            return None
        views = self.grid.rows[self.row + 1]
        if any(view.kind in {"label", "pair"} for view in views) or len(views) < 2:
            return None
        return next((view for view in views if view.cell.column == label.cell.column and view.kind == "words"), None)

    def _inside(self, view: View) -> Iterator[Event]:
        for segment in view.segments:
            if segment.asks:
                if segment is view.segments[-1] and not segment.lines:
                    continue
                yield self._pair(segment, segment.lines, view)
            elif segment.answered:
                yield Loose(Answer((tuple(segment.lines),), view.cell.place), self.name)

    def _stray(self, view: View, views: list[View]) -> Pair | Loose:
        """Words with no label on their left: an unknown label when an answer stands beside them, else words under nothing."""
        others = [other for other in views if other is not view]
        text = view.text
        printed = view.cell.shaded or text.rstrip().endswith((":", "?")) or all(all_bold(line) for line in view.cell.lines if line.text.strip())
        alone = bool(others) and view is views[0] and all(other.kind in {"empty", "words"} for other in others)
        if alone and len(text) < 260 and (printed or others[0].kind == "empty" or len(others) == 1):
            answer = Answer(tuple(cell_lines(other.cell) for other in others), others[0].cell.place)
            return Pair(None, answer, how="right", printed=text, table=self.name, row=view.cell.row)
        return Loose(Answer((cell_lines(view.cell),), view.cell.place), self.name)

    def _pair(self, segment: Segment, lines: list[Line], view: View, how: str = "inside") -> Pair:
        kept = [line for line in lines if not is_prompt(line)] if how == "inside" else lines
        return Pair(
            segment.label,
            Answer((tuple(kept),), view.cell.place),
            segment.follows,
            how,
            _printed(segment),
            self.name,
            view.cell.row,
            view.cell.column,
        )


def _printed(segment: Segment) -> str:
    return segment.label.text if segment.label else segment.printed.text.strip() if segment.printed else ""


def _heading_of(view: View) -> tuple[str, int | None] | None:
    text = view.text
    return find_heading(text) if len(text) < 200 and not text.rstrip().endswith(".") else None


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(_GLYPHS)


def _is_ethnicity_heads(views: list[View]) -> bool:
    shown = [view for view in views if view.text]
    return (
        len(shown) >= 3
        and all(key(view.text) in lexicon().ethnicity_heads for view in shown)
        and any(key(view.text) in {"white", "black", "asian", "mixed"} for view in shown)
    )


def _is_ethnicity_row(views: list[View], least: int) -> bool:
    shown = [view for view in views if _bare(view.text)]
    fitting = [view for view in shown if is_ethnicity_option(_bare(view.text))]
    return len(fitting) >= least and len(fitting) >= 0.6 * len(shown)


def _asks_questions(labels: tuple[Label | None, ...]) -> bool:
    """Are the heads questions with a place of their own, rather than columns of people?"""
    return sum(1 for label in labels if label is not None and label.field is not None) * 2 > len(labels)


def _under(head: View, views: list[View]) -> Answer:
    first, last = head.cell.column, head.cell.column + head.cell.column_span
    inside = [view for view in views if first <= view.cell.column < last]
    if not inside:
        return Answer()
    return Answer(tuple(cell_lines(view.cell) for view in inside), inside[0].cell.place)
