"""A made-up register of households: parents, children, twins, babies not yet born, aliases and moves. Not one person is real."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal

from benchmarks.matching.cultures import CULTURES, Culture, alike, called, gendered, masculine
from models.matching import KnownPerson

TODAY = date(2026, 11, 16)


_STREETS = (
    "Alder Beacon Brewery Cedar Chandler Cobden Cross Dyer Fern Foundry Garth Gosling Hope Ivy Juniper Keats Lark Lime Magnolia Maltings "
    "Mercer Nelson Orchard Paradise Pilgrim Quay Raven Rope Saddler Sorrel Tannery Thistle Union Vicar Wharf Weaver Yarrow Zetland Abbot "
    "Bishop"
).split()
_KINDS = ["Road", "Street", "Close", "Avenue", "Lane", "Drive", "Crescent", "Gardens", "Court", "Terrace", "Walk", "Place", "Grove", "Way", "Square"]
_TOWNS = ("Seaholm", "Overbeck", "Millport", "Eastwick", "Harbury Green", "Low Marsh", "Castleby", "Northmere")
_SCHOOLS = (
    "St-Anne's Beacon Chandler Elmtree Fernhill Garthside Hopewell Kingfisher Larkfield Maplewood Newbridge Oakdene Parkside Queensmead "
    "Ravenscroft Springwell Thornbury Underhill Valley Westfield"
).split()
_SCHOOL_KINDS = (
    "Primary School", "C of E Primary School", "Catholic Primary School", "Academy", "High School", "Community School", "Nursery", "Infant School",
)  # fmt: skip
_WORKERS = ("Helen Marsh", "Femi Adeola", "Ruth Calder", "Sunil Rane", "Tomos Pugh", "Orla Breen", "Marta Kos", "Nadia Rahmani")
_TITLES = ("Begum", "Khatun", "Bibi", "Akter", "Sultana", "Begum", "Begum", "Parvin")
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@dataclass(slots=True)
class Made:
    """One made-up person with what the register does not say: the community and the relatives."""

    known: KnownPerson
    culture: str
    role: str
    household: list[Made] = field(default_factory=list)
    twin: Made | None = None
    mother: Made | None = None


class Maker:
    """Makes households from a seed."""

    def __init__(self, seed: int, people: int) -> None:
        self.random = random.Random(seed)
        self.postcodes = max(200, people // 45)
        self._weights = list(accumulate(culture.share for culture in CULTURES))
        self._ranks: dict[int, list[float]] = {}
        self._serial = 0
        self._home = 0

    def households(self) -> Iterator[list[Made]]:
        """Household after household, without end."""
        while True:
            yield self.household()

    def household(self) -> list[Made]:
        """Parents, children, perhaps twins and a baby not yet born."""
        rng = self.random
        culture = rng.choices(CULTURES, cum_weights=self._weights)[0]
        partner = culture if rng.random() < 0.88 else rng.choices(CULTURES, cum_weights=self._weights)[0]
        self._home += 1
        home, address, postcode = f"HH{self._home:07}", *self.address()
        mother_age, two = rng.randint(17, 48), rng.random() < 0.62
        family = [self._adult(culture, "F", mother_age, home, address, postcode, "mother")]
        if two:
            family.append(self._adult(partner, "M", max(17, mother_age + rng.randint(-4, 9)), home, address, postcode, "father"))
        self._children(family, culture, mother_age, home, address, postcode)
        for one in family:
            one.household = family
        return family

    def pick(self, names: tuple[str, ...], steep: float = 0.75) -> str:
        """A name, the earlier the commoner."""
        ranks = self._ranks.get(len(names))
        if ranks is None:
            ranks = self._ranks[len(names)] = list(accumulate((place + 4.0) ** -steep for place in range(len(names))))
        return self.random.choices(names, cum_weights=ranks)[0]

    def address(self) -> tuple[str, str]:
        """An address line and its postcode; a postcode is always the same street."""
        rng = self.random
        place = rng.randrange(self.postcodes)
        fixed = random.Random(place * 7919 + 13)
        street = f"{fixed.choice(_STREETS)} {fixed.choice(_KINDS)}"
        outward = f"ZE{1 + place % 29}"
        inward = f"{fixed.randrange(10)}{fixed.choice('ABDEFGHJLNPQRSTUWXYZ')}{fixed.choice('ABDEFGHJLNPQRSTUWXYZ')}"
        flat = f"Flat {rng.randint(1, 30)}, " if rng.random() < 0.12 else ""
        return f"{flat}{rng.randint(1, 90)} {street}, {fixed.choice(_TOWNS)}", f"{outward} {inward}"

    def _adult(self, culture: Culture, gender: str, age: int, home: str, address: str, postcode: str, role: str) -> Made:
        given = self.given(culture, gender)
        family = self._family_name(culture, gender)
        born = TODAY - timedelta(days=age * 365 + self.random.randrange(365))
        return self._person(culture.code, given, family, gender, born, home, address, postcode, role, role)

    def given(self, culture: Culture, gender: str) -> str:
        """Given names, a middle name where that is usual."""
        rng = self.random
        names = culture.girls if gender == "F" else culture.boys
        first = self.pick(names)
        if culture.custom == "bangladeshi" and gender == "M":
            return f"{rng.choice(('Md', 'Mohammed', 'Abdul', 'Md'))} {first}" if rng.random() < 0.5 else first
        if culture.custom == "pakistani" and gender == "M" and rng.random() < 0.3 and first != "Mohammed":
            return f"{rng.choice(('Mohammed', 'Muhammad'))} {first}"
        if culture.custom == "sikh" and rng.random() < 0.25:
            return f"{first} {'Kaur' if gender == 'F' else 'Singh'}"
        if culture.custom in {"western", "iberian", "gendered"} and rng.random() < (0.4 if culture.code in {"wb", "carib"} else 0.12):
            return f"{first} {self.pick(names)}"
        return first.replace("-", " ") if culture.custom == "chinese" else first

    def _family_name(self, culture: Culture, gender: str) -> str:
        rng = self.random
        custom = culture.custom
        if custom == "chain":
            father, grandfather = self.pick(culture.boys), self.pick(culture.boys)
            return f"{father} {grandfather}" if rng.random() < 0.75 else father
        if custom == "bangladeshi" and gender == "F":
            return rng.choice(_TITLES) if rng.random() < 0.8 else self.pick(culture.families)
        if custom == "pakistani" and gender == "F" and rng.random() < 0.35:
            return rng.choice(("Bibi", "Begum", "Akhtar", "Parveen", "Kausar", "Bi"))
        if custom == "sikh":
            title = "Kaur" if gender == "F" else "Singh"
            return title if rng.random() < 0.45 else self.pick(culture.families)
        if custom == "iberian":
            return f"{self.pick(culture.families)} {self.pick(culture.families)}"
        if custom == "gendered":
            return gendered(self.pick(culture.families), gender, culture.code, married=rng.random() < 0.6)
        name = self.pick(culture.families)
        return (
            f"{name}-{self.pick(culture.families)}"
            if custom == "western" and rng.random() < 0.03
            else name.replace("De-", "De ").replace("Dela-", "Dela ")
        )

    def _children(self, family: list[Made], culture: Culture, mother_age: int, home: str, address: str, postcode: str) -> None:
        rng = self.random
        count = rng.choices((0, 1, 2, 3, 4, 5), (4, 30, 32, 20, 9, 5))[0]
        shared = self._children_name(family, culture)
        oldest = max(1, min(20, mother_age - 16))
        ages = sorted(rng.uniform(0, oldest) for _ in range(count))
        for age in ages:
            born = TODAY - timedelta(days=int(age * 365.25) + 1)
            child = self._child(family, culture, shared, born, home, address, postcode)
            if rng.random() < 0.025:
                child.twin = self._child(family, culture, shared, born, home, address, postcode)
                child.twin.twin = child
        if mother_age < 44 and rng.random() < 0.05:
            due = TODAY + timedelta(days=rng.randint(5, 210))
            unborn = self._child(family, culture, shared, due, home, address, postcode)
            word = rng.choice(("Unborn", "Baby", "Unborn baby"))
            words = f"unborn child of {_full(family[0].known)}; EDD"
            unborn.known = unborn.known.model_copy(
                update={"given_names": word, "gender": "U", "nhs_number": None, "upn": None, "school": None, "aliases": (), "relationships": words}
            )
            unborn.role = "unborn"

    def _children_name(self, family: list[Made], culture: Culture) -> str | None:
        rng = self.random
        mother, father = family[0].known.family_name or "", family[1].known.family_name if len(family) > 1 else None
        if culture.custom in {"bangladeshi", "sikh"}:
            return None if rng.random() < 0.6 else father
        if culture.custom == "chain":
            source = family[1].known if len(family) > 1 else None
            father_first = (source.given_names or "").split()[0] if source else self.pick(culture.boys)
            grandfather = (source.family_name or "").split()[0] if source else self.pick(culture.boys)
            return f"{father_first} {grandfather}"
        if culture.custom == "iberian" and father:
            return f"{mother.split()[0]} {father.split()[-1]}"
        if culture.custom == "western" and father and father != mother and rng.random() < 0.12:
            return f"{mother.split('-')[0]}-{(father or '').split('-')[0]}"
        return father if father and rng.random() < 0.7 else mother

    def _child(self, family: list[Made], culture: Culture, shared: str | None, born: date, home: str, address: str, postcode: str) -> Made:
        rng = self.random
        gender = rng.choice("FM")
        given = self.given(culture, gender)
        if rng.random() < 0.03:  # named after a parent
            parent = next((one.known for one in family if one.known.gender == gender), None)
            given = parent.given_names or given if parent else given
        taken = {called(one.known.given_names or "") for one in family if one.role == "child"}
        for _ in range(8):
            if not any(alike(called(given), name) for name in taken):
                break
            given = self.given(culture, gender)
        name = shared or self._family_name(culture, gender)
        if culture.custom == "gendered":
            name = gendered(masculine(name, culture.code), gender, culture.code, married=False)
        parents = " and ".join(_full(one.known) for one in family if one.role in {"mother", "father"})
        child = self._person(culture.code, given, name, gender, born, home, address, postcode, "child", f"child of {parents}")
        child.mother = family[0]
        family.append(child)
        return child

    def _person(
        self, culture: str, given: str, family: str, gender: str, born: date, home: str, address: str, postcode: str, role: str, relationships: str
    ) -> Made:
        rng = self.random
        self._serial += 1
        age = (TODAY - born).days / 365.25
        earlier = tuple(self.address()[1] for _ in range(rng.choice((1, 1, 2)))) if rng.random() < 0.5 else ()
        statuses: tuple[Literal["none", "closed", "open"], ...] = ("none", "closed", "open")
        status = rng.choices(statuses, (68, 23, 9))[0]
        closed = TODAY - timedelta(days=rng.randint(5, 2500)) if status == "closed" else None
        known = KnownPerson.model_construct(
            record_id=f"R{self._serial:07}", given_names=given, family_name=family, aliases=self._aliases(culture, given, family, gender),
            date_of_birth=self._recorded_birth(born), gender=gender, address=address, postcode=postcode, previous_postcodes=earlier,
            nhs_number=nhs_number(rng) if rng.random() < (0.7 if role == "child" else 0.35) else None, upn=upn(rng) if role == "child" and 4 < age < 18 and rng.random() < 0.5 else None,
            school=self.school() if role == "child" and 3 < age < 17 and rng.random() < 0.6 else None, household_id=home, relationships=relationships,
            case_status=status, closed_on=closed, allocated_worker=rng.choice(_WORKERS) if status == "open" else None, flags=(),
        )  # fmt: skip
        return Made(known, culture, role)

    def _recorded_birth(self, born: date) -> str:
        chance = self.random.random()
        if chance < 0.015:
            return f"{born.year}-01-01"
        return f"{born.year}-{born.month:02}" if chance < 0.02 else born.isoformat()

    def _aliases(self, culture: str, given: str, family: str, gender: str) -> tuple[str, ...]:
        rng = self.random
        if rng.random() > 0.14:
            return ()
        source = next(one for one in CULTURES if one.code == culture)
        if source.custom == "chinese":
            english = self.pick(CULTURES[0].girls if gender == "F" else CULTURES[0].boys)
            return (f"{english} {family}",)
        return (f"{given.rsplit(maxsplit=1)[-1]} {self._family_name(source, gender)}",)

    def school(self) -> str:
        """A school's name in full."""
        return f"{self.random.choice(_SCHOOLS).replace('-', ' ')} {self.random.choice(_SCHOOL_KINDS)}"


def _full(person: KnownPerson) -> str:
    return f"{person.given_names} {person.family_name}"


def nhs_number(rng: random.Random) -> str:
    """A test number: ten digits from 999, modulus 11."""
    while True:
        body = "999" + f"{rng.randrange(10**6):06}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return body + str(check % 11)


def upn(rng: random.Random) -> str:
    """A made-up pupil number whose check letter holds."""
    body = f"{rng.randrange(800, 999)}{rng.randrange(1000, 9999)}{rng.randrange(15, 26):02}{rng.randrange(1000):03}"[:12].ljust(12, "0")
    return _CHECK_LETTERS[sum(int(digit) * weight for digit, weight in zip(body, range(2, 14), strict=True)) % 23] + body


def make_register(seed: int, people: int) -> Iterator[Made]:
    """About so many people, household by household."""
    made = 0
    for family in Maker(seed, people).households():
        yield from family
        made += len(family)
        if made >= people:
            return
