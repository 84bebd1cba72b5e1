"""What a letter's template may use: everything put into plain words first, and nothing that the recipient may not see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from typing import Any

from models.authority import Authority
from models.contact import Contact
from models.extraction import Extraction, Gap, ProblemCode
from models.record import Person, Record
from pipeline.route.agencies import line_for
from pipeline.route.deadlines import get_in_touch_at, in_words, is_open, next_opening, working_days_after
from pipeline.route.forms import right_form

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_KINDS = {
    ".docx": "Word document",
    ".doc": "Word document",
    ".docm": "Word document",
    ".pdf": "PDF",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".png": "picture",
}
_PROBLEMS: dict[ProblemCode, str] = {
    "encrypted": "is locked with a password. Please send it without one by secure mail, or ring us with the password; do not put it in a mail.",
    "corrupt": "arrived damaged. Please save it again and send the new copy.",
    "unsupported": "is of a kind we cannot read. Please save it as a Word document or a PDF.",
    "too_large": "is too large for us to take in. Please send it in parts, without photographs.",
    "too_slow": "could not be read in time. Please save it again as a plain Word document or PDF.",
    "empty": "has nothing in it. Please check which file you meant to send.",
    "no_text": "is a picture or scan that we could not read. Please send the form as it was typed, or a sharper scan.",
}


def letter_words(contact: Contact, authority: Authority, now: datetime, *, shareable: bool, attached: bool) -> dict[str, Any]:
    """The context of a letter. Names go in only where `shareable`."""
    record = contact.record
    asked = [gap for gap in sorted(contact.gaps, key=lambda gap: gap.number or 0) if gap.question and gap.number]
    needed = [gap for gap in asked if presses(gap)]
    decide = next((deadline.due_at for deadline in contact.deadlines if deadline.what == "decide"), None) or working_days_after(
        contact.received_at, 1, authority
    )
    read = [one for one in contact.extractions if one.status == "read"]
    found = bool(read) and contact.routing.decision != "manual"
    return {
        "authority": authority,
        "reference": contact.reference,
        "name": _flat(record.referrer.name or "") if shareable else None,
        "what": "referral" if found else "mail",
        "referral": found,
        "arrived": in_words(contact.received_at),
        "urgent": contact.routing.decision == "screen_urgently",
        "open": is_open(now, authority),
        "opens_at": in_words(next_opening(now, authority)),
        "line": line_for(record, authority, contact.message.sender),
        "decide_by": in_words(decide),
        "late": now > decide,
        "get_in_touch_by": in_words(get_in_touch_at(contact.received_at, authority)),
        "right_form": right_form(authority),
        "papers": _papers(read, authority),
        "needed": _once([question_words(gap, record, authority, shareable=shareable) for gap in needed]),
        "helpful": _once([question_words(gap, record, authority, shareable=shareable) for gap in asked if gap not in needed]),
        "unreadable": list(_unreadable(contact.extractions)),
        "attached": attached,
    }


def presses(gap: Gap) -> bool:
    """Whether a gap is asked about in earnest: a needed answer, or one that was given and cannot be relied on."""
    return gap.question is not None and (gap.needed or gap.kind != "missing")


def _once(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reason for asking is told once, however many children a question is asked about."""
    told: set[str] = set()
    for question in questions:
        if question["why"] in told:
            question["why"] = None
        told.add(question["why"])
    return questions


def question_words(gap: Gap, record: Record, authority: Authority, *, shareable: bool) -> dict[str, Any]:
    """A question as the letters and the contact record ask it."""
    whom = None if gap.kind == "missing" and _asked_of_all(gap.field, authority) else about(gap.field, record, shareable=shareable)
    return {"number": gap.number, "question": gap.question, "why": gap.why, "about": whom}


def _asked_of_all(path: str, authority: Authority) -> bool:
    """Whether a question is asked once for all the children, so that it is about none of them by name."""
    starred = re.sub(r"\.\d+\.", ".*.", path, count=1)
    return any(question.together and starred in question.fields for question in authority.questions)


def about(path: str, record: Record, *, shareable: bool) -> str | None:
    """Whom a question is about: by name where that may be said, otherwise by place on the form."""
    group, _, rest = path.partition(".")
    number = rest.split(".", maxsplit=1)[0]
    if group not in {"children", "people"} or not number.isdigit():
        return None
    people: tuple[Person, ...] = getattr(record, group)
    place = int(number)
    person = people[place] if place < len(people) else None
    if shareable and person is not None and person.name:
        return _flat(person.name)
    if group == "children":
        return f"the {ordinal(place)} child on your form" if len(people) > 1 else "the child"
    return f"the {ordinal(place)} of the other people on your form"


def ordinal(place: int) -> str:
    """A place counted from nought, in words."""
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"


def _flat(value: str) -> str:
    """What was read stays on its line: a name cannot make a heading or a question of its own."""
    return " ".join(value.split())


def _papers(read: Iterable[Extraction], authority: Authority) -> str | None:
    names = {form.type: form.name for form in authority.supporting}
    found = dict.fromkeys(f"the {names[one.form.type]}" for one in read if one.form.type in names)
    return " and ".join(found) or None


def _unreadable(extractions: Iterable[Extraction]) -> Iterable[dict[str, str]]:
    """Files by number and kind: a file's own name may hold a child's."""
    for number, one in enumerate(extractions):
        if one.problem is not None:
            kind = _KINDS.get(PurePath(one.path).suffix.casefold())
            yield {"which": f"The {ordinal(number)} file{f' (a {kind})' if kind else ''}", "says": _PROBLEMS[one.problem.code]}
