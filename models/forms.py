"""A form definition: the data that corrects the general reader for one form. Read from `authorities/*/forms/*.toml`."""

from __future__ import annotations

from pydantic import Field

from models.base import Frozen
from models.extraction import Extraction, FormType


class FormDefinition(Frozen):
    """What is particular about one form. Everything here corrects the general reader; nothing here is needed for a form to be read.

    `titles` and `headings` recognise it. `labels` says what an odd label asks for ("child.name", "name", "consent.reason", or "ignore"); `blocks`
    whom the boxes under a heading speak of; `statements` what a tick beside a sentence says ("referral.type=child_protection"); `ignore` names
    questions whose answers are no part of the record; `requires` the paths this form must fill.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    type: FormType
    title: str = Field(min_length=1)
    authority: str = Field(min_length=1)
    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    blocks: dict[str, str] = Field(default_factory=dict)
    statements: dict[str, str] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()


class FormTrial(Frozen):
    """A definition tried on a filled sample: what is read with it and without it, and which of its words the sample has not."""

    with_it: Extraction
    without_it: Extraction
    absent: dict[str, tuple[str, ...]] = Field(default_factory=dict)
