"""Layouts drawn by lot from label variants: each split has its own wordings beside those that every form uses."""

from __future__ import annotations

from random import Random

from benchmarks.reading.layouts.wordings import (
    CHILD_HEADINGS,
    CONCERN_HEADINGS,
    CONSENT_HEADINGS,
    ELSEWHERE_TITLES,
    FAMILY_TITLES,
    LABELS,
    REFERRER_HEADINGS,
    SIBLING_TITLES,
    WORKER_TITLES,
    Wordings,
)
from benchmarks.reading.look import Look
from benchmarks.reading.spec import Block, ChildBlocks, Layout, beside, boxes, grid, heading, layout, options, pairs, questions, slots, turned, twin

_TITLES = {
    "MARF": "Multi-Agency Referral Form (MARF)",
    "IAF": "Inter-Agency Referral Form",
    "SSR": "Single Service Request",
    "CAF": "Common Assessment Framework",
    "EHA": "Early Help Assessment",
    "OTHER": "Request for Children's Services",
}
FONTS = ("Liberation Sans", "Liberation Sans", "Liberation Serif", "DejaVu Sans")
TICKS = (
    "check",
    "check_before",
    "legacy",
    "symbol",
    "x",
    "bold",
    "underline",
    "highlight",
    "strike",
    "delete",
    "glyph",
    "glyph_after",
    "brackets",
    "colour",
    "boxed",
    "dropdown",
    "legacy_dropdown",
)
DATES = ("plain",) * 6 + ("boxes", "digits", "slashes", "control")
EMPTY = ("plain",) * 5 + ("control", "control", "legacy", "legacy", "underscore", "typed_over")
CHILD_HEADS = ("Child {}", "Child {}", "CHILD {}", "Child / young person {}", "Child no. {}", "Details of child {}", "{}. Child", "Young person {}")
_COLUMN = {"fit": 1, "work": 2, "report": 3}
DRAWN = {"fit": 16, "work": 8, "report": 10}


class _Drawer:
    def __init__(self, dice: Random, split: str) -> None:
        self.dice, self.split = dice, split
        self.hints = dice.random() < 0.4
        self.numbered = dice.random() < 0.12
        self.count = 0
        self.one_child = True

    def pick(self, wordings: Wordings) -> str:
        """A wording of this split, or one that all share."""
        shared, mine = wordings[0], wordings[_COLUMN[self.split]]
        return self.dice.choice(mine if self.dice.random() < 0.65 else shared)

    def label(self, key: str) -> str:
        words = self.pick(LABELS[key])
        if self.hints and self.dice.random() < 0.25:
            words += " *" if words.endswith(("?", ":")) else self.dice.choice([" *", ":", " (required)", " (if known)", " (please complete)", " :"])
        self.count += "." in key
        return f"{self.count}. {words}" if self.numbered and "." in key else words

    def ask(self, *keys: str) -> str:
        """Questions of the keys, with options where the key has them in braces."""
        out = []
        for key in keys:
            bare, brace, choices = key.partition("{")
            out.append(f"{self.label(bare)}={bare}{brace}{choices}")
        return " | ".join(out)

    def some(self, chance: float, *keys: str) -> list[str]:
        """A few of the keys, in any order."""
        kept = [key for key in keys if self.dice.random() < chance]
        self.dice.shuffle(kept)
        return kept

    def arrangement(self) -> tuple[int, str]:
        """How pairs are laid out."""
        return self.dice.choice(
            [
                (2, "left"),
                (2, "left"),
                (1, "left"),
                (3, "above"),
                (2, "stacked"),
                (2, "colon"),
                (1, "lines"),
                (2, "above"),
                (1, "dotted"),
                (2, "dotted"),
                (1, "cells"),
            ]
        )

    def child(self) -> tuple[Block, ...]:
        """The child, the children in a table, or a block for each."""
        shape = self.dice.choices(["pairs", "table", "blocks"], [6, 3, 1])[0]
        name = self.dice.choice([["child.given", "child.family"], ["child.family", "child.given"], ["child.name"]])
        gender = self.dice.choice(["child.gender", "child.gender{Male/Female}", "child.gender{Male/Female/Unknown}"])
        place = ["child.address", *(["child.postcode"] if self.dice.random() < 0.5 else [])]
        extra = self.some(
            0.6,
            "child.ethnicity",
            "child.religion",
            "child.language",
            "child.nhs",
            "child.upn",
            "child.school",
            "child.gp",
            "child.phone",
            "child.alias",
        )
        title = heading(self.pick(CHILD_HEADINGS))
        per_row, how = self.arrangement()
        self.one_child = shape == "pairs"
        if shape == "blocks":
            return (
                title,
                ChildBlocks(
                    slots(self.ask(*name, "child.dob", gender, *place, *extra[:4])), self.dice.choice([2, 3]), head=self.dice.choice(CHILD_HEADS)
                ),
            )
        if shape == "table":
            names = self.dice.choice([["given", "family"], ["family", "given"], ["name"]])
            columns = self.ask(*names, "dob", "gender", *self.some(0.5, "ethnicity"))
            rest = [key for key in extra if key not in {"child.alias", "child.ethnicity"}]
            return (title, grid("subjects", columns, self.dice.randint(0, 3)), pairs(self.ask(*place, *rest), per_row, how))
        if self.dice.random() < 0.15:
            return (
                title,
                beside(self.ask("child.address"), self.ask(*name, "child.dob")),
                pairs(self.ask(gender, *place[1:], *(extra or ["child.phone"])), per_row, how),
            )
        return (title, pairs(self.ask(*name, "child.dob", gender, *place, *extra), per_row, how))

    def family(self) -> tuple[Block, ...]:
        """Who is in the family, in one table or several."""
        names = self.dice.choice([["given", "family"], ["family", "given"], ["name"]])
        if self.one_child and self.dice.random() < 0.2:
            mark = self.dice.choice(["focus{✓}", "focus", "focus{Yes/No}"])
            return (
                grid(
                    "family_all",
                    self.ask(*names, "dob", "relationship", mark, *self.some(0.4, "gender", "ethnicity", "pr")),
                    self.dice.randint(0, 3),
                    title=self.pick(FAMILY_TITLES),
                ),
            )
        if self.dice.random() < 0.12:
            return self.family_in_columns(names)
        source = self.dice.choice(["family", "family", "adults", "everyone"])
        extra = [*(["at_home"] if source == "everyone" else []), *self.some(0.45, "gender", "ethnicity", "pr", "phone")]
        tables: list[Block] = [grid(source, self.ask(*names, "dob", "relationship", *extra), self.dice.randint(0, 3), title=self.pick(FAMILY_TITLES))]
        if source == "adults":
            tables.append(grid("siblings", self.ask(*names, "dob", "gender"), 1, title=self.pick(SIBLING_TITLES)))
        if source != "everyone" and self.dice.random() < 0.35:
            tables.append(grid("elsewhere", self.ask(*names, "dob", "relationship", "phone"), 1, title=self.pick(ELSEWHERE_TITLES)))
        return (heading(self.pick(FAMILY_TITLES)), *tables) if self.dice.random() < 0.3 else tuple(tables)

    def family_in_columns(self, names: list[str]) -> tuple[Block, ...]:
        """Parents side by side, brothers and sisters in a table beneath."""
        heads = self.dice.choice(
            [("Parent / carer 1", "Parent / carer 2"), ("Adult 1", "Adult 2", "Adult 3"), ("First carer", "Second carer", "Third carer")]
        )
        parents = turned("adults", heads, self.ask(*names, "dob", "relationship", "pr", "phone"), self.pick(FAMILY_TITLES))
        return (parents, grid("siblings", self.ask(*names, "dob", "gender"), 1, title=self.pick(SIBLING_TITLES)))

    def referrer(self) -> tuple[Block, ...]:
        """Who refers."""
        per_row, how = self.arrangement()
        return (
            heading(self.pick(REFERRER_HEADINGS)),
            pairs(self.ask("author.name", "author.role", "author.agency", "author.phone", "author.email", "ref.date"), per_row, how),
        )

    def consent(self) -> tuple[Block, ...]:
        """Knowing and agreeing, in one of the shapes forms have for it."""
        title = heading(self.pick(CONSENT_HEADINGS))
        yes_no = self.dice.choice(["{Yes/No}", "{Yes/No}", "{YES/NO}", "{No/Yes}", "{Yes/No/Not known}", "{Y/N}"])
        both = [f"consent.aware{yes_no}", f"consent.given{yes_no}"]
        if self.dice.random() < 0.25 and yes_no != "{Y/N}":
            return (title, questions(self.ask(*both)), pairs(self.ask("consent.reason"), 1))
        if self.dice.random() < 0.2:
            return (title, twin(self.ask(*both), f"Reason if not aware=noise.blank | {self.ask('consent.reason')}"))
        return (title, pairs(self.ask(*both, "consent.reason"), 1))

    def concerns(self) -> tuple[Block, ...]:
        """Free text."""
        first = self.dice.choice(["box.reason+worries", "box.worries+reason"])
        rest = self.some(0.65, "box.harm+worries", "box.working_well", "box.actions_taken", "box.next_steps", "box.child_views", "box.parent_views")
        return (heading(self.pick(CONCERN_HEADINGS)), *boxes(self.ask(first, *rest), self.dice.choice(["below", "below", "beside", "same"])))

    def workers(self) -> tuple[Block, ...]:
        """Other professionals."""
        return (grid("workers", self.ask("name", "role", "agency", "phone"), self.dice.randint(0, 2), title=self.pick(WORKER_TITLES)),)


def draw(dice: Random, split: str, number: int) -> Layout:
    """One made-up form."""
    drawer, form = _Drawer(dice, split), dice.choice(list(_TITLES))
    child, makers = drawer.child(), [drawer.family, drawer.consent, drawer.concerns, drawer.workers, drawer.referrer]
    dice.shuffle(makers)
    parts = [maker() for maker in makers]
    look = Look(
        font=dice.choice(FONTS), size=dice.choice([18, 19, 20, 22]), colour=dice.choice(["000000", "1F3864", "385723", "7F0000"]),
        fill=dice.choice(["D9E2F3", "EDEDED", "E2EFDA", "FFF2CC", ""]), ruled=dice.random() < 0.85, tick=dice.choice(TICKS), empty=dice.choice(EMPTY), dates=dice.choice(DATES),
        tracked=dice.random() < 0.06, hints=dice.random() < 0.12, spaced=dice.random() < 0.06,
        header=dice.choice(["", "CONFIDENTIAL", "OFFICIAL – SENSITIVE"]), footer=dice.choice(["", "Version 4.2", "January 2025"]), separator=dice.choice([" / ", "  ", "   "]), joined=dice.random() < 0.25,
    )  # fmt: skip
    blocks: list[Block | tuple[Block, ...]] = [child, *parts]
    if dice.random() < 0.15:
        blocks.insert(0, pairs("For office use only: received by=office.name | Date received=office.date | Reference number=office.reference"))
    if dice.random() < 0.3:
        blocks.insert(1, options("Type of request (tick one)=type{Child protection/Child in need/Early help}", dice.choice([1, 3])))
    return layout(
        f"drawn-{split}-{number:02d}", form, _TITLES[form], split, *blocks, look=look, accepted=(form, "OTHER") if form == "OTHER" else (form,)
    )


def drawn_layouts(seed: int) -> list[Layout]:
    """The made-up forms of all splits."""
    return [draw(Random(f"{seed}-{split}-{n}"), split, n) for split, count in DRAWN.items() for n in range(count)]
