"""Queries with known answers: people of the register as a referrer would write them, and people who are not in it but look as if."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.matching import corrupt
from benchmarks.matching.cultures import CULTURES, Culture, alike, called
from benchmarks.matching.register import TODAY, Made, Maker, nhs_number
from models.matching import KnownPerson, Query


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the right answer: a record id, or None. The rest says what was done, for the slices of the report."""

    query: Query
    record_id: str | None
    kind: str
    culture: str
    name_style: str
    birth_style: str
    address_style: str


_NAME_STYLES = {
    "plain": 34, "typo": 15, "typo_both": 2, "heard": 9, "short": 5, "extra": 5, "no_middle": 5, "middle": 3, "initial": 2.5, "part": 5, "alias": 4, "aka": 3, "parents": 2, "first_only": 2, "scan": 2.5, "changed": 1, "other": 0.3,
}  # fmt: skip
_BIRTH_STYLES = {
    "exact": 53,
    "missing": 10,
    "digit": 8,
    "swap": 4,
    "days": 4,
    "near_year": 4,
    "month": 5,
    "year": 3,
    "age": 6,
    "dummy": 3,
    "wrong": 0.4,
}
_ADDRESS_STYLES = {"current": 54, "missing": 14, "new": 12, "postcode": 8, "previous": 7, "no_postcode": 5}
_SHORT_STREETS = (
    (" Road", " Rd"), (" Street", " St"), (" Avenue", " Ave"), (" Close", " Cl"), (" Drive", " Dr"), (" Gardens", " Gdns"), (" Crescent", " Cres"), (" Terrace", " Terr"),
)  # fmt: skip
_NONMEMBERS = {"nobody": 28, "sibling": 22, "twin": 9, "same_name": 9, "namesake": 19, "same_birth_and_place": 8, "new_baby": 5}


def _choose(weights: Mapping[str, float], rng: random.Random) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


class Asker:
    """Asks about people, from a seed."""

    def __init__(self, seed: int, maker: Maker) -> None:
        self.random = random.Random(seed)
        self.maker = maker
        self._serial = 0

    def member(self, made: Made) -> Question:
        """A question about somebody in the register."""
        kind = "unborn" if made.role == "unborn" else "twin" if made.twin else made.role
        return self._ask(made.known, made, kind, made.known.record_id)

    def outsider(self, made: Made, kind: str | None = None) -> Question:
        """A question about somebody who is not, but stands near somebody who is."""
        kind = kind or _choose(_NONMEMBERS, self.random)
        if kind == "new_baby" and any(one.role == "unborn" for one in made.household):
            kind = "sibling"
        return self._ask(self._near(made, kind), made, kind, None)

    def _near(self, made: Made, kind: str) -> KnownPerson:
        rng, known = self.random, made.known
        stranger = self.maker.household()[0]
        fresh: dict[str, object] = {
            "record_id": "none",
            "nhs_number": corrupt_number(self.maker),
            "upn": None,
            "aliases": (),
            "previous_postcodes": (),
        }
        if kind == "nobody":
            return stranger.known.model_copy(update=fresh)
        born = _date(known.date_of_birth)
        source = _culture_of(made)
        gender = rng.choice("FM")
        given = self.maker.given(source, gender)
        taken = {called(one.known.given_names or "") for one in made.household}
        for _ in range(20):
            if not any(alike(called(given), name) for name in taken):
                break
            given = self.maker.given(source, gender)
        if kind == "new_baby":
            due = TODAY + timedelta(days=rng.randint(-60, 200))
            return known.model_copy(
                update={**fresh, "given_names": "Unborn" if due > TODAY else "Baby", "gender": None, "date_of_birth": due.isoformat(), "school": None}
            )
        if kind == "sibling":
            apart = timedelta(days=rng.choice((-1, 1)) * rng.randint(300, 3000))
            return known.model_copy(update={**fresh, "given_names": given, "gender": gender, "date_of_birth": (born + apart).isoformat()})
        if kind == "twin":
            return known.model_copy(update={**fresh, "given_names": given, "gender": gender})
        if kind == "same_name":
            apart = timedelta(days=rng.choice((-1, 1)) * rng.randint(6500, 12000))
            return known.model_copy(update={**fresh, "date_of_birth": (born + apart).isoformat(), "school": None})
        address, postcode = self.maker.address()
        if kind == "namesake":
            apart = timedelta(days=rng.choice((-1, 1)) * rng.randint(12, 1500))
            school = self.maker.school() if known.school else None
            return known.model_copy(
                update={**fresh, "date_of_birth": (born + apart).isoformat(), "address": address, "postcode": postcode, "school": school}
            )
        return stranger.known.model_copy(update={**fresh, "date_of_birth": known.date_of_birth, "address": known.address, "postcode": known.postcode})

    def _ask(self, known: KnownPerson, made: Made, kind: str, record_id: str | None) -> Question:
        rng = self.random
        self._serial += 1
        baby = (known.given_names or "") in {"Unborn", "Baby", "Unborn baby"}
        name_style = "unborn" if baby else _choose(_NAME_STYLES, rng)
        birth_style = _choose({"exact": 80, "missing": 20} if baby else _BIRTH_STYLES, rng)
        address_style = _choose(_ADDRESS_STYLES, rng)
        name = self._baby_name(known, made) if baby else self._name(known, made, name_style)
        address, postcode = self._address(known, address_style)
        query = Query(
            id=f"Q{self._serial:05}", name=name, date_of_birth=self._birth(known, birth_style, baby),
            gender=self._gender(known), address=address, postcode=postcode, nhs_number=self._number(known), upn=known.upn if known.upn and rng.random() < 0.2 else None,
            school=self._school(known.school, address_style == "new"), as_of=TODAY.isoformat(),
        )  # fmt: skip
        return Question(query, record_id, kind, made.culture, name_style, birth_style, address_style)

    def _birth(self, known: KnownPerson, style: str, baby: bool) -> str | None:
        rng = self.random
        born = _date(known.date_of_birth)
        if baby and style == "exact":
            slip = timedelta(days=rng.choice((0, 0, 0, 0, 3, -5, 7, 10, -14)))
            cue = rng.choice(("EDD ", "due ", "EDD: ")) if born > TODAY else ""
            return cue + corrupt.written(born + slip, rng)
        return corrupt.slipped_date(born, style, rng, TODAY)

    def _gender(self, known: KnownPerson) -> str | None:
        rng = self.random
        if known.gender not in {"F", "M"} or rng.random() < 0.15:
            return None
        gender = known.gender if rng.random() > 0.015 else "F" if known.gender == "M" else "M"
        return rng.choice(("F", "Female", "Girl") if gender == "F" else ("M", "Male", "Boy"))

    def _number(self, known: KnownPerson) -> str | None:
        rng = self.random
        number = known.nhs_number
        if not number or rng.random() > 0.25:
            return None
        if rng.random() < 0.06:
            place = rng.randrange(10)
            number = number[:place] + rng.choice("0123456789") + number[place + 1 :]
        return rng.choice((number, f"{number[:3]} {number[3:6]} {number[6:]}"))

    def _school(self, school: str | None, moved: bool) -> str | None:
        rng = self.random
        if not school or rng.random() < 0.35:
            return None
        if rng.random() < (0.35 if moved else 0.05):
            return self.maker.school()
        return (
            school
            if rng.random() < 0.5
            else school.replace(" Primary School", rng.choice((" Primary", " PS", " Prim")))
            .replace("C of E", rng.choice(("CE", "C.E.", "CofE")))
            .replace(" High School", " High")
        )

    def _address(self, known: KnownPerson, style: str) -> tuple[str | None, str | None]:
        rng = self.random
        if style == "missing":
            return rng.choice((None, None, None, "NFA", "refuge - withheld", "not known")), None
        if style == "new" or (style == "previous" and not known.previous_postcodes):
            address, postcode = self.maker.address()
            return self._line(address), self._code(postcode)
        if style == "previous":
            return self._line(self.maker.address()[0]), self._code(rng.choice(known.previous_postcodes))
        if style == "postcode":
            return None, self._code(known.postcode or "")
        line = self._line(known.address or "")
        return line, None if style == "no_postcode" else self._code(known.postcode or "")

    def _line(self, address: str) -> str:
        rng = self.random
        parts = address.split(", ")
        if rng.random() < 0.55:
            parts = parts[: 2 if parts[0].startswith("Flat") else 1]
        line = ", ".join(parts)
        if rng.random() < 0.25:
            for whole, short in _SHORT_STREETS:
                line = line.replace(whole, short)
        return corrupt.typo(line, rng) if rng.random() < 0.08 else line

    def _code(self, postcode: str) -> str:
        rng = self.random
        if rng.random() < 0.02:
            postcode = postcode[:-1] + rng.choice("ABDEFGHJ")
        return rng.choices((postcode, postcode.replace(" ", ""), postcode.lower()), (75, 15, 10))[0]

    def _baby_name(self, known: KnownPerson, made: Made) -> str:
        family = known.family_name or ""
        mother = made.mother.known if made.mother else made.known
        whole = f"{mother.given_names} {mother.family_name}"
        if known.given_names == "Baby" and known.date_of_birth and _date(known.date_of_birth) <= TODAY:
            return self.random.choice((f"Baby {family}", f"Baby boy {family}", f"Baby of {whole}", f"Infant {family}"))
        return self.random.choice(
            (f"Unborn {family}", f"{family.upper()}, Unborn", f"Unborn baby of {whole}", f"Baby {family}", f"Unborn baby {family}", f"Bump {family}")
        )

    def _name(self, known: KnownPerson, made: Made, style: str) -> str:
        given, family = self._styled(known, made, style)
        rng = self.random
        if style == "first_only":
            return rng.choice((given.split()[0], f"{given.split()[0]} ?"))
        order = rng.random()
        if order < 0.16:
            text = f"{family.upper()}, {given}"
        elif order < 0.25:
            text = f"{family} {given}"
        else:
            text = f"{given} {family}"
        if style == "aka":
            alias = rng.choice(known.aliases) if known.aliases else f"{corrupt.short_form(given) or given.split()[-1]}"
            text += rng.choice((f" aka {alias}", f" (known as {alias})", f" also known as {alias}"))
        case = rng.random()
        text = text.upper() if case < 0.05 else text.lower() if case < 0.09 else text
        return f"{rng.choice(('Mr', 'Ms', 'Mrs', 'Master', 'Miss'))} {text}" if rng.random() < 0.04 else text

    def _styled(self, known: KnownPerson, made: Made, style: str) -> tuple[str, str]:
        given, family = known.given_names or "", known.family_name or ""
        styles: dict[str, Callable[[], tuple[str, str]]] = {
            "typo": lambda: (corrupt.typo(given, self.random), family) if self.random.random() < 0.5 else (given, corrupt.typo(family, self.random)),
            "typo_both": lambda: (corrupt.typo(given, self.random), corrupt.typo(family, self.random)),
            "heard": lambda: (
                (corrupt.heard(given, self.random), family) if self.random.random() < 0.55 else (given, corrupt.heard(family, self.random))
            ),
            "scan": lambda: (
                (corrupt.scanned(given, self.random), family) if self.random.random() < 0.5 else (given, corrupt.scanned(family, self.random))
            ),
            "short": lambda: (corrupt.short_form(given) or given.split()[0], family),
            "extra": lambda: (f"{given} {self.maker.given(_culture_of(made), known.gender or 'F').split()[-1]}", family),
            "no_middle": lambda: (given.split()[0] if given.split()[0] not in {"Md", "Abdul"} else given, family),
            "middle": lambda: (given.split()[-1], family),
            "initial": lambda: (f"{given[0]}." if self.random.random() < 0.5 else given[0], family),
            "part": lambda: corrupt.part(given, family, self.random),
            "changed": lambda: (given, self.maker.household()[0].known.family_name or family),
            "other": lambda: (self._new_given(made, known), family),
            "alias": lambda: _split_alias(known) or (given, family),
            "parents": lambda: (given, (made.mother.known.family_name or family) if made.mother else family),
        }
        return styles.get(style, lambda: (given, family))()

    def _new_given(self, made: Made, known: KnownPerson) -> str:
        """A given name that nobody of the family bears."""
        taken = {called(one.known.given_names or "") for one in made.household}
        found = [self.maker.given(_culture_of(made), known.gender or "F") for _ in range(20)]
        return next((name for name in found if called(name) not in taken), found[0])


def _split_alias(known: KnownPerson) -> tuple[str, str] | None:
    if not known.aliases:
        return None
    given, _, family = known.aliases[0].rpartition(" ")
    return (given, family) if given else None


def _culture_of(made: Made) -> Culture:
    return next(one for one in CULTURES if one.code == made.culture)


def corrupt_number(maker: Maker) -> str | None:
    """A new NHS number for somebody who is not held; most queries give none."""
    return nhs_number(maker.random) if maker.random.random() < 0.5 else None


def _date(text: str | None) -> date:
    parts = [int(part) for part in (text or "2000-01-01").split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 6, parts[2] if len(parts) > 2 else 15)


def make_questions(people: list[Made], maker: Maker, seed: int, members: int, outsiders: int) -> list[Question]:
    """Questions about members and outsiders; children, and twins among them, are asked for most."""
    rng = random.Random(seed)
    asker = Asker(seed + 1, maker)
    children = [one for one in people if one.role == "child"]
    twins = [one for one in people if one.twin]
    adults = [one for one in people if one.role in {"mother", "father"}]
    unborn = [one for one in people if one.role == "unborn"]
    picked = (
        rng.sample(children, min(len(children), int(members * 0.62))) + rng.sample(twins, min(len(twins), int(members * 0.1)))
        + rng.sample(adults, min(len(adults), int(members * 0.2))) + rng.sample(unborn, min(len(unborn), int(members * 0.08)))
    )  # fmt: skip
    near = rng.sample([one for one in people if one.role != "unborn"], min(len(people) // 2, outsiders))
    questions = [asker.member(one) for one in picked] + [asker.outsider(one) for one in near]
    rng.shuffle(questions)
    return questions
