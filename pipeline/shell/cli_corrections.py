"""`mash-intake corrections`: what screeners corrected, as data."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import WrongSetup

corrections_app = typer.Typer(help="What screeners corrected, as data to fit from.", no_args_is_help=True, rich_markup_mode=None)
PURPOSES = ("everything", "values", "labels", "matches")


@corrections_app.callback()
def _group() -> None:
    """What screeners corrected, as data to fit from."""


@corrections_app.command("export")
def export(
    purpose: Annotated[str, typer.Option("--for", help="values, labels, matches, or everything as it was done.")] = "everything",
    since: Annotated[str | None, typer.Option(help="Only what was done from this day on: 2026-11-20.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file; standard output unless given.")] = None,
) -> None:
    """Write JSON Lines. They hold personal data of children: keep them where the referrals are kept, and delete them when the fit is done."""
    from pipeline.app import open_app
    from pipeline.screening.export import export as lines
    from pipeline.settings import load_settings
    from pipeline.shell.cli_keeping import noted

    if purpose not in PURPOSES:
        raise WrongSetup(f"--for takes one of {', '.join(PURPOSES)}.")
    with open_app(load_settings(), authority=False) as intake:
        noted(intake, f"exported corrections: {purpose}")
        texts = (json.dumps(line, ensure_ascii=False) for line in lines(intake.store, purpose, _day(since)))  # type: ignore[arg-type]
        if output is None:
            sys.stdout.writelines(f"{text}\n" for text in texts)
            return
        try:
            output.touch(mode=0o600)
            output.chmod(0o600)
            with output.open("w", encoding="utf-8") as file:
                file.writelines(f"{text}\n" for text in texts)
        except OSError as error:
            raise WrongSetup(f"{output} could not be written: {error.strerror}. Choose another place.") from None


def _day(words: str | None) -> datetime | None:
    if words is None:
        return None
    try:
        return datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise WrongSetup("--since takes a day as 2026-11-20.") from None
