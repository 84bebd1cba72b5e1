"""Values of a record by their path ("children.0.family_name"), the way fields and gaps name them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, JsonValue, ValidationError

from models.record import Agency, Person, Record

_LISTS: dict[str, type[BaseModel]] = {"children": Person, "people": Person, "agencies": Agency}


def value_at(record: Record, path: str) -> Any:
    """The value there, or None where the path leads nowhere."""
    found: Any = record
    for part in path.split("."):
        if isinstance(found, tuple):
            found = found[int(part)] if part.isdigit() and int(part) < len(found) else None
        else:
            found = getattr(found, part, None) if part in type(found).model_fields else None
        if found is None:
            return None
    return found


def is_path(path: str) -> bool:
    """Whether a record has such a place at all; `*` stands for any number."""
    first, *rest = path.split(".")
    field = Record.model_fields.get(first)
    if field is None:
        return False
    if first in _LISTS:
        return not rest or (len(rest) <= 2 and (rest[0] == "*" or rest[0].isdigit()) and (len(rest) == 1 or rest[1] in _LISTS[first].model_fields))
    section = field.annotation
    return not rest or (len(rest) == 1 and isinstance(section, type) and issubclass(section, BaseModel) and rest[0] in section.model_fields)


def with_value(record: Record, path: str, value: JsonValue) -> Record:
    """The record with one value set; a list grows to hold it. Raises ValueError when the value does not fit there."""
    if not is_path(path) or "*" in path:
        raise ValueError(f"no such place in a record: {path}")
    data = record.model_dump(mode="json")
    first, *rest = path.split(".")
    if first in _LISTS:
        entries = data[first]
        number = int(rest[0])
        if number > len(entries):
            raise ValueError(f"{path} leaves a hole in the list")
        if number == len(entries):
            entries.append(_LISTS[first]().model_dump(mode="json"))
        entries[number][rest[1]] = value
    else:
        data[first][rest[0]] = value
    try:
        return Record.model_validate(data)
    except ValidationError as fault:
        raise ValueError(f"{path} cannot hold that: {fault.errors()[0]['type']}") from None


def expand(record: Record, path: str) -> tuple[str, ...]:
    """A path with `*` once for each entry of its list."""
    if "*" not in path:
        return (path,)
    entries = getattr(record, path.split(".", maxsplit=1)[0])
    return tuple(path.replace("*", str(number), 1) for number in range(len(entries)))
