"""Who is who: subjects, siblings, parental responsibility, the unborn, addresses said to be the same."""

from __future__ import annotations

import pytest

from tests.extract.paper import CHILD, OFF, ON, Content, bold, child_table, line, read, struck, table

CHILDREN = line("Names of children being referred", heading=1)
HOUSEHOLD = line("Household members", heading=1)


def test_every_row_of_a_children_table_is_a_subject() -> None:
    record = read(
        CHILDREN,
        table(["First name", "Surname", "DOB", "Gender"], ["Tom", "Gale", "01/02/2015", "M"], ["Amy", "Gale", "03/04/2017", "F"], ["", "", "", ""]),
    ).record
    assert [(child.given_names, child.gender) for child in record.children] == [("Tom", "male"), ("Amy", "female")]


@pytest.mark.parametrize("mark", ["Y", ON, "x", "*", "Yes"])
def test_a_tick_makes_a_sibling_a_subject(mark: Content) -> None:
    rows = table(
        ["First name", "Last name", "DOB", "Relationship", "Focus of referral"],
        ["Amy", "Gale", "03/04/2017", "Sister", mark],
        ["Ben", "Gale", "", "Brother", ""],
    )
    record = read(CHILD, child_table(), HOUSEHOLD, rows).record
    assert [child.given_names for child in record.children] == ["Tom", "Amy"]
    assert [person.given_names for person in record.people] == ["Ben"]


def test_unmarked_rows_of_a_table_with_a_subject_column_are_people() -> None:
    rows = table(
        ["Name", "DOB", "Being referred", "Relationship"], ["Tom Gale", "01/02/2015", "Y", "Subject"], ["Amy Gale", "03/04/2017", "", "Sister"]
    )
    record = read(CHILDREN, rows).record
    assert ([child.given_names for child in record.children], [person.given_names for person in record.people]) == (["Tom"], ["Amy"])


def test_siblings_are_people_unless_the_heading_says_they_are_referred() -> None:
    rows = table(["Name", "DOB", "School"], ["Amy Gale", "03/04/2017", ""])
    assert [one.given_names for one in read(CHILD, child_table(), line("Siblings", heading=1), rows).record.people] == ["Amy"]
    assert [one.given_names for one in read(CHILD, child_table(), line("Section G – Other children referred", heading=1), rows).record.children] == [
        "Tom",
        "Amy",
    ]


def test_a_child_named_again_in_the_household_is_one_child() -> None:
    rows = table(["Name", "Relationship to child", "DOB"], ["Tom Gale", "Subject", "01/02/2015"], ["Ann Gale", "Mother", ""])
    record = read(CHILD, child_table(), HOUSEHOLD, rows).record
    assert ([child.given_names for child in record.children], [person.given_names for person in record.people]) == (["Tom"], ["Ann"])


def test_a_table_after_the_last_blank_child_is_about_others() -> None:
    blank = table(["First name", "", "Surname", ""], ["DOB", "", "Gender", ""])
    family = table(
        ["Name", "Relationship to young person", "DOB"], ["Ann Gale", "Mother", ""], ["Amy Gale", "Sister", "03/04/2017"], ["Bea Gale", "", "1999"]
    )
    record = read(line("Young person 1", heading=1), child_table(), line("Young person 2", heading=1), blank, family).record
    assert [child.given_names for child in record.children] == ["Tom"]
    assert [person.given_names for person in record.people] == ["Ann", "Amy", "Bea"]


def test_a_bare_yes_is_nobodys_address() -> None:
    rows = table(["Name", "Relationship to child", "Home address"], ["Ann Gale", "Mother", "Y"], ["Bob Ash", "Father", "4 Elm Row, Copley"])
    record = read(CHILD, child_table(), HOUSEHOLD, rows).record
    assert [person.address for person in record.people] == [None, "4 Elm Row, Copley"]


def test_household_and_elsewhere() -> None:
    record = read(
        CHILD,
        child_table(),
        HOUSEHOLD,
        table(["Name", "Relationship to child"], ["Ann Gale", "Mother"]),
        line("Other significant adults", heading=1),
        table(["Name", "Relationship to child"], ["Bob Ash", "Father"]),
    ).record
    assert [(one.given_names, one.in_household) for one in record.people] == [("Ann", True), ("Bob", False)]


def test_parental_responsibility_by_column_tick_text_and_pair_table() -> None:
    rows = table(
        ["Name", "Relationship to child", "Parental responsibility?"],
        ["Ann Gale", "Mother", "Yes"],
        ["Bob Ash", "Father", ("Yes ", OFF, " No ", ON)],
        ["Cy Ash", "Uncle", ""],
    )
    assert [one.parental_responsibility for one in read(CHILD, child_table(), HOUSEHOLD, rows).record.people] == [True, False, None]
    pairs = table(["Child", "Person with PR", "Relationship to child"], ["Tom", "Ann Gale", "Mother"])
    named = table(["Name", "Relationship to child"], ["Ann Gale", "Mother"], ["Bob Ash", "Father"])
    assert [one.parental_responsibility for one in read(CHILD, child_table(), HOUSEHOLD, named, pairs).record.people] == [True, None]
    text = table(["Who has parental responsibility for the child(ren)?", "Mother only"])
    assert read(CHILD, child_table(), HOUSEHOLD, named, text).record.people[1].parental_responsibility is None
    both = table(["Who holds parental responsibility?", "Both parents"])
    assert [one.parental_responsibility for one in read(CHILD, child_table(), HOUSEHOLD, named, both).record.people] == [True, True]


@pytest.mark.parametrize(
    "rows",
    [
        [["Name of child", "Unborn baby of Ann Gale"], ["Date of birth or EDD", "EDD 14/02/2027"]],
        [["Name of child", "Unborn baby Gale"], ["DOB", "14/02/2027"]],
        [["First name", "Unborn"], ["Expected date of delivery", "14/02/2027"]],
        [["Name of child", "Baby Gale"], ["DOB/EDD", "due 14th Feb 2027"], ["Gender", "Unborn"]],
    ],
)
def test_the_unborn_in_its_disguises(rows: list[list[object]]) -> None:
    child = read(CHILD, table(*rows)).record.children[0]  # type: ignore[arg-type]
    assert (child.unborn, child.expected_delivery_date, child.given_names, child.date_of_birth) == (True, "2027-02-14", None, None)


def test_an_address_said_to_be_the_same_is_the_address() -> None:
    rows = table(
        ["Name", "Relationship", "Address"],
        ["Ann Gale", "Mother", "As child"],
        ["Bob Ash", "Father", "9 Low Road AB1 2CD"],
        ["Cy Ash", "Uncle", "As above"],
    )
    record = read(
        CHILD, table(["Surname", "Gale", "First name", "Tom"], ["Home address", "4 High Street, AB3 4EF", "DOB", "01/02/2015"]), HOUSEHOLD, rows
    ).record
    assert [one.address for one in record.people] == ["4 High Street, AB3 4EF", "9 Low Road AB1 2CD", "9 Low Road AB1 2CD"]
    assert record.people[0].postcode == "AB3 4EF"


def test_a_family_box_below_the_children_is_theirs() -> None:
    record = read(
        CHILDREN,
        table(["First name", "Surname", "DOB"], ["Tom", "Gale", "01/02/2015"], ["Amy", "Gale", "03/04/2017"]),
        table(["Family address", "4 High Street, AB3 4EF", "Telephone", "07700 900123"]),
    ).record
    assert [(child.address, child.phone) for child in record.children] == [("4 High Street, AB3 4EF", "07700 900123")] * 2


def test_several_people_in_one_box() -> None:
    record = read(
        CHILD,
        table(
            ["Name of child", "Tom Gale"],
            ["Names of Parent/Carers", "Ann Gale (mother) and Bob Ash (stepfather)"],
            ["Other people within the household", "Amy Gale - sister - 03/04/2017\nCy Ash, lodger"],
            ["Address", "4 High Street"],
        ),
    ).record
    assert [(one.given_names, one.relationship_to_child) for one in record.people] == [
        ("Ann", "mother"),
        ("Bob", "stepfather"),
        ("Amy", "sister"),
        ("Cy", "lodger"),
    ]
    assert record.children[0].address == "4 High Street"


def test_empty_child_blocks_are_no_children() -> None:
    block = table(["Name", ""], ["Date of birth", ""], ["Gender", "Male  Female"])
    record = read(line("Child 1", heading=2), child_table(), line("Child 2", heading=2), block, line("Child 3", heading=2), block).record
    assert len(record.children) == 1


def test_explicit_unknowns_are_kept_as_words_without_a_value() -> None:
    found = read(CHILD, table(["Surname", "Gale", "First name", "Tom"], ["DOB", "Not known", "NHS Number", "N/K"]))
    child = found.record.children[0]
    assert (child.date_of_birth, child.nhs_number) == (None, None)
    assert ("children.0.nhs_number", None, "N/K") in {(field.path, field.value, field.raw) for field in found.fields}


def test_ethnicity_by_grid_code_and_words() -> None:
    grid = table(
        ["White British", "Caribbean", "Indian"],
        ["White Irish", ("X ", "African"), "Pakistani"],
        ["Any other White background*", "Any other Black background*", "Bangladeshi"],
    )
    child = read(CHILD, child_table(), line("Ethnicity"), grid).record.children[0]
    assert (child.ethnicity, child.ethnicity_code) == ("African", "BAFR")
    assert read(CHILD, child_table(), table(["Ethnic Code:", "MWBC"])).record.children[0].ethnicity_code == "MWBC"
    assert read(CHILD, child_table(), table(["Ethnicity", "Not given"])).record.children[0].ethnicity is None


def test_gender_by_every_kind_of_mark() -> None:
    for answer in (("Male ", OFF, " Female ", ON), ("Male ", bold("Female")), (struck("Male"), " Female"), ("Male  Female X  Unknown",), ("F",)):
        assert read(CHILD, table(["Name of child", "Amy Gale"], ["Gender", answer])).record.children[0].gender == "female"
    assert read(CHILD, table(["Name of child", "Amy Gale"], ["Gender", "Male  Female  Unknown"])).record.children[0].gender is None


@pytest.mark.parametrize(("born", "children"), [("01/02/2015", ["Tom Alan"]), ("03/04/2017", ["Tom Alan", "Tom"]), ("", ["Tom Alan", "Tom"])])
def test_a_shorter_name_with_the_same_day_of_birth_is_the_same_child(born: str, children: list[str]) -> None:
    child = table(["Surname", "Gale", "First names", "Tom Alan"], ["Date of birth", "01/02/2015", "Gender", "Male"])
    rows = table(["First name", "Surname", "Relationship", "DOB", "Being referred"], ["Tom", "Gale", "Brother", born, "Y"])
    assert [one.given_names for one in read(CHILD, child, HOUSEHOLD, rows).record.children] == children


def test_two_rows_of_one_table_are_two_children() -> None:
    rows = table(["First name", "Surname", "DOB"], ["Ann Mary", "Gale", "01/02/2015"], ["Ann", "Gale", "01/02/2015"])
    assert len(read(CHILDREN, rows).record.children) == 2


def test_an_address_asked_once_is_that_of_every_child_referred() -> None:
    child = table(["Surname", "Gale", "First name", "Tom"], ["Date of birth", "01/02/2015", "Address", "5 Mill Row"])
    heads: list[Content] = ["First name", "Surname", "Relationship", "DOB", "Being referred"]
    found = read(CHILD, child, HOUSEHOLD, table(heads, ["Amy", "Gale", "Sister", "03/04/2017", "Y"]))
    assert [one.address for one in found.record.children] == ["5 Mill Row", "5 Mill Row"]
    sure = {value.path: value.confidence for value in found.fields}
    assert sure["children.1.address"] < sure["children.0.address"]


def test_an_address_asked_and_left_blank_is_not_filled_in() -> None:
    child = table(["Surname", "Gale", "First name", "Tom"], ["Date of birth", "01/02/2015", "Address", "5 Mill Row"])
    heads: list[Content] = ["First name", "Surname", "Relationship", "Address", "Being referred"]
    found = read(CHILD, child, HOUSEHOLD, table(heads, ["Amy", "Gale", "Sister", "", "Y"]))
    assert [one.address for one in found.record.children] == ["5 Mill Row", None]


def test_the_address_in_the_label_of_a_school_is_the_schools() -> None:
    school = [line(bold("School / Pre-school")), line(bold("Address:"))]
    rows = table(["Surname", "Gale", "First name", "Tom"], ["Home address", "5 Mill Row", school, "Elm School, 2 Elm Lane"])
    found = read(CHILD, rows)
    assert (found.record.children[0].address, [gap.field for gap in found.gaps if gap.kind == "conflict"]) == ("5 Mill Row", [])
    assert "Elm School" in (found.record.children[0].school or "")
