"""Layouts: wherever a form puts its answer, it reaches the same place of the record."""

from __future__ import annotations

import pytest

from models.document import Cell, Document, Table
from models.record import Record
from pipeline.extract.understand import understand
from tests.extract.paper import CHILD, ON, TODAY, bold, child_table, line, read, table, typed


def _tom(record: Record) -> None:
    assert len(record.children) == 1
    child = record.children[0]
    assert (child.given_names, child.family_name, child.date_of_birth) == ("Tom", "Gale", "2015-02-01")


@pytest.mark.parametrize(
    "blocks",
    [
        [table(["Name of child", "GALE, Tom"], ["Date of birth", "01/02/2015"])],
        [table(["Name of child", "Tom Gale", "DOB", "01/02/2015"])],
        [table(["Surname", "First name", "DOB"], ["Gale", "Tom", "01/02/2015"])],
        [table(["Surname\nGale", "First name\nTom"], ["DOB\n01/02/2015", "Postcode\n"])],
        [table(["Surname: Gale", "First name: Tom"], ["DOB: 01/02/2015", "Postcode:"])],
        [table(["Name of child"], ["Tom Gale"], ["Date of birth"], ["1st February 2015"])],
        [line("Name of child: Tom Gale"), line("Date of birth: 01/02/2015")],
        [line("Name of child"), line("Tom Gale"), line("DOB 01.02.2015")],
        [line(bold("Name of child "), typed("Tom Gale")), line(bold("DOB "), typed("01/02/15"))],
        [line("Surname: Gale  Forename: Tom  DOB: 01/02/2015")],
        [table(["Surname\nFirst name\nDOB", "Gale\nTom\n01/02/2015"])],
        [line("Surname\tFirst name\tDOB"), line("Gale\tTom\t01/02/2015")],
    ],
    ids=["left", "four columns", "heads", "stacked", "colon", "above", "lines", "lines below", "controls", "one line", "labels then values", "tabs"],
)
def test_one_child_in_every_layout(blocks: list[object]) -> None:
    _tom(read(CHILD, *blocks).record)  # type: ignore[arg-type]


def test_label_row_over_value_row_again_and_again() -> None:
    record = read(
        CHILD,
        table(
            ["Surname:", "First names:", "Other known as names:"],
            ["Gale", "Tom", ""],
            ["DoB or EDD", "Gender:", "Postcode"],
            ["01/02/2015", "Male", "ab1 2cd"],
        ),
    ).record
    _tom(record)
    assert (record.children[0].gender, record.children[0].postcode) == ("male", "AB1 2CD")


def test_a_label_broken_over_lines_is_one_label() -> None:
    rows = table(["Relationship to\nunborn baby,\ninfant, child or\nyoung person", "Mother"], ["Name", "Ann Gale"])
    person = read(child_table(), line("Details of parents/carers", heading=1), rows).record.people[0]
    assert (person.given_names, person.relationship_to_child) == ("Ann", "Mother")


def test_children_side_by_side_as_columns() -> None:
    record = read(
        CHILD, table(["", "Child 1", "Child 2"], ["First name", "Tom", "Amy"], ["Surname", "Gale", "Gale"], ["DOB", "01/02/2015", "03/04/2017"])
    ).record
    assert [(child.given_names, child.date_of_birth) for child in record.children] == [("Tom", "2015-02-01"), ("Amy", "2017-04-03")]


def test_two_parents_side_by_side_keep_their_own_columns() -> None:
    rows = table(
        ["Parent's Name:", "Ann Gale", "Parent Name (if different address):", "Bob Ash"],
        ["Address:", "", "Address:", "4 Low Road"],
        ["Telephone Number:", "07700 900111", "Telephone Number:", ""],
    )
    people = read(child_table(), line("Parents / carers", heading=1), rows).record.people
    assert [(one.given_names, one.phone, one.address) for one in people] == [("Ann", "07700 900111", None), ("Bob", None, "4 Low Road")]


def test_repeated_labels_go_to_their_own_block() -> None:
    record = read(
        line("Referral TAKEN by", heading=1),
        table(["Name", "Dana Desk", "Job Title:", "Duty worker"]),
        line("Details of Practitioner MAKING this REFERRAL", heading=1),
        table(["Name", "Rae Poole", "Job title:", "Teacher"], ["Tel/Mobile:", "07700 900222", "Email:", "r.poole@school.example"]),
        CHILD,
        child_table(),
    ).record
    assert (record.referrer.name, record.referrer.role, record.referrer.phone, record.referrer.email) == (
        "Rae Poole",
        "Teacher",
        "07700 900222",
        "r.poole@school.example",
    )
    _tom(record)


def test_a_question_and_its_reason_side_by_side_go_by_column() -> None:
    record = read(
        child_table(),
        table(
            [
                [line("Have you discussed this referral with all those who hold Parental Responsibility?"), line("Yes ", "No ", ON)],
                [line("Have you discussed this with your line manager?"), line("Yes ", ON, " No")],
            ],
            [
                [line("If you answered No, please say why it is best to go on"), line("It would not be safe to ask them.")],
                [line("If you answered No, please say why")],
            ],
        ),
    ).record
    assert (record.consent.parents_aware, record.safeguarding_lead.discussed) == (False, True)
    assert record.consent.reason == "It would not be safe to ask them."


def test_free_text_under_its_question_and_columns_of_free_text() -> None:
    record = read(
        child_table(),
        table(["What has led to this child being referred?"], ["He came in with a bruise.\nMum: says he fell."]),
        table(
            ["What are we worried about?", "What's working well?", "What needs to happen?"],
            ["That it happens again.", "He likes school.", "A visit this week."],
        ),
    ).record.narrative
    assert record.reason == "He came in with a bruise.\nMum: says he fell."
    assert (record.worries, record.working_well, record.next_steps) == ("That it happens again.", "He likes school.", "A visit this week.")


def test_an_answer_that_looks_like_a_label_stays_an_answer() -> None:
    people = read(child_table(), line("Household members", heading=1), table(["Relationship to child", "Mother"], ["Name", "Ann Gale"])).record.people
    assert people[0].relationship_to_child == "Mother"
    referrer = read(
        child_table(),
        line("Details of referrer", heading=1),
        table(["Name", "Rae Poole", "Role", "School Nurse"], ["Agency", "School", "Telephone", ""]),
    ).record.referrer
    assert (referrer.role, referrer.agency) == ("School Nurse", "School")


def test_professionals_with_their_kind_printed_in_the_first_column() -> None:
    rows = table(["Agency", "Name", "Telephone Number"], ["GP", "Dr Tetley", "020 7946 0100"], ["School", "", ""], ["Health Visitor", "Sam Lee", ""])
    agencies = read(child_table(), line("Professionals involved with the child and family", heading=1), rows).record.agencies
    assert [agency.name for agency in agencies] == ["Dr Tetley", "Sam Lee"]


def test_example_rows_prompts_and_guidance_are_no_people() -> None:
    rows = table(
        ["Name", "Relationship to child", "DOB"],
        ["e.g. Sam Smith", "brother", "01/01/2010"],
        ["Ann Gale", "Mother", ""],
        ["Click here to enter text.", "Choose an item.", "[DD/MM/YYYY]"],
    )
    people = read(child_table(), line("Household members", heading=1), rows).record.people
    assert [one.given_names for one in people] == ["Ann"]


def test_fields_of_a_pdf_are_paired_with_the_words_at_their_left() -> None:
    from models.document import Control, Line, Origin, Place, Span

    def at(item: Span | Control, x: float, y: float) -> Line:
        return Line((item,), place=Place(1, (x, y, x + 80, y + 10)))

    blocks = (
        at(Control("text", "Gale", Origin.ACROFORM, "Text1"), 200, 101),
        at(Control("text", "Tom", Origin.ACROFORM, "Text2"), 200, 121),
        at(Span("Surname"), 50, 100),
        at(Span("First name"), 50, 120),
    )
    record = understand(Document("made.pdf", "pdf", blocks), (), TODAY).record
    assert (record.children[0].family_name, record.children[0].given_names) == ("Gale", "Tom")


def test_lines_in_columns_are_a_table_though_nothing_is_ruled() -> None:
    from models.document import Line, Place, Span

    def at(text: str, x: float, y: float) -> Line:
        return Line((Span(text),), place=Place(1, (x, y, x + 5 * len(text), y + 8)))

    blocks = tuple(
        at(text, x, y)
        for y, row in ((100, ("Surname", "First name", "DOB")), (114, ("Gale", "Tom", "01/02/2015")), (128, ("Gale", "Amy", "03/04/2017")))
        for x, text in zip((50, 150, 250), row, strict=True)
    )
    record = understand(Document("made.pdf", "pdf", (line("Details of children", heading=1), *blocks)), (), TODAY).record
    assert [child.given_names for child in record.children] == ["Tom", "Amy"]


def test_odd_documents_never_raise() -> None:
    nested = Table(1, 1, (Cell(0, 0, tables=(table(["Name of child", "Tom Gale"], ["Age", "5"]),)),))
    odd: list[list[object]] = [[], [line()], [table([""])], [nested], [line("?" * 500)], [table(["Name"] * 9, [""] * 9)], [Table(3, 3, ())]]
    for blocks in odd:
        assert read(*blocks).status in {"read", "not_a_referral"}  # type: ignore[arg-type]


def test_a_table_inside_a_cell_is_read() -> None:
    nested = Table(1, 1, (Cell(0, 0, tables=(table(["Name of child", "Tom Gale"], ["Date of birth", "01/02/2015"]),)),))
    _tom(read(nested).record)


def test_people_side_by_side_whatever_their_columns_are_called() -> None:
    children = table(
        ["", "1st child", "2nd child"], ["Forename", "Tom", "Amy"], ["Surname", "Gale", "Gale"], ["Date of birth", "01/02/2015", "03/04/2017"]
    )
    adults = table(
        ["", "1st adult", "2nd adult"], ["Name", "Ann Gale", "Bob Ash"], ["Relationship", "Mother", "Father"], ["Telephone", "07700 900111", ""]
    )
    found = read(line("The children", heading=1), children, line("The adults", heading=1), adults).record
    assert [(child.given_names, child.date_of_birth) for child in found.children] == [("Tom", "2015-02-01"), ("Amy", "2017-04-03")]
    assert [(one.given_names, one.relationship_to_child, one.phone) for one in found.people] == [
        ("Ann", "Mother", "07700 900111"),
        ("Bob", "Father", None),
    ]


def test_the_familys_address_below_a_table_of_adults_is_the_childs() -> None:
    adults = table(["Name", "Relationship", "Telephone"], ["Ann Gale", "Mother", "07700 900111"])
    home = table(["Family address", "4 Low Road, Dunsley", "Postcode", "LW1 2AB"], ["Language used at home", "Polish", "Interpreter wanted", "Yes"])
    child = read(CHILD, child_table(), line("The adults", heading=1), adults, home).record.children[0]
    assert (child.address, child.postcode, child.first_language, child.interpreter) == ("4 Low Road, Dunsley", "LW1 2AB", "Polish", True)
