"""`python -m benchmarks.faults kills|kinds|backlog`: see `--help` of each. Exit 1 where a figure is not nought that must be."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator

from benchmarks.faults import backlog, kinds_mail, kinds_rest
from benchmarks.faults.kills import Plan, run
from benchmarks.faults.kinds import suffer
from benchmarks.faults.world import world
from tests.databases import postgresql_server


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Faults on purpose, and what came of them.")
    commands = parser.add_subparsers(dest="command", required=True)
    kills = commands.add_parser("kills", help="kill workers anywhere")
    kills.add_argument("--kills", type=int, default=1000)
    kills.add_argument("--mails", type=int, default=2000)
    kills.add_argument("--workers", type=int, default=1, help="workers that live at one time")
    kills.add_argument("--commands", type=int, default=0, help="how many of the kills hit a real `mash-intake poll --once`, with Prefect")
    kills.add_argument("--sandboxed", type=float, default=0.01, help="share of workers that read documents in the sandbox")
    kills.add_argument("--seed", type=int, default=1)
    kills.add_argument("--life", type=float, default=0.8, help="the longest life in seconds of a worker that dies at some moment")
    kinds = commands.add_parser("kinds", help="every kind of fault, one after another")
    kinds.add_argument("words", nargs="*", help="only kinds whose name holds one of these")
    kinds.add_argument("--mails", type=int, default=10)
    long = commands.add_parser("backlog", help="drain a long backlog with one worker")
    long.add_argument("--mails", type=int, default=10_000)
    for command in (kills, kinds, long):
        command.add_argument("--database", help="a database URL, or `postgresql` for one of the run's own; SQLite unless given")
    options = parser.parse_args()
    return {"kinds": _kinds, "kills": _kills, "backlog": _backlog}[options.command](options)


def _kills(options: argparse.Namespace) -> int:
    plan = Plan(options.kills, options.mails, options.workers, options.commands, options.sandboxed, options.seed, options.life)
    with _database(options.database) as url, world(url) as here:
        told = run(here, plan)
    print(told)
    return 0 if told.findings.good else 1


def _kinds(options: argparse.Namespace) -> int:
    chosen = [kind for kind in (*kinds_mail.KINDS, *kinds_rest.KINDS) if not options.words or any(word in kind.name for word in options.words)]
    bad = 0
    for kind in chosen:
        with _database("postgresql" if kind.database else options.database) as url:
            outcome = suffer(kind, options.mails, url)
        bad += not outcome.good
        print(outcome, flush=True)
    print(f"{len(chosen)} kinds of fault, {bad} with something lost, doubled or half written")
    return bool(bad)


def _backlog(options: argparse.Namespace) -> int:
    with _database(options.database) as url, world(url) as here:
        told = backlog.run(here, options.mails)
    print(told)
    return 0 if told.good else 1


@contextlib.contextmanager
def _database(asked: str | None) -> Iterator[str | None]:
    if asked == "postgresql":
        with postgresql_server() as url:
            yield url
    else:
        yield asked


if __name__ == "__main__":
    sys.exit(main())
