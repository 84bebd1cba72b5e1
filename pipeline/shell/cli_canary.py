"""The command that sends a canary mail."""

from __future__ import annotations

import sys

import typer

canary_app = typer.Typer(rich_markup_mode=None)


@canary_app.command()
def canary() -> None:
    """Send a canary mail to the hub's own mailbox now, and say how the last one fared; exit 1 where it has not come back."""
    from pipeline import canary as bird
    from pipeline.app import open_app
    from pipeline.settings import load_settings

    with open_app(load_settings(), authority=False) as intake:
        good, said = bird.standing(intake.store, intake.settings, intake.now())
        bird.send(intake.store, intake.settings, intake.now())
    sys.stdout.write(f"Sent. Before it: {said}\n")
    if not good:
        raise typer.Exit(1)
