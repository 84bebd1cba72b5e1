"""What was read off one document: values with their places, gaps, or the problem that stopped us (shared contract: Extraction)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from models.base import Frozen
from models.record import Record

ProblemCode = Literal["encrypted", "corrupt", "unsupported", "too_large", "too_slow", "empty", "no_text"]
FormType = Literal["IAF", "MARF", "SSR", "CAF", "SNF", "EHA", "SOS", "OTHER"]
GapKind = Literal["missing", "unclear", "invalid", "conflict"]


class Problem(Frozen):
    """Why a file could not be read, and in `detail` what to do about it. Never holds words of the file."""

    code: ProblemCode
    detail: str


class Source(Frozen):
    """Where a value was read. `box` is points from the page's top left."""

    document: str
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    where: str | None = None
    text: str | None = None


class FieldValue(Frozen):
    """One value of the record: `path` is its place there ("children.0.family_name"), `raw` the words as written, `confidence` the chance that it is right."""

    path: str
    value: JsonValue
    raw: str | None = None
    confidence: float = Field(ge=0, le=1)
    source: Source


class Gap(Frozen):
    """Something a person must look at. `field` is a path, or a path with `*` for each child.

    Routing adds `why` it matters, the `question` a referrer is asked and its `number` in the letters (kept for good, since answers name it), the
    `rule` that asks for it, and `needed` where a contact that is not urgent goes back for it.
    """

    field: str
    kind: GapKind
    message: str
    why: str | None = None
    question: str | None = None
    number: int | None = None
    rule: str | None = None
    needed: bool = False


class FormIdentity(Frozen):
    """Which form this is. `definition` is None when it was read by general means."""

    type: FormType = "OTHER"
    definition: str | None = None
    title: str | None = None
    confidence: float = Field(default=0.0, ge=0, le=1)


class Extraction(Frozen):
    """The answer for one document. A file that could not be read has `problem` and an empty record."""

    path: str
    status: Literal["read", "unreadable", "not_a_referral"]
    problem: Problem | None = None
    form: FormIdentity = FormIdentity()
    record: Record = Record()
    fields: tuple[FieldValue, ...] = ()
    gaps: tuple[Gap, ...] = ()
