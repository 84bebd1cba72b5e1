"""Names split by convention, and several people in one box."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.values.listed import list_people
from pipeline.extract.values.names import Habits, split_name, spoken

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("WETHERALL, Maisie", "Maisie", "Wetherall"),
        ("Maisie Wetherall", "Maisie", "Wetherall"),
        ("Maisie WETHERALL", "Maisie", "Wetherall"),
        ("WETHERALL Maisie Ann", "Maisie Ann", "Wetherall"),
        ("Mrs Demi Wetherall", "Demi", "Wetherall"),
        ("Maisie", "Maisie", None),
        ("Mr Ockenden", None, "Ockenden"),
        ("Ludwig van der Berg", "Ludwig", "van der Berg"),
        ("Siobhan O'NEILL", "Siobhan", "O'Neill"),
        ("Anne-Marie McDONALD", "Anne-Marie", "McDONALD"),
        ("de SOUZA, Ana", "Ana", "de Souza"),
    ],
)
def test_a_name_is_split_as_forms_write_it(written: str, given: str | None, family: str | None) -> None:
    name = split_name(written)
    assert (name.given, name.family) == (given, family)


def test_a_family_name_of_two_words_known_from_the_form_settles_the_split() -> None:
    assert split_name("Mahad Abdi Warsame", Habits(frozenset({"abdi warsame"}))).family == "Abdi Warsame"
    assert not split_name("Mahad Abdi Warsame").certain


def test_aliases_come_out_of_the_name() -> None:
    assert split_name("Leila Wisniewski (known as Lily Dixon)").aliases == ("Lily Dixon",)
    assert split_name("Robert Gale aka Bobby").aliases == ("Bobby",)


def test_a_name_ends_where_somebody_goes_on_to_tell() -> None:
    name = split_name("Ann Gale (mum). Dad is Jon Cole, he does not live with them")
    assert (name.given, name.family, name.brackets) == ("Ann", "Gale", ("mum",))
    assert split_name("St. Clair, Mary").family == "St. Clair"


def test_an_unborn_baby_has_no_given_name() -> None:
    name = split_name("unborn baby of Ann Smith")
    assert (name.unborn, name.given, name.family, name.mother) == (True, None, None, "Ann Smith")
    assert split_name("Unborn baby Warsame").family == "Warsame"
    assert split_name("Baby").unborn
    born = split_name("Baby Iris Fenn")
    assert (born.given, born.family, born.unborn) == ("Iris", "Fenn", False)


def test_titles_by_which_a_professional_is_known_stay() -> None:
    assert spoken(split_name("Dr M Leclerc")) == "Dr M Leclerc"
    assert spoken(split_name("Mrs Jane Poole")) == "Jane Poole"


def test_several_people_in_one_box() -> None:
    found = list_people("Temilade Eze (mother) and Tobi Eze (mother's partner)", TODAY)
    assert [(one.name.given, one.relationship) for one in found] == [("Temilade", "mother"), ("Tobi", "mother's partner")]


def test_people_with_dates_and_relationships_a_line_each() -> None:
    found = list_people("Mum: Ann Gale, 01/02/1990\nTom Gale - brother - 06.12.2020", TODAY)
    assert [(one.name.given, one.relationship, one.born.date_of_birth if one.born else None) for one in found] == [
        ("Ann", "Mum", "1990-02-01"),
        ("Tom", "brother", "2020-12-06"),
    ]
    assert all(one.phone is None for one in found)


def test_a_name_in_the_order_of_an_index_is_one_person() -> None:
    assert len(list_people("GALE, Ann", TODAY)) == 1
