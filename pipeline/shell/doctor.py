"""`mash-intake doctor`: is everything there that this deployment needs?"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from models.base import Frozen
from pipeline.errors import IntakeError, WrongSetup
from pipeline.settings import Settings


class Finding(Frozen):
    """One line of the doctor's answer."""

    what: str
    good: bool
    says: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Check one thing after another; a failing check never hides the next."""
    checks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("authority", _authority),
        ("keys", _keys),
        ("store", _store),
        ("existing records", _records),
        ("mailbox", _mailbox),
        ("sender", _sender),
        ("language model", _language),
        ("OCR", _ocr),
        ("sandbox", _sandbox),
        ("older documents", _older_documents),
        ("last poll", _last_poll),
        ("canary", _canary),
        ("clock", _clock),
    )
    for what, check in checks:
        try:
            yield Finding(what=what, good=True, says=check(settings))
        except IntakeError as error:
            yield Finding(what=what, good=False, says=str(error))
        except Exception as error:  # the text of a foreign exception may hold anything: only its kind is told
            yield Finding(what=what, good=False, says=f"failed with {type(error).__name__}")


def _authority(settings: Settings) -> str:
    from pipeline.authorities.forms import own_forms
    from pipeline.edges import authority_of

    name, own = authority_of(settings).name, own_forms(settings.authority)
    return f"{name}, with {len(own)} forms of its own" if own else name


def _keys(settings: Settings) -> str:
    from pipeline.app import open_app
    from pipeline.keeping.keys import lies_beside

    with open_app(settings, authority=False) as intake:
        ring = intake.store.sealer.ring
        if not lies_beside(ring, settings.data_dir):
            return f"from {ring.source}, {len(ring.keys)} held; what is held is sealed"
    return "what is held is sealed, but the key LIES BESIDE THE DATA: who copies the folder can read it. Move it and set MASH_KEY_FILE"


def _store(settings: Settings) -> str:
    from pipeline.app import open_app

    with open_app(settings, authority=False) as intake:
        return intake.store_summary()


def _records(settings: Settings) -> str:
    from pipeline.app import open_app

    with open_app(settings, authority=False) as intake:
        return intake.people.told()


def _mailbox(settings: Settings) -> str:
    from pipeline.edges import mailbox
    from pipeline.ingest.imap import Inbox

    with Inbox(mailbox(settings)) as inbox:
        inbox.state()
        return f"folder {settings.imap_folder} opens, {len(inbox.uids())} messages"


def _sender(settings: Settings) -> str:
    from pipeline.edges import sender

    sender(settings).check()
    return f"signed in as the sender of letters at port {settings.smtp_port or 'default'}"


def _language(settings: Settings) -> str:
    del settings
    from pipeline.extract.narrative import Narrator

    begun = time.perf_counter()
    Narrator().read("doctor", "A sentence.")
    return f"loads and reads, {time.perf_counter() - begun:.1f} s"


def _sandbox(settings: Settings) -> str:
    del settings
    from pipeline.extract.confine import ALL, able

    held = able()
    missing = [one for one in ALL if one not in held]
    told = f"each document is read in a process of its own, with {', '.join(('bounded memory and time', *held))}"
    return f"{told}; this system cannot do: {', '.join(missing)}" if missing else told


def _older_documents(settings: Settings) -> str:
    """A document is really turned over to LibreOffice, in a child as confined as every document's."""
    from models.mail import FileKind
    from pipeline.extract.programs import OFFICE, find_program
    from pipeline.extract.safe import SafeReader, limits

    if find_program(OFFICE) is None:
        return "no LibreOffice: .doc, .rtf and .odt go to a person unread (install libreoffice-writer to read them)"
    begun = time.perf_counter()
    reader = SafeReader(datetime.now(UTC).date(), limits=limits(settings.document_seconds, settings.document_megabytes))
    try:
        found = reader.file(b"{\\rtf1 Name of child: an example}", "doctor", FileKind.RTF)
    finally:
        reader.close()
    if found.problem is not None:
        raise WrongSetup(f"LibreOffice is here and could not turn a document ({found.problem.code}): .doc, .rtf and .odt go to a person unread")
    return f"LibreOffice turns .doc, .rtf and .odt, {time.perf_counter() - begun:.1f} s"


def _ocr(settings: Settings) -> str:
    del settings
    found = shutil.which("tesseract")
    return "tesseract is here: scans are read" if found else "no tesseract: scans go to a person unread (install tesseract-ocr to read them)"


def _last_poll(settings: Settings) -> str:
    from pipeline.app import open_app

    with open_app(settings, authority=False) as intake:
        last = intake.last_good_poll()
    return f"{last:%Y-%m-%d %H:%M} UTC" if last else "none yet"


def _canary(settings: Settings) -> str:
    from pipeline import canary
    from pipeline.app import open_app
    from pipeline.errors import WrongSetup

    with open_app(settings, authority=False) as intake:
        good, said = canary.standing(intake.store, settings, intake.now())
    if not good:
        raise WrongSetup(said)
    return said


def _clock(settings: Settings) -> str:
    del settings
    now = datetime.now(UTC)
    if now.year < 2026:
        from pipeline.errors import WrongSetup

        raise WrongSetup(f"this machine says it is {now:%Y-%m-%d}: set its clock, deadlines are counted by it")
    return f"{now:%Y-%m-%d %H:%M:%S} UTC"
