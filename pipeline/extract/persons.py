"""Entities to persons: names split, several people in a box parted, the same person in two blocks made one, "as above" filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.extract.draft import Draft, Entity, Evidence, Found
from pipeline.extract.values.listed import RELATION, Listed, list_people
from pipeline.extract.values.names import Habits, Name, split_name, take_aliases
from pipeline.extract.values.words import is_nothing, is_unknown
from pipeline.extract.wording import key, one_line

_PLAIN = [
    "date_of_birth",
    "expected_delivery_date",
    "age",
    "estimated",
    "unborn",
    "gender",
    "ethnicity",
    "ethnicity_code",
    "religion",
    "interpreter",
    "disability",
    "disability_details",
    "nhs_number",
    "upn",
    "address",
    "postcode",
    "previous_address",
    "phone",
    "email",
    "school",
    "gp",
    "parental_responsibility",
    "in_household",
]
_RENAMED = {"language": "first_language", "relationship": "relationship_to_child"}
ADULT = re.compile(
    r"\b(?:mother|father|mum|dad|aunt|uncle|grand\w+|partner|carer|guardian|lodger|friend|boyfriend|girlfriend|husband|wife|nan)\b", re.IGNORECASE
)
_SIBLING = re.compile(r"\b(?:brother|sister|sibling|sibs?|twin)\b", re.IGNORECASE)
_SELF = frozenset(
    {
        "self",
        "subject",
        "subject child",
        "child",
        "index child",
        "referred child",
        "child being referred",
        "subject of referral",
        "young person",
        "n a subject",
    }
)
_PROMPTS = re.compile(r"\b(?:click|tap) (?:here|or)\b|\benter text\b|^enter\b|\bchoose an item\b")
_TWO = re.compile(r"\n|;|\band\b|&|\(|\d|,", re.IGNORECASE)


@dataclass(slots=True)
class Draftee:
    """A person with one reading a field, on the way into the record."""

    block: str
    values: dict[str, list[Found]] = field(default_factory=dict)
    subject: bool | None = None
    entity: Entity | None = None

    def put(self, name: str, found: Found | None) -> None:
        """Adds a reading."""
        if found is not None:
            self.values.setdefault(name, []).append(found)

    def get(self, name: str) -> Found | None:
        """The first reading that says something."""
        return next((found for found in self.values.get(name, ()) if found.value not in (None, "")), None)

    @property
    def name_key(self) -> str:
        """The name as compared."""
        return key(" ".join(str(found.value) for part in ("given_names", "family_name") if (found := self.get(part))))

    @property
    def named(self) -> bool:
        """Is there a name, or a baby not yet born?"""
        return (bool(self.name_key) and not _PROMPTS.search(self.name_key)) or self.get("unborn") is not None

    @property
    def filled(self) -> bool:
        """Is anything known at all?"""
        return any(found.value not in (None, "") for readings in self.values.values() for found in readings)


def draftees(entities: list[Entity], today: date) -> list[Draftee]:
    """A draftee for every person in these entities."""
    habits = _habits(entities)
    found: list[Draftee] = []
    for entity in entities:
        found.extend(_from_entity(entity, today, habits))
    return found


def _habits(entities: list[Entity]) -> Habits:
    """What boxes for the parts of a name show: they settle where names in one box divide."""
    names = [found.value.casefold() for entity in entities for found in entity.slots.get("family", ()) if isinstance(found.value, str)]
    return Habits(frozenset(name for name in names if " " in name), any(_fathers_name(entity) for entity in entities))


def _fathers_name(entity: Entity) -> bool:
    """One given name, and a family name of two words without a hyphen: the father's and the grandfather's."""
    given, family = (entity.text(slot).replace(",", " ").split() for slot in ("given", "family"))
    return len(given) == 1 and len(family) == 2 and all(word.isalpha() for word in family) and not split_name(f"X {' '.join(family)}").certain


def _from_entity(entity: Entity, today: date, habits: Habits) -> list[Draftee]:
    base = Draftee(entity.block or "child", subject=entity.subject, entity=entity)
    for slot, readings in entity.slots.items():
        name = _RENAMED.get(slot, slot)
        if name in _PLAIN or name in _RENAMED.values():
            base.values[name] = list(readings)
    if entity.relationship and "relationship_to_child" not in base.values:
        seen = next((found.evidence for found in entity.slots.get("name", ())), Evidence())
        base.put("relationship_to_child", Found(entity.relationship.capitalize(), entity.relationship, None, replace(seen, how="derived")))
    return _named(base, entity, today, habits)


def _named(base: Draftee, entity: Entity, today: date, habits: Habits) -> list[Draftee]:
    age = base.get("age")
    if age is not None and not (base.get("date_of_birth") or base.get("expected_delivery_date") or base.get("estimated")):
        base.put("estimated", replace(age, value=True, evidence=replace(age.evidence, how="derived")))
    given, family = entity.first("given"), entity.first("family")
    whole = entity.first("name") or entity.first("name_contact") or entity.first("name_role")
    if family is not None and given is None and whole is not None and "name" in entity.slots:
        given = replace(whole, raw=re.sub(r"[\s,]*\b" + re.escape(family.raw.strip()) + r"\s*$", "", whole.raw, flags=re.IGNORECASE) or whole.raw)
    _aliases(base, entity)
    if given or family:
        _parts(base, given, family, habits)
        return [base]
    if whole is None:
        return [base] if base.filled else []
    people = list_people(whole.raw, today, habits) if _TWO.search(whole.raw) else []
    if not people:
        people = [Listed(split_name(one_line(whole.raw), habits), raw=whole.raw)]
    others = [Draftee(base.block, subject=base.subject, entity=entity) for _ in people[1:]]
    for draftee, person in zip([base, *others], people, strict=True):
        _put_listed(draftee, person, whole)
        if draftee is not base:
            for shared in ("parental_responsibility", "in_household", "address", "postcode"):
                draftee.values[shared] = list(base.values.get(shared, ()))
    return [base, *others]


def _put_listed(draftee: Draftee, person: Listed, whole: Found) -> None:
    put_name(draftee, person.name, whole)
    seen = whole.evidence
    if person.relationship:
        draftee.put("relationship_to_child", Found(person.relationship, whole.raw, whole.place, seen, whole.text))
    if person.born is not None:
        born = person.born
        for name, value in (
            ("date_of_birth", born.date_of_birth),
            ("expected_delivery_date", born.expected),
            ("age", born.age),
            ("estimated", born.estimated or None),
            ("unborn", born.unborn or None),
        ):
            if value is not None:
                draftee.put(name, Found(value, whole.raw, whole.place, seen, whole.text))
    for name, contact in (("phone", person.phone), ("email", person.email)):
        if contact:
            draftee.put(name, Found(contact, whole.raw, whole.place, seen, whole.text))


def put_name(draftee: Draftee, name: Name, whole: Found) -> None:
    """A split name as readings. Where it divides is a guess for three words and more, and its confidence says so."""
    seen = whole.evidence if name.certain else replace(whole.evidence, typed="split")
    for path, value in (("given_names", name.given), ("family_name", name.family)):
        if value:
            draftee.put(path, Found(value, whole.raw, whole.place, seen, whole.text))
    for alias in name.aliases:
        draftee.put("aliases", Found(alias, whole.raw, whole.place, whole.evidence, whole.text))
    if name.unborn:
        draftee.put("unborn", Found(True, whole.raw, whole.place, whole.evidence, whole.text))
    for bracket in name.brackets:
        if RELATION.fullmatch(bracket):
            draftee.put("relationship_to_child", Found(bracket, whole.raw, whole.place, whole.evidence, whole.text))


def _parts(base: Draftee, given: Found | None, family: Found | None, habits: Habits) -> None:
    for path, part in (("given_names", given), ("family_name", family)):
        if part is None:
            continue
        text, aliases = take_aliases(one_line(part.raw))
        name = split_name(text + (" Z" if path == "given_names" else ""), habits) if re.match(r"(?i)\W*(?:un-?\s?born|baby\b|bump)", text) else None
        if name is not None and name.unborn:
            base.put("unborn", replace(part, value=True))
            continue
        plain = one_line(re.sub(r"\([^()]*\)", " ", text)).strip(" ,;*")
        if plain and not is_unknown(plain) and re.search(r"[^\W\d_]", plain):
            base.put(path, replace(part, value=_case(plain)))
        for alias in aliases:
            base.put("aliases", replace(part, value=alias))


def _case(text: str) -> str:
    name = split_name(f"{text}, X")
    return name.family or text


def _aliases(base: Draftee, entity: Entity) -> None:
    for found in entity.slots.get("aliases", ()):
        if not isinstance(found.value, str):
            continue
        for part in re.split(r"\n|;|/|,|\bor\b", found.raw):
            words = one_line(re.sub(r"^(?:aka|known as|previously|formerly)\b\s*:?", " ", part.strip(), flags=re.IGNORECASE))
            if words and not is_unknown(words) and not is_nothing(words) and key(words) not in {"no", "yes"}:
                base.put("aliases", replace(found, value=words))


def is_subject(person: Draftee, some_marked: bool) -> bool:
    """Is this a child the referral is about?"""
    relation = person.get("relationship_to_child")
    words = key(str(relation.value)) if relation else ""
    if words in _SELF:
        return True
    if person.subject is not None:
        return person.subject
    if person.block != "child":
        return False
    return not (words and ADULT.search(words)) and not (some_marked and person.entity is not None and "subject" in person.entity.seen)


def set_siblings_apart(people: list[Draftee]) -> None:
    """A brother or sister among the children is none of those referred, where a child stands beside them who is nobody's brother or sister."""
    children = [person for person in people if person.block == "child" and person.subject is None]
    siblings = [person for person in children if _is_sibling(person) and (person.entity is None or person.entity.sure != "heading")]
    if any(all(child is not sibling for sibling in siblings) and not _is_adult(child) for child in children):
        for person in siblings:
            person.block = "sibling"


def _is_sibling(person: Draftee) -> bool:
    relation = person.get("relationship_to_child")
    return relation is not None and bool(_SIBLING.search(str(relation.value)))


def _is_adult(person: Draftee) -> bool:
    relation = person.get("relationship_to_child")
    return relation is not None and bool(ADULT.search(key(str(relation.value))))


def share(children: list[Draftee], family: Draftee) -> None:
    """What a family box says of all children: where they live and how to reach them; the rest is the first child's, with less certainty where there are more."""
    shared = {"address", "postcode", "phone", "previous_address", "ethnicity", "ethnicity_code", "first_language", "gp", "email"}
    for child in children:
        for name, readings in family.values.items():
            if child.get(name) is not None or not (child is children[0] or name in shared):
                continue
            unsure = len(children) > 1 and name not in shared
            child.values[name] = [replace(found, evidence=replace(found.evidence, block="guess")) for found in readings] if unsure else list(readings)


def mark_holders(draft: Draft, people: list[Draftee], today: date) -> list[Draftee]:
    """Who holds parental responsibility, where a box of its own says it. Somebody named there and nowhere else is added."""
    added: list[Draftee] = []
    for found in draft.pr_holders:
        both = re.search(r"\bboth(?:\s+parents)?\b|\bparents\b", found.raw, re.IGNORECASE)
        for listed in list_people(found.raw, today):
            words = key(" ".join(part for part in (listed.name.given, listed.name.family) if part))
            hits = [person for person in people if _answers_to(person, words)]
            if not hits and listed.name.given and listed.name.family and not both and not RELATION.search(words):
                person = Draftee("carer")
                _put_listed(person, listed, found)
                added.append(person)
                hits = [person]
            for person in hits:
                person.put("parental_responsibility", replace(found, value=True))
                _relate(draft, person, found)
        if both:
            for person in people:
                if _answers_to(person, "mother") or _answers_to(person, "father"):
                    person.put("parental_responsibility", replace(found, value=True))
    return added


def _relate(draft: Draft, person: Draftee, holder: Found) -> None:
    """What a holder is to the child, where the table of holders says it and nothing before did."""
    if person.get("relationship_to_child") is None:
        person.put("relationship_to_child", next((relation for name, relation in draft.relations if name == holder.raw), None))


_RELATIONS = {"mum": "mother", "mam": "mother", "mummy": "mother", "dad": "father", "daddy": "father"}


def _answers_to(person: Draftee, words: str) -> bool:
    relation = person.get("relationship_to_child")
    own = key(str(relation.value)) if relation else ""
    if words and _RELATIONS.get(words, words) == _RELATIONS.get(own, own):
        return True
    return bool(words) and words == person.name_key
