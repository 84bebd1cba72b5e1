"""A single service request as schools' own systems print it: short labels with colons, YES NO of which one is underlined or highlighted, service wanted by Wingdings box."""

from __future__ import annotations

from typing import Any

from samples.forms.controls import formatted, symbols
from samples.forms.package import docx
from samples.forms.parts import box, cell, grid, guidance, heading, label, pairs, par, row, run, table

_SERVICES = ("Integrated Services for Learning", "Targeted Youth Support", "Young Carers", "Family Support")
_FOUR = (1900, 2900, 2000, 2800)


def _yes_no(f: dict[str, Any], key: str) -> str:
    return formatted(("YES", "NO"), f.get(key), f.get("marking", "underline"), sep="   ")


def _child(f: dict[str, Any]) -> str:
    return pairs(
        [
            ["Surname:", f.get("family", ""), "First Name(s):", f.get("given", "")],
            ["Previous Names (AKA):", f.get("aka", ""), "Unique Pupil No:", f.get("upn", "")],
            ["Address:", f.get("address", "")],
            ["Name of School", f.get("school", ""), "Year Group:", f.get("year", "")],
            ["Male / Female", formatted(("Male", "Female"), f.get("gender"), f.get("marking", "underline")), "Date of Birth:", f.get("dob", "")],
            ["Ethnic Code:", f.get("ethnic_code", ""), "Nationality:", f.get("nationality", "")],
            ["Religion:", f.get("religion", ""), "Child/Young Person's first language or preferred means of communication:", f.get("language", "")],
            ["Interpreter/Signer Required for Child/Young Person:", _yes_no(f, "interpreter")],
        ],
        _FOUR,
    )


def _consent(f: dict[str, Any]) -> str:
    lines = [
        ("Has the Parent/Carer agreed to this referral?", _yes_no(f, "agreed")),
        ("If NO – please indicate reason:", f.get("agreed_reason", "")),
        ("Has the Parent/Carer consented to share information:", _yes_no(f, "sharing")),
        ("If NO – please indicate reason:", f.get("sharing_reason", "")),
    ]
    return table([row(label(q, 5000), cell(a, 4600)) for q, a in lines], (5000, 4600))


def build(f: dict[str, Any]) -> bytes:
    """Fill the form."""
    body = [
        par(run("SINGLE SERVICE REQUEST (SSR)"), style="Title"),
        guidance("For ONE service only. Where a family has more than one need, an assessment with the family comes first."),
        heading("SECTION 1: Child/Young Person"),
        _child(f),
        heading("SECTION 2: Parents / carers"),
        pairs(
            [
                ["Parent(s) Name:", f.get("parent", ""), "Parent Name (if different address):", f.get("parent2", "")],
                ["Address:", f.get("parent_address", ""), "Address:", f.get("parent2_address", "")],
                ["Telephone Number:", f.get("parent_phone", ""), "Telephone Number:", f.get("parent2_phone", "")],
                ["Parental Responsibility:", f.get("pr", ""), "GP Name/Telephone Number", f.get("gp", "")],
            ],
            _FOUR,
        ),
        heading("SECTION 3: Person Completing This Form"),
        pairs(
            [
                ["Mr/Mrs/Miss/Other:", f.get("author_title", ""), "Full Name:", f.get("author", "")],
                ["Designation/Title:", f.get("author_role", ""), "Contact Number:", f.get("author_phone", "")],
                ["Date form completed:", f.get("date", ""), "Email Contact:", f.get("author_email", "")],
                ["Name of senior leader:", f.get("senior", "")],
            ],
            _FOUR,
        ),
        heading("SECTION 4: Service requested"),
        par(run("Tick ONE only   "), symbols(_SERVICES, f.get("service"))),
        _consent(f),
        box("Reason for request (what is the need and what is the effect on the child or young person?)", f.get("reason", "")),
        box("What has been tried already and what was the outcome?", f.get("actions", "")),
        box("What are the anticipated outcomes of this request?", f.get("next_steps", "")),
        box("Child/Young Person Views", f.get("child_views", "")),
        box("Parent/Carer Views", f.get("parent_views", "")),
        heading("Other agencies currently involved"),
        grid(("Agency", "Name", "Telephone Number:"), f.get("agencies", []), (3600, 3400, 2600), blank=1),
    ]
    return docx("".join(body), header=run("SSR"), footer=run("V12 autumn"), font="Liberation Sans", size=20, colour="2E5E2E")
