"""Existing records: imported once, however often they are imported."""

from __future__ import annotations

from datetime import date

from models.matching import KnownPerson
from pipeline.store import people
from pipeline.store.engine import Store

ONE = KnownPerson(
    record_id="R1",
    given_names="Zoë Anne",
    family_name="O’Quill-Marsh",
    aliases=("Zo Quill",),
    date_of_birth="2012-03",
    postcode="e1 6an",
    previous_postcodes=("SE6 4RU",),
    nhs_number="999 123 4560",
    household_id="H1",
    case_status="closed",
    closed_on=date(2026, 9, 1),
    flags=("child protection plan",),
)
TWO = KnownPerson(record_id="R2", family_name="Quill", household_id="H1")


def test_people_come_back_as_they_were(store: Store) -> None:
    with store.session() as session:
        assert people.import_people(session, [ONE, TWO]).changed == 2
    with store.reading() as session:
        assert list(people.all_people(session)) == [ONE, TWO]
        assert people.get(session, "R1") == ONE
        assert people.get(session, "R9") is None
        assert people.count(session) == 2


def test_importing_again_changes_nothing_and_a_change_is_seen(store: Store) -> None:
    with store.session() as session:
        first = people.import_people(session, [ONE, TWO])
    with store.session() as session:
        again = people.import_people(session, [TWO, ONE])
    assert again.changed == 0
    moved = TWO.model_copy(update={"postcode": "OX1 1AA"})
    with store.session() as session:
        assert people.changes_since(session, first.version).people == ()
        assert people.import_people(session, [ONE, moved]).changed == 1
        changes = people.changes_since(session, again.version)
    assert (changes.people, changes.removed) == ((moved,), ())
    assert changes.version > again.version


def test_the_last_of_two_rows_with_one_id_counts(store: Store) -> None:
    later = TWO.model_copy(update={"family_name": "Quillon"})
    with store.session() as session:
        people.import_people(session, [TWO, later])
        assert people.get(session, "R2") == later
        assert people.count(session) == 1


def test_a_removed_record_leaves_no_content_and_indexes_learn_of_it(store: Store) -> None:
    with store.session() as session:
        before = people.import_people(session, [ONE, TWO]).version
        assert people.remove(session, "R1")
        assert not people.remove(session, "R1")
    with store.session() as session:
        assert list(people.all_people(session)) == [TWO]
        assert people.changes_since(session, before).removed == ("R1",)
        assert people.import_people(session, [ONE]).changed == 1
        assert people.get(session, "R1") == ONE


def test_many_batches_are_one_import(store: Store) -> None:
    many = [KnownPerson(record_id=f"R{number}", family_name=f"Name{number}") for number in range(people.BATCH * 2 + 7)]
    with store.session() as session:
        done = people.import_people(session, iter(many))
    assert (done.read, done.changed) == (len(many), len(many))
    with store.reading() as session:
        assert people.count(session) == len(many)
