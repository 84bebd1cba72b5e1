"""A hub's referral form in numbered parts: several labels in one cell, one household table in which a column says who is being referred, tick columns for parental responsibility."""

from __future__ import annotations

from typing import Any

from samples.forms.controls import check, checks
from samples.forms.package import docx
from samples.forms.parts import box, cell, guidance, heading, label, pairs, par, row, run, table

_HOUSEHOLD = (
    "Last name",
    "First name",
    "Relationship to child(ren)",
    "DOB / EDD",
    "Gender",
    "Ethnicity",
    "Focus of referral",
    "School / preschool",
    "Does this person hold PR?",
)
_WIDE = (1150, 1150, 1150, 1150, 800, 1150, 850, 1200, 1000)
_OTHERS = ("Last name", "First name", "Relationship to child(ren)", "DOB", "Ethnicity", "Address", "Does this person hold PR")
_OTHER_WIDE = (1300, 1300, 1400, 1200, 1300, 2000, 1100)


def _household(rows: list[list[str]]) -> str:
    out = [row(*(label(h, w) for h, w in zip(_HOUSEHOLD, _WIDE, strict=True)), header=True)]
    for person in rows:
        cells = [cell(v, w) for v, w in zip(person, _WIDE, strict=True)]
        cells[6] = cell(check(person[6] == "x"), _WIDE[6])
        out.append(row(*cells))
    empty = [cell(check(None) if i == 6 else "", w) for i, w in enumerate(_WIDE)]
    return table([*out, row(*empty), row(*empty)], _WIDE)


def _child(f: dict[str, Any]) -> str:
    yes_no = ("Yes", "No")
    return pairs(
        [
            ["Full name of child:", f.get("child", ""), "Any alternative name:", f.get("alias", "")],
            ["DOB:", f.get("dob", ""), "Age: Tick if estimated:", run(f.get("age", "") + "  ") + check(f.get("estimated"))],
            ["If unborn, estimated date of delivery?", f.get("edd", ""), "Gender", checks(("Male", "Female", "Unknown"), f.get("gender"))],
            ["First language:", f.get("language", ""), "Will an interpreter be required?", checks(yes_no, f.get("interpreter"))],
            ["Current Home address", f.get("address", ""), "Post code", f.get("postcode", "")],
            ["Previous home address (if known)", f.get("previous_address", "")],
            ["Telephone", f.get("phone", ""), "Mobile", f.get("mobile", "")],
            ["School / Pre-school\nAddress:", f.get("school", ""), "Does the child have a disability?", checks(yes_no, f.get("disabled"))],
            ["If yes give details of the disability:", f.get("disability", "")],
            ["Unique Pupil Number (UPN):", f.get("upn", ""), "NHS Number:", f.get("nhs", "")],
        ],
        (2000, 2800, 2000, 2800),
    )


def _professionals(f: dict[str, Any]) -> str:
    rows = [
        row(label(role, 2600), cell(name, 3600), label("Telephone number", 1400), cell(phone, 2000))
        for role, name, phone in f.get("professionals", [])
    ]
    return table(rows, (2600, 3600, 1400, 2000)) if rows else ""


def build(f: dict[str, Any]) -> bytes:
    """Fill the form."""
    body = [
        par(run("Multi-Agency Safeguarding Hub (MASH)\nMulti-Agency Referral Form"), style="Title"),
        par(run("If a child is in immediate danger ring 999 first.", bold=True, colour="C00000"), align="center"),
        heading("1. Child / young person details"),
        _child(f),
        heading("2. Additional information about the child or young person (including other referred siblings)"),
        par(run("Parent / carer, children and others living in the household", bold=True)),
        _household(f.get("household", [])),
        par(run("Other significant adults", bold=True)),
        _others(f.get("others", [])),
        heading("3. Reason for referral"),
        box("What are you worried about and what is the impact on the child(ren)?", f.get("worries", "")),
        box("What type of harm has the child suffered or is likely to suffer, and any known history of harm?", f.get("harm", "")),
        box("What support has already been offered by your agency and/or other agencies and what were the outcomes?", f.get("actions", "")),
        box("What is going well for the child(ren)?", f.get("working_well", "")),
        box("What information do you know about the child(ren)'s parent/carer and the wider family?", f.get("family", "")),
        box("Any other relevant information", f.get("other", "")),
        *_consent_and_referrer(f),
    ]
    return docx(
        "".join(body), header=run("OFFICIAL – SENSITIVE"), footer=run("MASH referral form, generic"), font="Liberation Sans", size=19, colour="1F5C3A"
    )


def _others(rows: list[list[str]]) -> str:
    out = [row(*(label(h, w) for h, w in zip(_OTHERS, _OTHER_WIDE, strict=True)), header=True)]
    out += [row(*(cell(v, w) for v, w in zip(r, _OTHER_WIDE, strict=True))) for r in [*rows, [""] * 7]]
    return table(out, _OTHER_WIDE)


def _consent_and_referrer(f: dict[str, Any]) -> list[str]:
    yes_no = ("Yes", "No")
    return [
        heading("4. Details of professional contacts"),
        _professionals(f),
        heading("5. Consent"),
        table(
            [
                row(label("Have the parents or carers been informed of this referral?", 6600), cell(checks(yes_no, f.get("parents_aware")), 3000)),
                row(label("Have they given consent to information being shared?", 6600), cell(checks(yes_no, f.get("consented")), 3000)),
                row(label("If no, please say why", 6600), cell(f.get("consent_reason", ""), 3000)),
                row(label("Has the designated safeguarding lead been consulted?", 6600), cell(checks(yes_no, f.get("lead_discussed")), 3000)),
            ],
            (6600, 3000),
        ),
        heading("6. About you"),
        guidance("We tell the family who made a professional referral."),
        pairs(
            [
                ["Name", f.get("author", ""), "Job title", f.get("author_role", "")],
                ["Organisation", f.get("author_agency", ""), "Telephone", f.get("author_phone", "")],
                ["Email", f.get("author_email", ""), "Date of referral", f.get("date", "")],
            ],
            (1600, 3200, 1600, 3200),
        ),
    ]
