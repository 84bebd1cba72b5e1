"""The commands about what is held: retention, legal holds, erasure, requests to see one's data, the audit, and backups."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import WrongSetup

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pipeline.app import App
    from pipeline.settings import Settings

audit_app = typer.Typer(help="Who did what: the append-only trail.", no_args_is_help=True, rich_markup_mode=None)
hold_app = typer.Typer(help="Legal holds: contacts that stay whatever retention says.", no_args_is_help=True, rich_markup_mode=None)

Reference = Annotated[str, typer.Argument(help="As in LEWI-26-7K3M-9QXT.")]


def add_to(app: typer.Typer, records: typer.Typer) -> None:
    """Put the commands where the others are."""
    records.command("remove")(records_remove)
    app.add_typer(audit_app, name="audit")
    app.add_typer(hold_app, name="hold")
    app.command("purge")(purge)
    app.command("erase")(erase)
    app.command("subject-access")(subject_access)
    app.command("backup")(backup)
    app.command("restore")(restore)


def noted(intake: App, what: str, reference: str | None = None) -> None:
    """Leave a line in the audit: who looked at this machine, at what. A look that cannot be noted is still given: somebody may need it now."""
    from pipeline.errors import Retry
    from pipeline.keeping.held import operator
    from pipeline.store import audit

    try:
        with intake.store.session() as session:
            audit.append(session, operator(), what, reference, intake.now())
    except (Retry, WrongSetup) as error:
        sys.stderr.write(f"mash-intake: this could not be noted in the audit: {error}\n")


def records_remove(record_id: Annotated[str, typer.Argument(help="The record's id, as imported.")]) -> None:
    """Erase one existing record, because it went from where it came from. The index of every process follows."""
    with _opened() as intake:
        if not intake.people.remove(record_id):
            raise WrongSetup("There is no such record, or it is removed already.")
        noted(intake, "removed an existing record")
    _say("Removed.")


def purge(dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False) -> None:
    """Remove what is older than the authority keeps it. Run it with --dry-run first."""
    from pipeline.app import open_app
    from pipeline.keeping.held import operator

    with open_app(_settings()) as intake:
        summary = intake.purge(operator(), dry_run=dry_run)
    for item in summary.items:
        _say(f"{item.what:<8} {item.id[:20]:<20} {item.reference or '':<20} {item.rule}")
    _say(summary.told)


def erase(reference: Reference, sure: Annotated[bool, typer.Option("--sure", help="Yes: it cannot be taken back.")] = False) -> None:
    """Erase one contact with its mails, letters and all that was done to it. The audit keeps that it was erased, by whom and when."""
    from pipeline.keeping.held import operator
    from pipeline.keeping.retention import erase as run

    if not sure:
        raise WrongSetup("This cannot be taken back. Look at the contact first, then give --sure.")
    with _opened() as intake:
        found = intake.contact(reference).reference
        left = run(intake.held, found, operator(), intake.now())
    _say(f"{found} is erased. Backups made before still hold it until they go." + (f" {left[0].upper()}{left[1:]}." if left else ""))


@hold_app.command("add")
def hold_add(reference: Reference, because: Annotated[str, typer.Option(help="The proceedings or inquiry; kept sealed.")]) -> None:
    """Keep a contact until its hold is released."""
    from pipeline.keeping.held import operator
    from pipeline.store import audit, holding

    with _opened() as intake:
        found = intake.contact(reference).reference
        with intake.store.session() as session:
            holding.hold(session, found, operator(), because, intake.now())
            audit.append(session, operator(), "put under a legal hold", found, intake.now())
    _say(f"{found} is held.")


@hold_app.command("release")
def hold_release(reference: Reference) -> None:
    """Let retention run again."""
    from pipeline.keeping.held import operator
    from pipeline.store import audit, holding

    with _opened() as intake:
        found = intake.contact(reference).reference
        with intake.store.session() as session:
            if not holding.release(session, found):
                raise WrongSetup(f"{found} is under no hold.")
            audit.append(session, operator(), "released from a legal hold", found, intake.now())
    _say(f"{found} is no longer held.")


@hold_app.command("list")
def hold_list() -> None:
    """Say what is held, since when, by whom and why."""
    from pipeline.store import holding

    with _opened() as intake:
        noted(intake, "read the reasons of the legal holds")
        with intake.store.reading() as session:
            found = holding.holds(session)
    _say("\n".join(f"{one.reference:<20}{one.at:%Y-%m-%d}  {one.by:<20}{one.because}" for one in found) or "Nothing is held.")


def subject_access(
    person: Annotated[str, typer.Argument(help="A name, a contact's reference, or a record's id.", metavar="PERSON")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A new folder, or a new .zip file.")],
    born: Annotated[str | None, typer.Option(help="Their birth date, as 2016-02-29, 2016-02 or 2016.")] = None,
) -> None:
    """Gather what is held about a person, for somebody to review before it is given out. Third parties are listed."""
    from pipeline.keeping.held import operator
    from pipeline.keeping.subject import gather

    if output.exists():
        raise WrongSetup(f"{output} is there already: choose a new name, so that two people's files never mix.")
    with _opened() as intake:
        found = gather(intake.held, person, born, operator(), intake.now())
    try:
        _write_all(output, found.files)
    except OSError as error:
        raise WrongSetup(
            f"{output} could not be written ({error.strerror}): remove what there is of it, then choose a folder that there is, with room"
        ) from None
    _say(f"{len(found.references)} contacts and {found.records} records, in {output}. Review it before anything is given out: README.txt says how.")


@audit_app.command("verify")
def audit_verify(
    head: Annotated[str | None, typer.Option(help="A head noted earlier, as this command prints it.", metavar="NUMBER:CHAIN")] = None,
) -> None:
    """Check the trail from end to end, and print its head: note it where this machine's owner cannot change it."""
    from pipeline.store import audit

    with _opened() as intake, intake.store.reading() as session:
        found, end = audit.faults(session), audit.head(session)
        number, _, chain = (head or "").partition(":")
        if head and not (number.isdigit() and chain):
            raise typer.BadParameter("give it as it was printed, NUMBER:CHAIN")
        rewritten = bool(head) and not audit.holds(session, audit.Head(int(number), chain))
    for fault in found:
        _say(f"row {fault.number}: {fault.kind}" + (f", written as row {fault.instead}" if fault.instead else ""))
    if rewritten:
        _say(f"the trail does not go through the head {head}: it was rewritten, or an older copy was put back")
    if found or rewritten:
        raise typer.Exit(1)
    _say(f"{end.number} rows, the chain holds. Head: {end.number}:{end.chain}")


@audit_app.command("show")
def audit_show(reference: Annotated[str | None, typer.Argument(help="Of one contact; all unless given.")] = None) -> None:
    """Print the trail. That it was printed is in it too."""
    from pipeline.store import audit

    with _opened() as intake:
        noted(intake, "printed the audit", reference)
        with intake.store.reading() as session:
            for row in audit.rows(session, reference):
                _say(f"{row.id:>8}  {row.at:%Y-%m-%d %H:%M:%S}  {row.who:<24}{row.reference or '':<20}{row.what}")


def backup(
    file: Annotated[Path, typer.Argument(help="A new file.")],
    without_store: Annotated[bool, typer.Option(help="The kept mails alone: PostgreSQL is copied with pg_dump.")] = False,
) -> None:
    """Copy the store and every kept mail to one file, while the hub runs. The key is not in it: keep a copy of that elsewhere."""
    from pipeline.keeping.backup import backup as run
    from pipeline.keeping.held import operator

    with _opened() as intake:
        mails = run(intake.held, file, operator(), intake.now(), without_store=without_store)
        key = intake.store.sealer.ring.newest.id
    _say(f"{mails} mails{'' if without_store else ' and the store'}, in {file}. It opens only with the key {key}, which is not in it.")


def restore(file: Annotated[Path, typer.Argument(help="A file that `mash-intake backup` wrote.")]) -> None:
    """Unpack a backup into an empty data folder, with the key given by MASH_KEY or MASH_KEY_FILE, and check all of it.

    A backup of the mails alone wants the database back first, and MASH_DATABASE_URL set to it.
    """
    from pipeline.edges import keys_of
    from pipeline.keeping.backup import restore as run

    settings = _settings()
    mails, wrong = run(file, settings.data_dir, lambda: keys_of(settings), settings.database_url)
    for fault in wrong:
        _say(f"WRONG  {fault}")
    _say(
        f"{mails} mails and the store are back in {settings.data_dir}"
        + (", but not whole: see above." if wrong else "; everything opens and is whole.")
    )
    if wrong:
        raise typer.Exit(1)


def _write_all(output: Path, files: dict[str, bytes]) -> None:
    """As a folder, or as one zip file: for the owner alone, as the process makes all its files."""
    if output.suffix.lower() == ".zip":
        with (
            os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened,
            zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            for name, data in files.items():
                packed.writestr(name, data)
        return
    for name, data in files.items():
        path = output / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(data)


def _opened() -> AbstractContextManager[App]:
    from pipeline.app import open_app

    return open_app(_settings(), authority=False)


def _settings() -> Settings:
    from pipeline.settings import load_settings

    return load_settings()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
