"""What goes wrong is a clear page: gone, unknown, broken, too much, or a fault of ours. Nothing is executed and nothing is told that must not be."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request

from pipeline.errors import Retry, WrongSetup
from pipeline.review.web import headers
from pipeline.store import audit, holding
from tests import factory
from tests.review.console import Desk, csrf, desk

REFERENCE = "LE-26-2222-2222"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as found:
        yield found


def test_a_contact_purged_while_open_is_told_and_nothing_more_is_saved(hub: Desk) -> None:
    hub.save(factory.contact(reference=REFERENCE))
    browser = hub.as_user("sam")
    page = browser.get(f"/referral/{REFERENCE}")
    assert page.status_code == 200
    with hub.intake.store.session() as session:
        holding.erase(session, REFERENCE)
    answers = [
        browser.get(f"/referral/{REFERENCE}"),
        browser.get(f"/referral/{REFERENCE}/report"),
        browser.get(f"/referral/{REFERENCE}/report.pdf"),
        browser.post(f"/restricted/{REFERENCE}", data={"csrf": csrf(page), "reason": "duty"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert "has been removed because it reached the end of the time" in answers[0].text
    assert all("Orla" not in answer.text for answer in answers)


@pytest.mark.parametrize(
    "reference", ["LE-26-9999-9999", "nonsense", "..%2f..%2fetc%2fpasswd", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "x" * 3000, "%00"]
)
def test_an_unknown_reference_is_a_clear_page(hub: Desk, reference: str) -> None:
    browser = hub.as_user("sam")
    for address in (f"/referral/{reference}", f"/referral/{reference}/report", f"/restricted/{reference}"):
        answer = browser.get(address)
        assert answer.status_code == 404, address
        assert "<script>alert" not in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00broken", "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b'{"csrf": "x"}', "application/json"),
        (b"<xml/>", "text/xml"),
        (b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.docx"\r\n\r\nwords\r\n--x--\r\n', "multipart/form-data; boundary=x"),
    ],
)
def test_a_broken_form_is_a_clear_page(hub: Desk, body: bytes, kind: str) -> None:
    answer = hub.as_user("sam").post("/queue/search", content=body, headers={"content-type": kind})
    assert answer.status_code in {403, 413, 415}
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


def test_a_search_of_odd_signs_finds_nothing_and_breaks_nothing(hub: Desk) -> None:
    hub.save(factory.contact(reference=REFERENCE))
    browser = hub.as_user("sam")
    word = csrf(browser.get("/queue"))
    for typed in ("%", "_", "'; drop table contacts; --", "\u202e\u0000", "🙂", "(" * 200, "a" * 5000, "<b>x</b>", "* ?", "\\", "０１２"):
        answer = browser.post("/queue/search", data={"csrf": word, "words": typed})
        assert answer.status_code == 200, typed
        assert "<b>x</b>" not in answer.text


def test_a_fault_of_ours_tells_nothing_of_what_it_held(hub: Desk, caplog: pytest.LogCaptureFixture) -> None:
    app = hub.client.app
    assert isinstance(app, FastAPI)

    def broken() -> None:
        raise ValueError("Orla Tennick of 14 Sallow Court")

    def busy() -> None:
        raise Retry("the database is locked")

    def refused(request: Request) -> None:
        raise WrongSetup("choose another thing")

    for path, handler in (("/broken", broken), ("/busy", busy), ("/refused", refused)):
        app.add_api_route(path, handler)
    browser = hub.as_user("sam")
    with caplog.at_level(logging.WARNING):
        answers = {path: browser.get(path) for path in ("/broken", "/busy", "/refused")}
    assert {path: answer.status_code for path, answer in answers.items()} == {"/broken": 500, "/busy": 503, "/refused": 409}
    assert "Nothing was changed" in answers["/busy"].text
    assert all("Orla" not in answer.text for answer in answers.values())
    assert all("content-security-policy" in answer.headers for answer in answers.values())
    told = [record.getMessage() for record in caplog.records if record.name == "mash.console"]
    assert len(told) == 1
    assert "ValueError at" in told[0]
    assert "Orla" not in told[0]


def test_the_servers_log_holds_no_traceback_and_no_words() -> None:
    from pipeline.logs import Plain

    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(Plain("%(name)s %(message)s"))
    logger = logging.getLogger("tests.plain")
    logger.addHandler(handler)
    logger.error("Exception in ASGI application", exc_info=ValueError("Orla Tennick"))
    logger.removeHandler(handler)
    assert said.getvalue() == "tests.plain Exception in ASGI application\n"


def test_a_report_is_a_file_that_is_never_shown_in_the_consoles_place(hub: Desk) -> None:
    hub.save(factory.contact(reference=REFERENCE))
    browser = hub.as_user("sam")
    page, html, paper = (browser.get(f"/referral/{REFERENCE}/report{kind}") for kind in ("", ".html", ".pdf"))
    assert "style-src 'sha256-" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]
    for answer, kind in ((html, "html"), (paper, "pdf")):
        assert answer.headers["content-disposition"] == f'attachment; filename="{REFERENCE}.{kind}"'
    assert paper.content.startswith(b"%PDF")
    assert "Orla" in html.text
    with hub.intake.store.reading() as session:
        said = [row.what for row in audit.rows(session, REFERENCE)]
    assert "took the confidence report as a file" in said
    assert "took the contact record as a PDF" in said


def test_pages_are_kept_by_no_cache_and_files_of_the_frame_are(hub: Desk) -> None:
    browser = hub.as_user("sam")
    page = browser.get("/queue")
    address = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    sheet = browser.get(address)
    assert "immutable" in sheet.headers["cache-control"]
    assert sheet.headers["content-encoding"] == "gzip"
    assert "GDS" not in sheet.text
    assert "crest" not in sheet.text
    assert re.findall(r"url\((.*?)\)|(@import|@font-face)", sheet.text) == []
    assert browser.get("/static/x/nothing.css").status_code == 404
    assert browser.get("/static/x/console.css").headers["cache-control"] == "no-store"
    assert headers.POLICY in page.headers["content-security-policy"]
