"""A lettered multi-agency form: consent first, YES / NO to underline or delete, Wingdings boxes for issues, a table of who holds parental responsibility, question and reason in one cell."""

from __future__ import annotations

from typing import Any

from samples.forms.controls import formatted, symbols
from samples.forms.package import docx
from samples.forms.parts import box, cell, grid, guidance, heading, label, pairs, par, row, run, table

_ISSUES = (
    "Missing incidents",
    "Domestic violence",
    "Drug/Alcohol use",
    "Mental health",
    "Female genital mutilation",
    "Honour based violence",
    "Child sexual exploitation",
)


def _consent(f: dict[str, Any]) -> str:
    how = f.get("marking", "underline")
    lines = (
        ("Has this referral been discussed with the parent/carer?", ("YES", "NO"), "discussed"),
        ("Has the parent given consent to the referral being made?", ("YES", "NO"), "consented"),
        ("Has this referral been discussed with the child/young person?", ("YES", "NO", "NA"), "child_told"),
    )
    rows = [row(label(q, 6600), cell(formatted(options, f.get(key), how), 3000)) for q, options, key in lines]
    rows.insert(
        2, row(label("What are the parents/carers views about your concerns and this referral?", 3600), cell(f.get("parent_views", ""), 6000))
    )
    rows.append(
        row(label("What are the child/young person's views about your concerns and this referral?", 3600), cell(f.get("child_views", ""), 6000))
    )
    rows.append(row(label("If the answer is 'no' to any of the above please state reason why.", 3600), cell(f.get("consent_reason", ""), 6000)))
    return "".join(
        table([r], (6600, 3000) if i in {0, 1, 3} else (3600, 6000)).removesuffix("<w:p/>")
        + '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'
        for i, r in enumerate(rows)
    )


def _referrer(f: dict[str, Any]) -> str:
    how = f.get("marking", "underline")
    return pairs(
        [
            ["Name of Referrer:", f.get("author", ""), "Date of Referral:", f.get("date", "")],
            ["Agency/School:", f.get("author_agency", ""), "Role of person completing referral:", f.get("author_role", "")],
            ["Telephone Number", f.get("author_phone", ""), "Email address", f.get("author_email", "")],
            ["Relationship to child", f.get("author_relationship", ""), "Address", f.get("author_address", "")],
            [
                "Have you discussed this with your designated safeguarding lead?",
                formatted(("Yes", "No"), f.get("lead_discussed"), how) + run(" (delete as appropriate)", italic=True),
            ],
            ["Name and contact of designated Safeguarding lead", f.get("lead", "")],
        ],
        (2200, 2800, 2000, 2600),
    )


def build(f: dict[str, Any]) -> bytes:
    """Fill the form."""
    children = ("First name", "Surname", "Date of birth (dd/mm/yy)", "Gender (m/f)", "Is there a known disability? Y/N (provide details)")
    carers = ("Full Name", "Relationship to child", "DOB", "M/F", "Ethnicity", "Home Address", "Contact No")
    body = [
        par(run("CHILDREN'S SERVICES MULTI AGENCY REFERRAL FORM (MARF)"), style="Title"),
        guidance("An incomplete form delays help for the child. Boxes grow as you type."),
        heading("A. CONSENT AND CONFIDENTIALITY"),
        _consent(f),
        heading("B. REFERRER"),
        _referrer(f),
        heading("C. DETAILS OF CHILD/REN BEING REFERRED"),
        grid(children, f.get("children", []), (1900, 1900, 1700, 1200, 2900), blank=2),
        pairs(
            [
                ["Home address:", f.get("address", "")],
                ["Contact/Telephone of parents:", f.get("phone", ""), "Ethnicity:", f.get("ethnicity", "")],
                ["Language(s) spoken:", f.get("language", ""), "School / nursery:", f.get("school", "")],
                ["NHS No.", f.get("nhs", ""), "GP", f.get("gp", "")],
            ],
            (2200, 2600, 1800, 3000),
        ),
        heading("D. PARENTS, OTHER MEMBERS OF THE HOUSEHOLD AND SIGNIFICANT FAMILY MEMBERS"),
        grid(carers, f.get("adults", []), (1700, 1400, 1200, 600, 1300, 2000, 1400), blank=2),
        par(run("Who has parental responsibility for the child(ren)?", bold=True)),
        grid(("Child", "Person with PR", "Relationship to child"), f.get("pr", []), (3200, 3200, 3200), blank=1),
        heading("E. CONCERNS"),
        par(run("Do any of the following issues affect the child? ", bold=True), symbols(_ISSUES, f.get("issues"))),
        box("Reasons for the Referral - clearly state the cause(s) for concern.", f.get("reason", "")),
        box("What is working well?", f.get("working_well", "")),
        box("What has your agency done so far?", f.get("actions", "")),
        box("What do you want to happen as a result of this referral?", f.get("next_steps", "")),
        par(run("Details of key professionals involved e.g. GP, Health Visitor, School.", bold=True)),
        grid(("Name", "Role", "Agency", "Telephone / email"), f.get("professionals", []), (2400, 2200, 2600, 2400), blank=1),
    ]
    return docx("".join(body), header=run("MARF"), footer=run("Please return to the MASH inbox"), font="Liberation Sans", size=20, colour="003A5D")
