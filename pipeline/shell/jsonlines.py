"""JSON Lines in: each fault is told with its line number, and never with its words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import WrongSetup

M = TypeVar("M", bound=BaseModel)


def read_objects(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object with its line number; blank lines are passed over. Raises WrongSetup naming the line."""
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            raise WrongSetup(f"{file}, line {number}: this is not JSON. Each line must be one object.") from None
        if not isinstance(value, dict):
            raise WrongSetup(f"{file}, line {number}: this is not an object. Each line must look like {{...}}.")
        yield number, value


def read_models(file: str, model: type[M]) -> Iterator[M]:
    """Each line as a model; null means left out. Raises WrongSetup naming the line and the key."""
    for number, value in read_objects(file):
        known = {key: item for key, item in value.items() if key in model.model_fields and item is not None}
        try:
            yield model.model_validate(known)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            key = ".".join(str(part) for part in first["loc"])
            raise WrongSetup(f"{file}, line {number}: {key}: {first['msg']}.") from None


def _lines(file: str) -> Iterator[str]:
    if file == "-":
        yield from sys.stdin
        return
    try:
        with Path(file).open(encoding="utf-8-sig") as opened:
            yield from opened
    except OSError as error:
        raise WrongSetup(f"{file} could not be read: {error.strerror}. Check the path.") from None
    except UnicodeDecodeError:
        raise WrongSetup(f"{file} is not UTF-8 text. Save it as UTF-8.") from None
