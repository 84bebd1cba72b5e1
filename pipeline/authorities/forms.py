"""Reads and checks form definitions. A fault is told with file, line and remedy."""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.forms import FormDefinition
from models.paths import is_path
from pipeline.authorities.toml_lines import TomlFile, read_toml
from pipeline.errors import WrongSetup

HERE = Path(__file__).parent
IGNORE = "ignore"


@cache
def load_forms() -> tuple[FormDefinition, ...]:
    """Every definition that ships, in the order of their ids. Raises WrongSetup."""
    found: dict[str, FormDefinition] = {}
    for path in sorted(HERE.glob("*/forms/*.toml")):
        form = load_form(path)
        if form.id in found:
            raise WrongSetup(f"{path}, line 1: the id {form.id} is taken by another definition. Choose an id of its own.")
        found[form.id] = form
    return tuple(found[name] for name in sorted(found))


def own_forms(authority: str | None) -> tuple[FormDefinition, ...]:
    """The definitions in the `forms` folder of an authority of one's own; none where the authority is one that ships. Raises WrongSetup.
    One that was copied with the folder and stands unchanged is the shipped one, and is passed over.
    """
    if not authority or (Path(authority).name == authority and (HERE / authority).is_dir()):
        return ()
    own = Path(authority).expanduser()
    folder = (own.parent if own.is_file() else own) / "forms"
    shipped = {form.id: form for form in load_forms()}
    found: dict[str, Path] = dict.fromkeys(shipped, HERE)
    forms = []
    for path in sorted(folder.glob("*.toml")):
        form = load_form(path)
        if form == shipped.get(form.id):
            continue
        if form.id in found:
            raise WrongSetup(f"{path}, line 1: the id {form.id} is taken by another definition. Choose an id of its own.")
        found[form.id] = path
        forms.append(form)
    return tuple(forms)


def load_form(path: Path) -> FormDefinition:
    """One definition. Raises WrongSetup naming file, line and remedy."""
    file = read_toml(path)
    data = _flattened(file)
    try:
        form = FormDefinition.model_validate(data)
    except ValidationError as error:
        raise file.refusal(error) from None
    _check_recognisable(file, form)
    for label, target in form.labels.items():
        _check_target(file, label, target)
    for heading, block in form.blocks.items():
        if block not in blocks():
            raise _fault(file, heading, f"names the block {block!r}, which is not known. {_nearest(block, blocks())}")
    for statement, says in form.statements.items():
        _check_statement(file, statement, says)
    for number, required in enumerate(form.requires):
        if not is_path(required):
            raise file.fault(("requires", number), f"says {required!r}, which is no path of a record. Write one such as children.*.date_of_birth.")
    return form


def _flattened(file: TomlFile) -> dict[str, Any]:
    """Labels must be texts: a dot in a key that is not in quotation marks makes a table of it."""
    for table in ("labels", "blocks", "statements"):
        for name, value in dict(file.data.get(table, {})).items():
            if not isinstance(value, str):
                raise _fault(file, name, "must be given a text. Put the label in quotation marks, and what it means after the equals sign.")
    return dict(file.data)


def _check_recognisable(file: TomlFile, form: FormDefinition) -> None:
    if not form.titles and len(form.headings) < 3:
        raise file.fault(("headings",), "does not let the form be recognised. Give its title under titles, or at least three of its headings.")


def _check_target(file: TomlFile, label: str, target: str) -> None:
    block, _, slot = target.rpartition(".")
    if target == IGNORE or target in questions() or is_path(target):
        return
    if slot in slots() and (not block or block in blocks()):
        return
    known = questions() | slots() | {f"{group}.{name}" for group in blocks() for name in slots()}
    raise _fault(file, label, f"means {target!r}, which is not known. {_nearest(target, known)}")


def _check_statement(file: TomlFile, statement: str, says: str) -> None:
    path, equals, value = says.partition("=")
    if not equals or not is_path(path.strip()) or not value.strip():
        raise _fault(
            file, statement, f"says {says!r}. Write a path of the record, an equals sign and the value, such as referral.type=child_protection."
        )


def _nearest(word: str, known: frozenset[str] | set[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else "See docs/add-a-form.md for the words that may stand here."


def _fault(file: TomlFile, name: str, says: str) -> WrongSetup:
    """The error for a key in quotation marks, with the line it stands on."""
    quoted = re.compile(r"^\s*[\"']?" + re.escape(name) + r"[\"']?\s*=")
    line = next((number for number, text in enumerate(file.text.splitlines(), 1) if quoted.match(text)), 1)
    return WrongSetup(f"{file.path}, line {line}: {name!r} {says}")


def lexicon_file(name: str) -> dict[str, Any]:
    """One data file of the lexicon: the words of forms that every authority shares."""
    return tomllib.loads((files("pipeline.authorities") / "lexicon" / name).read_text(encoding="utf-8"))


@cache
def slots() -> frozenset[str]:
    """What a box about a person may ask for."""
    return frozenset(lexicon_file("labels.toml")["slots"])


@cache
def blocks() -> frozenset[str]:
    """Whom a box may speak of."""
    return frozenset(lexicon_file("subjects.toml")) | {"body", "consent"}


@cache
def questions() -> frozenset[str]:
    """Questions with a place of their own."""
    return frozenset(rule["field"] for rule in lexicon_file("questions.toml")["rule"])
