"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.errors import IntakeError, place_of
from pipeline.private import keep_private
from pipeline.shell import cli_keeping
from pipeline.shell.cli_canary import canary_app
from pipeline.shell.cli_census import census_app
from pipeline.shell.cli_console import console_app
from pipeline.shell.cli_corrections import corrections_app
from pipeline.shell.cli_keys import keys_app
from pipeline.shell.cli_run import run_app

app = typer.Typer(
    name="mash-intake",
    help="Reads child-safeguarding referrals out of a council's inbox, and shows a person what it read and how sure it is.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
records_app = typer.Typer(help="Existing records: the people the hub already knows.", no_args_is_help=True, rich_markup_mode=None)
forms_app = typer.Typer(help="Form definitions: what we know of particular forms.", no_args_is_help=True, rich_markup_mode=None)
letters_app = typer.Typer(help="The authority's letters.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(records_app, name="records")
app.add_typer(letters_app, name="letters")
app.add_typer(forms_app, name="forms")
app.add_typer(keys_app, name="keys")
app.add_typer(run_app)
app.add_typer(canary_app)
app.add_typer(census_app)
cli_keeping.add_to(app, records_app)
app.add_typer(console_app, name="console")
app.add_typer(corrections_app, name="corrections")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Files: .docx, .pdf, .eml and whatever else people send.", metavar="PATH...")],
    as_json: AsJson = False,
) -> None:
    """Read referral forms out of files. Needs no database and no mailbox."""
    from pipeline.shelf import FileShelf
    from pipeline.shell import show

    with FileShelf.open(_settings()) as shelf:
        for extraction in shelf.read_paths(paths):
            _say(extraction.model_dump_json() if as_json else show.extraction(extraction))


@app.command()
def narrative(
    file: Annotated[str, typer.Argument(help='JSON Lines of {"id", "text"}; - is standard input.')],
    as_json: AsJson = False,
) -> None:
    """Tell fact, reported and opinion apart, and name the concerns."""
    from pipeline.extract.narrative import Narrator
    from pipeline.shell import show
    from pipeline.shell.jsonlines import read_objects

    narrator = Narrator()
    for number, line in read_objects(file):
        answer = narrator.read(str(line.get("id", number)), str(line.get("text") or ""))
        _say(answer.model_dump_json() if as_json else show.narrative(answer))


@records_app.command("import")
def records_import(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet with the columns of docs/records.md.")],
    mapping: Annotated[Path | None, typer.Option("--map", help="A TOML file that says which of your columns is which of ours.")] = None,
) -> None:
    """Load existing records. Run it again whenever they change: a record is known by its record_id."""
    from pipeline.app import open_app
    from pipeline.shell.show import import_with_progress

    with open_app(_settings(), authority=False) as intake:
        cli_keeping.noted(intake, "imported existing records")
        import_with_progress(intake, file, mapping)


@app.command()
def match(
    file: Annotated[str, typer.Argument(help="JSON Lines of people to look up; - is standard input.")],
    as_json: AsJson = False,
) -> None:
    """Look people up among the imported records."""
    from models.matching import Query
    from pipeline.app import open_app
    from pipeline.shell import show
    from pipeline.shell.jsonlines import read_models

    with open_app(_settings(), authority=False) as intake:
        cli_keeping.noted(intake, "looked people up among existing records")  # first: what is broken off was looked at all the same
        for query in read_models(file, Query):
            answer = intake.match(query)
            _say(answer.model_dump_json() if as_json else show.match(answer))


@app.command()
def poll(
    once: Annotated[bool, typer.Option("--once", help="One pass, then stop.")] = False,
    every: Annotated[int, typer.Option(help="Seconds between passes.", min=5)] = 60,
) -> None:
    """Take mail in, make contacts of it, and send the letters."""
    from pipeline.app import open_app
    from pipeline.shell import show
    from pipeline.shell.rounds import rounds

    with open_app(_settings()) as intake:
        for summary in rounds(intake, once=once, every=every):
            _say(show.round_summary(summary))


@app.command()
def contacts(as_json: AsJson = False, limit: Annotated[int, typer.Option(help="How many at the most; 0 is all.")] = 0) -> None:
    """List the contacts, newest first."""
    from pipeline.app import open_app
    from pipeline.shell import show

    with open_app(_settings(), authority=False) as intake:
        found = intake.contacts(limit)
        if as_json:
            cli_keeping.noted(intake, "read contacts whole, newest first")
            for contact in found:
                _say(contact.model_dump_json())
        else:
            _say(show.contacts(list(found)))


@app.command()
def contact(reference: Annotated[str, typer.Argument(help="As in LEWI-26-7K3M-9QXT.")], as_json: AsJson = False) -> None:
    """Show one contact whole."""
    from pipeline.app import open_app
    from pipeline.shell import show

    with open_app(_settings(), authority=False) as intake:
        found = intake.contact(reference)
        cli_keeping.noted(intake, "read the contact", found.reference)
        _say(found.model_dump_json() if as_json else show.contact(found))


@app.command()
def report(
    reference: Annotated[str, typer.Argument(help="As in LEWI-26-7K3M-9QXT.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The HTML file to write.")],
) -> None:
    """Write the extraction confidence report of one contact: a single HTML file."""
    from pipeline.app import open_app
    from pipeline.review.report import render

    with open_app(_settings(), authority=False) as intake:
        found, now = intake.contact(reference), intake.now()
        cli_keeping.noted(intake, "wrote the confidence report to a file", found.reference)
        rules = intake.authority if intake.settings.authority else None
    _write(output, render(found, now, rules))
    _say(f"Written: {output}")


@app.command()
def record(
    reference: Annotated[str, typer.Argument(help="As in LEWI-26-7K3M-9QXT.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write: .pdf for your own file, .docx or .json as a referrer gets it.")],
    shareable: Annotated[bool, typer.Option(help="With what was read, for a sender who may have it; without, only the questions.")] = False,
) -> None:
    """Write the structured contact record of one contact."""
    from pipeline.app import open_app
    from pipeline.papers import paper_of

    with open_app(_settings()) as intake:
        found = intake.contact(reference)
        data = paper_of(output.suffix.lower(), found, intake.authority, intake.now(), shareable=shareable)
        cli_keeping.noted(intake, "wrote the contact record to a file", found.reference)
    _write(output, data)
    _say(f"Written: {output}")


@app.command("pass")
def pass_on(
    reference: Annotated[str, typer.Argument(help="As in LEWI-26-7K3M-9QXT.")],
    to: Annotated[str, typer.Option("--to", help="The team or worker who takes the contact over.")],
    by: Annotated[str, typer.Option("--by", help="Your user id, for the history.")],
) -> None:
    """Pass a contact to a team or worker. Its clocks go with it, and the duty to acknowledge."""
    from pipeline.app import open_app

    with open_app(_settings(), authority=False) as intake:
        changed = intake.pass_on(reference, to, by)
    _say(f"{changed.reference} passed to {changed.routing.pass_to}")


@forms_app.command("list")
def forms_list() -> None:
    """List the form definitions."""
    from pipeline.authorities.forms import load_forms, own_forms
    from pipeline.shell import show

    _say(show.forms((*load_forms(), *own_forms(_settings().authority))))


@forms_app.command("check")
def forms_check(
    definition: Annotated[Path, typer.Argument(help="Your form definition, a TOML file.", metavar="FILE.toml")],
    samples: Annotated[list[Path] | None, typer.Argument(help="Filled forms to try it on.", metavar="[SAMPLE...]")] = None,
) -> None:
    """Check a form definition of your own, and show what it finds in filled samples."""
    from pipeline.authorities.forms import load_form
    from pipeline.shelf import FileShelf
    from pipeline.shell import show

    mine = load_form(definition)
    _say(show.form(mine))
    if samples:
        with FileShelf.open(_settings()) as shelf:
            for trial in shelf.try_form(mine, samples):
                _say(show.trial(trial, mine))


@app.command()
def export(
    reference: Annotated[str, typer.Argument(help="As in LEWI-26-7K3M-9QXT.")],
    system: Annotated[str, typer.Option("--as", help="lcs, ehm, csv, or a mapping of the authority's own.")] = "csv",
) -> None:
    """Print one contact for a case system, a row a child, as CSV."""
    from pipeline.app import open_app
    from pipeline.route.export import export_text

    with open_app(_settings()) as intake:
        found = intake.contact(reference)
        text = export_text(found, system, intake.authority)
        cli_keeping.noted(intake, "exported the contact", found.reference)
        sys.stdout.write(text)


@app.command()
def agencies() -> None:
    """Say which questions each organisation's referrals leave open, and how often."""
    from pipeline.app import open_app
    from pipeline.route.feedback import feedback
    from pipeline.shell import show

    with open_app(_settings()) as intake:
        _say(show.agencies(feedback(intake.contacts(), intake.authority)))


@letters_app.command("preview")
def letters_preview(
    kind: Annotated[
        str | None, typer.Argument(help="acknowledgement, incomplete, wrong_form, could_not_open, reminder or completed; all unless given.")
    ] = None,
) -> None:
    """Show the authority's letters, written to a made-up referrer."""
    from datetime import UTC, datetime

    from models.contact import LetterKind
    from pipeline.edges import authority_of
    from pipeline.route.preview import preview

    if kind is not None and kind not in set(LetterKind):
        raise typer.BadParameter(f"'{kind}' is none of {', '.join(LetterKind)}")
    authority = authority_of(_settings())
    for one in LetterKind:
        if kind in (None, one.value):
            letter = preview(one, authority, datetime.now(UTC))
            _say(f"== {one.value}\nSubject: {letter.subject}\n\n{letter.text}\n")


@app.command()
def schema(name: Annotated[str, typer.Argument(help="extraction, narrative, query, match or contact.")] = "extraction") -> None:
    """Print the JSON schema of what the commands answer."""
    import json

    _say(json.dumps(_schema_of(name), indent=1))


@app.command()
def serve() -> None:
    """Run everything on this machine: Prefect's dashboard, and the flows on their schedules."""
    from pipeline.shell.serve import serve as run

    run(_settings())


@app.command()
def demo(
    data_dir: Annotated[Path | None, typer.Option(help="Where to keep what the demonstration makes; a temporary folder unless given.")] = None,
    stay: Annotated[bool, typer.Option("--serve", help="Leave the dashboard and the reports up to look at.")] = False,
) -> None:
    """Watch made-up referrals go all the way, offline: real mail, real forms, real letters."""
    from pipeline.shell.demo import demo as run

    run(data_dir, stay=stay)


@app.command()
def doctor() -> None:
    """Check mailbox, sender, store, language model, OCR and clock."""
    from pipeline.shell.doctor import examine

    healthy = True
    for finding in examine(_settings()):
        healthy = healthy and finding.good
        _say(f"{'ok  ' if finding.good else 'FAIL'}  {finding.what}: {finding.says}")
    if not healthy:
        raise typer.Exit(1)


def main() -> None:
    """Run a command. A user sees one line on standard error, never a traceback; exit 0 done, 2 wrong use, 1 anything else."""
    try:
        keep_private()
        app()
    except IntakeError as error:
        _fail(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        _fail("Stopped.")
    except Exception as error:  # the exception's own text may hold personal data: only its kind and place are told
        _fail(f"A fault of ours: {type(error).__name__} at {place_of(error)}. Nothing was lost; please report this line.")


def _settings() -> Any:
    from pipeline.settings import load_settings

    return load_settings()


def _schema_of(name: str) -> dict[str, Any]:
    from pydantic import BaseModel

    from models.contact import Contact
    from models.extraction import Extraction
    from models.matching import MatchResult, Query
    from models.narrative import Narrative

    known: dict[str, type[BaseModel]] = {"extraction": Extraction, "narrative": Narrative, "query": Query, "match": MatchResult, "contact": Contact}
    if name not in known:
        raise typer.BadParameter(f"'{name}' is none of {', '.join(known)}")
    return known[name].model_json_schema()


def _write(path: Path, text: str | bytes) -> None:
    from pipeline.errors import WrongSetup

    try:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    except OSError as error:
        raise WrongSetup(f"{path} could not be written: {error.strerror}. Choose another place.") from None


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _fail(text: str) -> None:
    sys.stderr.write(f"mash-intake: {text}\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
