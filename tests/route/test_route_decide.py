"""Where a contact goes. Names of tests carry the row of the requirements they show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.contact import ContactNarrative, Decision, LetterKind
from models.extraction import Extraction, FieldValue, FormIdentity, FormType, Gap, Problem, Source
from models.mail import MailClass
from models.matching import Candidate, FamilyLink, HouseholdMatch, KnownPerson, MatchResult
from models.narrative import ConcernMention, Sentence, UrgencySignal
from models.record import Consent, NarrativeBoxes, Person, Record, Referral, Referrer, Safety
from models.routing import MailFacts, RouteInput, RouteOutcome, UnreadableFile
from pipeline.authorities import authority_names, load_authority
from pipeline.route.decide import route
from tests.factory import record as whole_record

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
SENDER = "h.verity@pinfold.example.org"


def mail(**given: Any) -> MailFacts:
    whole: dict[str, Any] = {"received_at": NOW, "subject": "Referral", "sender": SENDER, "authentication": "pass", "files": 1}
    return MailFacts(**(whole | given))


def read(kind: FormType = "MARF", record: Record | None = None, name: str = "form.docx") -> Extraction:
    return Extraction(path=name, status="read", form=FormIdentity(type=kind, confidence=0.9), record=record or Record())


def case(record: Record | None = None, *forms: FormType, **given: Any) -> RouteInput:
    record = record or whole_record()
    whole: dict[str, Any] = {"mail": mail(), "record": record, "extractions": tuple(read(kind, record) for kind in forms or ("MARF",))}
    return RouteInput(**(whole | given))


def routed(given: RouteInput, authority: str = "lewisham") -> RouteOutcome:
    return route(given, load_authority(authority), NOW)


def rules(outcome: RouteOutcome) -> set[str]:
    return {reason.rule for reason in outcome.routing.reasons}


def because(outcome: RouteOutcome) -> str:
    return "\n".join(reason.because for reason in outcome.routing.reasons)


def kinds(outcome: RouteOutcome) -> list[LetterKind]:
    return [letter.kind for letter in outcome.letters]


def said(path: str, value: Any, raw: str | None = None) -> FieldValue:
    return FieldValue(path=path, value=value, raw=raw, confidence=0.9, source=Source(document="form.docx"))


def signal(kind: str = "harm") -> ContactNarrative:
    text = "words that ask for somebody"
    return ContactNarrative(id="n", text=text, urgent=(UrgencySignal(rule="r", kind=kind, says="A sign", start=0, end=5, text="words"),))


def raised(*categories: str) -> ContactNarrative:
    return ContactNarrative(id="n", text="some words", raised=dict.fromkeys(categories, 0.9))


class TestPapers:
    def test_a_complete_referral_is_screened_and_acknowledged_le_13_tk_3(self) -> None:
        outcome = routed(case())
        assert outcome.routing.decision == "screen"
        assert kinds(outcome) == [LetterKind.ACKNOWLEDGEMENT]
        assert not outcome.routing.returned

    @pytest.mark.parametrize("form", ["IAF", "CAF", "SOS"])
    def test_tower_hamlets_takes_three_kinds_th_1(self, form: FormType) -> None:
        outcome = routed(case(None, form), "tower-hamlets")
        assert outcome.routing.decision != "return_to_referrer"
        assert LetterKind.WRONG_FORM not in kinds(outcome)

    @pytest.mark.parametrize(
        ("authority", "form", "row"), [("lewisham", "EHA", "LE-1"), ("hertfordshire", "CAF", "HE-1"), ("oxfordshire", "EHA", "OX-1")]
    )
    def test_a_supporting_form_alone_goes_back_with_the_right_one_named_le_1_he_1(self, authority: str, form: FormType, row: str) -> None:
        outcome = routed(case(None, form), authority)
        assert outcome.routing.decision == "return_to_referrer"
        assert kinds(outcome) == [LetterKind.WRONG_FORM]
        assert row in rules(outcome)

    @pytest.mark.parametrize(
        ("authority", "main", "beside"), [("lewisham", "MARF", "EHA"), ("hertfordshire", "SSR", "CAF"), ("oxfordshire", "SNF", "EHA")]
    )
    def test_a_supporting_form_beside_a_referral_stays_with_it_ox_1(self, authority: str, main: FormType, beside: FormType) -> None:
        outcome = routed(case(None, main, beside), authority)
        assert outcome.routing.decision == "screen"
        assert "stays with it" in because(outcome)

    def test_thurrock_takes_the_caf_tk_1(self) -> None:
        assert routed(case(None, "CAF"), "thurrock").routing.decision == "screen"

    def test_another_councils_form_is_taken_and_said_dc_1(self) -> None:
        outcome = routed(case(None, "SSR"))
        assert outcome.routing.decision == "screen"
        assert "taken all the same" in because(outcome)

    def test_a_form_that_may_be_another_is_not_sent_back(self) -> None:
        unsure = Extraction(path="f", status="read", form=FormIdentity(type="EHA", confidence=0.3), record=whole_record())
        assert routed(case(extractions=(unsure,))).routing.decision == "screen"

    def test_a_paper_of_no_kind_that_names_no_child_is_read_by_a_person(self) -> None:
        outcome = routed(case(Record(), "OTHER"))
        assert outcome.routing.decision == "manual"
        assert kinds(outcome) == [LetterKind.ACKNOWLEDGEMENT]
        beside = routed(case(None, "MARF", extractions=(read("MARF", whole_record()), read("OTHER", Record()))))
        assert beside.routing.decision == "screen"

    def test_a_council_may_return_what_it_did_not_ask_for(self) -> None:
        strict = load_authority("lewisham").model_copy(update={"other_forms": "return"})
        assert route(case(None, "SSR"), strict, NOW).routing.decision == "return_to_referrer"
        assert route(case(None, "SSR", "MARF"), strict, NOW).routing.decision == "screen"
        assert route(case(None, "OTHER"), strict, NOW).routing.decision == "screen"
        assert route(case(None, "SSR", narrative=signal()), strict, NOW).routing.decision == "screen_urgently"

    def test_a_supporting_form_of_an_urgent_child_is_not_sent_back_ox_6(self) -> None:
        outcome = routed(case(None, "EHA", narrative=signal()))
        assert outcome.routing.decision == "screen_urgently"
        assert kinds(outcome) == [LetterKind.WRONG_FORM]


class TestUnread:
    SHUT = UnreadableFile(name="scan.pdf", problem=Problem(code="encrypted", detail="d"))

    def test_an_unreadable_form_goes_to_a_person_dc_1(self) -> None:
        shut = Extraction(path="scan.pdf", status="unreadable", problem=self.SHUT.problem)
        outcome = routed(case(Record(), mail=mail(unreadable=(self.SHUT,)), extractions=(shut,)))
        assert outcome.routing.decision == "manual"
        assert kinds(outcome) == [LetterKind.COULD_NOT_OPEN]

    def test_an_unreadable_file_beside_a_form_does_not_send_the_form_back(self) -> None:
        outcome = routed(case(Record(children=(Person(given_names="A"),)), mail=mail(unreadable=(self.SHUT,))))
        assert outcome.routing.decision == "screen"
        assert set(kinds(outcome)) == {LetterKind.INCOMPLETE, LetterKind.COULD_NOT_OPEN}

    def test_an_unreadable_file_in_a_marked_mail_is_urgent_th_2(self) -> None:
        outcome = routed(case(Record(), mail=mail(subject="Child Protection Referral", unreadable=(self.SHUT,)), extractions=()))
        assert outcome.routing.decision == "screen_urgently"

    def test_a_persons_words_without_a_form_go_to_a_person(self) -> None:
        outcome = routed(case(Record(), mail=mail(body="Please ring me about a child."), extractions=()))
        assert outcome.routing.decision == "manual"
        assert kinds(outcome) == [LetterKind.ACKNOWLEDGEMENT]
        assert outcome.gaps == ()

    @pytest.mark.parametrize("kind", [MailClass.AUTOMATIC, MailClass.BOUNCE, MailClass.LIST, MailClass.OURSELVES])
    def test_machines_are_taken_in_and_never_answered(self, kind: MailClass) -> None:
        empty = routed(case(Record(), mail=mail(mail_class=kind), extractions=()))
        assert empty.routing.decision == "manual"
        assert empty.letters == ()
        assert empty.no_letter
        full = routed(case(mail=mail(mail_class=kind)))
        assert full.routing.decision == "screen"
        assert full.letters == ()


class TestUrgency:
    @pytest.mark.parametrize(
        ("given", "row"),
        [
            ({"mail": mail(subject="FW: CHILD PROTECTION REFERRAL")}, "TH-2"),
            ({"mail": mail(body="Child protection referral\n\nPlease see attached.")}, "TH-2"),
            ({"narrative": signal("harm")}, "LE-11"),
            ({"narrative": signal("action")}, "LE-11"),
            ({"narrative": signal("police_protection")}, "HE-7"),
        ],
    )
    def test_the_mail_and_the_narrative_le_11_he_7_th_2(self, given: dict[str, Any], row: str) -> None:
        outcome = routed(case(**given))
        assert outcome.routing.decision == "screen_urgently"
        assert row in rules(outcome)
        assert outcome.routing.suggested.rag == "red"

    @pytest.mark.parametrize(
        "change",
        [
            {"referral": Referral(marked_urgent=True)},
            {"referral": Referral(type="child_protection")},
            {"safety": Safety(immediate_protection=True)},
            {"safety": Safety(current_location="Whereabouts unknown since Monday")},
            {"safety": Safety(alleged_perpetrator="Una Tennick")},
            {"safety": Safety(alleged_perpetrator="the mother")},
            {"safety": Safety(alleged_perpetrator="Mum's boyfriend")},
            {"safety": Safety(alleged_perpetrator="Una, who lives at the address")},
            {"safety": Safety(alleged_perpetrator="Una T.")},
            {"safety": Safety(alleged_perpetrator="Mrs Tennick")},
        ],
    )
    def test_the_form_le_6(self, change: dict[str, Any]) -> None:
        assert routed(case(whole_record(**change))).routing.decision == "screen_urgently"

    @pytest.mark.parametrize(
        "change",
        [
            {"safety": Safety(immediate_protection=False, current_location="At school until 3.15")},
            {"safety": Safety(alleged_perpetrator="None known")},
            {"safety": Safety(alleged_perpetrator="An older pupil at another school")},
            {"safety": Safety(alleged_perpetrator="Her ex-partner, who no longer lives there")},
            {"safety": Safety(alleged_perpetrator="Una Brown from next door")},
            {"safety": Safety(alleged_perpetrator="Mr Tennick")},
        ],
    )
    def test_what_is_not_urgent(self, change: dict[str, Any]) -> None:
        assert routed(case(whole_record(**change))).routing.decision == "screen"

    def test_somebody_of_the_household_under_another_name_le_6(self) -> None:
        lodger = Person(given_names="Karl", family_name="Nowak", aliases=("Charlie N",), in_household=True)
        harmed = Safety(alleged_perpetrator="Charlie N")
        assert routed(case(whole_record(people=(lodger,), safety=harmed))).routing.decision == "screen_urgently"
        away = lodger.model_copy(update={"in_household": False})
        at_home = whole_record().people
        assert routed(case(whole_record(people=(*at_home, away), safety=harmed))).routing.decision == "screen"

    def test_a_quoted_letter_of_ours_makes_no_answer_urgent(self) -> None:
        body = "Thanks, here you are.\n\nOn Monday the hub wrote:\n> Child protection referral: ring 999"
        assert routed(case(mail=mail(body=body))).routing.decision == "screen"

    def test_what_was_urgent_stays_urgent_when_an_answer_comes_ox_6(self) -> None:
        first = routed(case(mail=mail(subject="Child protection referral")))
        assert routed(case(before=first.routing)).routing.decision == "screen_urgently"
        assert routed(case(before=routed(case()).routing)).routing.decision == "screen"

    @pytest.mark.parametrize(
        ("subject", "urgent"),
        [
            ("Referral - URGENT", True),
            ("RE: Urgent", True),
            ("s47 referral", True),
            ("Child-Protection  referral", True),
            ("Referral (not urgent)", False),
            ("Non-urgent referral", False),
            ("Insurgents", False),
        ],
    )
    def test_marks_in_a_subject_th_2(self, subject: str, urgent: bool) -> None:
        assert (routed(case(mail=mail(subject=subject))).routing.decision == "screen_urgently") == urgent

    def test_a_forwarded_mail_carries_its_mark_th_2(self) -> None:
        passed_on = (
            "See below.\n\n---------- Forwarded message ---------\nFrom: a@example.org\nSubject: Child Protection Referral\n\nPlease see attached."
        )
        assert routed(case(mail=mail(subject="Fwd: something", body=passed_on))).routing.decision == "screen_urgently"
        outlook = "From: a@example.org\nSent: Monday\nTo: us\nSubject: URGENT - see attached\n\nPlease see attached."
        assert routed(case(mail=mail(subject="FW: URG", body=outlook))).routing.decision == "screen_urgently"

    @pytest.mark.parametrize(
        ("path", "value", "raw", "urgent"),
        [
            ("safety.current_location", None, "Not known", True),
            ("safety.current_location", None, "N/K", True),
            ("safety.current_location", None, "At home", False),
            ("safety.immediate_protection", True, "Yes", True),
            ("safety.immediate_protection", None, "unsure", False),
            ("referral.type", "child_protection", "CP", True),
        ],
    )
    def test_what_one_of_two_places_says_is_enough_le_6(self, path: str, value: Any, raw: str, urgent: bool) -> None:
        field = FieldValue(path=path, value=value, raw=raw, confidence=0.5, source=Source(document="f"))
        assert (routed(case(fields=(field,))).routing.decision == "screen_urgently") == urgent

    def test_a_crime_is_told_to_the_police_with_its_words_le_11(self) -> None:
        outcome = routed(case(narrative=signal("crime")))
        assert "the police must be told" in because(outcome)
        assert "“words”" in because(outcome)


class TestCompleteness:
    def test_what_is_missing_is_asked_and_the_contact_goes_back_dc_8(self) -> None:
        child = Person(given_names="Orla", family_name="Tennick", address="14 Sallow Court")
        outcome = routed(case(whole_record(children=(child,), consent=Consent())))
        asked = {gap.field: gap for gap in outcome.gaps}
        assert outcome.routing.decision == "return_to_referrer"
        assert outcome.routing.returned
        assert kinds(outcome) == [LetterKind.INCOMPLETE]
        assert {"children.0.date_of_birth", "consent.status", "consent.parents_aware"} <= {name for name, gap in asked.items() if gap.needed}
        assert all(gap.why and gap.question and gap.number and gap.rule for gap in outcome.gaps)
        assert [gap.number for gap in outcome.gaps] == list(range(1, len(outcome.gaps) + 1))

    def test_an_unborn_child_is_asked_for_no_names_ox_2(self) -> None:
        outcome = routed(case(whole_record(children=(Person(unborn=True, expected_delivery_date="2027-02", address="14 Sallow Court"),))))
        assert not {gap.field for gap in outcome.gaps} & {
            "children.0.given_names",
            "children.0.family_name",
            "children.0.school",
            "children.0.date_of_birth",
        }

    def test_every_child_is_asked_about_le_4(self) -> None:
        outcome = routed(case(whole_record(children=(Person(given_names="A"), Person(given_names="B")))))
        assert {"children.0.date_of_birth", "children.1.date_of_birth"} <= {gap.field for gap in outcome.gaps}

    def test_not_known_is_an_answer_and_blank_is_none(self) -> None:
        source = Source(document="form.docx")
        said = FieldValue(path="children.0.school", value=None, raw="not known", confidence=0.9, source=source)
        consent = FieldValue(path="consent.status", value=None, raw="unsure", confidence=0.9, source=source)
        record = whole_record(children=(whole_record().children[0].model_copy(update={"school": None}),), consent=Consent(parents_aware=True))
        blank, told = routed(case(record)), routed(case(record, fields=(said, consent)))
        assert "children.0.school" in {gap.field for gap in blank.gaps}
        assert "children.0.school" not in {gap.field for gap in told.gaps}
        assert next(gap.kind for gap in told.gaps if gap.field == "consent.status") == "unclear"

    def test_the_address_is_asked_once_for_all_children_le_5(self) -> None:
        homeless = [Person(given_names=name, family_name="T", date_of_birth="2019-01-02") for name in "AB"]
        asked = [gap.field for gap in routed(case(whole_record(children=tuple(homeless)))).gaps if "address" in gap.field]
        assert asked == ["children.0.address"]
        one = homeless[1].model_copy(update={"postcode": "ZZ9 9ZZ"})
        assert not [gap for gap in routed(case(whole_record(children=(homeless[0], one)))).gaps if "address" in gap.field]

    def test_the_four_subjects_are_asked_when_the_form_is_silent_le_8(self) -> None:
        silent = {gap.field for gap in routed(case()).gaps}
        wanted = {"indicators.domestic_abuse", "indicators.mental_health", "indicators.substance_misuse", "indicators.learning_difficulties"}
        assert wanted <= silent
        mention = ConcernMention(category="domestic_abuse", status="negated", who="mother", start=0, end=4, text="some")
        told = ContactNarrative(
            id="n",
            text="some words",
            sentences=(Sentence(start=0, end=10, text="some words", factuality="fact", confidence=0.9, concerns=(mention,)),),
        )
        assert "indicators.domestic_abuse" not in {gap.field for gap in routed(case(narrative=told)).gaps}

    def test_consent_that_two_papers_tell_differently_is_unclear_th_5_le_9(self) -> None:
        differs = Gap(field="consent.status", kind="conflict", message="The referral says “given”, the answer says “refused”.")
        for told in (case(gaps=(differs,)), case(whole_record(consent=Consent(status="given", sought=False)))):
            consent = routed(told).routing.consent
            assert consent is not None
            assert consent.state == "unclear"
            assert consent.outstanding

    def test_consent_without_the_parents_knowledge_is_looked_at_th_5(self) -> None:
        outcome = routed(case(whole_record(consent=Consent(status="given", given_by="the young person", parents_aware=False, reason="Her wish"))))
        assert outcome.routing.consent is not None
        assert outcome.routing.consent.state == "given"
        assert "check who gave consent, and whether they may" in because(outcome)

    def test_a_specific_risk_is_named_beside_a_general_one_tk_2(self) -> None:
        reason = "She fears harm and violence at home and being sent abroad for a forced marriage"
        outcome = routed(case(whole_record(consent=Consent(status="not_sought", reason=reason)), "CAF"), "thurrock")
        assert "TK-2" in rules(outcome)
        assert "TK-2" not in rules(routed(case(whole_record(consent=Consent(status="not_sought", reason="She fears harm")), "CAF"), "thurrock"))

    @pytest.mark.parametrize("kind", ["public", "anonymous"])
    def test_the_public_is_taken_without_a_professionals_questions_le_10(self, kind: Any) -> None:
        outcome = routed(case(whole_record(referrer=Referrer(kind=kind), consent=Consent())))
        asked = {gap.field for gap in outcome.gaps}
        assert not asked & {"referrer.agency", "consent.status", "consent.parents_aware"}
        assert ("referrer.name" in asked) == (kind == "public")
        assert "outcome" not in {deadline.what for deadline in outcome.deadlines}

    def test_signs_of_safety_answers_are_asked_of_a_mapping_only_th_4(self) -> None:
        assert "safety.scale" in {gap.field for gap in routed(case(None, "SOS"), "tower-hamlets").gaps}
        assert "safety.scale" not in {gap.field for gap in routed(case(None, "IAF"), "tower-hamlets").gaps}

    @pytest.mark.parametrize(("authority", "form", "words"), [("tower-hamlets", "IAF", "safeguarding lead"), ("thurrock", "CAF", "duty desk")])
    def test_whether_it_was_discussed_first_th_3(self, authority: str, form: FormType, words: str) -> None:
        gap = next(gap for gap in routed(case(None, form), authority).gaps if gap.field == "safeguarding_lead.discussed")
        assert words in (gap.question or "")

    def test_who_lives_with_the_child_is_not_answered_by_somebody_who_does_not_le_4(self) -> None:
        father = Person(given_names="Ed", family_name="Tennick", relationship_to_child="Father", in_household=False)
        assert "people" in {gap.field for gap in routed(case(whole_record(people=(father,)))).gaps}
        assert "people" not in {gap.field for gap in routed(case(whole_record(people=(father, UNA)))).gaps}

    def test_numbers_and_views_are_asked_where_the_council_asks_ox_3_ox_4(self) -> None:
        record = whole_record(children=(whole_record().children[0].model_copy(update={"nhs_number": None}),))
        oxford = {gap.field for gap in routed(case(record, "SNF"), "oxfordshire").gaps}
        assert {"children.0.nhs_number", "children.0.upn", "narrative.child_views"} <= oxford
        assert not {"children.0.nhs_number", "children.0.upn", "narrative.child_views"} & {gap.field for gap in routed(case(record)).gaps}

    def test_where_the_child_is_is_asked_for_child_protection_le_6(self) -> None:
        protect = routed(case(whole_record(referral=Referral(type="child_protection"))))
        assert {"safety.current_location", "safety.current_condition", "safety.immediate_protection"} <= {gap.field for gap in protect.gaps}

    def test_background_is_asked_le_5_le_7(self) -> None:
        bare = whole_record(
            children=(Person(given_names="A", family_name="B", date_of_birth="2019-01-02", address="1 X"),), referrer=Referrer(kind="professional")
        )
        asked = {gap.field for gap in routed(case(bare)).gaps}
        assert {"children.0.ethnicity", "children.0.first_language", "children.0.school", "agencies", "referrer.relationship_to_child"} <= asked

    def test_a_doubt_of_the_reading_is_asked_about(self) -> None:
        doubt = Gap(field="children.0.date_of_birth", kind="conflict", message="Page 1 says one thing, page 3 another.")
        outcome = routed(case(gaps=(doubt,)))
        gap = next(gap for gap in outcome.gaps if gap.field == doubt.field)
        assert gap.kind == "conflict"
        assert gap.question
        assert kinds(outcome) == [LetterKind.INCOMPLETE]
        assert outcome.routing.decision == "screen"


class TestConsent:
    @pytest.mark.parametrize(
        ("reason", "words"),
        [
            ("Telling her father would put Orla at greater risk of being hurt.", "greater risk"),
            ("Police ask us not to tip off the suspect before the arrest.", "serious crime"),
            ("We have been unable to contact either parent since Friday.", "delay"),
        ],
    )
    def test_a_rationale_is_classed_by_the_three_grounds_th_5(self, reason: str, words: str) -> None:
        outcome = routed(case(whole_record(consent=Consent(status="not_sought", parents_aware=False, reason=reason)), "IAF"), "tower-hamlets")
        finding = outcome.routing.consent
        assert finding is not None
        assert words in (finding.ground or "")
        assert finding.words == reason
        assert finding.outstanding

    def test_refused_without_a_reason_is_asked_th_5(self) -> None:
        outcome = routed(case(whole_record(consent=Consent(status="refused", parents_aware=True)), "IAF"), "tower-hamlets")
        assert "consent.reason" in {gap.field for gap in outcome.gaps if gap.needed}

    def test_unclear_consent_is_notified_and_awaits_a_manager_le_9(self) -> None:
        outcome = routed(case(whole_record(consent=Consent(parents_aware=True))))
        assert outcome.routing.consent is not None
        assert outcome.routing.consent.state == "unclear"
        assert "manager must authorise" in " ".join(outcome.routing.consent.outstanding)
        assert "consent.status" in {gap.field for gap in outcome.gaps if gap.needed}

    def test_given_consent_leaves_nothing_outstanding(self) -> None:
        finding = routed(case()).routing.consent
        assert finding is not None
        assert (finding.state, finding.outstanding, finding.ground) == ("given", (), None)

    def test_the_reason_for_not_telling_parents_is_confirmed_in_oxfordshire_ox_5(self) -> None:
        record = whole_record(consent=Consent(status="not_sought", parents_aware=False, reason="It would put Orla at greater risk."))
        assert "OX-5" in rules(routed(case(record, "SNF"), "oxfordshire"))
        assert "OX-5" not in rules(routed(case(record)))

    def test_some_concerns_justify_not_informing_in_thurrock_tk_2(self) -> None:
        record = whole_record(consent=Consent(status="not_sought", parents_aware=False))
        outcome = routed(case(record, "CAF", narrative=raised("exploitation")), "thurrock")
        assert outcome.routing.consent is not None
        assert "specific risk" in (outcome.routing.consent.ground or "")
        assert "TK-2" in rules(outcome)


class TestKnown:
    @staticmethod
    def household(path: str = "children.0", probability: float = 0.97, decision: Any = "match", **person: Any) -> HouseholdMatch:
        known = KnownPerson(record_id="P1", **person)
        return HouseholdMatch(
            people=(MatchResult(id=path, decision=decision, candidates=(Candidate(record_id="P1", probability=probability, person=known),)),)
        )

    def test_an_open_case_passes_to_its_worker_le_12(self) -> None:
        outcome = routed(case(household=self.household(case_status="open", allocated_worker="W. Orker")))
        assert outcome.routing.decision == "allocated_worker"
        assert outcome.routing.pass_to == "W. Orker"
        assert "in their absence" in because(outcome)

    def test_an_open_case_without_a_worker_passes_to_the_duty_worker(self) -> None:
        assert "duty" in (routed(case(household=self.household(case_status="open"))).routing.pass_to or "")

    def test_an_urgent_contact_of_an_open_case_is_screened_and_names_the_worker(self) -> None:
        outcome = routed(case(narrative=signal(), household=self.household(case_status="open", allocated_worker="W. Orker")))
        assert (outcome.routing.decision, outcome.routing.pass_to) == ("screen_urgently", "W. Orker")

    @pytest.mark.parametrize("doubt", [{"probability": 0.6}, {"decision": "review"}])
    def test_a_doubtful_match_decides_nothing_dc_7(self, doubt: dict[str, Any]) -> None:
        outcome = routed(case(household=self.household(case_status="open", allocated_worker="W. Orker", **doubt)))
        assert outcome.routing.decision == "screen"
        assert outcome.routing.pass_to is None
        assert "may be record P1" in because(outcome)

    def test_a_parents_open_case_is_shown_and_not_taken_for_the_childs(self) -> None:
        outcome = routed(case(household=self.household("people.0", case_status="open", allocated_worker="W. Orker")))
        assert outcome.routing.decision == "screen"
        assert "open case" in because(outcome)

    @pytest.mark.parametrize(("closed", "shown"), [(date(2026, 9, 1), True), (date(2026, 5, 1), False)])
    def test_closed_within_three_months_is_shown_le_12(self, closed: date, shown: bool) -> None:
        outcome = routed(case(household=self.household(case_status="closed", closed_on=closed)))
        assert ("closed within 3 months" in because(outcome)) == shown
        assert outcome.routing.decision == "screen"

    @pytest.mark.parametrize("flag", ["child_protection_plan", "looked after", "other authority", "CPP", "LAC"])
    def test_a_plan_a_looked_after_child_or_another_authority_is_shown_he_3(self, flag: str) -> None:
        outcome = routed(case(household=self.household(flags=(flag,))))
        assert "HE-3" in rules(outcome)
        assert "the flag" not in because(outcome)

    def test_a_flag_that_nobody_listed_is_shown_as_it_stands_he_3(self) -> None:
        assert "the flag “Dangerous dog”" in because(routed(case(household=self.household(flags=("Dangerous dog",)))))

    def test_children_of_one_household_are_put_to_one_worker_he_4_he_2(self) -> None:
        link = FamilyLink(record_id="P9", through="P2", why="another child of the mother", person=KnownPerson(record_id="P9", case_status="open"))
        outcome = routed(case(household=HouseholdMatch(links=(link,), worker="W. Orker")))
        assert {"HE-4", "HE-2"} <= rules(outcome)
        assert outcome.routing.decision == "screen"

    def test_a_record_that_is_surely_one_person_is_no_doubt_for_another(self) -> None:
        known = KnownPerson(record_id="P1", case_status="open")
        sure = MatchResult(id="children.0", decision="match", candidates=(Candidate(record_id="P1", probability=0.97, person=known),))
        other = MatchResult(id="children.1", decision="review", candidates=(Candidate(record_id="P1", probability=0.4, person=known),))
        link = FamilyLink(record_id="P1", through="P1", why="open case", person=known)
        outcome = routed(case(household=HouseholdMatch(people=(sure, other), links=(link,))))
        assert "may be" not in because(outcome)
        assert "HE-2" not in rules(outcome)

    def test_a_restricted_record_decides_nothing_by_itself(self) -> None:
        known = KnownPerson(record_id="P1", case_status="open", allocated_worker="W. Orker")
        hidden = MatchResult(
            id="children.0", decision="match", candidates=(Candidate(record_id="P1", probability=0.97, person=known, restricted=True),)
        )
        assert routed(case(household=HouseholdMatch(people=(hidden,)))).routing.pass_to is None


class TestSuggestions:
    def test_nothing_read_nothing_suggested(self) -> None:
        outcome = routed(case(Record(), mail=mail(mail_class=MailClass.AUTOMATIC), extractions=()))
        assert (outcome.routing.suggested.rag, outcome.routing.suggested.pathway, outcome.routing.suggested.stream) == (None, None, None)

    @pytest.mark.parametrize(
        ("given", "rag", "pathway"),
        [
            ({"narrative": raised("sexual_abuse")}, "red", "Section 47 enquiries"),
            ({"narrative": raised("neglect", "housing")}, "amber", "Section 17 assessment"),
            ({"record": whole_record(referral=Referral(type="early_help"))}, "green", "Targeted early help"),
            ({"record": whole_record(referral=Referral())}, "amber", "Enhanced MASH enquiries"),
        ],
    )
    def test_colour_and_pathway_in_the_authoritys_words_le_14_le_15(self, given: dict[str, Any], rag: str, pathway: str) -> None:
        outcome = routed(case(given.pop("record", None), **given))
        assert (outcome.routing.suggested.rag, outcome.routing.suggested.pathway) == (rag, pathway)
        assert all(reason.because.startswith("Suggestion") for reason in outcome.routing.reasons if reason.rule == "LE-14")

    def test_words_point_to_a_stream_le_3(self) -> None:
        record = whole_record(narrative=NarrativeBoxes(worries="The family has no recourse to public funds."))
        assert routed(case(record)).routing.suggested.stream == "No Recourse to Public Funds team"

    def test_unclear_contacts_go_to_targeted_advice_in_hertfordshire_le_3(self) -> None:
        assert routed(case(whole_record(referral=Referral()), "SSR"), "hertfordshire").routing.suggested.stream == "Targeted Advice Service"

    def test_the_checklist_is_filled_or_open_le_18_le_19(self) -> None:
        lines = {line.item: line.answer for line in routed(case()).routing.checklist}
        assert lines["Where the child lives"] == "14 Sallow Court, Exampleton"
        assert lines["Urgent action"] is None
        assert any("child and family" in item for item in lines)


class TestLetters:
    @pytest.mark.parametrize(
        ("facts", "shareable"),
        [({}, True), ({"authentication": "none"}, False), ({"sender": "somebody@example.net"}, False), ({"sender": "x@notexample.org"}, False)],
    )
    def test_names_only_to_a_trusted_and_genuine_sender(self, facts: dict[str, Any], shareable: bool) -> None:
        outcome = routed(case(mail=mail(**facts)))
        assert [letter.shareable for letter in outcome.letters] == [shareable]

    @pytest.mark.parametrize(
        "sender", [None, "", "mailer-daemon@example.org", "no-reply@example.org", "a@b@c", "x\r\nBcc: y@example.org", "mash@lewisham.example.org"]
    )
    def test_nobody_is_written_to_who_cannot_be(self, sender: str | None) -> None:
        outcome = routed(case(mail=mail(sender=sender)))
        assert outcome.letters == ()
        assert outcome.no_letter

    def test_a_forged_sender_is_not_answered(self) -> None:
        assert routed(case(mail=mail(authentication="fail"))).letters == ()

    def test_never_to_a_reply_to_of_another_domain(self) -> None:
        outcome = routed(case(mail=mail(reply_to="thief@elsewhere.example.com")))
        assert [letter.recipient for letter in outcome.letters] == [SENDER]


words = st.one_of(st.none(), st.text(max_size=12))
flags = st.one_of(st.none(), st.booleans())
people = st.builds(
    Person, given_names=words, family_name=words, date_of_birth=st.one_of(st.none(), st.just("2019-03-04")), unborn=st.booleans(), in_household=flags
)
records = st.builds(
    Record,
    referral=st.builds(Referral, type=st.sampled_from([None, "child_protection", "child_in_need", "early_help"]), marked_urgent=st.booleans()),
    referrer=st.builds(Referrer, name=words, kind=st.sampled_from([None, "professional", "public", "anonymous"])),
    children=st.lists(people, max_size=3).map(tuple),
    people=st.lists(people, max_size=3).map(tuple),
    consent=st.builds(
        Consent, parents_aware=flags, sought=flags, status=st.sampled_from([None, "given", "partial", "refused", "not_sought"]), reason=words
    ),
    safety=st.builds(Safety, immediate_protection=flags, current_location=words, alleged_perpetrator=words),
)
gap = st.builds(
    Gap,
    field=st.sampled_from(["children.0.date_of_birth", "consent.status", "safety.scale"]),
    kind=st.sampled_from(["missing", "unclear", "invalid", "conflict"]),
    message=st.just("m"),
)
forms = st.lists(st.sampled_from(get_args(FormType)), max_size=3)
shut = st.lists(
    st.sampled_from(["encrypted", "corrupt", "no_text"]).map(lambda code: UnreadableFile(name="f", problem=Problem(code=code, detail="d"))),
    max_size=2,
).map(tuple)


@st.composite
def inputs(draw: st.DrawFn) -> RouteInput:
    record = draw(records)
    facts = mail(
        subject=draw(words),
        body=draw(words),
        sender=draw(st.sampled_from([SENDER, None, "x@example.net"])),
        mail_class=draw(st.sampled_from(list(MailClass))),
        authentication=draw(st.sampled_from(["pass", "fail", "none"])),
        unreadable=draw(shut),
    )
    extractions = tuple(read(kind, record) for kind in draw(forms))
    worker = draw(st.sampled_from([None, "W. Orker"]))
    household = draw(
        st.sampled_from([None, TestKnown.household(case_status="open", allocated_worker=worker), TestKnown.household(decision="review")])
    )
    return RouteInput(mail=facts, record=record, gaps=tuple(draw(st.lists(gap, max_size=3))), extractions=extractions, household=household)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(inputs(), st.sampled_from(authority_names()))
def test_nothing_is_kept_from_a_person_in_silence(given: RouteInput, name: str) -> None:
    outcome = route(given, load_authority(name), NOW)
    assert outcome.routing.decision in get_args(Decision)
    assert outcome.routing.reasons
    assert all(reason.because for reason in outcome.routing.reasons)
    assert outcome.letters or outcome.no_letter
    assert {"acknowledge", "decide"} <= {deadline.what for deadline in outcome.deadlines}
    if outcome.routing.decision == "return_to_referrer":
        assert outcome.routing.returned or outcome.no_letter
    assert route(given, load_authority(name), NOW + timedelta(hours=1)).routing.decision == outcome.routing.decision


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(inputs(), st.sampled_from(authority_names()))
def test_nothing_is_asked_that_the_authority_does_not_ask(given: RouteInput, name: str) -> None:
    authority = load_authority(name)
    asked = {authority.question(required.ask) for required in authority.required}
    words = [question.question for question in asked if question is not None]
    for gap in route(given, authority, NOW).gaps:
        assert gap.question is None or any(known in gap.question for known in words)


UNA = Person(given_names="Una", family_name="Tennick", relationship_to_child="Mother", in_household=True)
URGENT = st.sampled_from(
    [
        {"narrative": signal("action")},
        {"narrative": signal("crime")},
        {"mail": {"subject": "FW: form", "body": "-----Original Message-----\nFrom: x\nSubject: Child Protection Referral\n\nsee attached"}},
        {"record": {"people": (UNA,), "safety": Safety(alleged_perpetrator="Una")}},
        {"fields": (said("safety.immediate_protection", True),)},
        {"fields": (said("safety.current_location", None, raw="Not known"),)},
        {"before": routed(case(mail=mail(subject="Child protection referral"))).routing},
        {"narrative": signal()},
        {"narrative": signal("police_protection")},
        {"mail": {"subject": "Child protection referral"}},
        {"record": {"safety": Safety(immediate_protection=True)}},
        {"record": {"referral": Referral(type="child_protection")}},
        {"record": {"referral": Referral(marked_urgent=True)}},
        {"record": {"safety": Safety(current_location="not known")}},
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(inputs(), URGENT, st.sampled_from(authority_names()))
def test_no_combination_of_gaps_delays_an_urgent_contact_ox_6(given: RouteInput, urgent: dict[str, Any], name: str) -> None:
    record = given.record.model_copy(update=urgent.get("record", {}))
    facts = given.mail.model_copy(update=urgent.get("mail", {}))
    parts: dict[str, Any] = {key: urgent[key] for key in ("fields", "before") if key in urgent}
    made = given.model_copy(update={"record": record, "mail": facts, "narrative": urgent.get("narrative"), **parts})
    authority = load_authority(name)
    outcome = route(made, authority, NOW)
    assert outcome.routing.decision == "screen_urgently"
    assert outcome.routing.suggested.rag == "red"
    calm = route(given.model_copy(update={"record": Record(), "narrative": None}), authority, NOW)
    assert {clock.what: clock.due_at for clock in outcome.deadlines}["decide"] == {clock.what: clock.due_at for clock in calm.deadlines}["decide"]
    asks = [gap for gap in outcome.gaps if gap.question and gap.needed]
    if asks and outcome.letters and not all(letter.kind is LetterKind.COULD_NOT_OPEN for letter in outcome.letters):
        assert {LetterKind.INCOMPLETE, LetterKind.WRONG_FORM} & set(kinds(outcome))  # the questions go beside, not instead
