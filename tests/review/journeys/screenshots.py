"""Pictures of the referral page, to be looked at: `python -m tests.review.journeys.screenshots [FOLDER] [--docs]`.

The samples' mails come in, and each view is kept at the width of a desk, a tablet and a narrow telephone. `--docs` makes the small pictures of
docs/screeners.md anew instead.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from models.contact import Contact
from pipeline.match.records import read_records
from tests.mails import form, mail
from tests.review.journeys.live import Live, live
from tests.screened import AUTHENTIC

ROOT = Path(__file__).resolve().parents[3]
WIDTHS = {"desk": (1400, 1000), "tablet": (820, 1100), "narrow": (320, 720)}
_MAILS = [path for path in sorted((ROOT / "samples" / "mails").glob("*.eml")) if "duplicate" not in path.name]  # that one is no contact of its own
PICTURES = ROOT / "docs" / "pictures"
_SHOWN = 980


def main(arguments: list[str]) -> None:
    """Make all pictures and say where they are."""
    folders = [one for one in arguments if not one.startswith("--")]
    out = Path(folders[0]) if folders else ROOT / "build" / "screenshots"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, live(Path(data)) as console:
        contacts = _taken_in(console)
        if "--docs" in arguments:
            _documents(console, contacts)
            return
        for name, (width, height) in WIDTHS.items():
            with console.screen(width=width, height=height) as page:
                for view, shown in _views(console, page, contacts):
                    page.screenshot(path=str(out / f"{view}-{name}.png"), full_page=shown == "whole")
    print(f"Pictures are in {out}")


def _taken_in(console: Live) -> dict[str, Contact]:
    """The samples' mails and two of our own, against the samples' records."""
    for batch in read_records(ROOT / "samples" / "records.csv", None).batches():
        console.hub.know(*batch.people)
    found = {path.stem: console.hub.receive(path.read_bytes()) for path in _MAILS}
    found["form"] = console.hub.receive(mail(("Referral.docx", form()), headers=AUTHENTIC))
    return found


def _pick(contacts: dict[str, Contact], wanted: Callable[[Contact], object]) -> Contact:
    return next((one for one in contacts.values() if wanted(one)), next(iter(contacts.values())))


def _views(console: Live, page: Page, contacts: dict[str, Contact]) -> Iterator[tuple[str, str]]:
    """Each view by name, left open for its picture, and whether the whole page is kept."""
    urgent = _pick(contacts, lambda one: one.routing.decision == "screen_urgently")
    siblings = _pick(contacts, lambda one: len(one.record.children) > 1)
    page.goto(f"{console.address}/queue")
    yield "queue", "window"
    console.open(page, urgent.reference)
    yield "urgent", "window"
    yield "urgent-whole", "whole"
    console.open(page, siblings.reference)
    yield "siblings-whole", "whole"
    with _lit(console, page, urgent):
        yield "lit", "window"
    console.open(page, contacts["form"].reference, "?show=children.0.date_of_birth")
    page.wait_for_selector(".leaf-sheet image")
    _drawn(page)
    page.evaluate("document.getElementById('source').scrollIntoView()")
    yield "word-form-lit", "window"
    page.goto(f"{console.address}/referral/{urgent.reference}/mail/0")
    yield "mail", "whole"
    page.goto(f"{console.address}/referral/{urgent.reference}")
    page.click(".leaf-files a:has-text('Look at it') >> nth=0")
    page.wait_for_load_state("load")
    _drawn(page)
    yield "file", "window"


@contextmanager
def _lit(console: Live, page: Page, contact: Contact) -> Iterator[None]:
    path = next((one.path for one in contact.fields if one.path == "children.0.date_of_birth"), contact.fields[0].path)
    console.open(page, contact.reference)
    page.click(f"#open-value-{path.replace('.', '-').replace('_', '-')}")
    page.wait_for_selector("#source[data-shows]")
    _drawn(page)
    yield


def _drawn(page: Page) -> None:
    """Wait until the pictures of a page's sheets are there."""
    there = (
        "[...document.querySelectorAll('.leaf-sheet image')].every(one => performance.getEntriesByName(new URL(one.href.baseVal, location).href)"
        ".some(entry => entry.responseEnd > 0))"
    )
    ends = time.monotonic() + 90
    while not page.evaluate(there) and time.monotonic() < ends:
        page.wait_for_timeout(100)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _documents(console: Live, contacts: dict[str, Contact]) -> None:
    """The pictures of the guide: parts of the page, small."""
    urgent = _pick(contacts, lambda one: one.routing.decision == "screen_urgently")
    incomplete = _pick(contacts, lambda one: one.routing.decision == "return_to_referrer")
    known = _pick(contacts, lambda one: any(result.decision != "none" for result in one.matches))
    with console.screen(width=1400, height=1000) as page:
        console.open(page, urgent.reference)
        _keep(page, "screener-top", (0, 0, 1400, 900))
        with _lit(console, page, urgent):
            _keep(page, "screener-lit", (0, 0, 1400, 900))
        _part(page, "#told", "screener-words")
        _part(page, "#decide", "screener-decide")
        console.open(page, incomplete.reference)
        _part(page, "#missing", "screener-missing")
        console.open(page, known.reference)
        _part(page, ".leaf-candidate", "screener-known")
        page.goto(f"{console.address}/queue")
        _keep(page, "screener-queue", (0, 0, 1400, 700))


def _part(page: Page, selector: str, name: str) -> None:
    place = page.locator(selector).first
    part = place.locator("xpath=ancestor-or-self::*[self::section or contains(@class, 'leaf-candidate')][1]")
    part.scroll_into_view_if_needed()
    part.screenshot(path=str(PICTURES / f"{name}.png"))
    _small(PICTURES / f"{name}.png")


def _keep(page: Page, name: str, clip: tuple[int, int, int, int]) -> None:
    x, y, width, height = clip
    page.screenshot(path=str(PICTURES / f"{name}.png"), clip={"x": x, "y": y, "width": width, "height": height})
    _small(PICTURES / f"{name}.png")


def _small(path: Path) -> None:
    """Few colours and no more width than a guide shows."""
    with Image.open(path) as picture:
        plain = picture.convert("RGB")
    if plain.width > _SHOWN:
        plain = plain.resize((_SHOWN, round(plain.height * _SHOWN / plain.width)), Image.Resampling.LANCZOS)
    plain.crop((0, 0, plain.width, min(plain.height, 1000))).quantize(96).save(path, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
