"""Tables of people: whom their rows are about, and which rows and columns are printed."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.answers import Answer
from pipeline.extract.by_content import NAMES
from pipeline.extract.contacts import clean
from pipeline.extract.draft import Draft, Evidence, found
from pipeline.extract.events import Rows
from pipeline.extract.labels import Label
from pipeline.extract.values.words import is_placeholder, is_unknown
from pipeline.extract.wording import key, one_line

_PERSONAL = frozenset(
    [
        "born",
        "edd",
        "gender",
        "ethnicity",
        "ethnicity_code",
        "religion",
        "language",
        "nhs",
        "upn",
        "identifier",
        "school",
        "gp",
        "disability",
        "unborn",
        "interpreter",
        "aliases",
        "year_group",
        "pr",
        "previous_address",
    ]
)
PROFESSIONAL = frozenset({"role", "agency", "name_role"})
PEOPLE = frozenset({"child", "carer", "mother", "father", "household", "sibling", "elsewhere"})
_OF_FAMILY = frozenset({"born", "gender", "pr", "in_household", "subject", "ethnicity"})
"""What no table of professionals asks."""
_PRINTED_ROLES = frozenset(
    (
        "gp",
        "family doctor",
        "school",
        "nursery",
        "school nursery",
        "health visitor",
        "school nurse",
        "midwife",
        "dentist",
        "social worker",
        "other",
        "other professional",
        "health visitor school nurse",
    )
)


def rows_block(heads: tuple[Label | None, ...], slots: set[str], block: str | None, *, sure: bool, named: bool) -> str | None:
    """Whom the rows are: by the heads' own words, by the section (`block`; `sure` when a heading said it), by what is asked. `named` says that the
    section's children have been named already, so that a second table is about others."""
    own = next(
        (head.block for head in heads if head and head.block and head.block not in {"gp", "school", "role"} and NAMES.intersection(head.slots)),
        None,
    )
    if own == "child" and sure and block in {"sibling", "elsewhere"}:
        return block
    if own:
        return "carer" if own in {"mother", "father"} else own
    professional = bool(slots & PROFESSIONAL) and not slots & {"born", "gender", "nhs", "upn", "pr"}
    if professional and block not in {"referrer", "taken", "leadpro", "lead"}:
        return "agency"
    if block == "child" and slots & {"relationship", "pr"} and named:
        return "carer"
    if block in PEOPLE or (block in {"agency", "referrer", "taken", "manager"} and not slots & _OF_FAMILY):
        return block
    if professional:
        return "agency"
    if slots & _PERSONAL:
        return "household" if slots & {"relationship", "pr", "in_household"} else "child"
    return "household" if "relationship" in slots else None


def place_head(head: Label | None) -> Label | None:
    """ "School, if known" over a column of a table of children asks for the school of each."""
    if head is not None and head.block in {"school", "gp"} and set(head.slots) <= {"name", "name_contact"}:
        return replace(head, block=None, slots=(head.block,))
    return head


def printed_role(answer: Answer) -> bool:
    """A first column that names the kind of professional each row is for."""
    return key(answer.text) in _PRINTED_ROLES


def is_example(answers: tuple[Answer, ...]) -> bool:
    """A row that shows how to fill in the others, or prompts that nobody typed over."""
    first = next((answer.text for answer in answers if answer.text), "")
    words = key(first)
    return words.startswith(("eg ", "e g ", "example", "for example")) or (
        is_placeholder(first) and all(is_placeholder(answer.text) for answer in answers if answer.text)
    )


def pr_pairs(rows: Rows, draft: Draft) -> None:
    """A table of who holds parental responsibility for whom, and what they are to the child."""
    column = next(number for number, head in enumerate(rows.heads) if head and "pr_holders" in head.slots)
    for answers in rows.rows:
        text = one_line(clean(answers[column]))
        if text:
            draft.pr_holders.append(found(text, text, answers[column], Evidence(how="head")))
            relation = next((one_line(clean(answers[number])) for number, head in enumerate(rows.heads) if head and head.slot == "relationship"), "")
            if relation and not is_unknown(relation):
                draft.relations.append((text, found(relation, relation, answers[column], Evidence(how="head"))))
