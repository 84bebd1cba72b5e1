"""Forms whose words nobody taught the reader: what is printed is told from what was written by how it looks."""

from __future__ import annotations

from models.document import Span
from tests.extract.paper import CHILD, ON, Content, bold, child_table, line, read, table


def heads(*words: str) -> list[Content]:
    return [bold(word) for word in words]


def test_bold_words_over_plain_ones_are_heads() -> None:
    rows = table(
        heads("Family network", "How they fit", "Came into the world"), ["Ann Gale", "Mother", "01/02/1985"], ["Bob Marsh", "Stepfather", ""]
    )
    record = read(CHILD, child_table(), line("Network", heading=1), rows).record
    assert [(one.given_names, one.relationship_to_child, one.date_of_birth) for one in record.people] == [
        ("Ann", "Mother", "1985-02-01"),
        ("Bob", "Stepfather", None),
    ]


def test_an_unknown_question_beside_a_known_one_is_not_its_answer() -> None:
    said = "She says that she would like to stay with her grandmother for now and go to school from there."
    rows = table(heads("What the child says", "Zum Beispiel"), ["I want the shouting to stop.", said])
    record = read(CHILD, child_table(), rows).record
    assert record.narrative.child_views == "I want the shouting to stop."


def test_bold_first_lines_are_labels_of_the_lines_under_them() -> None:
    cells: list[Content] = [
        [line(bold("Filled in by hand of")), line("Jane Osei")],
        [line(bold("Job title")), line("Health Visitor")],
        [line(bold("Telephone")), line("01632 960123")],
    ]
    record = read(CHILD, child_table(), line("Details of referrer", heading=1), table(["Name", "Jane Osei"]), table(cells)).record
    assert (record.referrer.role, record.referrer.phone) == ("Health Visitor", "01632 960123")
    assert not record.agencies


def test_people_in_numbered_columns() -> None:
    rows = table(
        ["", "(1)", "(2)", "(3)"],
        ["Name", "Ann Gale", "Bob Marsh", ""],
        ["Relationship", "Mother", "Father", ""],
        ["Telephone", "07700 900123", "", ""],
    )
    record = read(CHILD, child_table(), line("Parents and carers", heading=1), rows).record
    assert [(one.given_names, one.relationship_to_child, one.phone) for one in record.people] == [
        ("Ann", "Mother", "07700 900123"),
        ("Bob", "Father", None),
    ]


def test_a_number_set_apart_is_a_point_on_a_scale() -> None:
    cells: list[Content] = [bold("4") if number == 4 else str(number) for number in range(11)]
    assert read(CHILD, child_table(), table(cells)).record.safety.scale == 4
    assert read(CHILD, child_table(), table([str(number) for number in range(11)])).record.safety.scale is None


def test_a_ticked_number_is_a_point_on_a_scale() -> None:
    cells: list[Content] = [("7 ", ON) if number == 7 else str(number) for number in range(11)]
    assert read(CHILD, child_table(), table(cells)).record.safety.scale == 7


def test_shaded_label_beside_plain_answer_is_no_row_of_heads() -> None:
    rows = table([bold("Phone"), "07700 900123", bold("Is to the child"), "Birth mother"])
    record = read(CHILD, child_table(), line("Mother", heading=1), table(["Name", "Ann Gale"]), rows).record
    assert [(one.given_names, one.phone) for one in record.people] == [("Ann", "07700 900123")]


def test_an_address_under_each_row_is_that_persons() -> None:
    rows = table(
        ["Name", "Relationship", "Date of birth"],
        ["Ann Gale", "Mother", "01/02/1985"],
        ["Address if different: 2 Oak Lane, Copley"],
        ["Bob Marsh", "Father", "03/04/1983"],
        ["Address if different:"],
    )
    record = read(CHILD, child_table(), line("Parents and carers", heading=1), rows).record
    assert [(one.given_names, one.address) for one in record.people] == [("Ann", "2 Oak Lane, Copley"), ("Bob", None)]


def test_who_are_they_over_mother_and_father_asks_for_the_relationship() -> None:
    rows = table(["Name", "Date of birth", "Name of link to child"], ["Ann Gale", "01/02/1985", "Mother"], ["Amy Gale", "03/04/2017", "Sister"])
    record = read(CHILD, child_table(), rows).record
    assert [(one.given_names, one.relationship_to_child) for one in record.people] == [("Ann", "Mother"), ("Amy", "Sister")]
    assert len(record.children) == 1


def test_heads_over_one_row_go_on_about_the_same_child() -> None:
    first, second = (
        table(["Child's name", "Date of birth"], ["Tom Gale", "03/05/2015"]),
        table(["School", "Ethnicity"], ["Elm School", "White British"]),
    )
    (child,) = read(line("Child's profile"), first, second).record.children
    assert (child.given_names, child.school, child.ethnicity) == ("Tom", "Elm School", "White British")


def test_mother_in_a_name_box_is_what_somebody_is_to_the_child() -> None:
    rows = table(["Name", "Ann Gale"], ["Name of the link to the child", "Mother"])
    record = read(CHILD, child_table(), line("Parent or carer", heading=1), rows).record
    assert [(one.given_names, one.family_name) for one in record.people] == [("Ann", "Gale")]


def test_a_table_printed_in_bold_throughout_is_no_table_of_heads() -> None:
    rows = table([Span("Name", bold=True), Span("Tom Gale", bold=True)], [Span("Date of birth", bold=True), Span("03/05/2015", bold=True)])
    (child,) = read(CHILD, rows).record.children
    assert (child.given_names, child.date_of_birth) == ("Tom", "2015-05-03")


def test_a_row_of_labels_with_nothing_filled_in_answers_nothing() -> None:
    rows = table([bold("Telephone"), "01632 960123"], [bold("Safeguarding lead"), bold("The number we ring")])
    assert read(CHILD, child_table(), rows).record.safeguarding_lead.name is None


def test_a_scale_down_the_page() -> None:
    points: list[list[Content]] = [[str(number), "X" if number == 6 else ""] for number in range(11)]
    assert read(CHILD, child_table(), table(*points)).record.safety.scale == 6
