"""The hourly table and the alarms, at a real Prefect server: what is shown, what rings, and what is never there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from prefect import get_client

from flows.automations import PREFIX, alarms, install
from flows.embedded import PrefectSession, prefect_session
from flows.figures import KEY, figures, rows, words
from flows.hub import using
from flows.watch_deadlines import KEY as CLOCKS
from flows.watch_deadlines import listed, watch_deadlines
from models.figures import HourFigures, HubFigures
from models.runs import WatchSummary
from pipeline.troubles import MEANINGS, troubles
from tests.flows.asking import ask, ask_until
from tests.flows.fake_hub import FakeHub

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

NOW = datetime(2026, 11, 22, 9, 20, tzinfo=UTC)
HOURS = (
    HourFigures(begins=NOW.replace(minute=0), received=9, contacts=7, urgent=2, returned=1, with_person=3),
    HourFigures(begins=NOW.replace(hour=8, minute=0), received=1),
)
GOOD = HubFigures(
    at=NOW, schema_version="0001", mails={"received": 1, "person": 3}, letters={"held": 2}, contacts={}, last_good_poll=NOW, hours=HOURS
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectSession]:
    with prefect_session(tmp_path_factory.mktemp("hub")) as running:
        assert running.ready(), running.server.log.read_text()
        yield running


def test_the_table_has_a_line_an_hour_and_no_more_than_counts() -> None:
    first, second = rows(GOOD)
    assert first == {"hour (UTC)": "22 Nov 09:00", "received": 9, "contacts": 7, "urgent": 2, "returned": 1, "with a person": 3, "read clearly": 4}
    assert second["contacts"] == 0
    assert "worked through: 1," in words(GOOD, {})
    assert "let them go: 2," in words(GOOD, {})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"last_good_poll": None}, "never_polled"),
        ({"last_good_poll": NOW - timedelta(minutes=11)}, "poll_late"),
        ({"alarm": True}, "census"),
        ({"oldest_waiting": NOW - timedelta(hours=1)}, "mail_waits"),
        ({"oldest_letter": NOW - timedelta(hours=3)}, "letters_stuck"),
    ],
)
def test_each_trouble_is_told_by_its_code(change: dict[str, object], code: str) -> None:
    assert [found for found, _ in troubles(GOOD.model_copy(update=change))] == [code]
    assert code in MEANINGS


def test_contacts_are_links_to_the_console_where_that_is_known() -> None:
    there = GOOD.model_copy(update={"console": "https://mash.example.gov.uk"})
    summary = WatchSummary(overdue=("LEWI-26-AAAA-AAAA",), due_soon=("LEWI-26-BBBB-BBBB",))
    assert listed(summary, there).splitlines()[2:] == [
        "## Late",
        "- [LEWI-26-AAAA-AAAA](https://mash.example.gov.uk/referral/LEWI-26-AAAA-AAAA)",
        "",
        "## Due soon",
        "- [LEWI-26-BBBB-BBBB](https://mash.example.gov.uk/referral/LEWI-26-BBBB-BBBB)",
    ]
    assert "- LEWI-26-AAAA-AAAA\n" in listed(summary, GOOD)
    assert "[console](https://mash.example.gov.uk/)" in words(there, {})


def test_clocks_that_need_somebody_are_listed_as_an_artifact(session: PrefectSession) -> None:
    async def watch() -> str:
        state: Any = await watch_deadlines(return_state=True)
        return str(state.name)

    with session.client(), using(FakeHub(held=GOOD, watched=WatchSummary(overdue=("LEWI-26-CCCC-CCCC",)))):
        assert asyncio.run(watch()) == "Overdue"
    found = ask_until(session.dashboard, "artifacts/filter", lambda rows: any(row["key"] == CLOCKS for row in rows))
    assert ["LEWI-26-CCCC-CCCC" in row["data"] for row in found if row["key"] == CLOCKS] == [True]


def test_a_share_that_rises_is_told_and_a_few_contacts_are_not() -> None:
    def hours(recent: tuple[int, int], earlier: tuple[int, int]) -> tuple[HourFigures, ...]:
        parts = [recent] * 6 + [earlier] * 48
        return tuple(HourFigures(begins=NOW - timedelta(hours=back), contacts=made, with_person=read) for back, (made, read) in enumerate(parts))

    told = [
        dict(troubles(GOOD.model_copy(update={"hours": hours(*given)})))
        for given in (((5, 2), (5, 0)), ((1, 1), (5, 0)), ((5, 2), (5, 2)), ((9, 1), (9, 0)))
    ]
    assert [list(one) for one in told] == [["unreadable_rising"], [], [], []]
    assert "40% of the last contacts" in told[0]["unreadable_rising"]


@dataclass
class _Hook:
    """A chat program's address: what was sent there, and how it was called."""

    url: str = ""
    got: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def hook() -> Iterator[_Hook]:
    """A web server on loopback that takes what it is sent."""
    hook = _Hook()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            hook.got.append((self.headers.get("Content-Type", ""), json.loads(data)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        hook.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        yield hook
        server.shutdown()


def test_the_run_leaves_the_table_and_an_alarm_rings_and_is_sent_to_the_webhook(session: PrefectSession, hook: _Hook) -> None:
    late = GOOD.model_copy(update={"oldest_letter": NOW - timedelta(hours=3)})

    async def all_of_it() -> list[str]:
        async with get_client() as client:
            names = await install(client, None)
            again = await install(client, hook.url)
            assert names == again
        # An alarm takes some seconds to be known to the part of the server that watches; until it rings the run is made again.
        for _ in range(60):
            await figures(return_state=True)
            rung = await asyncio.to_thread(_rung, session)
            if rung and hook.got:
                break
            await asyncio.sleep(2)
        return names

    with session.client(), using(FakeHub(held=late)):
        names = asyncio.run(all_of_it())
    assert _rung(session)
    there = ask(session.dashboard, "automations/filter")
    assert sorted(one["name"] for one in there) == sorted(names), "made once, and then brought up to date"
    assert {len(one["actions"]) for one in there} == {1, 2}
    (table, *_) = [one for one in ask_until(session.dashboard, "artifacts/filter", lambda found: found) if one["key"] == KEY]
    assert len(json.loads(table["data"])) == 2
    states = [run["state_name"] for run in ask(session.dashboard, "flow_runs/filter")]
    assert "Needs somebody" in states
    kind, told = hook.got[0]
    assert kind == "application/json"
    assert told["text"].startswith(f"{PREFIX}letters stuck, on ")
    assert told["text"].endswith("A letter has waited more than two hours to be sent.")


def _rung(session: PrefectSession) -> bool:
    wanted = {"event": {"name": ["prefect.automation.triggered"]}}
    import urllib.request

    request = urllib.request.Request(
        f"{session.dashboard}/api/events/filter", data=json.dumps({"filter": wanted}).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found = json.load(answer)["events"]
    return any(PREFIX + "letters stuck" in json.dumps(one) for one in found)


def test_every_alarm_says_what_to_make_of_it() -> None:
    told = alarms()
    assert len({one.name for one in told}) == len(told) >= 12
    assert all(one.says.endswith(".") for one in told)
    assert any(one.name == "no good poll" and one.trigger.within == timedelta(minutes=25) for one in alarms(timedelta(minutes=25)))
    (silent,) = [one for one in alarms() if one.name == "no good poll"]
    assert silent.trigger.expect == {"prefect.flow-run.Completed"}, "a run that was skipped, because one hangs, is no poll"


def test_the_names_of_states_are_those_that_alarms_wait_for() -> None:
    """A state's name is part of its event: renamed in a flow, its alarm would never ring again."""
    from flows import deliver, watch_deadlines

    expected = {name.removeprefix("prefect.flow-run.") for one in alarms() for name in one.trigger.expect if name.startswith("prefect.flow-run.")}
    source = "".join(Path(str(module.__file__)).read_text() for module in (deliver, watch_deadlines))
    for name in expected - {"Completed", "Skipped", "Crashed", "Failed", "Cancelled", "heartbeat"}:
        assert f'"{name}"' in source
