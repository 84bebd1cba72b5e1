"""A common assessment in numbered sections: content controls whose prompts stay where nothing was written, consent refused in section 2, given in section 10."""

from __future__ import annotations

from typing import Any

from samples.forms.controls import block_control, check, checks, date_control, text_control
from samples.forms.package import docx
from samples.forms.parts import box, cell, grid, guidance, heading, label, pairs, par, row, run, table

_PURPOSES = (
    ("assess", "As a CAF to assess a child's or young person's needs:"),
    (
        "refer",
        "To refer a child or young person to the Multi-agency Safeguarding Hub (MASH) where concerns have been identified in respect of that child or young person:",
    ),
)
_HOUSEHOLD = (
    "First and last names",
    "Relationship to the child or young person",
    "Gender",
    "Date of birth, or estimated due date",
    "Address",
    "Ethnicity",
    "Parental responsibility",
)
_WIDE = (1700, 1500, 900, 1400, 1700, 1200, 1200)


def _people(rows: list[list[str]], total: int) -> str:
    filled = [[text_control(value or None) for value in person] for person in rows]
    blank = [[text_control(None)] * len(_HOUSEHOLD)] * max(0, total - len(rows))
    return grid(_HOUSEHOLD, filled + blank, _WIDE)


def build(f: dict[str, Any]) -> bytes:
    """Fill the form."""
    four = (1900, 2900, 1900, 2900)
    body = [
        par(run("Common Assessment Framework (CAF)"), style="Title"),
        guidance("One form serves early help assessment and referral to the hub. Please complete every section that you can."),
        heading("Section 1"),
        pairs(
            [
                ["Name of child", text_control(f.get("child")), "Date of birth", date_control(f.get("dob"))],
                ["Phone number", text_control(f.get("phone")), "First language", text_control(f.get("language"))],
                [
                    "Interpreter required?",
                    checks(("Yes", "No"), f.get("interpreter"), before=True),
                    "Unique pupil number",
                    text_control(f.get("upn")),
                ],
            ],
            four,
        ),
        heading("Section 2"),
        par(run("For which purpose are you using this form?", bold=True)),
        table([row(cell(words, 8600), cell(check(key in f.get("purpose", ())), 1000)) for key, words in _PURPOSES], (8600, 1000)),
        guidance(
            "Agreement is needed before an assessment goes ahead, unless there is a clear child protection concern, asking would put somebody at risk, or it was refused and the worries are likely to grow."
        ),
        box(
            "The parent or carer HAS NOT consented to this CAF. My rationale for sharing information without consent is:",
            block_control(f.get("no_consent_reason")),
        ),
        guidance("Where consent has been obtained please refer to section 10."),
        *_who_and_why(f, four),
        heading("Section 4"),
        par(run("Household members:", bold=True)),
        _people(f.get("household", []), 5),
        par(run("Significant others:", bold=True)),
        _people(f.get("others", []), 2),
        *_needs(f),
    ]
    return docx(
        "".join(body),
        header=run("CONFIDENTIAL when completed", italic=True),
        footer=run("CAF edition 7, April 2024"),
        font="Liberation Serif",
        size=21,
        colour="000000",
    )


def _who_and_why(f: dict[str, Any], four: tuple[int, ...]) -> list[str]:
    return [
        heading("Section 3"),
        pairs(
            [
                ["Person completing this CAF:", text_control(f.get("author")), "Job title", text_control(f.get("author_role"))],
                ["Phone number", text_control(f.get("author_phone")), "Email address", text_control(f.get("author_email"))],
                ["Lead professional, if different from above:", text_control(f.get("lead")), "Job title", text_control(f.get("lead_role"))],
                ["Phone number", text_control(f.get("lead_phone")), "Email address", text_control(f.get("lead_email"))],
            ],
            four,
        ),
        box("What has led to this child or young person or family being referred?", block_control(f.get("reason"))),
        pairs(
            [["Start date of assessment", date_control(f.get("started")), "Completion date of assessment", date_control(f.get("completed"))]], four
        ),
        box("Names of those present during the assessment:", text_control(f.get("present"))),
    ]


def _needs(f: dict[str, Any]) -> list[str]:
    professionals = [[text_control(v or None) for v in p] for p in f.get("services", [])] + [[text_control(None)] * 4]
    questions = (
        ("Section 6", "Development of child or young person: strengths and needs", "development"),
        ("Section 7", "Parents and carers: strengths and needs", "parents"),
        ("Section 8", "Family and environmental factors", "environment"),
        ("Section 9", "Child or young person's comment on the assessment", "child_views"),
        ("", "Parent or carer's comment on the assessment", "parent_views"),
    )
    out = [
        heading("Section 5"),
        par(run("Services working with this child, young person or family", bold=True)),
        grid(("Name", "Job title", "Organisation", "Phone number"), professionals, (2600, 2200, 2800, 2000)),
    ]
    for section, question, key in questions:
        out += [heading(section)] if section else []
        out.append(box(question, block_control(f.get(key))))
    signed = row(
        label("I have had the reasons for information sharing explained to me and I agree. Signed (parent or carer)", 5000),
        cell(text_control(f.get("signed")), 2600),
        label("Date", 700),
        cell(date_control(f.get("signed_on")), 1300),
    )
    return [*out, heading("Section 10"), table([signed], (5000, 2600, 700, 1300))]
