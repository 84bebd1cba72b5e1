"""Answers about the referral as a whole: who refers, consent and knowledge, free text, safety, history, professionals."""

from __future__ import annotations

from random import Random

from benchmarks.reading.answers import Answer
from benchmarks.reading.cast import Case, Worker
from benchmarks.reading.fill_consent import ConsentFiller, mark
from benchmarks.reading.fill_lists import holders_in_words
from benchmarks.reading.gold import Gold
from benchmarks.reading.spec import Grid, Layout, Slot
from benchmarks.reading.stories import STORIES
from benchmarks.reading.voice import Voice, truth_of

_FLAGS = {
    "plan": "history.child_protection_plan",
    "looked_after": "history.looked_after",
    "assessed": "history.earlier_assessment",
    "lead_discussed": "safeguarding_lead.discussed",
    "child_aware": "consent.child_aware",
}
_KINDS = {
    "child_protection": ("protection", "significant harm", "safety", "level 4", "s47", "yes"),
    "child_in_need": ("in need", "level 3", "s17", "social work assessment"),
    "early_help": ("early help", "early", "support", "level 2", "assess a child"),
}
_ISSUES = {
    "domestic_abuse": "domestic",
    "mental_health": "mental",
    "substance_misuse": ("drug", "alcohol", "substance"),
    "learning_difficulties": "learning",
}


class CaseFiller:
    """Fills the questions that are about no single person."""

    def __init__(self, layout: Layout, case: Case, dice: Random, voice: Voice, gold: Gold) -> None:
        self.layout, self.case, self.dice, self.voice, self.gold = layout, case, dice, voice, gold
        self.said: dict[str, bool | None] = {}
        self.consent = ConsentFiller(case, dice, voice, gold)
        gold.set("referrer.kind", "professional", optional=True)

    def answer(self, slot: Slot) -> Answer:
        """One question."""
        group, _, field = slot.key.partition(".")
        method = getattr(self, f"_{group}", None)
        if method is None:
            raise ValueError(f"nobody knows how to answer {slot.key!r}")
        result: Answer = method(slot, field)
        return result

    # the referrer and others who are no subject
    def _author(self, slot: Slot, field: str) -> Answer:
        who = self.case.referrer
        if field == "name_role":
            self.gold.set("referrer.name", who.name)
            self.gold.set("referrer.role", who.role)
            return Answer(f"{who.name}{self.dice.choice([', ', ' - ', ' – '])}{who.role}")
        if field == "email_phone":
            self.gold.set("referrer.email", who.email)
            self.gold.set("referrer.phone", who.phone)
            return Answer(f"{who.email}{self.dice.choice([' / ', ', ', chr(10)])}{who.phone}")
        if field in {"first", "last"}:
            self.gold.set("referrer.name", who.name)
            return Answer(who.name.rpartition(" ")[0 if field == "first" else 2])
        if field == "signature":
            self.gold.unassigned.append(who.name)
            return Answer(self.dice.choice([who.name, f"{who.name[0]}. {who.name.split()[-1]}", ""]))
        if field == "relationship":
            if self.voice.skips(self.dice, 0.15):
                return Answer()
            self.gold.set("referrer.relationship_to_child", self.case.relationship)
            return Answer(self.case.relationship)
        value = str(getattr(who, field))
        if field == "address" and self.voice.skips(self.dice, 0.2):
            return Answer()
        if field != "name" and self.voice.skips(self.dice, 0.02):
            return Answer()
        self.gold.set(f"referrer.{field}", value)
        return Answer(value)

    def _lead(self, slot: Slot, field: str) -> Answer:
        if self.dice.random() < 0.5 or (field != "name" and "lead" not in self.said):
            return Answer()
        self.said["lead"] = True
        value = str(getattr(self.case.lead, field))
        self.gold.unassigned += [value, "Lead professional"]
        return Answer(value)

    def _dsl(self, slot: Slot, field: str) -> Answer:
        if self.case.flags["lead_discussed"] is not True or self.voice.skips(self.dice, 0.1):
            return Answer()
        lead = self.case.lead
        self.gold.set("safeguarding_lead.name", lead.name)
        if field == "name_contact":
            self.gold.set("safeguarding_lead.contact", lead.phone)
            return Answer(f"{lead.name}, {lead.phone}")
        if field == "contact":
            self.gold.set("safeguarding_lead.contact", lead.phone)
            return Answer(lead.phone)
        return Answer(lead.name)

    def _senior(self, slot: Slot, field: str) -> Answer:
        self.gold.unassigned.append(self.case.lead.name)
        return Answer(self.case.lead.name if self.dice.random() < 0.6 else "")

    def _office(self, slot: Slot, field: str) -> Answer:
        if self.dice.random() < 0.7:
            return Answer()
        return Answer(
            {
                "name": "Pat Duty",
                "role": "Screening Officer",
                "date": self.voice.date(self.case.referred_on),
                "reference": f"C{self.dice.randint(10000, 99999)}",
            }.get(field, "")
        )

    def _noise(self, slot: Slot, field: str) -> Answer:
        """Questions with no place in the record."""
        value = {
            "nationality": "British",
            "time": "10.15",
            "year": f"Year {self.dice.randint(1, 11)}",
            "present": self.case.referrer.name,
            "title": self.dice.choice(["Mr", "Ms", "Mrs"]),
        }.get(field, "")
        value = value if self.dice.random() < 0.6 else ""
        if slot.options:
            return Answer(chosen=(self.dice.choice(slot.options),)) if field.startswith("q") and self.dice.random() < 0.8 else Answer()
        if value:
            self.gold.unassigned.append(value)
        return Answer(value)

    def worker_row(self, grid: Grid, worker: Worker, *, printed: bool = False) -> tuple[Answer, ...]:
        """A row about another professional."""
        path = self.gold.agency()
        self.gold.ignore.add(f"{path}.role") if printed else None
        out = []
        for slot in grid.slots[1 if printed else 0 :]:
            if slot.key == "name_agency":
                self.gold.set(f"{path}.name", worker.name)
                self.gold.set(f"{path}.agency", worker.agency)
                out.append(Answer(f"{worker.name}, {worker.agency}"))
                continue
            value = str(getattr(worker, slot.key))
            if slot.key not in {"name", "agency"} and self.voice.skips(self.dice, 0.1):
                out.append(Answer())
                continue
            self.gold.set(f"{path}.{slot.key}", value)
            out.append(Answer(value))
        return tuple(out)

    # the referral
    def _ref(self, slot: Slot, field: str) -> Answer:
        if field == "start":
            self.gold.ignore.add("referral.date")
        elif self.voice.skips(self.dice, 0.03):
            return Answer()
        else:
            self.gold.set("referral.date", self.case.referred_on.isoformat())
        return Answer(self.voice.date(self.case.referred_on), day=self.case.referred_on)

    def _type(self, slot: Slot, field: str) -> Answer:
        cues = _KINDS[self.case.kind]
        chosen = next((o for cue in cues for o in slot.options if cue in o.casefold()), None)
        if chosen is None or self.voice.skips(self.dice, 0.04):
            return Answer()
        self.gold.set("referral.type", self.case.kind)
        return Answer(chosen=(chosen,))

    def _cp(self, slot: Slot, field: str) -> Answer:
        truth = self.case.kind == "child_protection"
        chosen = next((o for o in slot.options if truth_of(o) is truth), None)
        if chosen is None or self.voice.skips(self.dice, 0.05):
            return Answer()
        if truth:
            self.gold.set("referral.type", "child_protection")
        else:
            self.gold.ignore.add("referral.type")
        return Answer(chosen=(chosen,))

    def _flag(self, slot: Slot, field: str) -> Answer:
        """A yes/no question on the case, or on domestic abuse and the like."""
        truth, path = self.case.flags[field], _FLAGS.get(field, f"indicators.{field}")
        return mark(self.dice, self.gold, slot, truth, path)

    def _issues(self, slot: Slot, field: str) -> Answer:
        chosen = []
        for name, cues in _ISSUES.items():
            option = next((o for o in slot.options if any(c in o.casefold() for c in ((cues,) if isinstance(cues, str) else cues))), None)
            if option and self.case.flags[name]:
                chosen.append(option)
                self.gold.set(f"indicators.{name}", value=True)
            elif option:
                self.gold.tick(f"indicators.{name}", None)
        return Answer(chosen=tuple(chosen))

    def _consent(self, slot: Slot, field: str) -> Answer:
        return self.consent.answer(slot, field)

    # free text
    def _box(self, slot: Slot, field: str) -> Answer:
        keys = field.split("+")
        text = STORIES[self.case.theme].get(keys[0], "")
        if not text or (keys[0] not in {"reason", "worries"} and self.voice.skips(self.dice, 0.08)):
            return Answer()
        child = self.case.children[0]
        mother = next((a.given for a in self.case.adults), "her mother")
        text = text.replace("{child}", child.given or "the baby").replace("{mum}", mother)
        text = text[0].upper() + text[1:]
        if any(box["text"] == text for box in self.gold.boxes):
            return Answer()
        text = self.voice.prose(text)
        self.gold.box(keys, text)
        return Answer(text)

    def _scale(self, slot: Slot, field: str) -> Answer:
        value = self.case.scale
        written = f"{value:g}"
        if slot.options:
            written = str(int(value))
            if self.voice.skips(self.dice):
                return Answer()
            self.gold.set("safety.scale", int(value))
            return Answer(chosen=(written,))
        if self.voice.skips(self.dice):
            return Answer()
        self.gold.set("safety.scale", value)
        return Answer(self.dice.choice([written, f"{written}/10", f"{written} out of 10"]))

    def _safety(self, slot: Slot, field: str) -> Answer:
        texts = {
            "current_location": ("At school until 15.15.", "At home with mother.", "On the children's ward."),
            "alleged_perpetrator": ("Mother's ex-partner", "Not known to us", "Step-father"),
            "risks_to_workers": ("Large dog at the address.", "None known", "Visit in pairs."),
        }
        if slot.options:
            return mark(self.dice, self.gold, slot, self.dice.choice([True, False, None]), f"safety.{field}")
        if self.voice.skips(self.dice, 0.3):
            return Answer()
        value = self.dice.choice(texts[field])
        if value.casefold().startswith(("not known", "none")):
            self.gold.unassigned.append(value)
            self.gold.ignore.add(f"safety.{field}")
        else:
            self.gold.set(f"safety.{field}", value)
        return Answer(value)

    def _history(self, slot: Slot, field: str) -> Answer:
        if self.voice.skips(self.dice, 0.4):
            return Answer()
        value = {"previous_involvement": "Referred in March 2025, closed after an assessment.", "allocated_worker": "Siobhan Keane"}[field]
        self.gold.set(f"history.{field}", value)
        return Answer(value)

    def _family(self, slot: Slot, field: str) -> Answer:
        """Family-wide questions: previous address, the parents named in one cell, a telephone number of the parents."""
        if field == "previous":
            if self.voice.skips(self.dice, 0.4):
                return Answer()
            self.gold.set("children.0.previous_address", self.case.previous)
            return Answer(self.case.previous)
        if field == "phone":
            self.gold.ignore |= {"children.*.phone", "people.*.phone"}
            return Answer(self.case.adults[0].phone)
        if field == "others":
            return self._in_one_cell()
        if field == "pr":
            return holders_in_words(self.case, self.gold, self.voice, self.dice)
        parents = [a for a in self.case.adults if a.role == "parent"]
        words = []
        for adult in parents:
            path = self.gold.person(id(adult))
            self.gold.set(f"{path}.given_names", adult.given)
            self.gold.set(f"{path}.family_name", adult.family)
            self.gold.set(f"{path}.relationship_to_child", adult.relationship.lower(), optional=True)
            self.gold.alt.setdefault(f"{path}.relationship_to_child", []).append(adult.relationship)
            self.gold.set(f"{path}.in_household", value=True, optional=True)
            words.append(f"{adult.name} ({adult.relationship.lower()})")
        return Answer(" and ".join(words))

    def _in_one_cell(self) -> Answer:
        """Several people in one cell, as people write them."""
        style = self.dice.choice(["{name} ({relationship}, {born})", "{name} - {relationship} - {born}", "{name}, {relationship}"])
        lines = []
        for person in (*self.case.siblings, *(a for a in self.case.adults if a.role != "parent")):
            path = self.gold.person(id(person))
            self.gold.set(f"{path}.given_names", person.given)
            self.gold.set(f"{path}.family_name", person.family)
            self.gold.set(f"{path}.relationship_to_child", person.relationship)
            self.gold.set(f"{path}.in_household", value=True, optional=True)
            born = self.voice.date(person.born) if person.born else "DOB not known"
            if "{born}" in style and person.born:
                self.gold.set(f"{path}.date_of_birth", person.born.isoformat())
            lines.append(style.format(name=person.name, relationship=person.relationship.lower(), born=born))
        return Answer(self.dice.choice(["\n", "; "]).join(lines))
