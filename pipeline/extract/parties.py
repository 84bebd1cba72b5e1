"""Everyone on a form who is not family: who refers, whom they asked first, which agencies are there; and where consent stands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pipeline.extract.consent import status_from_reason
from pipeline.extract.draft import Draft, Entity, Found, Problem
from pipeline.extract.values.names import split_name, spoken
from pipeline.extract.values.numbers import EMAIL, PHONE, find_email, find_phones
from pipeline.extract.values.words import is_nothing, is_unknown
from pipeline.extract.wording import key, one_line

Readings = dict[str, list[Found]]

_PUBLIC = re.compile(
    r"\b(?:neighbour|mother|father|mum|dad|grand\w+|aunt\w*|uncle|friend|relative|family member|member of (?:the )?public|parent|self|sister|brother|step\w+|carer)\b",
    re.IGNORECASE,
)
_WORK_MAIL = re.compile(r"@(?!(?:gmail|hotmail|outlook|yahoo|icloud|btinternet|live|aol|sky|talktalk|protonmail)\.)", re.IGNORECASE)
_ROLE_WORDS = re.compile(
    r"\b(?:teacher|nurse|gp|doctor|worker|officer|manager|visitor|midwife|lead|head|senco|assistant|coordinator|co-ordinator|practitioner|therapist|counsellor|consultant|psychologist|constable|sergeant|paediatrician|social|mentor|dsl|tutor|paramedic|advis[eo]r)\b",
    re.IGNORECASE,
)


_WHY_UNCLEAR = "There is no consent, and the form does not say whether it was refused or never asked for."


def referrer(draft: Draft, entities: list[Entity]) -> Readings:
    """Who makes the referral: the first box of them that is filled; later ones add what is missing."""
    own = [entity for entity in entities if entity.block == "referrer" and entity.filled]
    found: Readings = {}
    for entity in own:
        for path, readings in _professional(entity).items():
            if path in {"name", "role", "agency", "phone", "email", "address", "relationship"} and path not in found:
                found[path] = readings
        if (dated := entity.slots.get("date")) and "referral.date" not in draft.singles:
            draft.add("referral.date", dated[0])
    result = {("referrer.relationship_to_child" if path == "relationship" else f"referrer.{path}"): readings for path, readings in found.items()}
    kind = _kind(found)
    if kind is not None:
        result["referrer.kind"] = [kind]
    return result


def _kind(found: Readings) -> Found | None:
    name, relationship = _first(found, "name"), _first(found, "relationship")
    role, agency, email = _first(found, "role"), _first(found, "agency"), _first(found, "email")
    if name is not None and re.search(r"\banonymous\b|\bwishes? to remain\b|\bwithheld\b", str(name.value), re.IGNORECASE):
        return _derived(name, "anonymous")
    professional = role or agency or (email if email and _WORK_MAIL.search(str(email.value)) else None)
    if relationship is not None and _PUBLIC.search(str(relationship.value)) and not role and not agency:
        return _derived(relationship, "public")
    if professional is not None:
        return _derived(professional, "professional")
    if relationship is not None and _ROLE_WORDS.search(str(relationship.value)):
        return _derived(relationship, "professional")
    return None


def _first(found: Readings, path: str) -> Found | None:
    return next((reading for reading in found.get(path, ()) if reading.value), None)


def _derived(source: Found, value: str) -> Found:
    return replace(source, value=value, evidence=replace(source.evidence, how="derived"))


def _professional(entity: Entity) -> Readings:
    """The boxes of a professional: a name in one piece, what shared its box told apart."""
    found: Readings = {
        slot: list(readings) for slot, readings in entity.slots.items() if slot in {"role", "agency", "phone", "email", "address", "relationship"}
    }
    given, family = entity.first("given"), entity.first("family")
    whole = entity.first("name") or entity.first("name_contact") or entity.first("name_role")
    if given or family:
        parts = [str(part.value) for part in (given, family) if part is not None]
        source = given or family
        if source is not None:
            found["name"] = [replace(source, value=" ".join(parts), raw=" ".join(parts))]
    elif whole is not None:
        _unfold(whole, found)
    if entity.block == "referrer" and "agency" not in found and (school := entity.first("school")):
        found["agency"] = [school]
    return found


def _unfold(whole: Found, found: Readings) -> None:
    """`Jane Smith, Head of Year, 020 7946 0001`: name, role and contacts out of one box."""
    text = whole.raw
    if phones := find_phones(EMAIL.sub(" ", text)):
        found.setdefault("phone", [replace(whole, value=phones[0])])
    if email := find_email(text):
        found.setdefault("email", [replace(whole, value=email)])
    plain = PHONE.sub(" ", EMAIL.sub(" ", text))
    plain = re.sub(r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|e-?mail|contact)\b\s*(?:no|number)?\s*[.:]*", " ", plain, flags=re.IGNORECASE)
    parts = [part for raw in re.split(r"\n|;|,|\s[-–/|]\s|\(|\)", plain) if (part := one_line(raw).strip(" ,.-–:"))]
    if not parts:
        return
    name = parts[0]
    if re.match(r"^[A-Z][A-Z'’-]+$", parts[0]) and len(parts) > 1 and "," in plain.split("\n")[0]:
        name, parts = f"{parts[0]}, {parts[1]}", [parts[0], *parts[2:]]
    found["name"] = [replace(whole, value=spoken(split_name(name)) or name)]
    for part in parts[1:]:
        slot = (
            "role"
            if _ROLE_WORDS.search(part) and "role" not in found
            else "agency"
            if "agency" not in found and not re.search(r"\d{3}", part)
            else None
        )
        if slot:
            found.setdefault(slot, [replace(whole, value=part, evidence=replace(whole.evidence, typed="split"))])


def safeguarding_lead(draft: Draft, entities: list[Entity]) -> Readings:
    """Who was asked first."""
    result: Readings = {}
    for entity in entities:
        if entity.block != "lead" or not entity.filled:
            continue
        parts = _professional(entity)
        name = _first(parts, "name")
        contacts = [str(found.value) for path in ("phone", "email") if (found := _first(parts, path))]
        source = _first(parts, "phone") or _first(parts, "email")
        if name is not None:
            result.setdefault("safeguarding_lead.name", [name])
        if contacts and source is not None:
            result.setdefault("safeguarding_lead.contact", [replace(source, value=", ".join(contacts))])
    return result


def consent(draft: Draft) -> Readings:
    """The status once question and reason have both been read."""
    reasons = [found for found in draft.singles.get("consent.reason", ()) if found.value]
    given = [found for found in draft.singles.get("consent.status", ()) if found.value]
    result: Readings = {}
    if reasons:
        text = "\n".join(dict.fromkeys(str(found.value) for found in reasons))
        result["consent.reason"] = [replace(reasons[0], value=text, raw=text)]
    says = status_from_reason(" ".join(str(found.value) for found in reasons)) if reasons else None
    settled = [_settled(found, says, draft) for found in given]
    if settled:
        result["consent.status"] = _strictest(settled)
        if all(found.value is None for found in settled):
            draft.problems.append(Problem("consent.status", "unclear", _WHY_UNCLEAR))
    elif says is not None:
        result["consent.status"] = [_derived(reasons[0], says)]
    elif draft.singles.get("consent.status"):
        result["consent.status"] = draft.singles["consent.status"]
    return result


def _settled(found: Found, says: str | None, draft: Draft) -> Found:
    """A bare No by what it was asked of: refused where the parents were asked, not sought where they were not, nothing where neither is told."""
    if found.value == "given" and says == "partial":
        return _derived(found, "partial")
    if found.value not in {"no", "none"}:
        return found
    if says is not None:
        return replace(found, value=says)
    sought, aware = _bool(draft, "consent.sought"), _bool(draft, "consent.parents_aware")
    if sought is False or (sought is None and aware is False):
        return _derived(found, "not_sought")
    if found.value == "no" or sought:
        return _derived(found, "refused")
    return replace(found, value=None)


def _bool(draft: Draft, path: str) -> bool | None:
    return next((found.value for found in draft.singles.get(path, ()) if found.value is not None), None)


def _strictest(settled: list[Found]) -> list[Found]:
    """Agreed to one thing and not to another is partial consent."""
    values = {found.value for found in settled}
    if "partial" in values:
        return [found for found in settled if found.value == "partial"][:1]
    if len(values) > 1 and "given" in values:
        first = next(found for found in settled if found.value != "given")
        return [_derived(first, "partial")]
    return [found for found in settled if found.value is not None] or settled


def agencies(entities: list[Entity], today: date) -> list[Readings]:
    """Everyone named as working with the family."""
    found: list[Readings] = []
    for entity in entities:
        if entity.block not in {"agency", "role", "leadpro"} or not entity.filled:
            continue
        found.extend(agency for agency in _agency(entity, today) if agency)
    return _once(found)


def _agency(entity: Entity, today: date) -> list[Readings]:
    whole = entity.first("name") or entity.first("name_contact") or entity.first("name_role")
    if whole is not None and "\n" in whole.raw and not entity.first("agency") and entity.block == "agency":
        lines = [line for line in whole.raw.split("\n") if len(line.split()) > 1 and not is_unknown(line)]
        if len(lines) > 1 and not find_phones(lines[-1]):
            return [_one(Entity("agency", slots={"name_contact": [replace(whole, raw=line, value=line)]})) for line in lines]
    return [_one(entity)]


def _one(entity: Entity) -> Readings:
    parts = {path: readings for path, readings in _professional(entity).items() if path != "relationship"}
    parts = {path: readings for path, readings in parts.items() if any(found.value and not is_nothing(str(found.value)) for found in readings)}
    if entity.role is not None and "role" not in parts and parts:
        parts["role"] = [entity.role]
    if school := entity.first("school"):
        parts.setdefault("agency", [school])
    if not {"name", "agency"} & set(parts) and not {"phone", "email"} & set(parts):
        return {}
    _name_or_agency(parts)
    return parts


_ORGANISATION = re.compile(
    r"\b(?:school|academy|college|nursery|surgery|practice|medical|health|centre|center|clinic|hospital|trust|service|services|team|council|police|housing|camhs|association|charity|society|pre-?school|playgroup|department|ltd|cic)\b",
    re.IGNORECASE,
)


def _name_or_agency(parts: Readings) -> None:
    """A name box that holds an organisation, as the columns of many forms invite."""
    name = _first(parts, "name")
    if name is not None and "agency" not in parts and _ORGANISATION.search(str(name.value)) and not list_titles(str(name.value)):
        parts["agency"] = parts.pop("name")


def list_titles(text: str) -> bool:
    """Does this begin with a title, as people do and organisations do not?"""
    return bool(re.match(r"^\s*(?:mr|mrs|ms|miss|dr|prof|rev|sister)\b", text, re.IGNORECASE))


def _once(found: list[Readings]) -> list[Readings]:
    kept: list[Readings] = []
    seen: set[tuple[str, str]] = set()
    for agency in found:
        name, organisation = _first(agency, "name"), _first(agency, "agency")
        mark = (key(str(name.value)) if name else "", key(str(organisation.value)) if organisation else "")
        if mark not in seen or mark == ("", ""):
            kept.append(agency)
        seen.add(mark)
    return kept
