"""/health and /metrics as a monitor asks for them: codes, counts and ages, and no word of any family."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from models.figures import HubFigures
from pipeline import troubles
from pipeline.errors import Retry
from pipeline.review.health_server import health_served
from pipeline.settings import Settings
from pipeline.shell import serve
from pipeline.troubles import HOURS

NOW = datetime(2026, 11, 22, 9, 20, tzinfo=UTC)
GOOD = HubFigures(
    at=NOW,
    schema_version="0007",
    mails={"received": 1, "working": 0, "done": 5, "person": 2},
    letters={"queued": 3},
    contacts={"manual": 2, "screen_urgently": 1},
    open_urgent=1,
    records=300_000,
    oldest_waiting=NOW - timedelta(seconds=90),
    last_good_poll=NOW - timedelta(seconds=30),
    took=(2.0, 3.0, 8.0, 61.5),
)


class _Told:
    figures: HubFigures | Exception = GOOD

    def __call__(self) -> HubFigures:
        if isinstance(self.figures, Exception):
            raise self.figures
        return self.figures


@pytest.fixture
def told() -> _Told:
    return _Told()


@pytest.fixture
def address(told: _Told) -> Iterator[str]:
    with health_served(told, 0) as url:
        assert url
        yield url


def _get(url: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


def test_a_hub_that_does_well_answers_200(address: str) -> None:
    code, _, text = _get(f"{address}/health")
    assert code == 200
    assert json.loads(text)["status"] == "good"


@pytest.mark.parametrize(
    ("figures", "trouble"),
    [
        (GOOD.model_copy(update={"last_good_poll": NOW - timedelta(hours=1)}), "poll_late"),
        (GOOD.model_copy(update={"canary_lost": True}), "canary_lost"),
        (GOOD.model_copy(update={"oldest_waiting": NOW - timedelta(hours=1)}), "mail_waits"),
        (Retry("the database is locked, full or down; nothing was written, the next run goes on"), "store"),
    ],
)
def test_what_is_wrong_is_503_with_its_code(address: str, told: _Told, figures: HubFigures | Exception, trouble: str) -> None:
    told.figures = figures
    code, _, text = _get(f"{address}/health")
    assert code == 503
    assert list(json.loads(text)["troubles"]) == [trouble]


def _samples(text: str) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


def test_metrics_are_openmetrics_with_counts_and_ages(address: str) -> None:
    code, kind, text = _get(f"{address}/metrics")
    assert code == 200
    assert kind.startswith("application/openmetrics-text")
    found = _samples(text)
    assert found["mash_intake_up",] == 1
    assert found["mash_intake_mails", "done"] == 5
    assert found["mash_intake_contacts", "screen_urgently"] == 1
    assert found["mash_intake_oldest_waiting_age_seconds",] == 90
    assert found["mash_intake_last_good_poll_age_seconds",] == 30
    assert found["mash_intake_finished_in_the_last_hour",] == 4
    assert [found["mash_intake_arrival_to_contact_seconds", share] for share in ("0.5", "0.95", "1.0")] == [8.0, 61.5, 61.5]
    assert text.endswith("# EOF\n")


def test_without_a_store_the_metrics_say_that_there_is_none(address: str, told: _Told) -> None:
    told.figures = Retry("down")
    assert _samples(_get(f"{address}/metrics")[2])["mash_intake_up",] == 0


def test_a_taken_port_is_no_reason_to_stop(address: str, told: _Told) -> None:
    with health_served(told, int(address.rsplit(":", 1)[1])) as second:
        assert second is None


def test_serve_asks_for_the_hours_that_a_rising_share_is_told_by(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[HubFigures] = []

    @contextmanager
    def health_served(ask: Callable[[], HubFigures], port: int) -> Iterator[str | None]:
        asked.append(ask())
        yield f"port {port}"

    monkeypatch.setattr("pipeline.review.health_server.health_served", health_served)
    with serve._health(Settings(data_dir=data_dir)) as there:
        assert there == "port 8701"
    assert len(asked[0].hours) == HOURS


def test_the_rules_for_prometheus_name_metrics_that_are_there_and_the_same_thresholds(address: str, told: _Told) -> None:
    """A rule over a metric that nobody gives never rings."""
    told.figures = GOOD.model_copy(update={"oldest_letter": NOW})
    given = {name for name, *_ in _samples(_get(f"{address}/metrics")[2])}
    groups = yaml.safe_load((Path(__file__).resolve().parents[1] / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    rules = [rule["expr"] for group in groups for rule in group["rules"]]
    assert {name for rule in rules for name in re.findall(r"mash_intake_\w+", rule)} <= given
    ages = {name: int(seconds) for rule in rules for name, seconds in re.findall(r"mash_intake_(\w+)_age_seconds > (\d+)", rule)}
    wanted = {"last_good_poll": troubles.POLL_LATE, "oldest_waiting": troubles.WAITS_LONG, "oldest_letter": troubles.LETTER_LONG}
    assert ages == {name: length.total_seconds() for name, length in wanted.items()}
