"""What ops must look at, told from the hub's own figures: one list for the health address, for Prefect's automations and for `doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models.figures import HubFigures

POLL_LATE = timedelta(minutes=10)
WAITS_LONG = timedelta(minutes=30)
LETTER_LONG = timedelta(hours=2)
RECENT_HOURS, EARLIER_HOURS = 6, 48
HOURS = RECENT_HOURS + EARLIER_HOURS
"""The share that a person had to read is compared over these; so many hours of figures are needed to tell."""
FEW_CONTACTS = 12
"""Below so many recent contacts a share says nothing."""

MEANINGS = {
    "never_polled": "no poll has gone through yet",
    "poll_late": "no poll has gone through for ten minutes",
    "census": "mails were seen on the server that are not in the ledger",
    "mail_waits": "a mail has waited more than half an hour to be worked through",
    "letters_stuck": "a letter has waited more than two hours to be sent",
    "canary_lost": "a canary mail was sent to the hub's own mailbox and did not come back",
    "unreadable_rising": "far more mails than before had to be put before a person unread",
}


def troubles(figures: HubFigures) -> Iterator[tuple[str, str]]:
    """Code and words of each."""
    if figures.last_good_poll is None:
        yield "never_polled", "no poll has gone through yet; `mash-intake doctor` says why"
    elif figures.at - figures.last_good_poll > POLL_LATE:
        yield "poll_late", f"no poll has gone through since {figures.last_good_poll:%Y-%m-%d %H:%M} UTC; `mash-intake doctor` says why"
    if figures.alarm:
        yield (
            "census",
            "mails were seen on the server that are not in the ledger; `mash-intake census` says when and how many, and puts the alarm out",
        )
    if figures.oldest_waiting and figures.at - figures.oldest_waiting > WAITS_LONG:
        yield "mail_waits", f"a mail has waited to be worked through since {figures.oldest_waiting:%Y-%m-%d %H:%M} UTC"
    if figures.oldest_letter and figures.at - figures.oldest_letter > LETTER_LONG:
        yield "letters_stuck", f"a letter has waited to be sent since {figures.oldest_letter:%Y-%m-%d %H:%M} UTC"
    if figures.canary_lost:
        yield "canary_lost", "a canary mail did not come back, so referrals may not reach the hub either; `mash-intake canary` says more"
    if (rising := _rising(figures)) is not None:
        yield "unreadable_rising", f"{rising[0]:.0%} of the last contacts were put before a person unread, {rising[1]:.0%} before"


def _rising(figures: HubFigures) -> tuple[float, float] | None:
    """The recent and the earlier share that a person had to read, when the recent is twice the earlier and a quarter at least."""
    recent, earlier = figures.hours[:RECENT_HOURS], figures.hours[RECENT_HOURS:]
    now, then = sum(one.contacts for one in recent), sum(one.contacts for one in earlier)
    if now < FEW_CONTACTS or then < FEW_CONTACTS:
        return None
    share, before = sum(one.with_person for one in recent) / now, sum(one.with_person for one in earlier) / then
    return (share, before) if share >= max(0.25, 2 * before) else None
