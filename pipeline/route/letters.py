"""Letters: from a contact to a mail ready to be sent, in the authority's words, as text and HTML. The same contact gives the same Message-ID."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.authority import Authority
from models.contact import Contact, LetterKind
from models.mail import OutboundFile, OutboundMail
from pipeline import authorities
from pipeline.errors import WrongSetup
from pipeline.route.blocks import blocks, tidy
from pipeline.route.contact_record import DOCX, build_docx, build_json
from pipeline.route.letter_words import letter_words, presses

_SHARED = Path(authorities.__file__).parent / "shared" / "letters"
_MAY_ASK = {LetterKind.REMINDER, LetterKind.COMPLETED}


def compose(
    kind: LetterKind,
    contact: Contact,
    authority: Authority,
    recipient: str,
    now: datetime,
    in_reply_to: str | None = None,
    references: tuple[str, ...] = (),
    *,
    shareable: bool = False,
    sender: str | None = None,
) -> OutboundMail:
    """Write a letter. Only where `shareable` may it, or the record attached, hold anything that was read.

    Raises WrongSetup where a template of the authority's own is wrong.
    """
    attached = kind is LetterKind.INCOMPLETE or (kind in _MAY_ASK and any(presses(gap) for gap in contact.gaps))
    subject, text = _written(kind, authority, letter_words(contact, authority, now, shareable=shareable, attached=attached))
    html = _environment(authority.folder).get_template("letter.html.j2").render(subject=subject, blocks=blocks(text))
    origin = sender or authority.hub.email
    return OutboundMail(
        message_id=message_id(kind, contact.reference, recipient, in_reply_to, origin),
        sender=origin,
        recipient=recipient,
        subject=subject,
        text=text,
        html=html,
        in_reply_to=in_reply_to,
        references=references,
        files=record_files(contact, authority, shareable=shareable) if attached else (),
    )


def rewritten(letter: OutboundMail, subject: str, text: str, authority: Authority) -> OutboundMail:
    """A letter in a person's words: the same recipient, thread, Message-ID and files."""
    subject, text = " ".join(subject.split()), tidy(text)
    html = _environment(authority.folder).get_template("letter.html.j2").render(subject=subject, blocks=blocks(text))
    return letter.model_copy(update={"subject": subject, "text": text, "html": html})


def record_files(contact: Contact, authority: Authority, *, shareable: bool) -> tuple[OutboundFile, ...]:
    """The structured contact record, to fill in and for a machine. Without leave to share it asks, and holds nothing that was read."""
    name = f"contact-record-{contact.reference}"
    files = [OutboundFile(filename=f"{name}.docx", content_type=DOCX, content=build_docx(contact, authority, shareable=shareable))]
    if shareable:
        files.append(OutboundFile(filename=f"{name}.json", content_type="application/json", content=build_json(contact, authority, shareable=True)))
    return tuple(files)


def message_id(kind: LetterKind, reference: str, recipient: str, in_reply_to: str | None, sender: str) -> str:
    """The same letter has the same Message-ID however often it is built: a letter sent twice by a crash is one letter."""
    seed = "\n".join((kind.value, reference, recipient.casefold(), in_reply_to or ""))
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"


def _written(kind: LetterKind, authority: Authority, words: dict[str, object]) -> tuple[str, str]:
    name = f"{kind.value}.txt.j2"
    try:
        written = _environment(authority.folder).get_template(name).render(words)
    except TemplateError as fault:
        number = getattr(fault, "lineno", None)
        line = f", line {number}" if number else ""
        raise WrongSetup(
            f"{authority.folder}/letters/{name}{line}: {type(fault).__name__}. Correct the template, or take it out to use the shared one."
        ) from None
    first, _, rest = written.strip().partition("\n")
    if not first.startswith("Subject: "):
        raise WrongSetup(f"{authority.folder}/letters/{name}, line 1: a letter begins with a line 'Subject: ...'. Add it.")
    return " ".join(first.removeprefix("Subject: ").split()), tidy(rest)


@lru_cache(maxsize=16)
def _environment(folder: str | None) -> ImmutableSandboxedEnvironment:
    """Templates of the authority's own before the shared ones; sandboxed, since a council writes them."""
    places = [*([Path(folder) / "letters"] if folder else []), _SHARED]
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(places),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
