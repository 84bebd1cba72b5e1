"""A service request with labels in one row and values in the row below, check box before the word without a space, drop-downs left at their prompt, and a signature for consent."""

from __future__ import annotations

from typing import Any

from samples.forms.controls import checks, date_control, drop_down, text_control
from samples.forms.package import docx
from samples.forms.parts import box, cell, grid, guidance, heading, label, par, row, run, table

_ETHNICITIES = ("White British", "White Irish", "Caribbean", "African", "Indian", "Pakistani", "Bangladeshi", "Any other")
_SERVICES = ("Targeted Advice", "Thriving Families", "Young Carers", "Targeted Youth Support")
_PROMPT = "Click here to enter text."


def _below(entries: list[tuple[str, str]]) -> str:
    """Labels in one row, their values in the next."""
    width = 9600 // len(entries)
    return table(
        [row(*(label(q, width, fill="E2EFDA") for q, _ in entries)), row(*(cell(a, width) for _, a in entries))], [width] * len(entries)
    ).removesuffix("<w:p/>") + par("")


def _text(value: str | None) -> str:
    return text_control(value, prompt=_PROMPT)


def build(f: dict[str, Any]) -> bytes:
    """Fill the form."""
    body = [
        par(run("Single Service Request Form"), style="Title"),
        guidance("This form asks for one service for one family. It is not for urgent child protection concerns: ring us."),
        heading("Details of child or young person"),
        _below([("Surname:", _text(f.get("family"))), ("First names:", _text(f.get("given"))), ("Other known as names:", _text(f.get("alias")))]),
        _below(
            [
                ("DoB or EDD", date_control(f.get("dob"))),
                ("Gender:", drop_down(f.get("gender"), ("Female", "Male", "Other"), prompt="Select Gender")),
                ("Ethnicity:", drop_down(f.get("ethnicity"), _ETHNICITIES)),
            ]
        ),
        _below(
            [("Home Address:", _text(f.get("address"))), ("Postcode", _text(f.get("postcode"))), ("Telephone/Mobile nos.", _text(f.get("phone")))]
        ),
        _below(
            [("NHS No / UPN", _text(f.get("number"))), ("School/Nursery/College", _text(f.get("school"))), ("GP and surgery", _text(f.get("gp")))]
        ),
        _below(
            [
                ("Is English their first language? If no, please specify preferred language", _text(f.get("language"))),
                ("Disability Y/N (please give details)", _text(f.get("disability"))),
            ]
        ),
        heading("Family"),
        grid(
            ("Forename", "Surname", "DoB", "Relationship", "Living in home Y/N", "PR"),
            [[_text(v or None) for v in r] for r in f.get("family_members", [])],
            (1900, 1900, 1400, 1900, 1400, 1100),
            blank=2,
            fill="E2EFDA",
            empty=_text(None),
        ),
        *_agreement(f),
        box("Reasons for Referral: what has changed, and what difference does it make to the child?", _text(f.get("reason")), fill="E2EFDA"),
        box("What has been tried so far?", _text(f.get("actions")), fill="E2EFDA"),
        box("What do you hope will be different?", _text(f.get("next_steps")), fill="E2EFDA"),
        *_referrer(f),
    ]
    return docx("".join(body), header=run("Service Request (green)"), footer=run("October 2023"), font="Liberation Sans", size=20, colour="3A7D1E")


def _agreement(f: dict[str, Any]) -> list[str]:
    yes_no = ("Yes", "No")
    return [
        heading("Service wanted"),
        par(checks(_SERVICES, f.get("service"), before=True, gap="   ")),
        heading("Agreement"),
        table(
            [row(label("Is the family aware of this request?", 6600, fill="E2EFDA"), cell(checks(yes_no, f.get("aware"), before=True), 3000))],
            (6600, 3000),
        ),
        table(
            [
                row(
                    label("Do you have consent from a person with parental responsibility?", 6600, fill="E2EFDA"),
                    cell(checks(yes_no, f.get("consented"), before=True), 3000),
                )
            ],
            (6600, 3000),
        ),
        _below(
            [
                ("Who gave the consent?", _text(f.get("given_by"))),
                ("Signature of parent or carer", _text(f.get("signed"))),
                ("Date", date_control(f.get("signed_on"))),
            ]
        ),
    ]


def _referrer(f: dict[str, Any]) -> list[str]:
    return [
        heading("This form completed by"),
        _below([("Name", _text(f.get("author"))), ("Role:", _text(f.get("author_role"))), ("Organisation:", _text(f.get("author_agency")))]),
        _below([("Phone No:", _text(f.get("author_phone"))), ("Email", _text(f.get("author_email"))), ("Date:", date_control(f.get("date")))]),
    ]
