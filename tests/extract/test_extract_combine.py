"""Several documents, one referral: nothing lost, nothing mixed, differences told."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from models.extraction import Extraction, FieldValue, FormIdentity, Problem, Source
from models.record import Consent, NarrativeBoxes, Person, Record, Referrer
from pipeline.extract.combine import by_family, narrative_parts, together


def read(path: str, record: Record) -> Extraction:
    return Extraction(path=path, status="read", form=FormIdentity(type="MARF", confidence=0.9), record=record, fields=tuple(leaves(path, record)))


def leaves(document: str, record: Record) -> list[FieldValue]:
    found: list[FieldValue] = []

    def walk(value: JsonValue, path: str) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                walk(item, f"{path}.{key}" if path else key)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, item in enumerate(value):
                walk(item, f"{path}.{number}")
        elif value not in (None, False, [], ""):
            found.append(FieldValue(path=path, value=value, raw=str(value), confidence=0.9, source=Source(document=document)))

    walk(record.model_dump(mode="json"), "")
    return found


ORLA = Person(given_names="Orla", family_name="Fennimore", date_of_birth="2016-02-03", postcode="ZZ1 1AA")
FINN = Person(given_names="Finn", family_name="Fennimore", date_of_birth="2018-05-01", postcode="ZZ1 1AA")
OTHER = Person(given_names="Tariq", family_name="Osman", date_of_birth="2011-09-09", postcode="ZZ9 9ZZ")


def test_forms_of_one_family_are_one_referral_and_another_family_stays_apart() -> None:
    groups = by_family([read("a", Record(children=(ORLA,))), read("b", Record(children=(FINN,))), read("c", Record(children=(OTHER,)))])
    assert sorted(sorted(one.path for one in group) for group in groups) == [["a", "b"], ["c"]]


KHAN = Person(given_names="Mohammed", family_name="Khan", date_of_birth="2014-03-01", address="14 Sallow Court", postcode="ZZ1 1AA")
BABY = Person(unborn=True, expected_delivery_date="2027-02-12", address="14 Sallow Court", postcode="ZZ1 1AA")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (KHAN, KHAN.model_copy(update={"date_of_birth": "2014-09-20", "address": "3 Mill Lane", "postcode": "ZZ9 9ZZ"})),
        (KHAN, Person(given_names="Aisha", family_name="Noor", date_of_birth="2015-01-01", address="16 Sallow Court", postcode="ZZ1 1AA")),
        (BABY, BABY.model_copy(update={"address": "3 Mill Lane", "postcode": "ZZ9 9ZZ"})),
        (BABY.model_copy(update={"address": None, "postcode": None}), BABY.model_copy(update={"expected_delivery_date": "2027-05-01"})),
        (Person(unborn=True), Person(unborn=True)),
        (
            Person(given_names="Fatima", family_name="Begum", address="Flat 3, 14 High Street", postcode="ZZ1 1AA"),
            Person(given_names="Fatima", family_name="Begum", address="Flat 5, 14 High Street", postcode="ZZ1 1AA"),
        ),
    ],
)
def test_two_families_are_never_laid_together(one: Person, other: Person) -> None:
    """Namesakes of one year, neighbours, two babies on the way: a school or a midwife writes of both in one mail."""
    groups = by_family([read("a", Record(children=(one,))), read("b", Record(children=(other,)))])
    assert len(groups) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (KHAN, KHAN.model_copy(update={"date_of_birth": "2014-01-03"})),
        (KHAN, KHAN.model_copy(update={"date_of_birth": "2014-01-03", "address": None, "postcode": None})),
        (KHAN, Person(given_names="Aisha", family_name="Noor", address="14, Sallow Court, Exampleton ZZ1 1AA", postcode="ZZ1 1AA")),
        (BABY, BABY.model_copy(update={"expected_delivery_date": "2027-02-14"})),
        (BABY, Person(unborn=True, expected_delivery_date="2027-02")),
    ],
)
def test_one_family_is_laid_together_whatever_slipped(one: Person, other: Person) -> None:
    groups = by_family([read("a", Record(children=(one,))), read("b", Record(children=(other,)))])
    assert len(groups) == 1


def test_a_baby_on_the_way_is_one_child_of_its_family() -> None:
    mother = Person(given_names="Una", family_name="Tennick", date_of_birth="1991-07-02")
    first, second = Record(children=(Person(unborn=True),), people=(mother,)), Record(children=(Person(unborn=True),), people=(mother,))
    record, _, _ = together([read("a", first), read("b", second)])
    assert len(record.children) == 1


def test_a_file_that_could_not_be_read_stays_with_the_referral() -> None:
    broken = Extraction(path="x", status="unreadable", problem=Problem(code="corrupt", detail="send again"))
    assert by_family([broken, read("a", Record(children=(ORLA,)))])[0][-1].path == "x"
    assert by_family([broken]) == [(broken,)]


def test_twins_are_two_people() -> None:
    twin = ORLA.model_copy(update={"given_names": "Nora"})
    record, _, _ = together([read("a", Record(children=(ORLA,))), read("b", Record(children=(twin,)))])
    assert [child.given_names for child in record.children] == ["Orla", "Nora"]


def test_same_name_other_birth_date_is_another_person() -> None:
    father = Person(given_names="Orla", family_name="Fennimore", date_of_birth="1990-02-03")
    record, _, _ = together([read("a", Record(children=(ORLA,))), read("b", Record(people=(father,)))])
    assert len(record.people) == 1


def test_blanks_are_filled_and_differences_are_conflicts() -> None:
    first = Record(children=(ORLA,), referrer=Referrer(name="P. Quill", phone="07700 900111"))
    second = Record(children=(ORLA.model_copy(update={"school": "Larkfield Primary"}),), referrer=Referrer(name="P. Quill", phone="07700 900222"))
    record, fields, gaps = together([read("a", first), read("b", second)])
    assert record.children[0].school == "Larkfield Primary"
    assert record.referrer.phone == "07700 900111"
    assert [(gap.field, gap.kind) for gap in gaps] == [("referrer.phone", "conflict")]
    assert {value.path for value in fields} >= {"children.0.school", "referrer.phone"}


def test_a_child_listed_as_sibling_elsewhere_is_not_doubled() -> None:
    second = Record(children=(FINN,), people=(ORLA.model_copy(update={"relationship_to_child": "sister"}),))
    record, _, _ = together([read("a", Record(children=(ORLA,))), read("b", second)])
    assert [child.given_names for child in record.children] == ["Orla", "Finn"]
    assert record.people == ()
    assert record.children[0].relationship_to_child is None


def test_answers_in_words_are_joined() -> None:
    one, two = (
        Record(children=(ORLA,), narrative=NarrativeBoxes(reason="First.")),
        Record(children=(ORLA,), narrative=NarrativeBoxes(reason="Second.")),
    )
    record, _, gaps = together([read("a", one), read("b", two)])
    assert record.narrative.reason == "First.\n\nSecond."
    assert gaps == ()


def test_parts_of_the_narrative_keep_their_places() -> None:
    record = Record(children=(ORLA,), consent=Consent(status="given"), narrative=NarrativeBoxes(reason="A.", family="B."))
    text, parts = narrative_parts(record, [("mail", "C.")])
    assert [text[start:end] for _, start, end in parts] == ["A.", "B.", "C."]
