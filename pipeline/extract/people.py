"""Who a box speaks of: boxes gathered into people, by block heading, by the label's own words, by column, and by a name asked for again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pipeline.extract.answers import Answer
from pipeline.extract.by_content import NAMES, typed_box, typed_heads
from pipeline.extract.contacts import Value, clean
from pipeline.extract.draft import Draft, Entity, Evidence, Found, Problem, evidence, found
from pipeline.extract.events import Heading, Pair, Rows
from pipeline.extract.labels import Label, find_heading
from pipeline.extract.lexicon import lexicon
from pipeline.extract.people_tables import PEOPLE, PROFESSIONAL, is_example, place_head, pr_pairs, printed_role, rows_block
from pipeline.extract.printed_words import is_printed
from pipeline.extract.slots import read_slots
from pipeline.extract.values.listed import RELATION
from pipeline.extract.wording import key, one_line

_SINGLE = frozenset({"referrer", "lead", "gp", "school", "allocated"})
_OFFICIAL = frozenset({"referrer", "lead", "leadpro", "taken", "manager"})
_OF_A_CHILD = frozenset(
    {"interpreter", "disability", "disability_details", "nhs", "upn", "identifier", "religion", "ethnicity", "gp", "unborn", "edd"}
)
_WITH_ADDRESS = frozenset({"address", "postcode", "phone", "email", "contact", "language", "gp", "school", "previous_address", "interpreter"})
"""What is asked next to where a child lives."""
_MINE = re.compile(r"\W*(?:my|i|we|our)\b", re.IGNORECASE)
_MAY_BE_MINE = frozenset("name given family aliases born age gender address postcode phone school gp religion ethnicity language nhs".split())
"""A label in the child's own voice, under "About me"."""
_HOME = frozenset({"address", "postcode", "previous_address"})
_IF_DIFFERENT = re.compile(r"\bif (?:different|not|other|elsewhere)\b|\bwhere different\b", re.IGNORECASE)
_OF_A_WRITER = PROFESSIONAL | {"school", "phone", "email", "contact", "address", "postcode", "date"}
_LISTED = frozenset({"carer", "household", "sibling", "elsewhere", "agency"})
_SEVERAL = re.compile(r"\s(?:and|&)\s|[;\n]|\((?:mother|father|mum|dad|birth|step)", re.IGNORECASE)
_LISTS = ("names ", "other ", "all ", "siblings", "people ", "household ", "family members", "significant ", "who ")
_NO_ROOM = frozenset({"body", "consent"})


class People:
    """Keeps the person each next box belongs to."""

    def __init__(self, draft: Draft, today: date) -> None:
        self.draft = draft
        self.today = today
        self.block: str | None = None
        self.sure = "guess"
        self.table = ""
        self.number: int | None = None
        self.current: dict[str | None, Entity] = {}
        self.anchors: dict[str, list[Entity]] = {}
        self._beside_role: Entity | None = None
        self._lent: dict[str, Entity] = {}
        self._listed: str | None = None
        self._home: tuple[str, Entity | None] = ("", None)
        self.relation: str | None = None
        self._since = 0

    def heading(self, heading: Heading) -> None:
        """A heading opens a block; one that names nobody closes the block before it."""
        self.relation = heading.block if heading.block in {"mother", "father"} else None
        self.block = None if heading.block in _NO_ROOM else "carer" if self.relation else heading.block
        self.sure = "heading" if self.block else "guess"
        self.number = heading.number
        self._lent = {}
        self._listed = None
        self._home = ("", None)
        if heading.block != "child" or (heading.number or 1) == 1:  # "Child 2" goes on with the children
            self._since = len(self.draft.entities)
        self.current.pop(None, None)
        if self.block not in _SINGLE:
            self.current.pop(self.block, None)
        self._let_go()

    def _let_go(self) -> None:
        """A heading about others ends the hold that the names above it have on the boxes below, in one long table too."""
        if self.block is None:
            return
        for table, held in list(self.anchors.items()):
            self.anchors[table] = [entity for entity in held if entity.block == self.block]

    def pair(self, pair: Pair) -> None:
        """A box about a person."""
        label = self._in_agencies(pair.label) if pair.label else None
        if label is None:
            return
        if self._says_relation(label, pair):
            return
        entity = self._differs(label, pair) or self._entity(label, pair)
        block = "label" if label.block else "anchor" if entity.column or entity.table == pair.table else entity.sure
        seen = evidence(pair, block=block)
        for value in read_slots(label, pair.answer, self.today):
            self._note(entity, value, pair.answer, seen)
        entity.seen.update(label.slots)

    def _says_relation(self, label: Label, pair: Pair) -> bool:
        """A name asked for and "Mother" answered, beside somebody who has a name: that is what they are to the child."""
        text = clean(pair.answer).strip()
        entity = self.current.get(self.block)
        if not NAMES.intersection(label.slots) or label.block in {"mother", "father"} or not RELATION.fullmatch(text):
            return False
        if entity is None or not NAMES & set(entity.slots) or entity.block not in PEOPLE or "relationship" in entity.slots:
            return False
        entity.slots["relationship"] = [found(one_line(text), text, pair.answer, evidence(pair, block="anchor", typed="free"))]
        return True

    def _differs(self, label: Label, pair: Pair) -> Entity | None:
        """ "Address if different", under a row of people: that person's."""
        last = self.draft.entities[-1] if self.draft.entities else None
        if label.block is not None or last is None or last.table != pair.table or not _IF_DIFFERENT.search(pair.printed):
            return None
        return last if label.slot in {"address", "phone"} and label.slot not in last.seen and NAMES & set(last.slots) else None

    def told(self, pair: Pair) -> bool:
        """A box under words that nobody has taught us, in the block of somebody named, whose answer says what it is."""
        entity = self._anchored(pair) or self.current.get(self.block)
        label = typed_box(pair.printed, pair.answer)
        if label is None or entity is None or not NAMES & set(entity.slots) or label.slots[0] in entity.seen:
            return False
        self.pair(replace(pair, label=label))
        return True

    def _note(self, entity: Entity, value: Value, answer: Answer, seen: Evidence) -> None:
        seen = replace(seen, typed=value.fits)
        if value.slot == "subject":
            entity.subject = bool(value.value) if value.value is not None else entity.subject
            return
        if isinstance(value.value, str) and is_printed(value.slot, value.value):
            return
        if value.problem:
            self.draft.problems.append(Problem(value.slot, "unclear" if "marked" in value.problem else "invalid", value.problem, entity))
        entity.slots.setdefault(value.slot, []).append(found(value.value, value.raw, answer, seen))

    def _in_agencies(self, label: Label) -> Label:
        """Among professionals, "GP" and "School" ask for one of them and not for the child's; "professional" under the referrer's heading is the referrer."""
        if (
            self.block == "referrer"
            and self.sure == "heading"
            and (label.block == "agency" or (label.block == "leadpro" and not self._referrer_named()))
        ):
            return replace(label, block=None, subject_only=False)
        if (
            self.block == "child"
            and self.sure == "heading"
            and label.block == "referrer"
            and set(label.slots) <= _MAY_BE_MINE
            and _MINE.match(label.text)
        ):
            return replace(label, block=None)
        if self.speaks_of_writer and label.block in {"school", "gp"} and set(label.slots) <= {"phone", "email", "contact"}:
            return replace(label, block=None)
        if self.block == "agency" and label.block is None and label.slot in {"gp", "school"}:
            return replace(label, block="role", slots=("name_contact",))
        return label

    @property
    def speaks_of_writer(self) -> bool:
        """Do the boxes ask about the one who refers: under their heading, or of somebody asked for a name and a role?"""
        entity = self.current.get(self.block)
        return self.block == "referrer" or (self.block is None and entity is not None and {"name", "role"} <= entity.seen)

    def _referrer_named(self) -> bool:
        entity = self.current.get("referrer")
        return entity is not None and bool(NAMES & set(entity.slots))

    # ---- which person

    def _entity(self, label: Label, pair: Pair) -> Entity:
        asks_name = bool(NAMES.intersection(label.slots)) or label.subject_only
        block = label.block or None
        if block is not None:
            return self._own_block(label, pair, block, asks_name)
        beside = self._beside_role
        if (
            beside is not None
            and (beside.table, beside.row) == (pair.table, pair.row)
            and pair.table
            and set(label.slots) <= PROFESSIONAL | {"phone", "email", "contact", "address", "name"}
        ):
            return beside
        if pair.how == "option" and self.sure != "heading" and self.block != "child":
            return self.current.get("child") or self._last_child() or self._open("child", pair, keep=True)
        asked = set(label.slots)
        if (self.block in _OFFICIAL and asked & _OF_A_CHILD) or (
            self._after_a_list(pair.table) and asked & (_OF_A_CHILD | {"language", "school", "address", "postcode"})
        ):
            child = self.current.get("child") or self._last_child() or self._open("child", pair, keep=True)
            self._home = (pair.table, child) if asked & _HOME else self._home
            return child
        if asked <= {"phone", "contact"} and self._home[1] is not None and self._home[0] == pair.table and not self._home[1].seen & asked:
            return self._home[1]  # the telephone beside the address
        if self._family_home(asked):
            home = self.current.get("child") or self._last_child() or self._open("child", pair, keep=True)
            self._lent = {pair.table: home}
            return home
        anchored = self._anchored(pair)
        entity = anchored or self._borrowed(label, pair) or self.current.get(self.block)
        if entity is None:
            return self._open(self.block, pair)
        repeated = asks_name and (any(slot in entity.seen for slot in label.slots) or self._name_again(entity, label))
        if repeated and entity.block not in _SINGLE:
            return self._open(entity.block, pair)
        return entity

    def _family_home(self, asked: set[str]) -> bool:
        """ "Family details" and then an address, before anybody was named: the home of the children, not of somebody without a name."""
        return self.block == "household" and self.current.get("household") is None and bool(asked & _HOME) and asked <= _WITH_ADDRESS

    def _after_a_list(self, table: str) -> bool:
        """Does this stand below a table of others, and outside it? What is asked of children alone is then asked of the child."""
        return self._listed not in {None, table} and self.block in _LISTED

    def _own_block(self, label: Label, pair: Pair, block: str, asks_name: bool) -> Entity:
        """A label that says itself whom it means. Asking for a name, it also settles whom the boxes after it mean."""
        relation = block if block in {"mother", "father"} else None
        block = "carer" if relation else block
        entity = self.current.get(block)
        fresh = entity is None or (
            block not in _SINGLE
            and asks_name
            and (
                self._name_again(entity, label)
                or (label.subject_only and bool(entity.seen))
                or (relation is not None and entity.relationship not in {None, relation})
            )
        )
        if block == "role":
            fresh = True
        if relation and not asks_name and entity is not None and entity.relationship not in {None, relation}:
            entity = next((other for other in self.draft.entities if other.relationship == relation), None)
            fresh = entity is None
        if fresh or entity is None:
            entity = self._workplace_before(block, pair) or self._open(block, pair, keep=not asks_name)
            entity.number = label.number
        if relation:
            entity.relationship = relation
        if block == "child" and not asks_name and self.current.get(self.block) is None:
            self._lent = {pair.table: entity}
        if block == "role":
            if not re.search(r"/|\bor\b", label.text):
                entity.role = found(label.text.strip(" :"), label.text, Answer((), pair.answer.place), evidence(pair))
            self._beside_role = entity
        elif asks_name and block not in {"gp", "school", "allocated"} and not self._listed_in_passing(label, pair):
            self._anchor(entity, pair)
            if block != self.block and not self._listed_in_passing(label, pair):
                self.block, self.sure = block, "anchor"
        return entity

    def _workplace_before(self, block: str, pair: Pair) -> Entity | None:
        """ "Setting" and "Telephone", and only then "Form filled in by": boxes right before a writer's name, in the same table, were the writer's."""
        last = self.draft.entities[-1] if self.draft.entities else None
        if block != "referrer" or last is None or not pair.table or last.table != pair.table or last.block is not None:
            return None
        if NAMES & last.seen or not last.seen <= _OF_A_WRITER or not last.seen & {"school", "agency", "role"}:
            return None
        last.block = block
        self.current.pop(None, None)
        self.current[block] = last
        return last

    def _borrowed(self, label: Label, pair: Pair) -> Entity | None:
        """Where nobody has been named yet: "Address of the child", and then "Postcode" and "Telephone" are the child's too."""
        held = self._lent.get(pair.table) if self.current.get(self.block) is None and set(label.slots) <= _WITH_ADDRESS else None
        return None if held is None or set(label.slots) & held.seen else held

    def _last_child(self) -> Entity | None:
        return next((entity for entity in self.draft.entities if entity.block == "child"), None)

    def _listed_in_passing(self, label: Label, pair: Pair) -> bool:
        """ "Names of parents" among the child's own boxes is one more of them; the address after it is the child's."""
        child = self.current.get("child")
        several = label.block in {"carer", "household", "sibling"} and bool(_SEVERAL.search(pair.answer.text))
        return self.block == "child" and child is not None and child.table == pair.table and (several or key(label.text).startswith(_LISTS))

    def _name_again(self, entity: Entity, label: Label) -> bool:
        """Is a name asked for that this person's boxes have asked for already?"""
        asked = set(label.slots)
        if asked & {"given", "family"} and not asked & entity.seen:
            return "name" in entity.slots and bool(entity.seen - {"name"})
        return bool(asked & entity.seen & NAMES) or ("name" in asked and bool({"given", "family"} & entity.seen))

    def _open(self, block: str | None, pair: Pair, *, keep: bool = False) -> Entity:
        entity = Entity(block, pair.table, pair.row, pair.column, self.number, sure=self.sure)
        entity.relationship = self.relation if block == "carer" else None
        self.draft.entities.append(entity)
        if block != "role":
            self.current[block] = entity
        passing = pair.label is not None and self._listed_in_passing(pair.label, pair)
        if not keep and not passing and NAMES.intersection(pair.label.slots if pair.label else ()):
            self._anchor(entity, pair)
        return entity

    def _anchor(self, entity: Entity, pair: Pair) -> None:
        if not pair.table:
            self.anchors.clear()
            return
        entity.table, entity.row, entity.column = pair.table, pair.row, pair.column
        held = self.anchors.setdefault(pair.table, [])
        held[:] = [other for other in held if other.row == pair.row and other is not entity]
        held.append(entity)

    def _anchored(self, pair: Pair) -> Entity | None:
        """The person whose name stands in this column, where several stand side by side."""
        held = self.anchors.get(pair.table) if pair.table else None
        if not held:
            return None
        left = [entity for entity in held if entity.column <= pair.column]
        if not left:
            return None
        best = max(left, key=lambda entity: entity.column)
        return best if len(held) > 1 or self.current.get(best.block) is best else None

    # ---- rows of people

    def rows(self, rows: Rows) -> None:
        """A table with column heads: each row is somebody."""
        heads = typed_heads(rows.heads, [answers for answers in rows.rows if not is_example(answers)], rows.printed)
        heads = tuple(place_head(head) for head in heads)
        slots = {slot for head in heads if head for slot in head.slots}
        block = rows_block(heads, slots, self.block, sure=self.sure == "heading", named=self._named_since_heading())
        if "pr_holders" in slots:
            pr_pairs(rows, self.draft)
            return
        if block == "agency" and self.block is None and len(rows.rows) == 1 and not any(head and head.block == "agency" for head in heads):
            block = None  # one line of name and job under no heading: whoever writes, more likely than somebody else's
        one_row = len(rows.rows) == 1 and rows.names[0] is None and not slots & {"relationship", "subject", "pr"}
        if one_row and (block in {"child", "referrer", None} or (self._after_a_list(rows.table) and not NAMES & slots and slots & _OF_A_CHILD)):
            self._one_row(heads, rows)
            return
        self._listed = rows.table if NAMES & slots else self._listed
        several = sum(1 for head in heads if head and NAMES.intersection(head.slots)) > 1 and "name" in slots and not slots & {"given", "family"}
        if block == "agency" and several:
            heads = tuple(
                replace(head, block=None, slots=("role",)) if head and head.block == "agency" and head.slots == ("name",) else head for head in heads
            )
        for answers, name in zip(rows.rows, rows.names, strict=True):
            if not any(answer.filled for answer in answers) or is_example(answers) or self._goes_on(heads, answers, rows, slots):
                continue
            entity = Entity(block, rows.table, sure=self.sure if self.block else "guess", number=self.number)
            entity.relationship = self.relation if block == "carer" else None
            self._row_name(entity, name)
            entity.seen.update(slots)
            for column, (head, answer) in enumerate(zip(heads, answers, strict=True)):
                if column == 0 and block == "agency" and printed_role(answer):
                    entity.role = found(one_line(answer.text), answer.text, answer, Evidence(how="head"))
                    continue
                self._cell(entity, head, answer, rows)
            if entity.filled and (entity.block != "agency" or set(entity.slots) != {"role"}):
                self.draft.entities.append(entity)

    def _one_row(self, heads: tuple[Label | None, ...], rows: Rows) -> None:
        """Heads over a single row are labels over their answers: they go on about whoever the form speaks of."""
        for column, (head, answer) in enumerate(zip(heads, rows.rows[0], strict=True)):
            if head is not None and head.slots:
                self.pair(Pair(head, answer, how="head", printed=head.text, table=rows.table, row=1, column=column, strange=rows.strange))

    def _goes_on(self, heads: tuple[Label | None, ...], answers: tuple[Answer, ...], rows: Rows, slots: set[str]) -> bool:
        """More heads lower in the same table, which ask for no name: the boxes under them are those of the person above."""
        last = self.draft.entities[-1] if self.draft.entities else None
        if last is None or last.table != rows.table or not slots <= _WITH_ADDRESS | {"date"} or len(rows.rows) > 1 or slots & last.seen:
            return False
        for head, answer in zip(heads, answers, strict=True):
            self._cell(last, head, answer, rows)
        last.seen.update(slots)
        return True

    def _cell(self, entity: Entity, head: Label | None, answer: Answer, rows: Rows) -> None:
        if head is None or not head.slots:
            text = clean(answer)
            if head is None and text and entity.block == "agency" and entity.role is None:
                entity.role = found(one_line(text), text, answer, Evidence(match="none", how="head"))
            return
        seen = evidence(Pair(head, answer, how="head", strange=rows.strange), block=entity.sure)
        for value in read_slots(head, answer, self.today):
            self._note(entity, value, answer, seen)

    def _row_name(self, entity: Entity, name: str | None) -> None:
        if not name or key(name).isdigit():
            return
        heading = find_heading(name)
        if heading and heading[0] in {"mother", "father"}:
            entity.relationship = heading[0]
        elif entity.block == "agency" or key(name) in lexicon().roles:
            entity.role = Found(one_line(name), name, None, Evidence(how="head"))

    def _named_since_heading(self) -> bool:
        """Have the children of this section been named already, so that a second table is about others?"""
        return any(entity.block == "child" and NAMES & set(entity.slots) for entity in self.draft.entities[self._since :])
