"""Several people in one box: `Ann Smith (mother) and Bob Jones (stepfather), 1/2/1980`, a person a line, a relationship before a colon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.extract.values.dates import Born, find_date, parse_born
from pipeline.extract.values.names import NO_HABITS, Habits, Name, split_name
from pipeline.extract.values.numbers import EMAIL, PHONE

RELATION = re.compile(
    r"\b(?:(?:maternal|paternal|step|half|foster|adoptive|birth|biological|great|ex|older|younger|elder|twin|full|late|other)[\s-]*)*"
    r"(?:mother|father|mum|mummy|dad|daddy|mam|parents?|brother|sister|sibling|son|daughter|aunt(?:ie|y)?|uncle|gran(?:d(?:mother|father|parent|ma|pa|dad|mum|son|daughter))?|nan(?:na|ny)?|nana|nephew|niece|cousin|partner|boyfriend|"
    r"girlfriend|husband|wife|carer|guardian|friend|lodger|neighbour|in-law|stepmother|stepfather|stepmum|stepdad|stepbrother|stepsister|mgm|mgf|pgm|pgf|self|subject)s?\b(?:['’]s?\s+(?:partner|boyfriend|girlfriend|husband|wife|friend|brother|sister|mother|father))?",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^\s*(?P<relation>[A-Za-z' -]{3,40}?)\s*[:–-]\s*(?P<name>[A-Z].*)$")
_BULLET = re.compile(r"^\s*(?:[•·*▪◦-]|\(?\d{1,2}[.)])\s*")
_AND = re.compile(r"\s*(?:;|\n|\s&\s|\sand\s)\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """One of several people in a box."""

    name: Name
    relationship: str | None = None
    born: Born | None = None
    phone: str | None = None
    email: str | None = None
    raw: str = ""


def list_people(text: str, today: date, habits: Habits = NO_HABITS) -> list[Listed]:
    """Everyone a box names, in order."""
    found = []
    for chunk in _chunks(text):
        person = _person(_BULLET.sub("", chunk), today, habits)
        if person is not None:
            found.append(person)
    return _share_family(found)


def _chunks(text: str) -> list[str]:
    held, brackets = [], []
    for part in re.split(r"(\([^()]*\))", text):
        if part.startswith("("):
            brackets.append(part)
            held.append(f"\u0001{len(brackets) - 1}\u0002")
        else:
            held.append(part)
    chunks = []
    for chunk in _AND.split("".join(held)):
        chunks.extend(_commas(chunk))
    restored = [re.sub("\u0001(\\d+)\u0002", lambda match: brackets[int(match[1])], chunk) for chunk in chunks]
    return [chunk.strip(" ,.") for chunk in restored if chunk.strip(" ,.")]


def _commas(chunk: str) -> list[str]:
    """Commas part people only where each part could be one: two words, or a name and a bracket."""
    parts = [part.strip() for part in chunk.split(",")]
    if len(parts) < 2:
        return [chunk]
    whole = all(re.match(r"^[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)+(?:\s*\u0001\d+\u0002)?$|^[A-Z][\w'’-]+\s*\u0001\d+\u0002$", part) for part in parts)
    return parts if whole else [chunk]


def _person(chunk: str, today: date, habits: Habits) -> Listed | None:
    phone = next((match for match in PHONE.finditer(chunk) if find_date(match.group(), today) is None), None)
    email = EMAIL.search(chunk)
    plain = EMAIL.sub(" ", chunk.replace(phone.group(), " ") if phone else chunk)
    relationship, plain = _relation(plain)
    born, plain = _born(plain, today)
    name = split_name(plain, habits)
    if not (name.given or name.family or name.unborn) or not re.search(r"[A-Za-z]{2}", plain):
        return None
    return Listed(name, relationship, born, phone.group().strip() if phone else None, email.group() if email else None, chunk)


def _relation(text: str) -> tuple[str | None, str]:
    if (lead := _LEAD.match(text)) and RELATION.fullmatch(lead["relation"].strip()):
        return lead["relation"].strip(), lead["name"]
    for bracket in re.finditer(r"\(([^()]*)\)", text):
        if match := RELATION.search(bracket[1]):
            part = next((part.strip() for part in re.split(r"[,;]", bracket[1]) if RELATION.search(part)), bracket[1])
            words = part if not re.search(r"\d", part) and len(part) < 40 else match.group()
            rest = bracket[1].replace(words, " ")
            return words.strip(" ,;-"), f"{text[: bracket.start()]} ({rest}) {text[bracket.end() :]}"
    if tail := re.search(r"\s*(?:,|\s[-–])\s*(" + RELATION.pattern + r")\s*(?=$|,|\s[-–]|\d|\()", text, re.IGNORECASE):
        return tail[1].strip(), text[: tail.start()] + " " + text[tail.end() :]
    return None, text


def _born(text: str, today: date) -> tuple[Born | None, str]:
    found = find_date(text, today)
    if found is None:
        match = re.search(r"[(,\s]\s*(?:aged?\s*)?(\d{1,2})\s*(?:yrs?|years?|y/?o|months?|mths?|weeks?)?(?:\s*old)?\s*\)?\s*$", text, re.IGNORECASE)
        if not match:
            return None, text
        return parse_born(match.group().strip("(), "), today), text[: match.start()]
    start = text.find(found.raw)
    lead = re.search(r"[\s,(–-]*(?:d\.?o\.?b\.?|born|edd|due|date of birth)?\s*:?\s*$", text[:start], re.IGNORECASE)
    before = text[: lead.start()] if lead else text[:start]
    due = bool(lead and re.search(r"edd|due", lead.group(), re.IGNORECASE))
    after = re.sub(r"^[\s)]*(?:\(?\s*(?:aged?\s*)?\d{1,2}\s*(?:yrs?|years?)?\s*\)?)?", " ", text[start + len(found.raw) :])
    return parse_born(("EDD " if due else "") + found.raw, today), before + after


def _share_family(people: list[Listed]) -> list[Listed]:
    """ "Ann and Bob Smith": the first has the name of the second."""
    for number in range(len(people) - 2, -1, -1):
        name, following = people[number].name, people[number + 1].name
        if (
            name.given
            and not name.family
            and not name.title
            and following.family
            and not people[number].relationship
            and people[number + 1].relationship is None
        ):
            shared = Name(name.given, following.family, name.aliases, name.title, name.unborn, name.mother, name.brackets, certain=False)
            people[number] = Listed(shared, None, people[number].born, people[number].phone, people[number].email, people[number].raw)
    return people
