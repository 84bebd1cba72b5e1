"""The queue: its order, its counts, its clocks in the hub's own hours, and the search."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx import Response

from models.contact import Contact, Deadline
from models.finding import asked, sound, spelt_alike, words_of
from models.screening import Screening, Signed
from pipeline.review import clocks
from pipeline.store import holding, queue, references
from pipeline.store.queue_tables import ContactWord, GlanceRow
from tests import factory
from tests.review.console import NOW, Desk, csrf, desk
from tests.rich_contact import rich_contact

SEEN = Screening(seen=Signed(by="local:mo", at=NOW))


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as found:
        yield found


def made(age: timedelta, *, due: timedelta | None = timedelta(hours=5), urgent: bool = False, seen: bool = False, name: str = "Orla") -> Contact:
    received = NOW - age
    deadlines = (Deadline(what="decide", due_at=NOW + due),) if due is not None else ()
    person = factory.person(given_names=name)
    contact = factory.contact(
        reference=references.make("LEWI", received),
        received_at=received,
        record=factory.record(children=(person,)),
        deadlines=deadlines,
        screening=SEEN if seen else Screening(),
    )
    return contact.model_copy(update={"routing": contact.routing.model_copy(update={"decision": "screen_urgently"})}) if urgent else contact


def listed(text: str) -> list[str]:
    """The references of a page, in its order."""
    return re.findall(r'href="/referral/([A-Z0-9-]+)"', text)


def test_urgent_first_then_due_then_the_rest_and_unopened_first_in_each(hub: Desk) -> None:
    wanted = [
        made(timedelta(hours=1), urgent=True, due=timedelta(hours=9)),
        made(timedelta(hours=9), urgent=True, due=timedelta(hours=1), seen=True),
        made(timedelta(hours=3), due=timedelta(minutes=-30)),
        made(timedelta(hours=2), due=timedelta(minutes=30)),
        made(timedelta(hours=8), due=timedelta(hours=-1), seen=True),
        made(timedelta(hours=5), due=timedelta(days=5)),
        made(timedelta(hours=4), due=timedelta(days=6)),
        made(timedelta(hours=4), due=None),
        made(timedelta(hours=5), due=timedelta(days=4), seen=True),
    ]
    for contact in random.Random(4).sample(wanted, len(wanted)):
        hub.save(contact)
    assert listed(hub.as_user("sam").get("/queue").text) == [one.reference for one in wanted]


def test_nothing_unread_is_out_of_sight(hub: Desk) -> None:
    """However much is urgent or opened, an unread referral is counted at the top of every page, and the view of unread ones holds them all."""
    quiet = made(timedelta(days=2), due=timedelta(days=9))
    hub.save(quiet)
    for _ in range(60):
        hub.save(made(timedelta(hours=1), urgent=True, seen=True))
    browser = hub.as_user("sam")
    first = browser.get("/queue").text
    assert quiet.reference not in listed(first)
    for address in ("/queue", "/queue?n=2", "/queue?view=urgent", "/queue?view=done"):
        assert "1 referral has not been opened by anybody" in re.sub(r"\s+", " ", browser.get(address).text), address
    assert listed(browser.get("/queue?view=unopened").text) == [quiet.reference]
    assert quiet.reference in listed(browser.get("/queue?n=2").text)


def test_every_open_contact_is_in_the_first_view_exactly_once(hub: Desk) -> None:
    chance = random.Random(11)
    kept = [
        made(
            timedelta(minutes=chance.randrange(9999)),
            due=timedelta(minutes=chance.randrange(-999, 9999)),
            urgent=chance.random() < 0.2,
            seen=chance.random() < 0.5,
        )
        for _ in range(130)
    ]
    for number, contact in enumerate(kept):
        hub.save(contact, state="decided" if number % 10 == 0 else None)
    browser = hub.as_user("sam")
    pages = [listed(browser.get(f"/queue?n={number}").text) for number in (1, 2, 3)]
    assert sorted(one for page in pages for one in page) == sorted(one.reference for number, one in enumerate(kept) if number % 10)
    assert [len(one) for one in pages] == [50, 50, 17]
    assert listed(browser.get("/queue?n=4").text) == []


def test_views_hold_what_they_say_and_count_it(hub: Desk) -> None:
    hub.save(rich_contact(reference="LE-26-AAAA"))
    scan = factory.contact(reference="LE-26-BBBB", extractions=(factory.unreadable("scan.pdf"),))
    hub.save(scan)
    hub.save(factory.contact(reference="LE-26-CCCC"), state="decided")
    browser = hub.as_user("sam")
    views = {view: listed(browser.get(f"/queue?view={view}").text) for view in ("todo", "urgent", "waiting", "reading", "done", "unopened")}
    assert views["urgent"] == ["LE-26-AAAA"]
    assert views["waiting"] == ["LE-26-AAAA"]
    assert sorted(views["reading"]) == ["LE-26-AAAA", "LE-26-BBBB"]
    assert views["done"] == ["LE-26-CCCC"]
    assert sorted(views["todo"]) == sorted(views["unopened"]) == ["LE-26-AAAA", "LE-26-BBBB"]
    counted = dict(re.findall(r'href="/queue\?view=(\w+)"[^>]*>[^<]*<span class="app-views__count">(\d+)', browser.get("/queue").text))
    assert {view: int(counted[view]) for view in views} == {view: len(found) for view, found in views.items()}


def test_an_unknown_view_or_page_is_the_first_one(hub: Desk) -> None:
    contact = hub.save(made(timedelta(hours=1)))
    browser = hub.as_user("sam")
    for address in ("/queue?view=nonsense", "/queue?view=all", "/queue?n=-3", "/queue?n=0"):
        assert listed(browser.get(address).text) == [contact.reference], address
    assert browser.get("/queue?n=nonsense").status_code == 422


def test_names_with_markup_are_shown_and_run_nothing(hub: Desk) -> None:
    hub.save(made(timedelta(hours=1), name='<script>alert(1)</script><img src=x onerror="alert(2)">\u202egnol'))
    text = hub.as_user("sam").get("/queue").text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"date_of_birth": "2019-03-04"}, "7 years, born 4 March 2019"),
        ({"date_of_birth": "2026-09-01"}, "2 months, born 1 September 2026"),
        ({"date_of_birth": "2026-11-16"}, "4 days, born 16 November 2026"),
        ({"date_of_birth": "2019"}, "born 2019"),
        ({"date_of_birth": None, "age": 6}, "about 6 years"),
        ({"date_of_birth": None, "age": 0.13}, "about 1 month"),
        ({"date_of_birth": None, "age": 0.04}, "about 2 weeks"),
        ({"date_of_birth": None, "expected_delivery_date": "2027-02-12", "unborn": True}, "due 12 February 2027"),
        ({"date_of_birth": None}, "age not stated"),
    ],
)
def test_a_childs_age_is_told_as_far_as_the_form_tells_it(hub: Desk, given: dict[str, object], says: str) -> None:
    hub.save(factory.contact(reference="LE-26-AAAA", record=factory.record(children=(factory.person(**given),))))
    assert says in hub.as_user("sam").get("/queue").text


# --- search


@pytest.mark.parametrize(
    "typed",
    ["tennick", "TENNICK orla", "tenn", "zz9 9zz", "ZZ99ZZ", "zz9", "4/3/2019", "04.03.2019", "2019-03-04", "999 000 0018", "020 7946 0123", "+44 20 7946 0123",
     "pinfold", "Örla Tennick", "tennick pinfold zz9"],
)  # fmt: skip
def test_a_contact_is_found_by_any_word_on_it(hub: Desk, typed: str) -> None:
    contact = hub.save(factory.contact(reference=references.make("LEWI", NOW)))
    hub.save(
        made(timedelta(hours=1), name="Zofia").model_copy(
            update={
                "record": factory.record(
                    children=(), people=(), referrer=factory.record().referrer.model_copy(update={"agency": "Other", "name": "X Y", "phone": None})
                )
            }
        )
    )
    assert listed(_search(hub, typed)) == [contact.reference]


@pytest.mark.parametrize("typed", ["tennick zofia", "okoro", "ennick", "zz8", "5/3/2019", "999 000 0019"])
def test_what_bears_not_all_words_is_not_found(hub: Desk, typed: str) -> None:
    hub.save(factory.contact(reference=references.make("LEWI", NOW)))
    text = _search(hub, typed)
    assert listed(text) == []
    assert "No referral bears all of these words" in text


def test_names_that_sound_alike_are_shown_when_nothing_else_is(hub: Desk) -> None:
    contact = hub.save(factory.contact(reference=references.make("LEWI", NOW)))
    text = _search(hub, "Tenik")
    assert listed(text) == [contact.reference]
    assert "names that sound alike" in text
    for one, other in (("mohammed", "muhamad"), ("shaun", "shaan"), ("catherine", "katharyn"), ("philip", "filip")):
        assert sound(one) == sound(other)
    assert sound("smith") != sound("jones")


def test_a_reference_goes_straight_to_the_referral_however_it_is_typed(hub: Desk) -> None:
    contact = hub.save(factory.contact(reference=references.make("LEWI", NOW)))
    browser = hub.as_user("sam")
    for typed in (contact.reference, contact.reference.lower().replace("-", " ")):
        answer = browser.post("/queue/search", data={"words": typed, "csrf": csrf(browser.get("/queue"))}, follow_redirects=False)
        assert answer.headers["location"] == f"/referral/{contact.reference}"


def test_what_is_typed_stands_in_no_address_and_in_no_column(hub: Desk) -> None:
    hub.save(factory.contact(reference=references.make("LEWI", NOW)))
    browser = hub.as_user("sam")
    answer = browser.post("/queue/search", data={"words": "Tennick", "csrf": csrf(browser.get("/queue"))}, follow_redirects=False)
    assert "ennick" not in answer.headers["location"]
    assert 'value="Tennick"' in browser.get(answer.headers["location"]).text
    stranger = hub.as_user("mo").get(answer.headers["location"])
    assert (stranger.url.path, 'value="Tennick"' in stranger.text) == ("/queue", False)  # somebody else's address shows nothing
    with hub.intake.store.reading() as session:
        columns = str([vars(row) for row in (*session.query(ContactWord).all(), *session.query(GlanceRow).all())]).casefold()
    assert "ennick" not in columns
    assert "orla" not in columns


def test_words_follow_the_contact_and_leave_with_it(hub: Desk) -> None:
    contact = factory.contact(reference=references.make("LEWI", NOW))
    hub.save(contact)
    changed = contact.model_copy(update={"record": factory.record(children=(factory.person(family_name="Okoro"),), people=())})
    hub.save(changed, version=1)
    assert listed(_search(hub, "okoro")) == [contact.reference]
    assert listed(_search(hub, "tennick")) == []
    with hub.intake.store.session() as session:
        holding.erase(session, contact.reference)
    assert listed(_search(hub, "okoro")) == []


def test_contacts_of_an_older_version_are_in_the_queue_before_anybody_looks(hub: Desk) -> None:
    contact = hub.save(factory.contact(reference=references.make("LEWI", NOW)))
    with hub.intake.store.session() as session:
        session.query(GlanceRow).filter_by(contact_reference=contact.reference).delete()
        assert queue.catch_up(session) == 1
        assert queue.catch_up(session) == 0
    assert listed(_search(hub, "tennick")) == [contact.reference]


def test_every_person_on_a_form_is_found() -> None:
    words = words_of(rich_contact())
    for typed in ("Orla Penhale", "Fintan", "Una Tennick", "Craig Dunmore", "Dr Sorrel", "Fernbank", "07/1991"):
        bare = [one for one in asked(typed) if one]
        assert bare, typed
        assert typed == "07/1991" or all(one & words for one in bare), typed
    assert not any(one & words for one in spelt_alike(asked("Haddad")))


def _search(hub: Desk, typed: str) -> str:
    browser = hub.as_user("sam")
    answer: Response = browser.post("/queue/search", data={"words": typed, "csrf": csrf(browser.get("/queue"))})
    return answer.text


# --- clocks


@pytest.mark.parametrize(
    ("now", "due", "says", "tone"),
    [
        ("2026-11-20T16:00", "2026-11-20T16:40", "40 minutes left", "soon"),
        ("2026-11-20T16:00", "2026-11-23T10:00", "2 hours left", "soon"),  # Friday to Monday: the weekend does not count
        ("2026-11-20T09:30", "2026-11-23T15:00", "1 working day 5 hours left", "running"),
        ("2026-11-20T16:00", "2026-11-20T15:00", "1 hour late", "late"),
        ("2026-11-23T10:00", "2026-11-20T16:00", "2 hours late", "late"),
        ("2026-12-24T16:00", "2026-12-29T10:00", "2 hours left", "soon"),  # Christmas, and the day after Boxing Day's substitute
    ],
)
def test_time_left_is_the_hubs_own_time(hub: Desk, now: str, due: str, says: str, tone: str) -> None:
    left = clocks.left("decide", _london(due), hub.intake.authority, _london(now))
    assert (left.words, left.tone) == (says, tone)


def test_soon_is_counted_in_opening_hours(hub: Desk) -> None:
    authority = hub.intake.authority
    friday = _london("2026-11-20T16:30")
    until = clocks.soon_until(authority, friday)
    for clock in authority.clocks:
        assert clocks.opening_time(friday, until[clock.what], authority) == timedelta(hours=clock.warn), clock.what
    assert until["decide"] > friday + timedelta(days=2)


def test_each_clock_has_a_warning_of_its_own(hub: Desk) -> None:
    """Three hours left to decide is time yet; three hours left to tell the outcome is near."""
    hub.clock.now = _london("2026-11-20T10:00")
    for what in ("decide", "outcome"):
        due = Deadline(what=what, due_at=_london("2026-11-20T13:00"))
        hub.save(factory.contact(reference=f"LE-26-{what[:4].upper()}", deadlines=(due,)))
    text = hub.as_user("sam").get("/queue?view=soon").text
    assert listed(text) == ["LE-26-OUTC"]
    assert "3 hours left" in text


def _london(text: str) -> datetime:
    from pipeline.review.dates import LONDON

    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)
