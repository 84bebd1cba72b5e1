"""The wall between our errors and Prefect, and the lock that lets one run at a time work."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.alone import alone
from flows.guard import code_text, on_hub
from flows.hub import Hub, using
from models.runs import ProcessSummary
from pipeline.errors import NeedsPerson, OurBug, Retry, Unreadable, WrongSetup
from tests.flows.fake_hub import FakeHub

MARKER = "Zebedee Quillfeather"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Retry(MARKER), "retry"),
        (NeedsPerson(MARKER), "needs_person"),
        (Unreadable("corrupt", MARKER), "needs_person"),
        (WrongSetup(MARKER), "wrong_setup"),
        (OurBug(MARKER), "our_bug"),
        (KeyError(MARKER), "unexpected"),
        (UnicodeDecodeError("utf-8", MARKER.encode(), 0, 1, MARKER), "unexpected"),
    ],
)
def test_an_error_is_told_by_its_kind_and_place_and_never_by_its_words(error: Exception, code: str) -> None:
    with pytest.raises(type(error)) as raised:
        _throw(error)
    told = code_text(raised.value)
    assert told.startswith(f"{code}: ")
    assert f"{type(error).__name__} at test_flows_guard.py:" in told
    assert MARKER not in told


def _throw(error: Exception) -> None:
    raise error


def test_a_failed_body_is_a_failed_state_and_nothing_is_raised() -> None:
    async def body(hub: Hub) -> State[Any]:
        del hub
        raise ValueError(MARKER)

    with using(FakeHub()):
        state = asyncio.run(on_hub(body, "test"))
    assert state.is_failed()
    assert MARKER not in state.model_dump_json()
    assert state.data is None


def test_an_error_of_opening_the_hub_is_told_in_the_same_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def body(hub: Hub) -> State[Any]:
        del hub
        return Completed()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MASH_AUTHORITY", f"/{MARKER}")
    monkeypatch.setenv("MASH_DATA_DIR", str(tmp_path / "data"))
    state = asyncio.run(on_hub(body, "test"))
    assert state.is_failed()
    assert (state.message or "").startswith("wrong_setup: ")
    assert MARKER not in (state.message or "")


def test_the_second_of_two_runs_ends_at_once_and_the_lock_comes_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def body(hub: Hub) -> State[Any]:
        del hub
        return Completed()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MASH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MASH_AUTHORITY", "lewisham")
    with alone(tmp_path / "locks", "poll") as first:
        assert first
        assert asyncio.run(on_hub(body, "test", alone_as="poll")).name == "Skipped"
    assert asyncio.run(on_hub(body, "test", alone_as="poll")).name == "Completed"


def test_locks_of_different_names_do_not_meet(tmp_path: Path) -> None:
    with alone(tmp_path, "poll") as one, alone(tmp_path, "deliver") as other:
        assert one
        assert other


def test_without_a_folder_nobody_waits() -> None:
    with alone(None, "poll") as one, alone(None, "poll") as other:
        assert one
        assert other


class _Summary(ProcessSummary):
    """With names that a line of the log has already: a run that went well must not fail over them."""

    name: str = "x"
    at: str = "y"


def test_the_log_tells_what_a_run_came_to_by_counts_and_ids(caplog: pytest.LogCaptureFixture) -> None:
    async def body(hub: Hub) -> State[Any]:
        del hub
        return Completed(
            name="With a person", message="LEWI-26-AAAAAA", data=ProcessSummary(ledger_id=41, reference="LEWI-26-AAAAAA", state="person")
        )

    async def failing(hub: Hub) -> State[Any]:
        del hub
        raise Retry(MARKER)

    with using(FakeHub()), caplog.at_level("INFO", "mash_intake.flows"):
        asyncio.run(on_hub(body, "message"))
        asyncio.run(on_hub(failing, "deliver"))
    done, failed = caplog.records
    told = vars(done)
    assert (told["event"], told["ledger_id"], told["reference"], told["state"]) == ("message", 41, "LEWI-26-AAAAAA", "With a person")
    assert told["seconds"] >= 0
    assert (failed.levelname, vars(failed)["error"], vars(failed)["event"]) == ("WARNING", "Retry", "deliver")
    assert MARKER not in caplog.text
