"""What every type of the contract shares: frozen, and strict about names."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that never changes after it is made; an unknown key is an error, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid")
