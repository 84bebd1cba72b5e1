"""Mails with two forms each, end to end through the command: both come out whole, and neither takes anything from the other."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from typer.testing import CliRunner

from benchmarks.reading.draw_body import draw_html, draw_text
from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.generate import Made, make
from benchmarks.reading.layouts import all_layouts
from models.contact import MessageRef
from models.extraction import Extraction
from models.matching import HouseholdMatch
from models.narrative import Narrative
from models.record import Record
from pipeline.authorities import load_authority
from pipeline.cli import app
from pipeline.ingest.message import parse
from pipeline.ingest.unpack import unpack
from pipeline.settings import Settings
from pipeline.shelf import open_reader
from pipeline.story import Arrival, Stages, cases
from samples.mime import DOCX, PDF, Envelope, Part, attachment, mail, multipart, text
from samples.printing import print_all

LAYOUTS = {layout.name: layout for layout in all_layouts(1)}
NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)
HELLO = text("Two forms attached.")
CHILD = ("given_names", "family_name", "date_of_birth", "address")
REFERRER = ("name", "phone", "email")


@cache
def form(layout: str, number: int) -> Made:
    return make(LAYOUTS[layout], number, 3, "docx")


def word(made: Made, name: str) -> Part:
    return attachment(draw_docx(made.form), name, DOCX)


def printed(*forms: Made) -> bytes:
    """Forms printed one after another into one PDF."""
    pages = print_all({str(number): draw_docx(made.form) for number, made in enumerate(forms)})
    joined, out = pikepdf.new(), io.BytesIO()
    for number in range(len(forms)):
        with pikepdf.open(io.BytesIO(pages[str(number)])) as one:
            joined.pages.extend(one.pages)
            joined.save(out)
            out.seek(0)
    return out.getvalue()


def packed(forms: dict[str, Made]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, made in forms.items():
            archive.writestr(name, draw_docx(made.form))
    return out.getvalue()


@dataclass(frozen=True)
class Bag:
    """A mail's two forms, and the parts they come in."""

    forms: tuple[Made, Made]
    parts: Callable[[Made, Made], list[Part]]
    prints: bool = False


BAGS = {
    "two Word files": Bag((form("marf-hub", 0), form("iaf-single", 2)), lambda a, b: [HELLO, word(a, "a.docx"), word(b, "b.docx")]),
    "two Word files of one name": Bag((form("marf-hub", 20), form("marf-hub", 22)), lambda a, b: [HELLO, word(a, "form.docx"), word(b, "form.docx")]),
    "a Word file and a PDF": Bag(
        (form("caf-full", 4), form("ssr-school", 6)), lambda a, b: [HELLO, word(a, "a.docx"), attachment(printed(b), "b.pdf", PDF)], prints=True
    ),
    "two in one zip": Bag(
        (form("caf-sections", 8), form("marf-hub", 10)),
        lambda a, b: [HELLO, attachment(packed({"forms/a.docx": a, "forms/b.docx": b}), "forms.zip", "application/zip")],
    ),
    "one in the body as a table": Bag(
        (form("ssr-school", 12), form("iaf-single", 14)), lambda a, b: [text(draw_html(a.form), "html"), word(b, "b.docx")]
    ),
    "one in the body as text": Bag((form("ssr-school", 12), form("iaf-single", 14)), lambda a, b: [text(draw_text(a.form)), word(b, "b.docx")]),
    "one PDF of one form twice": Bag(
        (form("marf-hub", 16), form("marf-hub", 18)), lambda a, b: [HELLO, attachment(printed(a, b), "batch.pdf", PDF)], prints=True
    ),
    "one PDF of two forms": Bag(
        (form("marf-hub", 0), form("iaf-single", 2)), lambda a, b: [HELLO, attachment(printed(a, b), "batch.pdf", PDF)], prints=True
    ),
}


def raw(bag: Bag) -> bytes:
    if bag.prints and shutil.which("soffice") is None:
        pytest.skip("LibreOffice prints the PDFs")
    envelope = Envelope("two-forms", "Ann Example", "ann@example.org", "Two referrals", "Mon, 16 Nov 2026 10:00:00 +0000")
    return mail(envelope, multipart("mixed", "two", bag.parts(*bag.forms)))


def extracted(data: bytes, folder: Path) -> list[Extraction]:
    """What `mash-intake extract --json` says of a mail."""
    path = folder / "two.eml"
    path.write_bytes(data)
    done = CliRunner().invoke(app, ["extract", "--json", str(path)])
    assert done.exit_code == 0
    return [Extraction.model_validate(json.loads(line)) for line in done.stdout.splitlines()]


def critical(record: dict[str, Any]) -> dict[str, Any]:
    """What must not go wrong, of a record as JSON."""
    children, referrer, consent = (record.get(name) or {} for name in ("children", "referrer", "consent"))
    found = {f"child {number} {key}": child.get(key) for number, child in enumerate(children) for key in CHILD}
    return {
        **found,
        **{key: referrer.get(key) for key in REFERRER},
        "consent": consent.get("status"),
        "reason": ((record.get("narrative") or {}).get("reason") or "")[:60],
    }


def assert_whole(read: dict[str, Any], made: Made) -> None:
    wanted, got = critical(made.gold.record()), critical(read)
    assert set(got) == set(wanted)
    for name, value in wanted.items():
        if name.endswith("address"):
            assert str(got[name]).startswith(str(value)), name  # a postcode may stand in an address
        else:
            assert got[name] == value, name


@pytest.mark.parametrize("name", BAGS)
def test_both_forms_come_out_whole(name: str, tmp_path: Path) -> None:
    bag = BAGS[name]
    read = extracted(raw(bag), tmp_path)
    assert [one.status for one in read] == ["read", "read"]
    assert len({one.path for one in read}) == 2 or name == "two Word files of one name"
    for made in bag.forms:
        families = {child.get("family_name") for child in made.gold.record()["children"]}
        (one,) = [one for one in read if families & {child.family_name for child in one.record.children}]
        assert one.form.type in made.form.layout.accepted
        assert_whole(one.record.model_dump(mode="json"), made)


def boxes(record: Record) -> list[str]:
    """What a record tells at some length."""
    told = [getattr(record.narrative, box) for box in type(record.narrative).model_fields]
    return [words for words in told if words and len(words) > 60]


@pytest.mark.parametrize("name", BAGS)
def test_each_family_becomes_a_case_of_its_own(name: str, tmp_path: Path) -> None:
    """The whole story up to the store: two contacts, and no word of the one family in the other's narrative."""
    bag = BAGS[name]
    data = raw(bag)
    opened = parse(data)
    unpacked = unpack(opened)
    arrival = Arrival(
        opened.model_copy(update={"attachments": unpacked.files}), NOW, MessageRef(id="m", sha256="", received_at=NOW), unopened=unpacked.unopened
    )
    with open_reader(Settings(data_dir=tmp_path), (), NOW.date()) as reader:
        stages = Stages(
            load_authority("lewisham"), reader, lambda number, text: Narrative(id=number, sentences=()), lambda queries, record: HouseholdMatch()
        )
        told = cases(arrival, stages, NOW)
    assert len(told) == 2
    for case in told:
        (other,) = [one for one in told if one is not case]
        assert case.narrative is not None
        mine, theirs = boxes(case.record), boxes(other.record)
        assert mine
        assert theirs
        assert all(words in case.narrative.text for words in mine)
        assert not any(words in case.narrative.text for words in theirs if words not in mine)
