"""The report as text: everything of a contact is on it, nothing of it runs, and nothing is asked of the network."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from lxml import html
from pydantic import BaseModel

from models.contact import Contact, Deadline, Routing
from models.extraction import Gap, Source
from models.matching import MatchResult
from models.record import Agency, Consent, History, Indicators, NarrativeBoxes, Person, Record, Referral, Referrer, SafeguardingLead, Safety
from pipeline.authorities import load_authority
from pipeline.review import words
from pipeline.review.report import render
from tests import factory
from tests import rich_contact as rich

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'&<!--</style>"


def page(contact: Contact, **given: Any) -> html.HtmlElement:
    return html.document_fromstring(render(contact, **given))


def text(contact: Contact, **given: Any) -> str:
    return _told(page(contact, **given).body)


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _told(element: html.HtmlElement) -> str:
    """The words of an element, those of its parts kept apart."""
    return _squeezed(" ".join(part.strip() for part in element.itertext() if part.strip()))


# --- whole


def test_sections_stand_in_the_order_a_screener_asks() -> None:
    headings = [_squeezed(h.text_content()) for h in page(rich.rich_contact()).iter("h2")]
    assert headings == [
        "Urgent: a person is asked to look at once",
        "What no rule has looked at",
        "The clock",
        "In this report",
        "Who the children are, and whether they are known",
        "What was read, and from where",
        "What is missing, and what to ask",
        "The referrer’s own words",
        "Where the form says two things",
        "Consent",
        "What is suggested, and why",
        "Letters and history",
        "Files and problems",
    ]


def test_every_value_of_the_record_is_on_the_page() -> None:
    contact = rich.rich_contact()
    shown = text(contact)
    for path, value in factory.leaves(contact.record.model_dump(mode="json")):
        if isinstance(value, str) and path.rsplit(".", 1)[-1] not in {
            "date",
            "date_of_birth",
            "expected_delivery_date",
            "type",
            "kind",
            "status",
            "gender",
        }:
            assert _squeezed(value) in shown, path
        if isinstance(value, list):
            assert all(one in shown for one in value if isinstance(one, str)), path
    for put in ("4 March 2019", "July 1991", "12 February 2027", "20 November 2026", "Child protection", "Not sought", "Female"):
        assert put in shown


def test_a_value_without_a_label_would_be_seen() -> None:
    """Every field the types have has words, so that none is left out of a report."""
    sections: dict[str, type[BaseModel]] = {
        "referral": Referral,
        "referrer": Referrer,
        "safeguarding_lead": SafeguardingLead,
        "consent": Consent,
        "safety": Safety,
        "history": History,
        "indicators": Indicators,
        "narrative": NarrativeBoxes,
    }
    assert set(words.PERSON) == set(Person.model_fields)
    assert set(words.AGENCY) == set(Agency.model_fields)
    assert {name: set(words.SECTIONS[name][1]) for name in sections} == {name: set(model.model_fields) for name, model in sections.items()}


def test_a_field_that_fits_no_section_is_shown_all_the_same() -> None:
    contact = factory.contact(fields=(factory.field("children.7.school", "Elsewhere High"),))
    assert "Elsewhere High" in text(contact)


def test_ids_are_there_once_and_every_link_leads_somewhere() -> None:
    document = page(rich.rich_contact())
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = {link.get("href") for link in document.iter("a")}
    assert links
    assert {link[1:] for link in links} <= set(ids)
    named = {element.get("aria-labelledby") for element in document.iter() if element.get("aria-labelledby")}
    assert named <= set(ids)


@pytest.mark.parametrize("contact", [rich.rich_contact(), factory.contact()], ids=["rich", "plain"])
def test_tags_are_closed_in_order(contact: Contact) -> None:
    checker = _Nesting()
    checker.feed(render(contact))
    assert checker.faults == []
    assert checker.open == []


def test_headings_never_skip_a_level() -> None:
    levels = [int(element.tag[1]) for element in page(rich.rich_contact()).iter("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


# --- nothing runs, nothing is fetched


def test_the_page_asks_nothing_of_the_network() -> None:
    document = page(rich.rich_contact())
    assert list(document.iter("script", "link", "iframe", "object", "embed", "img", "form", "base")) == []
    assert not [element for element in document.iter() if any(name in element.attrib for name in ("src", "srcset", "action", "style", "background"))]
    assert not re.search(r"url\(|@import", document.find(".//style").text_content())
    assert "http" not in "".join(link.get("href") for link in document.iter("a"))


def test_the_policy_lets_nothing_through_but_the_pages_own_style() -> None:
    policy = page(factory.contact()).find('.//meta[@http-equiv="Content-Security-Policy"]').get("content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_hostile_words_are_words() -> None:
    person = factory.person(given_names=HOSTILE, aliases=(HOSTILE,), school=HOSTILE)
    record = factory.record(children=(person,), narrative=NarrativeBoxes(worries=HOSTILE), referrer=Referrer(name=HOSTILE, email=HOSTILE))
    contact = factory.contact(
        record=record,
        message=factory.message(subject=HOSTILE, sender=HOSTILE, files=(HOSTILE,)),
        extractions=(factory.unreadable(HOSTILE),),
        gaps=(Gap(field=HOSTILE, kind="unclear", message=HOSTILE),),
        narrative=factory.narrative(HOSTILE, ((HOSTILE, "fact"),), urgent=(factory.signal(HOSTILE, "alert"),)),
        fields=(factory.field("children.0.given_names", HOSTILE, source=Source(document=HOSTILE, where=HOSTILE, text=HOSTILE)),),
        matches=(
            MatchResult(id="children.0", decision="review", candidates=(factory.candidate(record_id=HOSTILE, person=factory.known(school=HOSTILE)),)),
        ),
    )
    document = page(contact)
    assert list(document.iter("script", "img")) == []
    assert HOSTILE in document.body.text_content()
    assert not [element for element in document.iter() if any(name.startswith("on") for name in element.attrib)]


def test_characters_that_turn_writing_round_are_made_to_show() -> None:
    shown = render(factory.contact(message=factory.message(files=("form\u202efdp.exe", "a\x00b\x1b[2J"))))
    assert "\u202e" not in shown
    assert "\x00" not in shown
    assert "form\ufffdfdp.exe" in shown


def test_a_lone_surrogate_does_not_stop_the_file_from_being_written() -> None:
    render(factory.contact(message=factory.message(subject="bad \ud83d end"))).encode("utf-8")


# --- urgent


def test_an_urgent_contact_shows_the_exact_words_and_the_rule() -> None:
    banner = _squeezed(page(rich.rich_contact()).find('.//section[@aria-labelledby="urgent"]').text_content())
    assert "hit her with a shoe" in banner
    assert "Orla told me that her mother's partner" in banner
    assert "harm.disclosure" in banner
    assert "LE-11" in banner


def test_a_quiet_contact_says_that_no_rule_matched_and_never_that_all_is_well() -> None:
    document = page(factory.contact(narrative=rich.rich_narrative().model_copy(update={"urgent": ()})))
    banner = _squeezed(document.find('.//section[@aria-labelledby="urgent"]').text_content())
    assert "No urgent rule matched" in banner
    assert not re.search(r"\bsafe\b|low risk|no risk|no concern", document.body.text_content(), re.IGNORECASE)


def test_a_signal_of_the_narrative_is_shown_even_when_routing_left_it_out() -> None:
    contact = factory.contact(narrative=rich.rich_narrative(), routing=Routing(decision="screen"))
    assert "Urgent: a person is asked to look at once" in text(contact)


def test_what_the_rules_could_not_look_at_is_said() -> None:
    assert "1 file was not read" in text(factory.contact(extractions=(factory.unreadable(),)))
    assert "No words of the referrer's own" in text(factory.contact(narrative=None))
    assert "not seem to be written in English" in text(factory.contact(narrative=factory.narrative("Ala ma kota.", language="pl")))


def test_marked_urgent_by_the_referrer_is_a_reason_of_its_own() -> None:
    contact = factory.contact(record=factory.record(referral=Referral(marked_urgent=True)))
    assert "The referrer marked the referral urgent." in text(contact)


# --- clock


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (timedelta(hours=1), "7 hours left"),
        (timedelta(days=1), "6 hours 42 minutes left"),
        (timedelta(days=3, hours=1), "1 hour late"),
        (None, "Not done yet"),
    ],
)
def test_the_clock_in_the_hubs_own_hours(after: timedelta | None, said: str) -> None:
    """Nobody can use a weekend to decide: the report counts as the console does."""
    contact = factory.contact(deadlines=(Deadline(what="decide", due_at=factory.RECEIVED + timedelta(days=3)),))
    now = factory.RECEIVED + after if after else None
    assert said in text(contact, now=now, authority=load_authority("lewisham"))
    assert "by Monday 23 November 2026 at 15:42" in text(contact, now=now, authority=load_authority("lewisham"))
    assert "Not done yet" in text(contact, now=now)


def test_summer_time_is_londons() -> None:
    assert "Wednesday 1 July 2026 at 10:30" in text(factory.contact(received_at=datetime(2026, 7, 1, 9, 30, tzinfo=UTC)))


# --- known


def test_what_disagrees_is_shown_as_plainly_as_what_agrees_and_nothing_is_chosen() -> None:
    document = page(rich.rich_contact())
    shown = _squeezed(document.body.text_content())
    assert "Agrees Name: the same name Date of birth: day and month are swapped" in shown
    assert "Disagrees School or nursery: another school" in shown
    assert "child protection plan" in shown.lower()
    assert not [element for element in document.iter() if "checked" in element.attrib or "selected" in element.attrib]


def test_where_a_person_must_compare_something_stands_open_to_compare_with() -> None:
    unlikely = tuple(factory.candidate(record_id=f"P-{number}", probability=0.1) for number in range(3))
    compare = page(factory.contact(matches=(MatchResult(id="children.0", decision="review", candidates=unlikely),)))
    none = page(factory.contact(matches=(MatchResult(id="children.0", decision="none", candidates=unlikely),)))
    assert "2 more records, unlikely to be the same person" in _told(compare.body)
    assert "3 more records, unlikely to be the same person" in _told(none.body)
    assert all(f"Record P-{number}" in _told(none.body) for number in range(3))


def test_no_match_says_what_was_searched() -> None:
    assert "No match found. Searched by name, postcode." in text(rich.rich_contact())


def test_a_restricted_record_shows_its_number_and_nothing_it_holds() -> None:
    shown = text(rich.rich_contact())
    assert "P-1003" in shown
    assert "Back" not in shown
    assert "Restricted record" in shown


def test_a_match_of_somebody_not_on_the_record_is_not_lost() -> None:
    contact = factory.contact(matches=(MatchResult(id="people.9", decision="review", candidates=(factory.candidate(record_id="P-77"),)),))
    assert "P-77" in text(contact)


# --- what was read


def _row(contact: Contact, path: str) -> str:
    anchor = "value-" + re.sub(r"[^A-Za-z0-9]+", "-", path)
    return _squeezed(page(contact).get_element_by_id(anchor).text_content())


def test_a_sure_value_reads_clearly_with_its_number_and_place_one_click_away() -> None:
    contact = factory.contact()
    row = _row(contact, "children.0.family_name")
    assert "Read clearly" in row
    assert "0.97" in row
    assert "referral form.docx, table 1, row 2, cell 2" in row
    anchor = page(contact).get_element_by_id("value-children-0-family_name".replace("_", "-"))
    assert anchor.find(".//details").get("open") is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fields": (factory.field("children.0.family_name", "Tennick", 0.6),)}, "Read with some doubt."),
        ({"fields": ()}, "No place on the form is recorded"),
        ({"gaps": (Gap(field="children.0.family_name", kind="unclear", message="Smudged."),)}, "Unclear: Smudged."),
        ({"gaps": (Gap(field="children.*.family_name", kind="conflict", message="Two names."),)}, "The form says two things: Two names."),
    ],
)
def test_a_value_with_anything_against_it_is_to_be_checked(changes: dict[str, Any], said: str) -> None:
    row = _row(factory.contact(**changes), "children.0.family_name")
    assert "? Check" in row
    assert said in row
    assert "Read clearly" not in row


def test_explicitly_unknown_is_not_found_and_keeps_the_words() -> None:
    row = _row(rich.rich_contact(), "children.1.date_of_birth")
    assert "Not found" in row
    assert "not known" in row


def test_unmarked_yes_no_is_not_found_and_no_is_no() -> None:
    read = factory.record(consent=Consent(parents_aware=False))
    contact = factory.contact(record=read, fields=factory.fields_of(read))
    assert "No ✓ Read clearly" in _row(contact, "consent.parents_aware")
    assert "– Not found" in _row(contact, "consent.status")


def test_a_box_on_the_page_is_told_in_words() -> None:
    assert "page 1, 72 to 188 points from the left, 201 to 215 from the top" in _row(rich.rich_contact(), "children.0.nhs_number")


# --- what is missing


def test_each_question_stands_with_why_it_is_asked_and_its_number_in_the_letter() -> None:
    part = _told(page(rich.rich_contact()).find('.//section[@aria-labelledby="missing"]'))
    assert part.startswith("What is missing, and what to ask Needed Missing. Question 1 in the letter Child 2: Date of birth")
    assert "What is Fintan's date of birth? It tells him from others of the same name." in part
    assert part.index("Also asked, beside the screening") < part.index("Which GP is each child registered with?")


def test_a_gap_without_a_question_shows_its_message() -> None:
    contact = factory.contact(gaps=(Gap(field="children.0.gp", kind="missing", message="GP: not stated."),))
    assert "Child 1: GP GP: not stated." in text(contact)


def test_an_acknowledgement_by_letter_is_not_passed_off_as_a_persons() -> None:
    assert "does not say that a social worker has seen the referral" in text(rich.rich_contact())
    assert "does not say that a social worker" not in text(factory.contact())


def test_an_answer_that_came_later_is_named_as_one() -> None:
    words_of = "Yes, I rang the mother."
    contact = factory.contact(narrative=factory.narrative(words_of, ((words_of, "fact"),), box="reply message-7"))
    assert "An answer of the referrer Fact Yes, I rang the mother." in text(contact)


# --- the narrative


def test_the_referrers_words_come_out_exactly_as_they_went_in() -> None:
    document = page(rich.rich_contact())
    passage = document.find('.//p[@class="own-words"]')
    for mark in [*passage.iterfind('.//span[@class="label"]'), *passage.iterfind('.//a[@class="ref"]')]:
        mark.drop_tree()
    assert passage.text_content().replace(" On", "On", 1).split() == rich.RICH_TEXT.split()


def test_each_sentence_bears_its_label_as_a_word_and_a_style() -> None:
    document = page(rich.rich_contact())
    said = [(one.get("class"), one.find('span[@class="label"]').text_content()) for one in document.iterfind('.//p[@class="own-words"]/span')]
    assert said == [
        ("said said-fact", "Fact"),
        ("said said-reported", "Reported"),
        ("said said-opinion", "Opinion"),
        ("said said-reported", "Reported"),
        ("said said-opinion", "Opinion"),
    ]


def test_a_concern_tells_category_standing_person_words_and_rule() -> None:
    row = _squeezed(page(rich.rich_contact()).get_element_by_id("concern-4").text_content())
    assert all(part in row for part in ("Substance misuse", "Said not to be so", "Mother", "used drugs", "drugs.use", "has not"))


def test_boxes_the_narrative_left_out_are_shown_unmarked() -> None:
    shown = text(rich.rich_contact())
    assert "No marks were made in what follows. The child's views and wishes Orla wants to stay with her nan." in shown


def test_broken_offsets_lose_no_word() -> None:
    text_of = "One. Two. Three."
    sentences = factory.narrative(text_of, (("One.", "fact"), ("Two.", "opinion"))).sentences
    wild = (sentences[0].model_copy(update={"end": 7}), sentences[1].model_copy(update={"start": 3, "end": 99}))
    contact = factory.contact(narrative=factory.narrative(text_of, sentences=wild, parts=(("worries", 0, 6), ("harm", 4, 400))))
    shown = "".join(passage.text_content() for passage in page(contact).iterfind('.//p[@class="own-words"]'))
    assert re.sub(r"Fact|Opinion|\s", "", shown).startswith("One.Two.Three.")


def test_overlapping_concerns_are_both_numbered() -> None:
    words_of = "He hit and kicked her."
    plain = factory.narrative(words_of, ((words_of, "fact"),))
    marks = (factory.concern(words_of, "hit and kicked"), factory.concern(words_of, "kicked her", category="domestic_abuse"))
    contact = factory.contact(narrative=plain.model_copy(update={"sentences": (plain.sentences[0].model_copy(update={"concerns": marks}),)}))
    refs = [link.get("href") for link in page(contact).iterfind('.//a[@class="ref"]')]
    assert refs == ["#concern-1", "#concern-2"]


# --- the rest


def test_files_that_could_not_be_read_come_first() -> None:
    files = page(rich.rich_contact()).find('.//table[@aria-labelledby="files"]')
    first = _told(files.find(".//tbody/tr"))
    assert first.startswith("Fernbank letter.pdf Could not be read: it is locked with a password")
    assert "Ask the sender for a copy" in first


def test_suggestions_are_called_suggestions_with_their_rows() -> None:
    shown = text(rich.rich_contact())
    assert "Suggestions only, for a person to set." in shown
    assert "Suggested rating Red" in shown
    assert "OX-6" in shown


def test_a_contact_of_which_nothing_was_read_is_a_whole_page() -> None:
    nothing = factory.contact(
        record=Record(), fields=(), extractions=(factory.unreadable(),), deadlines=(), history=(), routing=Routing(decision="manual"), narrative=None
    )
    shown = text(nothing)
    assert "No child was read off this referral." in shown
    assert "To a person, as no form could be read" in shown
    assert "A person must find out all of it." in shown
    assert "Nothing that the authority asks for is missing" not in shown
    assert "No words of the referrer’s own were read." in shown


def test_forty_children_are_forty_cards() -> None:
    read = factory.record(children=tuple(factory.person(given_names=f"Child{number}") for number in range(40)))
    document = page(factory.contact(record=read, fields=factory.fields_of(read)))
    assert len([one for one in document.iter("article") if (one.get("id") or "").startswith("who-children")]) == 40


class _Nesting(HTMLParser):
    """Every opened tag is closed, in order."""

    VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")
