"""The reading benchmark: forms are made the same every time, gold read back scores full marks, mistakes are counted as what they are."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.reading.compare import right
from benchmarks.reading.draw_acroform import draw_acroform
from benchmarks.reading.draw_body import draw_html, draw_text
from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.fill import fill
from benchmarks.reading.generate import as_json, make, write
from benchmarks.reading.judge import Judge, leaves
from benchmarks.reading.layouts import SPLITS, all_layouts
from benchmarks.reading.run import calibration, evaluate, generated
from models.record import Record

LAYOUTS = all_layouts(1)


def gold_of(name: str, number: int = 0) -> dict[str, Any]:
    layout = next(x for x in LAYOUTS if x.name == name)
    gold: dict[str, Any] = json.loads(json.dumps(as_json(make(layout, number, 1, "docx"), f"{name}.docx")))
    return gold


def as_reading(gold: dict[str, Any], confidence: float = 0.9) -> dict[str, Any]:
    fields = [{"path": path, "value": value, "confidence": confidence} for path, value in leaves(gold["record"]).items()]
    return {"status": "read", "form": {"type": gold["form_type"]}, "record": gold["record"], "fields": fields}


def test_every_split_has_its_own_layouts() -> None:
    names = [layout.name for layout in LAYOUTS]
    assert len(names) == len(set(names)) >= 30
    assert all(sum(layout.split == split for layout in LAYOUTS) >= 10 for split in SPLITS)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_gold_speaks_the_words_of_the_contract_and_scores_full_marks(layout: Any) -> None:
    for number in range(3):
        gold = json.loads(json.dumps(as_json(make(layout, number, 1, "docx"), "x.docx")))
        Record.model_validate(gold["record"])
        score = Judge(gold, as_reading(gold)).judge()
        assert score.f1() == (1.0, 1.0, 1.0), score.errors[:3]
        assert score.marks in {None, 1.0}, score.errors[:3]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_what_is_in_the_gold_stands_on_the_form(layout: Any) -> None:
    form, gold = fill(layout, Random(f"{layout.name}-said"))
    said = "".join(draw_text(form).split()).casefold()
    for path, value in gold.values.items():
        if isinstance(value, str) and path.endswith(("given_names", "family_name", "phone", "email", "agency", ".name", "school")):
            parts = value.split() if path == "referrer.name" else ["".join(value.split())]  # some forms ask for first name and surname apart
            assert all(part.casefold() in said for part in parts), path
    for box in gold.boxes:
        assert "".join(box["text"].split()).casefold() in said


def test_an_empty_reading_finds_nothing_and_invents_nothing() -> None:
    gold = gold_of("marf-hub")
    score = Judge(gold, None).judge()
    assert score.f1() == (0.0, 0.0, 0.0)
    assert score.invented == 0
    assert score.counts["unread"] == 1


def test_mistakes_are_wrong_invented_or_missed() -> None:
    gold = gold_of("marf-hub", 1)
    reading = json.loads(json.dumps(as_reading(gold)))
    reading["record"]["referrer"]["name"] = "Somebody Else"
    del reading["record"]["referrer"]["phone"]
    reading["record"]["referrer"]["relationship_to_child"] = "invented"
    found = {(what, path) for _, what, path, _, _ in Judge(gold, reading).judge().errors}
    assert found == {("wrong", "referrer.name"), ("missed", "referrer.phone"), ("invented", "referrer.relationship_to_child")}


def test_a_mark_read_where_none_is_set_counts_against_the_marks() -> None:
    number = next(n for n in range(40) if any(t["value"] is None and t["path"] == "consent.parents_aware" for t in gold_of("marf-hub", n)["ticks"]))
    gold = gold_of("marf-hub", number)
    reading = json.loads(json.dumps(as_reading(gold)))
    reading["record"].setdefault("consent", {})["parents_aware"] = False
    assert ("mark", "consent.parents_aware") in {(what, path) for _, what, path, _, _ in Judge(gold, reading).judge().errors}


@pytest.mark.parametrize(
    ("path", "gold", "read", "fine"),
    [
        ("referrer.phone", "07700 900123", "+44 7700 900 123", True),
        ("referrer.phone", "07700 900123", "07700 900124", False),
        ("children.0.address", "3 Mill Row, Copley", "3 Mill Row\nCopley BW2 3RN", True),
        ("people.0.relationship_to_child", "Dad", "father", True),
        ("consent.parents_aware", False, "No", True),
        ("consent.parents_aware", False, None, False),
        ("children.0.family_name", "O'Dowd", "O’DOWD", True),
        ("children.0.date_of_birth", "2015-02-01", "2015-01-02", False),
        ("safety.scale", 2.5, 2.5, True),
    ],
)
def test_what_counts_as_right(path: str, gold: Any, read: Any, fine: bool) -> None:
    assert right(path, gold, read) is fine


def test_calibration_of_an_honest_and_of_a_boastful_reader() -> None:
    honest = [(0.9, n % 10 != 0) for n in range(1000)]
    error, _, share = calibration(honest)
    assert error < 0.001
    assert share == 0
    error, sure, share = calibration([(1.0, n % 2 == 0) for n in range(1000)])
    assert (round(error, 3), round(sure, 3), share) == (0.5, 0.5, 1.0)


def test_forms_are_drawn_the_same_every_time() -> None:
    layout = next(x for x in LAYOUTS if x.name == "caf-full")
    first, again = (make(layout, 3, 1, "docx").form for _ in range(2))
    assert draw_docx(first) == draw_docx(again)
    assert draw_acroform(first, Random(1)) == draw_acroform(again, Random(1))
    assert draw_html(first) == draw_html(again)


def test_files_are_written_with_their_gold_and_scored_from_there(tmp_path: Path) -> None:
    count = write("work", 1, 1, tmp_path, ("docx", "acroform", "html", "text"))
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "work").glob("*.json")]
    assert len(golds) == count
    assert all((tmp_path / "work" / gold["file"]).stat().st_size > 500 for gold in golds)
    by_file = {gold["file"]: as_reading(gold) for gold in golds}
    groups, total = evaluate(generated(tmp_path / "work"), lambda path: by_file[path.name])
    assert total.f1()[2] == 1.0
    assert {"all", "format docx", "format text"} <= set(groups)
