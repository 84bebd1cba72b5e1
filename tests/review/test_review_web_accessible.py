"""Every page of the console in a real browser: axe, and what axe does not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page

from tests.review.console import PASSWORD
from tests.review.site import PLAIN, RICH, SHUT, Site, site

AXE = Path(__file__).resolve().parents[2] / "pipeline/review/assets/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/queue", "/queue?view=urgent", "/queue?view=done", "/queue?view=waiting", f"/referral/{RICH}", f"/referral/{PLAIN}", f"/referral/{RICH}/report",
    f"/restricted/{SHUT}", "/team", "/ops", "/audit", "/help", "/accessibility", "/kept", "/nothing-here", "/referral/LE-26-9999-9999",
]  # fmt: skip
NARROW = ["/queue", f"/referral/{RICH}", "/team"]
"""What changes its shape in a narrow window."""
FRAME = [one for one in PAGES if "/referral/LE-26-2" not in one and PLAIN not in one]
WEIGHT = 250_000
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_any_page(console: Site, width: int) -> None:
    assert AXE.is_file(), "run `.ci/assets .venv/bin/python --dev`: make test does"
    with console.window(bypass_csp=True, viewport={"width": width, "height": 900}) as page:
        wanted = PAGES if width > 1000 else NARROW
        found = {address: _axe(page, f"{console.address}{address}") for address in wanted}
        found["search"] = _axe_here(_searched(page, console, "tennick"))
        found["search, nothing found"] = _axe_here(_searched(page, console, "nobody at all"))
    with console.window(None, bypass_csp=True, viewport={"width": width, "height": 900}) as page:
        found["/sign-in"] = _axe(page, f"{console.address}/sign-in")
        page.fill("#name", "nobody")
        page.click("main button[type=submit]")
        found["/sign-in, refused"] = _axe_here(page)
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [320, 1024])
def test_no_page_scrolls_in_two_directions(console: Site, width: int) -> None:
    with console.window(viewport={"width": width, "height": 700}) as page:
        for address in PAGES:
            page.goto(f"{console.address}{address}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_words_can_be_spaced_out_and_doubled_without_loss(console: Site) -> None:
    """What WCAG calls text spacing: nothing is cut off when a reader sets their own."""
    style = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}"
    with console.window(bypass_csp=True, viewport={"width": 640, "height": 700}) as page:
        for address in ("/queue", "/team", "/sign-in"):
            page.goto(f"{console.address}{address}")
            page.add_style_tag(content=style)
            assert page.evaluate("document.documentElement.scrollWidth") <= 640, address


@pytest.mark.parametrize("address", FRAME)
def test_what_is_clicked_is_large_enough(console: Site, address: str) -> None:
    """24 by 24 CSS pixels; a link within a sentence may be as high as its line."""
    script = f"""() => [...document.querySelectorAll("{FOCUSABLE}")].filter(one => one.checkVisibility()).filter(one => {{
        const box = one.getBoundingClientRect(), sentence = getComputedStyle(one).display === "inline" && one.closest("p, li, dd, label");
        const small = box.height < 24 || box.width < 24;
        const radio = one.matches(".govuk-radios__input, .govuk-checkboxes__input");
        return small && !sentence && !radio && !one.closest(".govuk-skip-link") && box.width > 1;
    }}).map(one => one.outerHTML.slice(0, 120))"""
    with console.window(viewport={"width": 320, "height": 900}) as page:
        page.goto(f"{console.address}{address}")
        assert page.evaluate(script) == []


@pytest.mark.parametrize("address", ["/queue", "/team", f"/restricted/{SHUT}", "/audit"])
def test_focus_is_seen_in_order_and_never_hidden(console: Site, address: str) -> None:
    with console.window(viewport={"width": 1280, "height": 600}) as page:
        page.goto(f"{console.address}{address}")
        seen: list[dict[str, Any]] = []
        for _ in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate(_FOCUS)
            if here is None or (len(seen) > 1 and here["at"] == 0):
                break
            seen.append(here)
        assert len(seen) > 8, address
        assert [one["at"] for one in seen] == sorted(one["at"] for one in seen), "focus jumps about"
        assert [one["html"] for one in seen if not one["shown"]] == [], "focus cannot be seen"
        assert [one["html"] for one in seen if not one["clear"]] == [], "focus is covered or out of the window"
        assert seen[0]["html"].startswith('<a href="#main-content"')


_FOCUS = f"""() => {{
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const all = [...document.querySelectorAll("{FOCUSABLE}")], style = getComputedStyle(one), box = one.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height / 2, 10), 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const drawn = one.matches(".govuk-radios__input") ? getComputedStyle(one.labels[0], "::before") : style;
    const inside = box.bottom > 0 && box.top < innerHeight;
    return {{
        at: all.indexOf(one), html: one.outerHTML.slice(0, 100),
        shown: parseFloat(drawn.outlineWidth) >= 2 && drawn.outlineStyle !== "none" || drawn.boxShadow !== "none",
        clear: inside && (top === one || one.contains(top) || !!top && top.contains(one)),
    }};
}}"""


def test_every_control_has_a_name_and_no_two_that_do_different_things_share_one(console: Site) -> None:
    script = f"""() => [...document.querySelectorAll("{FOCUSABLE}")].filter(one => one.checkVisibility()).map(one => [
        (one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText || one.getAttribute("aria-labelledby") || "").trim(),
        one.href || one.name || one.type || ""])"""
    with console.window() as page:
        for address in ("/queue", "/team", "/ops", "/audit", "/help", f"/restricted/{SHUT}"):
            page.goto(f"{console.address}{address}")
            named = page.evaluate(script)
            assert all(name for name, _ in named), address
            links = [(name, href) for name, href in named if str(href).startswith("http")]
            assert len({name for name, _ in links}) == len(set(links)), address


def test_urgent_late_and_unopened_are_said_in_words(console: Site) -> None:
    with console.window() as page:
        page.goto(f"{console.address}/queue")
        urgent = page.locator("tr.app-queue--urgent")
        assert urgent.count() >= 2
        assert all("Urgent" in text for text in urgent.all_inner_texts())
        late = page.locator(".app-queue__time--late")
        assert late.count() >= 1
        assert all("late" in text for text in late.all_inner_texts())
        assert page.locator(".app-views a[aria-current=page]").inner_text().startswith("To do")


def test_focus_and_reading_stay_where_they_were_when_news_comes(console: Site) -> None:
    """The part that asks for news is exchanged under whoever is typing: their place is not lost, and they are told."""
    with console.window("sam") as page:
        page.goto(f"{console.address}/queue")
        page.focus("#words")
        page.keyboard.type("Tenn")
        page.evaluate("document.getElementById('news').setAttribute('hx-get', '/queue/news?since=0.0')")
        page.evaluate(
            "htmx.process(document.getElementById('news')); htmx.ajax('GET', '/queue/news?since=0.0', {target: '#news', swap: 'outerHTML'})"
        )
        page.wait_for_selector("#news strong")
        assert page.evaluate("document.activeElement.id") == "words"
        assert page.input_value("#words") == "Tenn"
        page.locator("#said", has_text="has changed").wait_for(state="attached")
        page.focus("#news a")
        page.evaluate("htmx.ajax('GET', '/queue/news?since=0.0', {target: '#news', swap: 'outerHTML'})")
        page.locator("#news:focus, #news a:focus").wait_for(state="attached")


def test_single_letters_do_nothing_on_the_queue(console: Site) -> None:
    with console.window() as page:
        page.goto(f"{console.address}/queue")
        before = page.content()
        for key in "abcdefghijklmnopqrstuvwxyz0123456789/?":
            page.keyboard.press(key)
        assert page.url == f"{console.address}/queue"
        assert page.content() == before


def test_everything_works_with_scripts_off(console: Site) -> None:
    with console.window("sam", java_script_enabled=False) as page:
        assert page.url == f"{console.address}/queue"
        page.fill("#words", "tennick")
        page.click("text=Search")
        assert "found" in page.inner_text("h2#count")
        page.click(f"a[href='/referral/{PLAIN}']")
        assert PLAIN in page.title()
        page.goto(f"{console.address}/restricted/{SHUT}")
        page.check("#reason")
        page.click("main button[type=submit]")
        assert page.url == f"{console.address}/referral/{SHUT}"
        page.click("text=Sign out")
        assert page.inner_text("h1") == "You are signed out"


@pytest.mark.parametrize("address", ["/queue", "/team", f"/referral/{RICH}", "/sign-in"])
def test_nothing_leaves_the_console_nothing_is_refused_and_pages_are_light(console: Site, address: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    weight: list[int] = []
    with console.window(None) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfinished", lambda request: weight.append(request.sizes()["responseBodySize"] if request.resource_type != "image" else 0))
        page.goto(f"{console.address}/sign-in")
        _sign_in(page)
        page.goto(f"{console.address}{address}")
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if not url.startswith(console.address)] == []
        assert said == []
        assert 30_000 < sum(max(0, size) for size in weight) < WEIGHT  # below nought: taken from the browser's own store


def test_a_name_that_is_an_attack_runs_nothing_anywhere(console: Site) -> None:
    with console.window() as page:
        alarmed: list[str] = []
        page.on("dialog", _dismissing(alarmed))
        for address in ("/queue", "/referral/LE-26-6666-6666", "/referral/LE-26-6666-6666/report"):
            page.goto(f"{console.address}{address}")
            page.wait_for_load_state("networkidle")
            assert page.locator("img[src=x]").count() == 0
            assert "onerror=alert(1)" in page.inner_text("body")
        assert alarmed == []


def test_signed_out_in_mid_edit_and_back_again(console: Site) -> None:
    with console.window("sam") as page:
        page.goto(f"{console.address}/queue")
        page.fill("#words", "grandmother in Leeds")
        console.desk.clock.on(hours=1)
        page.click("text=Search")
        assert page.inner_text("h1") == "You have been signed out"
        page.get_by_role("button", name="Sign in again").click()
        _sign_in(page)
        assert page.inner_text("h1") == "What you were typing"
        assert "grandmother in Leeds" in page.inner_text("main")
        page.click("text=Save it now")
        assert page.input_value("#words") == "grandmother in Leeds"
        console.desk.clock.on(hours=-1)


def _dismissing(alarmed: list[str]) -> Callable[[Dialog], None]:
    def dismiss(dialog: Dialog) -> None:
        alarmed.append(dialog.message)
        dialog.dismiss()

    return dismiss


def _sign_in(page: Page) -> None:
    page.fill("#name", "sam")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")


def _axe(page: Page, address: str) -> list[str]:
    page.goto(address)
    return _axe_here(page)


def _axe_here(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    page.add_script_tag(path=AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found["violations"] for node in fault["nodes"]]


def _searched(page: Page, console: Site, typed: str) -> Page:
    page.goto(f"{console.address}/queue")
    page.fill("#words", typed)
    page.click("text=Search")
    return page
