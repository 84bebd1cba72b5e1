"""The referral page at the server: who may, what is refused in words, what never opens in a browser, and what hostile referrals come to."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium2
import pytest
from fastapi.testclient import TestClient
from httpx import Response

from models.contact import Contact
from models.record import NarrativeBoxes
from pipeline.store import audit, contacts, drafts
from tests import factory, rich_contact
from tests.mails import form, mail
from tests.review.console import Desk, csrf, desk
from tests.screened import AUTHENTIC, Hub, narrator

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("console"), authserv_id="mx.example-council.example", smtp_from="mash@example-council.example") as made:
        made.intake.narrator = narrator()
        yield made


@pytest.fixture(scope="module")
def hub(console: Desk) -> Hub:
    return Hub(console.intake)


@pytest.fixture(scope="module")
def taken(hub: Hub) -> Contact:
    """A referral that came by mail, with its form kept."""
    return hub.receive(mail(("Ashdown, Perran <b>.docx", form()), headers=AUTHENTIC))


@pytest.fixture(scope="module")
def sam(console: Desk) -> TestClient:
    return console.as_user("sam")


def post(browser: TestClient, contact: Contact, act: str, **fields: str) -> Response:
    """Send a form of the page as it stands now."""
    page = browser.get(f"/referral/{contact.reference}")
    seen = re.search(r'name="seen" value="([0-9.]+)"', page.text)
    assert seen, page.text[:500]
    given = {"csrf": csrf(page), "seen": seen.group(1), **fields}
    answer: Response = browser.post(f"/referral/{contact.reference}/do/{act}", data=given, follow_redirects=False)
    return answer


def test_names_and_words_with_markup_are_shown_and_never_run(console: Desk, sam: TestClient) -> None:
    record = factory.record(children=(factory.person(given_names=EVIL, school=EVIL),), narrative=NarrativeBoxes(worries=EVIL))
    contact = console.save(factory.contact(reference="LEWI-26-EV1L-0001", record=record, fields=factory.fields_of(record)))
    page = sam.get(f"/referral/{contact.reference}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    panel = sam.get(f"/referral/{contact.reference}/source", params={"path": "children.0.given_names"})
    assert "<script>alert" not in panel.text


def test_the_page_is_light(console: Desk, sam: TestClient) -> None:
    contact = console.save(rich_contact.rich_contact(reference="LEWI-26-R1CH-0001", matches=()))
    page = sam.get(f"/referral/{contact.reference}")
    whole = len(page.content)
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text):
        whole += len(gzip.compress(sam.get(address).content, 9))
    assert whole < 250_000


def test_roles_that_read_no_referrals_get_no_page_and_no_file(console: Desk, taken: Contact) -> None:
    for name in ("ada", "olu"):
        browser = console.as_user(name)
        for address in ("", "/source?path=children.0.given_names", "/file/0-0", "/download/0-0", "/page/0-0/1.png", "/mail/0", "/mail/0/original"):
            answer = browser.get(f"/referral/{taken.reference}{address}", follow_redirects=False)
            assert answer.status_code in {303, 403}, (name, address)
            assert "Perran" not in answer.text


def test_only_a_manager_answers_for_a_manager(console: Desk, sam: TestClient, taken: Contact) -> None:
    assert post(sam, taken, "manager", reasons="The child may be hurt.").status_code == 303
    assert post(sam, taken, "answer", answer="granted", words="Yes.").status_code == 403
    assert post(console.as_user("mo"), taken, "answer", answer="granted", words="Yes.").status_code == 303
    assert "Authorised" in sam.get(f"/referral/{taken.reference}").text


def test_a_form_that_is_not_ours_or_out_of_order_does_nothing(console: Desk, sam: TestClient, taken: Contact) -> None:
    before = console.intake.contact(taken.reference)
    address = f"/referral/{taken.reference}/do/correct"
    assert sam.post(address, data={"seen": "1.1", "path": "children.0.postcode", "words": "EJ4 2QZ"}).status_code == 403
    assert post(sam, taken, "correct", path="children.0.postcode", words="EJ4 2QZ", seen="nonsense").status_code == 422
    assert post(sam, taken, "nothing", path="children.0.postcode").status_code == 404
    assert post(sam, taken, "match", person="children.0", record="P-404", says="same").status_code == 422
    assert post(sam, taken, "letter", letter="<no@such>", how="send").status_code == 422
    assert post(sam, taken, "decide", pathway="out-of-the-window").status_code == 422
    assert console.intake.contact(taken.reference).record == before.record


def test_what_is_refused_is_kept_and_shown_beside_the_reason(sam: TestClient, taken: Contact, console: Desk) -> None:
    refused = post(sam, taken, "correct", path="children.0.date_of_birth", words="some time in spring")
    assert refused.status_code == 422
    assert "Nothing was saved" in refused.text
    assert 'value="some time in spring"' in refused.text
    assert post(sam, taken, "correct", path="children.0.date_of_birth", words="14/03/2017").status_code == 303
    with console.intake.store.reading() as session:
        assert "correct:children.0.date_of_birth" not in drafts.of_user(session, taken.reference, "local:sam")


def test_a_contact_that_is_removed_while_open_says_so(console: Desk, sam: TestClient) -> None:
    contact = console.save(factory.contact(reference="LEWI-26-G0NE-0001"))
    page = sam.get(f"/referral/{contact.reference}")
    with console.intake.store.session() as session:
        from sqlalchemy import delete

        from pipeline.store.all_tables import METADATA

        for table in reversed(METADATA.sorted_tables):
            column = table.columns.get("contact_reference", table.columns.get("reference"))
            if column is not None and table.name != "audit":
                session.execute(delete(table).where(column == contact.reference))
    answer = sam.post(f"/referral/{contact.reference}/do/undo", data={"csrf": csrf(page), "seen": "2.2"})
    assert answer.status_code == 404
    assert "no referral with this reference" in answer.text


def test_files_are_saved_and_never_opened(sam: TestClient, taken: Contact, console: Desk) -> None:
    listed = re.findall(r"/download/(\d+-\d+)", sam.get(f"/referral/{taken.reference}").text)
    answer = sam.get(f"/referral/{taken.reference}/download/{listed[0]}")
    assert answer.content == form() or answer.content[:2] == b"PK"
    assert (
        answer.headers["content-disposition"].startswith('attachment; filename="Ashdown, Perran _b_.docx"')
        or "attachment" in answer.headers["content-disposition"]
    )
    assert "<" not in answer.headers["content-disposition"]
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    original = sam.get(f"/referral/{taken.reference}/mail/0/original")
    assert "attachment" in original.headers["content-disposition"]
    assert b"Message-ID" in original.content
    with console.intake.store.reading() as session:
        trail = [row.what for row in audit.rows(session, taken.reference)]
    assert f"downloaded file {listed[0]}" in trail
    assert "downloaded mail 1" in trail
    assert not any("Ashdown" in what for what in trail)


def test_a_mail_is_shown_in_words_with_its_headers(sam: TestClient, taken: Contact) -> None:
    page = sam.get(f"/referral/{taken.reference}/mail/0")
    assert "Please find a referral attached." in page.text
    assert "Message-ID" in page.text
    assert sam.get(f"/referral/{taken.reference}/mail/7").status_code == 404


def test_a_word_file_is_shown_as_pages_with_the_value_lit(sam: TestClient, taken: Contact) -> None:
    for _ in range(6):  # on a busy machine the office program may run out of its time; the next look tries again
        panel = sam.get(f"/referral/{taken.reference}/source", params={"path": "children.0.address"})
        if "leaf-lit" in panel.text:
            break
    assert 'class="leaf-lit"' in panel.text
    picture = re.search(r'href="(/referral/[^"]+\.png)"', panel.text)
    assert picture
    drawn = sam.get(picture.group(1))
    assert drawn.headers["content-type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")


def test_without_an_office_program_the_file_is_shown_in_words_with_the_cell_lit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.errors import Unreadable
    from pipeline.review.pages import Pages

    def none_here(*_: object) -> bytes:
        raise Unreadable("unsupported", "this file.docx: a .docx file is read only where LibreOffice is installed.")

    monkeypatch.setattr(Pages, "_as_pdf", none_here)
    with desk(tmp_path, authserv_id="mx.example-council.example") as made:
        made.intake.narrator = narrator()
        contact = Hub(made.intake).receive(mail(("Referral.docx", form()), headers=AUTHENTIC))
        panel = made.as_user("sam").get(f"/referral/{contact.reference}/source", params={"path": "children.0.date_of_birth"})
    lit = re.search(r'leaf-litcell">.*?</td>', panel.text, re.DOTALL)
    assert lit
    assert "14/03/2017" in lit.group(0)


def test_hostile_files_get_a_clear_page(hub: Hub, sam: TestClient) -> None:
    long, flat = pdfium2.PdfDocument.new(), pdfium2.PdfDocument.new()
    for _ in range(200):
        long.new_page(595, 842)
    flat.new_page(0.5, 0.5)
    files = []
    for name, made in (("long.pdf", long), ("flat.pdf", flat)):
        out = BytesIO()
        made.save(out)
        files.append((name, out.getvalue()))
    files += [("empty.pdf", b""), ("cut.pdf", b"%PDF-1.7\ncut"), ("odd.bin", bytes(range(256)))]
    contact = hub.receive(mail(*files, subject="Many files", body="See attached, please."))
    page = sam.get(f"/referral/{contact.reference}")
    assert page.status_code == 200
    shown = {}
    for name in dict.fromkeys(re.findall(r"/file/(\d+-\d+)", page.text)):
        answer = sam.get(f"/referral/{contact.reference}/file/{name}")
        assert answer.status_code == 200, name
        shown[name] = answer.text
    told = "".join(shown.values())
    assert "Page 1 of 200" in told
    assert "no size" in told or "cannot be drawn" in told
    assert "damaged" in told or "cut short" in told
    assert sam.get(f"/referral/{contact.reference}/page/0-0/9999.png").status_code == 404
    assert sam.get(f"/referral/{contact.reference}/file/9-9").status_code == 404


def test_a_contact_whose_mail_is_no_longer_kept_still_opens(console: Desk, sam: TestClient) -> None:
    contact = console.save(factory.contact(reference="LEWI-26-N0MA-0001"))
    page = sam.get(f"/referral/{contact.reference}", params={"show": "children.0.given_names"})
    assert page.status_code == 200
    assert "no longer kept" in page.text
    assert post(sam, contact, "correct", path="children.0.school", words="Another School").status_code == 303
    assert sam.get(f"/referral/{contact.reference}/mail/0").status_code == 404


def test_a_referral_says_who_opened_it_first(console: Desk, sam: TestClient, taken: Contact) -> None:
    sam.get(f"/referral/{taken.reference}")
    with console.intake.store.reading() as session:
        saved = contacts.get(session, taken.reference)
    assert saved is not None
    assert saved.contact.screening.seen is not None
