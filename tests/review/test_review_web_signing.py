"""Signing in and out, what each role may see, and what no form may do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import WrongSetup
from pipeline.review.web.entrance import doors
from pipeline.review.web.headers import MOST_BYTES
from pipeline.review.web.local import add_user, load_users
from pipeline.review.web.signing import inside
from pipeline.review.web.users import Role
from pipeline.settings import Settings
from pipeline.store import audit
from pipeline.store.tables import ConsoleSession
from tests import factory
from tests.review.console import PASSWORD, Desk, csrf, desk
from tests.rich_contact import rich_contact

REFERENCE = "LE-26-7K3M9Q"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as found:
        yield found


def test_nobody_sees_anything_before_signing_in(hub: Desk) -> None:
    hub.save(factory.contact(reference=REFERENCE))
    for address in ("/", "/queue", "/queue/found?for=x", "/queue/news", "/kept", f"/restricted/{REFERENCE}", "/team", "/audit", "/ops"):
        answer = hub.browser().get(address, follow_redirects=False)
        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/sign-in?to=/"), address
        assert "Orla" not in answer.text


def test_the_store_knows_a_digest_and_never_the_token(hub: Desk) -> None:
    browser = hub.as_user("sam")
    token = browser.cookies["mash-8700"]
    with hub.intake.store.reading() as session:
        rows = session.query(ConsoleSession).all()
    assert len(rows) == 1
    assert token not in str(vars(rows[0]))
    assert len(rows[0].digest) == 64


def test_the_cookie_is_out_of_reach_of_scripts_and_behind_tls_of_other_hosts(hub: Desk, tmp_path: Path) -> None:
    plain = hub.browser().post("/sign-in", data={"name": "sam", "password": PASSWORD}, follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    with desk(tmp_path / "tls", console_url="https://mash.example") as other:
        browser = other.browser()
        browser.base_url = "https://127.0.0.1"
        secure = browser.post("/sign-in", data={"name": "sam", "password": PASSWORD}, follow_redirects=False).headers["set-cookie"]
    assert secure.startswith("__Host-mash=")
    assert "Secure" in secure


def test_a_wrong_password_and_an_unknown_name_are_told_alike(hub: Desk) -> None:
    answers = [hub.browser().post("/sign-in", data={"name": name, "password": "wrong"}) for name in ("sam", "nobody-of-that-name")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert all("The name or the password is not right" in answer.text for answer in answers)


def test_guessing_is_braked_and_the_brake_lets_go(hub: Desk) -> None:
    browser = hub.browser()
    for _ in range(5):
        assert browser.post("/sign-in", data={"name": "sam", "password": "wrong"}).status_code == 401
    assert browser.post("/sign-in", data={"name": "sam", "password": PASSWORD}).status_code == 429
    assert browser.post("/sign-in", data={"name": "mo", "password": PASSWORD}).status_code == 429  # the same address
    hub.clock.on(minutes=6)
    assert browser.post("/sign-in", data={"name": "sam", "password": PASSWORD}, follow_redirects=False).status_code == 303


def test_idle_and_absolute_time_outs(hub: Desk) -> None:
    browser = hub.as_user("sam")
    hub.clock.on(minutes=29)
    assert browser.get("/queue", follow_redirects=False).status_code == 200
    hub.clock.on(minutes=29)
    assert browser.get("/queue", follow_redirects=False).status_code == 200
    hub.clock.on(minutes=31)
    assert browser.get("/queue", follow_redirects=False).status_code == 303
    busy = hub.as_user("sam")
    for _ in range(21):
        hub.clock.on(minutes=29)
        answer = busy.get("/queue", follow_redirects=False)
    assert answer.status_code == 303


def test_a_page_that_asks_for_news_by_itself_keeps_nobody_signed_in(hub: Desk) -> None:
    browser = hub.as_user("sam")
    for _ in range(8):
        hub.clock.on(minutes=5)
        browser.get("/queue/news", headers={"hx-request": "true"})
    assert browser.get("/queue", follow_redirects=False).status_code == 303


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(hub: Desk) -> None:
    browser = hub.as_user("sam")
    copy = hub.browser()
    copy.cookies.set("mash-8700", browser.cookies["mash-8700"])
    word = csrf(browser.get("/queue"))
    assert "You are signed out" in browser.post("/sign-out", data={"csrf": word}).text
    assert copy.get("/queue", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("headers", "word"),
    [
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "", "origin": "https://elsewhere.example"}, True),
    ],
)
def test_a_form_that_is_not_from_a_page_of_ours_is_refused(hub: Desk, headers: dict[str, str], word: bool) -> None:
    browser = hub.as_user("sam")
    data = {"csrf": csrf(browser.get("/queue")) if word else "0" * 64}
    assert browser.post("/sign-out", data=data, headers=headers).status_code == 403
    assert browser.get("/queue", follow_redirects=False).status_code == 200


def test_the_word_of_one_session_opens_no_form_of_another(hub: Desk) -> None:
    one, other = hub.as_user("sam"), hub.as_user("mo")
    assert other.post("/sign-out", data={"csrf": csrf(one.get("/queue"))}).status_code == 403


@pytest.mark.parametrize(
    ("name", "may", "may_not"),
    [
        ("sam", ["/queue"], ["/ops", "/audit"]),
        ("mo", ["/queue", "/team", "/ops", "/audit"], []),
        ("ada", ["/team", "/audit"], ["/queue", "/queue/found", "/queue/news"]),
        ("olu", ["/ops"], ["/queue", "/queue/found", "/queue/news", "/audit", "/team"]),
    ],
)
def test_each_role_sees_its_own(hub: Desk, name: str, may: list[str], may_not: list[str]) -> None:
    hub.save(factory.contact(reference=REFERENCE))
    browser = hub.as_user(name)
    assert [browser.get(address).status_code for address in may] == [200] * len(may)
    refused = [browser.get(address) for address in may_not]
    assert [answer.status_code for answer in refused] == [403] * len(may_not)
    assert not any("Orla" in answer.text for answer in refused)


def test_ops_and_auditors_see_no_name_and_no_word_anywhere(hub: Desk) -> None:
    hub.save(rich_contact(reference=REFERENCE))
    for name in ("olu", "ada"):
        browser = hub.as_user(name)
        for address in ("/", "/team", "/ops", "/audit"):
            text = browser.get(address).text
            assert not any(word in text for word in ("Orla", "Tennick", "Sallow", "frightened", "Verity")), (name, address)


def test_a_restricted_referral_opens_only_for_a_reason_and_the_reason_is_kept(hub: Desk) -> None:
    whole = rich_contact(reference=REFERENCE)
    first = whole.matches[0]
    candidates = tuple(one.model_copy(update={"restricted": place == 0}) for place, one in enumerate(first.candidates))
    hub.save(whole.model_copy(update={"matches": (first.model_copy(update={"candidates": candidates}),)}))
    browser = hub.as_user("sam")
    listed = browser.get("/queue").text
    assert "Restricted: not named here" in listed
    assert "Orla" not in listed
    shut = browser.get(f"/restricted/{REFERENCE}")
    word = csrf(shut)
    assert browser.post(f"/restricted/{REFERENCE}", data={"csrf": word}).status_code == 422
    opened = browser.post(f"/restricted/{REFERENCE}", data={"csrf": word, "reason": "duty"}, follow_redirects=False)
    assert opened.headers["location"] == f"/referral/{REFERENCE}"
    with hub.intake.store.reading() as session:
        assert [row.what for row in audit.rows(session, REFERENCE)] == ["gave a reason to open a restricted referral: duty"]


def test_every_answer_tells_browsers_what_to_refuse(hub: Desk) -> None:
    browser = hub.as_user("sam")
    for address in ("/queue", "/sign-in", "/nothing-here", "/queue/found?for=broken"):
        headers = browser.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"


def test_another_name_for_this_machine_gets_nothing(hub: Desk) -> None:
    assert hub.browser().get("/sign-in", headers={"host": "rebound.example"}).status_code == 400


def test_a_form_longer_than_any_of_ours_is_a_clear_page(hub: Desk) -> None:
    browser = hub.as_user("sam")
    word = csrf(browser.get("/queue"))
    for data in ({"csrf": word, "words": "x" * (MOST_BYTES + 1)}, {"csrf": word} | {f"f{number}": "x" for number in range(3000)}):
        answer = browser.post("/queue/search", data=data)
        assert answer.status_code == 413
        assert "That is too much for one form" in answer.text


def test_what_was_typed_when_the_session_ended_is_kept_for_the_same_person_alone(hub: Desk) -> None:
    browser = hub.as_user("sam")
    word = csrf(browser.get("/queue"))
    hub.clock.on(hours=1)
    lost = browser.post("/queue/search", data={"csrf": word, "words": "Okoro <b>zz9</b>"})
    assert lost.status_code == 401
    assert "What you typed is kept" in lost.text
    assert "Okoro &lt;b&gt;zz9&lt;/b&gt;" in lost.text
    with hub.intake.store.reading() as session:
        assert "Okoro" not in str([vars(row) for row in session.query(ConsoleSession).all()])
    stranger = hub.browser()
    stranger.cookies.set("mash-8700", browser.cookies["mash-8700"])
    answer = stranger.post("/sign-in", data={"name": "mo", "password": PASSWORD, "to": "/"}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert "Nothing is kept for you" in stranger.get("/kept").text


def test_what_was_typed_is_shown_again_and_sent_once_more(hub: Desk) -> None:
    browser = hub.as_user("sam")
    word = csrf(browser.get("/queue"))
    hub.clock.on(hours=1)
    browser.post("/queue/search", data={"csrf": word, "words": "Okoro"})
    back = browser.post("/sign-in", data={"name": "sam", "password": PASSWORD, "to": "/queue"}, follow_redirects=False)
    assert back.headers["location"] == "/kept"
    page = browser.get("/kept")
    assert 'action="/queue/search"' in page.text
    assert 'name="words" value="Okoro"' in page.text
    assert csrf(page) != word
    assert browser.post("/kept/discard", data={"csrf": csrf(page)}, follow_redirects=False).status_code == 303
    assert "Nothing is kept for you" in browser.get("/kept").text


def test_typed_words_of_a_session_nobody_knows_are_shown_for_copying_and_not_kept(hub: Desk) -> None:
    answer = hub.browser().post("/queue/search", data={"csrf": "0" * 64, "words": "a long note"})
    assert answer.status_code == 401
    assert "It was not saved. Copy what you typed" in answer.text
    assert "a long note" in answer.text


def test_local_users_only_on_this_machine(tmp_path: Path) -> None:
    add_user(tmp_path / "users.toml", "sam", PASSWORD, frozenset({Role.SCREENER}))
    given = {"console_sign_in": "local", "console_users_file": tmp_path / "users.toml"}
    assert doors(Settings(**given, console_host="127.0.0.1")).local  # type: ignore[arg-type]
    for host in ("0.0.0.0", "10.1.2.3", "mash.example", "::"):
        with pytest.raises(WrongSetup, match="for demonstrations on"):
            doors(Settings(**given, console_host=host))  # type: ignore[arg-type]


def test_no_way_in_is_no_console(tmp_path: Path) -> None:
    with pytest.raises(WrongSetup, match="MASH_CONSOLE_SIGN_IN is not set"):
        doors(Settings(data_dir=tmp_path))


def test_a_users_file_is_private_and_its_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    settings = Settings(console_users_file=path)
    with pytest.raises(WrongSetup, match="add-user"):
        load_users(settings)
    add_user(path, "Sam", PASSWORD, frozenset({Role.SCREENER}))
    add_user(path, "mo", PASSWORD, frozenset({Role.MANAGER}))
    assert path.stat().st_mode & 0o077 == 0
    assert PASSWORD not in path.read_text()
    users = load_users(settings)
    assert users.check(" SAM ", PASSWORD) is not None
    assert users.check("sam", PASSWORD + "x") is None
    with pytest.raises(WrongSetup, match="12 characters"):
        add_user(path, "sam", "short", frozenset({Role.SCREENER}))
    path.write_text("[sam]\nname = 3\n")
    with pytest.raises(WrongSetup, match="needs roles and a hash"):
        load_users(settings)


GATEWAY = {"console_sign_in": "proxy", "console_proxy_addresses": ["10.9.8.7"]}
SAYS = {"Remote-User": "ama@council.example", "Remote-Name": "Ama", "Remote-Groups": "staff, mash-screener"}


def test_a_gateway_is_believed_from_its_own_address_alone(tmp_path: Path) -> None:
    with desk(tmp_path, **GATEWAY) as hub:
        gateway, stranger = hub.browser(client=("10.9.8.7", 1)), hub.browser(client=("10.9.8.6", 1))
        assert gateway.get("/queue", headers=SAYS).status_code == 200
        assert "signs you in" in stranger.get("/queue", headers=SAYS).text
        stranger.cookies.set("mash-8700", gateway.cookies["mash-8700"])
        assert stranger.get("/queue", headers=SAYS, follow_redirects=False).status_code == 303
        assert gateway.get("/queue", follow_redirects=False).status_code == 303  # the gateway says nobody
        assert gateway.get("/queue", headers=SAYS | {"Remote-User": "mo"}, follow_redirects=False).status_code == 303
        assert gateway.get("/queue", headers=SAYS | {"Remote-Groups": "staff"}).status_code == 403


def test_a_header_nobody_asked_for_says_nothing(hub: Desk) -> None:
    assert hub.browser().get("/queue", headers=SAYS, follow_redirects=False).status_code == 303


@pytest.mark.parametrize("addresses", [[], ["everywhere"], ["0.0.0.0/0"], ["::/0"]])
def test_a_gateway_must_be_named_exactly(addresses: list[str]) -> None:
    with pytest.raises(WrongSetup, match="MASH_CONSOLE_PROXY_ADDRESSES"):
        doors(Settings(console_sign_in="proxy", console_proxy_addresses=addresses))


@pytest.mark.parametrize("address", ["https://elsewhere.example", "//elsewhere.example/x", "/\\x", "\\x", "queue", "", "/sign-out", "/a\nb"])
def test_only_an_address_of_this_console_is_gone_on_to(address: str) -> None:
    assert inside(address) == "/"
