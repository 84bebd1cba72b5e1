"""Answers about one person: each is drawn in the referrer's own way and stated in the gold at the same time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from random import Random

from benchmarks.reading import pools
from benchmarks.reading.answers import Answer
from benchmarks.reading.cast import Someone
from benchmarks.reading.family import TODAY
from benchmarks.reading.gold import Gold
from benchmarks.reading.spec import Slot
from benchmarks.reading.voice import Voice, truth_of

_CODED = re.compile(r"^[A-F]\d ")
_MAY_BE_NOTHING = {"alias", "disability", "edd", "upn", "nhs", "religion"}
_CRITICAL = {"given", "family", "name", "dob", "dob_any", "address", "line1", "town"}


class PersonFiller:
    """Fills the questions about people for one form."""

    def __init__(self, dice: Random, voice: Voice, gold: Gold, *, own_postcode: bool) -> None:
        self.dice, self.voice, self.gold = dice, voice, gold
        self.own_postcode = own_postcode
        self._day: date | None = None
        self._fields: dict[str, Callable[[Someone, str], str]] = {
            "name": self._name, "given": self._given, "family": self._family, "alias": self._alias,
            "dob": self._dob, "dob_any": self._dob_any, "edd": self._edd, "age": self._age,
            "gender": self._gender, "ethnicity": self._ethnicity, "ethnic_code": self._ethnic_code, "religion": self._plain("religion"),
            "language": self._language, "disability": self._disability, "nhs": self._nhs, "upn": self._plain("upn"), "number": self._number,
            "address": self._address, "postcode": self._postcode, "phone": self._phone, "school": self._plain("school"), "gp": self._plain("gp"),
            "relationship": self._relationship, "pr": self._pr, "at_home": self._at_home, "name_relationship": self._name_relationship, "unborn": self._unborn,
            "disabled_text": self._disabled_text, "line1": self._line, "town": self._town,
        }  # fmt: skip

    def answer(self, slot: Slot, field: str, person: Someone, path: str) -> Answer:
        """One question about one person; `path` is the person's place in the record."""
        if slot.options:
            return self._choice(slot, field, person, path)
        blank = 0.015 if field in _CRITICAL else 0.3 * self.voice.careless + 0.05
        if self.dice.random() < blank and field not in {"given", "family", "name", "name_relationship"}:
            return Answer()
        if field not in _CRITICAL and not getattr(person, field, "x") and self.dice.random() < 0.35:
            return Answer(self.voice.unknown)
        self._day = None
        text = self._fields[field](person, path)
        if not text and field in _MAY_BE_NOTHING and self.voice.nothing:
            self.gold.ignore.add(f"{path}.disability") if field == "disability" else None
            return Answer(self.voice.nothing)
        return Answer(text, day=self._day)

    # names
    def _name(self, p: Someone, path: str) -> str:
        if p.unborn:
            self.gold.set(f"{path}.unborn", value=True)
            self.gold.set(f"{path}.family_name", p.family, optional=True)
            mother = f"{self.dice.choice(['Anna', 'Jade', 'Sara'])} {p.family}"
            self.gold.unassigned.append(mother)
            return self.dice.choice([f"Unborn baby of {mother}", f"Unborn baby {p.family}", f"Baby {p.family} (unborn)"])
        self.gold.set(f"{path}.given_names", p.given)
        self.gold.set(f"{path}.family_name", p.family)
        name = self.voice.name(p.given, p.family)
        return name if p.role in {"subject", "sibling"} else self.voice.titled(name, female=p.female)

    def _given(self, p: Someone, path: str) -> str:
        if p.unborn:
            self.gold.set(f"{path}.unborn", value=True)
            return self.dice.choice(["Unborn", "Unborn baby", "Baby"])
        self.gold.set(f"{path}.given_names", p.given)
        return p.given

    def _family(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.family_name", p.family)
        return p.family.upper() if self.voice.names in {"capitals", "comma"} else p.family

    def _alias(self, p: Someone, path: str) -> str:
        if not p.aliases:
            return ""
        self.gold.set(f"{path}.aliases", list(p.aliases))
        return " / ".join(p.aliases)

    def _name_relationship(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.relationship_to_child", p.relationship.lower(), optional=True)
        return f"{self._name(p, path)} ({p.relationship.lower()})"

    # dates and ages
    def _dob(self, p: Someone, path: str) -> str:
        if p.due:
            self.gold.set(f"{path}.expected_delivery_date", p.due.isoformat())
            return f"{self.dice.choice(['EDD ', 'EDD: ', 'Due '])}{self.voice.date(p.due)}"
        if not p.born:
            return "" if self.dice.random() < 0.6 else self.voice.unknown
        adult = path.startswith("people") and (TODAY - p.born).days > 18 * 365
        if adult and self.dice.random() < 0.08:
            self.gold.set(f"{path}.date_of_birth", p.born.isoformat()[:7])
            return p.born.strftime(self.dice.choice(["%B %Y", "%m/%Y"]))
        if adult and self.dice.random() < 0.06:
            self.gold.set(f"{path}.date_of_birth", p.born.isoformat()[:4])
            return p.born.strftime("%Y")
        self.gold.set(f"{path}.date_of_birth", p.born.isoformat())
        years = (TODAY - p.born).days // 365
        note = "" if adult or self.dice.random() > 0.1 else self.dice.choice([f" (age {years})", f" - Year {max(1, years - 5)}", f" ({years} yrs)"])
        if note:
            self.gold.ignore |= {f"{path}.age", f"{path}.estimated"}
        else:
            self._day = p.born
        return self.voice.date(p.born) + note

    def _dob_any(self, p: Someone, path: str) -> str:
        if p.born or p.due:
            return self._dob(p, path)
        if p.age is None and self.dice.random() < 0.4:
            return ""
        age = p.age if p.age is not None else self.dice.randint(19, 60)
        self.gold.set(f"{path}.age", age)
        self.gold.set(f"{path}.estimated", value=True, optional=True)
        return self.dice.choice([f"approx {age}", f"about {age}", f"aged {age}", f"{age}", f"{age}?"])

    def _edd(self, p: Someone, path: str) -> str:
        if not p.due:
            return ""
        self.gold.set(f"{path}.expected_delivery_date", p.due.isoformat())
        self.gold.set(f"{path}.unborn", value=True, optional=True)
        return self.voice.date(p.due)

    def _age(self, p: Someone, path: str) -> str:
        if p.unborn:
            return ""
        age = p.age if p.age is not None else ((TODAY - p.born).days // 365 if p.born else None)
        if not age or (p.age is None and self.dice.random() < 0.4):
            return ""
        self.gold.set(f"{path}.age", age, optional=p.born is not None)
        self.gold.ignore.add(f"{path}.estimated")
        return self.dice.choice([str(age), f"{age} yrs", f"{age} years"])

    # what people are
    def _gender(self, p: Someone, path: str) -> str:
        if p.unborn:
            self.gold.ignore.add(f"{path}.gender")
            return self.dice.choice(["", "Unknown", "Unborn"])
        self.gold.set(f"{path}.gender", "female" if p.female else "male")
        return self.voice.gender(p.female)

    def _ethnicity(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.ethnicity", p.ethnicity)
        self.gold.set(f"{path}.ethnicity_code", p.ethnicity_code, optional=True)
        return p.ethnicity

    def _ethnic_code(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.ethnicity", p.ethnicity_code, optional=True)
        self.gold.set(f"{path}.ethnicity_code", p.ethnicity_code)
        self.gold.alt.setdefault(f"{path}.ethnicity", []).append(p.ethnicity)
        return p.ethnicity_code

    def _language(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.first_language", p.language)
        return p.language

    def _disability(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.disability_details", p.disability)
        self.gold.set(f"{path}.disability", bool(p.disability) or None, optional=True)
        return p.disability

    def _disabled_text(self, p: Someone, path: str) -> str:
        if p.disabled is None:
            return ""
        self.gold.set(f"{path}.disability", p.disabled)
        if p.disabled and self.dice.random() < 0.6:
            self.gold.set(f"{path}.disability_details", p.disability)
            return f"{self.dice.choice(['Y', 'Yes', 'Yes -'])} {p.disability}"
        return self.dice.choice(["Y", "Yes"] if p.disabled else ["N", "No"])

    def _nhs(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.nhs_number", p.nhs)
        return f"{p.nhs[:3]} {p.nhs[3:6]} {p.nhs[6:]}" if p.nhs and self.dice.random() < 0.5 else p.nhs

    def _number(self, p: Someone, path: str) -> str:
        if p.upn and self.dice.random() < 0.5:
            self.gold.set(f"{path}.upn", p.upn)
            return p.upn
        return self._nhs(p, path)

    def _plain(self, field: str) -> Callable[[Someone, str], str]:
        def write(p: Someone, path: str) -> str:
            value = getattr(p, field)
            self.gold.set(f"{path}.{field}", value)
            return str(value)

        return write

    def _phone(self, p: Someone, path: str) -> str:
        """A telephone number, now and then two of them."""
        self.gold.set(f"{path}.phone", p.phone)
        if not p.phone or self.dice.random() > 0.06:
            return p.phone
        other = self.dice.choice(pools.PHONES).format(self.dice.randint(100, 999))
        self.gold.alt.setdefault(f"{path}.phone", []).append(other)
        return f"{p.phone}{self.dice.choice([' / ', ' or ', chr(10)])}{other}"

    def _relationship(self, p: Someone, path: str) -> str:
        if path.startswith("children"):
            self.gold.ignore.add(f"{path}.relationship_to_child")
            return self.dice.choice(["Subject", "", "self"])
        self.gold.set(f"{path}.relationship_to_child", p.relationship)
        return p.relationship

    # places
    def _address(self, p: Someone, path: str) -> str:
        if path.startswith("people") and p.at_home:
            self.gold.ignore |= {f"{path}.address", f"{path}.postcode"}
            return self.dice.choice(["As above", "as above", "same", "", "As child"])
        if not p.street:
            return ""
        self.gold.set(f"{path}.address", p.street)
        if self.own_postcode and path.startswith("children"):
            return p.street
        if self.dice.random() < 0.75:
            self.gold.set(f"{path}.postcode", p.postcode)
            return f"{p.street}{self.dice.choice([', ', ' ', chr(10)])}{p.postcode}"
        return p.street

    def _line(self, p: Someone, path: str) -> str:
        """House and street, where the form has a box of its own for the town."""
        self.gold.set(f"{path}.address", p.street)
        return p.street.rpartition(", ")[0]

    def _town(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.address", p.street)
        return p.street.rpartition(", ")[2]

    def _postcode(self, p: Someone, path: str) -> str:
        if path.startswith("people") and p.at_home:
            return ""
        self.gold.set(f"{path}.postcode", p.postcode)
        return p.postcode if self.dice.random() < 0.85 else p.postcode.lower()

    # marks written as words
    def _pr(self, p: Someone, path: str) -> str:
        if p.holds_pr is None or path.startswith("children") or self.dice.random() < 0.2:
            return ""
        self.gold.set(f"{path}.parental_responsibility", p.holds_pr)
        return self.dice.choice(["Yes", "Y"] if p.holds_pr else ["No", "N"])

    def _at_home(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.in_household", p.at_home)
        return self.dice.choice(["Y", "Yes"] if p.at_home else ["N", "No"])

    def _unborn(self, p: Someone, path: str) -> str:
        self.gold.set(f"{path}.unborn", value=p.unborn or None)
        return self.dice.choice(["Y", "Yes", "x"] if p.unborn else ["", "", "N", "No"])

    def _choice(self, slot: Slot, field: str, person: Someone, path: str) -> Answer:
        names = {
            "disabled": "disability",
            "interpreter": "interpreter",
            "pr": "parental_responsibility",
            "gender": "gender",
            "estimated": "estimated",
            "unborn": "unborn",
            "ethnicity": "ethnicity",
            "at_home": "in_household",
        }
        target = f"{path}.{names[field]}"
        if field == "ethnicity":
            return self._tick_ethnicity(slot, person, path)
        truth = {
            "disabled": person.disabled,
            "interpreter": person.interpreter,
            "pr": person.holds_pr,
            "estimated": person.estimated,
            "unborn": person.unborn,
            "at_home": person.at_home,
        }.get(field)
        if field == "gender":
            wanted = None if person.unborn else ("female" if person.female else "male")
            letters = {"female": "fgw", "male": "mb"}.get(wanted or "", "-")
            chosen = next((o for o in slot.options if o.strip().casefold()[:1] in letters), None)
            if self.dice.random() < 0.06:
                chosen = None
            self.gold.tick(target, wanted if chosen else None)
            self.gold.set(target, wanted if chosen else None)
            return Answer(chosen=(chosen,) if chosen else ())
        if truth is None or self.dice.random() < 0.08 or (path.startswith("children") and field == "pr"):
            self.gold.tick(target, None)
            return Answer()
        if len(slot.options) == 1:
            if truth:
                self.gold.set(target, value=True, optional=field == "estimated")
            return Answer(chosen=slot.options[:1] if truth else ())
        chosen = next((o for o in slot.options if truth_of(o) is truth), None)
        self.gold.tick(target, truth if chosen else None)
        self.gold.set(target, truth if chosen else None)
        return Answer(chosen=(chosen,) if chosen else ())

    def _tick_ethnicity(self, slot: Slot, person: Someone, path: str) -> Answer:
        wanted = pools.ETHNIC_WORDS[person.ethnicity_code].casefold()
        chosen = next((o for o in slot.options if _CODED.sub("", o.strip(" *")).casefold() == wanted), None)
        if not chosen or self.dice.random() < 0.08:
            return Answer()
        clean = _CODED.sub("", chosen.strip(" *"))
        self.gold.set(f"{path}.ethnicity", clean)
        self.gold.alt.setdefault(f"{path}.ethnicity", []).extend([person.ethnicity, pools.UNKNOWN[0]][:1])
        self.gold.set(f"{path}.ethnicity_code", person.ethnicity_code, optional=True)
        return Answer(chosen=(chosen,))
