"""An authority: what one council chose, as its data folder says. Read and checked by `pipeline.authorities`."""

from __future__ import annotations

from models.base import Frozen


class Authority(Frozen):
    """One council's rules and words."""

    id: str
    name: str
