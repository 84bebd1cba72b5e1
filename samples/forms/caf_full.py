"""A long common assessment of the national kind: typed X for a tick, footnote marks on labels, an address cell merged over rows, an ethnicity grid."""

from __future__ import annotations

from typing import Any

from samples.forms.controls import typed_x
from samples.forms.package import docx
from samples.forms.parts import box, cell, grid, guidance, heading, label, pairs, par, row, run, table

_ETHNICITY = (
    ("White", "Black or Black British", "Asian or Asian British", "Mixed/Dual Background", "Chinese & Other"),
    ("White British", "Caribbean", "Indian", "White & Black Caribbean", "Chinese"),
    ("White Irish", "African", "Pakistani", "White & Black African", "Any other ethnic group*"),
    ("Traveller of Irish Heritage", "Any other Black background*", "Bangladeshi", "White & Asian", "Not given"),
    ("Gypsy/Roma", "", "Any other Asian background*", "Any other Mixed background*", ""),
    ("Any other White background*", "", "", "", ""),
)
_FOUR = (1800, 3000, 1800, 3000)


def _footnoted(text: str, mark: str) -> str:
    return par(run(text, bold=True), run(mark, bold=True, superscript=True))


def _identity(f: dict[str, Any]) -> str:
    def line(left: str, value: str, right: str, other: str) -> str:
        return row(label(left, 1800), cell(value, 3000), label(right, 1800), cell(other, 3000))

    address = f.get("address", "")
    return table(
        [
            line("Given name(s)", f.get("given", ""), "Family name", f.get("family", "")),
            row(
                cell(typed_x(("Male", "Female", "Unknown"), f.get("gender")), 4800, span=2),
                label(par(run("AKA", bold=True), run("1", bold=True, superscript=True), run("/previous names", bold=True)), 1800),
                cell(f.get("aka", ""), 3000),
            ),
            row(
                label("Address", 1800, merge="restart"),
                cell(address, 3000, merge="restart"),
                label(_footnoted("Date of birth or EDD", "2"), 1800),
                cell(f.get("dob", ""), 3000),
            ),
            row(label("", 1800, merge="continue"), cell("", 3000, merge="continue"), label("Contact tel. no.", 1800), cell(f.get("phone", ""), 3000)),
            row(
                label("", 1800, merge="continue"),
                cell("", 3000, merge="continue"),
                label("Unique ref. no.", 1800),
                cell(f.get("reference", ""), 3000),
            ),
            line("Postcode", f.get("postcode", ""), "Religion", f.get("religion", "")),
        ],
        _FOUR,
    )


def _ethnicity(chosen: str | None) -> str:
    rows = [row(*(label(h, 1920) for h in _ETHNICITY[0]), header=True)]
    rows += [row(*(cell(f"{o}  X" if o and o == chosen else o, 1920) for o in line)) for line in _ETHNICITY[1:]]
    return table(rows, (1920,) * 5)


def _carer(carer: dict[str, str]) -> str:
    return pairs(
        [
            ["Name", carer.get("name", ""), "Contact tel. no.", carer.get("phone", "")],
            [
                "Relationship to unborn baby, infant, child or young person",
                carer.get("relationship", ""),
                "Parental responsibility?",
                typed_x(("Yes", "No"), carer.get("pr")),
            ],
            ["Address", carer.get("address", ""), "Postcode:", carer.get("postcode", "")],
        ],
        _FOUR,
    )


def build(f: dict[str, Any]) -> bytes:
    """Fill the form."""
    carers = [*f.get("carers", []), {}, {}][:2]
    body = [
        par(run("Common Assessment Framework – CAF form"), style="Title"),
        guidance("Text boxes grow as you type. Where there is a choice, put an X beside the one that applies."),
        heading("Identifying details"),
        guidance("For a baby not yet born write 'unborn baby of' and the mother's name, for example unborn baby of Jane Example."),
        _identity(f),
        guidance("1 Also known as.  2 Expected date of delivery."),
        heading("Ethnicity", 2),
        _ethnicity(f.get("ethnicity")),
        par(run("*If other, please specify: "), run(f.get("ethnicity_other", ""))),
        pairs(
            [
                ["Immigration status", f.get("immigration", ""), "Child's first language", f.get("language", "")],
                [
                    "Parent's first language",
                    f.get("parent_language", ""),
                    "Is the child or young person disabled?",
                    typed_x(("Yes", "No"), f.get("disabled")),
                ],
                ["If 'yes' give details", f.get("disability", "")],
                ["Details of any special requirements (for child and/or their parent)", f.get("requirements", "")],
            ],
            _FOUR,
        ),
        heading("Assessment information"),
        box("People present at assessment", f.get("present", "")),
        box("What has led to this unborn baby, infant, child or young person being assessed?", f.get("reason", "")),
        heading("Details of parents/carers"),
        *(_carer(c) for c in carers),
        heading("Current family and home situation"),
        guidance("For example who lives with the child and who does not, brothers and sisters, other adults who matter."),
        table([row(cell(f.get("family_situation", ""), 9600))], (9600,)),
        *_closing(f),
    ]
    return docx(
        "".join(body), header=run("RESTRICTED (when completed)"), footer=run("CAF full form"), font="Liberation Sans", size=19, colour="7F0000"
    )


def _closing(f: dict[str, Any]) -> list[str]:
    return [
        heading("Details of person(s) undertaking assessment"),
        pairs(
            [
                ["Name", f.get("author", ""), "Contact tel. no.", f.get("author_phone", "")],
                ["Address", f.get("author_address", ""), "Role", f.get("author_role", "")],
                ["Organisation", f.get("author_agency", ""), "Email", f.get("author_email", "")],
                ["Name of lead professional (where applicable)", f.get("lead", ""), "Lead professional's contact number", f.get("lead_phone", "")],
            ],
            _FOUR,
        ),
        heading("Services working with this infant, child or young person"),
        grid(("Service", "Name of worker", "Role", "Contact tel. no."), f.get("services", []), (2800, 2600, 2100, 2100), blank=2),
        heading("CAF assessment summary: strengths and needs"),
        box("Development of unborn baby, infant, child or young person", f.get("development", "")),
        box("Parents and carers", f.get("parents", "")),
        box("Conclusions: what needs to change?", f.get("next_steps", "")),
        box("Child or young person's comment on the assessment and actions identified", f.get("child_views", "")),
        box("Parent or carer's comment on the assessment and actions identified", f.get("parent_views", "")),
        heading("Consent statement for information storage and information sharing"),
        pairs(
            [
                ["I understand and agree. Signed", f.get("signed", ""), "Date", f.get("signed_on", "")],
                ["Exceptional circumstances: reasons for sharing without consent", f.get("no_consent_reason", "")],
            ],
            _FOUR,
        ),
    ]
