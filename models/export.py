"""How a contact is written for another system: the shape of a mapping file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from models.base import Frozen


class Column(Frozen):
    """One column: a value from the contact, or a fixed one, in the other system's codes. `longest` cuts with an ellipsis."""

    name: str
    origin: str | None = Field(default=None, alias="from")
    value: str | None = None
    codes: dict[str, str] = Field(default_factory=dict)
    otherwise: str = ""
    longest: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_source(self) -> Column:
        if (self.origin is None) == (self.value is None):
            raise ValueError("give either from or value")
        return self


class ExportMapping(Frozen):
    """One file for each system. `identity` says whether the referrer is written as they are or as may be shared."""

    id: str
    name: str
    format: Literal["csv"] = "csv"
    identity: Literal["own", "shareable"] = "shareable"
    columns: tuple[Column, ...] = Field(min_length=1)
