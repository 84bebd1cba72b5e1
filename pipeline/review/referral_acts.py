"""From a posted form to an act: what each form of the referral page holds, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from models.authority import Authority
from models.contact import Contact, LetterKind
from models.narrative import Category, ConcernStatus, Factuality, Who
from models.screening import Colour, Says
from pipeline.review import words
from pipeline.screening.acting import Done, Hand
from pipeline.screening.acts import Refused
from pipeline.screening.screener import Screening

SUGGESTED = "suggested:"
"""What the choice of taking a suggestion begins with; its colour and its pathway follow."""


@dataclass(frozen=True, slots=True)
class Order:
    """A posted form, with who sent it and the contact as it was then opened."""

    screening: Screening
    contact: Contact
    hand: Hand
    fields: Mapping[str, str]

    @property
    def reference(self) -> str:
        """The contact's reference."""
        return self.contact.reference

    def text(self, name: str) -> str:
        """A field's words; nothing when it was not sent."""
        return self.fields.get(name, "")

    def one_of(self, name: str, choices: Any, or_else: str) -> Any:
        """A field that must hold one of the choices."""
        found = self.text(name)
        if found not in get_args(choices):
            raise Refused(or_else)
        return found


def _correct(order: Order) -> Done:
    path = order.text("path")
    if pick := order.text("pick"):
        number = int(pick) if pick.isdecimal() and len(pick) <= 6 else len(order.contact.fields)
        if number >= len(order.contact.fields):
            raise Refused("What you picked is no longer there. Please look at the value again.")
        field = order.contact.fields[number]
        return order.screening.correct(order.reference, order.hand, path, order.text(f"words-{pick}"), field.source)
    return order.screening.correct(order.reference, order.hand, path, order.text("words"))


def _confirm(order: Order) -> Done:
    return order.screening.confirm(order.reference, order.hand, order.text("path"))


def _label(order: Order) -> Done:
    label: Factuality = order.one_of("label", Factuality, "Choose fact, reported or opinion.")
    return order.screening.relabel(order.reference, order.hand, _number(order, "sentence"), label)


def _concern(order: Order) -> Done:
    category: Category = order.one_of("category", Category, "Choose what the concern is.")
    status: ConcernStatus = order.text("status") or "affirmed"  # type: ignore[assignment]
    whom: Who = order.text("who") or "unknown"  # type: ignore[assignment]
    if status not in get_args(ConcernStatus) or whom not in get_args(Who):
        raise Refused("Choose how the concern is said, and of whom.")
    added = order.text("added") == "yes"
    number = _number(order, "sentence")
    return order.screening.concern(order.reference, order.hand, number, category, order.text("words"), added=added, status=status, who=whom)


def _match(order: Order) -> Done:
    says: Says = order.one_of("says", Says, "Choose same, not the same, or not sure.")
    return order.screening.judge(order.reference, order.hand, order.text("person"), order.text("record"), says)


def _drop(order: Order) -> Done:
    return order.screening.drop_question(order.reference, order.hand, order.text("field"), order.text("because"))


def _ask(order: Order) -> Done:
    return order.screening.add_question(order.reference, order.hand, order.text("about"), order.text("question"))


def _letter(order: Order) -> Done:
    """One form with several buttons: save the words, send, or hold."""
    message_id, how = order.text("letter"), order.text("how")
    if how == "save":
        return order.screening.edit_letter(order.reference, order.hand, message_id, order.text("subject"), order.text("text"))
    if how == "send":
        return order.screening.send_letter(order.reference, order.hand, message_id)
    if how == "hold":
        return order.screening.hold_letter(order.reference, order.hand, message_id)
    raise Refused("Choose whether to save, send or hold the letter.")


def _write(order: Order) -> Done:
    kind = order.text("kind")
    if kind not in {"incomplete", "acknowledgement", "completed"}:
        raise Refused("Choose which letter to write.")
    return order.screening.write_letter(order.reference, order.hand, LetterKind(kind))


def _rate(order: Order) -> Done:
    rag: Colour | None = order.text("rag") or None  # type: ignore[assignment]
    if rag not in (None, *get_args(Colour)):
        raise Refused("Choose red, amber or green.")
    return order.screening.rate(order.reference, order.hand, rag, order.text("pathway") or None)


def _manager(order: Order) -> Done:
    return order.screening.ask_manager(order.reference, order.hand, order.text("reasons"))


def _answer(order: Order) -> Done:
    answer = order.text("answer")
    if answer == "granted":
        return order.screening.answer_as_manager(order.reference, order.hand, "granted", order.text("words"))
    if answer == "refused":
        return order.screening.answer_as_manager(order.reference, order.hand, "refused", order.text("words"))
    raise Refused("Choose whether you authorise it.")


def _pass(order: Order) -> Done:
    return order.screening.pass_on(order.reference, order.hand, order.text("to"))


def _down(order: Order) -> Done:
    return order.screening.stand_down(order.reference, order.hand, order.text("because"))


def _decide(order: Order) -> Done:
    pathway, colour = _chosen(order.fields)
    if not pathway:
        raise Refused("Choose what happens next.")
    rag: Colour | None = colour or None  # type: ignore[assignment]
    if rag not in (None, *get_args(Colour)):
        raise Refused("Choose red, amber or green.")
    told = {"yes": True, "no": False}.get(order.text("family_told"))
    return order.screening.decide(order.reference, order.hand, pathway, rag, order.text("because"), family_told=told)


def _undo(order: Order) -> Done:
    return order.screening.undo(order.reference, order.hand)


def _number(order: Order, name: str) -> int:
    found = order.text(name)
    if not found.isdecimal() or len(found) > 6:
        raise Refused("This sentence is no longer there. Please look at the narrative again.")
    return int(found)


ACTS: dict[str, Callable[[Order], Done]] = {
    "correct": _correct,
    "confirm": _confirm,
    "label": _label,
    "concern": _concern,
    "match": _match,
    "drop": _drop,
    "ask": _ask,
    "letter": _letter,
    "write": _write,
    "rate": _rate,
    "manager": _manager,
    "answer": _answer,
    "pass": _pass,
    "down": _down,
    "decide": _decide,
    "undo": _undo,
}
MANAGERS = frozenset({"answer"})
"""Acts that only a manager does."""

_TITLES = {
    "correct": "the value of {}",
    "confirm": "the value of {}",
    "label": "the label of a sentence",
    "concern": "a concern",
    "match": "whether somebody is known",
    "drop": "a question",
    "ask": "a question",
    "letter": "a letter",
    "write": "a new letter",
    "rate": "the rating",
    "manager": "a question to the manager",
    "answer": "the manager’s answer",
    "pass": "whom it is passed to",
    "down": "that it is no longer urgent",
    "decide": "the decision",
    "undo": "taking the last act back",
}


def title_of(act: str, fields: Mapping[str, str]) -> str:
    """What a form was about, in words."""
    return _TITLES[act].format(words.label(fields.get("path", "")))


def draft_of(act: str, fields: Mapping[str, str]) -> str:
    """The name under which an unsaved form is kept."""
    mark = fields.get("path") or fields.get("letter") or fields.get("field") or ""
    return f"{act}:{mark}"[:120] if mark else act


def anchor_of(act: str, fields: Mapping[str, str]) -> str:
    """The part of the page a form stands in: where focus goes back to."""
    if act in {"correct", "confirm"}:
        return "value-" + fields.get("path", "").replace(".", "-").replace("_", "-")
    if act == "match":
        return "who-" + fields.get("person", "").replace(".", "-")
    if act in {"label", "concern"}:
        return f"sentence-{fields.get('sentence', '')}"
    return {"drop": "missing", "ask": "missing", "letter": "letters", "write": "letters", "decide": "decide", "rate": "decide"}.get(act, "next")


def decided_in_words(fields: Mapping[str, str], authority: Authority) -> str:
    """What a form was about to decide: the pathway by its name, and the colour."""
    pathway, rag = _chosen(fields)
    named = next((one.name for one in authority.pathways if pathway in {one.name, one.kind}), "No pathway chosen")
    return f"{named}, {words.RAGS[rag].lower()}" if rag in words.RAGS else named


def _chosen(fields: Mapping[str, str]) -> tuple[str, str]:
    """Pathway and colour of the form. A suggestion that was taken names what was suggested when the page was made: that is what the person saw."""
    pathway, rag = fields.get("pathway", "").strip(), fields.get("rag", "")
    if not pathway.startswith(SUGGESTED):
        return pathway, rag
    colour, _, pathway = pathway.removeprefix(SUGGESTED).partition(":")
    return pathway, rag or colour
