"""Labels and headings in words that nobody has taught the reader: their word for ours, two languages, the thing asked for by its name."""

from __future__ import annotations

import pytest

from models.extraction import Extraction, FieldValue, FormIdentity, Source
from models.mail import InboundMail
from pipeline.extract.labels import find_heading, find_label
from pipeline.extract.mail import read_mail
from pipeline.extract.other_words import other_wordings, thing_asked
from tests.extract.paper import CHILD, bold, child_table, line, read, table


@pytest.mark.parametrize(
    ("text", "block", "slot"),
    [
        ("Cyfeiriad cartref / Home address", None, "address"),
        ("Enw'r plentyn / Child's name", "child", "name"),
        ("Numer telefonu / Telephone number", None, "phone"),
        ("Phone of recorder", "referrer", "phone"),
        ("Work base address", None, "address"),
        ("Email for feedback on the referral", None, "email"),
        ("Secure mailbox", None, "email"),
        ("Home tel.", None, "phone"),
        ("1st lang.", None, "language"),
        ("Ethnicity code or description", None, "ethnicity"),
        ("Address if not living with child", None, "address"),
        ("Lived here less than a year? Last address", None, "previous_address"),
    ],
)
def test_a_label_in_other_words(text: str, block: str | None, slot: str) -> None:
    found = find_label(text)
    assert found is not None
    assert (found.block, found.slot) == (block, slot)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Is the relevant person aware that this submission is being made?", "consent.parents_aware"),
        ("Did the main carer agree to this notification?", "consent.status"),
        ("What additional help does this child need?", "narrative.next_steps"),
        ("Have you discussed this with your organisation's Prevent lead?", "safeguarding_lead.discussed"),
        ("Date of submission", "referral.date"),
        ("Full details of the allegation or concern", "narrative.reason"),
        ("Learning disability of carer", "indicators.learning_difficulties"),
        ("Date the concern first came to light", "nothing"),
        ("Level 3", "nothing"),
    ],
)
def test_a_question_in_other_words(text: str, field: str) -> None:
    found = find_label(text)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "text",
    ["Gender          Male", "Ethnic group: White British", "No religion", "She rang the school office by telephone first.", "Telephone first"],
)
def test_answers_and_advice_are_no_labels(text: str) -> None:
    assert thing_asked(text) is None
    assert find_label(text) is None


def test_a_sentence_has_no_other_wording() -> None:
    assert not list(other_wordings("The patient was seen at home. The relevant person was not there."))


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Parents, step-parents and carers", "carer"),
        ("Parents, siblings and lodgers", "household"),
        ("Agency requesting assistance", "referrer"),
        ("Part 2: Child's core details", "child"),
        ("Section B – Alleged victim", "child"),
        ("Adults on scene", "household"),
    ],
)
def test_a_heading_in_other_words(text: str, block: str) -> None:
    found = find_heading(text)
    assert found is not None
    assert found[0] == block


def test_numbering_is_no_initial() -> None:
    found = find_label("D.O.B. / Expected date of confinement")
    assert found is not None
    assert set(found.slots) == {"born", "edd"}


def test_a_column_of_yes_and_no_asks_whether() -> None:
    rows = table(
        ["Name", "Relationship to child", "PRRs held?", "Staying with child? (Y/N)"],
        ["Ann Gale", "Mother", "Y", "Yes"],
        ["Bob Marsh", "Uncle", "N", "N"],
    )
    ann, bob = read(CHILD, child_table(), line("Relevant persons and significant people", heading=1), rows).record.people
    assert (ann.in_household, ann.parental_responsibility) == (True, True)
    assert (bob.in_household, bob.parental_responsibility, bob.address) == (False, False, None)


def test_nobody_lives_at_home_by_a_guess() -> None:
    rows = table(["Name", "Who they are", "Telephone"], ["Bob Marsh", "Uncle", "07700 900123"])
    (bob,) = read(CHILD, child_table(), line("Notes", heading=1), rows).record.people
    assert bob.relationship_to_child == "Uncle"
    assert bob.in_household is None


def test_names_with_what_they_are_under_other_family_details_are_people() -> None:
    people = read(CHILD, child_table(), table(["Any other family details", "Ann Gale (mother) and Bob Marsh (stepfather)"])).record.people
    assert [(one.given_names, one.relationship_to_child) for one in people] == [("Ann", "mother"), ("Bob", "stepfather")]


def test_the_familys_address_before_anybody_is_named_is_the_childs() -> None:
    record = read(
        line("Request", heading=1),
        line("Family details", heading=1),
        table(["Family address", "12 Larch Close, Copley, LW1 1AA"], ["Telephone", "01632 960123"]),
        table(["Child's name", "Date of birth"], ["Tom Gale", "03/05/2015"]),
    ).record
    (child,) = record.children
    assert (child.given_names, child.postcode, child.phone) == ("Tom", "LW1 1AA", "01632 960123")


def test_boxes_for_the_office_end_where_the_child_begins() -> None:
    record = read(
        "Referral form",
        "Office use: received by: ",
        "Surname: Gale",
        "Forename: Tom",
        "Date of birth: 03/05/2015",
        "Ethnicity: White British",
        kind="txt",
    ).record
    (child,) = record.children
    assert (child.given_names, child.family_name, child.ethnicity) == ("Tom", "Gale", "White British")


def test_the_first_line_is_a_title_though_it_has_a_colon() -> None:
    record = read(
        "Children's Services: Request for a service (professionals)", "Child's name: Tom Gale", "Date of birth: 03/05/2015", kind="txt"
    ).record
    assert not record.agencies
    assert [child.family_name for child in record.children] == ["Gale"]


class _Reader:
    """Answers a body with what it was given."""

    def __init__(self, body: Extraction) -> None:
        self._body = body

    def body(self, text: str | None, html: str | None, name: str) -> Extraction:
        """The answer made ready."""
        return self._body


@pytest.mark.parametrize(("questions", "kept"), [(12, 1), (6, 0)])
def test_a_long_form_in_a_mail_is_kept_though_no_child_was_found(questions: int, kept: int) -> None:
    fields = tuple(
        FieldValue(path=f"agencies.{number}.name", value="Haven", raw="Haven", confidence=0.5, source=Source(document="mail"))
        for number in range(questions)
    )
    mail = InboundMail(sha256="0" * 64, size=6, body_text="a form")
    body = Extraction(path="the mail itself", status="read", form=FormIdentity(type="OTHER", confidence=0.4), fields=fields)
    assert len(read_mail(mail, _Reader(body))) == kept  # type: ignore[arg-type]


def test_the_childs_own_voice_is_not_the_writers() -> None:
    record = read(
        line("About me", heading=1),
        table(
            ["My name is", "Tom Gale"],
            ["I was born on", "03/05/2015"],
            ["I live at", "12 Larch Close, Copley, LW1 1AA"],
            ["At home we speak", "Polish"],
        ),
        line("Person completing this form", heading=1),
        table(["Name", "Jane Osei"], ["Job title", "Health Visitor"]),
    ).record
    (child,) = record.children
    assert (child.given_names, child.date_of_birth, child.postcode, child.first_language) == ("Tom", "2015-05-03", "LW1 1AA", "Polish")
    assert record.referrer.name == "Jane Osei"


def test_names_under_who_holds_parental_responsibility_hold_it() -> None:
    rows = table(["Name", "Relationship to child"], ["Ann Gale", "Mother"])
    (ann,) = read(
        CHILD,
        child_table(),
        line("Family members", heading=1),
        rows,
        line("Who holds parental responsibility?", heading=1),
        table(["Names and relationship to the children", "Ann Gale (mother)"]),
    ).record.people
    assert ann.parental_responsibility is True


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Factors reducing the risk", "working_well"),
        ("Licence conditions and steps in hand", "actions_taken"),
        ("What I would like your services to do", "next_steps"),
        ("I am contacting you because", "reason"),
    ],
)
def test_a_story_under_strange_words_goes_where_they_point(question: str, field: str) -> None:
    story = "The younger boy has come to the club three times this month without a coat and was very cold each time."
    record = read(CHILD, child_table(), table([question], [story])).record
    assert getattr(record.narrative, field) == story


def test_one_line_of_name_and_job_under_no_heading_is_the_writers() -> None:
    heads = table(
        [bold("Supervising officer"), bold("Grade")],
        ["Jane Osei", "Probation Officer"],
        [bold("Office"), bold("Office tel.")],
        ["Copley Probation", "01632 960123"],
    )
    record = read(heads, CHILD, child_table()).record
    assert (record.referrer.name, record.referrer.role) == ("Jane Osei", "Probation Officer")
    assert not record.agencies


def test_an_unknown_label_in_plain_text_ends_the_address_above_it() -> None:
    record = read(
        "Child's name: Tom Gale",
        "Date of birth: 03/05/2015",
        "Where the child lives: 12 Larch Close, Copley, LW1 1AA",
        "Who the child lives with: Ann Gale (mother)",
        kind="txt",
    ).record
    assert [child.address for child in record.children] == ["12 Larch Close, Copley, LW1 1AA"]
    assert [one.given_names for one in record.people] == ["Ann"]


def test_title_among_professionals_is_their_job() -> None:
    rows = table(
        ["Full name", "Title", "Organisation"], ["Jane Osei", "Health Visitor", "Copley Clinic"], ["Bob Marsh", "Head of Year", "Copley High"]
    )
    agencies = read(CHILD, child_table(), line("Network of professionals", heading=1), rows).record.agencies
    assert [one.role for one in agencies] == ["Health Visitor", "Head of Year"]


def test_a_known_word_is_no_slip_of_the_pen() -> None:
    found = find_label("Office")
    assert found is not None
    assert found.slot == "agency"


@pytest.mark.parametrize(("text", "number"), [("Linked child 2", 2), ("Child B", 2), ("Named young person no. 3", 3)])
def test_numbered_children_under_any_name(text: str, number: int) -> None:
    assert find_heading(text) == ("child", number)


def test_has_and_has_not_with_neither_marked_is_no_answer() -> None:
    consent = read(CHILD, child_table(), line("Consent", heading=1), table(["The parent agreed to it?", "has\nhas not"])).record.consent
    assert (consent.status, consent.reason) == (None, None)
