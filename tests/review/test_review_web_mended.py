"""What was typed is saved once and never lost, what is typed into the trail stays out of it, and odd input gets a clear page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from models.contact import Contact, Event
from models.screening import Screening, Signed
from pipeline.errors import Retry
from pipeline.screening.screener import Screening as Acts
from pipeline.store import contacts, drafts, trail
from tests import factory
from tests.review.console import PASSWORD, Desk, csrf, desk
from tests.rich_contact import rich_contact

REFERENCE = "LE-26-7K3M9Q"


@pytest.fixture
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("console")) as found:
        found.save(factory.contact(reference=REFERENCE, screening=Screening(seen=Signed(by="local:sam", at=found.clock.now))))
        yield found


def seen(page: Response) -> str:
    found = re.search(r'name="seen" value="([0-9.]+)"', page.text)
    assert found
    return found.group(1)


def sign_in_again(browser: TestClient, name: str = "sam") -> Response:
    answer: Response = browser.post("/sign-in", data={"name": name, "password": PASSWORD, "to": "/queue"}, follow_redirects=False)
    return answer


def contact(hub: Desk) -> Contact:
    return hub.intake.contact(REFERENCE)


def test_what_was_kept_and_then_saved_is_not_offered_again(hub: Desk) -> None:
    browser = hub.as_user("sam")
    page = browser.get(f"/referral/{REFERENCE}")
    hub.clock.on(hours=1)
    given = {"csrf": csrf(page), "seen": seen(page), "to": "Early Help, north team"}
    assert browser.post(f"/referral/{REFERENCE}/do/pass", data=given).status_code == 401
    assert sign_in_again(browser).headers["location"] == "/kept"
    offered = browser.get("/kept")
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', offered.text))
    assert browser.post(f"/referral/{REFERENCE}/do/pass", data=hidden, follow_redirects=False).status_code == 303
    assert contact(hub).routing.pass_to == "Early Help, north team"
    assert "Nothing is kept for you" in browser.get("/kept").text
    hub.clock.on(hours=1)
    assert sign_in_again(browser).headers["location"] == "/queue"


def test_what_was_kept_and_could_not_be_saved_is_still_kept(hub: Desk) -> None:
    browser = hub.as_user("sam")
    page = browser.get(f"/referral/{REFERENCE}")
    hub.clock.on(hours=1)
    browser.post(f"/referral/{REFERENCE}/do/pass", data={"csrf": csrf(page), "seen": seen(page), "to": "Early Help"})
    sign_in_again(browser)
    fields = {"csrf": csrf(browser.get("/kept")), "kept": "1", "seen": seen(page), "to": "Early Help"}
    assert browser.post("/referral/LE-26-2222-2222/do/pass", data=fields).status_code == 404
    assert "Early Help" in browser.get("/kept").text


def test_a_draft_that_was_kept_is_on_the_page_again(hub: Desk) -> None:
    browser = hub.as_user("sam")
    page = browser.get(f"/referral/{REFERENCE}")
    hub.clock.on(hours=1)
    browser.post(f"/referral/{REFERENCE}/draft", data={"csrf": csrf(page), "seen": seen(page), "act": "pass", "to": "Early Help"})
    sign_in_again(browser)
    offered = browser.get("/kept")
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', offered.text))
    back = browser.post(f"/referral/{REFERENCE}/draft", data=hidden, follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, f"/referral/{REFERENCE}")
    with hub.intake.store.reading() as session:
        assert drafts.of_user(session, REFERENCE, "local:sam")["pass"].fields == {"to": "Early Help"}


def test_a_page_from_before_the_last_sign_in_loses_nothing(hub: Desk) -> None:
    """Another tab signed in again, as it does every hour at an identity service: this one's form is offered once more, and does nothing by itself."""
    browser = hub.as_user("sam")
    old = browser.get(f"/referral/{REFERENCE}")
    token = hub.as_user("sam").cookies["mash-8700"]
    browser.cookies.clear()
    browser.cookies.set("mash-8700", token)
    answer = browser.post(f"/referral/{REFERENCE}/do/pass", data={"csrf": csrf(old), "seen": seen(old), "to": "Early Help, north team"})
    assert answer.status_code == 403
    assert contact(hub).routing.pass_to is None
    assert 'name="to" value="Early Help, north team"' in answer.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text))
    assert browser.post(f"/referral/{REFERENCE}/do/pass", data=hidden, follow_redirects=False).status_code == 303
    assert contact(hub).routing.pass_to == "Early Help, north team"


def test_a_name_typed_into_the_trail_stands_neither_in_it_nor_in_an_address(hub: Desk) -> None:
    browser = hub.as_user("mo")
    page = browser.get("/audit")
    answer = browser.post("/audit", data={"csrf": csrf(page), "of": "Orla Tennick", "by": "Una Tennick"}, follow_redirects=False)
    assert "Tennick" not in answer.headers["location"]
    browser.get("/audit?of=Orla Tennick&by=Una Tennick")
    with hub.intake.store.reading() as session:
        assert not any("TENNICK" in f"{row.what} {row.reference} {row.who}".upper() for row in trail.newest(session, 20))


def test_the_trail_is_found_by_reference_and_by_user(hub: Desk) -> None:
    hub.as_user("sam").get(f"/referral/{REFERENCE}")
    browser = hub.as_user("mo")
    page = browser.get("/audit")
    found = browser.post("/audit", data={"csrf": csrf(page), "of": REFERENCE.lower(), "by": "local:sam"})
    assert found.status_code == 200
    assert "opened in the console" in found.text
    assert "local:mo" not in found.text.partition("<tbody")[2]


@pytest.mark.parametrize("address", ["/audit?before=100000000000000000000000", "/audit?before=-1", "/audit?by=%00&of=%00"])
def test_an_odd_address_is_no_fault_of_ours(hub: Desk, address: str) -> None:
    assert hub.as_user("mo").get(address).status_code in {200, 422}


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("label", {"sentence": "²", "label": "fact"}),
        ("correct", {"path": "children.0.given_names", "pick": "²"}),
        ("rate", {"seen": "1.²", "rag": "red"}),
    ],
)
def test_figures_that_are_no_numbers_are_refused_in_words(hub: Desk, act: str, fields: dict[str, str]) -> None:
    browser = hub.as_user("sam")
    page = browser.get(f"/referral/{REFERENCE}")
    answer = browser.post(f"/referral/{REFERENCE}/do/{act}", data={"csrf": csrf(page), "seen": seen(page), **fields})
    assert answer.status_code == 422


def test_two_people_who_open_a_referral_at_once_both_see_it(hub: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.save(factory.contact(reference="LE-26-2222-2222"))

    def beaten(*_: object) -> None:
        raise Retry("somebody else was first")

    monkeypatch.setattr(Acts, "seen", beaten)
    assert hub.as_user("sam").get("/referral/LE-26-2222-2222").status_code == 200


def test_a_suggestion_is_taken_as_it_was_shown(hub: Desk) -> None:
    """Somebody changes the referral, and with it the suggestion, while another decides "as suggested": what is saved all the same is what they saw."""
    browser, first = hub.as_user("sam"), contact(hub)
    authority = hub.intake.authority
    low, high = (next(one.name for one in authority.pathways if one.kind == kind) for kind in ("early_help", "child_protection"))
    offer(hub, low, "green")
    page = browser.get(f"/referral/{REFERENCE}")
    taken = re.search(r'id="pathway-suggested" name="pathway" value="([^"]+)"', page.text)
    assert taken
    offer(hub, high, "red")
    stale = browser.post(f"/referral/{REFERENCE}/do/decide", data={"csrf": csrf(page), "seen": seen(page), "pathway": taken.group(1)})
    assert stale.status_code == 409
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', stale.text))
    assert low in stale.text
    assert browser.post(f"/referral/{REFERENCE}/do/decide", data=hidden, follow_redirects=False).status_code == 303
    outcome = contact(hub).screening.outcome
    assert outcome is not None
    assert (outcome.pathway, outcome.rag) == (low, "green")
    assert first.screening.outcome is None


def offer(hub: Desk, pathway: str, rag: str) -> None:
    """What is suggested changes, and the history says that something happened."""
    with hub.intake.store.reading() as session:
        saved = contacts.get(session, REFERENCE)
    assert saved is not None
    routing = saved.contact.routing
    offered = routing.suggested.model_copy(update={"pathway": pathway, "rag": rag})
    event = Event(at=hub.clock.now, by="pipeline", what="an answer joined")
    changed = saved.contact.model_copy(
        update={"routing": routing.model_copy(update={"suggested": offered}), "history": (*saved.contact.history, event)}
    )
    with hub.intake.store.session() as session:
        contacts.save(session, changed, now=hub.clock.now, version=saved.version)


def test_only_a_manager_takes_a_managers_answer_back(hub: Desk) -> None:
    sam, mo = hub.as_user("sam"), hub.as_user("mo")
    for browser, act, fields in ((sam, "manager", {"reasons": "Risk."}), (mo, "answer", {"answer": "refused", "words": "Ask the parents first."})):
        page = browser.get(f"/referral/{REFERENCE}")
        browser.post(f"/referral/{REFERENCE}/do/{act}", data={"csrf": csrf(page), "seen": seen(page), **fields})
    for browser, status in ((sam, 403), (mo, 303)):
        page = browser.get(f"/referral/{REFERENCE}")
        answer = browser.post(f"/referral/{REFERENCE}/do/undo", data={"csrf": csrf(page), "seen": seen(page)}, follow_redirects=False)
        assert answer.status_code == status


def test_a_restricted_record_is_settled_by_a_manager_alone(hub: Desk) -> None:
    """Whoever says that it is not the same takes the restriction away: that is not for somebody who may see nothing of it."""
    rich = rich_contact(reference="LE-26-4444-4444")
    first = rich.matches[0]
    shut = first.model_copy(update={"candidates": (first.candidates[0].model_copy(update={"restricted": True}), *first.candidates[1:])})
    hub.save(rich.model_copy(update={"matches": (shut,)}))
    judged = {"person": first.id, "record": first.candidates[0].record_id, "says": "not_same"}
    for name, status in (("sam", 403), ("mo", 303)):
        browser = hub.as_user(name)
        browser.post("/restricted/LE-26-4444-4444", data={"csrf": csrf(browser.get("/restricted/LE-26-4444-4444")), "reason": "duty"})
        page = browser.get("/referral/LE-26-4444-4444")
        assert (f'name="record" value="{judged["record"]}"' in page.text) is (name == "mo")
        assert page.status_code == 200
        given = {"csrf": csrf(page), "seen": seen(page), **judged}
        assert browser.post("/referral/LE-26-4444-4444/do/match", data=given, follow_redirects=False).status_code == status


def test_a_referral_out_of_old_mail_is_not_called_open(hub: Desk) -> None:
    hub.save(factory.contact(reference="LE-26-3333-3333"), state=contacts.ARCHIVED)
    page = hub.as_user("sam").get("/referral/LE-26-3333-3333").text
    assert "Out of old mail</strong>" in page
    assert ">Open</strong>" not in page
