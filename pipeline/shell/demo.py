"""`mash-intake demo`: made-up referrals go all the way, offline and without accounts.

Each council of the samples gets an inbox of its own on an embedded mail server. Agencies send their mails to it by SMTP; the hub polls over IMAP
through the Prefect flows, and its letters go out by SMTP. Nothing is simulated but the people.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from models.contact import Contact
from pipeline.app import App
from pipeline.errors import WrongSetup
from pipeline.extract.narrative import Narrator
from pipeline.review.report import render
from pipeline.settings import Settings
from pipeline.shell.embedded import PASSWORD, USER, MailServers, mail_servers
from samples.load import RECORDS, Sample, fill_placeholders, load_samples

if TYPE_CHECKING:
    from flows.embedded import PrefectSession

CONSOLE_PORT = 8700
TABLE_WIDTH = 190
"""Wide enough for a line each where the output is not a terminal, such as a file."""


@dataclass
class Hub:
    """One council's hub: its app, its mail servers, and which contact each sample came to."""

    authority: str
    servers: MailServers
    app: App
    sent: dict[str, str] = field(default_factory=dict)


def demo(data_dir: Path | None, *, stay: bool) -> None:
    """Run the demonstration and print what happened to each message. `stay` leaves the dashboard and the reports up until Ctrl-C."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=TABLE_WIDTH)
    home = data_dir or Path(tempfile.mkdtemp(prefix="mash-intake-demo-"))
    folder = home / f"{datetime.now(UTC):%Y%m%d-%H%M%S}"  # a second run starts afresh and leaves the first one's reports where they are
    folder.mkdir(parents=True, exist_ok=True)
    samples = load_samples()
    from flows.embedded import prefect_session

    with ExitStack() as stack, _progress(console) as bar:
        task = bar.add_task("starting Prefect and the mail servers", total=3 + 2 * len(samples))
        session = stack.enter_context(prefect_session(home))
        bar.advance(task)
        hubs = _hubs(stack, folder, samples)
        bar.update(task, description="loading existing records", advance=1)
        for hub in hubs.values():
            hub.app.import_records(RECORDS, None, lambda _: None)
        bar.advance(task)
        for batch in (tuple(s for s in samples if not s.answers), tuple(s for s in samples if s.answers)):
            for sample in batch:
                _send(hubs[sample.authority], sample)
                bar.update(task, description=f"sent {sample.name}", advance=1)
            for hub in {sample.authority: hubs[sample.authority] for sample in batch}.values():
                bar.update(task, description=f"{hub.authority}: poll, process, deliver")
                _round(hub, session)
                bar.advance(task, sum(sample.authority == hub.authority for sample in batch))
        bar.update(task, description="writing reports")
        reports = _reports(hubs.values(), folder / "reports")
        bar.stop()
        _tell(console, samples, hubs, reports)
        if stay:
            _stay(console, session, folder / "reports", _consoles(stack, hubs))


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True) as bar:
        yield bar


def _hubs(stack: ExitStack, folder: Path, samples: Sequence[Sample]) -> dict[str, Hub]:
    """A hub for each council of the samples; they share one reader and one language model, as worker processes of one machine would."""
    hubs: dict[str, Hub] = {}
    narrator = Narrator()
    for authority in dict.fromkeys(sample.authority for sample in samples):
        servers = stack.enter_context(mail_servers())
        app = App.open(_settings(folder / authority, authority, servers))
        stack.callback(app.close)
        app.narrator = narrator
        if hubs:
            app.reader = next(iter(hubs.values())).app.reader
        hubs[authority] = Hub(authority, servers, app)
    return hubs


def _settings(folder: Path, authority: str, servers: MailServers) -> Settings:
    """Settings of one hub, the environment left out: a demonstration never touches a real mailbox."""
    for name in [name for name in os.environ if name.startswith("MASH_")]:
        del os.environ[name]
    return Settings(
        authority=authority,
        data_dir=folder,
        imap_host="127.0.0.1",
        imap_port=servers.imap_port,
        imap_security="none",
        imap_user=USER,
        imap_password=SecretStr(PASSWORD),
        smtp_host="127.0.0.1",
        smtp_port=servers.outbox_port,
        smtp_security="none",
        smtp_from="mash@example-council.example",
        authserv_id="mx.example-council.example",
    )


def _send(hub: Hub, sample: Sample) -> None:
    """Send one sample; a reply first gets the Message-ID and reference of the letter it answers."""
    raw = sample.raw
    if sample.answers:
        contact = _contact_of(hub, sample.answers)
        if contact is None or not contact.correspondence:
            raise WrongSetup(f"the sample {sample.name} answers a letter to {sample.answers}, and none was written")
        raw = fill_placeholders(raw, contact.correspondence[-1].message_id, contact.reference)
    hub.servers.send_in(raw, "agency@example.org")
    hub.sent[sample.name] = _message_id(raw)


def _message_id(raw: bytes) -> str:
    from pipeline.ingest.message import thread_ids

    return thread_ids(raw)[0] or ""


def _contact_of(hub: Hub, name: str) -> Contact | None:
    """The contact that a sample opened or joined, by its Message-ID."""
    wanted = hub.sent.get(name)
    return next((one for one in hub.app.contacts() if any(message.message_id == wanted for message in one.messages)), None)


def _round(hub: Hub, session: PrefectSession) -> None:
    from flows.rounds import run_round

    run_round(hub.app, session)


def _reports(hubs: Iterable[Hub], folder: Path) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for hub in hubs:
        for contact in hub.app.contacts():
            written[contact.reference] = folder / f"{contact.reference}.html"
            written[contact.reference].write_text(render(contact, hub.app.now(), hub.app.authority), encoding="utf-8")
    return written


def _tell(console: Console, samples: Sequence[Sample], hubs: dict[str, Hub], reports: dict[str, Path]) -> None:
    """The table: what happened to each message, and where its report is."""
    table = Table(title="What happened to each message", title_justify="left", box=None, pad_edge=False)
    for heading in ("message", "council", "form", "children", "decision", "gaps", "urgent", "letter", "contact"):
        table.add_column(heading, overflow="fold")
    for sample in samples:
        table.add_row(*_row(sample, hubs[sample.authority], repeated=sample.expected["duplicate_of"]))
    console.print(table)
    console.print(f"\n{sum(len(hub.servers.letters) for hub in hubs.values())} letters left by SMTP. Reports, one a contact:")
    for path in reports.values():
        console.print(f"  {path}", soft_wrap=True)


def _row(sample: Sample, hub: Hub, repeated: str | None) -> tuple[str, ...]:
    contact = _contact_of(hub, sample.name)
    if contact is None:
        return sample.name, sample.authority, "", "", "no contact", "", "", "", ""
    if repeated:
        return sample.name, sample.authority, "", "", f"the same bytes as {repeated}", "", "", "none", contact.reference
    forms = ", ".join(dict.fromkeys(one.form.type for one in contact.extractions if one.status == "read")) or "none read"
    letters = ", ".join(f"{letter.kind.value} {letter.state}" for letter in contact.correspondence) or "none"
    urgent = "URGENT" if contact.is_urgent else ""
    children, gaps = str(len(contact.record.children)), str(len(contact.gaps))
    return sample.name, sample.authority, forms, children, contact.routing.decision, gaps, urgent, letters, contact.reference


def _consoles(stack: ExitStack, hubs: dict[str, Hub]) -> list[str]:
    """A screeners' console for each council, with a made-up user; what to tell of them."""
    from pipeline.review.web.local import add_user, file_of
    from pipeline.review.web.users import Role
    from pipeline.shell.console import free_port, in_a_thread

    password = secrets.token_urlsafe(9)
    lines = [f"Consoles, one a council; sign in as screener or manager, password {password}:"]
    port = CONSOLE_PORT
    for hub in hubs.values():
        settings = hub.app.settings
        settings.console_sign_in, settings.console_port = "local", free_port(port)
        port = settings.console_port + 1
        for name, role in (("screener", Role.SCREENER), ("manager", Role.MANAGER)):
            add_user(file_of(settings), name, password, frozenset({role}))
        try:
            lines.append(f"  {hub.authority}: {stack.enter_context(in_a_thread(hub.app))}")
        except WrongSetup as error:
            return [f"No console: {error}"]
    return lines


def _stay(console: Console, session: PrefectSession, reports: Path, consoles: list[str]) -> None:
    console.print("\n" + "\n".join(consoles), soft_wrap=True)
    console.print(
        f"\nPrefect's dashboard: {session.dashboard}\nReports: {reports.absolute().as_uri()}\nCtrl-C ends the demonstration.", soft_wrap=True
    )
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        console.print("Stopped.")
