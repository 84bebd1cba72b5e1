"""Reads and checks an authority: its own file, with what all authorities share laid under it. A fault is told with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.authority import AgencyGroup, Authority, Flag, Ground, Question, Suggestion
from models.base import Frozen
from models.paths import is_path
from pipeline.authorities.toml_lines import read_toml
from pipeline.errors import WrongSetup

HERE = Path(__file__).parent
SHARED = HERE / "shared"
FILE = "authority.toml"


class _Shared(Frozen):
    """What every authority starts from."""

    questions: tuple[Question, ...] = ()
    agencies: tuple[AgencyGroup, ...] = ()
    grounds: tuple[Ground, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    flags: tuple[Flag, ...] = ()


def authority_names() -> tuple[str, ...]:
    """The authorities that ship with the product."""
    return tuple(sorted(folder.name for folder in HERE.iterdir() if (folder / FILE).is_file()))


def load_authority(name_or_path: str | Path) -> Authority:
    """The authority of that name, or the one in that folder (or file). Raises WrongSetup."""
    file = read_toml(_find(name_or_path))
    data = dict(file.data)
    shared = _shared()
    data["questions"] = _laid_over(data.get("questions", []), shared.questions)
    data["agencies"] = _laid_over(data.get("agencies", []), shared.agencies)
    data.setdefault("suggestions", shared.suggestions)
    data["folder"] = str(file.path.parent)
    if isinstance(data.get("consent"), dict):
        data["consent"] = {**data["consent"], "grounds": _laid_over(data["consent"].get("grounds", []), shared.grounds)}
    if isinstance(data.get("known"), dict):
        own = data["known"].get("flags", [])
        data["known"] = {**data["known"], "flags": [*own, *shared.flags] if isinstance(own, list) else own}
    try:
        authority = Authority.model_validate(data)
    except ValidationError as error:
        raise file.refusal(error) from None
    for loc, says in _contradictions(authority):
        raise file.fault(loc, says)
    return authority


def _find(name_or_path: str | Path) -> Path:
    own = HERE / str(name_or_path) / FILE
    if str(name_or_path) in authority_names():
        return own
    path = Path(name_or_path).expanduser()
    if path.is_dir():
        path /= FILE
    if path.is_file():
        return path
    raise WrongSetup(f"'{name_or_path}' is no authority: use one of {', '.join(authority_names())}, or the path of a folder that holds an {FILE}.")


@cache
def _shared() -> _Shared:
    """The shared lists, read once: they ship with the product and do not change while it runs."""
    found: dict[str, Any] = {}
    for part, key in (
        ("questions", "questions"),
        ("agencies", "agencies"),
        ("consent", "grounds"),
        ("suggestions", "suggestions"),
        ("flags", "flags"),
    ):
        file = read_toml(SHARED / f"{part}.toml")
        try:
            found[key] = getattr(_Shared.model_validate(file.data), key)
        except ValidationError as error:
            raise file.refusal(error) from None
    return _Shared(**found)


def _laid_over(own: Any, shared: tuple[Any, ...]) -> Any:
    """An authority's own entries first, then the shared ones it did not word anew. What is no list is left for the type to refuse."""
    if not isinstance(own, list):
        return own
    named = {entry.get("id") for entry in own if isinstance(entry, dict)}
    return [*own, *(entry for entry in shared if entry.id not in named)]


def _contradictions(authority: Authority) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What each part allows but the whole does not."""
    yield from _question_contradictions(authority)
    yield from _line_contradictions(authority)
    yield from _form_contradictions(authority)


def _question_contradictions(authority: Authority) -> Iterator[tuple[tuple[str | int, ...], str]]:
    questions = {question.id for question in authority.questions}
    for number, required in enumerate(authority.required):
        if required.ask not in questions:
            yield (
                ("required", number, "ask"),
                f"names no question: '{required.ask}'. Use one of {', '.join(sorted(questions))}, or write it under [[questions]].",
            )
    for number, question in enumerate(authority.questions):
        for path in (*question.fields, *(condition.field for condition in question.when)):
            if not is_path(path):
                yield ("questions", number, "fields"), f"names '{path}', which no record has. The paths are listed in docs/authorities.md."


def _line_contradictions(authority: Authority) -> Iterator[tuple[tuple[str | int, ...], str]]:
    groups = {group.id for group in authority.agencies}
    for number, line in enumerate(authority.lines):
        for name in line.agencies:
            if name not in groups:
                yield ("lines", number, "agencies"), f"names '{name}', which is no group of agencies. Use {', '.join(sorted(groups))}."
    if not any(not line.agencies for line in authority.lines):
        yield ("lines",), "need one line without agencies, for everybody else. Add it."
    for what in ("acknowledge", "decide"):
        if not any(clock.what == what for clock in authority.clocks):
            yield ("clocks",), f"need one for '{what}'. Add it."
    if not authority.hours:
        yield ("hours",), "are empty. Give at least one day."


def _form_contradictions(authority: Authority) -> Iterator[tuple[tuple[str | int, ...], str]]:
    accepted = {form.type for form in authority.accepted}
    if not accepted:
        yield ("accepted",), "lists no form. Name at least one that is a referral by itself."
    for number, form in enumerate(authority.supporting):
        if form.type in accepted:
            yield ("supporting", number, "type"), f"'{form.type}' is accepted as a referral too. It can be one or the other."
