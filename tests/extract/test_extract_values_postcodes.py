"""Postcodes with look-alikes: the repair is offered in words, the value stays open."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from models.mail import FileKind
from pipeline.extract.reader import read_document
from pipeline.extract.understand import understand
from pipeline.extract.values.postcodes import offered_postcode


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("KF9 2T5", "KF9 2TS"),
        ("KFS 2TE", "KF5 2TE"),
        ("16 Hatters Lane, Thornbridge, LWI1 9LX", "LW11 9LX"),
        ("TH10 OPJ", "TH10 0PJ"),
        ("8W15 3SR", "BW15 3SR"),
        ("KF9 2TE", None),
        ("Flat 10, Mill Lane", None),
        ("12 High Road", None),
        ("Flat 15 Old", None),
        ("Stonebridge", None),
        ("", None),
        ("not known", None),
        ("020 7946 0440", None),
    ],
)
def test_look_alikes_are_put_right_where_one_postcode_is_meant(written: str, offered: str | None) -> None:
    assert offered_postcode(written) == offered


def test_the_repair_is_offered_and_not_applied() -> None:
    paper = docx.Document()
    table = paper.add_table(rows=0, cols=2)
    for label, value in (
        ("Name of child", "Orla Gale"),
        ("Date of birth", "14/03/2017"),
        ("Home address", "16 Hatters Lane, Thornbridge"),
        ("Postcode", "KFS 2TE"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    data = BytesIO()
    paper.save(data)
    document = read_document(data.getvalue(), "form.docx", FileKind.DOCX)
    found = understand(document, (), date(2026, 11, 20))
    assert found.record.children[0].postcode is None
    assert [gap.message for gap in found.gaps if gap.field == "children.0.postcode"] == ["This is not a UK postcode; it may be meant as KF5 2TE."]
