"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.values.dates import find_date, parse_age, parse_born, parse_date

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("12/03/2016", "2016-03-12"),
        ("12-03-16", "2016-03-12"),
        ("12.3.2016", "2016-03-12"),
        ("12 03 2016", "2016-03-12"),
        ("12/03/2016 - Year 4", "2016-03-12"),
        ("28-Jul-2019", "2019-07-28"),
        ("21st February 2013", "2013-02-21"),
        ("Feb 21, 2013", "2013-02-21"),
        ("2013-02-21", "2013-02-21"),
        ("21022013", "2013-02-21"),
        ("Feb 2013", "2013-02"),
        ("02/2013", "2013-02"),
        ("2013", "2013"),
        ("9th of November '26", "2026-11-09"),
        ("Monday 9 November 2026", "2026-11-09"),
    ],
)
def test_every_way_of_writing_a_date(written: str, iso: str) -> None:
    found = find_date(written, TODAY)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize("written", ["31/02/2016", "45/13/2016", "30 February 2015"])
def test_a_date_that_does_not_exist_is_a_problem_and_no_value(written: str) -> None:
    born = parse_born(written, TODAY)
    assert born.date_of_birth is None
    assert born.problem


def test_two_digit_years_lie_behind_us_for_births_and_ahead_for_due_dates() -> None:
    assert parse_born("01/05/87", TODAY).date_of_birth == "1987-05-01"
    assert parse_born("01/05/24", TODAY).date_of_birth == "2024-05-01"
    assert parse_born("EDD 02/02/27", TODAY).expected == "2027-02-02"


def test_a_birth_date_not_far_ahead_is_an_expected_one() -> None:
    born = parse_born("14/02/2027", TODAY)
    assert (born.expected, born.unborn, born.date_of_birth) == ("2027-02-14", True, None)
    assert parse_born("14/02/2031", TODAY).problem


def test_an_age_alone_is_estimated_and_beside_a_date_is_not() -> None:
    assert (parse_born("approx 6", TODAY).age, parse_born("approx 6", TODAY).estimated) == (6, True)
    both = parse_born("14 December 2009 (16 yrs)", TODAY)
    assert (both.date_of_birth, both.age, both.estimated) == ("2009-12-14", 16, False)
    assert parse_born("approx 12/03/2016", TODAY).estimated


@pytest.mark.parametrize(("written", "age"), [("6", 6), ("18 months", 1.5), ("6 months", 0.5), ("4½", 4.5), ("aged 12", 12), ("7 yrs old", 7)])
def test_ages_in_their_units(written: str, age: float) -> None:
    assert parse_age(written)[0] == age


def test_month_first_is_read_only_where_nothing_else_makes_a_date_and_says_so() -> None:
    found = parse_date("11/25/2026", TODAY)
    assert found is not None
    assert (found.iso, found.swapped) == ("2026-11-25", True)


def test_words_without_a_date_give_nothing() -> None:
    assert parse_born("not yet registered", TODAY).empty
    assert parse_date("see above", TODAY) is None
