"""`mash-intake console`: the screeners' console by itself, and its local users."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

console_app = typer.Typer(help="The screeners' console.", no_args_is_help=True, rich_markup_mode=None)


@console_app.command("serve")
def console_serve() -> None:
    """Serve the console alone, as on a machine that runs no flows. `mash-intake serve` serves it beside them."""
    from pipeline.settings import load_settings
    from pipeline.shell.console import address, run

    settings = load_settings()
    _say(f"Console: {address(settings)}")
    run(settings)


@console_app.command("add-user")
def console_add_user(
    name: Annotated[str, typer.Argument(help="The name they sign in with.")],
    role: Annotated[list[str], typer.Option("--role", help="screener, manager, auditor or ops; several times for several.")],
) -> None:
    """Add a local user, or give one another password. For demonstrations on this machine alone; the password is asked for."""
    from pipeline.errors import WrongSetup
    from pipeline.review.web.local import add_user, file_of
    from pipeline.review.web.users import roles_of
    from pipeline.settings import load_settings

    roles = roles_of(role)
    if len(roles) != len(set(role)):
        raise WrongSetup("a role is one of screener, manager, auditor, ops")
    asked = sys.stdin.isatty()
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if asked else sys.stdin.readline().rstrip("\n")
    path = file_of(load_settings())
    add_user(path, name, password, roles)
    _say(f"Written: {path}. {name} may sign in as {', '.join(sorted(roles))}.")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
