"""An inter-agency referral to one agency: age, birth date and due date in one column, two parallel questions with their reasons below by column, a Signs of Safety part."""

from __future__ import annotations

from typing import Any

from samples.forms.controls import formatted
from samples.forms.package import docx
from samples.forms.parts import box, cell, grid, guidance, heading, label, pairs, par, row, run, table

_ETHNICITY = (
    ("White British", "Caribbean", "Indian", "White & Black Caribbean", "Chinese", "Other Asian"),
    ("White Irish", "African", "Pakistani", "White & Black African", "Any other ethnic group", "Other mix"),
    ("Any other White background", "Any other Black background", "Bangladeshi", "White & Asian", "Not given", "If other, specify"),
)
_YES_NO = ("Yes", "No")


def _ethnicity(chosen: str | None) -> str:
    return table([row(*(cell(f"X {o}" if o == chosen else o, 1600) for o in line)) for line in _ETHNICITY], (1600,) * 6)


def _parallel(f: dict[str, Any]) -> str:
    how = f.get("marking", "bold")
    questions = (
        "Have you discussed this referral with all those who hold Parental Responsibility for the child(ren) you are referring?",
        "Depending on your agency, have you discussed this referral with your line manager and/or designated professional?",
    )
    reasons = (
        "If you answered No, please say why you think it is in the child's best interest to proceed without doing so.",
        "If you answered No, please say why",
    )
    return table(
        [
            row(*(label(q, 4800) for q in questions)),
            row(cell(formatted(_YES_NO, f.get("parents_aware"), how), 4800), cell(formatted(_YES_NO, f.get("lead_discussed"), how), 4800)),
            row(*(label(q, 4800) for q in reasons)),
            row(cell(f.get("not_discussed_reason", ""), 4800), cell(f.get("no_lead_reason", ""), 4800)),
        ],
        (4800, 4800),
    )


def build(f: dict[str, Any]) -> bytes:
    """Fill the form."""
    how = f.get("marking", "bold")
    body = [
        par(run("Inter-Agency Referral Form"), style="Title"),
        guidance("Use this form to refer to a single agency. Where several services are needed, an early help assessment comes first."),
        par(
            run(
                "Names of child(ren) and young people you are referring. Include unborn children and children not living in the family home.",
                bold=True,
            )
        ),
        grid(
            ("Last Name", "First Name", "Age/DOB/EDD", "Gender M/F", "Unborn", "Religion"),
            f.get("children", []),
            (2000, 2000, 1900, 1100, 1100, 1500),
            blank=2,
        ),
        pairs([["Address:", f.get("address", "")], ["Telephone number:", f.get("phone", "")]], (2600, 7000)),
        par(run("Names of other household members who are significant to child(ren) young person", bold=True)),
        grid(("Last Name", "First Name", "Age/DOB/EDD", "Gender M/F", "Religion"), f.get("household", []), (2300, 2300, 2000, 1300, 1700), blank=2),
        pairs(
            [
                ["Name of parents or carers with whom the child(ren) lives (give address if different from the child):", f.get("carers", "")],
                ["Telephone number:", f.get("carer_phone", ""), "Mobile number:", f.get("carer_mobile", "")],
                ["Are there any communication/interpreting needs for the child and/or family?", f.get("communication", "")],
                ["Does the child and/or family have a disability or special needs?", f.get("special_needs", "")],
            ],
            (2600, 2200, 2200, 2600),
        ),
        heading("Ethnicity", 2),
        _ethnicity(f.get("ethnicity")),
        heading("What services are already working with the child / family?", 2),
        grid(("Name", "Agency", "Address", "Telephone"), f.get("services", []), (2200, 2500, 2900, 2000), blank=1),
        heading("Child Protection Referral / Referral to statutory agency"),
        table(
            [row(label("Is this a child protection referral?", 6000), cell(formatted(_YES_NO, f.get("child_protection"), how), 3600))], (6000, 3600)
        ),
        _parallel(f),
        table(
            [
                row(
                    label("Do the parents or carers consent to this referral being made?", 6000),
                    cell(formatted(_YES_NO, f.get("consented"), how), 3600),
                )
            ],
            (6000, 3600),
        ),
        *_reasons(f),
    ]
    return docx(
        "".join(body), header=run("APPENDIX ONE", bold=True), footer=run("Inter-Agency Referral, October 2024"), font="Liberation Sans", size=20
    )


def _reasons(f: dict[str, Any]) -> list[str]:
    return [
        box("Why are you referring the child(ren) to children's social services?", f.get("reason", "")),
        box("What has your agency done? What actions have you taken?", f.get("actions", "")),
        heading("Signs of Safety"),
        pairs(
            [
                ["What are we worried about?", f.get("worries", "")],
                ["What's working well?", f.get("working_well", "")],
                ["What needs to happen?", f.get("next_steps", "")],
                [
                    "On a scale of 0 to 10, where 0 means certain harm and 10 means safe enough to close, where would you rate it today?",
                    f.get("scale", ""),
                ],
            ],
            (3200, 6400),
        ),
        heading("Referrer"),
        pairs(
            [
                ["Name", f.get("author", ""), "Role", f.get("author_role", "")],
                ["Agency", f.get("author_agency", ""), "Telephone", f.get("author_phone", "")],
                ["Email", f.get("author_email", ""), "Date of referral", f.get("date", "")],
            ],
            (1500, 3300, 1800, 3000),
        ),
    ]
