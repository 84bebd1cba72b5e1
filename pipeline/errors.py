"""Errors, named by what to do about them.

IntakeError
├── Retry          the world was not ready (server down, database locked): try again later, nothing is lost
├── NeedsPerson    this message cannot go on by itself: it is shown to a person with its bytes kept
│   ├── Unreadable a document could not be read; carries the Problem of the contract
│   └── BytesLost  the kept bytes of one mail are missing or damaged: that mail alone goes to a person
├── WrongSetup     a setting, file or command is wrong: one line says what and what to do
└── OurBug         a promise of our own code was broken

No message of any of them holds a name, an address or words of a narrative: ids and file positions only.
"""

from __future__ import annotations

from pathlib import Path

from models.extraction import Problem, ProblemCode


class IntakeError(Exception):
    """Everything we raise on purpose."""


class Retry(IntakeError):
    """Try again later."""


class NeedsPerson(IntakeError):
    """A person must look."""


class Unreadable(NeedsPerson):
    """A document that could not be read."""

    def __init__(self, code: ProblemCode, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.problem = Problem(code=code, detail=detail)

    def __reduce__(self) -> tuple[type[Unreadable], tuple[ProblemCode, str]]:
        return (Unreadable, (self.problem.code, self.problem.detail))


class BytesLost(NeedsPerson):
    """The kept bytes of one mail are gone or damaged. The others are not touched by it."""


class WrongSetup(IntakeError):
    """Something was set up or called wrongly; the message says what to do."""


class OurBug(IntakeError):
    """A defect of ours."""


def place_of(error: BaseException) -> str:
    """Where in the code an error was raised: all that may be told of one whose text may hold personal data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "an unknown place"
