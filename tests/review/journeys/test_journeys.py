"""What screeners do, all the way, in a real browser: each journey asks what the page shows, and what the store holds afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from models.contact import Contact
from pipeline.review.overview import report
from pipeline.store import acts, drafts
from tests.mails import form, mail
from tests.review.journeys.conftest import HARM
from tests.review.journeys.live import Live
from tests.screened import AUTHENTIC

Refer = Callable[..., Contact]


def settle(console: Live, contact: Contact) -> Contact:
    """A referral with nothing left to look at: every doubtful value confirmed, as a screener did before."""
    work = console.hub.app.screening
    for _, row in report(contact, None).to_check:
        work.confirm(contact.reference, console.hub.hand(contact.reference), row.path)
    return console.hub.app.contact(contact.reference)


def test_urgent_shows_the_words_and_the_rule_before_anything_else(console: Live, refer: Refer) -> None:
    contact = refer(reason=HARM.format(name="Alun"))
    with console.screen() as page:
        console.open(page, contact.reference)
        banner = page.locator(".banner-urgent")
        expect(banner).to_contain_text("hit him with a belt")
        expect(banner).to_contain_text("Rule ")
        assert banner.bounding_box()["y"] < page.locator("#clock").bounding_box()["y"]  # type: ignore[index]
        page.click("text=This is no longer urgent")
        page.fill("#down-because", "Rang the school: they saw it on television.")
        page.click("text=Mark as no longer urgent")
        expect(page.locator(".leaf-note", has_text="marked this as no longer urgent")).to_be_visible()
    assert console.hub.app.contact(contact.reference).routing.decision != "screen_urgently"


def test_a_perfect_referral_is_cleared_in_three_keystrokes(console: Live, refer: Refer) -> None:
    contact = settle(console, refer())
    pressed = 0
    with console.screen() as page:
        console.open(page, contact.reference)
        expect(page.locator("#looks")).to_have_text("Nothing that was read needs a look")
        assert page.locator("#pathways input:checked").count() == 0  # nothing is chosen for anybody
        for key in ("d", "Space", "Enter"):
            page.keyboard.press(key)
            pressed += 1
        expect(page.locator(".leaf-decide")).to_contain_text("Decided by sam")
    after = console.hub.app.contact(contact.reference)
    assert pressed == 3
    assert after.screening.outcome is not None
    assert after.screening.outcome.pathway == contact.routing.suggested.pathway
    assert next(clock for clock in after.deadlines if clock.what == "decide").met_at is not None


def test_incomplete_and_answered(console: Live, refer: Refer) -> None:
    contact = refer(child={"Date of birth": "", "Gender": ""})
    with console.screen() as page:
        console.open(page, contact.reference)
        expect(page.locator("#missing ~ .leaf-asks").first).to_contain_text("date of birth")
        page.click("text=Ask one more thing")
        page.select_option("#ask-about", "safety.current_location")
        page.fill("#ask-question", "Where will the child sleep tonight?")
        page.click("text=Add the question")
        expect(page.locator(".leaf-ask", has_text="Where will the child sleep tonight?")).to_be_visible()
        page.click("summary:has-text('Read and edit it')")
        expect(page.locator("textarea[name=text]")).to_have_value(re.compile("Where will the child sleep tonight"))
        letter = contact.correspondence[0].message_id
        answer = mail(subject=f"Re: {contact.reference}", body="1. 14/03/2017\n2. Male\n", answers=letter, headers=AUTHENTIC)
        console.hub.receive(answer)
        console.open(page, contact.reference)
        expect(page.locator("#value-children-0-date-of-birth")).to_contain_text("14 March 2017")
        expect(page.locator(".leaf-history")).to_contain_text("an answer joined", ignore_case=True)


def test_a_known_family_is_settled_by_a_person(console: Live) -> None:
    contact = console.hub.receive(mail(("Referral.docx", form()), headers=AUTHENTIC))
    with console.screen() as page:
        console.open(page, contact.reference)
        record = page.locator(".leaf-candidate").first
        expect(record).to_contain_text("Agrees")
        expect(record).to_contain_text("Disagrees")
        record.locator("button[value=same]").focus()
        page.keyboard.press("s")
        expect(page.locator(".leaf-verdict").first).to_contain_text("the same person, says sam")
        page.click("text=Pass to a worker or team")
        expect(page.locator("#pass-hint")).to_contain_text("J. Alder")
        page.fill("#pass-to", "J. Alder")
        page.click("text=Pass it on")
        expect(page.locator(".leaf-lead .govuk-tag").first).to_have_text("Passed on")
    after = console.hub.app.contact(contact.reference)
    assert after.screening.verdicts[0].says == "same"
    assert after.screening.passed is not None


def test_an_unreadable_scan_is_typed_by_hand_beside_its_picture(console: Live) -> None:
    blank = BytesIO()
    Image.new("L", (1240, 1754), 255).save(blank, "PDF", resolution=150)
    contact = console.hub.receive(mail(("scan.pdf", blank.getvalue()), headers=AUTHENTIC, subject="A scan", body="See attached."))
    with console.screen() as page:
        console.open(page, contact.reference)
        expect(page.locator("#files ~ .leaf-note").first).to_contain_text("Could not be read")
        page.click("text=Look at it")
        page.wait_for_load_state("networkidle")
        size = page.evaluate("fetch(document.querySelector('.leaf-sheet image').href.baseVal).then(one => one.blob()).then(one => one.size)")
        assert size > 100
        page.go_back()
        page.click("text=Add the child’s name")
        page.fill("#words", "Marged")
        page.click(".leaf-source button:has-text('Save')")
        expect(page.locator("#value-children-0-given-names")).to_contain_text("Corrected by a person")
    assert console.hub.app.contact(contact.reference).record.children[0].given_names == "Marged"


def test_two_people_on_one_referral_see_both_versions(console: Live, refer: Refer) -> None:
    contact = refer()
    with console.screen("sam") as sam, console.screen("mo") as mo:
        console.open(sam, contact.reference, "?show=children.0.postcode")
        console.open(mo, contact.reference, "?show=children.0.postcode")
        mo.fill("#words", "EJ4 2QY")
        mo.click(".leaf-source button:has-text('Save')")
        expect(mo.locator("#value-children-0-postcode")).to_contain_text("EJ4 2QY")
        sam.fill("#words", "EJ4 2QZ")
        sam.click(".leaf-source button:has-text('Save')")
        expect(sam.locator("h1")).to_contain_text("Somebody changed this referral")
        expect(sam.locator("main")).to_contain_text("by mo")
        expect(sam.locator("main")).to_contain_text("EJ4 2QY")
        expect(sam.locator("main")).to_contain_text("EJ4 2QZ")
        sam.click("text=Save mine all the same")
        expect(sam.locator("#value-children-0-postcode")).to_contain_text("EJ4 2QZ")
    with console.hub.app.store.reading() as session:
        assert [one.correction.by for one in acts.of_contact(session, contact.reference)] == ["local:mo", "local:sam"]


def test_a_value_is_lit_where_it_stands_and_focus_is_kept(console: Live, refer: Refer) -> None:
    contact = refer()
    console.drawn(contact)
    with console.screen() as page:
        console.open(page, contact.reference)
        page.click("#open-value-children-0-date-of-birth")
        page.wait_for_selector(".leaf-sheet .leaf-lit", timeout=90_000)
        expect(page.locator("#words")).to_be_focused()
        page.fill("#words", "15/03/2017")
        page.keyboard.press("Enter")
        expect(page.locator("#value-children-0-date-of-birth")).to_contain_text("15 March 2017")
        expect(page.locator("#said")).to_contain_text("Saved")
        assert page.evaluate("document.activeElement !== document.body")
        page.keyboard.press("u")
        expect(page.locator("#value-children-0-date-of-birth")).to_contain_text("14 March 2017")


def test_tab_goes_to_what_needs_a_look_and_keys_can_be_switched_off(console: Live, refer: Refer) -> None:
    contact = refer()
    with console.screen() as page:
        console.open(page, contact.reference)
        looks = page.evaluate(
            "[...document.querySelectorAll('.leaf-state')].filter(one => one.tabIndex === 0).every(one => one.hasAttribute('data-look') || !one.closest('[data-roving]').querySelector('[data-look]'))"
        )
        assert looks
        page.focus("[data-look]")
        first = page.evaluate("document.activeElement.id")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.id") != first
        page.focus(f"#{first}")
        page.keyboard.press("y")
        expect(page.locator(f"#{first}")).to_contain_text("Checked by a person")
        page.click("summary:has-text('Keys for this page')")
        page.uncheck("#keys-on")
        page.locator("h1").click()
        page.keyboard.press("u")
        page.wait_for_timeout(300)
        expect(page.locator(f"#{first}")).to_contain_text("Checked by a person")
        page.check("#keys-on")


def test_a_sentence_is_relabelled_by_a_key(console: Live, refer: Refer) -> None:
    contact = refer()
    assert contact.narrative is not None
    with console.screen() as page:
        console.open(page, contact.reference)
        page.focus("#sentence-1 a.label")
        page.keyboard.press("3")
        expect(page.locator("#sentence-1")).to_contain_text("Opinion")
    after = console.hub.app.contact(contact.reference).narrative
    assert after is not None
    assert after.sentences[0].factuality == "opinion"


def test_what_is_typed_is_kept_when_the_window_closes(console: Live, refer: Refer) -> None:
    contact = refer()
    with console.screen() as page:
        console.open(page, contact.reference)
        with page.expect_response("**/draft") as answer:
            page.locator("#decide-because").press_sequentially("The mother rang twice")
        assert answer.value.status == 204
    with console.hub.app.store.reading() as session:
        assert drafts.of_user(session, contact.reference, "local:sam")["decide"].fields["because"].startswith("The")
    with console.screen() as page:
        console.open(page, contact.reference)
        expect(page.locator("#decide-because")).to_have_value("The mother rang twice")


def test_everything_works_without_scripts(console: Live, refer: Refer) -> None:
    contact = refer()
    with console.screen(java_script_enabled=False) as page:
        console.open(page, contact.reference)
        page.click("#open-value-children-0-postcode")
        page.fill("#words", "EJ4 2QY")
        page.click(".leaf-source button:has-text('Save')")
        expect(page.locator("#value-children-0-postcode")).to_contain_text("EJ4 2QY")
        page.click("#undo")
        expect(page.locator("#value-children-0-postcode")).to_contain_text("EJ4 7RT")
        page.check("#pathway-no_further_action")
        page.click("#mark-decided")
        expect(page.locator(".leaf-decide")).to_contain_text("Decided by sam")


def test_words_that_are_no_value_are_refused_beside_what_was_typed(console: Live, refer: Refer) -> None:
    contact = refer()
    with console.screen() as page:
        console.open(page, contact.reference, "?show=children.0.date_of_birth")
        page.fill("#words", "some time in spring")
        page.click(".leaf-source button:has-text('Save')")
        expect(page.locator(".govuk-error-summary")).to_contain_text("date of birth")
        expect(page.locator("#words")).to_have_value("some time in spring")


@pytest.mark.parametrize("width", [320, 1400])
def test_the_page_fits_its_window_and_axe_finds_nothing(console: Live, refer: Refer, width: int) -> None:
    axe = Path(__file__).parents[3] / "pipeline" / "review" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
    contact = refer(child={"Date of birth": ""}, reason=HARM.format(name="Alun"))
    with console.screen(width=width, bypass_csp=True) as page:
        console.open(page, contact.reference, "?show=children.0.postcode")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.add_script_tag(content=axe.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found["violations"]] == []


def test_what_is_pressed_is_large_enough(console: Live, refer: Refer) -> None:
    contact = refer()
    with console.screen(width=320) as page:
        console.open(page, contact.reference)
        small = page.evaluate(
            "[...document.querySelectorAll('#referral button, #referral summary, #referral .leaf-state, #referral select')]"
            ".map(one => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect()]).filter(([_, box]) => box.height && (box.height < 24 || box.width < 24)).map(([text]) => text)"
        )
        assert small == []
