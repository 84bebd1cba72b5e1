"""Label variants to canonical fields: whose, what, and which question."""

from __future__ import annotations

import pytest

from pipeline.extract.labels import find_heading, find_label, find_statement, finder, is_guidance
from pipeline.extract.printed import tells_what_to_do
from pipeline.extract.stories import story_of


@pytest.mark.parametrize(
    ("text", "block", "slot"),
    [
        ("Name of child", "child", "name"),
        ("Child(ren)'s D.O.B.*:", "child", "born"),
        ("AKA1/previous names", None, "aliases"),
        ("Date of birth or EDD2", None, "born"),
        ("Age/DOB/EDD", None, "born"),
        ("NHS No UPN", None, "identifier"),
        ("Person completing this CAF:", "referrer", "name"),
        ("Lead professional, if different from above:", "leadpro", "name"),
        ("Mother's date of birth", "mother", "born"),
        ("Parent's first language", "carer", "language"),
        ("First and last names", None, "name"),
        ("Name and contact of designated Safeguarding lead", "lead", "name_contact"),
        ("Referral TAKEN by", "taken", "name"),
        ("Interpreter/Signer Required for Child/Young Person:", "child", "interpreter"),
        ("School/Nursery/College", None, "school"),
        ("Does this person hold PR?", None, "pr"),
        ("Living in home Y /N (if no please add address)", None, "in_household"),
        ("My relationship to the child concerned is:", "referrer", "relationship"),
        ("Addess", None, "address"),
        ("Telephone number (inc STD)", None, "phone"),
        ("Name of family member", "household", "name"),
        ("Names of persons in the household", "household", "name"),
        ("Who lives at home? Name", "household", "name"),
        ("In the household? (Y/N)", None, "in_household"),
        ("Lives with young person", None, "in_household"),
        ("Postcode of present address", None, "postcode"),
        ("School, college or training", None, "school"),
    ],
)
def test_a_label_says_whose_and_what(text: str, block: str | None, slot: str) -> None:
    label = find_label(text)
    assert label is not None
    assert (label.block, label.slot) == (block, slot)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("What has led to this child or young person or family being referred?", "narrative.reason"),
        ("The parent or carer HAS NOT consented to this CAF. My rationale for sharing information without consent is:", "consent.reason"),
        ("Are parents/carers aware of this referral?", "consent.parents_aware"),
        ("Have you informed the child/family that you are making this referral?", "consent.parents_aware"),
        ("Has this referral been discussed with the child/young person?", "consent.child_aware"),
        ("Has the Parent/Carer consented to share information:", "consent.status"),
        ("Parents agree?", "consent.status"),
        ("Has consent been sought?", "consent.sought"),
        ("Who gave the consent?", "consent.given_by"),
        (
            "Depending on your agency, have you discussed this referral with your line manager and/or designated professional?",
            "safeguarding_lead.discussed",
        ),
        ("Is this a child protection referral?", "referral.child_protection"),
        ("On a scale of 0 – 10 (0 = certain to be harmed, 10 = safe enough to close)", "safety.scale"),
        ("Where is the child now?", "safety.current_location"),
        ("Is the child on a child protection plan?", "history.child_protection_plan"),
        ("What is the childs account/perspective?", "narrative.child_views"),
        ("What are the parents/carers views about your concerns and this referral?", "narrative.parent_views"),
        ("What's working well?", "narrative.working_well"),
        ("What needs to happen?", "narrative.next_steps"),
        ("Complicating factors / grey areas", "narrative.complicating"),
        ("Known risks to workers", "safety.risks_to_workers"),
    ],
)
def test_a_question_names_its_own_field(text: str, field: str) -> None:
    label = find_label(text)
    assert label is not None
    assert label.field == field


@pytest.mark.parametrize(
    "text",
    [
        "Mother: 5",
        "Maisie enjoys art and attended every day.",
        "42 Beacon Rise, SL12 1YP",
        "07700 900123",
        "Suspected physical abuse, seen twice by staff. She told nobody.",
    ],
)
def test_answers_are_no_labels(text: str) -> None:
    assert find_label(text) is None


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("SECTION 2: Parents / carers", "carer"),
        ("Details of parents/carers", "carer"),
        ("Significant others:", "elsewhere"),
        ("Other professionals involved (to include GP and school details)", "agency"),
        ("FOR OFFICE USE ONLY", "taken"),
        ("Details of Mother", "mother"),
        ("Other children referred", "child"),
        ("1. Details of Practitioner MAKING this REFERRAL", "referrer"),
    ],
)
def test_a_heading_opens_a_block(text: str, block: str) -> None:
    heading = find_heading(text)
    assert heading is not None
    assert heading[0] == block


def test_a_numbered_child_keeps_its_number() -> None:
    assert find_heading("Child 2") == ("child", 2)


def test_statements_beside_ticks() -> None:
    assert find_statement("I CONSIDER THIS CHILD IS AT RISK OF SIGNIFICANT HARM") == ("referral.type", "child_protection")
    assert find_statement("Drug/Alcohol use.") == ("indicators.substance_misuse", True)
    assert find_statement("Missing incidents.") is None


def test_a_definition_goes_before_the_lexicon() -> None:
    find = finder({"Key person": "child.name", "Address:": "ignore"})
    own, ignored = find("Key person"), find("Address")
    assert own is not None
    assert (own.block, own.slot, own.match) == ("child", "name", "definition")
    assert ignored is not None
    assert ignored.field == "nothing"
    assert find("Postcode") is not None


def test_guidance_is_told_from_labels() -> None:
    assert is_guidance("(e.g. family structure including siblings)")
    assert is_guidance("Please complete all sections.")
    assert not is_guidance("Family structure")


@pytest.mark.parametrize(
    ("text", "block", "slot"),
    [
        ("How would they describe their ethnicity?", None, "ethnicity"),
        ("What language is spoken at home?", None, "language"),
        ("Do they use any other names?", None, "aliases"),
        ("Phone at home", None, "phone"),
        ("Name of child(ren) primary carer", "carer", "name"),
        ("Child: surname", "child", "family"),
        ("Surname / Cyfenw", None, "family"),
        ("Rank / post", None, "role"),
        ("Name of Parents / Carers: Include all adults", "carer", "name"),
        ("A number we can reach you on", "referrer", "phone"),
        ("Who they are to the child", None, "relationship"),
        ("Does the child have a disability? Yes / No / Unknown", "child", "disability"),
    ],
)
def test_words_in_another_order_or_with_others_between_ask_the_same(text: str, block: str | None, slot: str) -> None:
    label = find_label(text)
    assert label is not None
    assert (label.block, label.slot) == (block, slot)


def test_an_everyday_sentence_is_no_label_that_could_not_be_an_answer() -> None:
    for text in ("Lives with his gran at weekends", "He speaks English at school", "Number 4 bus"):
        label = find_label(text)
        assert label is None or label.answer_too, text


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Child / Plentyn", "child"),
        ("A1.1 Child or young person", "child"),
        ("SECTION A – WHO ARE YOU WORRIED ABOUT?", "child"),
        ("Others at the address", "household"),
        ("LINKED PERSONS", "household"),
        ("Name of Lead Professional Completing the Assessment", "referrer"),
        ("3 Named person and lead professional", "leadpro"),
        ("WHO ELSE IS INVOLVED?", "agency"),
        ("3. DISCUSSION WITH THE FAMILY", "consent"),
        ("Person notifying", "referrer"),
    ],
)
def test_a_heading_says_of_whom_what_follows_speaks(text: str, block: str) -> None:
    found = find_heading(text)
    assert found is not None
    assert found[0] == block


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("What would you like to be different for this baby in six months?", "narrative.next_steps"),
        ("Describe what you and others noticed and what brought you to write today", "narrative.reason"),
        ("What protects this baby, and what is good about the care?", "narrative.working_well"),
        ("Strategies that your setting has already tried", "narrative.actions_taken"),
        ("Injuries and disclosures", "narrative.harm"),
        ("Colour of the front door", None),
    ],
)
def test_a_question_nobody_taught_goes_where_its_words_point(question: str, field: str | None) -> None:
    assert story_of(question) == field


@pytest.mark.parametrize("text", ["Ask first, unless asking puts somebody at risk", "Ring that social worker, do not use this form"])
def test_an_order_printed_beside_a_question_is_no_answer(text: str) -> None:
    assert tells_what_to_do(text)


@pytest.mark.parametrize(
    ("text", "block", "slot"),
    [
        ("Enquirer's telephone", "referrer", "phone"),
        ("Claimant's address", None, "address"),
        ("Which service are you from?", "referrer", "agency"),
        ("Postal code", None, "postcode"),
    ],
)
def test_whose_box_a_label_names(text: str, block: str | None, slot: str) -> None:
    label = find_label(text)
    assert label is not None
    assert (label.block, label.slot) == (block, slot)


def test_steps_taken_is_no_numbered_step() -> None:
    label = find_label("Steps taken")
    assert label is not None
    assert label.field == "narrative.actions_taken"
