"""A value of the wrong kind costs itself and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

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


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"age": "about six"}, "children.0.age"),
        ({"aliases": [3]}, "children.0.aliases"),
        ({"gender": "mixed"}, "children.0.gender"),
        ({"unborn": None}, "children.0.unborn"),
        ({"shoe_size": "4"}, "children.0.shoe_size"),
    ],
)
def test_a_value_of_several_kinds_or_in_a_list_costs_itself_alone(wrong: dict[str, Any], path: str) -> None:
    work = Assembly("form.docx")
    work.data = {"children": [{"given_names": "Orla", **wrong}, {"given_names": "Finn"}], "safety": {"scale": "high"}}
    record = work.record()
    assert [child.given_names for child in record.children] == ["Orla", "Finn"]
    assert [gap.field for gap in work.gaps] == [path, "safety.scale"]
