"""Consent as four things, with its traps; safety, history, ticks, dates, free text."""

from __future__ import annotations

import pytest

from models.record import Consent
from tests.extract.paper import CHILD, OFF, ON, Content, bold, child_table, line, read, struck, table, typed


def consent(*rows: list[object]) -> Consent:
    """Consent as read from rows of questions."""
    return read(CHILD, child_table(), line("Consent", heading=1), table(*rows)).record.consent  # type: ignore[arg-type]


def test_the_four_are_kept_apart() -> None:
    found = consent(
        ["Are the parents/carers aware of this referral?", ("Yes ", ON, " No ", OFF)],
        ["Has consent been sought?", ("Yes ", ON, " No ", OFF)],
        ["Has the parent given consent to the referral being made?", ("Yes ", OFF, " No ", ON)],
        ["If no, please say why", "Mother refused when asked."],
        ["Does the child know about this referral?", ("Yes ", OFF, " No ", ON)],
    )
    assert (found.parents_aware, found.sought, found.status, found.child_aware) == (True, True, "refused", False)
    assert found.reason == "Mother refused when asked."


@pytest.mark.parametrize(
    ("answer", "reason", "status"),
    [
        ("Yes", "", "given"),
        ("No", "Mother declined.", "refused"),
        ("No", "Not asked because telling them would put him at greater risk.", "not_sought"),
        ("Yes", "She agrees to the referral but not to the GP being contacted.", "partial"),
        ("Partial", "Only to school records.", "partial"),
        ("Yes / No", "", None),
        ("Not known", "", None),
        ("", "", None),
    ],
)
def test_status_from_question_and_reason(answer: str, reason: str, status: str | None) -> None:
    assert consent(["Has consent been obtained?", answer], ["If not, why not?", reason]).status == status


def test_no_before_yes_is_read_by_its_words() -> None:
    assert consent(["Do you have consent?", ("No ", OFF, " Yes ", ON, " Not known ", OFF)]).status == "given"


def test_a_negative_statement_with_its_rationale() -> None:
    record = read(
        CHILD,
        child_table(),
        table(
            ["The parent or carer HAS NOT consented. My rationale for sharing information without consent is:"],
            ["Asking could put him at risk of harm."],
        ),
    ).record
    assert (record.consent.status, record.consent.reason) == ("not_sought", "Asking could put him at risk of harm.")
    blank = read(
        CHILD,
        child_table(),
        table(["The parent or carer HAS NOT consented. My rationale for sharing information without consent is:"], [typed(None)]),
    ).record
    assert blank.consent == Consent()


def test_a_signature_is_consent_and_an_unsigned_statement_is_not() -> None:
    assert consent(["I agree to this referral being made. Signed (parent)", "Ann Gale", "Date", "01/11/2026"]).status == "given"
    assert consent(["I agree to this referral being made. Signed (parent)", "", "Date", ""]).status is None
    assert consent(["I agree to this referral being made. Signed (parent)", "consent gained", "Date", ""]).status == "given"


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (
            [
                ["I have gained verbal consent from the mother", (OFF,)],
                ["I have not gained consent", (ON,)],
                ["Reason consent was not gained", "Asking her could put the baby at risk."],
            ],
            "not_sought",
        ),
        ([["I have gained verbal consent from the mother", (ON,)], ["I have not gained consent", (OFF,)]], "given"),
        ([["I have gained verbal consent from the mother", (OFF,)], ["I have not gained consent", (OFF,)]], None),
        ([["Has consent been given?", (OFF, " Consent given ", OFF, " Consent refused ", ON, " Consent not sought")]], "not_sought"),
        ([["Has consent been given?", (ON, " Consent given ", OFF, " Consent refused ", OFF, " Consent not sought")]], "given"),
        ([["Has consent been given?", (OFF, " Consent given ", OFF, " Consent refused ", OFF, " Consent not sought")]], None),
        ([["We are happy for this to be shared with people who can help", "No"], ["If we said no, this is why", "We refused."]], "refused"),
        ([["Do they agree?", "No"], ["If they do not know or agree, why are you asking?", "Father refused."]], "refused"),
        ([["Have they agreed to it?", ("Yes ", OFF, " No ", OFF)]], None),
    ],
)
def test_consent_by_statement_option_and_follow_up(rows: list[list[object]], status: str | None) -> None:
    assert consent(*rows).status == status


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([["I have not gained consent", (ON,)]], None),
        ([["Consent obtained?", "No"]], None),
        ([["Do you have consent for this referral?", ("Yes ", OFF, " No ", ON)]], None),
        ([["Do you have consent for this referral?", ("Yes ", OFF, " No ", ON)], ["Was consent sought?", "Yes"]], "refused"),
        ([["Do you have consent for this referral?", ("Yes ", OFF, " No ", ON)], ["Was consent sought?", "No"]], "not_sought"),
        ([["Do you have consent for this referral?", "No"], ["Are the parents/carers aware of this referral?", "No"]], "not_sought"),
        ([["Have the parents agreed to this referral?", "No"]], "refused"),
        ([["Have the parents agreed to this referral?", "Yes"], ["Do you have consent to share information?", "No"]], "partial"),
    ],
)
def test_a_bare_no_is_settled_by_what_was_asked(rows: list[list[Content]], status: str | None) -> None:
    found = read(CHILD, child_table(), table(*rows))
    assert found.record.consent.status == status
    assert ("consent.status" in {gap.field for gap in found.gaps if gap.kind == "unclear"}) is (status is None)


def test_agreed_to_one_thing_and_not_another_is_partial() -> None:
    found = consent(
        ["Has the Parent/Carer agreed to this referral?", ("YES ", ON, " NO ", OFF)],
        ["Has the Parent/Carer consented to share information:", ("YES ", OFF, " NO ", ON)],
    )
    assert found.status == "partial"


def test_a_sentence_to_delete_from() -> None:
    record = read(CHILD, child_table(), line("The child does / ", struck("does not"), " have a disability.")).record
    assert record.children[0].disability is True


def test_questions_as_columns_of_yes_and_no() -> None:
    rows = table(
        ["", "Yes", "No", "Not known"],
        ["Parents told of this referral?", ON, OFF, OFF],
        ["Is the child looked after?", OFF, ON, OFF],
        ["Is the child on a child protection plan?", OFF, OFF, ON],
    )
    record = read(CHILD, child_table(), rows).record
    assert (record.consent.parents_aware, record.history.looked_after, record.history.child_protection_plan) == (True, False, None)


def test_kind_of_referral_by_question_statement_and_level() -> None:
    assert (
        read(CHILD, child_table(), table(["Is this a child protection referral?", ("Yes ", ON, " No ", OFF)])).record.referral.type
        == "child_protection"
    )
    assert (
        read(
            CHILD, child_table(), table(["I consider this child is in need or vulnerable", ON], ["At risk of significant harm", OFF])
        ).record.referral.type
        == "child_in_need"
    )
    assert read(CHILD, child_table(), table(["What level of need do you consider this to be?", "Level 2"])).record.referral.type == "early_help"
    assert read(CHILD, child_table(), table(["Is this a child protection referral?", "Yes / No"])).record.referral.type is None


@pytest.mark.parametrize(
    ("answer", "scale"),
    [("3", 3), ("4/10", 4), ("3 out of 10", 3), ("Mother: 5\nWorker: 2.5\nChild: 2", 2.5), ("0 1 2 3 4 5 6 7 8 9 10", None), ("", None), ("7½", 7.5)],
)
def test_the_safety_scale(answer: str, scale: float | None) -> None:
    assert (
        read(
            CHILD,
            child_table(),
            table(["On a scale of 0 to 10, where 0 means certain harm and 10 means safe enough to close, where would you rate it today?", answer]),
        ).record.safety.scale
        == scale
    )


def test_a_figure_set_apart_on_the_printed_scale() -> None:
    answer = ("0 1 2 ", bold("3"), " 4 5 6 7 8 9 10")
    assert read(CHILD, child_table(), table(["On a scale of 0 – 10, how safe is the child?", answer])).record.safety.scale == 3


def test_where_the_child_is_and_who_is_feared() -> None:
    record = read(
        CHILD,
        child_table(),
        table(["Where is the child now?"], ["At home with mother."]),
        table(
            ["Alleged perpetrator (if relevant)", "Bob Ash"],
            ["Known risks to workers", "Large dog."],
            ["Does the child need immediate protection?", "No"],
        ),
    ).record.safety
    assert (record.current_location, record.alleged_perpetrator, record.risks_to_workers, record.immediate_protection) == (
        "At home with mother.",
        "Bob Ash",
        "Large dog.",
        False,
    )


def test_ticked_concerns_and_unticked_ones() -> None:
    record = read(
        CHILD, child_table(), table(["Domestic violence", "X"], ["Mental Health", ON], ["Drug/Alcohol use", OFF], ["Learning difficulties", ""])
    ).record.indicators
    assert (record.domestic_abuse, record.mental_health, record.substance_misuse, record.learning_difficulties) == (True, True, None, None)


def test_words_that_look_like_labels_inside_a_story_stay_in_it() -> None:
    story = "Mother: she shouts.\nSchool: he is often late.\nWhat next? We do not know."
    record = read(CHILD, child_table(), table(["What are you worried about?"], [story])).record
    assert record.narrative.worries == story
    assert record.people == ()


def test_dates_of_the_referral() -> None:
    referrer = line("Details of referrer", heading=1)
    assert read(CHILD, child_table(), referrer, table(["Name", "Rae Poole", "Date", "10/11/26"])).record.referral.date == "2026-11-10"
    assert (
        read(CHILD, child_table(), table(["Date of referral", "10 Nov 2026"], ["Date Referral Received:", "12/11/2026"])).record.referral.date
        == "2026-11-10"
    )
    assert read(CHILD, child_table(), table(["Signature of parent", "A Gale", "Date", "09/11/2026"])).record.referral.date is None


def test_an_unknown_question_keeps_its_words() -> None:
    words = "We went to the allotment twice and he told us about his goat and the broken gate."
    assert read(CHILD, child_table(), table(["Tell us a tale"], [words])).record.narrative.other == words


def test_office_use_is_not_read() -> None:
    record = read(line("FOR OFFICE USE ONLY", heading=1), table(["Name", "Dana Desk"], ["Date", "01/11/2026"]), CHILD, child_table()).record
    assert (record.referrer.name, record.referral.date, len(record.children)) == (None, None, 1)


def test_mail_sentences_count_where_no_box_was_answered() -> None:
    assert read(CHILD, child_table(), line("Parents have not consented to this referral.")).record.consent.status in {"refused", "not_sought"}
    with_box = read(
        CHILD, child_table(), table(["Has consent been given?", "Yes"]), line("Help at this level rests on consent. Parents have not consented.")
    )
    assert with_box.record.consent.status == "given"


@pytest.mark.parametrize(
    ("first", "second", "disabled"), [("[ ]", "[x]", False), ("[x]", "[ ]", True), ("☒", "☐", True), ("☐", "☒", False), ("[ ]", "[ ]", None)]
)
def test_a_box_typed_right_after_its_question_is_its_first_options(first: str, second: str, disabled: bool | None) -> None:
    found = read(CHILD, child_table(), table([f"Disability? {first} Yes    {second} No"]))
    assert found.record.children[0].disability is disabled


def test_a_ticked_level_is_no_question_about_protection_now() -> None:
    kinds = ["Child protection – immediate", "Child in need", "Early help"]
    levels = [line(ON if number == 1 else OFF, f" {kind}") for number, kind in enumerate(kinds)]
    found = read(line("Please mark one", heading=1), *levels, CHILD, child_table()).record
    assert (found.referral.type, found.safety.immediate_protection) == ("child_in_need", None)


def test_words_under_a_question_of_yes_or_no_are_kept() -> None:
    story = "He is with his aunt tonight and his father has been told not to come near the house."
    found = read(CHILD, child_table(), table(["Is immediate protection needed?", story])).record
    assert (found.safety.immediate_protection, found.narrative.harm) == (None, story)


def test_a_sentence_with_both_halves_standing_says_nothing() -> None:
    sentence = line("The parents or carers agree/do not agree to this information being shared.")
    assert read(CHILD, child_table(), line("Consent", heading=1), sentence).record.consent.status is None


def test_a_no_under_what_may_be_present_is_no_tick() -> None:
    asked = table(["", "Yes", "No"], ["Domestic abuse", "", "X"], ["Poor mental health of a parent", "X", ""], ["Misuse of drugs or alcohol", "", ""])
    found = read(CHILD, child_table(), line("Please tick if any of these are present"), asked).record.indicators
    assert (found.domestic_abuse, found.mental_health, found.substance_misuse) == (False, True, None)
