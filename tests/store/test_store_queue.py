"""The queue and the sessions of the console, on each kind of database."""

from __future__ import annotations

from datetime import timedelta

from models.contact import Contact, Deadline
from models.finding import asked, spelt_alike
from models.screening import Screening, Signed
from pipeline.store import audit, contacts, queue, sessions, trail
from pipeline.store.engine import Store
from pipeline.store.queue_tables import GlanceRow
from tests import factory

NOW = factory.RECEIVED
SOON = {"decide": NOW + timedelta(hours=2)}
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=10)


def made(reference: str, *, hours: float, urgent: bool = False, seen: bool = False, name: str = "Orla") -> Contact:
    contact = factory.contact(
        reference=reference,
        record=factory.record(children=(factory.person(given_names=name),)),
        deadlines=(Deadline(what="decide", due_at=NOW + timedelta(hours=hours)),),
        screening=Screening(seen=Signed(by="local:mo", at=NOW)) if seen else Screening(),
    )
    return contact.model_copy(update={"routing": contact.routing.model_copy(update={"decision": "screen_urgently"})}) if urgent else contact


def fill(store: Store) -> None:
    with store.session() as session:
        for contact in (
            made("LE-26-2222-2222", hours=30),
            made("LE-26-3333-3333", hours=1, seen=True, name="Zofia"),
            made("LE-26-4444-4444", hours=-1),
            made("LE-26-5555-5555", hours=20, urgent=True),
        ):
            contacts.save(session, contact, now=NOW)
        contacts.save(session, made("LE-26-6666-6666", hours=5), now=NOW, state="decided")


def test_order_counts_and_the_oldest_unopened(store: Store) -> None:
    fill(store)
    with store.reading() as session:
        rows = queue.page(session, "todo", SOON, limit=10)
        found = queue.figures(session, SOON)
        second = queue.page(session, "todo", SOON, limit=2, offset=2)
    assert [row.reference[-4:] for row in rows] == ["5555", "4444", "3333", "2222"]
    assert [row.reference for row in second] == [row.reference for row in rows[2:]]
    assert {view: found.counts[view] for view in ("todo", "urgent", "soon", "unopened", "done")} == {
        "todo": 4, "urgent": 1, "soon": 2, "unopened": 3, "done": 1,
    }  # fmt: skip
    assert found.oldest_unopened == NOW
    assert rows[0].urgent is True
    assert rows[0].glance.children[0].name == "Orla Tennick"


def test_the_stamp_changes_with_every_contact_that_comes_or_changes(store: Store) -> None:
    fill(store)
    with store.reading() as session:
        before = queue.stamp(session)
        assert queue.figures(session, SOON).stamp == before
    with store.session() as session:
        saved = contacts.get(session, "LE-26-2222-2222")
        assert saved is not None
        contacts.save(session, saved.contact, now=NOW + timedelta(seconds=5), version=saved.version)
    with store.reading() as session:
        after = queue.stamp(session)
    assert after != before
    with store.session() as session:
        contacts.save(session, saved.contact, now=NOW + timedelta(seconds=5, milliseconds=40), version=saved.version + 1)
    with store.reading() as session:
        assert queue.stamp(session) != after, "a second change within the second: it may be what makes a contact urgent"


def test_words_are_found_together_and_as_they_sound(store: Store) -> None:
    fill(store)
    with store.reading() as session:
        found = {
            typed: [row.reference[-4:] for row in queue.find(session, asked(typed), typed, limit=9)]
            for typed in ("zofia tenn", "okoro", "LE-26-2222-2222")
        }
        alike = queue.find(session, spelt_alike(asked("Sophia")), "Sophia", limit=9)
    assert found == {"zofia tenn": ["3333"], "okoro": [], "LE-26-2222-2222": ["2222"]}
    assert [row.reference[-4:] for row in alike] == ["3333"]


def test_an_older_glance_is_made_again(store: Store) -> None:
    fill(store)
    with store.session() as session:
        session.query(GlanceRow).filter_by(contact_reference="LE-26-4444-4444").delete()
        assert queue.catch_up(session, limit=1) == 1
    with store.reading() as session:
        assert queue.figures(session, SOON).counts["todo"] == 4
        assert len(queue.glances(session, NOW - timedelta(days=1))) == 5


def test_a_session_lives_idles_and_ends(store: Store) -> None:
    with store.session() as session:
        sessions.start(session, "d" * 64, "local:sam", "Sam", ("screener",), NOW)
        sessions.give_reason(session, "d" * 64, "LE-26-2222-2222", "duty")
        sessions.hold(session, "d" * 64, "covered")
    with store.reading() as session:
        found = sessions.find(session, "d" * 64, NOW + timedelta(minutes=29), IDLE, LONGEST)
        late = sessions.find(session, "d" * 64, NOW + timedelta(minutes=31), IDLE, LONGEST)
        gone = sessions.find(session, "d" * 64, NOW + timedelta(days=3), IDLE, LONGEST)
    assert found is not None
    assert late is not None
    assert (found.live, found.roles, found.reasons, found.held) == (True, ("screener",), {"LE-26-2222-2222": "duty"}, "covered")
    assert (late.live, late.held, gone) == (False, "covered", None)
    with store.session() as session:
        sessions.end(session, "d" * 64, NOW)
        sessions.start(session, "e" * 64, "local:mo", "Mo", (), NOW + timedelta(days=3))
    with store.reading() as session:
        assert sessions.find(session, "d" * 64, NOW, IDLE, LONGEST) is None


def test_the_trail_is_read_newest_first_a_page_at_a_time(store: Store) -> None:
    with store.session() as session:
        for number in range(5):
            audit.append(session, f"local:{'sam' if number % 2 else 'mo'}", f"did {number}", "LE-26-2222-2222" if number < 3 else None, NOW)
    with store.reading() as session:
        newest = trail.newest(session, 2)
        older = trail.newest(session, 9, before=newest[-1].id)
        assert [row.what for row in newest] == ["did 4", "did 3"]
        assert [row.what for row in older] == ["did 2", "did 1", "did 0"]
        assert [row.what for row in trail.newest(session, 9, who="local:sam", reference="LE-26-2222-2222")] == ["did 1"]
