"""Decisions: when a suggestion may be a match, and what is said when it may not."""

from __future__ import annotations

import pytest

from models.matching import MatchResult
from pipeline.match.index import Index
from tests.match.match_people import crowd, known, query

HOME = {"address": "8 Tern Way, Seaton", "postcode": "ZQ1 1AA"}
LEILA = known("P1", "Leila", "Hamdan", "2014-03-07", gender="F", nhs_number="9990000018", school="Seaton Primary School", **HOME)


def _match(name: str, born: str | None = None, /, *, held: object = LEILA, **more: object) -> MatchResult:
    return Index.build([*crowd(), held]).match(query(name, born, **more))  # type: ignore[list-item]


def _words(result: MatchResult, field: str) -> str:
    return next(line.comparison for line in result.candidates[0].evidence if line.field == field)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("07/03/2014", "birth date the same"),
        ("03/07/2014", "day and month swapped"),
        ("07/08/2014", "one digit of day or month differs"),
        ("07/03/2015", "same day and month, one digit of the year differs"),
        ("28/02/2014", "a few days apart"),
        ("1/1/2014", "only the year counts (one side is 1 January), and it agrees"),
        ("March 2014", "month and year agree, no day given"),
        ("2014", "year agrees, no more is given"),
        ("aged 12", "age agrees"),
        ("19/10/2014", "year agrees, day and month do not"),
        ("07/03/1984", "more than twelve years apart"),
    ],
)
def test_birth_dates_are_explained_in_words(written: str, words: str) -> None:
    assert _words(_match("Leila Hamdan", written, postcode="ZQ1 1AA"), "birth date") == words


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"address": "8 Tern Way", "postcode": "zq11aa"}, "same house and postcode"),
        ({"address": "11 Tern Way", "postcode": "ZQ1 1AA"}, "same postcode, another house number"),
        ({"address": "8 Tern Wy"}, "same house number and street, no postcode to compare"),
        ({"address": "8 Tern Way", "postcode": "ZQ1 1AB"}, "same house number, one slip in postcode or street"),
        ({"postcode": "ZQ5 5XX"}, "lives where this record lived before"),
        ({"address": "90 Elm Court", "postcode": "ZV9 9ZZ"}, "another address"),
    ],
)
def test_addresses_are_explained_in_words(more: dict[str, str], words: str) -> None:
    held = LEILA.model_copy(update={"previous_postcodes": ("ZQ5 5XX",)})
    assert _words(_match("Leila Hamdan", "07/03/2014", held=held, **more), "address") == words


def test_two_verified_numbers_that_differ_veto() -> None:
    result = _match("Leila Hamdan", "07/03/2014", nhs_number="999 000 0026", **HOME)
    assert result.decision != "match"
    assert result.candidates[0].probability <= 0.4
    assert any("two verified numbers differ" in note for note in result.notes)


def test_a_number_never_matches_by_itself() -> None:
    assert _match("Somebody Quite-Else", "01/02/1961", nhs_number="9990000018").decision != "match"


def test_a_name_alone_is_never_a_match() -> None:
    result = _match("Leila Hamdan")
    assert result.decision == "review"
    assert any("only a name was given" in note for note in result.notes)


def test_almost_nothing_asks_for_more() -> None:
    result = _match("not known")
    assert result.decision == "review"
    assert any("almost nothing to search by" in note for note in result.notes)


def test_name_and_address_without_any_date_stay_below_nine_in_ten() -> None:
    result = _match("Leila Hamdan", None, gender="F", **HOME)
    assert result.decision == "review"
    assert result.candidates[0].probability < 0.9


def test_two_records_that_fit_alike_are_left_to_a_person() -> None:
    index = Index.build([*crowd(), LEILA, LEILA.model_copy(update={"record_id": "P2", "nhs_number": None})])
    result = index.match(query("Leila Hamdan", "07/03/2014", **HOME))
    assert result.decision == "review"
    assert {candidate.record_id for candidate in result.candidates[:2]} == {"P1", "P2"}


def test_many_people_of_one_name_ask_for_more_and_show_the_best_page() -> None:
    many = [known(f"N{number}", "Aisha", "Begum", f"{1970 + number}-0{1 + number % 9}-11", postcode=f"ZN{number} 1AA") for number in range(40)]
    result = Index.build([*crowd(), *many]).match(query("Aisha Begum"))
    assert result.decision == "review"
    assert len(result.candidates) >= 5
    assert any("many people have this name (40 records): add a birth date, address or school" in note for note in result.notes)


def test_a_restricted_record_gives_no_address() -> None:
    held = LEILA.model_copy(update={"flags": ("restricted",), "previous_postcodes": ("ZQ5 5XX",)})
    result = _match("Leila Hamdan", "07/03/2014", held=held, school="Seaton Primary", **HOME)
    best = result.candidates[0]
    assert best.restricted
    assert best.person is not None
    assert (best.person.address, best.person.postcode, best.person.previous_postcodes, best.person.school) == (None, None, (), None)
    assert _words(result, "address") == _words(result, "school") == "not shown: restricted record"
    assert result.decision == "review"


def test_the_mother_of_an_unborn_baby_is_named_when_the_baby_is_not_held() -> None:
    mother = known("M1", "Tara", "Reddish", "1995-05-04", gender="F", **HOME)
    result = _match("Unborn baby of Tara Reddish", "EDD 2/2/27", held=mother, postcode="ZQ1 1AA")
    assert result.decision == "review"
    assert (result.candidates[0].record_id, result.candidates[0].story) == ("M1", "mother")


def test_what_disagrees_is_said_too() -> None:
    lines = {line.field: line for line in _match("Leila Hamdan", "07/03/2014", gender="Boy", postcode="ZV9 9ZZ").candidates[0].evidence}
    assert lines["gender"].comparison == "different"
    assert lines["gender"].weight < 0 < lines["birth date"].weight


def test_probabilities_are_shared_out_and_never_exceed_one() -> None:
    many = [LEILA.model_copy(update={"record_id": f"P{number}"}) for number in range(6)]
    result = Index.build([*crowd(), *many]).match(query("Leila Hamdan", "07/03/2014", **HOME))
    assert sum(candidate.probability for candidate in result.candidates) <= 1.001


def test_the_fifteenth_is_a_dummy_birth_date_too_and_weighs_less() -> None:
    def weight(day: str) -> float:
        people = [known(f"D{number}", "Una", f"Other{number}", f"2014-03-{day}") for number in range(3)]
        held = LEILA.model_copy(update={"date_of_birth": f"2014-03-{day}"})
        result = Index.build([*crowd(), held, *people]).match(query("Leila Hamdan", f"{day}/03/2014", postcode="ZQ1 1AA"))
        return next(line.weight for line in result.candidates[0].evidence if line.field == "birth date")

    assert weight("15") < weight("07")


def test_two_verified_pupil_numbers_that_differ_veto() -> None:
    held = LEILA.model_copy(update={"nhs_number": None, "upn": _upn("801200001001")})
    result = _match("Leila Hamdan", "07/03/2014", held=held, upn=_upn("801200002002"), **HOME)
    assert result.decision != "match"
    assert result.candidates[0].probability <= 0.4


def _upn(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, range(2, 14), strict=True))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + body


def test_a_sibling_is_named_as_such() -> None:
    result = _match("Samir Hamdan", "11/09/2011", gender="M", **HOME)
    assert (result.decision, result.candidates[0].story) == ("none", "sibling")


def test_somebody_of_the_same_name_elsewhere_is_named_as_such() -> None:
    result = _match("Leila Hamdan", "19/10/1971", gender="F", address="40 Elm Court", postcode="ZV9 9ZZ")
    assert result.decision != "match"
    assert result.candidates[0].story == "namesake"


def test_two_names_that_people_here_bear_are_no_slip_of_each_other() -> None:
    bearers = [known(f"B{number}", given, f"Gill{number}", "1990-05-06") for number, given in enumerate(("Jasmeet", "Jaspreet") * 4)]
    held = known("P1", "Jaspreet", "Kaur", "2014-03-07", **HOME)
    asked = query("Jasmeet Kaur", "07/03/2014", **HOME)
    best = Index.build([*crowd(), held, *bearers]).match(asked).candidates[0]
    assert best.record_id == "P1"
    assert best.probability < 0.9
    assert {line.field: line.comparison for line in best.evidence}["given name"] == "similar, not the same"


def test_a_similar_name_and_the_other_gender_may_be_a_twin() -> None:
    result = _match("Leilo Hamdan", "07/03/2014", gender="M", **HOME)
    assert result.decision != "match"
    assert result.candidates[0].probability < 0.9


def test_an_initial_is_never_a_match_without_a_number() -> None:
    result = _match("L Hamdan", "07/03/2014", gender="F", **HOME)
    assert (result.decision, result.candidates[0].record_id) == ("review", "P1")
    assert any("initial" in note for note in result.notes)


@pytest.mark.parametrize("born", ["aged 12", "2014", "1/1/2014"])
def test_a_name_and_no_more_than_an_age_or_a_year_are_no_match(born: str) -> None:
    assert _match("Leila Hamdan", born, gender="F").decision == "review"


@pytest.mark.parametrize(
    ("born", "said"), [("17/03/2014", "a slip away"), ("aged 12", "no more than an age or a year"), ("2014", "no more than an age or a year")]
)
def test_a_namesake_of_nearly_that_age_elsewhere_stays_below_nine_in_ten(born: str, said: str) -> None:
    held = LEILA.model_copy(update={"given_names": "Leila Noor Anaya", "nhs_number": None, "school": None})
    result = _match("Leila Noor Anaya Hamdan", born, held=held, gender="F", address="90 Elm Court", postcode="ZV9 9ZZ")
    assert result.decision == "review"
    assert result.candidates[0].probability < 0.9
    assert any(said in note for note in result.notes)


def test_where_the_records_tell_of_a_twin_a_name_not_the_same_is_no_match() -> None:
    twin = known("P2", "Layan", "Hamdan", "2014-03-07", gender="F", household_id="H1", **HOME)
    held = LEILA.model_copy(update={"household_id": "H1", "nhs_number": None})
    asked = query("Leyla Hamdan", "07/03/2014", gender="F", school="Seaton Primary School", **HOME)
    alone, together = (Index.build([*crowd(), held, *others]).match(asked) for others in ((), (twin,)))
    assert (alone.decision, alone.candidates[0].record_id) == ("match", "P1")
    assert (together.decision, together.candidates[0].record_id) == ("review", "P1")
    assert any("twin" in note for note in together.notes)
