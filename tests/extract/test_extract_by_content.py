"""Tables and boxes whose words nobody taught the reader, told by what was written in them; printed words that are no values."""

from __future__ import annotations

import pytest

from pipeline.extract.by_content import slot_of
from pipeline.extract.printed_words import is_printed
from tests.extract.paper import CHILD, Content, child_table, line, read, table


@pytest.mark.parametrize(
    ("texts", "slot"),
    [
        (["Mum", "Maternal grandmother", "not known"], "relationship"),
        (["01/02/1990", "3 May 2011 (aged 5)", "n/k"], "born"),
        (["07700 900123", "020 7946 0001 ext 12"], "phone"),
        (["a.b@example.org"], "email"),
        (["M", "F", "f"], "gender"),
        (["White British", "Pakistani"], "ethnicity"),
        (["Ann Gale", "GALE, Tom", "Mary-Jane O'Neill"], "name"),
        (["12 High Street, Copley, LW1 1AA"], "address"),
        (["9990000018"], "nhs"),
        (["9990000019"], None),
        (["Y", "N"], None),
        (["Reading and writing", "Sleep"], None),
        (["", "unknown"], None),
    ],
)
def test_what_a_column_holds(texts: list[str], slot: str | None) -> None:
    assert slot_of(texts) == slot


def test_a_table_under_strange_heads_is_read_by_its_columns() -> None:
    rows = table(
        ["Who", "How they fit in", "Date of birth", "PR? Y/N"],
        ["GALE, Ann", "Mother", "01/02/1985", "Y"],
        ["Bob Gale", "Stepfather", "", ""],
    )
    record = read(CHILD, child_table(), line("Who is at home", heading=1), rows).record
    assert [(one.given_names, one.family_name, one.relationship_to_child) for one in record.people] == [
        ("Ann", "Gale", "Mother"),
        ("Bob", "Gale", "Stepfather"),
    ]


@pytest.mark.parametrize(
    ("printed", "answer", "value"), [("Ring the family on", "07700 900123", "07700 900123"), ("Write to", "a@example.org", None)]
)
def test_a_box_that_can_be_only_one_thing(printed: str, answer: str, value: str | None) -> None:
    child = read(CHILD, child_table(), table([printed, answer])).record.children[0]
    assert (child.phone, child.email) == (value, None if value else "a@example.org")


def test_a_number_under_no_name_is_nobodys() -> None:
    record = read(line("Before you start", heading=1), table(["Out of hours", "020 7946 0999"])).record
    assert not record.children
    assert record.referrer.phone is None


@pytest.mark.parametrize(
    ("slot", "text", "printed"),
    [
        ("religion", "Doctor (GP)", True),
        ("family", "DoB/EDD", True),
        ("given", "forename(s)", True),
        ("role", "Reference:", True),
        ("role", "Health Visitor", False),
        ("role", "School nurse", False),
        ("given", "Faith", False),
        ("name", "Mother", False),
        ("relationship", "Mother", False),
        ("school", "Nursery", False),
    ],
)
def test_a_label_is_no_value(slot: str, text: str, printed: bool) -> None:
    assert is_printed(slot, text) is printed


@pytest.mark.parametrize(("focus", "subjects"), [("Yes   No X", 1), ("Yes X   No", 2), ("Yes   No", 1)])
def test_a_subject_column_of_two_boxes_is_read_as_a_choice(focus: Content, subjects: int) -> None:
    rows = table(["Name", "DOB", "Relationship", "Focus of referral"], ["Amy Gale", "03/04/2017", "Sister", focus])
    assert len(read(CHILD, child_table(), line("Household members", heading=1), rows).record.children) == subjects


def test_the_same_words_in_many_boxes_are_a_prompt() -> None:
    prompted: list[list[Content]] = [[label, "Tap this to write"] for label in ("School", "GP", "Religion", "First language", "Ethnicity")]
    child = read(CHILD, child_table(), table(*prompted)).record.children[0]
    assert (child.school, child.gp, child.religion, child.first_language, child.ethnicity) == (None, None, None, None, None)


def test_the_same_answer_to_many_questions_is_an_answer() -> None:
    rows = table(
        ["Interpreter required?", "Yes   No"],
        ["Is the child disabled?", "Yes   No"],
        ["Religion", "not known"],
        ["School", "Elm School"],
        ["GP", "Elm School"],
    )
    child = read(CHILD, child_table(), rows).record.children[0]
    assert (child.school, child.interpreter, child.disability) == ("Elm School", None, None)


def test_a_place_in_a_list_is_nobodys_name() -> None:
    record = read(CHILD, child_table(), line("Details of referrer", heading=1), table(["Name of referrer", "Day 1"])).record
    assert record.referrer.name is None


def test_the_schools_telephone_under_the_referrer_is_the_referrers() -> None:
    rows = table(["Staff member", "Jane Osei"], ["School telephone", "01632 960123"], ["School email", "j.osei@example.org"])
    record = read(CHILD, child_table(), line("Details of referrer", heading=1), rows).record
    assert (record.referrer.phone, record.referrer.email) == ("01632 960123", "j.osei@example.org")
