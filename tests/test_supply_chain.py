"""What we install is what we locked; nothing is unpickled or fetched while the product runs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
SOURCES = sorted(path for room in ("models", "pipeline", "flows") for path in (ROOT / room).rglob("*.py"))
UNPICKLE = {"pickle", "cloudpickle", "dill", "shelve", "marshal", "joblib", "_pickle"}
FETCH = {"requests", "httpx", "aiohttp", "urllib3", "huggingface_hub", "pip", "ensurepip"}
MAY_ASK = {"pipeline/oauth.py", "pipeline/review/web/oidc.py"}
"""Who speaks to the identity service that an operator names. The mail servers' edges speak by the standard library."""
LOADERS = {"urlretrieve", "snapshot_download", "hf_hub_download"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_locked_by_hash_and_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = [" ".join(entry.split()) for entry in re.sub(r"\\\n\s*", " ", text).splitlines() if entry.strip() and not entry.startswith("#")]
    assert len(entries) > 50
    loose = [
        entry for entry in entries if not re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^\s;]+( ; [^#]+?)?( --hash=sha256:[0-9a-f]{64})+", entry)
    ]
    assert loose == []
    assert "://" not in text
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host", text)


def test_the_console_is_locked_by_integrity_and_names_no_host() -> None:
    lock = ROOT / "pipeline" / "review" / "assets" / "package-lock.json"
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert [name for name, told in packages.items() if name and not told.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, told in packages.items() if "resolved" in told] == []


def test_what_runs_is_what_is_developed_with() -> None:
    run, dev = (
        dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in ("run.txt", "dev.txt")
    )
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}


def test_nothing_is_unpickled_or_fetched_by_our_code() -> None:
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            roots = {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) else {name.split(".")[0] for name in names}
            barred = UNPICKLE if str(path.relative_to(ROOT)) in MAY_ASK else UNPICKLE | FETCH
            if roots & barred or set(names) & LOADERS:
                found.append(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
            if (
                isinstance(node, ast.keyword)
                and node.arg == "allow_pickle"
                and not (isinstance(node.value, ast.Constant) and node.value.value is False)
            ):
                found.append(f"{path.relative_to(ROOT)}: allow_pickle")
    assert found == []


WATCHED = """
import pickle, sys
tried = []
def refuse(*_, **__):
    tried.append("unpickled")
    raise RuntimeError("nothing is unpickled here")
pickle.load = pickle.loads = pickle.Unpickler = refuse
def watch(event, given):
    if event == "socket.connect" and not (isinstance(given[1], (str, bytes)) or given[1][0] in ("127.0.0.1", "::1")):
        tried.append("connected")
        raise RuntimeError("nothing is fetched here")
    if event in ("socket.getaddrinfo", "urllib.Request") and given[0] not in ("127.0.0.1", "localhost", None):
        tried.append(event)
        raise RuntimeError("nothing is asked for here")
sys.addaudithook(watch)
"""
RUNS = """
from datetime import date
from pathlib import Path
from pipeline.extract.narrative import Narrator
from pipeline.settings import Settings
from pipeline.shelf import FileShelf
told = Narrator().read("1", "Mum said that he hit her. She is frightened to go home.")
assert told.raised
with FileShelf.open(Settings(), today=date(2026, 11, 20)) as shelf:
    read = list(shelf.read_paths([Path(sys.argv[1])]))
assert any(one.status == "read" for one in read), [one.problem for one in read]
print("tried", tried)
"""


def test_the_models_load_without_unpickling_and_without_a_network() -> None:
    sample = next(
        path for path in sorted((ROOT / "samples" / "mails").glob("*.eml")) if json.loads(path.with_suffix(".json").read_text())["authority"]
    )
    answer = subprocess.run([sys.executable, "-c", WATCHED + RUNS, str(sample)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stdout.strip() == "tried []", answer.stderr[-2000:]


def test_the_watch_sees_a_download_and_a_pickle() -> None:
    for attempt in ("import pickle; pickle.loads(b'N.')", "import urllib.request; urllib.request.urlopen('http://model.example/weights')"):
        program = WATCHED + f"try:\n    {attempt}\nexcept Exception:\n    pass\nprint(tried)"
        answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert answer.stdout.strip() not in ("", "[]"), answer.stderr


def test_every_package_that_is_shipped_has_its_licence_told() -> None:
    page = (ROOT / "docs" / "governance" / "licences.md").read_text(encoding="utf-8")
    told = {re.sub(r"[-_.]+", "-", name).lower(): licence for name, licence in re.findall(r"^\| (\S+) \| \S+ \| (.+) \|$", page, re.MULTILINE)}
    locked = {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE)}
    missing = {re.sub(r"[-_.]+", "-", name) for name in locked} - set(told)
    assert missing == set(), "run: make supply-chain"
    assert "UNKNOWN" not in told.values()
