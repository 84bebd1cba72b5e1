"""Letters about a made-up contact, so that a council can read its own before the first is sent."""

from __future__ import annotations

from datetime import datetime

from models.authority import Authority
from models.contact import Contact, LetterKind, MessageRef
from models.extraction import Extraction, FormIdentity, FormType, Problem
from models.mail import OutboundMail
from models.record import Consent, NarrativeBoxes, Person, Record, Referral, Referrer
from models.routing import MailFacts, RouteInput, UnreadableFile
from pipeline.route.decide import route
from pipeline.route.letters import compose

SENDER = "a.teacher@example.org"


def preview(kind: LetterKind, authority: Authority, now: datetime, *, shareable: bool = True) -> OutboundMail:
    """One letter as this authority would send it at `now`."""
    contact = specimen(kind, authority, now)
    return compose(kind, contact, authority, SENDER, now, "<one@example.org>", ("<one@example.org>",), shareable=shareable)


def specimen(kind: LetterKind, authority: Authority, now: datetime) -> Contact:
    """A made-up contact that this kind of letter is about."""
    record = _record(whole=kind in {LetterKind.ACKNOWLEDGEMENT, LetterKind.COMPLETED})
    main: FormType = authority.accepted[0].type
    only = authority.supporting[0].type if kind is LetterKind.WRONG_FORM and authority.supporting else main
    form = Extraction(path="referral.docx", status="read", form=FormIdentity(type=only, confidence=0.9), record=record)
    shut = Extraction(path="scan.pdf", status="unreadable", problem=Problem(code="encrypted", detail="Ask for a copy without a password."))
    extractions = (form, shut) if kind is LetterKind.COULD_NOT_OPEN else (form,)
    mail = MailFacts(
        received_at=now,
        sender=SENDER,
        authentication="pass",
        unreadable=tuple(UnreadableFile(name=one.path, problem=one.problem) for one in extractions if one.problem),
    )
    outcome = route(RouteInput(mail=mail, record=record, extractions=extractions), authority, now)
    return Contact(
        reference="SPECIMEN-1",
        authority=authority.id,
        received_at=now,
        message=MessageRef(id="1", sha256="0" * 64, message_id="<one@example.org>", sender=SENDER, received_at=now),
        extractions=extractions,
        record=record,
        gaps=outcome.gaps,
        routing=outcome.routing,
        deadlines=outcome.deadlines,
    )


def _record(*, whole: bool) -> Record:
    """A referral of two children, with its second child's birth date, consent and household left out unless `whole`."""
    first = Person(
        given_names="Robin",
        family_name="Example",
        date_of_birth="2018-05-04",
        gender="male",
        address="1 Specimen Street",
        postcode="ZZ99 9ZZ",
        school="Specimen Primary School",
        ethnicity="White British",
        first_language="English",
    )
    return Record(
        referral=Referral(date="2026-11-20", type="child_in_need"),
        referrer=Referrer(name="Alex Teacher", role="Deputy head", agency="Specimen Primary School", phone="020 7946 0001", kind="professional"),
        children=(first, first.model_copy(update={"given_names": "Sam", "date_of_birth": "2020-01-09" if whole else None, "gender": "female"})),
        people=(Person(given_names="Jo", family_name="Example", relationship_to_child="Mother", in_household=True),) if whole else (),
        consent=Consent(parents_aware=True, sought=True, status="given", given_by="Jo Example") if whole else Consent(),
        narrative=NarrativeBoxes(worries="A made-up worry."),
    )
