"""What makes a contact urgent. Looked at before anything else, and nothing that is missing takes any of it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.authority import Authority
from models.contact import Reason
from models.narrative import UrgencySignal
from models.record import Person, Record
from models.routing import MailFacts, RouteInput

IN_SUBJECT = "in its subject"
"""Where a mail may be marked: an answer inherits this one with the subject it answers."""
_HEAD = 600
_QUOTED = re.compile(r"^(>|-{2,} ?(original message|forwarded)|from: |on .{5,120} wrote:\s*$)", re.IGNORECASE | re.MULTILINE)
_NOWHERE = re.compile(
    r"\b(unknown|not known|don'?t know|do not know|unsure|uncertain|missing|whereabouts|cannot be found|can ?not be located|not been located|no idea)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"^\W*(n/?k|not sure|\?+)\W*$", re.IGNORECASE)
_FORWARDED = re.compile(r"^(fw|fwd|wg|tr)\s*:|forwarded message", re.IGNORECASE | re.MULTILINE)
_NOBODY = re.compile(r"^\s*(n/?a|none|no|nil|nobody|no[- ]?one|not (known|applicable|stated)|unknown|-+)\W*$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_AWAY = re.compile(
    r"\b(ex|former)[- ]|\bno longer liv|\b(doesn'?t|does not|not) live|\blives? (elsewhere|apart|away)|\bmoved out|\bin (prison|custody)",
    re.IGNORECASE,
)
_KIN = re.compile(
    r"\b(step|grand|half|foster)?[- ]?(mother|father|mum|dad|parent|carer|partner|boyfriend|girlfriend|husband|wife|brother|sister|uncle|aunt|lodger)\b",
    re.IGNORECASE,
)


def urgent_reasons(case: RouteInput, authority: Authority) -> tuple[Reason, ...]:
    """Every reason why a person must look at once; none means that the contact is not urgent."""
    return tuple(_reasons(case, authority))


def signals(case: RouteInput) -> tuple[UrgencySignal, ...]:
    """The words of the narrative that ask for a person at once."""
    return case.narrative.urgent if case.narrative else ()


def _reasons(case: RouteInput, authority: Authority) -> Iterator[Reason]:
    record = case.record
    if mark := marked(case.mail, authority):
        yield Reason(rule=authority.markers.rule, because=f"The mail is marked urgent ({mark}).")
    if record.referral.marked_urgent or _said_somewhere(case, "referral.marked_urgent", True):
        yield Reason(rule=authority.markers.rule, because="The form is marked urgent.")
    if record.referral.type == "child_protection" or _said_somewhere(case, "referral.type", "child_protection"):
        yield Reason(rule="LE-3", because="It is a child protection referral.")
    if record.safety.immediate_protection or _said_somewhere(case, "safety.immediate_protection", True):
        yield Reason(rule="LE-6", because="The form says that the child needs immediate protection.")
    if _nobody_knows_where(case):
        yield Reason(rule="LE-6", because="The form says that it is not known where the child is.")
    if who := perpetrator_at_home(record):
        yield Reason(rule="LE-6", because=f"Somebody said to have harmed a child is in the household ({who}).")
    for signal in signals(case):
        yield _from_words(signal)
    if case.before is not None and case.before.decision == "screen_urgently":
        yield Reason(rule="OX-6", because="It was urgent when it came, and an answer does not take that back; a person may.")


def _said_somewhere(case: RouteInput, path: str, value: str | bool) -> bool:
    """Whether any reading says so. Where two places differ the record waits for a person, but urgency does not."""
    return any(field.path == path and field.value == value for field in case.fields)


def _nobody_knows_where(case: RouteInput) -> bool:
    """The form says in so many words that the child's whereabouts are not known; a blank says nothing."""
    said = [
        case.record.safety.current_location,
        *(field.raw for field in case.fields if field.path == "safety.current_location" and field.value is None),
    ]
    return any(words and (_NOWHERE.search(words) or _UNKNOWN.match(words)) for words in said)


def _from_words(signal: UrgencySignal) -> Reason:
    because = f"{signal.says}: “{' '.join(signal.text.split())}”"
    if signal.kind == "crime":
        return Reason(rule="LE-11", because=f"A crime may have been committed, so the police must be told. {because}")
    if signal.kind == "police_protection":
        return Reason(rule="HE-7", because=f"Police Protection: a social worker is to be allocated at once. {because}")
    return Reason(rule="LE-11", because=because)


def marked(mail: MailFacts, authority: Authority) -> str | None:
    """Where a mail is marked urgent in the authority's words: in its subject, or at the head of what its sender wrote or passed on."""
    markers = authority.markers
    looked = ((IN_SUBJECT, mail.subject, (*markers.phrases, *markers.subject)), ("in its first lines", _head(mail), markers.phrases))
    for place, text, phrases in looked:
        if text and any(re.search(phrase, text, re.IGNORECASE | re.MULTILINE) for phrase in phrases):
            return place
    return None


def _head(mail: MailFacts) -> str:
    """The first words of a mail. In a forwarded mail the mail it carries counts, its subject line too; in an answer the mail it answers does not.

    Our own letters must not make an answer urgent.
    """
    body = mail.body or ""
    if _FORWARDED.search(mail.subject or "") or _FORWARDED.search(body[:_HEAD]):
        return re.sub(r"^(>\s?)*subject:\s*", "", body[: 3 * _HEAD], flags=re.IGNORECASE | re.MULTILINE)
    quoted = _QUOTED.search(body)
    return body[: quoted.start() if quoted else None][:_HEAD]


def perpetrator_at_home(record: Record) -> str | None:
    """Whom of the household the form names as alleged to have harmed a child, as the form relates them; None when nobody is named."""
    said = record.safety.alleged_perpetrator
    if not said or _NOBODY.match(said):
        return None
    words = {word.casefold() for word in _WORDS.findall(said)}
    for person in record.people:
        if person.in_household is not False and _is_meant(person, said, words):
            return person.relationship_to_child or "a person named on the form"
    if (found := _KIN.search(said)) and not _AWAY.search(said) and not any(_is_meant(person, said, words) for person in record.people):
        return found.group(0).strip().lower()
    return None


def _is_meant(person: Person, said: str, words: set[str]) -> bool:
    """Named by a name or an alias, by a given name with no other family's name behind it, by title and family name, or by what they are to the child."""
    given = {word.casefold() for word in _WORDS.findall(person.given_names or "")}
    family = {word.casefold() for word in _WORDS.findall(person.family_name or "")}
    aliases = [{word.casefold() for word in _WORDS.findall(alias)} for alias in person.aliases]
    if any(alias and alias <= words for alias in aliases):
        return True
    if any(_by_given_name(name, given | family, said) for name in given & words):
        return True
    if family and family <= words and words <= family | _TITLES:
        return not (person.gender == "female" and "mr" in words) and not (person.gender == "male" and words & {"mrs", "ms", "miss"})
    role = (person.relationship_to_child or "").strip().casefold()
    return bool(role) and re.search(rf"\b{re.escape(role)}\b", said.casefold()) is not None


def _by_given_name(name: str, names: set[str], said: str) -> bool:
    """Whether a given name stands for this person: what follows it with a capital is theirs too, be it only an initial."""
    for found in re.finditer(rf"(?i:\b{re.escape(name)}\b)(?:[ ]+([A-Z][\w'’-]*))?", said):
        after = (found.group(1) or "").casefold()
        if not after or after in names or _KIN.fullmatch(after) or (len(after) == 1 and any(one.startswith(after) for one in names)):
            return True
    return False
