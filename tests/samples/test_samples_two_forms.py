"""Mails with two forms each: both come out whole, and neither takes anything from the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.family import TODAY
from benchmarks.reading.generate import Made, make
from benchmarks.reading.layouts import all_layouts
from pipeline.settings import Settings
from pipeline.shelf import FileShelf
from samples.mime import DOCX, Envelope, attachment, mail, multipart, text

LAYOUTS = {layout.name: layout for layout in all_layouts(1)}
PAIRS = [("marf-hub", "marf-hub"), ("iaf-single", "caf-full"), ("ssr-school", "caf-sections"), ("caf-full", "marf-hub"), ("ssr-school", "iaf-single")]


def mail_of(forms: list[Made]) -> bytes:
    envelope = Envelope("two-forms", "Ann Example", "ann@example.org", "Two referrals", "Mon, 16 Nov 2026 10:00:00 +0000")
    files = [attachment(draw_docx(made.form), f"form {number}.docx", DOCX) for number, made in enumerate(forms, 1)]
    return mail(envelope, multipart("mixed", "two", [text("Two forms attached."), *files]))


@pytest.mark.parametrize("number", range(len(PAIRS)))
def test_both_forms_come_out_whole(number: int, tmp_path: Path) -> None:
    forms = [make(LAYOUTS[name], 10 * number + 2 * place, 3, "docx") for place, name in enumerate(PAIRS[number])]
    path = tmp_path / "two.eml"
    path.write_bytes(mail_of(forms))
    with FileShelf.open(Settings(data_dir=tmp_path), today=TODAY) as shelf:
        read = list(shelf.read_paths([path]))
    assert [one.status for one in read] == ["read", "read"]
    for made, one in zip(forms, read, strict=True):
        gold = made.gold.record()
        assert one.form.type in made.form.layout.accepted
        assert {child.family_name for child in one.record.children} == {child.get("family_name") for child in gold["children"]}
        assert one.record.referrer.name == gold["referrer"]["name"]
