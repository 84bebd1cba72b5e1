"""Letters: queued once, sent at least once, under one Message-ID."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.contact import Contact, MessageRef, Routing
from models.mail import OutboundFile, OutboundMail
from pipeline.errors import Retry
from pipeline.store import contacts, outbox
from pipeline.store.engine import Store
from pipeline.store.outbox import MOST_ATTEMPTS, Due

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
REFERENCE = "TH-26-2222-2222"


def letter(number: int = 1) -> OutboundMail:
    return OutboundMail(
        message_id=f"<letter-{number}@hub.example>",
        sender="hub@council.example",
        recipient="Worker@Agency.example",
        subject="Your referral",
        text="Thank you.",
        files=(OutboundFile(filename="contact.docx", content_type="application/octet-stream", content=bytes(range(256))),),
    )


@pytest.fixture
def post(store: Store) -> Store:
    """A store with one contact to write to."""
    with store.session() as session:
        message = MessageRef(id="1", sha256="a" * 64, received_at=NOW)
        contacts.save(
            session, Contact(reference=REFERENCE, authority="a", received_at=NOW, message=message, routing=Routing(decision="manual")), now=NOW
        )
    return store


def queue(store: Store, number: int = 1, kind: str = "acknowledgement", held: str | None = None) -> int:
    with store.session() as session:
        return outbox.queue(session, REFERENCE, kind, letter(number), now=NOW, held=held)


def take(store: Store, number: int, now: datetime = NOW) -> Due | None:
    with store.session() as session:
        return outbox.mark_sending(session, number, now)


def state(store: Store, number: int) -> str:
    with store.reading() as session:
        return next(row.state for row in outbox.letters_of(session, REFERENCE) if row.id == number)


def test_the_letter_comes_back_whole_and_goes_once(post: Store) -> None:
    number = queue(post)
    taken = take(post, number)
    assert taken is not None
    assert taken.letter == letter()
    assert take(post, number) is None
    with post.session() as session:
        outbox.mark_sent(session, taken, NOW)
        assert outbox.due(session, NOW + timedelta(days=9)) == []
    assert state(post, number) == "sent"


def test_the_same_letter_queued_again_is_the_same_row(post: Store) -> None:
    assert queue(post) == queue(post) == queue(post, 2)
    assert queue(post, 2, kind="incomplete") != queue(post)


def test_a_message_id_never_stands_for_two_letters(post: Store) -> None:
    queue(post)
    with pytest.raises(Retry):
        queue(post, 1, kind="incomplete")


def test_a_letter_whose_sender_died_goes_again_under_the_same_message_id(post: Store) -> None:
    number = queue(post)
    first = take(post, number)
    assert first is not None
    assert take(post, number, NOW + 4 * MINUTE) is None
    second = take(post, number, NOW + 6 * MINUTE)
    assert second is not None
    assert first.letter is not None
    assert second.letter is not None
    assert second.letter.message_id == first.letter.message_id
    with pytest.raises(Retry), post.session() as session:
        outbox.mark_sent(session, first, NOW)
    with post.session() as session:
        outbox.mark_sent(session, second, NOW)


def test_a_letter_that_does_not_go_waits_and_at_last_stays_visible(post: Store) -> None:
    number, now = queue(post), NOW
    for attempt in range(1, MOST_ATTEMPTS + 1):
        taken = take(post, number, now)
        assert taken is not None
        with post.session() as session:
            stays = outbox.mark_failed(session, taken, now, "server down")
            assert stays is (attempt == MOST_ATTEMPTS)
            assert outbox.due(session, now) == []
        now += timedelta(hours=3)
    assert state(post, number) == "failed"
    with post.session() as session:
        assert outbox.release(session, number, now)
    assert take(post, number, now) is not None


def test_a_letter_refused_for_good_is_not_tried_again(post: Store) -> None:
    number = queue(post)
    taken = take(post, number)
    assert taken is not None
    with post.session() as session:
        assert outbox.mark_failed(session, taken, NOW, "no such recipient", for_good=True)
    assert state(post, number) == "failed"


def test_a_held_letter_goes_only_when_released(post: Store) -> None:
    number = queue(post, held="sender not confirmed")
    other = queue(post, 2, kind="incomplete")
    with post.session() as session:
        assert outbox.due(session, NOW + timedelta(days=1)) == [other]
        assert outbox.hold(session, other, "stopped by a person")
        assert outbox.due(session, NOW + timedelta(days=1)) == []
        assert outbox.release(session, number, NOW)
        assert outbox.due(session, NOW) == [number]


def test_a_letter_on_its_way_cannot_be_held(post: Store) -> None:
    number = queue(post)
    take(post, number)
    with post.session() as session:
        assert not outbox.hold(session, number, "too late")


def test_letters_are_counted_for_the_limits_on_answers(post: Store) -> None:
    queue(post)
    with post.reading() as session:
        (found,) = outbox.history(session, ["Worker@agency.example"], NOW - MINUTE, NOW + MINUTE, 10)
        assert found[2:] == ("acknowledgement", NOW)
        assert outbox.history(session, ["other@agency.example"], NOW - MINUTE, NOW + MINUTE, 10) == []
        assert outbox.history(session, ["other@agency.example"], NOW + MINUTE, NOW - MINUTE, 10) == [found]
        assert outbox.history(session, ["other@agency.example"], NOW + MINUTE, NOW - MINUTE, 0) == []


def test_a_letter_that_no_server_was_asked_to_take_has_lost_no_attempt(post: Store) -> None:
    number = queue(post)
    taken = take(post, number)
    assert taken is not None
    with post.session() as session:
        outbox.put_back(session, taken, NOW, "nobody answers")
    with post.reading() as session:
        assert outbox.due(session, NOW) == []
        assert outbox.due(session, NOW + MINUTE) == [number]
    again = take(post, number, NOW + MINUTE)
    assert again is not None
    assert again.attempt == 1


def test_a_wait_given_by_a_clock_that_ran_ahead_does_not_count(post: Store) -> None:
    number = queue(post)
    ahead = NOW + timedelta(days=365)
    taken = take(post, number, ahead)
    assert taken is not None
    with post.session() as session:
        outbox.mark_failed(session, taken, ahead, "not now")
    with post.reading() as session:
        assert outbox.due(session, NOW) == [number]
