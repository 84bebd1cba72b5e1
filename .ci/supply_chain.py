# ruff: noqa: INP001
"""What we ship, from where, under which licence, and whether anything is known to be wrong with it: .ci/supply_chain.py [--licences-only]

Writes build/supply-chain/ (vulnerabilities.json, sbom-python.json, sbom-console.json) and docs/governance/licences.md. Ends with 1 where a
vulnerability is known, or a licence is; where the service that knows vulnerabilities cannot be reached it says so, and that is no finding.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "supply-chain"
LOCK = ROOT / "requirements" / "run.txt"
CONSOLE = ROOT / "pipeline" / "review" / "assets"
PAGE = ROOT / "docs" / "governance" / "licences.md"
BIN = Path(sys.executable).parent
SHIPPED_TO_BROWSERS = ("govuk-frontend", "htmx.org")
READ_BY_HAND = {
    "IMAPClient": "BSD-3-Clause (its COPYING file; its metadata say nothing)",
    "text-unidecode": "Artistic License (the other choice, GPL, is not taken)",
}
UNWANTED = re.compile(r"\b(A?GPL|SSPL|BUSL)\b|Affero|Commons Clause|Business Source|UNKNOWN", re.IGNORECASE)
HEAD = """# Licences of what is shipped

Written by `make supply-chain` from the lock files; a test fails when a package is missing here. Python packages are installed from `requirements/run.txt`, each by its hash. The console's style
sheet and scripts are built from `pipeline/review/assets/package-lock.json`. Tesseract, LibreOffice and PostgreSQL are used where an operator installs them, and are not part of this.

"""


def main() -> int:
    """All of it, one after another; says what was found."""
    OUT.mkdir(parents=True, exist_ok=True)
    unwanted = licences()
    for name, licence in unwanted:
        _say(f"licence to look at: {name}: {licence}")
    if "--licences-only" in sys.argv:
        return bool(unwanted)
    bills()
    known = vulnerabilities()
    return bool(unwanted or known)


def locked() -> dict[str, str]:
    """Packages of the lock file with their versions."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def licences() -> list[tuple[str, str]]:
    """Write the page; gives those that a council's lawyer would want to see."""
    asked = [str(BIN / "pip-licenses"), "--from=mixed", "--with-system", "--format=json", "--packages", *locked()]
    python = sorted((one["Name"], one["Version"], READ_BY_HAND.get(one["Name"]) or _tidy(one["License"])) for one in json.loads(_run(asked)))
    lock = json.loads((CONSOLE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    browser = [(name, lock[f"node_modules/{name}"]["version"], lock[f"node_modules/{name}"]["license"]) for name in SHIPPED_TO_BROWSERS]
    tables = [("Python", python), ("Sent to browsers", browser)]
    text = HEAD + "\n".join(f"## {title}\n\n| package | version | licence |\n| --- | --- | --- |\n{_rows(rows)}" for title, rows in tables)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    _say(f"{len(python)} Python packages and {len(browser)} for browsers: {PAGE.relative_to(ROOT)}")
    return [(name, licence) for _, rows in tables for name, _, licence in rows if UNWANTED.search(licence) and name not in READ_BY_HAND]


def _tidy(licence: str) -> str:
    """Some packages give the whole text of their licence instead of its name."""
    return " ".join((licence.splitlines() or ["UNKNOWN"])[0].replace("|", "/").split())[:80]


def _rows(rows: list[tuple[str, str, str]]) -> str:
    return "".join(f"| {name} | {version} | {licence} |\n" for name, version, licence in rows)


def bills() -> None:
    """CycloneDX lists of what the Python side and the console are made of."""
    _run([str(BIN / "cyclonedx-py"), "requirements", str(LOCK), "--of", "JSON", "--output-reproducible", "-o", str(OUT / "sbom-python.json")])
    told = f"{len(locked())} Python packages"
    try:
        made = _console()
        (OUT / "sbom-console.json").write_text(made, encoding="utf-8")
        told += f", {len(json.loads(made)['components'])} for the console"
    except (FileNotFoundError, subprocess.CalledProcessError, ValueError):
        told += "; the console's list needs npm 10 or later"
    _say(f"CycloneDX: {told}, in {OUT.relative_to(ROOT)}")


def _console() -> str:
    """By npm itself, which wants a version for what it lists: ours gets one in a copy."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            told = json.loads((CONSOLE / name).read_text(encoding="utf-8")) | {"version": "0.0.0"}
            if "packages" in told:
                told["packages"][""]["version"] = "0.0.0"
            Path(folder, name).write_text(json.dumps(told), encoding="utf-8")
        return _run(["npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"], folder=Path(folder))


def vulnerabilities() -> int:
    """How many are known; none where nobody could be asked, and then it is said."""
    file = OUT / "vulnerabilities.json"
    file.unlink(missing_ok=True)
    asked = [str(BIN / "pip-audit"), "-r", str(LOCK), "--disable-pip", "--no-deps", "--format", "json", "-o", str(file), "--progress-spinner", "off"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    if not file.exists():
        last = (answer.stderr.strip().splitlines() or ["it said nothing"])[-1]
        _say(f"NOT ASKED: the service that knows vulnerabilities could not be reached ({last[:120]}). Run this again where it can.")
        return 0
    found = [
        (one["name"], one["version"], bug["id"], bug.get("fix_versions"))
        for one in json.loads(file.read_text())["dependencies"]
        for bug in one.get("vulns", ())
    ]
    for name, version, bug, fixed in found:
        _say(f"VULNERABLE: {name} {version}: {bug}, mended in {', '.join(fixed or ['no version yet'])}")
    _say(f"{len(found)} known vulnerabilities in {len(locked())} packages")
    return len(found)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _run(command: list[str], folder: Path = ROOT) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
