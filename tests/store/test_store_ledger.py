"""The ledger: nothing is lost, nothing is done twice."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from pipeline.errors import Retry
from pipeline.store import census, leases, ledger
from pipeline.store.engine import Store
from pipeline.store.ledger import MOST_ATTEMPTS, Arrived, Claimed

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LEASE = timedelta(minutes=10)


def arrived(uid: int, **changes: object) -> Arrived:
    made = Arrived(
        account="hub@mail.example",
        folder="INBOX",
        uid_validity=7,
        uid=uid,
        sha256=f"{uid:064x}",
        size=100,
        received_at=NOW,
        message_id=f"<{uid}@agency.example>",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def take_in(store: Store, *mails: Arrived) -> list[int]:
    with store.session() as session:
        return [ledger.record(session, mail) for mail in mails]


def claim(store: Store, owner: str = "worker", now: datetime = NOW) -> Claimed | None:
    with store.session() as session:
        return ledger.claim(session, owner, now, LEASE)


def must_claim(store: Store, owner: str = "worker", now: datetime = NOW) -> Claimed:
    claimed = claim(store, owner, now)
    assert claimed is not None
    return claimed


def test_the_same_uid_taken_in_again_is_the_same_row(store: Store) -> None:
    first, again = take_in(store, arrived(1)), take_in(store, arrived(1))
    assert first == again
    with store.reading() as session:
        assert ledger.known_uids(session, "hub@mail.example", "INBOX", 7) == {1}
        assert ledger.known_uids(session, "hub@mail.example", "INBOX", 8) == set()


def test_a_mail_that_arrives_is_worked_on_though_old_mail_brought_the_same_bytes(store: Store) -> None:
    """Somebody backfills a copy of the inbox, or moves an old mail back into it: what lies in the inbox is for a person, whatever was archived."""
    old, new, again = take_in(store, arrived(1, account="backfill files"), arrived(2, sha256=f"{1:064x}"), arrived(3, sha256=f"{1:064x}"))
    with store.reading() as session:
        assert ledger.pending(session, NOW) == [new]
        assert ledger.pending(session, NOW, old=True) == [old]
        row = ledger.get(session, again)
        assert row is not None
        assert row.alias_of == new


def test_the_same_bytes_under_a_new_uidvalidity_are_an_alias_and_not_worked_on(store: Store) -> None:
    first, second = take_in(store, arrived(1), arrived(1, uid_validity=8))
    with store.session() as session:
        row = ledger.get(session, second)
        assert row is not None
        assert row.alias_of == first
    assert must_claim(store).id == first
    assert claim(store) is None


def test_other_bytes_under_a_new_uidvalidity_are_a_new_mail(store: Store) -> None:
    take_in(store, arrived(1), arrived(1, uid_validity=8, sha256="f" * 64, message_id="<new@agency.example>"))
    assert {must_claim(store).id, must_claim(store).id} == {1, 2}


def test_a_reused_message_id_with_other_bytes_is_worked_on_and_marked(store: Store) -> None:
    first, second = take_in(store, arrived(1), arrived(2, message_id="<1@agency.example>"))
    assert must_claim(store).possible_duplicate_of is None
    claimed = must_claim(store)
    assert (claimed.id, claimed.possible_duplicate_of) == (second, first)


@pytest.mark.parametrize("message_id", [None, ""])
def test_mails_without_a_message_id_are_not_taken_for_one_another(store: Store, message_id: str | None) -> None:
    take_in(store, arrived(1, message_id=message_id), arrived(2, message_id=message_id))
    assert must_claim(store).possible_duplicate_of is None
    assert must_claim(store).possible_duplicate_of is None


def test_claims_go_oldest_first_and_once(store: Store) -> None:
    numbers = take_in(store, arrived(3), arrived(1), arrived(2))
    assert [must_claim(store).id for _ in numbers] == numbers
    assert claim(store) is None


def test_many_workers_at_once_share_the_mails_without_doubling(store: Store) -> None:
    take_in(store, *(arrived(uid) for uid in range(1, 41)))
    taken: list[int] = []
    faults: list[Exception] = []

    def work(owner: str) -> None:
        try:
            while (claimed := claim(store, owner)) is not None:
                taken.append(claimed.id)
                with store.session() as session:
                    ledger.finish(session, claimed, NOW, None)
        except Exception as fault:
            faults.append(fault)

    workers = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=120)
    assert faults == []
    assert sorted(taken) == list(range(1, 41))


def test_a_mail_whose_worker_died_is_taken_over_and_the_dead_one_cannot_finish_it(store: Store) -> None:
    take_in(store, arrived(1))
    dead = must_claim(store, "first")
    assert claim(store, "second", NOW + timedelta(minutes=9)) is None
    taken = must_claim(store, "second", NOW + timedelta(minutes=11))
    assert (taken.id, taken.attempt) == (dead.id, 2)
    with pytest.raises(Retry), store.session() as session:
        ledger.finish(session, dead, NOW, None)
    with store.session() as session:
        ledger.finish(session, taken, NOW, None)
        assert ledger.counts(session) == {"received": 0, "working": 0, "done": 1, "person": 0}


def test_failures_wait_longer_each_time_and_end_with_a_person(store: Store) -> None:
    take_in(store, arrived(1))
    now, waits = NOW, []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        claimed = must_claim(store, now=now)
        with store.session() as session:
            ended = ledger.fail(session, claimed, now, "store_down")
        assert ended is (attempt == MOST_ATTEMPTS)
        with store.reading() as session:
            row = ledger.get(session, 1)
            assert row is not None
            due, state = row.next_attempt_at, row.state
        if not ended:
            assert due is not None
            assert claim(store, now=due - timedelta(seconds=1)) is None
            waits.append(due - now)
            now = due
    assert state == "person"
    assert waits == sorted(set(waits))
    assert claim(store, now=now + timedelta(days=30)) is None


def test_a_mail_that_kills_its_workers_ends_with_a_person(store: Store) -> None:
    take_in(store, arrived(1), arrived(2))
    now = NOW
    for _ in range(MOST_ATTEMPTS):
        assert must_claim(store, now=now).id == 1
        now += LEASE + timedelta(seconds=1)
    assert must_claim(store, now=now).id == 2
    with store.reading() as session:
        assert [(row.id, row.error_code) for row in ledger.orphans(session)] == [(1, "worker_died")]


def test_a_mail_that_vanished_before_it_was_read_is_shown_to_a_person(store: Store) -> None:
    with store.session() as session:
        number = ledger.record_unread(session, arrived(5, sha256=None, message_id=None, size=0), "vanished")
        assert [(row.id, row.error_code) for row in ledger.orphans(session)] == [(number, "vanished")]
    assert claim(store) is None


def test_what_is_still_in_the_inbox_is_moved_again(store: Store) -> None:
    take_in(store, arrived(1), arrived(2), arrived(3))
    key = ("hub@mail.example", "INBOX", 7)
    with store.session() as session:
        assert ledger.unmoved_uids(session, *key, on_server=[2, 3, 9]) == [2, 3]
        ledger.mark_moved(session, *key, [2, 3], NOW)
        # Moved back by a person: the server is believed, not our note.
        assert ledger.unmoved_uids(session, *key, on_server=[3]) == [3]


def test_a_poll_asks_for_what_lies_in_the_folder_and_not_for_all_that_ever_came(store: Store) -> None:
    """However long the ledger is: each question is answered by an index, for the mails that the server shows."""
    key = ("hub@mail.example", "INBOX", 7)
    take_in(store, *(arrived(uid) for uid in range(1, 5)))
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with store.session() as session:
        assert ledger.known_uids(session, *key, [4, 5]) == {4}
        assert ledger.known_uids(session, *key, []) == set()
        assert ledger.unmoved_uids(session, *key, [4, 5]) == [4]
        census.take(session, *key, 5, [4])
        plans = [row for sql in asked if sql.startswith("SELECT messages.uid") for row in _plan(session, sql)]
    if store.engine.dialect.name == "sqlite":
        assert len(plans) >= 4
        assert all("(account=? AND folder=? AND uid_validity=? AND uid=?)" in plan or "ix_messages_unmoved" in plan for plan in plans), plans


def _plan(session: Session, sql: str) -> list[str]:
    if session.get_bind().dialect.name != "sqlite":
        return []
    told = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple("x" for _ in range(sql.count("?"))))
    return [row[3] for row in told if row[3].startswith(("SEARCH", "SCAN"))]


def test_the_census_counts_every_mail(store: Store) -> None:
    key = ("hub@mail.example", "INBOX")
    take_in(store, arrived(1), arrived(2), arrived(3))
    with store.session() as session:
        ledger.mark_moved(session, *key, 7, [1], NOW)
        calm = census.take(session, *key, 7, 4, on_server=[2, 3])
        assert (calm.missing, calm.taken, calm.unseen, calm.alarm) == ((), (), (), None)
        census.good_poll(session, *key, 7, 4, NOW)
        assert census.take(session, *key, 7, 5, on_server=[3]).taken == (2,)
        lost = census.take(session, *key, 7, 6, on_server=[3, 4])
        assert lost.missing == (4,)
        assert lost.unseen == (5,)
        assert lost.alarm
        assert census.take(session, *key, 8, 2, on_server=[]).new_validity
    with store.session() as session:
        census.bad_poll(session, *key, "mailbox down", NOW + timedelta(hours=1))
        assert ledger.last_good_poll(session) == NOW


def test_one_holder_of_a_lease_at_a_time(store: Store) -> None:
    minute = timedelta(minutes=1)
    with store.session() as session:
        first = leases.acquire(session, "poll", "one", NOW, minute)
        assert first == 1
        assert leases.acquire(session, "poll", "two", NOW, minute) is None
        assert leases.acquire(session, "poll", "one", NOW + minute / 2, minute) == first
    later = NOW + 3 * minute
    with store.session() as session:
        second = leases.acquire(session, "poll", "two", later, minute)
        assert second == 2
        assert not leases.renew(session, "poll", first, later, minute)
        assert leases.renew(session, "poll", second, later, minute)
    with store.session() as session:
        leases.release(session, "poll", "two")
        assert leases.acquire(session, "poll", "three", later, minute) == 3
