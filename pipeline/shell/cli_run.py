"""The commands of whoever runs it: `init`, `backfill`, `deploy`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

import typer

if TYPE_CHECKING:
    from pipeline.shell.backfill import Progress
    from pipeline.shell.setting_up import Question

run_app = typer.Typer(rich_markup_mode=None)


@run_app.command()
def init(again: Annotated[bool, typer.Option("--again", help="Write the settings file anew, though there is one.")] = False) -> None:
    """Ask what a deployment must be told, write the settings file, and prove it."""
    from datetime import UTC, datetime

    from pipeline.errors import WrongSetup
    from pipeline.settings import SETTINGS_FILE, load_settings
    from pipeline.shell.doctor import examine
    from pipeline.shell.setting_up import asked, with_key, written

    if (Path.cwd() / SETTINGS_FILE).exists() and not again:
        raise WrongSetup(f"{SETTINGS_FILE} is there already. Change it by hand, or run `mash-intake init --again` to write it anew.")
    given = with_key(asked(_ask), datetime.now(UTC))
    path = written(given, Path.cwd(), again=again)
    _say(
        f"Written: {path}, for you alone. Keep a copy of {given['key_file']} where the backups are not: without it nothing held can be read. Now it is proved:"
    )
    good = True
    for finding in examine(load_settings()):
        good = good and finding.good
        _say(f"{'ok  ' if finding.good else 'FAIL'}  {finding.what}: {finding.says}")
    _say(
        "All is well. Next: `mash-intake records import FILE`, then `mash-intake serve`; docs/console.md tells how screeners sign in."
        if good
        else "Correct what failed in the file, then `mash-intake doctor`."
    )
    if not good:
        raise typer.Exit(1)


def _ask(question: Question) -> str:
    text = f"{question.text} ({'/'.join(question.choices)})" if question.choices else question.text
    answer: str = typer.prompt(text, default=question.default, hide_input=question.secret, show_default=bool(question.default), err=True)
    return answer


@run_app.command()
def backfill(
    source: Annotated[
        str,
        typer.Argument(help="A folder with .eml files, a Maildir or .mbox files; or the name of a folder of the mailbox.", metavar="FOLDER|MAILBOX"),
    ],
) -> None:
    """Read old mail: into contacts that can be found and are shown beside new ones. Sends no letter. Break it off and start it again at will."""
    from pipeline.app import open_app
    from pipeline.errors import Retry
    from pipeline.settings import load_settings
    from pipeline.shell.backfill import take_files, take_mailbox, work_off
    from pipeline.workers.crew import Crew, width_of

    settings = load_settings()
    with open_app(settings) as intake, Crew(width_of(settings.workers), settings) as crew:
        folder = Path(source)
        try:
            with _shown() as tell:
                taken = take_files(intake, folder, tell) if folder.is_dir() else take_mailbox(intake, source, tell)
                crew.start()
                work_off(intake, crew, taken, tell)
        except KeyboardInterrupt:
            raise Retry("Stopped. What was read is kept; the same command goes on where this one ended.") from None
    _say(
        f"{taken.found} mails found, {taken.taken} new, {taken.left} could not be had; {taken.done} worked through, "
        f"{len(taken.references)} contacts, {taken.with_person} with a person; {max(taken.waiting, 0)} to be tried again. No letter was written."
    )


class _shown:  # noqa: N801 - a context manager, used like a function
    """A progress bar on standard error."""

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True))
        self._task = self._bar.add_task("taking in", total=None)
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        if progress.waiting or progress.done:
            self._bar.update(self._task, description="reading", completed=progress.done, total=progress.done + max(progress.waiting, 0))
        else:
            self._bar.update(self._task, completed=progress.found)


@run_app.command()
def deploy(
    pool: Annotated[str, typer.Option(help="The work pool that workers take runs from; it is made when it is not there.")] = "mash-intake",
    silent_minutes: Annotated[int, typer.Option(help="Ring when no poll has gone through for so long.", min=3, max=1440)] = 10,
) -> None:
    """For several machines: make the work pool, the deployments with their schedules and limits, and the alarms at the Prefect server of PREFECT_API_URL."""
    from flows.deploy import deploy as run
    from pipeline.settings import load_settings

    settings = load_settings()
    webhook = settings.ops_webhook.get_secret_value() if settings.ops_webhook else None
    for line in run(pool, silent_minutes, webhook):
        _say(line)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
