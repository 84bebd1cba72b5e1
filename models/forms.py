"""A form definition: the data that corrects the general reader for one form. Read from `authorities/*/forms/*.toml`."""

from __future__ import annotations

from pydantic import Field

from models.base import Frozen
from models.extraction import FormType


class FormDefinition(Frozen):
    """What is particular about one form. Everything here corrects the general reader; nothing here is needed for a form to be read."""

    id: str
    type: FormType
    title: str
    authority: str
    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
