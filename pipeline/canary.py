"""A canary mail, end to end: out by our own sender, in by our own mailbox, through the ledger, and noted. What no part of the chain says by itself, it does:
that a referral sent now would be seen.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from models.mail import OutboundMail
from pipeline.edges import sender
from pipeline.errors import IntakeError, WrongSetup
from pipeline.settings import Settings
from pipeline.store import canaries
from pipeline.store.engine import Store

AWAITED = timedelta(days=7)


def send(store: Store, settings: Settings, now: datetime) -> None:
    """Send one now. It is noted first: one that came back before it was noted would be taken for a mail. Raises WrongSetup, Retry or NeedsPerson."""
    if not settings.canary_to or not settings.smtp_from:
        raise WrongSetup("No canary can be sent. Set MASH_CANARY_TO to the address that referrals are sent to, and MASH_SMTP_FROM.")
    edge, message_id = sender(settings), f"<canary.{secrets.token_hex(16)}@{settings.smtp_from.rpartition('@')[2]}>"
    with store.session() as session:
        canaries.sent(session, message_id, now)
    edge.send(
        OutboundMail(
            message_id=message_id,
            sender=settings.smtp_from,
            recipient=settings.canary_to,
            subject="Canary: please leave this mail alone",
            text="This mail shows that mail still reaches the hub. It holds nothing, and is put away by itself.\n",
        )
    )


def send_if_due(store: Store, settings: Settings, now: datetime) -> str | None:
    """Send one where the last is long enough ago. Says what went wrong, if anything, and raises nothing: no letter may wait because of a canary."""
    if not settings.canary_to:
        return None
    with store.reading() as session:
        newest = canaries.newest(session)
    if newest is not None and timedelta(0) <= now - newest[0] < timedelta(minutes=settings.canary_minutes):
        return None
    try:
        send(store, settings, now)
    except IntakeError as error:
        return f"no canary could be sent: {error}"
    return None


def standing(store: Store, settings: Settings, now: datetime) -> tuple[bool, str]:
    """Whether all is well, and in words: what doctor and health say. A canary may take half the time until the next to come back."""
    if not settings.canary_to:
        return True, "none is sent (MASH_CANARY_TO is not set)"
    with store.reading() as session:
        newest, awaited = canaries.newest(session), canaries.oldest_awaited(session, now, AWAITED)
    if newest is None:
        return True, "none was sent yet"
    patience = timedelta(minutes=max(10.0, settings.canary_minutes / 2))
    if awaited is not None and now - awaited > patience:
        return (
            False,
            f"the canary sent at {awaited:%Y-%m-%d %H:%M} UTC has not come back: mail may not reach the hub. Look at sender, mailbox and polls.",
        )
    return True, f"the newest was sent at {newest[0]:%Y-%m-%d %H:%M} UTC, {'and came back' if newest[1] else 'and is on its way'}"
