"""`make privacy`: the real commands as processes on mails in which every personal word is a marker, each stage failing in turn, one process brought down.

Then everything that they wrote is searched: data folder with store and kept mail, Prefect's database and logs, temporary folders, what they said,
core dumps, a backup. Ends with 1 when a marker is found, when a stage was never made to fail, or when the search would not find a leak.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from flows.server import free_port
from pipeline.shell.embedded import PASSWORD, USER, MailServers, mail_servers
from tests.privacy.marked import RECORDS, WORDS, Hit, look, look_in, marked_mail
from tests.privacy.sabotage import TARGETS
from tests.privacy.visitor import search, sign_in, users_file, walk

ROOT = Path(__file__).resolve().parents[2]
SERVE_SECONDS, START_SECONDS = 90, 180
QUIET = (
    ("doctor",), ("keys", "check"), ("keys", "rotate"), ("keys", "check"), ("purge", "--dry-run"), ("purge",), ("audit", "verify"), ("audit", "show"),
    ("hold", "list"), ("contacts",),
)  # fmt: skip
"""Commands whose words go to a log or a dashboard: what they say is searched too."""


@dataclass
class Hub:
    """Processes of one hub: all they write lies below `home`; what a person asked to see goes to `given`, which is not searched."""

    home: Path
    given: Path
    servers: MailServers
    port: int
    sent: int = 0
    in_addresses: list[Hit] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """A deployment's settings, and every folder a process may write to below ours."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MASH_", "PREFECT_"))}
        ours = {
            "HOME": self.home / "home", "TMPDIR": self.home / "tmp", "PYTHONPATH": ROOT, "MASH_DATA_DIR": self.home / "data", "MASH_AUTHORITY": "lewisham",
            "MASH_IMAP_HOST": "127.0.0.1", "MASH_IMAP_PORT": self.servers.imap_port, "MASH_IMAP_SECURITY": "none", "MASH_IMAP_USER": USER,
            "MASH_IMAP_PASSWORD": PASSWORD, "MASH_SMTP_HOST": "127.0.0.1", "MASH_SMTP_PORT": self.servers.outbox_port, "MASH_SMTP_SECURITY": "none",
            "MASH_SMTP_FROM": "mash@example-council.example", "MASH_CONSOLE_SIGN_IN": "local", "MASH_CONSOLE_USERS_FILE": self.home / "users.toml", "MASH_CONSOLE_PORT": self.port,
            "SABOTAGE_NOTE": self.home / "sabotage.note",
        }  # fmt: skip
        return kept | {name: str(value) for name, value in ours.items()}

    def send(self, count: int) -> None:
        """Mails of children not seen before."""
        for _ in range(count):
            self.servers.send_in(marked_mail(self.sent), "t.wexmoor@plimverel.example.org")
            self.sent += 1

    def run(self, *words: str, stage: str = "none", shown: bool = True) -> int:
        """A command in a process of its own; what it says is kept to be searched, or where a person asked for it, its errors alone."""
        name = f"{len(self.ended):02}-{stage}-{words[0]}"
        with (
            (self.home / "said" / f"{name}.err").open("wb") as err,
            ((self.home if shown else self.given) / "said" / f"{name}.out").open("wb") as out,
        ):
            command = [sys.executable, "-m", "tests.privacy.sabotage", stage, *words]
            code = subprocess.run(command, cwd=self.home / "work", env=self.environment, stdout=out, stderr=err, check=False).returncode
        self.ended.append(f"{stage}: {' '.join(words)}: {code}")
        return code

    def happened(self) -> int:
        """How often the stage of the last command was made to fail."""
        note = self.home / "sabotage.note"
        count = int(note.read_text()) if note.exists() else 0
        note.unlink(missing_ok=True)
        return count

    def serve(self, seconds: float) -> int:
        """The whole product on its schedules, with mail coming in and a screener looking, stopped as an operator stops it. How many addresses were seen."""
        self.send(2)
        with (self.home / "said" / "serve").open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "pipeline.cli", "serve"], cwd=self.home / "work", env=self.environment, stdout=said, stderr=said
            )
            try:
                seen = self._look_round(time.monotonic() + START_SECONDS)
                end = time.monotonic() + seconds
                while time.monotonic() < end and process.poll() is None:
                    time.sleep(1)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=120)
        self.ended.append(f"serve, {seconds:.0f} s, {seen} addresses of the console: {process.returncode}")
        return seen

    def _look_round(self, end: float) -> int:
        """As a screener, once the console is there."""
        with httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", headers={"sec-fetch-site": "same-origin"}, follow_redirects=True, timeout=60
        ) as browser:
            while time.monotonic() < end:
                try:
                    browser.get("/sign-in").raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(1)
            sign_in(browser)
            addresses, hits = walk(browser, "/queue", "/queue?view=waiting", "/team", "/help")
            found, more = search(browser, "Zqvarn ZX9 8QJ")
            self.in_addresses += [*hits, *more]
            return len(addresses) if look(found.content, "what was found") else 0


def main() -> int:
    """Run, search, tell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.privacy", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--stages", nargs="*", default=list(TARGETS), help="which stages to make fail; all unless given")
    parser.add_argument("--serve", type=float, default=SERVE_SECONDS, help="seconds that the whole product runs on its schedules; 0 leaves it out")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="marked-"))
    try:
        return _all(folder, asked.stages, asked.serve)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _all(folder: Path, stages: list[str], seconds: float) -> int:
    faults: list[str] = []
    with mail_servers() as servers:
        hub = Hub(folder / "hub", folder / "given", servers, free_port())
        for name in ("home", "tmp", "work", "said"):
            (hub.home / name).mkdir(parents=True)
        (hub.given / "said").mkdir(parents=True)
        (hub.home / "users.toml").write_text(users_file(), encoding="utf-8")
        (hub.home / "users.toml").chmod(0o600)
        (hub.given / "people.csv").write_text(RECORDS, encoding="utf-8")
        hub.run("records", "import", str(hub.given / "people.csv"))
        hub.send(2)
        faults += _must(hub, hub.run("poll", "--once") == 0, "an ordinary round went through")
        for stage in stages:
            hub.send(2)
            hub.run("poll", "--once", stage=stage)
            if stage != "watching":  # which only the schedules do
                faults += _must(hub, hub.happened() > 0, f"{stage} was made to fail")
        hub.send(1)
        faults += _must(hub, hub.run("poll", "--once", stage="crash") != 0, "a process was brought down")
        hub.run("poll", "--once")
        if seconds:
            faults += _must(hub, hub.serve(seconds) > 20, "a screener saw the referrals in the console")
        references = _references(hub)
        for words in QUIET:
            hub.run(*words)
        hub.run("backup", str(hub.home / "backup.tar"))
        for number, reference in enumerate(references[:3]):
            looked: tuple[tuple[str, ...], ...] = (("contact",), ("export",), ("report", "-o", str(hub.given / f"{number}.html")))
            for each in looked:
                hub.run(each[0], reference, *each[1:], shown=False)
        hub.run("subject-access", references[0] if references else "nobody", "-o", str(hub.given / "subject"))
        faults += _must(hub, bool(look(b"".join(servers.letters), "letters")), "the letters tell what they are about")
    faults += _must(hub, bool(look_in(hub.given)), "what a person asked to see tells what was searched for")
    return _told(hub, faults)


def _references(hub: Hub) -> list[str]:
    hub.run("contacts", shown=False)
    latest = max((hub.given / "said").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return [line.split()[0] for line in latest.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]


def _must(hub: Hub, good: bool, what: str) -> list[str]:
    if not good:
        hub.ended.append(f"NOT SO: {what}")
    return [] if good else [what]


def _told(hub: Hub, faults: list[str]) -> int:
    hits: list[Hit] = [*hub.in_addresses, *look_in(hub.home)]
    cores = [path for path in hub.home.rglob("core*") if path.is_file()]
    files = [path for path in hub.home.rglob("*") if path.is_file()]
    (hub.home / "tmp" / "leak").write_text(f"read the form of {WORDS[0]}")
    control = bool(look_in(hub.home / "tmp"))
    for line in hub.ended:
        print(f"   {line}")
    print(f"{hub.sent} mails; {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB searched for {len(WORDS)} markers")
    for hit in hits:
        print(f"FOUND  {hit.word!r} in {hit.place}")
    print(f"{len(hits)} hits, {len(cores)} core dumps; a planted leak is {'found' if control else 'NOT FOUND'}; {len(faults)} conditions not met")
    return bool(hits or cores or faults or not control)


if __name__ == "__main__":
    sys.exit(main())
