"""What no page shows as it stands: control characters, and those that turn the direction of writing."""

from __future__ import annotations

import re

from markupsafe import Markup

_NEVER_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
"""They could make a page say what its words do not."""


def shown(value: object) -> object:
    """What an expression of a template becomes: characters that never show are made to show."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _NEVER_SHOWN.sub("\ufffd", value)
    return value
