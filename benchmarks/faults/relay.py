"""A line between us and a mail server that misbehaves, as a program of its own: `python -m benchmarks.faults.relay FOLDER PORT TO`.

How it behaves is read from the file `line` at every piece of an answer: `pass`; `cut N` after so many bytes of answers; `slow MS` before each piece;
`sizes` announces every mail as smaller than it is; `strip` takes the offer of STARTTLS out. What clients said is kept in the file `heard`.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.servers import free_port, wait_for

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
PIECE = 1024


class Relay:
    """The line as its harness sees it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def behave(self, how: str) -> None:
        """Say how the line is from now on."""
        (self.folder / "line").write_text(how)

    def heard(self) -> bytes:
        """All that clients have said over it."""
        return (self.folder / "heard").read_bytes()


@contextlib.contextmanager
def relaying(folder: Path, to: int) -> Iterator[Relay]:
    """A line to a port of this machine."""
    folder.mkdir()
    (folder / "heard").touch()
    relay = Relay(folder, free_port())
    relay.behave("pass")
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.faults.relay", str(folder), str(relay.port), str(to)], stderr=subprocess.DEVNULL)
    try:
        wait_for(relay.port, process)
        yield relay
    finally:
        process.kill()
        process.wait()


async def _serve(folder: Path, port: int, to: int) -> None:
    async def one(client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            server_in, server_out = await asyncio.open_connection("127.0.0.1", to)
            ways = [asyncio.create_task(_said(folder, client_in, server_out)), asyncio.create_task(_answered(folder, server_in, client_out))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            server_out.close()
        client_out.close()

    async with await asyncio.start_server(one, "127.0.0.1", port) as server:
        await server.serve_forever()


async def _said(folder: Path, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with (folder / "heard").open("ab", buffering=0) as heard:
        while data := await source.read(65536):
            heard.write(data)
            target.write(data)
            await target.drain()


async def _answered(folder: Path, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    passed = 0
    while data := await source.read(PIECE):
        how, _, number = (folder / "line").read_text().partition(" ")
        if how == "slow":
            await asyncio.sleep(int(number) / 1000)
        elif how == "cut":
            data = data[: max(0, int(number) - passed)]
        elif how == "sizes":
            data = _SIZE.sub(lambda found: b"RFC822.SIZE %0*d" % (len(found[1]), max(1, int(found[1]) - 7)), data)
        elif how == "strip":
            data = data.replace(b" STARTTLS", b"").replace(b" LOGINDISABLED", b"")
        passed += len(data)
        target.write(data)
        await target.drain()
        if how == "cut" and passed >= int(number):
            return


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
