"""The way back: a referrer answers in the contact record, in a corrected form, or in their own words, and the same contact is completed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from models.contact import Contact
from models.contact_paper import read_answers, reference_in
from models.extraction import Extraction, FieldValue, FormIdentity, Gap, Source
from models.mail import FileKind
from models.record import Consent, Person, Record, Safety
from models.routing import MailFacts, RouteInput
from pipeline.authorities import load_authority
from pipeline.extract.reader import read_document
from pipeline.route.answer_values import NotPlain, typed
from pipeline.route.answers import Merged, merge
from pipeline.route.contact_record import build_docx
from pipeline.route.decide import route
from pipeline.route.replies import from_paper, from_reply
from tests import factory

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
LEWISHAM = load_authority("lewisham")
TODAY = date(2026, 11, 18)


def open_contact(**changes: Any) -> Contact:
    """A contact of two children with a birth date, the household and consent missing, as routing leaves it."""
    children = (factory.person(), factory.person(given_names="Fintan", date_of_birth=None, nhs_number=None, gender="male"))
    record = factory.record(children=children, people=(), consent=Consent()).model_copy(update=changes)
    form = factory.extraction(record=record, fields=factory.fields_of(record))
    given = RouteInput(mail=MailFacts(received_at=NOW, sender="a@example.org"), record=record, fields=form.fields, extractions=(form,))
    outcome = route(given, LEWISHAM, NOW)
    return factory.contact(
        record=record, fields=form.fields, extractions=(form,), gaps=outcome.gaps, routing=outcome.routing, deadlines=outcome.deadlines
    )


def number(contact: Contact, field: str) -> int:
    return next(gap.number for gap in contact.gaps if gap.field == field and gap.number)


def reply(contact: Contact, body: str) -> Merged:
    return merge(contact, from_reply(body, contact, "reply"), LEWISHAM, NOW)


def open_fields(merged: Merged) -> set[str]:
    return {gap.field for gap in merged.gaps if gap.question}


class TestContactRecord:
    @staticmethod
    def filled(paper: bytes, answers: dict[str, str]) -> bytes:
        """The paper as Word saves it after somebody typed into its places."""
        document = docx.Document(BytesIO(paper))
        for holder in document.element.body.iter(qn("w:sdt")):
            properties = holder.find(qn("w:sdtPr"))
            tag = properties.find(qn("w:tag")).get(qn("w:val"))
            if tag in answers:
                prompt = properties.find(qn("w:showingPlcHdr"))
                if prompt is not None:
                    properties.remove(prompt)
                texts = list(holder.iter(qn("w:t")))
                texts[0].text = answers[tag]
        data = BytesIO()
        document.save(data)
        return data.getvalue()

    def test_it_is_filled_in_and_read_back_by_its_tags_dc_8_dc_9(self) -> None:
        contact = open_contact()
        household = number(contact, "people")
        paper = self.filled(
            build_docx(contact, LEWISHAM, shareable=True),
            {
                "children.1.date_of_birth": "02/09/2020",
                "consent.status": "Given",
                "consent.parents_aware": "Yes",
                f"answer.{household}": "Una Tennick, mother, 04/07/1991",
            },
        )
        document = read_document(paper, "record.docx", FileKind.DOCX)
        assert reference_in(document) == contact.reference
        merged = merge(contact, from_paper(read_answers(document), "record.docx"), LEWISHAM, NOW)
        assert merged.record.children[1].date_of_birth == "2020-09-02"
        assert merged.record.children[0] == contact.record.children[0]
        assert merged.record.consent.status == "given"
        assert merged.record.people[0].name == "Una Tennick"
        assert (merged.record.people[0].date_of_birth, merged.record.people[0].relationship_to_child) == ("1991-07-04", "mother")
        assert not [gap for gap in merged.gaps if gap.needed]
        assert merged.conflicts == ()
        assert merged.unplaced == ()
        where = next(value.source.where for value in merged.fields if value.path == "children.1.date_of_birth")
        assert "contact record" in (where or "")

    def test_sent_back_untouched_it_changes_nothing(self) -> None:
        contact = open_contact()
        document = read_document(build_docx(contact, LEWISHAM, shareable=True), "record.docx", FileKind.DOCX)
        merged = merge(contact, from_paper(read_answers(document), "record.docx"), LEWISHAM, NOW)
        assert (merged.record, merged.fields, merged.changed) == (contact.record, contact.fields, False)
        assert merged.gaps == contact.gaps

    def test_it_shows_what_was_read_and_marks_what_is_missing_with_the_reason_dc_8(self) -> None:
        contact = open_contact()
        text = "\n".join(line.text for line in read_document(build_docx(contact, LEWISHAM, shareable=True), "r.docx", FileKind.DOCX).lines())
        assert "04/03/2019" in text
        assert "14 Sallow Court" in text
        gap = next(gap for gap in contact.gaps if gap.field == "children.1.date_of_birth")
        assert f"Question {gap.number}. {gap.question}" in text
        assert (gap.why or "") in text

    def test_without_leave_to_share_it_holds_nothing_that_was_read(self) -> None:
        contact = open_contact()
        paper = build_docx(contact, LEWISHAM, shareable=False)
        xml = docx.Document(BytesIO(paper)).element.xml
        for said in ("Orla", "Fintan", "Tennick", "Sallow", "2019", "Verity", "Pinfold", "coat"):
            assert said not in xml
        document = read_document(self.filled(paper, {"children.1.date_of_birth": "in Sept, 2020 or so"}), "r.docx", FileKind.DOCX)
        assert merge(contact, from_paper(read_answers(document), "r"), LEWISHAM, NOW).record.children[1].date_of_birth is None
        document = read_document(self.filled(paper, {"children.1.date_of_birth": "2 September 2020"}), "r.docx", FileKind.DOCX)
        assert merge(contact, from_paper(read_answers(document), "r"), LEWISHAM, NOW).record.children[1].date_of_birth == "2020-09-02"

    @staticmethod
    def typed_beside(paper: bytes, answers: dict[str, str], *, beneath: bool) -> bytes:
        """The paper of somebody who typed next to the places, or beneath our question, rather than into them."""
        document = docx.Document(BytesIO(paper))
        for holder in list(document.element.body.iter(qn("w:sdt"))):
            words = answers.get(holder.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")))
            if words is not None:
                parent: Any = document
                cell: Any = next(holder.iterancestors(qn("w:tc")))
                (_Cell(cell, parent).add_paragraph(words) if beneath else Paragraph(holder.getparent(), parent).add_run(words))
        document.add_paragraph("Dad has moved back in since.")
        data = BytesIO()
        document.save(data)
        return data.getvalue()

    @pytest.mark.parametrize("beneath", [True, False])
    def test_what_is_typed_beside_a_place_is_not_lost_dc_9(self, beneath: bool) -> None:
        contact = open_contact()
        answers = {
            "children.1.date_of_birth": "02/09/2020",
            f"answer.{number(contact, 'people')}": "Una Tennick, mother",
            "consent.status": "mum agreed",
            "children.0.date_of_birth": " should be 05/03/2019",
        }
        paper = self.typed_beside(build_docx(contact, LEWISHAM, shareable=True), answers, beneath=beneath)
        merged = merge(contact, from_paper(read_answers(read_document(paper, "r.docx", FileKind.DOCX)), "r.docx"), LEWISHAM, NOW)
        assert merged.record.children[1].date_of_birth == "2020-09-02"
        assert merged.record.consent.status == "given"
        assert merged.record.people[0].name == "Una Tennick"
        assert merged.record.children[0].date_of_birth == "2019-03-04"  # two dates stand there: a person chooses
        assert {"Dad has moved back in since.", "04/03/2019"} <= {one.words.split("\n")[0].split(" should")[0] for one in merged.unplaced}

    def test_without_its_tags_it_is_read_by_its_labels(self) -> None:
        contact = open_contact()
        household = number(contact, "people")
        paper = docx.Document(BytesIO(build_docx(contact, LEWISHAM, shareable=True)))
        answers = {"children.1.date_of_birth": "02/09/2020", f"answer.{household}": "Una Tennick, mother"}
        for holder in list(paper.element.body.iter(qn("w:sdt"))):
            tag = holder.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val"))
            content = holder.find(qn("w:sdtContent"))
            if tag in answers:
                next(content.iter(qn("w:t"))).text = answers[tag]
            for run in list(content):
                holder.addprevious(run)
            holder.getparent().remove(holder)
        data = BytesIO()
        paper.save(data)
        filled = read_answers(read_document(data.getvalue(), "r.docx", FileKind.DOCX))
        whole = read_answers(read_document(build_docx(contact, LEWISHAM, shareable=True), "r.docx", FileKind.DOCX))
        assert filled == {**whole, **answers}
        merged = merge(contact, from_paper(filled, "r.docx"), LEWISHAM, NOW)
        assert merged.record.children[1].date_of_birth == "2020-09-02"
        assert merged.conflicts == ()

    def test_the_paper_of_another_contact_changes_nothing(self) -> None:
        contact = open_contact()
        other = contact.model_copy(update={"reference": "LE-26-OTHER1", "record": factory.record(children=(factory.person(given_names="Noah"),))})
        filled = read_answers(read_document(build_docx(other, LEWISHAM, shareable=True), "r.docx", FileKind.DOCX))
        merged = merge(contact, from_paper(filled, "r.docx"), LEWISHAM, NOW)
        assert merged.record == contact.record
        assert merged.unplaced

    def test_another_paper_gives_no_answers(self) -> None:
        other = docx.Document()
        other.add_paragraph("children.0.date_of_birth")
        data = BytesIO()
        other.save(data)
        assert read_answers(read_document(data.getvalue(), "o.docx", FileKind.DOCX)) == {}

    def test_a_public_referrer_stays_unnamed_in_it_le_10(self) -> None:
        record = factory.record(referrer=factory.record().referrer.model_copy(update={"kind": "public"}))
        record = record.model_copy(update={"narrative": record.narrative.model_copy(update={"worries": "I, Hal Verity of 020 7946 0123, saw this."})})
        xml = docx.Document(BytesIO(build_docx(factory.contact(record=record), LEWISHAM, shareable=True))).element.xml
        assert "Verity" not in xml
        assert "7946 0123" not in xml
        assert "saw this" in xml


class TestReply:
    def test_numbered_answers_complete_the_contact_dc_9(self) -> None:
        contact = open_contact()
        body = (
            "Hello,\n\nhere are the answers:\n"
            f"{number(contact, 'children.1.date_of_birth')}. 2/9/2020\n"
            f"{number(contact, 'people')}) Una Tennick, mother, 4.7.1991\nCraig Dunmore (mother's partner)\n"
            f"Q{number(contact, 'consent.parents_aware')}: Yes, I told mum on the phone\n"
            f"{number(contact, 'consent.status')} - mum agreed to everything\n\nKind regards\nHal Verity"
        )
        merged = reply(contact, body)
        assert merged.record.children[1].date_of_birth == "2020-09-02"
        assert [person.name for person in merged.record.people] == ["Una Tennick", "Craig Dunmore"]
        assert merged.record.consent == Consent(parents_aware=True, status="given")
        assert not [gap for gap in merged.gaps if gap.needed]
        assert merged.unplaced == ()
        told = next(value for value in merged.fields if value.path == "consent.parents_aware")
        assert told.raw == "Yes, I told mum on the phone"

    @pytest.mark.parametrize(
        "shape",
        ["{} {}", "({}) {}", "[{}] {}", "Answer {}: {}", "A{}: {}", "No. {} - {}", "#{} {}", "Question {} {}", "**{}**. {}", "{}\t{}", "{}.\n{}"],
    )
    def test_numbers_as_people_write_them_dc_9(self, shape: str) -> None:
        contact = open_contact()
        said = {"children.1.date_of_birth": "2/9/2020", "consent.parents_aware": "yes", "consent.status": "agreed"}
        merged = reply(contact, "\n".join(shape.format(number(contact, field), words) for field, words in said.items()))
        assert merged.record.children[1].date_of_birth == "2020-09-02"
        assert (merged.record.consent.parents_aware, merged.record.consent.status) == (True, "given")
        assert merged.unplaced == ()

    @pytest.mark.parametrize("shape", ["{}. {}", "{}) {}", "Q{}: {}", "Question {}. {}"])
    def test_several_answers_on_one_line_dc_9(self, shape: str) -> None:
        contact = open_contact()
        said = {"children.1.date_of_birth": "2/9/2020", "consent.parents_aware": "yes", "consent.status": "agreed"}
        numbered = sorted((number(contact, field), words) for field, words in said.items())
        merged = reply(contact, "; ".join(shape.format(*one) for one in numbered))
        assert merged.record.children[1].date_of_birth == "2020-09-02"
        assert (merged.record.consent.parents_aware, merged.record.consent.status) == (True, "given")

    def test_a_number_within_an_answer_starts_no_other_dc_9(self) -> None:
        contact = open_contact()
        first, later = sorted((number(contact, "consent.parents_aware"), number(contact, "consent.status")))
        found = from_reply(f"{first}. She is {later}. Lives with Mum", contact, "reply")
        assert [(one.number, one.words) for one in found] == [(first, f"She is {later}. Lives with Mum")]

    @pytest.mark.parametrize("words", ["3 children live there, and 2 dogs", "1-3 not known", "12 Elm Row is where\n3 of them sleep", "No 3 children"])
    def test_a_number_in_a_sentence_is_no_question_dc_9(self, words: str) -> None:
        contact = open_contact()
        merged = reply(contact, words)
        assert merged.record == contact.record
        assert merged.unplaced

    def test_answers_beneath_the_quoted_questions(self) -> None:
        contact = open_contact()
        birth, aware = number(contact, "children.1.date_of_birth"), number(contact, "consent.parents_aware")
        quoted = {gap.number: gap for gap in contact.gaps}
        question = quoted[birth].question or ""
        body = (
            "See below.\n\nOn Wed, 18 Nov 2026 the hub wrote:\n> Dear Hal Verity,\n> We need more from you.\n"
            f"> {birth}. About Fintan Tennick: {question[:40]}\n> {question[40:]}\n>    Why we ask: {quoted[birth].why}\n2 September 2020\n"
            f"> {aware}. {quoted[aware].question}\nNo they do not\n> # How to answer\n> Reply to this mail\n"
        )
        merged = reply(contact, body)
        assert merged.record.children[1].date_of_birth == "2020-09-02"
        assert merged.record.consent.parents_aware is False

    def test_answers_beneath_questions_quoted_without_marks(self) -> None:
        contact = open_contact()
        birth = number(contact, "children.1.date_of_birth")
        gap = next(gap for gap in contact.gaps if gap.number == birth)
        body = f"From: MASH\nSent: today\nSubject: We need more\n\n{birth}. About Fintan Tennick: {gap.question}\nWhy we ask: {gap.why}\n02.09.20\n"
        assert reply(contact, body).record.children[1].date_of_birth == "2020-09-02"

    def test_answers_typed_into_the_quoted_letter_behind_our_questions(self) -> None:
        contact = open_contact()
        birth, aware = number(contact, "children.1.date_of_birth"), number(contact, "consent.parents_aware")
        asked = {gap.number: gap for gap in contact.gaps}
        question = asked[birth].question or ""
        cut = question.index(" ", len(question) // 2)
        body = (
            f"Answers below.\n\n> {birth}. About Fintan Tennick: {question[:cut]}\n> {question[cut + 1 :]} 2 September 2020\n>    Why we ask: {asked[birth].why}\n"
            f"> {aware}. {asked[aware].question} No they do not\n>    Why we ask: {asked[aware].why}\n"
        )
        merged = reply(contact, body)
        assert merged.record.children[1].date_of_birth == "2020-09-02"
        assert merged.record.consent.parents_aware is False

    def test_a_quoted_letter_alone_answers_nothing(self) -> None:
        contact = open_contact()
        letter = "\n".join(f"> {gap.number}. {gap.question}\n>    Why we ask: {gap.why}" for gap in contact.gaps)
        merged = reply(contact, f"Thank you.\n\n{letter}")
        assert (merged.record, merged.changed) == (contact.record, False)

    def test_words_under_no_number_are_kept_for_a_person(self) -> None:
        contact = open_contact()
        merged = reply(contact, "The little one was born in the summer and grandma moved in last week.")
        assert merged.record == contact.record
        assert [answer.words for answer in merged.unplaced] == ["The little one was born in the summer and grandma moved in last week."]

    @pytest.mark.parametrize(
        ("words", "value"),
        [
            ("His date of birth is 2 September 2020, sorry about that.", "2020-09-02"),
            ("I will find out tomorrow.", None),
            ("Not 2/9/2020 but 3/9/2020.", None),
        ],
    )
    def test_the_only_question_needs_no_number(self, words: str, value: str | None) -> None:
        people = (factory.person(relationship_to_child="Mother", in_household=True),)
        contact = open_contact(people=people, consent=factory.record().consent)
        assert [gap.field for gap in contact.gaps if gap.needed] == ["children.1.date_of_birth"]
        merged = reply(contact, words)
        assert merged.record.children[1].date_of_birth == value
        assert bool(merged.unplaced) == (value is None)
        if value:
            assert next(one.confidence for one in merged.fields if one.value == value) < 0.7

    def test_greetings_excuses_and_our_reference_are_no_answer(self) -> None:
        contact = open_contact()
        assert reply(contact, f"Hello,\nRef: {contact.reference}\nSorry for the gaps, answers below.\nMany thanks\nHal\n").unplaced == ()

    @pytest.mark.parametrize(
        "line",
        [
            "Sorry, his school is Pinfold Primary",
            "Thanks, mum has moved out",
            "Please ring me, he ran away",
            "Hi, she is in hospital now",
            "His father is back",
            "Here is 2/9/2020",
        ],
    )
    def test_what_says_something_is_kept_however_politely_it_begins(self, line: str) -> None:
        merged = reply(open_contact(), f"{line}\n")
        assert [answer.words for answer in merged.unplaced] == [line]

    @pytest.mark.parametrize(
        "line",
        [
            "Hello,",
            "Dear MASH team,",
            "Good morning",
            "Please see attached.",
            "Please find the form attached",
            "Many thanks for your letter.",
            "Sorry for the gaps, answers below.",
            "As requested.",
        ],
    )
    def test_what_says_nothing_is_not(self, line: str) -> None:
        assert reply(open_contact(), f"{line}\n").unplaced == ()

    def test_words_that_say_nothing_plainly_are_shown_and_not_asked_again(self) -> None:
        contact = open_contact()
        birth = number(contact, "children.1.date_of_birth")
        merged = reply(contact, f"{birth}. some time in spring I think")
        gap = next(gap for gap in merged.gaps if gap.field == "children.1.date_of_birth")
        assert merged.record.children[1].date_of_birth is None
        assert (gap.kind, gap.needed, gap.question) == ("unclear", False, None)
        assert "some time in spring" in gap.message

    def test_not_known_is_an_answer(self) -> None:
        contact = open_contact()
        school = factory.contact(record=contact.record, gaps=(*contact.gaps,), extractions=contact.extractions)
        language = number(school, "indicators.domestic_abuse")
        merged = reply(school, f"{language}. Not known")
        assert merged.record.indicators.domestic_abuse is None
        assert "indicators.domestic_abuse" not in open_fields(merged)
        assert any(value.path == "indicators.domestic_abuse" and value.value is None and value.raw == "Not known" for value in merged.fields)

    def test_numbers_stay_when_some_are_answered(self) -> None:
        contact = open_contact()
        before = {gap.field: gap.number for gap in contact.gaps}
        merged = reply(contact, f"{number(contact, 'children.1.date_of_birth')}. 2/9/2020")
        assert all(before[gap.field] == gap.number for gap in merged.gaps if gap.field in before)
        assert [gap.field for gap in merged.closed] == ["children.1.date_of_birth"]

    def test_a_number_is_never_given_twice(self) -> None:
        contact = open_contact()
        highest = max(gap.number or 0 for gap in contact.gaps)
        last = next(gap for gap in contact.gaps if gap.number == highest)
        record = contact.record.model_copy(update={"referrer": contact.record.referrer.model_copy(update={"relationship_to_child": "Form tutor"})})
        merged = reply(contact, f"{highest}. Not known")
        assert merged.asked == highest
        assert last.field not in open_fields(merged)
        later = contact.model_copy(update={"record": record, "fields": merged.fields, "gaps": merged.gaps, "asked": merged.asked})
        refused = reply(later, f"{number(later, 'consent.status')}. Mum refused")
        new = next(gap for gap in refused.gaps if gap.field == "consent.reason")
        assert new.number == highest + 1

    def test_who_holds_responsibility_by_name_and_by_role(self) -> None:
        people = (
            Person(given_names="Una", family_name="Tennick", relationship_to_child="Mother", in_household=True),
            Person(given_names="Al", relationship_to_child="Grandfather"),
        )
        contact = open_contact(people=people)
        merged = reply(contact, f"{number(contact, 'people.*.parental_responsibility')}. Mum")
        assert [person.parental_responsibility for person in merged.record.people] == [True, None]
        unsure = reply(contact, f"{number(contact, 'people.*.parental_responsibility')}. Not the grandfather")
        assert [person.parental_responsibility for person in unsure.record.people] == [None, None]
        assert unsure.unplaced


class TestCorrectedForm:
    @staticmethod
    def form(*values: tuple[str, Any], record: Record) -> Extraction:
        fields = tuple(
            FieldValue(path=path, value=value, raw=str(value), confidence=0.95, source=Source(document="new.docx")) for path, value in values
        )
        return Extraction(path="new.docx", status="read", form=FormIdentity(type="MARF"), record=record, fields=fields)

    def test_new_values_fill_gaps_and_old_ones_stand(self) -> None:
        contact = open_contact()
        other = Record(children=(Person(given_names="Fintan", family_name="Tennick", date_of_birth="2020-09-02"),))
        values = (("children.0.given_names", "Fintan"), ("children.0.family_name", "Tennick"), ("children.0.date_of_birth", "2020-09-02"))
        merged = merge(contact, self.form(*values, record=other), LEWISHAM, NOW)
        assert [child.date_of_birth for child in merged.record.children] == ["2019-03-04", "2020-09-02"]
        assert merged.conflicts == ()

    def test_what_differs_is_a_conflict_and_both_are_kept(self) -> None:
        contact = open_contact()
        other = Record(children=(factory.person(address="9 Other Road"),))
        merged = merge(contact, self.form(("children.0.given_names", "Orla"), ("children.0.address", "9 Other Road"), record=other), LEWISHAM, NOW)
        assert merged.record.children[0].address == "14 Sallow Court, Exampleton"
        assert [gap.field for gap in merged.conflicts] == ["children.0.address"]
        assert [value.value for value in merged.fields if value.path == "children.0.address"] == ["9 Other Road", "14 Sallow Court, Exampleton"]

    def test_an_answer_to_a_doubt_settles_it(self) -> None:
        contact = open_contact()
        doubted = contact.model_copy(update={"gaps": (Gap(field="children.0.nhs_number", kind="invalid", message="check digit"),)})
        merged = merge(doubted, self.form(("children.0.nhs_number", "9990000026"), record=Record(children=(factory.person(),))), LEWISHAM, NOW)
        assert merged.record.children[0].nhs_number == "9990000026"
        assert "children.0.nhs_number" not in {gap.field for gap in merged.gaps}

    def test_words_of_the_narrative_are_joined_never_replaced(self) -> None:
        contact = open_contact()
        merged = merge(contact, self.form(("narrative.worries", "He has lost weight."), record=Record()), LEWISHAM, NOW)
        assert (merged.record.narrative.worries or "").startswith(contact.record.narrative.worries or "-")
        assert (merged.record.narrative.worries or "").endswith("He has lost weight.")

    def test_a_new_child_is_added_and_not_mixed_up(self) -> None:
        contact = open_contact()
        other = Record(children=(Person(given_names="Maeve", family_name="Tennick", date_of_birth="2024-01-01"),))
        merged = merge(
            contact, self.form(("children.0.given_names", "Maeve"), ("children.0.date_of_birth", "2024-01-01"), record=other), LEWISHAM, NOW
        )
        assert [child.given_names for child in merged.record.children] == ["Orla", "Fintan", "Maeve"]


@pytest.mark.parametrize(
    ("path", "words", "value"),
    [
        ("children.0.date_of_birth", "12th March 2019", "2019-03-12"),
        ("children.0.date_of_birth", "12/03/19", "2019-03-12"),
        ("people.0.date_of_birth", "12/03/61", "1961-03-12"),
        ("children.0.date_of_birth", "He was born on 12/03/2019.", "2019-03-12"),
        ("children.0.date_of_birth", "March 2019", "2019-03"),
        ("children.0.date_of_birth", "2 Sept 2020", "2020-09-02"),
        ("children.0.date_of_birth", "the 2nd of Sept. 2020", "2020-09-02"),
        ("children.0.expected_delivery_date", "12/03/27", "2027-03-12"),
        ("children.0.gender", "She is a girl", "female"),
        ("children.0.postcode", "sw1a1aa", "SW1A 1AA"),
        ("children.0.nhs_number", "999 000 0018", "9990000018"),
        ("consent.status", "Father declined", "refused"),
        ("consent.status", "We have not asked yet", "not_sought"),
        ("consent.status", "Only for school and health", "partial"),
        ("safety.immediate_protection", "No, she is safe at school", False),
        ("safety.scale", "4 out of 10", 4),
        ("children.0.aliases", "Orlie; O. Penhale", ["Orlie", "O. Penhale"]),
        ("children.0.school", "Pinfold  Primary", "Pinfold Primary"),
        ("children.0.school", "Not known", None),
        ("children.0.school", "Noah's Ark Nursery", "Noah's Ark Nursery"),
    ],
)
def test_words_become_values_where_they_are_plain(path: str, words: str, value: Any) -> None:
    assert typed(path, words, TODAY).value == value


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("children.0.date_of_birth", "spring 2019 or so"),
        ("children.0.date_of_birth", "12/03/2019 or 21/03/2019"),
        ("children.0.date_of_birth", "due 12/03/2027"),
        ("children.0.date_of_birth", "31/02/2019"),
        ("consent.status", "No"),
        ("safety.immediate_protection", "perhaps"),
        ("children.0.nhs_number", "12345"),
    ],
)
def test_a_guess_is_no_value(path: str, words: str) -> None:
    with pytest.raises(NotPlain):
        typed(path, words, TODAY)


def test_a_number_that_fails_its_check_is_kept_and_flagged_ox_3() -> None:
    found = typed("children.0.nhs_number", "9990000019", TODAY)
    assert found.value == "9990000019"
    assert found.doubt


def test_an_answer_may_make_a_contact_urgent() -> None:
    contact = open_contact()
    child = contact.record.children[0]
    merged = merge(
        contact,
        TestCorrectedForm.form(("safety.immediate_protection", True), record=Record(children=(child,), safety=Safety(immediate_protection=True))),
        LEWISHAM,
        NOW,
    )
    given = RouteInput(mail=MailFacts(received_at=NOW), record=merged.record, fields=merged.fields, gaps=merged.gaps, extractions=contact.extractions)
    assert route(given, LEWISHAM, NOW).routing.decision == "screen_urgently"
