"""Tables: label beside answer, label above answer, and what is read downwards put between."""

from __future__ import annotations

from collections.abc import Iterator

from models.document import Line
from pipeline.extract.answers import Answer, all_bold, cell_lines, has_marks, wholly_filled
from pipeline.extract.by_look import heads_by_kind, heads_by_look, looks_alternate, numbered_people, scale_column, scale_row
from pipeline.extract.events import Event, Heading, Loose, Pair, Rows
from pipeline.extract.grid import Grid, View, answered
from pipeline.extract.heads import Heads
from pipeline.extract.labels import find_heading
from pipeline.extract.looks import looks_printed
from pipeline.extract.printed import is_prompt
from pipeline.extract.segments import Segment, segments


def read_table(grid: Grid, name: str) -> list[Event]:
    """All that a table asks and answers."""
    return list(_Reader(grid, name).read())


class _Reader:
    """Goes down a table row by row."""

    def __init__(self, grid: Grid, name: str) -> None:
        self.grid = grid
        self.name = name
        self.row = 0
        self.last: Rows | None = None

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
        heads = Heads(self.grid, self.name, self.row)
        if options := heads.ethnicity():
            self.row = heads.row
            yield options
        elif (wide := self.grid.wide(self.row)) is not None:
            yield from self._wide(wide)
        elif looks_alternate(self.grid.rows[self.row]):
            yield from self._beside()
        elif rows := heads.read():
            self.last = next((event for event in rows if isinstance(event, Rows)), None)
            self.row = heads.row
            yield from rows
        elif more := self._more_rows():
            yield more
        elif looked := self._by_look():
            yield from looked
        else:
            yield from self._beside()

    def _more_rows(self) -> Rows | None:
        """A row like those under the heads above, after a line of its own that belonged to the row before it."""
        views, before = self.grid.rows[self.row], self.grid.rows[self.row - 1] if self.row else []
        if self.last is None or len(before) != 1 or not before[0].segments or not before[0].segments[0].asks or len(views) != len(self.last.heads):
            return None
        if any(view.strong and not (view.label and view.label.answer_too) for view in views) or any(looks_printed(view.cell) for view in views):
            return None
        answers = tuple(Answer((cell_lines(view.cell),), view.cell.place) for view in views)
        return Rows(self.last.heads, (answers,), (None,), self.name, self.last.printed)

    def _by_look(self) -> list[Event]:
        """Heads, people and scales known by how they stand and look."""
        if (scale := scale_row(self.grid, self.name, self.row)) is not None:
            self.row += 1
            return [scale]
        for read in (scale_column, numbered_people, heads_by_look, heads_by_kind):
            found, end = read(self.grid, self.name, self.row)
            if found:
                self.row = end
                return found
        return []

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
        if answered(last):
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
        short = text.count(" ") < 12 and text.rstrip()[-1:] not in ".!," and following is not None and following.text.count(" ") > 6
        question = len(text) < 240 and (printed or short or text.rstrip().endswith(("?", ":")))
        if question and following is not None and following.kind == "words":
            self.row += 2
            yield Pair(
                None, Answer((cell_lines(following.cell),), following.cell.place), how="below", printed=text, table=self.name, row=self.row, column=0
            )
        elif heading or (printed and len(text) < 120):
            yield Heading(text, heading[0] if heading else None, heading[1] if heading else None)
        else:
            yield Loose(Answer((cell_lines(view.cell),), view.cell.place), self.name)

    # ---- label beside answer

    def _beside(self) -> Iterator[Event]:
        views = self.grid.rows[self.row]
        waiting: View | None = None
        taken: list[View] = []
        for view in views:
            apart = waiting is not None and self._stands_apart(view, waiting, taken, views)
            if waiting is not None and not apart and not self._asks_again(view, taken, waiting) and not _next_label(view, taken, views):
                taken.append(view)
                continue
            if waiting is not None:
                yield from self._answered(waiting, taken)
            waiting, taken = None, []
            if apart and view.kind == "words":
                waiting = View(view.cell, [_unknown_label(view)])
                continue
            if view.kind == "label" or view.head:
                waiting = view
            elif view.kind == "pair":
                yield from self._inside(view)
                last = view.segments[-1]
                if last.asks and not last.lines:
                    waiting = View(view.cell, [last])
            elif view.kind == "words" and self._asks_by_look(view, views):
                waiting = View(view.cell, [_unknown_label(view)])
            elif view.kind == "words":
                stray = self._stray(view, views)
                yield stray
                if isinstance(stray, Pair):
                    return
        if waiting is not None:
            yield from self._answered(waiting, taken)

    def _stands_apart(self, view: View, waiting: View, taken: list[View], views: list[View]) -> bool:
        """Does this cell look like the next label: unlike the answers before it, or in a row of nothing but labels?"""
        if taken:
            return self.grid.sets_apart(view, waiting, taken)
        labels = all(looks_printed(other.cell) or other.kind in {"empty", "pair"} for other in views)
        return labels and self.grid.mixed and looks_printed(view.cell) and looks_printed(waiting.cell)

    def _asks_by_look(self, view: View, views: list[View]) -> bool:
        """Words that look printed, beside a box that does not: a label that nobody has taught us."""
        place = views.index(view)
        following = views[place + 1] if place + 1 < len(views) else None
        return following is not None and looks_printed(view.cell) and following.kind in {"words", "empty"} and not looks_printed(following.cell)

    def _asks_again(self, view: View, taken: list[View], waiting: View) -> bool:
        """Is this cell the next label, seen that an answer was expected here? Beside a scale stand those who scored on it."""
        if waiting.label is not None and waiting.label.field == "safety.scale" and not taken:
            return False
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
        yield Pair(last.label, Answer(cells, place), last.follows, "right", last.title, self.name, label.cell.row, label.cell.column)

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
        if not text.strip() and has_marks(tuple(cell_lines(view.cell))) and len(others) == 1 and others[0].text.strip():
            answer = Answer((cell_lines(view.cell),), view.cell.place)
            return Pair(None, answer, how="option", printed=others[0].text, table=self.name, row=view.cell.row)
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
            segment.title,
            self.name,
            view.cell.row,
            view.cell.column,
        )


def _unknown_label(view: View) -> Segment:
    """Words that stand where a label stands: what they ask is not known, and what is beside them is no part of the answer before."""
    return Segment(None, [], next(line for line in view.cell.lines if line.text.strip()), unknown=True)


def _next_label(view: View, taken: list[View], views: list[View]) -> bool:
    """Label, answer, label, answer: a word that is as often an answer stands where the next label should, with a box of its own after it."""
    place = views.index(view)
    boxed = place + 1 < len(views) and views[place + 1].kind in {"words", "empty"}
    return bool(taken) and boxed and place % 2 == 0 and len(views) % 2 == 0 and view.kind == "label" and view.label is not None and views[0].head


def _heading_of(view: View) -> tuple[str, int | None] | None:
    text = view.text
    return find_heading(text) if len(text) < 200 and not text.rstrip().endswith(".") else None
