"""What the hub holds and how it does, in counts, ages and moments: safe for a dashboard, a log and a monitor. Nothing of any family, nothing of any sender."""

from __future__ import annotations

from datetime import datetime

from models.base import Frozen


class HourFigures(Frozen):
    """What came in one hour, by the clock of arrival: mails `received` and the `contacts` they opened. `clearly` were read without a person's help."""

    begins: datetime
    received: int = 0
    contacts: int = 0
    urgent: int = 0
    returned: int = 0
    with_person: int = 0

    @property
    def clearly(self) -> int:
        """Contacts that were read well enough to be routed without a person having to open the mail."""
        return self.contacts - self.with_person

    @property
    def unreadable_share(self) -> float:
        """The part of the contacts that a person had to be asked to read."""
        return self.with_person / self.contacts if self.contacts else 0.0


class HubFigures(Frozen):
    """The hub at one moment. `mails` and `letters` are counts by state; `oldest_waiting` is when the mail arrived that has waited longest to be worked through.

    `took` is how long mails of the last hour took from their arrival at the mailbox until they were worked through, in seconds, shortest first. `canary_lost`
    says whether a canary mail did not come back. `console` is where browsers find the screeners' console, if that is known.
    """

    at: datetime
    schema_version: str
    mails: dict[str, int]
    letters: dict[str, int]
    contacts: dict[str, int]
    open_urgent: int = 0
    records: int = 0
    oldest_waiting: datetime | None = None
    oldest_letter: datetime | None = None
    last_good_poll: datetime | None = None
    last_try: datetime | None = None
    alarm: bool = False
    canary_lost: bool = False
    console: str | None = None
    took: tuple[float, ...] = ()
    hours: tuple[HourFigures, ...] = ()

    @property
    def waiting(self) -> int:
        """Mails that are ours and not yet worked through."""
        return self.mails.get("received", 0) + self.mails.get("working", 0)
