"""Weights from a council's own confirmed decisions, as `mash-intake corrections export --for matches` writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.matching.council import fit_council, read_decisions
from pipeline.errors import WrongSetup
from pipeline.match.index import Index
from pipeline.match.weights import read_weights, shipped_weights
from tests.match.match_people import crowd, query


def _records(tmp_path: Path) -> Path:
    file = tmp_path / "records.csv"
    columns = ("record_id", "given_names", "family_name", "date_of_birth", "gender", "address", "postcode", "household_id")
    rows = [",".join(f'"{getattr(person, column) or ""}"' for column in columns) for person in crowd()]
    file.write_text("\n".join((",".join(columns), *rows)) + "\n", encoding="utf-8")
    return file


def _decisions(tmp_path: Path, extra: str = "") -> Path:
    """Here screeners confirm people whose family name is another: in this place that is common."""
    lines = [
        {
            "query": {"id": "children.0", "name": f"{person.given_names} Carrow", "date_of_birth": person.date_of_birth, "postcode": person.postcode},
            "record_id": person.record_id,
            "decided_at": "2026-11-20T10:00:00+00:00",
            "reference": "LEWI-26-0000-0000",
            "shown": [person.record_id],
        }
        for person in crowd()[:120:4]
    ]
    file = tmp_path / "decisions.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n" + extra, encoding="utf-8")
    return file


def test_decisions_move_the_weights_and_a_weights_file_comes_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "weights.json"
    fit_council(_records(tmp_path), _decisions(tmp_path), new, hold=0.5)
    fitted, shipped = read_weights(new), shipped_weights()
    person = crowd()[0]
    asked = query(f"{person.given_names} Carrow", person.date_of_birth, postcode=person.postcode)
    before, after = (Index.build(crowd(), weights).match(asked).candidates[0] for weights in (shipped, fitted))
    assert before.record_id == after.record_id == person.record_id
    assert after.probability > before.probability
    assert fitted.calibration == shipped.calibration  # thirty decisions are too few to calibrate on
    assert "30 decisions; loss of one left out" in capsys.readouterr().out


def test_a_decision_about_a_record_that_is_gone_is_left_out_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = json.dumps({"query": {"id": "children.1", "name": "Ana Dale"}, "record_id": "GONE"})
    fit_council(_records(tmp_path), _decisions(tmp_path, gone), tmp_path / "weights.json", hold=0.5)
    assert "1 decisions name a record that is not in records.csv" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["{", '{"query": {"id": "a"}, "record_id": null}', '{"record_id": "P1"}', "[]"])
def test_a_line_that_is_no_decision_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(WrongSetup, match=r"decisions\.jsonl: line 31"):
        read_decisions(_decisions(tmp_path, line))


def test_an_empty_file_names_the_command_that_writes_one(tmp_path: Path) -> None:
    empty = tmp_path / "decisions.jsonl"
    empty.write_text("\n", encoding="utf-8")
    with pytest.raises(WrongSetup, match="corrections export --for matches"):
        read_decisions(empty)
