"""How a template is set: its fonts, its ways of marking and what it shows where nothing has been filled in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """How a template is set.

    `tick`: check, check_before, glyph, glyph_after (typed characters, no controls), legacy, symbol, x, brackets, bold, underline, highlight, colour, boxed, strike, delete,
    dropdown, legacy_dropdown. `empty`: plain, control, legacy, underscore, typed_over (answers written into the blanks), prompt. `dates`: plain, boxes (a cell for each digit),
    digits (a frame around each digit), slashes, control. `joined`: one long table in which headings are rows; `framed`: each table of pairs stands in a frame of its own, a table
    in a table; `tracked`: what was filled in is a tracked change; `hints`: small print under the labels; `spaced`: headings are letter-spaced.
    """

    font: str = "Liberation Sans"
    size: int = 20
    colour: str = "1F3864"
    fill: str = "D9E2F3"
    ruled: bool = True
    tick: str = "check"
    empty: str = "plain"
    prompt: str = "Click here to enter text."
    header: str = ""
    footer: str = ""
    capitals: bool = False
    landscape: bool = False
    joined: bool = False
    framed: bool = False
    separator: str = " / "
    dates: str = "plain"
    tracked: bool = False
    hints: bool = False
    spaced: bool = False


_HINTS = (
    (("consent.aware", "consent.given", "consent.share", "consent.reason"), ("see note 3 on consent", "please answer every part")),
    (("child.given", "child.family", "child.name"), ("in full", "as on the birth certificate, if you know it")),
    ((".dob", ".date", ".start", ".dob_any"), ("DD/MM/YYYY", "day, month, year")),
    (("child.address",), ("where the child usually sleeps", "number and street, town")),
    ((".phone",), ("with area code", "a number that is answered")),
    (("child.ethnicity",), ("as the family describes it",)),
    ((".reason+worries", ".worries+reason", ".harm"), ("Who, what, where and when.", "Continue on another sheet if you need to.")),
    ((".working_well", ".actions_taken"), ("Be as specific as you can.",)),
)


def hint(label: str, key: str) -> str:
    """The small print under a label; the same label always has the same."""
    found = next((words for endings, words in _HINTS if key.endswith(endings)), ())
    return found[len(label) % len(found)] if found and len(label) % 3 else ""
