"""What runs when: one machine's deployments and those of the work pool are the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

import flows
from flows.deployments import deployments, pooled
from flows.server import environment

YAML = yaml.safe_load((Path(flows.__file__).parent / "prefect.yaml").read_text(encoding="utf-8"))


def test_the_command_and_the_file_deploy_the_same() -> None:
    served = {made.entrypoint: (made.name, _counted_from(made), made.description, sorted(made.tags)) for made in pooled("mash-intake")}
    written = {one["entrypoint"]: (one["name"], _written(one["schedules"]), one["description"], sorted(one["tags"])) for one in YAML["deployments"]}
    assert served == written


def test_several_machines_share_what_waits_and_all_else_is_as_on_one() -> None:
    one = {made.flow_name: (made.name, _interval(made), made.description) for made in deployments()}
    several = {made.flow_name: (made.name, _interval(made), made.description) for made in pooled("x")}
    assert {name for name in one if one[name] != several[name]} == {"process"}
    assert several["process"][1] == 60
    assert {made.concurrency_limit for made in pooled("x") if made.flow_name == "process"} == {4}


def test_mail_is_polled_and_letters_are_sent_every_minute() -> None:
    every = {made.flow_name: _interval(made) for made in deployments()}
    assert every == {"poll": 60, "deliver": 60, "watch-deadlines": 300, "figures": 900, "purge": 86400, "process": None}


def test_an_interval_can_be_given_by_name() -> None:
    every = {made.flow_name: _interval(made) for made in deployments({"deliver": timedelta(seconds=15)})}
    assert (every["deliver"], every["poll"]) == (15, 60)


def test_no_deployment_carries_a_parameter() -> None:
    assert [made.parameters for made in deployments()] == [{}] * 6


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
        ("DO_NOT_TRACK", "1"),
        ("PREFECT_RESULTS_PERSIST_BY_DEFAULT", "false"),
        ("PREFECT_LOGGING_LOG_PRINTS", "false"),
        ("PREFECT_HOME", "/somewhere/prefect"),
    ],
)
def test_prefect_says_nothing_to_the_outside_and_keeps_no_results(name: str, value: str) -> None:
    assert environment(Path("/somewhere/prefect"), "http://127.0.0.1:1")[name] == value


def _interval(made: Any) -> float | None:
    return made.schedules[0].schedule.interval.total_seconds() if made.schedules else None


def _counted_from(made: Any) -> tuple[float, datetime]:
    schedule = made.schedules[0].schedule
    return schedule.interval.total_seconds(), schedule.anchor_date


def _written(schedules: list[dict[str, Any]]) -> tuple[float, datetime]:
    return schedules[0]["interval"], datetime.fromisoformat(schedules[0]["anchor_date"])


def test_starting_anew_moves_no_schedule() -> None:
    """Counted from the start, a nightly run of a hub that is started each morning would never come."""
    first, second = ([_counted_from(made) for made in deployments() if made.schedules] for _ in range(2))
    assert first == second
    assert all(anchor < datetime.now(UTC) - timedelta(days=1) for _, anchor in first)
    (night,) = [made for made in deployments() if made.flow_name == "purge"]
    assert f"{_counted_from(night)[1]:%H:%M}" == "02:20"
