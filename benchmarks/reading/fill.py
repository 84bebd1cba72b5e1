"""Fills a layout for a case: walks its blocks, writes every answer and the gold beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

from benchmarks.reading.answers import Answer, FilledBlock, FilledForm
from benchmarks.reading.cast import Case, Someone, Worker
from benchmarks.reading.family import GRANDMOTHERS, draw_worker, make_case
from benchmarks.reading.fill_case import CaseFiller
from benchmarks.reading.fill_lists import chronology
from benchmarks.reading.fill_people import PersonFiller
from benchmarks.reading.gold import Gold
from benchmarks.reading.spec import (
    Beside,
    Block,
    Box,
    ChildBlocks,
    Columns,
    Floating,
    Grid,
    Layout,
    Options,
    Pairs,
    Questions,
    Running,
    Sentence,
    Slot,
    Twin,
    block_slots,
)
from benchmarks.reading.voice import Voice

_SHARED = {
    "address": "address",
    "postcode": "postcode",
    "phone": "phone",
    "ethnicity": "ethnicity",
    "ethnic_code": "ethnicity_code",
    "religion": "religion",
    "language": "first_language",
    "previous": "previous_address",
    "school": "school",
    "gp": "gp",
    "interpreter": "interpreter",
}
_SEVERAL = {"subjects", "family_all", "others"}


def _room(block: Block) -> int:
    """For how many children that are referred a block has room, 0 where it lists none."""
    if isinstance(block, ChildBlocks):
        return block.total
    return (len(block.heads) or 9) if isinstance(block, Grid) and block.source in _SEVERAL else 0


def fit_case(case: Case, layout: Layout, dice: Random) -> Case:
    """Let the right kind of agency refer, and leave out whom the form cannot name: with room for one child only, the others are brothers and sisters."""
    children, siblings = case.children, case.siblings
    room = max([1, *(_room(block) for block in layout.blocks)])
    if len(children) > room:
        siblings = [replace(c, role="sibling", relationship="Sister" if c.female else "Brother") for c in children[room:] if not c.unborn] + siblings
        children = children[:room]
    if "family_all" in layout.sources() or "others" in layout.sources() or "subjects" in layout.sources():
        children = children[:1] + [c for c in children[1:] if not c.unborn or "subjects" in layout.sources()]
    author = draw_worker(dice, case.referrer.name, layout.author) if layout.author else case.referrer
    return replace(case, children=children, siblings=siblings, referrer=author)


class Filler:
    """Fills one form."""

    def __init__(self, layout: Layout, case: Case, dice: Random) -> None:
        self.layout, self.dice = layout, dice
        self.case = fit_case(case, layout, dice)
        self.voice, self.gold = Voice(dice), Gold()
        self.people = PersonFiller(dice, self.voice, self.gold, own_postcode=layout.asks("child.postcode", ".postcode"))
        self.about = CaseFiller(layout, self.case, dice, self.voice, self.gold)

    def fill(self) -> FilledForm:
        """The filled form; the gold is then in `self.gold`."""
        blocks = tuple(FilledBlock(block, self._rows(block)) for block in self.layout.blocks)
        self.about.consent.settle()
        self._share_among_children()
        ink = self.dice.choice(["", "", "", "1F3F9F", "000080"])
        return FilledForm(self.layout, blocks, self.voice.x_mark, ink)

    def _rows(self, block: Block) -> tuple[tuple[Answer, ...], ...]:
        if isinstance(block, Pairs | Columns | Questions | Beside | Floating | Running):
            return (tuple(self._single(slot) for slot in block_slots(block)),)
        if isinstance(block, Box | Options | Sentence):
            return ((self._single(block.slot),),)
        if isinstance(block, Twin):
            questions = tuple(self._single(slot) for slot in block.questions)
            return (questions, tuple(self._single(slot) for slot in block.reasons))
        if isinstance(block, ChildBlocks):
            rows = [tuple(self._of_child(slot, i) for slot in block.slots) for i in range(min(block.total, len(self.case.children)))]
            rows += [tuple(Answer() for _ in block.slots)] * (block.total - len(rows))
            return tuple(rows)
        if isinstance(block, Grid):
            return self._grid(block)
        return ()

    def _single(self, slot: Slot) -> Answer:
        group, _, field = slot.key.partition(".")
        if group == "child":
            return self.people.answer(slot, field, self.case.children[0], "children.0")
        if group in {"carer1", "carer2"}:
            everyone = (*self.case.adults, *self.case.elsewhere)
            carers = sorted((a for a in everyone if a.holds_pr), key=lambda adult: adult.relationship in GRANDMOTHERS)
            index = int(group[-1]) - 1
            return self._of_adult(slot, field, carers[index]) if index < len(carers) else Answer()
        return self.about.answer(slot)

    def _of_child(self, slot: Slot, index: int) -> Answer:
        field = slot.key.partition(".")[2] or slot.key
        return self.people.answer(slot, field, self.case.children[index], f"children.{index}")

    def _of_adult(self, slot: Slot, field: str, adult: Someone) -> Answer:
        path = self.gold.person(id(adult))
        self._household(adult, path, known=False)
        self.gold.set(f"{path}.relationship_to_child", adult.relationship, optional=True)
        self.gold.alt.setdefault(f"{path}.relationship_to_child", []).append("mother" if adult.female else "father")
        return self.people.answer(slot, field, adult, path)

    def _household(self, person: Someone, path: str, *, known: bool) -> None:
        if not known:
            self.gold.ignore.add(f"{path}.in_household")
        elif f"{path}.in_household" not in self.gold.values:
            self.gold.set(f"{path}.in_household", person.at_home, optional=True)

    def _grid(self, grid: Grid) -> tuple[tuple[Answer, ...], ...]:
        if grid.source == "workers":
            return tuple(self.about.worker_row(grid, w) for w in self.case.workers[: max(1, len(self.case.workers))])
        if grid.source == "printed":
            return self._printed(grid)
        if grid.source == "chronology":
            return chronology(grid, self.case, self.gold, self.voice, self.dice)
        if grid.source == "pr":
            return self._who_holds_pr(grid)
        rows = []
        for person, path in self._listed(grid.source, len(grid.heads) or None):
            if path.startswith("people"):
                self._household(person, path, known=grid.source != "carers")
            rows.append(tuple(self._in_grid(slot, person, path) for slot in grid.slots))
        return tuple(rows)

    def _in_grid(self, slot: Slot, person: Someone, path: str) -> Answer:
        if slot.key == "focus":
            subject = path.startswith("children")
            if slot.options:
                return Answer(chosen=slot.options[:1] if subject else slot.options[1:2])
            return Answer(self.dice.choice(["Yes", "Y", "x"]) if subject else self.dice.choice(["", "", "No"]))
        if path.startswith("people") and slot.key != "relationship" and person.role == "sibling":
            self.gold.set(f"{path}.relationship_to_child", person.relationship, optional=True)
            self.gold.alt.setdefault(f"{path}.relationship_to_child", []).append("sibling")
        return self.people.answer(slot, slot.key, person, path)

    def _listed(self, source: str, room: int | None) -> list[tuple[Someone, str]]:
        subjects = [(c, f"children.{i}") for i, c in enumerate(self.case.children)]

        def named(people: list[Someone]) -> list[tuple[Someone, str]]:
            return [(p, self.gold.person(id(p))) for p in people[:room]]

        if source == "subjects":
            return subjects
        if source == "others":
            return subjects[1:]
        if source == "siblings":
            return named(self.case.siblings)
        if source == "family_all":
            return subjects + named(self.case.siblings) + named(self.case.adults)
        if source == "family":
            return named(self.case.adults) + named(self.case.siblings)
        if source in {"adults", "carers"}:
            return named(self.case.adults)
        if source == "everyone":
            return named(self.case.adults) + named(self.case.siblings) + named(self.case.elsewhere)
        return named(self.case.elsewhere)

    def _printed(self, grid: Grid) -> tuple[tuple[Answer, ...], ...]:
        rows = []
        left = list(self.case.workers)
        for words in grid.printed:
            worker = next((w for w in left if words.casefold() in w.role.casefold() or (words == "School" and w.role == "Class Teacher")), None)
            if worker:
                left.remove(worker)
            rows.append((Answer(words), *(self.about.worker_row(grid, worker, printed=True) if worker else [Answer()] * len(grid.slots[1:]))))
        return tuple(rows)

    def _who_holds_pr(self, grid: Grid) -> tuple[tuple[Answer, ...], ...]:
        rows = []
        for adult in [a for a in (*self.case.adults, *self.case.elsewhere) if a.holds_pr]:
            path = self.gold.person(id(adult))
            self._household(adult, path, known=False)
            self.gold.set(f"{path}.given_names", adult.given)
            self.gold.set(f"{path}.family_name", adult.family)
            self.gold.set(f"{path}.parental_responsibility", value=True)
            self.gold.set(f"{path}.relationship_to_child", adult.relationship)
            child = " and ".join(c.given or "unborn" for c in self.case.children)
            rows.append((Answer(child), Answer(self.voice.name(adult.given, adult.family)), Answer(adult.relationship))[: len(grid.slots)])
        return tuple(rows)

    def _asked_of_each(self) -> set[str]:
        """What the form asks about every child by itself."""
        keys: set[str] = set()
        for block in self.layout.blocks:
            if isinstance(block, ChildBlocks | Grid) and _room(block):
                keys |= {slot.key.removeprefix("child.") for slot in block.slots}
        return keys

    def _share_among_children(self) -> None:
        """What the form says once for the family may be given to every child, and costs nothing where it is not."""
        asked = self._asked_of_each()
        for index, (key, field) in product(range(1, len(self.case.children)), _SHARED.items()):
            if key in asked:
                continue
            value = self.gold.values.get(f"children.0.{field}")
            if value is not None and f"children.{index}.{field}" not in self.gold.values:
                self.gold.set(f"children.{index}.{field}", value, optional=True)
                if others := self.gold.alt.get(f"children.0.{field}"):
                    self.gold.alt.setdefault(f"children.{index}.{field}", []).extend(others)


def fill(layout: Layout, dice: Random) -> tuple[FilledForm, Gold]:
    """A form filled for a new case."""
    filler = Filler(layout, make_case(dice), dice)
    return filler.fill(), filler.gold


__all__ = ["Filler", "Worker", "fill"]
