"""Records and look-ups on the command line, as somebody at a council would run them: what comes in, what is told, and what the exit code says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import one_line, run

HEADER = "record_id,given_names,family_name,date_of_birth,address,postcode,flags\n"
GOOD = "P1,Perran,Ashdown,2017-03-14,8 Tern Way,ZQ1 1AA,\n"


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {"MASH_DATA_DIR": str(tmp_path / "data")}


def _ask(tmp_path: Path, settings: dict[str, str], **query: str) -> dict[str, object]:
    (tmp_path / "q.jsonl").write_text(json.dumps({"id": "q", **query}) + "\n", encoding="utf-8")
    answer = run("match", "--json", "q.jsonl", cwd=tmp_path, **settings)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def test_a_councils_own_file_comes_in_and_every_bad_line_is_told(tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "map.toml").write_text(
        '[columns]\nrecord_id = "Client ID"\ngiven_names = "Forenames"\nfamily_name = "Surname"\ndate_of_birth = "DOB"\n', encoding="utf-8"
    )
    rows = ["1;Zoë;Müller;3/2/2014", "2;Ana;Dale;31/02/2014", "2;Ana;Dale;", ";No;Id;", '4;"Open;Quote;', "5;Too", "6;Ben;Cole;2015-06-07"]
    (tmp_path / "export.csv").write_bytes("\r\n".join(("Client ID;Forenames;Surname;DOB", *rows)).encode("cp1252"))
    answer = run("records", "import", "export.csv", "--map", "map.toml", cwd=tmp_path, **settings)
    assert answer.returncode == 0
    said = " ".join(answer.stderr.split())
    for number in (3, 4, 5, 6, 7):
        assert f"line {number}:" in said
    assert "3 records taken in, 4 left out" in said
    assert "The index is ready: 3 records." in said
    assert "Dale" not in said
    assert _ask(tmp_path, settings, name="Zoe Muller", date_of_birth="03/02/2014")["candidates"][0]["record_id"] == "1"  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("wrong.csv", b"a,b\n1,2\n", "no column record_id, given_names, family_name"),
        ("bad.csv", HEADER.encode() + b",No,Id,,,,\n", "the first fault is in line 2"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_exit_1_and_names_itself(
    name: str, content: bytes, said: str, tmp_path: Path, settings: dict[str, str]
) -> None:
    (tmp_path / name).write_bytes(content)
    answer = run("records", "import", name, cwd=tmp_path, **settings)
    assert answer.returncode == 1
    last = answer.stderr.strip().splitlines()[-1]
    assert name in last
    assert said in last
    assert "Traceback" not in answer.stderr


def test_a_restricted_record_gives_no_address_in_words_or_json(tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "people.csv").write_text(HEADER + GOOD.replace(",\n", ",restricted\n"), encoding="utf-8")
    assert run("records", "import", "people.csv", cwd=tmp_path, **settings).returncode == 0
    found = _ask(tmp_path, settings, name="Perran Ashdown", date_of_birth="14/3/2017", address="8 Tern Way")
    assert found["decision"] == "review"
    assert "Tern Way" not in json.dumps(found)
    assert "ZQ1" not in json.dumps(found)
    words = run("match", "q.jsonl", cwd=tmp_path, **settings).stdout
    assert "restricted record" in words
    assert "Tern Way" not in words
    assert "birth date: birth date the same" in words


def test_the_same_file_again_changes_nothing_and_one_changed_line_is_found_changed(tmp_path: Path, settings: dict[str, str]) -> None:
    people = tmp_path / "people.csv"
    for content in (GOOD, GOOD, GOOD.replace("2017-03-14", "2011-09-02")):
        people.write_text(HEADER + content, encoding="utf-8")
        assert run("records", "import", "people.csv", cwd=tmp_path, **settings).returncode == 0
    candidates = _ask(tmp_path, settings, name="Perran Ashdown", date_of_birth="2/9/2011")["candidates"]
    assert [one["person"]["date_of_birth"] for one in candidates] == ["2011-09-02"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", ['{"id": "q"', '{"id": "q"}'])
def test_a_query_that_is_none_names_its_line(line: str, tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "q.jsonl").write_text(line + "\n", encoding="utf-8")
    assert "q.jsonl, line 1" in one_line(run("match", "q.jsonl", cwd=tmp_path, **settings))


def test_almost_nothing_is_a_question_with_its_reason(tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "people.csv").write_text(HEADER + GOOD, encoding="utf-8")
    run("records", "import", "people.csv", cwd=tmp_path, **settings)
    for name, said in (("Perran", "only a name was given"), ("?", "almost nothing to search by")):
        found = _ask(tmp_path, settings, name=name)
        assert found["decision"] == "review"
        assert said in " ".join(found["notes"])  # type: ignore[arg-type]


def test_every_command_reads_the_index_that_the_import_made_and_an_erased_record_is_gone_from_it(tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "people.csv").write_text(HEADER + GOOD + "P2,Tamsin,Ashdown,1988-05-04,8 Tern Way,ZQ1 1AA,\n", encoding="utf-8")
    assert run("records", "import", "people.csv", cwd=tmp_path, **settings).returncode == 0
    kept = tmp_path / "data" / "index" / "people"
    made = kept.read_bytes()
    asked = {"name": "Perran Ashdown", "date_of_birth": "14/03/2017", "postcode": "ZQ1 1AA"}
    assert _ask(tmp_path, settings, **asked)["candidates"][0]["record_id"] == "P1"  # type: ignore[index]
    assert kept.read_bytes() == made, "a file written anew is sealed with other numbers"
    assert run("records", "remove", "P1", cwd=tmp_path, **settings).returncode == 0
    assert kept.read_bytes() != made
    assert "P1" not in [one["record_id"] for one in _ask(tmp_path, settings, **asked)["candidates"]]  # type: ignore[attr-defined]
    assert run("records", "remove", "P1", cwd=tmp_path, **settings).returncode == 1
