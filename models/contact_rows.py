"""The rows of the structured contact record: what each is called, and how it is filled in. Written and read back by the same table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from models.record import Record

Kind = Literal["text", "date", "choice"]
YES_NO = {"Yes": True, "No": False}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the last part of its path, its label, and its choices by the words shown."""

    name: str
    label: str
    kind: Kind = "text"
    choices: tuple[tuple[str, Any], ...] = ()

    def shown(self, value: Any) -> str:
        """A value in the words of the row."""
        if isinstance(value, bool | str):
            for words, meant in self.choices:
                if meant is value or (isinstance(value, str) and meant == value):
                    return words
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, tuple | list):
            return "; ".join(str(one) for one in value)
        if self.kind == "date" and isinstance(value, str):
            return "/".join(reversed(value.split("-")))
        return str(value)

    def meant(self, words: str) -> Any:
        """The value behind a choice's words, or the words themselves."""
        return next((value for shown, value in self.choices if shown.casefold() == words.strip().casefold()), words)


def _yes_no(name: str, label: str) -> Row:
    return Row(name, label, "choice", tuple(YES_NO.items()))


_GENDER = (("Female", "female"), ("Male", "male"), ("Other", "other"))
PERSON = (
    Row("given_names", "First names"),
    Row("family_name", "Family name"),
    Row("aliases", "Other names used"),
    Row("date_of_birth", "Date of birth", "date"),
    Row("expected_delivery_date", "Expected date of delivery", "date"),
    Row("age", "Age"),
    Row("gender", "Gender", "choice", _GENDER),
    Row("relationship_to_child", "Relationship to the child"),
    _yes_no("parental_responsibility", "Holds parental responsibility"),
    _yes_no("in_household", "Lives in the household"),
    Row("address", "Address"),
    Row("postcode", "Postcode"),
    Row("previous_address", "Previous address"),
    Row("phone", "Telephone"),
    Row("email", "Email"),
    Row("school", "School, nursery or college"),
    Row("gp", "GP"),
    Row("nhs_number", "NHS number"),
    Row("upn", "Unique pupil number"),
    Row("ethnicity", "Ethnicity"),
    Row("religion", "Religion"),
    Row("first_language", "First language"),
    _yes_no("interpreter", "Interpreter needed"),
    _yes_no("disability", "Disability"),
    Row("disability_details", "Disability, details"),
)
AGENCY = (
    Row("name", "Name"),
    Row("role", "Role"),
    Row("agency", "Agency"),
    Row("phone", "Telephone"),
    Row("email", "Email"),
    Row("address", "Address"),
)
_KINDS = (("Child protection", "child_protection"), ("Child in need", "child_in_need"), ("Early help", "early_help"))
_CONSENT = (("Given", "given"), ("Given in part", "partial"), ("Refused", "refused"), ("Not asked for", "not_sought"))
SECTIONS: tuple[tuple[str, str, tuple[Row, ...]], ...] = (
    ("The referral", "referral", (Row("date", "Date of referral", "date"), Row("type", "Kind of referral", "choice", _KINDS))),
    (
        "The referrer",
        "referrer",
        (
            Row("name", "Name"),
            Row("role", "Role"),
            Row("agency", "Agency"),
            Row("relationship_to_child", "How the referrer knows the child"),
            Row("phone", "Telephone"),
            Row("email", "Email"),
            Row("address", "Address"),
        ),
    ),
    (
        "Manager or safeguarding lead",
        "safeguarding_lead",
        (_yes_no("discussed", "Discussed before referring"), Row("name", "Name"), Row("contact", "Contact")),
    ),
    (
        "Consent",
        "consent",
        (
            _yes_no("parents_aware", "Parents or carers know of the referral"),
            _yes_no("sought", "Consent was asked for"),
            Row("status", "Consent", "choice", _CONSENT),
            Row("given_by", "Given by"),
            Row("reason", "Reason for going ahead without consent"),
            _yes_no("child_aware", "The child knows of the referral"),
        ),
    ),
    (
        "The concern",
        "narrative",
        (
            Row("reason", "Reason for the referral"),
            Row("worries", "Worries"),
            Row("harm", "Harm"),
            Row("working_well", "What is working well"),
            Row("complicating", "What complicates it"),
            Row("actions_taken", "What has been done so far"),
            Row("next_steps", "What needs to happen"),
            Row("child_views", "The child's views and wishes"),
            Row("parent_views", "The parents' views"),
            Row("family", "Family and environment"),
            Row("other", "Anything else"),
        ),
    ),
    (
        "Safety",
        "safety",
        (
            Row("scale", "Safety scale"),
            _yes_no("immediate_protection", "The child needs immediate protection"),
            Row("current_location", "Where the child is now"),
            Row("current_condition", "How the child is now"),
            Row("alleged_perpetrator", "Anyone alleged to have caused harm"),
            Row("risks_to_workers", "Risks to workers"),
        ),
    ),
    (
        "Earlier involvement",
        "history",
        (
            Row("previous_involvement", "Previous involvement"),
            _yes_no("child_protection_plan", "Child protection plan"),
            _yes_no("looked_after", "Looked-after child"),
            Row("allocated_worker", "Allocated worker"),
            _yes_no("earlier_assessment", "Earlier assessment"),
        ),
    ),
    (
        "What the referrer holds information on",
        "indicators",
        (
            _yes_no("domestic_abuse", "Domestic abuse"),
            _yes_no("mental_health", "Mental illness of a parent or carer"),
            _yes_no("substance_misuse", "Misuse of alcohol or drugs"),
            _yes_no("learning_difficulties", "Learning difficulties of a parent or carer"),
        ),
    ),
)


def sections(record: Record) -> Iterator[tuple[str, str, tuple[Row, ...]]]:
    """Heading, path and rows of each part of a record, a part for each child, person and agency."""
    yield SECTIONS[0]
    for number in range(max(1, len(record.children))):
        yield f"Child {number + 1}", f"children.{number}", PERSON
    for number in range(len(record.people)):
        yield f"Other person {number + 1}", f"people.{number}", PERSON
    yield from SECTIONS[1:]
    for number in range(len(record.agencies)):
        yield f"Agency {number + 1}", f"agencies.{number}", AGENCY


def row_of(path: str) -> Row | None:
    """The row of a path."""
    first, *rest = path.split(".")
    if first in {"children", "people"}:
        rows: tuple[Row, ...] = PERSON
    elif first == "agencies":
        rows = AGENCY
    else:
        rows = next((rows for _, name, rows in SECTIONS if name == first), ())
    return next((row for row in rows if rest and row.name == rest[-1]), None)
