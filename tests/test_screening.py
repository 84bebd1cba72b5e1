"""What a screener does: every act one transaction, worked out again by the same code, refused when stale, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.contact import Contact, LetterKind
from models.matching import KnownPerson
from pipeline.screening.acting import Gone, Hand, Seen, Stale
from pipeline.screening.acts import Refused
from pipeline.store import acts, audit, contacts, drafts, outbox
from tests.mails import CHILD, form, mail
from tests.screened import AUTHENTIC, Hub, hub

SAM, MO, ANN = "local:sam", "local:mo", "local:ann"
BLANK = {"Date of birth": "", "Gender": ""}
PERRAN = KnownPerson(
    record_id="P-77",
    given_names="Perran",
    family_name="Ashdown",
    date_of_birth="2017-03-14",
    gender="male",
    address="9 Cobbler's Row, Easterham",
    postcode="EJ4 2QX",
    case_status="open",
    allocated_worker="J. Alder",
)

OTHERS = tuple(
    KnownPerson(
        record_id=f"F-{n}", given_names=f"Given{chr(97 + n % 26)}{n}", family_name=f"Family{n}", date_of_birth=f"{1990 + n % 30}-02-{n % 27 + 1:02d}"
    )
    for n in range(300)
)
"""How much a name speaks is told by how many bear it."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub(tmp_path_factory.mktemp("hub")) as made:
        yield made


SURNAMES = iter(
    "Ashdown Brack Coombe Dunstall Eddery Farrow Gaunt Hesketh Ivory Jessop Kettle Lomax Marden Nokes Orchard Pym Quill Rudd Sayle Tranter Udall Venn Wadham Yarrow Abney Birkin Corley Dewar".split()
)


def another(**given: str) -> dict[str, str]:
    """A child of a family of their own, so that no mail joins another test's contact."""
    name = next(SURNAMES)
    street = f"{len(name)} {name} Street, Easterham"
    return {**CHILD, "Surname": name, "Forename(s)": f"Perran{name[:2].lower()}", "Home address": street, "Postcode": "EJ4 2QX"} | given


def whole(house: Hub, **given: object) -> Contact:
    """A fresh contact with nothing missing."""
    return house.receive(mail(("Referral.docx", form(another(), **given)), headers=AUTHENTIC))  # type: ignore[arg-type]


def incomplete(house: Hub) -> Contact:
    """A fresh contact whose child has no date of birth; its letter waits."""
    return house.receive(mail(("Referral.docx", form(another(**BLANK))), headers=AUTHENTIC, subject="Referral, not whole"))


def waiting(house: Hub, reference: str) -> list[tuple[str, str, str]]:
    """Kind, state and words of a contact's letters."""
    with house.app.store.reading() as session:
        return [(row.kind, row.state, outbox.letter(row).text) for row in outbox.letters_of(session, reference)]


def test_a_correction_closes_the_gap_and_rewrites_the_waiting_letter(house: Hub) -> None:
    contact = incomplete(house)
    assert any(gap.field == "children.0.date_of_birth" for gap in contact.gaps)
    assert [(kind, state) for kind, state, _ in waiting(house, contact.reference)] == [("incomplete", "queued")]
    assert "date of birth" in waiting(house, contact.reference)[0][2]
    done = house.app.screening.correct(contact.reference, house.hand(contact.reference), "children.0.date_of_birth", "14 March 2017")
    changed = done.saved.contact
    assert changed.record.children[0].date_of_birth == "2017-03-14"
    assert all(gap.field != "children.0.date_of_birth" for gap in changed.gaps)
    ((_, state, text),) = waiting(house, contact.reference)
    assert state == "queued"
    assert "date of birth" not in text
    field = next(one for one in changed.fields if one.path == "children.0.date_of_birth")
    assert (field.confidence, field.source.document) == (1.0, "typed by a screener")


def test_a_correction_is_kept_with_what_stood_before_and_who_did_it(house: Hub) -> None:
    contact = whole(house)
    before = next(one for one in contact.fields if one.path == "children.0.family_name")
    house.app.screening.correct(contact.reference, house.hand(contact.reference), "children.0.family_name", "Thistlewood")
    with house.app.store.reading() as session:
        (kept,) = acts.of_contact(session, contact.reference)
        trail = [(row.who, row.what) for row in audit.rows(session, contact.reference)]
        assert audit.verify(session) is None
    act = kept.correction
    assert (act.kind, act.path, act.before, act.after, act.by) == ("value", "children.0.family_name", before.value, "Thistlewood", SAM)
    assert act.source == before.source
    assert act.confidence == before.confidence
    assert (SAM, "value corrected: children.0.family_name") in trail
    history = house.app.contact(contact.reference).history
    assert any(one.by == SAM and one.what == "value corrected: children.0.family_name" for one in history)
    assert "Thistlewood" not in "".join(one.what for one in history)


def test_a_stale_page_is_refused_with_both_versions(house: Hub) -> None:
    contact = whole(house)
    old = house.hand(contact.reference)
    house.app.screening.correct(contact.reference, house.hand(contact.reference, ANN), "children.0.postcode", "EJ4 2QY")
    with pytest.raises(Stale) as refused:
        house.app.screening.correct(contact.reference, old, "children.0.postcode", "EJ4 2QZ")
    assert refused.value.now.contact.record.children[0].postcode == "EJ4 2QY"
    assert [(one.by, one.before, one.after) for one in refused.value.changed] == [(ANN, "EJ4 2QX", "EJ4 2QY")]
    assert house.app.contact(contact.reference).record.children[0].postcode == "EJ4 2QY"


def test_a_letter_that_left_meanwhile_makes_no_page_stale(house: Hub) -> None:
    contact = whole(house)
    old = house.hand(contact.reference)
    with house.app.store.session() as session:
        from models.contact import Event

        saved = contacts.get(session, contact.reference)
        assert saved is not None
        sent = Event(at=house.app.now(), by="pipeline", what="letter sent: incomplete")
        longer = saved.contact.model_copy(update={"history": (*saved.contact.history, sent)})
        contacts.save(session, longer, now=house.app.now(), version=saved.version)
    done = house.app.screening.confirm(contact.reference, old, "children.0.family_name")
    assert done.saved.contact.screening.settled_at("children.0.family_name") is not None


@pytest.mark.parametrize(
    ("path", "words"),
    [("children.0.date_of_birth", "last Tuesday or so"), ("children.0.nhs_number", "12"), ("nonsense.path", "x"), ("children.9.given_names", "A")],
)
def test_words_that_are_no_value_are_refused_and_change_nothing(house: Hub, path: str, words: str) -> None:
    contact = whole(house)
    with pytest.raises(Refused) as refused:
        house.app.screening.correct(contact.reference, house.hand(contact.reference), path, words)
    assert words not in str(refused.value) or len(words) < 2
    assert house.app.contact(contact.reference).record == contact.record


def test_a_contact_that_was_removed_says_so(house: Hub) -> None:
    with pytest.raises(Gone):
        house.app.screening.confirm("LEWI-26-2222-2222", Hand(SAM, Seen(1, 1), house.app.now()), "children.0.family_name")


def test_an_urgent_contact_stays_urgent_until_a_person_says_otherwise(house: Hub) -> None:
    told = "He said that his stepfather hit him with a belt last night and he is afraid to go home."
    contact = house.receive(mail(("Referral.docx", form(another(), reason=told)), headers=AUTHENTIC))
    assert contact.routing.decision == "screen_urgently"
    work = house.app.screening
    emptied = work.correct(contact.reference, house.hand(contact.reference), "narrative.reason", "The family needs a coat.")
    assert emptied.saved.contact.routing.decision == "screen_urgently"
    with pytest.raises(Refused):
        work.stand_down(contact.reference, house.hand(contact.reference), "  ")
    down = work.stand_down(contact.reference, house.hand(contact.reference), "Rang the school: another child was meant.")
    assert down.saved.contact.routing.decision in {"screen", "return_to_referrer"}
    again = work.correct(contact.reference, house.hand(contact.reference), "children.0.postcode", "EJ4 2QY")
    assert again.saved.contact.routing.decision == down.saved.contact.routing.decision
    worse = work.correct(contact.reference, house.hand(contact.reference), "safety.immediate_protection", "Yes")
    assert worse.saved.contact.routing.decision == "screen_urgently"
    assert worse.saved.contact.screening.stood_down is None


def test_a_label_is_a_persons_and_stays_when_the_words_are_read_anew(house: Hub) -> None:
    contact = whole(house)
    assert contact.narrative is not None
    number = next(at for at, one in enumerate(contact.narrative.sentences, 1) if "I think" in one.text)
    work = house.app.screening
    done = work.relabel(contact.reference, house.hand(contact.reference), number, "fact")
    assert done.saved.contact.narrative is not None
    assert done.saved.contact.narrative.sentences[number - 1].factuality == "fact"
    later = work.correct(contact.reference, house.hand(contact.reference), "narrative.other", "The school will ring on Monday.")
    assert later.saved.contact.narrative is not None
    assert next(one for one in later.saved.contact.narrative.sentences if "I think" in one.text).factuality == "fact"


def test_a_concern_is_taken_out_and_put_in(house: Hub) -> None:
    contact = whole(house)
    assert contact.narrative is not None
    work, kept = house.app.screening, contact
    mentions = [(at, one) for at, s in enumerate(contact.narrative.sentences, 1) for one in s.concerns if one.category == "neglect"]
    assert "neglect" in contact.narrative.raised
    for at, one in mentions:
        kept = work.concern(contact.reference, house.hand(contact.reference), at, "neglect", one.text, added=False).saved.contact
    assert kept.narrative is not None
    assert "neglect" not in kept.narrative.raised
    number = next(at for at, one in enumerate(kept.narrative.sentences, 1) if "money" in one.text)
    put = work.concern(contact.reference, house.hand(contact.reference), number, "housing", "needs help with money", added=True).saved.contact
    assert put.narrative is not None
    assert "housing" in put.narrative.raised
    with pytest.raises(Refused):
        work.concern(contact.reference, house.hand(contact.reference), number, "housing", "words that are not there", added=True)


def test_a_match_is_settled_by_a_person(tmp_path: Path) -> None:
    with hub(tmp_path, (PERRAN, *OTHERS)) as house:
        contact = house.receive(mail(("Referral.docx", form()), headers=AUTHENTIC))
        assert contact.routing.decision == "allocated_worker"
        work = house.app.screening
        refused = work.judge(contact.reference, house.hand(contact.reference), "children.0", "P-77", "not_same").saved.contact
        assert refused.matches[0].decision == "none"
        assert refused.routing.decision != "allocated_worker"
        same = work.judge(contact.reference, house.hand(contact.reference), "children.0", "P-77", "same").saved.contact
        assert (same.matches[0].decision, same.routing.decision) == ("match", "allocated_worker")
        assert same.matches[0].candidates[0].probability == 1.0
        unsure = work.judge(contact.reference, house.hand(contact.reference), "children.0", "P-77", "not_sure").saved.contact
        assert unsure.matches[0].decision == "review"
        assert unsure.routing.decision != "allocated_worker"
        with house.app.store.reading() as session:
            kept = [one.correction for one in acts.of_contact(session, contact.reference)]
        assert kept[0].detail["query"]["name"] == "Perran Ashdown"  # type: ignore[index, call-overload]
        assert kept[0].confidence == contact.matches[0].candidates[0].probability


def test_questions_are_dropped_with_a_reason_and_added(house: Hub) -> None:
    contact = incomplete(house)
    work = house.app.screening
    with pytest.raises(Refused):
        work.drop_question(contact.reference, house.hand(contact.reference), "children.0.date_of_birth", "")
    dropped = work.drop_question(
        contact.reference, house.hand(contact.reference), "children.0.date_of_birth", "It is on our own record."
    ).saved.contact
    assert all(gap.field != "children.0.date_of_birth" for gap in dropped.gaps)
    later = work.correct(contact.reference, house.hand(contact.reference), "children.0.postcode", "EJ4 2QY").saved.contact
    assert all(gap.field != "children.0.date_of_birth" for gap in later.gaps)
    added = work.add_question(contact.reference, house.hand(contact.reference), "safety.current_location", "Where will Perran sleep tonight?")
    gap = next(one for one in added.saved.contact.gaps if one.field == "safety.current_location")
    assert gap.question == "Where will Perran sleep tonight?"
    assert gap.number is not None
    assert any("Where will Perran sleep tonight?" in text for _, _, text in waiting(house, contact.reference))


def test_a_letter_is_edited_held_and_sent_by_a_person(house: Hub) -> None:
    contact = incomplete(house)
    work = house.app.screening
    message_id = contact.correspondence[0].message_id
    edited = work.edit_letter(contact.reference, house.hand(contact.reference), message_id, "Your referral", "Thank you.\n\nPlease ring us.")
    assert waiting(house, contact.reference) == [("incomplete", "held", "Thank you.\n\nPlease ring us.\n")]
    assert message_id in edited.saved.contact.screening.edited
    work.send_letter(contact.reference, house.hand(contact.reference), message_id)
    assert waiting(house, contact.reference)[0][1] == "queued"
    work.correct(contact.reference, house.hand(contact.reference), "children.0.date_of_birth", "14/3/2017")
    kind, state, text = waiting(house, contact.reference)[0]
    assert (kind, state, text) == ("incomplete", "held", "Thank you.\n\nPlease ring us.\n")


def test_a_letter_names_no_child_to_an_address_that_may_not_be_told(house: Hub) -> None:
    contact = house.receive(mail(("Referral.docx", form(another(**BLANK, **{"Forename(s)": "Perran"}))), sender="i.sallow@elsewhere.example.net"))
    message_id = contact.correspondence[0].message_id
    with pytest.raises(Refused):
        house.app.screening.edit_letter(contact.reference, house.hand(contact.reference), message_id, "Your referral", "How is Perran today?")
    assert "Perran" not in waiting(house, contact.reference)[0][2]


def test_one_more_letter_is_held_until_it_is_read(house: Hub) -> None:
    contact = whole(house)
    house.app.screening.write_letter(contact.reference, house.hand(contact.reference), LetterKind.INCOMPLETE)
    assert ("incomplete", "held") in [(kind, state) for kind, state, _ in waiting(house, contact.reference)]


def test_sharing_without_consent_is_authorised_by_another_person(house: Hub) -> None:
    contact = house.receive(mail(("Referral.docx", form(another(), consent="No")), headers=AUTHENTIC))
    assert contact.routing.consent is not None
    assert contact.routing.consent.outstanding
    work = house.app.screening
    work.ask_manager(contact.reference, house.hand(contact.reference), "The child may be hurt if the parents are asked first.")
    with pytest.raises(Refused):
        work.answer_as_manager(contact.reference, house.hand(contact.reference), "granted", "Agreed.")
    given = work.answer_as_manager(contact.reference, house.hand(contact.reference, MO), "granted", "Risk of significant harm.").saved.contact
    assert given.routing.consent is not None
    assert len(given.routing.consent.outstanding) < len(contact.routing.consent.outstanding)
    assert given.screening.authorisation is not None
    assert given.screening.authorisation.answered_by == MO


def test_a_decision_meets_the_clock_and_starts_the_next(house: Hub) -> None:
    contact = whole(house)
    work = house.app.screening
    section17 = next(one.name for one in house.app.authority.pathways if one.kind == "child_in_need")
    done = work.decide(contact.reference, house.hand(contact.reference), section17, "amber", "Needs help.", family_told=True)
    clocks = {clock.what: clock for clock in done.saved.contact.deadlines}
    assert clocks["decide"].met_at is not None
    assert "see_child" in clocks
    assert done.saved.state == "decided"
    with pytest.raises(Refused):
        work.decide(contact.reference, house.hand(contact.reference), section17)
    back = work.undo(contact.reference, house.hand(contact.reference))
    assert back.saved.state == "open"
    clocks = {clock.what: clock for clock in back.saved.contact.deadlines}
    assert clocks["decide"].met_at is None
    assert "see_child" not in clocks


def test_passing_on_survives_whatever_is_worked_out_later(house: Hub) -> None:
    contact = whole(house)
    work = house.app.screening
    work.pass_on(contact.reference, house.hand(contact.reference), "Early Help, north team")
    later = work.correct(contact.reference, house.hand(contact.reference), "children.0.postcode", "EJ4 2QY").saved.contact
    assert later.routing.pass_to == "Early Help, north team"
    assert sum(one.rule == "HE-6" for one in later.routing.reasons) == 1


def test_undo_takes_acts_back_one_after_another(house: Hub) -> None:
    contact = incomplete(house)
    work = house.app.screening
    letter = waiting(house, contact.reference)
    work.correct(contact.reference, house.hand(contact.reference), "children.0.date_of_birth", "14/3/2017")
    work.rate(contact.reference, house.hand(contact.reference), "amber", None)
    work.undo(contact.reference, house.hand(contact.reference))
    back = work.undo(contact.reference, house.hand(contact.reference)).saved.contact
    assert back.record == contact.record
    assert back.gaps == contact.gaps
    assert back.screening == contact.screening
    assert waiting(house, contact.reference) == letter
    assert [one.what for one in back.history if one.by == SAM][-1] == "undone: value corrected: children.0.date_of_birth"
    with pytest.raises(Refused):
        work.undo(contact.reference, house.hand(contact.reference))


def test_undo_is_refused_where_an_answer_rests_on_it(house: Hub) -> None:
    contact = incomplete(house)
    work = house.app.screening
    work.correct(contact.reference, house.hand(contact.reference), "children.0.postcode", "EJ4 2QY")
    answer = mail(
        subject=f"Re: {contact.reference}", body="1. 14/03/2017\n2. Male\n", answers=contact.correspondence[0].message_id, headers=AUTHENTIC
    )
    joined = house.receive(answer)
    assert joined.reference == contact.reference
    assert joined.record.children[0].postcode == "EJ4 2QY"
    with pytest.raises(Refused):
        work.undo(contact.reference, house.hand(contact.reference))


def test_drafts_are_kept_until_the_form_is_saved(house: Hub) -> None:
    contact = whole(house)
    now = house.app.now()
    with house.app.store.session() as session:
        drafts.keep(session, contact.reference, SAM, "decide", {"because": "half a thou"}, now)
        drafts.keep(session, contact.reference, ANN, "decide", {"because": "mine"}, now)
        drafts.keep(session, contact.reference, SAM, "decide", {"because": "half a thought"}, now + timedelta(seconds=1))
    with house.app.store.reading() as session:
        assert drafts.of_user(session, contact.reference, SAM)["decide"].fields == {"because": "half a thought"}
    with house.app.store.session() as session:
        drafts.forget(session, contact.reference, SAM, "decide")
    with house.app.store.reading() as session:
        assert drafts.of_user(session, contact.reference, SAM) == {}
        assert set(drafts.of_user(session, contact.reference, ANN)) == {"decide"}


def test_two_hands_at_once_never_lose_an_act(house: Hub) -> None:
    contact = whole(house)
    first, second = house.hand(contact.reference), house.hand(contact.reference, ANN)
    house.app.screening.confirm(contact.reference, first, "children.0.family_name")
    with pytest.raises(Stale):
        house.app.screening.confirm(contact.reference, second, "children.0.given_names")
    house.app.screening.confirm(contact.reference, house.hand(contact.reference, ANN), "children.0.given_names")
    with house.app.store.reading() as session:
        assert [one.correction.by for one in acts.of_contact(session, contact.reference)] == [SAM, ANN]


def test_the_first_to_open_a_contact_is_noted_once(house: Hub) -> None:
    contact = whole(house)
    house.app.screening.seen(contact.reference, SAM, house.app.now())
    house.app.screening.seen(contact.reference, ANN, house.app.now())
    after = house.app.contact(contact.reference)
    assert after.screening.seen is not None
    assert after.screening.seen.by == SAM
    assert sum(one.what.startswith("opened by") for one in after.history) == 1
