"""A kept mail at the door once more: parsed, taken apart and classed, from nothing but its bytes and the settings."""

from __future__ import annotations

from datetime import datetime

from models.authority import Authority
from models.contact import Contact, MessageRef
from models.mail import InboundMail, MailClass
from models.routing import MailFacts
from pipeline.errors import IntakeError
from pipeline.ingest.message import parse
from pipeline.ingest.sender import authentication, classify
from pipeline.opening import OpenedMail, OpenMail, opened_here
from pipeline.settings import Settings
from pipeline.store.blobs import Blobs
from pipeline.story import Arrival, mail_facts


def arrival(
    blobs: Blobs, settings: Settings, authority: Authority, name: str, sha256: str | None, received_at: datetime, open_mail: OpenMail = opened_here
) -> Arrival:
    """A kept mail, parsed and classed. Without bytes it is an empty mail, for a person to look for."""
    opened = open_mail(blobs.get(sha256)) if sha256 else OpenedMail(parse(b""))
    mail_class, reasons = classify(opened.mail, (*settings.addresses, authority.hub.email))
    mail = opened.mail.model_copy(update={"mail_class": mail_class, "class_reasons": reasons})
    ref = reference_to(mail, name, sha256, received_at)
    return Arrival(mail, received_at, ref, authentication(mail, settings.authserv_id), opened.unopened)


def reference_to(mail: InboundMail, name: str, sha256: str | None, received_at: datetime) -> MessageRef:
    """How a contact names one of its mails."""
    return MessageRef(
        id=name,
        sha256=sha256 or "",
        message_id=mail.message_id,
        subject=mail.subject,
        sender=mail.sender.email,
        received_at=received_at,
        mail_class=mail.mail_class.value,
        files=tuple(one.filename or f"file {one.index + 1}" for one in mail.attachments if not one.decorative),
    )


def first_mail(blobs: Blobs, settings: Settings, authority: Authority, open_mail: OpenMail, contact: Contact) -> MailFacts:
    """What routing needs to know of the mail that opened a contact. Where its bytes are gone, what the contact still says of it: no body, no trust."""
    ref = contact.message
    try:
        came = arrival(blobs, settings, authority, ref.id, ref.sha256, contact.received_at, open_mail)
    except IntakeError:
        bare = InboundMail(sha256=ref.sha256, size=0, message_id=ref.message_id, subject=ref.subject, mail_class=MailClass(ref.mail_class))
        came = Arrival(bare, contact.received_at, ref)
        return mail_facts(came, contact.extractions).model_copy(update={"sender": ref.sender})
    return mail_facts(came, contact.extractions)
