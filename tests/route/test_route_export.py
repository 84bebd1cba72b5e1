"""Exports, agency codes, links between contacts, feedback, and the shareable record."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from models.contact import Contact
from models.extraction import Gap, Source
from models.matching import Candidate, MatchResult
from models.record import Agency, NarrativeBoxes, Person, Record, Referrer
from pipeline.authorities import load_authority
from pipeline.authorities.exports import load_export
from pipeline.route.agencies import source_code
from pipeline.route.export import as_csv, export, export_text
from pipeline.route.feedback import feedback
from pipeline.route.linking import Newcomer, links, repeats
from pipeline.route.redact import WITHHELD, shareable_record
from tests import factory
from tests import rich_contact as rich

LEWISHAM = load_authority("lewisham")


def rows(contact: Contact, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export_text(contact, name, LEWISHAM))))


class TestExport:
    @pytest.mark.parametrize("name", ["lcs", "ehm", "csv"])
    def test_one_child_one_row_le_16(self, name: str) -> None:
        contact = rich.rich_contact()
        found = rows(contact, name)
        assert len(found) == 3
        first = next(iter(found[0]))
        assert [row[first] for row in found] == [f"{contact.reference}-{number}" for number in (1, 2, 3)]

    def test_codes_of_the_census_le_16(self) -> None:
        one, two, unborn = rows(rich.rich_contact(), "lcs")
        assert (one["DIM_LOOKUP_CONT_SORC_ID"], one["DIM_LOOKUP_CONT_SORC_ID_DESC"]) == ("2A", "School or college")
        assert (one["SEX"], two["SEX"], unborn["SEX"]) == ("F", "M", "U")
        assert (one["ETHNICITY"], two["ETHNICITY"]) == ("WBRI", "NOBT")
        assert (unborn["BIRTH_DTTM"], unborn["EXPECTED_BIRTH_DTTM"]) == ("", "2027-02-12")
        assert one["CONTACT_DTTM"] == "2026-11-20T15:42+00:00"
        assert one["SHARED_SOURCE_ID"] == two["SHARED_SOURCE_ID"]

    def test_a_known_child_is_named_only_when_sure(self) -> None:
        def told(decision: Any, probability: float) -> str:
            result = MatchResult(id="children.0", decision=decision, candidates=(Candidate(record_id="P1", probability=probability),))
            return rows(factory.contact(matches=(result,)), "lcs")[0]["DIM_PERSON_ID"]

        assert told("match", 0.97) == "P1"
        assert told("match", 0.6) == ""
        assert told("review", 0.97) == ""

    def test_a_contact_without_a_child_is_not_lost(self) -> None:
        assert len(rows(factory.contact(record=Record()), "csv")) == 1

    def test_long_words_are_cut_and_said(self) -> None:
        record = factory.record(narrative=NarrativeBoxes(worries="w" * 5000))
        reason = rows(factory.contact(record=record), "lcs")[0]["CONTACT_REASON"]
        assert (len(reason), reason[-1]) == (4000, "…")

    @pytest.mark.parametrize("evil", ["=1+1", "+A1", "-2", "@x", " =1", "\t=1"])
    def test_a_spreadsheet_runs_nothing(self, evil: str) -> None:
        assert next(csv.reader(io.StringIO(as_csv([{"a": evil}], ["a"]).split("\r\n")[1]))) == [f"'{evil}"]

    def test_the_table_that_may_leave_names_no_member_of_the_public_le_10(self) -> None:
        record = factory.record(referrer=Referrer(name="Nia Neighbour", phone="020 7946 0777", kind="public"))
        contact = factory.contact(record=record)
        assert "Neighbour" not in export_text(contact, "csv", LEWISHAM)
        assert rows(contact, "lcs")[0]["DIM_LOOKUP_CONT_SORC_ID"] == "1D"

    def test_all_columns_are_filled_from_somewhere(self) -> None:
        whole = factory.person(aliases=("A B",), ethnicity_code="WBRI", religion="None", interpreter=False, disability=True, upn="A123456789012")
        record = factory.record(children=(whole,))
        mapping = load_export("lcs", LEWISHAM)
        (row,) = export(factory.contact(record=record), mapping, LEWISHAM)
        assert {name for name, value in row.items() if not value} == {"DIM_PERSON_ID", "EXPECTED_BIRTH_DTTM"}


@pytest.mark.parametrize(
    ("referrer", "code"),
    [
        ({"agency": "Pinfold Primary School", "role": "Head teacher"}, "2A"),
        ({"agency": "Pinfold Academy", "role": "School nurse"}, "3C"),
        ({"agency": "NHS Trust", "role": "Health visitor"}, "3B"),
        ({"agency": "Fernbank Surgery", "role": "GP"}, "3A"),
        ({"agency": "St Brannock's Hospital", "role": "A&E consultant"}, "3E"),
        ({"agency": "St Brannock's Hospital", "role": "Community midwife"}, "3D"),
        ({"agency": "Metropolitan Police", "role": "PC 4411"}, "6"),
        ({"agency": "Saltmere Homes Housing Association"}, "4"),
        ({"agency": "Probation Service"}, "7"),
        ({"agency": "Westshire CID", "role": "Detective Constable"}, "6"),
        ({"agency": "St Petroc's C of E Primary", "role": "Designated safeguarding lead"}, "2A"),
        ({"agency": "Exampleton primary care network", "role": "Link worker"}, "10"),
        ({"agency": "Little Stars", "role": "Childminder", "kind": "professional"}, "1B"),
        ({"agency": "Women's Aid"}, "8"),
        ({"agency": "Sunbeam Nursery"}, "8"),
        ({"agency": "Exampleton Council", "role": "Early help practitioner"}, "5D"),
        ({"agency": "Exampleton Council"}, "5C"),
        ({"kind": "anonymous"}, "9"),
        ({"kind": "public", "relationship_to_child": "Grandmother"}, "1A"),
        ({"kind": "public", "relationship_to_child": "Next-door neighbour"}, "1B"),
        ({"kind": "public"}, "1D"),
        ({}, "10"),
        ({"email": "x@ward.nhs.net"}, "3F"),
        ({"email": "x@exampleton.police.uk"}, "6"),
    ],
)
def test_the_referral_source_code_by_agency_le_16(referrer: dict[str, Any], code: str) -> None:
    assert source_code(Record(referrer=Referrer(**referrer)), LEWISHAM) == code


class TestLinks:
    @staticmethod
    def new(**given: Any) -> Newcomer:
        whole: dict[str, Any] = {
            "received_at": factory.RECEIVED + timedelta(hours=3),
            "record": factory.record(),
            "sha256": "aa" * 32,
            "sender": "h.verity@pinfold.example",
        }
        return Newcomer(**(whole | given))

    def relation(self, contact: Contact, **given: Any) -> list[tuple[str, bool]]:
        found = links(self.new(**given), [contact])
        assert all(link.reference == contact.reference and link.because for link in found)
        return [(link.relation, link.doubtful) for link in found]

    def test_the_same_bytes_are_the_same_mail(self) -> None:
        assert self.relation(factory.contact(), sha256="5f" * 32) == [("same_mail", False)]

    def test_a_message_id_alone_is_not(self) -> None:
        assert self.relation(factory.contact(), record=Record()) == []

    def test_a_form_sent_again_is_linked(self) -> None:
        assert self.relation(factory.contact()) == [("sent_again", False)]
        changed = factory.record(narrative=NarrativeBoxes(worries="Something else."))
        assert self.relation(factory.contact(), record=changed) == [("sent_again", True)]

    def test_another_agencys_referral_of_the_child_is_shown_in_doubt(self) -> None:
        assert self.relation(factory.contact(), sender="ward@hospital.example") == [("same_children", True)]

    def test_a_sibling_of_the_same_family_is_not_the_same(self) -> None:
        other = factory.record(children=(factory.person(given_names="Fintan", date_of_birth="2020-09-02"),))
        assert self.relation(factory.contact(), record=other) == []

    def test_a_form_confirms_the_call_before_it(self) -> None:
        call = factory.contact(extractions=())
        assert self.relation(call, words="Further to my telephone call this morning") == [("confirms_call", False)]
        assert self.relation(call, sender="x@y.example") == [("confirms_call", True)]
        assert self.relation(call, received_at=factory.RECEIVED + timedelta(days=9), sender="x@y.example") == [("same_children", True)]

    def test_the_same_file_in_another_mail(self) -> None:
        before = factory.contact(message=factory.message(forms=("f1", "f2")))
        assert self.relation(before, forms=frozenset({"f1"})) == [("same_file", False)]
        assert self.relation(before, forms=frozenset({"f1", "f3"})) == [("same_file", True)]

    def test_only_a_sure_repetition_of_one_contact_joins_it(self) -> None:
        one, two = factory.contact(), factory.contact(reference="LE-26-9QXT7K")
        assert repeats(links(self.new(), [one])) == one.reference
        assert repeats(links(self.new(), [one, two])) is None
        assert repeats(links(self.new(record=factory.record(narrative=NarrativeBoxes(worries="Something else."))), [one])) is None
        silent = factory.record(narrative=NarrativeBoxes())
        assert repeats(links(self.new(record=silent), [factory.contact(record=silent)])) is None


class TestFeedback:
    def test_what_comes_blank_by_organisation(self) -> None:
        blank = Gap(field="children.1.date_of_birth", kind="missing", message="m")
        doubt = Gap(field="children.0.address", kind="conflict", message="m")
        contacts = [factory.contact(gaps=(blank, doubt)) for _ in range(4)] + [factory.contact(gaps=())]
        contacts += [factory.contact(message=factory.message(sender="a@ward.nhs.net"))]
        contacts += [factory.contact(record=factory.record(referrer=Referrer(name="Nia", kind="public")))]
        school, ward = feedback(contacts, LEWISHAM)
        assert (school.organisation, school.kind, school.referrals, school.enough) == ("pinfold.example", "School or college", 5, True)
        assert [(entry.title, entry.referrals) for entry in school.blanks] == [("Date of birth, or expected date of delivery", 4)]
        assert (ward.referrals, ward.enough) == (1, False)

    def test_what_an_answer_filled_came_blank_all_the_same(self) -> None:
        filled = factory.field("consent.status", "given", source=Source(document="reply", where="answer to question 3"))
        (one,) = feedback([factory.contact(fields=(filled,))], LEWISHAM)
        assert [entry.field for entry in one.blanks] == ["consent.status"]

    def test_a_domain_that_all_share_names_nobody(self) -> None:
        record = factory.record(referrer=Referrer(name="A", agency="Millstream Surgery", kind="professional"))
        (one,) = feedback([factory.contact(record=record, message=factory.message(sender="x@nhs.net"))], LEWISHAM)
        assert one.organisation == "Millstream Surgery"


class TestShareable:
    def test_a_member_of_the_public_is_taken_out_everywhere_le_10(self) -> None:
        referrer = Referrer(
            name="Mrs Nia Neighbour", phone="020 7946 0777", address="16 Sallow Court", relationship_to_child="Neighbour", kind="public"
        )
        boxes = NarrativeBoxes(worries="I am Nia and live at 16 Sallow Court. Mrs Neighbour heard shouting.")
        agency = Agency(name="N. Neighbour", phone="020 7946 0777")
        kept = shareable_record(factory.record(referrer=referrer, narrative=boxes, agencies=(agency,)))
        assert kept.referrer == Referrer(kind="public")
        assert "Nia" not in kept.model_dump_json()
        assert "0777" not in kept.model_dump_json()
        assert WITHHELD in (kept.narrative.worries or "")
        assert kept.children == factory.record().children

    def test_a_professional_is_not(self) -> None:
        record = factory.record()
        assert shareable_record(record) == record

    def test_a_short_name_does_not_eat_other_words(self) -> None:
        record = factory.record(referrer=Referrer(name="Al Ng", kind="public"), children=(Person(given_names="Alan", family_name="Ngata"),))
        assert shareable_record(record).children == record.children

    def test_numbers_and_names_however_they_are_written_le_10(self) -> None:
        referrer = Referrer(name="Mo Bell", phone="07700 900 123", address="3 Elm Row, Exampleton", kind="public")
        boxes = NarrativeBoxes(worries="Mo rang from 07700900123, no mo' than an hour ago. She lives at 3 Elm  Row. Mrs Bell heard it.")
        kept = shareable_record(factory.record(referrer=referrer, narrative=boxes)).narrative.worries or ""
        assert not [word for word in ("Mo ", "900123", "Elm", "Bell") if word in kept]
        assert "no mo' than an hour ago" in kept

    def test_a_child_keeps_its_own_name_and_home_when_a_relative_refers_le_10(self) -> None:
        child = factory.person()
        referrer = Referrer(name="Gwen Tennick", phone="020 7946 0777", address=child.address, kind="public")
        gran = factory.person(given_names="Gwen", relationship_to_child="Grandmother")
        kept = shareable_record(factory.record(children=(child,), people=(gran,), referrer=referrer))
        assert kept.children == (child,)
        assert "Gwen" not in kept.model_dump_json()
