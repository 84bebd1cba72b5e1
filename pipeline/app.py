"""The composition: settings become edges, and the stages are joined to the store. The whole life of a mail is `poll`, `process`, `deliver`.

poll      fetch → bytes kept by sha256 → ledger row committed → only then moved on the server
process   claim → parse → read → narrative → match → route → ONE transaction: contact, letters, ledger
deliver   take a letter → SMTP → note that it went
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from models.authority import Authority
from models.contact import Contact
from models.figures import HubFigures
from models.matching import HouseholdMatch, MatchResult, Query
from models.record import Record
from models.runs import DeliverSummary, ImportSummary, PollSummary, ProcessSummary, PurgeSummary, WatchSummary
from pipeline import afterwards, canary
from pipeline.arriving import first_mail
from pipeline.delivering import Deliverer
from pipeline.edges import authority_of, keys_of, mailbox, sender
from pipeline.errors import Retry, WrongSetup
from pipeline.extract.safe import SafeReader
from pipeline.keeping import retention
from pipeline.keeping.held import Held
from pipeline.opening import OpenedMail, opened
from pipeline.people import PeopleIndex, import_file
from pipeline.polling import Poller
from pipeline.screening.screener import Screening
from pipeline.settings import Settings
from pipeline.shelf import open_reader
from pipeline.store import contacts, figures, ledger, outbox, owners
from pipeline.store.blobs import Blobs
from pipeline.store.engine import Store, open_store
from pipeline.story import Stages
from pipeline.watching import Watcher
from pipeline.work import Worker
from pipeline.work_old import OldWorker

if TYPE_CHECKING:
    from pipeline.extract.narrative import Narrator

LEASE = timedelta(minutes=10)


@contextmanager
def open_app(settings: Settings, *, authority: bool = True) -> Iterator[App]:
    """The app on its store. `authority=False` for what needs no council's rules, such as looking."""
    intake = App.open(settings, authority=authority)
    try:
        yield intake
    finally:
        intake.close()


class App:
    """Everything joined. Models and indexes load when first needed, once a process."""

    def __init__(self, settings: Settings, store: Store, authority: Authority | None, clock: Callable[[], datetime]) -> None:
        self.settings, self.store, self._authority, self.now = settings, store, authority, clock
        self.blobs = Blobs(settings.data_dir / "mail", store.sealer)
        self.owner = owners.me()
        self._closing: list[Callable[[], object]] = [store.close]

    @classmethod
    def open(cls, settings: Settings, *, authority: bool = True, clock: Callable[[], datetime] | None = None) -> App:
        """Open the store and read the council's rules. Raises WrongSetup or Retry in one line."""
        rules = authority_of(settings) if authority else None
        try:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise WrongSetup(f"the data folder {settings.data_dir} cannot be made ({error.strerror}); set MASH_DATA_DIR to one that can") from None
        return cls(settings, open_store(settings.store_url, keys_of(settings)), rules, clock or (lambda: datetime.now(UTC)))

    def when_closed(self, act: Callable[[], object]) -> None:
        """Have something given back with the rest."""
        self._closing.append(act)

    def close(self) -> None:
        """Give everything back."""
        while self._closing:
            self._closing.pop()()

    # --- what is loaded when needed

    @property
    def authority(self) -> Authority:
        """The council's rules."""
        if self._authority is None:
            self._authority = authority_of(self.settings)
        return self._authority

    @cached_property
    def reader(self) -> SafeReader:
        """The reader of documents, each in a child process."""
        opened = open_reader(self.settings, (), self.now().date())
        reader = opened.__enter__()
        self._closing.append(lambda: opened.__exit__(None, None, None))
        return reader

    @cached_property
    def narrator(self) -> Narrator:
        """The language model and the terms. Imported here: looking at contacts needs no language model."""
        from pipeline.extract.narrative import Narrator

        return Narrator()

    @cached_property
    def held(self) -> Held:
        """All that is held: what keys, retention and requests to see one's data are about."""
        return Held(self.store, self.blobs, self.settings.data_dir)

    @cached_property
    def people(self) -> PeopleIndex:
        """The index of existing records; it follows the store, and all processes of this machine share its file."""
        return PeopleIndex(self.store, self.settings.match_weights, self.settings.data_dir)

    @cached_property
    def stages(self) -> Stages:
        """What a mail's story is told with. The language model loads with the first text."""
        narrate = lambda name, text: self.narrator.read(name, text)  # noqa: E731, PLW0108 - an attribute here would load it now
        return Stages(self.authority, self.reader, narrate, self.people.household, self._open_mail)

    def _open_mail(self, raw: bytes) -> OpenedMail:
        return opened(raw, self.reader)

    @cached_property
    def worker(self) -> Worker:
        """What works a mail through."""
        return Worker(self.store, self.blobs, self.stages, self.settings)

    @cached_property
    def old_worker(self) -> OldWorker:
        """What works old mail through: no letters, and contacts that wait for nobody."""
        return OldWorker(self.store, self.blobs, self.stages, self.settings)

    @cached_property
    def screening(self) -> Screening:
        """What a screener does to a contact."""
        return Screening(
            self.store, self.stages, partial(first_mail, self.blobs, self.settings, self.authority, self._open_mail), self.settings.smtp_from
        )

    def check_settings(self) -> None:
        """Whether everything is set that a round needs. Raises WrongSetup naming what is not, before anything slow is started."""
        mailbox(self.settings)

    # --- the life of a mail

    def poll_once(self) -> PollSummary:
        """One pass over the inbox. Raises Retry or WrongSetup in one line; what was taken before the fault is kept."""
        self.store.check_version()
        return Poller(self.store, self.blobs, self.now).poll(mailbox(self.settings))

    def pending(self) -> list[int]:
        """Ledger ids of mails to work through, oldest first. Mails given up on without a contact get one here: nothing waits where nobody looks."""
        self.store.check_version()
        self.worker.adopt_orphans(self.now())
        with self.store.reading() as session:
            return ledger.pending(session, self.now())

    def process(self, ledger_id: int) -> ProcessSummary:
        """Work one mail through. A fault of the world puts it back for later; any other puts it before a person. Nothing is ever dropped."""
        self.store.check_version()
        with self.store.session() as session:
            claimed = ledger.claim(session, self.owner, self.now(), LEASE, only=ledger_id)
        if claimed is None:
            return ProcessSummary(ledger_id=ledger_id, state="elsewhere")
        worker = self.old_worker if claimed.old else self.worker
        try:
            return worker.work(claimed, self.now())
        except (Retry, WrongSetup) as error:
            return self._later(claimed, type(error).__name__)
        except Exception as error:  # a fault of ours or a hostile mail: a person gets it at once; the error's text may hold personal data
            return worker.give_up(claimed, type(error).__name__, self.now())

    def _later(self, claimed: ledger.Claimed, code: str) -> ProcessSummary:
        """Back to the queue with a wait; after the last attempt with a person."""
        if claimed.attempt >= ledger.MOST_ATTEMPTS:
            return (self.old_worker if claimed.old else self.worker).give_up(claimed, code, self.now())
        with self.store.session() as session:
            ledger.fail(session, claimed, self.now(), code)
        return ProcessSummary(ledger_id=claimed.id, state="retry")

    def deliver_due(self) -> DeliverSummary:
        """Send what is due. A letter that cannot go waits and stays visible."""
        self.store.check_version()
        told = self._deliver()
        wrong = canary.send_if_due(self.store, self.settings, self.now())
        return told.model_copy(update={"note": "; ".join(filter(None, (told.note, wrong))) or None})

    def _deliver(self) -> DeliverSummary:
        with self.store.reading() as session:
            ready = outbox.due(session, self.now())
        if not ready:
            return DeliverSummary()
        if not self.settings.smtp_host:
            return DeliverSummary(waiting=len(ready), note=f"{len(ready)} letters wait: MASH_SMTP_HOST is not set")
        return Deliverer(self.store, sender(self.settings), self.authority, self.now).deliver(ready)

    def purge(self, who: str, *, dry_run: bool) -> PurgeSummary:
        """Remove what is older than the authority keeps it, or only tell."""
        return retention.purge(self.held, self.authority, who, self.now(), dry_run=dry_run)

    def watch(self) -> WatchSummary:
        """Which contacts' clocks need somebody."""
        return Watcher(self.store, self.authority, self.settings.smtp_from).watch(self.now())

    # --- looking

    def contact(self, reference: str) -> Contact:
        """One contact, its letters as the outbox has them. Raises WrongSetup when there is none."""
        with self.store.reading() as session:
            saved = contacts.get(session, reference)
            if saved is None:
                raise WrongSetup(f"There is no contact {reference[:24]!r}. `mash-intake contacts` lists them.")
            return saved.contact.model_copy(update={"correspondence": outbox.correspondence(session, saved.contact.reference)})

    def contacts(self, limit: int = 0) -> Iterator[Contact]:
        """Contacts, newest first; 0 is all."""
        with self.store.reading() as session:
            for saved in contacts.newest(session, limit or None):
                yield saved.contact.model_copy(update={"correspondence": outbox.correspondence(session, saved.contact.reference)})

    def pass_on(self, reference: str, to: str, by: str) -> Contact:
        """A person passes a contact on. Raises WrongSetup when there is none, or nobody is named."""
        return afterwards.passed_on(self.store, self.contact(reference).reference, to.strip(), by.strip(), self.now())

    def match(self, query: Query) -> MatchResult:
        """Look one person up."""
        return self.people.match(query)

    def household(self, queries: Sequence[Query], record: Record) -> HouseholdMatch:
        """Look everyone on a form up."""
        return self.people.household(queries, record)

    def import_records(self, file: Path, mapping: Path | None, progress: Callable[[int], object]) -> ImportSummary:
        """Load existing records."""
        return import_file(self.store, file, mapping, progress)

    def store_summary(self) -> str:
        """What is held, in counts."""
        with self.store.reading() as session:
            states = ledger.counts(session)
        return f"opens; mails: {', '.join(f'{count} {state}' for state, count in states.items())}"

    def figures(self, hours: int = 0) -> HubFigures:
        """What the hub holds and how it does, with its last hours: counts, ages and moments."""
        with self.store.reading() as session:
            found = figures.hub(session, self.now(), hours)
        back, _ = canary.standing(self.store, self.settings, self.now())
        return found.model_copy(update={"canary_lost": not back, "console": self.settings.console_url})

    def last_good_poll(self) -> datetime | None:
        """When a poll last went through."""
        with self.store.reading() as session:
            return ledger.last_good_poll(session)
