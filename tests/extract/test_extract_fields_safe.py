"""A value of the wrong kind costs itself and nothing else."""

from __future__ import annotations

from pipeline.extract.assemble import Assembly


def test_a_value_its_place_cannot_hold_is_left_out_and_told() -> None:
    work = Assembly("form.docx")
    work.data = {
        "children": [{"given_names": "Orla"}, {"given_names": "Finn", "unborn": "He was seen on Monday and said that he was well."}],
        "referrer": {"name": "A. Gale"},
    }
    record = work.record()
    assert [child.given_names for child in record.children] == ["Orla", "Finn"]
    assert record.referrer.name == "A. Gale"
    assert [(gap.field, gap.kind) for gap in work.gaps] == [("children.1.unborn", "unclear")]
