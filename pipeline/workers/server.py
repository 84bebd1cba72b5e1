"""The process that copies itself: it loads the models and the index, forks a worker for each channel, and another for each that dies.

`python -m pipeline.workers.server FD...`, started by crew.py alone. It has one thread and works no mail itself. When the other ends of the channels close, by
whatever death of their owner, the workers finish what they have and everything ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

from pipeline.errors import IntakeError, OurBug, WrongSetup, place_of

if TYPE_CHECKING:
    from pipeline.app import App

MOST_DEATHS = 50
"""Deaths after which the server ends, with what its workers have in hand finished: its owner starts it afresh, and a fault that kills at once is not copied for ever."""
MOST_SECONDS = 9 * 60
"""How long one mail may be worked on, a minute less than the ledger's lease on it. A worker that hangs over a mail would hold up every poll; it ends instead, like any that dies."""


def main(numbers: list[int]) -> int:
    """Load, fork, and bury until all channels are closed."""
    from pipeline.private import keep_private

    keep_private()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    channels = [socket.socket(fileno=number) for number in numbers]
    try:
        intake = _opened(json.loads(sys.stdin.readline()))
        _warm(intake)
    except IntakeError as error:
        return _refuse(channels, error)
    except Exception as error:  # a traceback would stand in the log, and its text may hold personal data
        return _refuse(channels, OurBug(f"the workers could not be loaded ({type(error).__name__} at {place_of(error)})"))
    gc.collect()
    gc.freeze()
    _serve(intake, channels)
    return 0


def _opened(given: dict[str, str]) -> App:
    """The hub of our owner's settings. Raises WrongSetup when the program's files were replaced since our owner started: two programs never share a day's work."""
    from pipeline import logs
    from pipeline.app import App
    from pipeline.settings import taken_over
    from pipeline.workers.crew import program

    settings = taken_over(given["settings"])
    logs.tell(settings.log_format)
    if program() != given["program"]:
        raise WrongSetup("the program was replaced while it ran; stop `mash-intake serve` and start it again, so that all of it is of one version")
    return App.open(settings)


def _warm(intake: App) -> None:
    """Everything that would otherwise be loaded, or made ready at its first use, in each of the copies: the model, the index, and the terms' patterns."""
    from pipeline.authorities.terms import load_terms

    intake.narrator.read("warm", " ".join(term.match for term in load_terms().concerns.terms))
    intake.people.index()


def _refuse(channels: list[socket.socket], error: IntakeError) -> int:
    """What keeps every worker from starting is the answer to the first order of each."""
    for channel in channels:
        with contextlib.suppress(OSError), channel:
            if channel.recv(4096):
                channel.sendall(_line({"raised": type(error).__name__, "words": str(error)}))
    return 1


def _serve(intake: App, channels: list[socket.socket]) -> None:
    workers = {_fork(intake, channel, channels): channel for channel in channels}
    deaths = 0
    while workers:
        pid, status = os.wait()
        channel = workers.pop(pid, None)
        code = os.waitstatus_to_exitcode(status)
        if channel is None or code == 0:
            continue
        deaths += 1
        with contextlib.suppress(OSError):
            channel.sendall(_line({"died": code}))
        if deaths > MOST_DEATHS:
            return  # with it goes the last hold on the channel that has no worker: an order given there must not wait for an answer for ever
        workers[_fork(intake, channel, channels)] = channel


def _fork(intake: App, channel: socket.socket, channels: list[socket.socket]) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        for other in channels:
            if other is not channel:
                other.close()
        _work(intake, channel)
        code = 0
    finally:
        os._exit(code)


def _work(intake: App, channel: socket.socket) -> None:
    """A worker's life: orders until the channel closes."""
    from pipeline.store import owners

    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # it ends even a process that is deep in a library
    intake.owner = owners.me()  # the copy is a process of its own, and the ledger must know it for dead when it is
    with contextlib.suppress(ConnectionResetError, BrokenPipeError), channel.makefile("rb") as orders:
        for line in orders:
            order = json.loads(line)
            signal.alarm(MOST_SECONDS)
            answer = _answer(intake, int(order["id"]))
            signal.alarm(0)
            channel.sendall(_line(answer | {"number": order["number"]}))
    intake.close()


def _answer(intake: App, ledger_id: int) -> dict[str, object]:
    try:
        return {"summary": intake.process(ledger_id).model_dump(mode="json")}
    except IntakeError as error:
        return {"raised": type(error).__name__, "words": str(error)}
    except Exception as error:  # its own text may hold personal data: only the kind is told
        return {"raised": "OurBug", "words": f"message {ledger_id}: {type(error).__name__}"}


def _line(told: dict[str, object]) -> bytes:
    return json.dumps(told).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main([int(number) for number in sys.argv[1:]]))
