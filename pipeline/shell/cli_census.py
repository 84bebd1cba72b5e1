"""The command that tells the alarms of the census, and puts them out."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

census_app = typer.Typer(rich_markup_mode=None)


@census_app.command()
def census(
    seen: Annotated[bool, typer.Option("--seen", help="You have looked for these mails in the mailbox: put the alarms out.")] = False,
) -> None:
    """Say which mails the polls saw on the server that are not in the ledger; exit 1 where there are any."""
    from pipeline.app import open_app
    from pipeline.settings import load_settings
    from pipeline.shell.cli_keeping import noted
    from pipeline.store import census as counted

    with open_app(load_settings(), authority=False) as intake:
        with intake.store.session() as session:
            found = counted.alarms(session)
            if seen:
                counted.put_out(session)
        if seen and found:
            noted(intake, "put out the alarms of the census")
    for at, alarm in found:
        sys.stdout.write(f"{at:%Y-%m-%d %H:%M} UTC  {alarm}\n")
    if not found:
        sys.stdout.write("Every mail that the polls saw is in the ledger.\n")
    elif seen:
        sys.stdout.write("Put out. What the next poll finds sounds a new alarm.\n")
    else:
        raise typer.Exit(1)
