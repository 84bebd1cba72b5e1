"""A statutory inter-agency request: referral details first, No before Yes, legacy check boxes, one child in detail and the others in a later section, an office-use text box."""

from __future__ import annotations

from typing import Any

from samples.forms.controls import legacy_check, legacy_checks, legacy_text
from samples.forms.package import docx
from samples.forms.parts import box, cell, grid, guidance, heading, label, pairs, par, row, run, table, text_box

_DESTINATIONS = ("Early Help Panel", "Disabled Children's Team", "Multi-Agency Screening Team")
_STATEMENTS = (
    ("child_protection", "I AM WORRIED THAT THIS CHILD HAS SUFFERED OR IS LIKELY TO SUFFER SIGNIFICANT HARM"),
    ("child_in_need", "I BELIEVE THAT THIS CHILD IS IN NEED OF SERVICES TO REACH A REASONABLE STANDARD OF HEALTH OR DEVELOPMENT"),
    ("early_help", "THE FAMILY WOULD LIKE SUPPORT FROM EARLY HELP"),
)
_HISTORY = ("Children's Social Care", "CAMHS", "Police/Probation", "Housing")


def _statements(chosen: str | None) -> str:
    rows = [row(cell(legacy_check(key == chosen or None, name=f"Type{i}"), 700), cell(words, 8900)) for i, (key, words) in enumerate(_STATEMENTS)]
    return table(rows, (700, 8900))


def _consent(f: dict[str, Any]) -> str:
    no_yes = ("No", "Yes")
    lines = (
        ("Are the parents or carers aware that this referral is being made?", no_yes, "parents_aware"),
        ("Have the parents or carers consented to the referral?", no_yes, "consented"),
        ("Has the child or young person been told about the referral?", no_yes, "child_aware"),
        ("Have you spoken to your line manager or designated lead about it?", no_yes, "lead_discussed"),
    )
    rows = [row(label(q, 6400), cell(legacy_checks(options, f.get(key), name=f"{key}_"), 3200)) for q, options, key in lines]
    rows.append(
        row(
            label("If the answer to any of these is No, please give the reason", 6400),
            cell(legacy_text(f.get("consent_reason"), name="Reason"), 3200),
        )
    )
    return table(rows, (6400, 3200))


def _history(f: dict[str, Any]) -> str:
    answers = f.get("history", {})
    rows = [row(label("Service", 3600), label("No / Yes / Not Known", 3600), label("Details", 2400))]
    for i, service in enumerate(_HISTORY):
        state, details = answers.get(service, (None, ""))
        rows.append(row(cell(service, 3600), cell(legacy_checks(("No", "Yes", "Not Known"), state, name=f"Hist{i}_"), 3600), cell(details, 2400)))
    return table(rows, (3600, 3600, 2400))


def build(f: dict[str, Any]) -> bytes:
    """Fill the form."""
    four = (1900, 2900, 1900, 2900)
    body = [
        text_box("FOR OFFICE USE ONLY\nDate received:                 Taken by:"),
        par(run("Inter-Agency Referral to Children's Services"), style="Title"),
        par(run("This request is for (please tick): "), legacy_checks(_DESTINATIONS, f.get("destination"), name="Dest")),
        heading("1. REFERRAL DETAILS"),
        pairs(
            [
                ["Date of Referral", legacy_text(f.get("date")), "Time of Referral", legacy_text(f.get("time"))],
                ["Name", legacy_text(f.get("author")), "Job title", legacy_text(f.get("author_role"))],
                ["Agency", legacy_text(f.get("author_agency")), "Telephone", legacy_text(f.get("author_phone"))],
                ["Address", legacy_text(f.get("author_address")), "Email", legacy_text(f.get("author_email"))],
            ],
            four,
        ),
        par(run("I am making this referral because (tick one):", bold=True)),
        _statements(f.get("type")),
        heading("2. DETAILS OF CHILD / YOUNG PERSON"),
        guidance("Give one child in full here and list the others in section 6."),
        pairs(
            [
                ["Child's Name", legacy_text(f.get("child")), "DOB / EDD", legacy_text(f.get("dob"))],
                [
                    "Gender",
                    legacy_checks(("M", "F"), f.get("gender"), name="Gen"),
                    "Unborn Y/N",
                    legacy_checks(("Y", "N"), f.get("unborn"), name="Unb"),
                ],
                ["Any other name by which child is known", legacy_text(f.get("alias")), "Ethnicity", legacy_text(f.get("ethnicity"))],
                [
                    "Disability/ learning difficulty (if known please specify)",
                    legacy_text(f.get("disability")),
                    "Is an interpreter needed?",
                    legacy_checks(("No", "Yes"), f.get("interpreter"), name="Int"),
                ],
                ["Home Address", legacy_text(f.get("address")), "Postcode", legacy_text(f.get("postcode"))],
                ["School / nursery", legacy_text(f.get("school")), "GP", legacy_text(f.get("gp"))],
            ],
            four,
        ),
        *_family_and_reason(f),
    ]
    return docx("".join(body), header=run("STRICTLY CONFIDENTIAL", bold=True), footer=run("IAF v9"), font="DejaVu Sans", size=18, colour="4B2E83")


def _family_and_reason(f: dict[str, Any]) -> list[str]:
    return [
        heading("3. PARENTS AND CARERS"),
        grid(
            ("Full name", "Relationship to child", "Date of birth", "Parental responsibility Y/N", "Address if different", "Tel No"),
            f.get("carers", []),
            (1900, 1500, 1300, 1300, 2000, 1600),
            blank=1,
        ),
        heading("4. CONSENT"),
        _consent(f),
        heading("5. REASON FOR REFERRAL"),
        box("What has happened, and why are you referring now?", f.get("reason", "")),
        box("What harm has the child suffered, or is the child likely to suffer?", f.get("harm", "")),
        box("Where is the child now, and is the child safe?", f.get("location", "")),
        box("Any known risk to workers who visit", f.get("risk", "")),
        heading("6. OTHER CHILDREN IN THE FAMILY"),
        grid(
            ("Name", "DOB / EDD", "Gender M/F", "School / nursery", "Also being referred? Y/N"),
            f.get("siblings", []),
            (2800, 1600, 1200, 2400, 1600),
            blank=2,
        ),
        heading("7. HAS THERE BEEN PREVIOUS INVOLVEMENT?"),
        _history(f),
    ]
