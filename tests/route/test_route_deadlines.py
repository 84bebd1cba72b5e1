"""Clocks: working days, bank holidays, closures, summer time, and the hours of the hub."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.authority import Authority
from models.contact import Deadline
from models.hub import Closure, Opening
from pipeline.authorities import load_authority
from pipeline.route.deadlines import after_assessment, deadlines, get_in_touch_at, in_words, is_open, next_opening, standing, warn_at

LONDON = ZoneInfo("Europe/London")
LEWISHAM = load_authority("lewisham")


def at(text: str) -> datetime:
    """A moment in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def due(received: str, what: str = "decide", authority: Authority = LEWISHAM) -> datetime:
    return next(deadline.due_at for deadline in deadlines(at(received), authority) if deadline.what == what)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-16T10:00", "2026-11-17T10:00"),  # a Monday
        ("2026-11-20T10:00", "2026-11-23T10:00"),  # a Friday: Monday
        ("2026-11-20T20:30", "2026-11-23T17:00"),  # Friday evening: Monday, by close
        ("2026-11-21T12:00", "2026-11-23T17:00"),  # a Saturday: by the close of Monday
        ("2026-11-16T07:30", "2026-11-17T09:00"),  # before opening
        ("2026-12-24T15:00", "2026-12-29T15:00"),  # Christmas, and Boxing Day on a Saturday taken on Monday 28
        ("2026-04-02T15:00", "2026-04-07T15:00"),  # Good Friday and Easter Monday
        ("2026-05-01T15:00", "2026-05-05T15:00"),  # early May bank holiday
    ],
)
def test_a_decision_within_one_working_day_le_13(received: str, expected: str) -> None:
    assert due(received) == at(expected)


def test_the_outcome_within_three_and_the_child_seen_within_five_le_13() -> None:
    assert due("2026-11-16T10:00", "outcome") == at("2026-11-19T10:00")
    assert [(clock.what, clock.due_at) for clock in after_assessment(at("2026-11-16T10:00"), LEWISHAM)] == [("see_child", at("2026-11-23T10:00"))]
    assert "see_child" not in {clock.what for clock in deadlines(at("2026-11-16T10:00"), LEWISHAM)}


@pytest.mark.parametrize("name", ["thurrock", "hertfordshire"])
def test_acknowledged_within_one_working_day_tk_3_he_5(name: str) -> None:
    assert due("2026-11-18T11:00", "acknowledge", load_authority(name)) == at("2026-11-19T11:00")


def test_the_referrer_is_told_to_get_in_touch_on_the_third_working_day_tk_3_he_5() -> None:
    assert get_in_touch_at(at("2026-11-18T11:00"), LEWISHAM) == at("2026-11-23T11:00")


@pytest.mark.parametrize(("received", "expected"), [("2026-03-27T16:00", "2026-03-30T16:00"), ("2026-10-23T16:00", "2026-10-26T16:00")])
def test_the_clock_on_the_wall_counts_when_summer_time_changes(received: str, expected: str) -> None:
    assert due(received) == at(expected)
    assert due(received) - at(received).astimezone(UTC) != timedelta(days=3)


def test_a_closure_of_the_council_is_no_working_day() -> None:
    closed = LEWISHAM.model_copy(update={"closures": (Closure(first=date(2026, 11, 17), last=date(2026, 11, 18), why="staff days"),)})
    assert due("2026-11-16T10:00", authority=closed) == at("2026-11-19T10:00")
    assert not is_open(at("2026-11-17T10:00"), closed)


def test_each_authority_has_its_own_hours() -> None:
    thurrock = load_authority("thurrock")
    assert due("2026-11-19T17:10", authority=thurrock) == at("2026-11-20T16:45")
    assert is_open(at("2026-11-19T17:10"), thurrock)
    assert not is_open(at("2026-11-19T17:10"), LEWISHAM)
    assert is_open(at("2026-11-19T16:59"), LEWISHAM)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-20T20:00", "2026-11-23T09:00"),
        ("2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-23T10:00", "2026-11-23T10:00"),
        ("2026-12-24T18:00", "2026-12-29T09:00"),
    ],
)
def test_when_the_hub_opens_next_le_2(now: str, expected: str) -> None:
    assert next_opening(at(now), LEWISHAM) == at(expected)


def test_a_warning_comes_before_and_a_breach_after() -> None:
    deadline = Deadline(what="decide", due_at=at("2026-11-23T09:30").astimezone(UTC))
    assert warn_at(deadline, LEWISHAM) == at("2026-11-20T15:30")
    assert standing(deadline, LEWISHAM, at("2026-11-20T15:00")) == "open"
    assert standing(deadline, LEWISHAM, at("2026-11-20T16:00")) == "soon"
    assert standing(deadline, LEWISHAM, at("2026-11-23T09:31")) == "breached"
    assert standing(deadline.model_copy(update={"met_at": at("2026-11-20T15:00")}), LEWISHAM, at("2026-11-24T09:00")) == "met"


def test_a_hub_that_opens_at_weekends_works_at_weekends() -> None:
    always = LEWISHAM.model_copy(update={"hours": {**LEWISHAM.hours, "saturday": Opening.model_validate("10:00-14:00")}})
    assert due("2026-11-20T16:00", authority=always) == at("2026-11-21T14:00")


def test_a_clock_by_the_wall_runs_through_the_night() -> None:
    clocks = tuple(clock.model_copy(update={"working_days": None, "hours": 24}) if clock.what == "decide" else clock for clock in LEWISHAM.clocks)
    assert due("2026-11-20T20:00", authority=LEWISHAM.model_copy(update={"clocks": clocks})) == at("2026-11-21T20:00")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T17:00", "Monday 23 November 2026, 5.00 pm"),
        ("2026-07-01T00:05", "Wednesday 1 July 2026, 12.05 am"),
        ("2026-05-07T12:00", "Thursday 7 May 2026, 12 noon"),
    ],
)
def test_a_moment_in_words(moment: str, words: str) -> None:
    assert in_words(at(moment).astimezone(UTC)) == words
