"""Numbers with checks of their own, and the small vocabularies."""

from __future__ import annotations

import pytest

from pipeline.extract.values.ethnicity import ethnicity_code
from pipeline.extract.values.numbers import find_email, find_identifier, find_nhs, find_phones, find_postcode, find_upn, nhs_valid, upn_valid
from pipeline.extract.values.words import is_nothing, is_placeholder, is_unknown, parse_gender, parse_yes_no


def test_nhs_numbers_are_kept_and_checked() -> None:
    right = find_nhs("999 888 9340")
    wrong = find_nhs("9998889341")
    assert right is not None
    assert (right.value, right.valid) == ("9998889340", True)
    assert wrong is not None
    assert (wrong.value, wrong.valid) == ("9998889341", False)
    assert not nhs_valid("999888934")


def test_upns_are_checked_by_their_letter() -> None:
    assert upn_valid("Q764985123971")
    assert not upn_valid("A764985123971")
    found = find_upn("q764985123971")
    assert found is not None
    assert (found.value, found.valid) == ("Q764985123971", True)


def test_a_shared_box_tells_its_numbers_apart() -> None:
    kinds = {number.kind for number in find_identifier("NHS 999 888 9340 / UPN Q764985123971")}
    assert kinds == {"nhs_number", "upn"}


def test_postcodes_phones_and_mail() -> None:
    assert find_postcode("4 High Street, ej19 8gq") == "EJ19 8GQ"
    assert find_phones("(020) 7946 0661 or 07700 900934") == ["(020) 7946 0661", "07700 900934"]
    assert find_phones("+44 7700 900135") == ["+44 7700 900135"]
    assert find_email("gllewellyn-rees@northcliffe-\nhigh.example.com") == "gllewellyn-rees@northcliffe-high.example.com"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("W/British", "WBRI"),
        ("White & Black Caribbean", "MWBC"),
        ("Black or Black British - African", "BAFR"),
        ("BCRB", "BCRB"),
        ("Any other Asian background*", "AOTH"),
        ("Gypsy/Roma", "WROM"),
        ("Klingon", None),
    ],
)
def test_ethnicity_codes_come_from_the_words_alone(words: str, code: str | None) -> None:
    assert ethnicity_code(words) == code


@pytest.mark.parametrize(
    "words", ["Not known", "N/K", "n/a", "not given", "unknown at this time", "No Information Available", "tbc", "?", "don't know", "-"]
)
def test_explicit_unknowns(words: str) -> None:
    assert is_unknown(words)


@pytest.mark.parametrize("words", ["No", "None of the children attend", "Northcliffe", "Nana Smith", "not with the father"])
def test_words_that_only_look_like_unknowns(words: str) -> None:
    assert not is_unknown(words)


@pytest.mark.parametrize(
    "words",
    [
        "Click or tap here to enter text.",
        "Choose an item.",
        "[DD/MM/YYYY]",
        " / / ",
        "______",
        "………",
        "Do not leave blank",
        "Select Gender",
        "DD MM YY",
    ],
)
def test_placeholders_are_no_answers(words: str) -> None:
    assert is_placeholder(words)


def test_yes_and_no_in_their_forms() -> None:
    assert parse_yes_no("Yes - told on Monday") == (True, "told on Monday")
    assert parse_yes_no("N")[0] is False
    assert parse_yes_no("Yes / No")[0] is None
    assert parse_yes_no("No. 4 High Street")[0] is None
    assert parse_yes_no("Norfolk")[0] is None
    assert is_nothing("None known")


def test_gender_words() -> None:
    assert [parse_gender(word) for word in ("F", "boy", "Female", "non-binary", "Mother")] == ["female", "male", "female", "other", None]
