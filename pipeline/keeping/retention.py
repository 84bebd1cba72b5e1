"""Retention: what is old enough to go by the authority's own rules, first told, then removed; what is open or held stays whatever its age."""

from __future__ import annotations

import calendar
import shutil
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from models.authority import Authority
from models.contact import Contact
from models.hub import Retention
from models.runs import PurgeItem, PurgeSummary
from pipeline.errors import WrongSetup
from pipeline.keeping.held import Held
from pipeline.store import audit, holding
from pipeline.store.scrub import scrub

OLDEST_CHILD = 19
"""Years. A birth date that makes a child older than this when the mail came is somebody else's, or misread: the last change counts instead."""
STRAY_SECONDS = 24 * 3600.0
"""A kept mail that nothing knows of is left alone for a day: it may be one that is just being taken in."""


def due(held: Held, authority: Authority, now: datetime) -> tuple[PurgeItem, ...]:
    """Everything that may go now, in the order in which it goes: contacts first, for their mails and letters go with them."""
    order = ("contact", "letters", "mail", "files")
    rules = sorted((rule for rule in authority.retention if rule.what in order), key=lambda rule: order.index(rule.what))
    return tuple(item for rule in rules for item in _due_by(held, rule, now))


def _due_by(held: Held, rule: Retention, now: datetime) -> Iterator[PurgeItem]:
    latest = before(now, rule)
    if rule.what == "files":
        for folder in sorted(held.pages.glob("*")):
            if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < latest:
                yield PurgeItem(what="files", id=folder.name, rule=rule.rule)
        return
    with held.store.reading() as session:
        if rule.what == "mail":
            for sha256, reference in holding.old_mails(session, latest):
                yield PurgeItem(what="mail", id=sha256, reference=reference, rule=rule.rule)
        elif rule.what == "letters":
            for number, reference in holding.old_letters(session, latest):
                yield PurgeItem(what="letters", id=str(number), reference=reference, rule=rule.rule)
        else:
            for contact, changed in holding.settled(session, now if rule.from_birth else latest):
                if kept_until(contact, changed, rule) < now:
                    yield PurgeItem(what="contact", id=contact.reference, reference=contact.reference, rule=rule.rule)


def kept_until(contact: Contact, changed: datetime, rule: Retention) -> datetime:
    """When a contact may go: counted from the birth of its youngest child where the rule says so and the birth is known, otherwise from the last change."""
    births = [_birth(child.date_of_birth or child.expected_delivery_date) for child in contact.record.children]
    known = [birth for birth in births if birth is not None]
    received = contact.received_at.date()
    if rule.from_birth and rule.years and known and len(known) == len(births):
        youngest = max(known)
        if _later(youngest, OLDEST_CHILD) > received:
            return max(datetime.combine(_later(youngest, rule.years), datetime.min.time(), UTC), changed)
    return changed + timedelta(days=rule.days) if rule.days else datetime.combine(_later(changed.date(), rule.years or 0), changed.timetz())


def before(now: datetime, rule: Retention) -> datetime:
    """What was last changed before this moment is old enough."""
    return now - timedelta(days=rule.days) if rule.days else datetime.combine(_later(now.date(), -(rule.years or 0)), now.timetz())


def _birth(text: str | None) -> date | None:
    """The last day that a date, which may be a year or a month, can mean."""
    try:
        year, month, day = ([int(part) for part in (text or "").split("-")] + [0, 0])[:3]
        return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, month=3, day=1)


def purge(held: Held, authority: Authority, who: str, now: datetime, *, dry_run: bool) -> PurgeSummary:
    """Remove what is due, each thing in a transaction of its own, and leave a line in the audit for it. `dry_run` only tells."""
    items = due(held, authority, now)
    if dry_run:
        return PurgeSummary(items=items, dry_run=True)
    gone = tuple(item for item in items if remove(held, item, who, now))
    strays = _strays(held)
    return PurgeSummary(items=gone, strays=strays, note=_written_anew(held) if gone or strays else None)


def _written_anew(held: Held) -> str | None:
    """What was removed leaves the database's file too. Says so where that must wait: what was removed is removed all the same."""
    try:
        scrub(held.store.engine)
    except Exception:  # another process is writing
        return "the database file is written anew by the next purge: another process was using it"
    return None


def remove(held: Held, item: PurgeItem, who: str, now: datetime, *, even_open: bool = False) -> bool:
    """Remove one thing for good, unless its contact was put under a hold or opened again since it was found due.

    First what tells of it, then its bytes: a crash between leaves a stray, which goes later.
    """
    mails: Iterable[str] = ()
    with held.store.session() as session:
        if item.reference and (holding.is_held(session, item.reference) or (not even_open and holding.is_open(session, item.reference))):
            return False
        if item.what == "contact":
            mails = holding.erase(session, item.id)
        elif item.what == "letters":
            holding.forget_letter(session, int(item.id))
        elif item.what == "mail":
            holding.forget_mail(session, item.id)
            mails = (item.id,)
        audit.append(session, who, f"purged by retention: {item.what} ({item.rule})", item.reference, now)
    for sha256 in (*mails, *((item.id,) if item.what == "files" else ())):
        remove_bytes(held, sha256, pictures_only=item.what == "files")
    return True


def remove_bytes(held: Held, sha256: str, *, pictures_only: bool = False) -> None:
    """A mail's bytes and the pictures of its pages."""
    if not pictures_only:
        held.blobs.delete(sha256)
    shutil.rmtree(held.pages / sha256, ignore_errors=True)


def _strays(held: Held) -> int:
    """Kept mails that nothing knows of any more."""
    with held.store.reading() as session:
        known = holding.known_mails(session)
    newest = time.time() - STRAY_SECONDS
    stray = [sha256 for sha256 in held.blobs.names() if sha256 not in known and held.blobs.written_at(sha256) < newest]
    for sha256 in stray:
        remove_bytes(held, sha256)
    return len(stray)


def erase(held: Held, reference: str, who: str, now: datetime) -> str | None:
    """Erase one contact at once, as a decision of the authority; what is left to do, where something is. Raises WrongSetup when it is under a legal hold."""
    item = PurgeItem(what="contact", id=reference, reference=reference, rule="erasure decided")
    if not remove(held, item, who, now, even_open=True):
        raise WrongSetup(f"contact {reference} is under a legal hold: release it first (`mash-intake hold release`)")
    return _written_anew(held)
