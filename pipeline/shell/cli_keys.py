"""`mash-intake keys`: the keys that everything held is sealed with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

keys_app = typer.Typer(help="The keys that everything held is sealed with.", no_args_is_help=True, rich_markup_mode=None)


@keys_app.command("new")
def keys_new(
    file: Annotated[Path | None, typer.Option(help="Write it to a new file that only you may read; without, it is printed.")] = None,
) -> None:
    """Make a key, for MASH_KEY or MASH_KEY_FILE. Keep a copy where the backups are not."""
    from datetime import UTC, datetime

    from pipeline.store.keyring import new_file, new_key

    made = new_key(datetime.now(UTC))
    if file is None:
        _say(made.text)
    else:
        new_file(file, made)
        _say(f"Written: {file}, key {made.id}. Set MASH_KEY_FILE to it.")


@keys_app.command("check")
def keys_check() -> None:
    """Say which key seals how much, and whether a key is missing."""
    from pipeline.app import open_app
    from pipeline.keeping.keys import lies_beside, uses
    from pipeline.settings import load_settings

    with open_app(load_settings(), authority=False) as intake:
        found = uses(intake.held)
        ring = intake.store.sealer.ring
        _say(f"Keys from {ring.source}" + (", which lies beside the data" if lies_beside(ring, intake.settings.data_dir) else ""))
    for use in found:
        if use.id == "clear":
            _say(f"   no key    {use.things} mails kept by an earlier version are not sealed: `mash-intake keys rotate` seals them")
        else:
            _say(f"   {use.id}  seals {use.things}" + (", the newest" if use.newest else "") + ("" if use.held else ", and is NOT GIVEN"))
    if any(not use.held and use.id != "clear" for use in found):
        raise typer.Exit(1)


@keys_app.command("rotate")
def keys_rotate() -> None:
    """Change to a new key and seal everything with it. May be broken off and run again; nothing needs to be stopped."""
    from pipeline.app import open_app
    from pipeline.keeping.held import operator
    from pipeline.keeping.keys import rotate
    from pipeline.settings import load_settings

    with open_app(load_settings(), authority=False) as intake:
        done = rotate(intake.held, operator(), intake.now(), _count)
        newest = intake.store.sealer.ring.newest.id
    _say(
        f"{done} things are sealed anew, everything with the key {newest}. In an hour, `mash-intake keys retire` takes the old one away; keep a copy of the new one."
    )


@keys_app.command("retire")
def keys_retire(now: Annotated[bool, typer.Option("--now", help="Do not wait an hour: every other process is stopped.")] = False) -> None:
    """Take away the keys that nothing is sealed with any more. Backups made before need them: keep their copies as long as those."""
    from pipeline.app import open_app
    from pipeline.keeping.held import operator
    from pipeline.keeping.keys import retire
    from pipeline.settings import load_settings

    with open_app(load_settings(), authority=False) as intake:
        gone = retire(intake.held, operator(), intake.now(), at_once=now)
    _say(f"Taken away: {', '.join(gone)}." if gone else "Every key is in use.")


def _count(done: int) -> None:
    if done % 1000 < 200:
        sys.stderr.write(f"\r{done} sealed anew")
        sys.stderr.flush()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
