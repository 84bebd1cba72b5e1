"""The report in a real browser: it fits narrow screens, says nothing to the network, and can be read by everybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from models.record import NarrativeBoxes
from pipeline.review.report import render
from tests import factory
from tests import rich_contact as rich

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PAIRS = [
    ("ink", "paper"),
    ("soft", "paper"),
    ("soft", "wash"),
    ("soft", "red-wash"),
    ("soft", "amber-wash"),
    ("link", "paper"),
    ("link", "wash"),
    ("red", "paper"),
    ("red", "red-wash"),
    ("amber", "paper"),
    ("amber", "amber-wash"),
    ("green", "paper"),
    ("green", "green-wash"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Debian's chromium is needed: `make test` installs it"
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich contact, with a word too long for any line."""
    record = rich.rich_record().model_copy(update={"narrative": NarrativeBoxes(worries=rich.RICH_TEXT, other="x" * 400)})
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(rich.rich_contact(record=record, fields=factory.fields_of(record))), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_the_page_fits_its_window(browser: Browser, written: Path, width: int) -> None:
    page = _open(browser, written, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_the_style_is_let_through_and_nothing_else_is_asked_for(browser: Browser, written: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written.as_uri())
    assert said == []
    assert asked == [written.as_uri()]
    assert page.evaluate("getComputedStyle(document.querySelector('.banner-urgent')).borderLeftWidth") == "12px"
    context.close()


def test_it_works_with_scripts_off(browser: Browser, written: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written.as_uri())
    row = page.locator("#value-children-0-given-names")
    assert not row.get_by_text("How sure", exact=True).is_visible()
    row.locator("summary").click()
    assert row.get_by_text("How sure", exact=True).is_visible()
    context.close()


def test_the_first_tab_skips_to_the_report_and_focus_shows(browser: Browser, written: Path) -> None:
    page = _open(browser, written, 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.context.close()


def test_what_is_clicked_is_tall_enough(browser: Browser, written: Path) -> None:
    page = _open(browser, written, 320)
    heights = page.evaluate("[...document.querySelectorAll('summary, nav a')].map(one => one.getBoundingClientRect().height)")
    assert len(heights) > 20
    assert min(heights) >= 24
    page.context.close()


def test_marks_of_fact_reported_and_opinion_differ_without_colour(browser: Browser, written: Path) -> None:
    page = _open(browser, written, 1280)
    styles = [
        page.evaluate(f"getComputedStyle(document.querySelector('.said-{kind} .line')).textDecorationStyle")
        for kind in ("fact", "reported", "opinion")
    ]
    assert styles == ["solid", "dashed", "wavy"]
    page.context.close()


@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
def test_words_stand_out_from_what_they_stand_on(pair: tuple[str, str]) -> None:
    assert _contrast(_colours()[pair[0]], _colours()[pair[1]]) >= 4.5


def _open(browser: Browser, path: Path, width: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(path.as_uri())
    return page


def _colours() -> dict[str, str]:
    css = resources.files("pipeline.review").joinpath("templates/report.css").read_text(encoding="utf-8")
    short = dict(re.findall(r"--([a-z-]+):\s*#([0-9a-f]{3,6})", css))
    return {name: "".join(two * 2 for two in value) if len(value) == 3 else value for name, value in short.items()}


def _contrast(one: str, other: str) -> float:
    """WCAG 2's ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
