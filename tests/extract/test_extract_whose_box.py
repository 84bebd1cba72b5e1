"""Whose box is it: boxes after a child's address, heads lower in a table, unknown labels in a row of four, siblings among children, words in passing."""

from __future__ import annotations

from tests.extract.paper import CHILD, bold, child_table, line, read, table

STORY = "Tom came to school with a bruise on his arm and said that it was from Friday."


def test_boxes_after_a_childs_address_are_the_childs() -> None:
    rows = table(
        ["Current address of the child", "1 Elm Road, Copley"],
        ["Postcode", "LW1 1AA"],
        ["Contact telephone", "07700 900123"],
        ["Main language", "Polish"],
    )
    child = read(line("Referral form", heading=1), table(["Child's name", "Tom Gale"]), line("Practical details", heading=1), rows).record.children[0]
    assert (child.postcode, child.phone, child.first_language) == ("LW1 1AA", "07700 900123", "Polish")


def test_heads_lower_in_a_table_speak_of_the_person_above() -> None:
    rows = table(
        ["Name of referrer", "Job title", "Agency"],
        ["Jane Osei", "Teacher", "Elm School"],
        ["Telephone", "Email", "Mobile"],
        ["01632 960123", "j.osei@example.org", ""],
    )
    record = read(CHILD, child_table(), rows).record
    assert (record.referrer.name, record.referrer.phone, record.referrer.email) == ("Jane Osei", "01632 960123", "j.osei@example.org")
    assert record.children[0].phone is None


def test_an_unknown_label_in_a_row_of_four_ends_the_answer_before_it() -> None:
    rows = table(
        [bold("Address"), "1 Elm Road, Copley", bold("Household tenure"), "Rented from the council"],
        [bold("Religion"), "Christian", bold("GP"), "Dr Nair"],
    )
    child = read(CHILD, child_table(), rows).record.children[0]
    assert (child.address, child.religion, child.gp) == ("1 Elm Road, Copley", "Christian", "Dr Nair")


def test_a_brother_in_a_table_after_the_child_is_not_referred() -> None:
    rows = table(["Full name", "Relationship", "Date of birth"], ["Ben Gale", "Brother", "01/02/2017"], ["Ann Gale", "Mother", ""])
    record = read(table(["Child's name", "Tom Gale"], ["Date of birth", "03/05/2015"]), rows).record
    assert ([one.given_names for one in record.children], [one.given_names for one in record.people]) == (["Tom"], ["Ben", "Ann"])


def test_brothers_under_a_heading_that_says_they_are_referred_are() -> None:
    rows = table(["Name", "DOB", "Relationship"], ["Tom Gale", "01/02/2015", ""], ["Amy Gale", "03/04/2017", "Sister"])
    assert len(read(line("Children being referred", heading=1), rows).record.children) == 2


def test_a_rule_about_consent_is_nobodys_consent() -> None:
    advice = line("Help at levels 2 and 3 rests on informed consent. Concerns at level 4 do not.")
    assert read(CHILD, child_table(), advice).record.consent.status is None
    assert read(CHILD, child_table(), line("Parents have not consented to this referral.")).record.consent.status == "refused"


def test_by_whom_consent_was_given() -> None:
    rows = table(["Is consent given?", "Yes", "By whom?", "Ann Gale"])
    record = read(CHILD, child_table(), rows).record
    assert (record.consent.status, record.consent.given_by) == ("given", "Ann Gale")


def test_what_a_holder_is_to_the_child_stands_in_the_table_of_holders() -> None:
    people = table(["Name", "DOB", "Gender"], ["Ann Gale", "01/02/1985", "F"])
    holders = table(
        ["Child", "Person with parental responsibility", "Relationship to child"], ["Tom", "Ann Gale", "Mother"], ["Tom", "Bob Marsh", "Father"]
    )
    record = read(
        CHILD, child_table(), line("Household members", heading=1), people, line("Who has parental responsibility?", heading=1), holders
    ).record
    assert {(one.given_names, one.relationship_to_child, one.parental_responsibility) for one in record.people} == {
        ("Ann", "Mother", True),
        ("Bob", "Father", True),
    }


def test_no_information_is_no_no() -> None:
    child = read(CHILD, child_table(), table(["Does the child have a disability?", "No Information Available"])).record.children[0]
    assert (child.disability, child.disability_details) == (None, None)


def test_a_family_of_fathers_names_divides_every_name_after_the_first() -> None:
    child = table(["First name", "Surname"], ["Leyla", "Noor Salim"])
    record = read(CHILD, child, line("Household members", heading=1), table(["Name", "Relationship"], ["Ruqia Salim Bare", "Mother"])).record
    assert [(one.given_names, one.family_name) for one in (*record.children, *record.people)] == [("Leyla", "Noor Salim"), ("Ruqia", "Salim Bare")]


def test_a_hyphen_is_no_fathers_name() -> None:
    child = table(["First name", "Surname"], ["Tom", "Hall-Gale"])
    record = read(CHILD, child, line("Household members", heading=1), table(["Name", "Relationship"], ["Ann Mary Gale", "Mother"])).record
    assert [(one.given_names, one.family_name) for one in record.people] == [("Ann Mary", "Gale")]


def test_other_children_of_the_family_are_not_referred() -> None:
    rows = table(["Name of child", "DOB"], ["Amy Gale", "03/04/2017"])
    record = read(CHILD, child_table(), line("Other children of the family (not referred)", heading=1), rows).record
    assert ([one.given_names for one in record.children], [one.given_names for one in record.people]) == (["Tom"], ["Amy"])


def test_answers_on_a_printed_rule() -> None:
    record = read(
        CHILD,
        child_table(),
        line("Details of referrer", heading=1),
        table(["Name", "___Jane Osei____"], ["Role", "...Class Teacher"], ["Agency", "....."]),
    ).record
    assert (record.referrer.name, record.referrer.role, record.referrer.agency) == ("Jane Osei", "Class Teacher", None)


def test_below_a_table_of_others_the_childs_boxes_are_the_childs() -> None:
    others = table(["Name", "Relationship", "Address", "Telephone"], ["", "", "", ""])
    boxes = table(["Religion", "Ethnicity", "Language spoken at home", "Interpreter?"], ["Hindu", "Indian", "Punjabi", "No"])
    found = read(CHILD, child_table(), line("People who matter and live elsewhere", heading=1), others, boxes).record
    child = found.children[0]
    assert (child.religion, child.ethnicity, child.first_language, child.interpreter) == ("Hindu", "Indian", "Punjabi", False)
    assert found.people == ()


def test_the_workplace_before_the_name_is_the_writers() -> None:
    rows = table(["Setting", "Elm Primary School", "Form filled in by", "Pat Quill"], ["Position", "Head of year", "Telephone", "0113 496 0123"])
    found = read(rows, CHILD, child_table()).record
    assert (found.referrer.agency, found.referrer.name, found.referrer.role) == ("Elm Primary School", "Pat Quill", "Head of year")
    assert found.children[0].school is None
