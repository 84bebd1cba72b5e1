"""Tables read downwards: heads over rows of people, options as columns, people as columns, grids of ethnic groups."""

from __future__ import annotations

from models.document import Line
from pipeline.extract.answers import Answer, cell_lines
from pipeline.extract.by_content import NAMES
from pipeline.extract.events import Event, Pair, Rows
from pipeline.extract.grid import Grid, View
from pipeline.extract.labels import Label, find_heading
from pipeline.extract.lexicon import lexicon
from pipeline.extract.segments import Segment
from pipeline.extract.values.ethnicity import is_ethnicity_option
from pipeline.extract.wording import key

OPTION_HEADS = frozenset(
    "yes no y n not known|unknown|n a|na|not applicable|dont know|not sure|low|medium|high".replace("yes no y n ", "yes|no|y|n|").split("|")
)
_GLYPHS = " \t☐☒☑□✓✔✗✘*xX"

_COLUMNS, _LOOKED_AT, _SHORT = 3, 4, 30


class Heads:
    """Tries the ways of reading downwards from one row; `row` is where it got to."""

    def __init__(self, grid: Grid, name: str, row: int) -> None:
        self.grid = grid
        self.name = name
        self.row = row

    def read(self) -> list[Event]:
        """What stands under heads from here; nothing when this row heads nothing."""
        return self._option_columns() or self._people_columns() or self._heads()

    def ethnicity(self) -> Pair | None:
        """A grid of ethnic groups with their boxes."""
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
        named = [view for view in heads if key(view.text) in OPTION_HEADS] or self._unknown_options(heads)
        if len(named) < 2 or len(named) < len([view for view in heads if view.kind != "empty"]) - 1 or named[0] is heads[0]:
            return []
        if self.row + 1 >= len(self.grid.rows):
            return []
        found: list[Event] = []
        row = self.row + 1
        while (
            row < len(self.grid.rows)
            and len(self.grid.rows[row]) >= len(named)
            and not any(key(view.text) in OPTION_HEADS for view in self.grid.rows[row][:1])
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

    def _unknown_options(self, heads: list[View]) -> list[View]:
        """Heads of a few words over rows in which one box is marked and the others hold nothing: options, whatever they are called."""
        named = [view for view in heads[1:] if view.text.strip()]
        below = self.grid.rows[self.row + 1 : self.row + 4]
        if len(named) < 2 or len(named) != len(heads) - 1 or heads[0].text.strip() or not below:
            return []
        if any(view.text.count(" ") > 4 or (view.label is not None and not view.label.answer_too) for view in named):
            return []
        marks = [view.text.strip(_GLYPHS + "[]()") for views in below for view in views[1:]]
        asks = all(len(views) > 1 and views[0].text.strip() for views in below)
        return named if asks and marks and not any(marks) else []

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
        if (len(people) < 2 or len(people) != len(heads) - 1) and self._asks_down_the_side(heads):
            people = heads[1:]
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

    def _asks_down_the_side(self, heads: list[View]) -> bool:
        """An empty corner, short words along the top that ask for nothing, and down the side what is asked of a person, a name first or soon: a column
        for each, whatever they are called ("1st adult", "Eldest", "Person A")."""
        if heads[0].text.strip() or len(heads) < _COLUMNS or any(not 0 < len(view.text) <= _SHORT for view in heads[1:]):
            return False
        if any(view.label is not None and not view.label.subject_only for view in heads[1:]) or any(key(view.text) in OPTION_HEADS for view in heads):
            return False
        below = [views[0] for views in self.grid.rows[self.row + 1 : self.row + 1 + _LOOKED_AT] if len(views) == len(heads)]
        asked = [slot for view in below if view.kind == "label" and view.label is not None for slot in view.label.slots]
        return (
            len(asked) >= _COLUMNS and len(asked) == len(below) and bool(NAMES & set(asked)) and bool({"born", "relationship", "gender"} & set(asked))
        )

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
        sure = len(strong) >= 2 or (strong and (len(labels) >= 3 or self._nothing_asked_below(views)))
        if len(labels) < 2 or len(labels) < 0.6 * len(shown) or not sure:
            return False
        spaced = empties > 0 and len(labels) == len(shown) and self._answers_under(views)
        if (
            any(view.kind == "pair" and not view.head for view in shown)
            or _alternating(views)
            or (empties > (1 if len(labels) >= 3 else 0) and not spaced)
        ):
            return False
        if empties and not spaced and views[0].kind != "empty" and views[-1].kind != "empty":
            return False
        others = [view for view in shown if view not in labels]
        if others and (len(labels) < 3 or any(len(view.text) > 60 for view in others)):
            return False
        if self.row + 1 >= len(self.grid.rows):
            return False
        below = self.grid.rows[self.row + 1]
        asking = [view for view in below if (view.strong or view.kind == "pair") and not _says_again(views, view)]
        return len(below) > 1 and not _row_head(below[0]) and len(asking) * 2 < len(below) + (1 if len(labels) > 2 else 0)

    def _nothing_asked_below(self, views: list[View]) -> bool:
        """Two cells side by side that are both labels, one as often an answer, over a row without any: heads, not a label with its answer."""
        if self.row + 1 >= len(self.grid.rows) or len(views) != 2:
            return False
        below = self.grid.rows[self.row + 1]
        same = [view.cell.column for view in below] == [view.cell.column for view in views]
        return same and any(view.kind == "words" for view in below) and not any(view.strong for view in below) and below[0].label is None

    def _answers_under(self, views: list[View]) -> bool:
        """Words under labels and nowhere else: heads that a printed page spaced out over empty columns."""
        if self.row + 1 >= len(self.grid.rows):
            return False
        heads = {view.cell.column for view in views if view.kind == "label"}
        below = [view for view in self.grid.rows[self.row + 1] if view.kind != "empty"]
        return bool(below) and all(view.kind == "words" and view.cell.column in heads for view in below)

    def _body(self) -> list[int]:
        found = []
        row = self.row + 1
        while row < len(self.grid.rows):
            views = self.grid.rows[row]
            if len(views) < 2 or self.grid.wide(row) is not None or sum(view.strong for view in views) * 2 > len(views) or _all_labels(views):
                break
            found.append(row)
            row += 1
        self.row = row if found else self.row
        return found

    def _columns_of_answers(self, heads: list[View], body: list[int]) -> list[Event]:
        return [pair for head in heads for pair in self._down(head, body)]

    def _down(self, head: View, body: list[int]) -> list[Event]:
        """One column: the question at its head, and the questions further down that bring their own answers."""
        found: list[Event] = []
        follows = next((segment.follows for segment in head.segments if segment.asks), None)
        label, printed, answer = head.label, head.text, Answer()
        for row in body:
            view = next((one for one in self.grid.rows[row] if one.cell.column == head.cell.column), None)
            asked = [segment for segment in view.segments if segment.asks] if view is not None and view.kind in {"label", "pair"} else []
            if view is None or len(asked) != 1 or not _asks_anew(asked[0]):
                answer = answer.joined(_under(head, self.grid.rows[row]))
                continue
            found.append(Pair(label, answer, follows, "below", printed, self.name, row, head.cell.column))
            label, follows, printed = asked[0].label, asked[0].follows, asked[0].printed.text.strip() if asked[0].printed else view.text
            answer = Answer((tuple(asked[0].lines),), view.cell.place)
        found.append(Pair(label, answer, follows, "below", printed, self.name, body[0], head.cell.column))
        return found


def _asks_anew(segment: Segment) -> bool:
    """A follow-up, or a question that is printed as one: in an answer's place other words that read like a label are an answer."""
    if segment.follows is not None:
        return True
    label, text = segment.label, segment.printed.text.strip() if segment.printed else ""
    return label is not None and label.field is not None and (text.endswith(("?", ":")) or label.field == "consent.reason")


def _all_labels(views: list[View]) -> bool:
    """A second row of heads: nothing but labels, and one of them surely one."""
    shown = [view for view in views if view.kind != "empty"]
    return len(shown) > 1 and all(view.head and view.label is not None for view in shown) and any(view.strong for view in shown)


def _says_again(heads: list[View], view: View) -> bool:
    """Options that name what they are, Male and Female, under a head that asks for it."""
    head = next((other for other in heads if other.cell.column == view.cell.column), None)
    return head is not None and head.label is not None and view.label is not None and head.label.slots == view.label.slots


def _alternating(views: list[View]) -> bool:
    """Label, answer, label, answer: no heads, even where an answer happens to be a word that labels use."""
    return len(views) % 2 == 0 and all(view.strong for view in views[::2]) and not any(view.strong for view in views[1::2])


def _row_head(view: View) -> bool:
    """A label that stands at the left of its row, rather than a name given to the row ("Child 1")."""
    return view.strong and not (view.label is not None and view.label.subject_only and view.label.number is not None)


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
