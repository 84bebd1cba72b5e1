"""The form as a household."""

from __future__ import annotations

from models.matching import FamilyLink, KnownPerson, Query
from pipeline.match.family import match_household
from pipeline.match.index import Index
from tests.match.match_people import crowd, known

HOME = {"address": "8 Tern Way, Seaton", "postcode": "ZQ1 1AA", "household_id": "H1"}
TARA = known("M1", "Tara Jane", "Reddish", "1988-05-04", gender="F", relationships="mother", **HOME)
IMOGEN = known(
    "K1",
    "Imogen",
    "Reddish",
    "2013-04-21",
    gender="F",
    relationships="child of Tara Jane Reddish",
    case_status="open",
    allocated_worker="Una Finch",
    **HOME,
)
JOEL = known(
    "K2",
    "Joel",
    "Reddish",
    "2016-09-30",
    gender="M",
    relationships="child of Tara Jane Reddish",
    case_status="closed",
    closed_on="2026-10-20",
    **HOME,
)
FAR_CHILD = known("K3", "Nell", "Orme", "2009-01-12", gender="F", relationships="child of Tara Jane Reddish and Dale Orme", previous_postcodes=("ZQ1 1AA",), postcode="ZQ7 7YY", household_id="H2", flags=("child protection plan",))  # fmt: skip


def _asked(number: str, name: str, born: str | None = None, **more: object) -> Query:
    return Query.model_validate({"id": number, "name": name, "date_of_birth": born, "as_of": "2026-11-16", **more})


def _index(*people: KnownPerson) -> Index:
    return Index.build([*crowd(), *people])


def _why(links: tuple[FamilyLink, ...], record_id: str) -> str:
    return next(link.why for link in links if link.record_id == record_id)


def test_a_found_mother_lifts_her_child() -> None:
    index = _index(TARA, IMOGEN, JOEL)
    mother = _asked("people.0", "Tara Jane Reddish", "4/5/88", postcode="ZQ1 1AA")
    child = _asked("children.0", "Joel R", "2016")
    alone = index.match(child).candidates[0]
    together = match_household([child, mother], index).people[0].candidates[0]
    assert alone.record_id == together.record_id == "K2"
    assert together.probability > alone.probability


def test_a_sibling_who_is_not_held_is_not_lifted_to_a_match() -> None:
    index = _index(TARA, IMOGEN)
    result = match_household(
        [
            _asked("people.0", "Tara Jane Reddish", "4/5/88", postcode="ZQ1 1AA"),
            _asked("children.0", "Petra Reddish", "02/08/2015", postcode="ZQ1 1AA"),
        ],
        index,
    )
    assert result.people[1].decision != "match"
    assert result.people[1].candidates[0].probability < 0.1


def test_other_children_and_how_they_stand_are_listed() -> None:
    result = match_household([_asked("people.0", "Tara Jane Reddish", "4/5/88", postcode="ZQ1 1AA")], _index(TARA, IMOGEN, JOEL, FAR_CHILD))
    assert {link.record_id for link in result.links} == {"K1", "K2", "K3"}
    assert "open case, allocated to Una Finch" in _why(result.links, "K1")
    assert "closed within three months, on 20 October 2026" in _why(result.links, "K2")
    assert "child protection plan" in _why(result.links, "K3")
    assert "child of this person" in _why(result.links, "K3")


def test_children_of_one_household_go_to_the_same_worker() -> None:
    result = match_household([_asked("children.0", "Joel Reddish", "30/09/2016", postcode="ZQ1 1AA")], _index(TARA, IMOGEN, JOEL))
    assert result.worker == "Una Finch"


def test_two_workers_in_one_family_are_said() -> None:
    busy = JOEL.model_copy(update={"case_status": "open", "allocated_worker": "Per Holm"})
    result = match_household([_asked("children.0", "Joel Reddish", "30/09/2016", postcode="ZQ1 1AA")], _index(TARA, IMOGEN, busy))
    assert any("2 workers" in note for note in result.notes)


def test_a_looked_after_child_elsewhere_is_shown_at_once() -> None:
    away = IMOGEN.model_copy(update={"case_status": "none", "flags": ("LAC", "other authority")})
    result = match_household([_asked("children.0", "Imogen Reddish", "21/04/2013", postcode="ZQ1 1AA")], _index(away))
    assert _why(result.links, "K1") == "looked after; lives in another authority"


def test_two_people_of_a_form_are_never_both_one_record() -> None:
    queries = [
        _asked("children.0", "Imogen Reddish", "21/04/2013", postcode="ZQ1 1AA"),
        _asked("children.1", "Immy Reddish", "21/04/2013", postcode="ZQ1 1AA"),
    ]
    result = match_household(queries, _index(TARA, IMOGEN))
    assert [one.decision for one in result.people] == ["review", "review"]
    assert any("both look like record K1" in note for note in result.notes)


def test_a_new_baby_of_a_known_mother_is_named_as_such() -> None:
    queries = [_asked("children.0", "Unborn Reddish", "EDD 3/3/27"), _asked("people.0", "Tara Jane Reddish", "4/5/88", postcode="ZQ1 1AA")]
    result = match_household(queries, _index(TARA, IMOGEN))
    assert any("children.0: no record of this baby" in note and "M1" in note for note in result.notes)


def test_the_relatives_of_a_restricted_record_give_no_address_away() -> None:
    hidden = IMOGEN.model_copy(update={"flags": ("restricted",)})
    result = match_household([_asked("children.0", "Imogen Reddish", "21/04/2013", postcode="ZQ1 1AA")], _index(TARA, hidden))
    assert all(link.person is None or link.person.postcode is None for link in result.links)
    assert {link.record_id for link in result.links} >= {"M1"}
