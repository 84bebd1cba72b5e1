"""What a form shows by its print: bold labels, dotted leaders, options as columns, titles, boxes before words."""

from __future__ import annotations

import pytest

from tests.extract.paper import CHILD, OFF, ON, REFERRER, bold, child_table, line, read, table


@pytest.mark.parametrize(
    "rows",
    [
        [line(bold("Officer "), "Ann Gale"), line(bold("Direct dial "), "01632 960252"), line(bold("Landlord "), "Copley Homes")],
        [line("Name ...... Ann Gale"), line("Direct dial ......01632 960252"), line("Landlord ..... Copley Homes")],
        [line("Name ______ Ann Gale"), line("Direct dial ____ 01632 960252"), line("Landlord ____ Copley Homes")],
    ],
)
def test_bold_words_and_dots_lead_from_a_label_to_its_answer(rows: list[object]) -> None:
    referrer = read(CHILD, child_table(), REFERRER, *rows).record.referrer  # type: ignore[arg-type]
    assert (referrer.name, referrer.phone, referrer.agency) == ("Ann Gale", "01632 960252", "Copley Homes")


def test_a_bold_label_nobody_taught_ends_the_answer_before_it() -> None:
    record = read(
        CHILD, child_table(), line(bold("Where does the child live? "), "2 Mill Lane, Eastmere"), line(bold("Colour of door "), "Blue")
    ).record
    assert record.children[0].address == "2 Mill Lane, Eastmere"


def test_a_question_and_its_answer_on_one_line() -> None:
    record = read(CHILD, child_table(), line("Where does the child live? 2 Mill Lane, Eastmere")).record
    assert record.children[0].address == "2 Mill Lane, Eastmere"
    assert record.safety.current_location is None


def test_options_of_any_name_as_columns() -> None:
    record = read(
        CHILD,
        child_table(),
        table(
            ["", "Current", "Past", "Never"],
            ["Domestic abuse", (OFF,), (ON,), (OFF,)],
            ["Mental ill health", (ON,), (OFF,), (OFF,)],
            ["Drug or alcohol misuse", (OFF,), (OFF,), (OFF,)],
        ),
    ).record
    assert (record.indicators.domestic_abuse, record.indicators.mental_health, record.indicators.substance_misuse) == (False, True, None)


def test_options_under_their_question_in_a_table_of_their_own() -> None:
    options = table([(OFF, " Child at risk of significant harm"), (ON, " Child in need"), (OFF, " Early help")])
    assert read(CHILD, child_table(), line("Type of referral", heading=2), options).record.referral.type == "child_in_need"
    blank = table([(OFF, " Child at risk of significant harm"), (OFF, " Child in need"), (OFF, " Early help")])
    assert read(CHILD, child_table(), line("Type of referral", heading=2), blank).record.referral.type is None


def test_a_box_before_words_that_sound_like_a_heading_is_an_option() -> None:
    record = read(CHILD, child_table(), line(ON, " We are worried for today"), line(OFF, " We would like advice")).record
    assert record.narrative.worries is None
    assert record.narrative.next_steps is None


def test_a_title_asks_nothing() -> None:
    record = read(line("Early Years Setting: Passing on a Safeguarding Concern", heading=1), CHILD, child_table()).record
    assert record.referral.type is None
    assert record.referrer.agency is None


@pytest.mark.parametrize(
    ("sentence", "aware"), [("Mother [X] is  [ ] is not aware of this referral.", True), ("Mother [ ] is  [X] is not aware of this referral.", False)]
)
def test_boxes_typed_among_the_words_of_a_sentence(sentence: str, aware: bool) -> None:
    assert read(CHILD, child_table(), line(sentence)).record.consent.parents_aware is aware


def test_advice_beside_a_bare_heading_word_is_no_answer() -> None:
    record = read(
        table(
            ["Before you start", "Have the child's name, date of birth and address to hand"],
            ["Consent", "Ask first, unless asking puts somebody at risk"],
        ),
        CHILD,
        child_table(),
    ).record
    assert (record.consent.status, record.consent.reason, record.narrative.other) == (None, None, None)


def test_a_follow_up_further_down_a_column_brings_its_own_answer() -> None:
    consent = read(
        CHILD,
        child_table(),
        table(
            ["Is the parent aware of the referral?", "Does the parent consent to the referral?"],
            [("Yes ", ON, " No ", OFF), ("Yes ", OFF, " No ", ON)],
            ["Comment", "Reason for referring without consent"],
            ["", "Father refused."],
        ),
    ).record.consent
    assert (consent.parents_aware, consent.status, consent.reason) == (True, "refused", "Father refused.")
