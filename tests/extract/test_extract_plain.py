"""One form pasted into a mail in all the ways mail programs flatten it: the record is the same."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import date

import pytest

from models.record import Record
from pipeline.extract.body import read_body
from pipeline.extract.plain import text_lines
from pipeline.extract.understand import understand

TITLE = "Multi-Agency Referral Form"
STORY = (
    "Tom came to school on Monday with a bruise on his left arm and said that it was from Friday. His mother did not come to the meeting that we "
    "had arranged for Tuesday and has not rung since. I think that Tom is frightened of going home."
)
CHILD = [
    ("Child's name", "Tom Gale"),
    ("Date of birth", "3 May 2015"),
    ("Gender", "Male"),
    ("Ethnicity", "White British"),
    ("Address", "12 Larch Close, Copley, LW1 1AA"),
    ("School", "Meadowbank Primary School"),
]
REFERRER = [
    ("Name of referrer", "Jane Osei"),
    ("Job title", "Deputy Headteacher"),
    ("Agency", "Meadowbank Primary School"),
    ("Telephone", "01632 960123"),
    ("Email", "j.osei@meadowbank.example.org"),
    ("Date of referral", "12/11/2026"),
]
HEADS = ["Name", "Relationship to child", "Date of birth", "Parental responsibility"]
PEOPLE = [["Ann Gale", "Mother", "01/02/1985", "Yes"], ["Bob Marsh", "Stepfather", "1983", "No"]]
Pairs = list[tuple[str, str]]


def form(pair: Callable[[str, str], str], *, between: str = "\n", row: Callable[[list[str]], str] = "\t".join, story: str = STORY) -> str:
    """The form as text, given how a pair and a row of a table are written."""

    def block(title: str, pairs: Pairs) -> str:
        return f"{title}\n\n" + between.join(pair(label, value) for label, value in pairs) + "\n\n"

    people = between.join(row(cells) for cells in [HEADS, *PEOPLE])
    return (
        f"{TITLE}\n\n{block('Details of child', CHILD)}Household members\n\n{people}\n\n"
        f"Reason for referral\n\n{story}\n\n{block('Details of referrer', REFERRER)}"
    )


def colon(label: str, value: str) -> str:
    return f"{label}: {value}"


def wrapped(text: str, width: int = 72, end: str = "") -> str:
    return "\n".join(
        part for line in text.split("\n") for part in ((end + "\n").join(textwrap.wrap(line, width)).split("\n") if "\t" not in line else [line])
    )


HEADER = "From: Jane Osei <j.osei@meadowbank.example.org>\nSent: 12 November 2026 09:12\nTo: MASH\nSubject: FW: Referral\n\n"
CLOSE = "\nKind regards\n\nJane Osei\nDeputy Headteacher\nMeadowbank Primary School\nT: 01632 960999\nwww.meadowbank.example.org\n"
DISCLAIMER = "\nThis email and any attachments are confidential and intended solely for the use of the intended recipient. If you are not the intended recipient please delete it.\n"

WAYS: dict[str, str] = {
    "label: value": form(colon),
    "label tab value": form(lambda label, value: f"{label}\t{value}"),
    "label colon tab value": form(lambda label, value: f"{label}:\t{value}"),
    "label line, value line": form(lambda label, value: f"{label}\n{value}"),
    "label line, empty line, value line": form(lambda label, value: f"{label}\n\n{value}", between="\n\n"),
    "an empty line between all": form(colon, between="\n\n"),
    "columns by wide spaces": form(lambda label, value: f"{label:<30}{value}", row=lambda cells: "".join(f"{cell:<28}" for cell in cells)),
    "drawn with bars": form(lambda label, value: f"| {label} | {value} |", row=lambda cells: "| " + " | ".join(cells) + " |"),
    "drawn with bars and rules": form(
        lambda label, value: f"| {label} | {value} |\n+-------+-------+", row=lambda cells: "| " + " | ".join(cells) + " |\n|------|------|"
    ),
    "bold by asterisks": form(lambda label, value: f"*{label}:* {value}"),
    "bulleted": form(lambda label, value: f"• {label}: {value}"),
    "bulleted by dashes": form(lambda label, value: f"- {label}: {value}"),
    "numbered": form(lambda label, value: f"1. {label}: {value}"),
    "quoted": "\n".join(f"> {line}" for line in form(colon).split("\n")),
    "quoted twice": "\n".join(f">> {line}" for line in form(colon).split("\n")),
    "wrapped": wrapped(form(colon)),
    "wrapped and quoted": "\n".join(f"> {line}" for line in wrapped(form(colon)).split("\n")),
    "flowed": wrapped(form(colon), end=" "),
    "no-break spaces": form(lambda label, value: f"{label}:\u00a0\u00a0{value}\u00a0", between="\n\u00a0\n"),
    "line ends of Windows": form(colon).replace("\n", "\r\n"),
    "signed": form(colon) + CLOSE + DISCLAIMER,
    "signed by a device": form(colon) + "\nSent from my iPhone\n",
    "signed after dashes": form(colon) + "\n-- \nJane Osei | Deputy Headteacher\nDate: today\n",
    "forwarded": HEADER + "Please see below.\n\nThanks\n\n" + HEADER + form(colon),
    "forwarded and quoted": "Please see below.\n\n-----Original Message-----\n"
    + "\n".join(f"> {line}" for line in (HEADER + form(colon)).split("\n")),
    "a letter around it": "Dear colleague,\n\nPlease find the referral below.\n\n" + form(colon) + CLOSE,
    "disclaimer inside the story": form(colon, story=STORY + DISCLAIMER.rstrip("\n")),
    "one cell a line": form(lambda label, value: f"{label}\n{value}", row="\n".join),
    "one cell a line, empty lines between": form(lambda label, value: f"{label}\n\n{value}", between="\n\n", row="\n\n".join),
}


def record_of(text: str | None, html: str | None = None) -> Record:
    return understand(read_body(text, html, "body"), (), date(2026, 11, 20)).record


def check(record: Record) -> None:
    (child,) = record.children
    assert (child.given_names, child.family_name, child.date_of_birth, child.gender, child.ethnicity_code) == (
        "Tom",
        "Gale",
        "2015-05-03",
        "male",
        "WBRI",
    )
    assert (child.postcode, child.school) == ("LW1 1AA", "Meadowbank Primary School")
    assert [
        (one.given_names, one.family_name, one.relationship_to_child, one.date_of_birth, one.parental_responsibility) for one in record.people
    ] == [("Ann", "Gale", "Mother", "1985-02-01", True), ("Bob", "Marsh", "Stepfather", "1983", False)]
    referrer = record.referrer
    assert (referrer.name, referrer.role, referrer.agency) == ("Jane Osei", "Deputy Headteacher", "Meadowbank Primary School")
    assert (referrer.phone, referrer.email, record.referral.date) == ("01632 960123", "j.osei@meadowbank.example.org", "2026-11-12")
    assert " ".join((record.narrative.reason or "").split()) == STORY
    assert record.narrative.other is None


@pytest.mark.parametrize("way", list(WAYS))
def test_a_form_pasted_into_a_mail(way: str) -> None:
    check(record_of(WAYS[way]))


def test_cells_below_each_other_with_some_empty() -> None:
    rows = "Name\nDate of birth\nRelationship to child\nTel\nAnn Gale\nMother\n07700 900123\nBob Marsh\n01/02/1980\nFather\nCarol Gale\nAunt\n020 7946 0001\n"
    record = record_of(f"{TITLE}\nChild's name: Tom Gale\nDate of birth: 3/5/2015\n\nFamily members\n\n{rows}\nReason for referral\n\n{STORY}\n")
    assert [(one.given_names, one.date_of_birth, one.relationship_to_child, one.phone) for one in record.people] == [
        ("Ann", None, "Mother", "07700 900123"),
        ("Bob", "1980-02-01", "Father", None),
        ("Carol", None, "Aunt", "020 7946 0001"),
    ]
    assert [child.given_names for child in record.children] == ["Tom"]


def test_labels_below_each_other_with_nothing_filled_in_are_no_table() -> None:
    record = record_of(f"{TITLE}\nName\nDate of birth\nRelationship to child\nGender\n\nReason for referral\n{STORY}\n")
    assert not record.children
    assert not record.people


def test_two_labels_and_their_answers_are_no_table() -> None:
    (child,) = record_of("Referral form\nDetails of child\nName\nTom Gale\nDate of birth\n3/5/2015\nGender\nMale\n").children
    assert (child.given_names, child.date_of_birth, child.gender) == ("Tom", "2015-05-03", "male")


def test_heads_with_nothing_under_them_name_nobody() -> None:
    record = record_of(f"{form(colon)}\nOther significant people\n\nFirst name\tSurname\tDOB/EDD\tRelationship\tTel\n\nSignature:\n")
    check(record)


def test_printed_options_are_no_columns() -> None:
    text = "Referral form\nChild's name: Tom Gale\nGender: Male X   Female\nAre the parents aware of this referral? Yes   No X\nHave they consented? Yes   No\n"
    record = record_of(text)
    assert (record.children[0].gender, record.consent.parents_aware, record.consent.status) == ("male", False, None)


def test_a_printed_table_of_advice_answers_nothing() -> None:
    text = f"{TITLE}\n\nLevel\tWhat it means\tConsent\nLevel 2\tEarly help\tNeeded\nLevel 4\tChild protection\tNot needed\n\n{form(colon)}"
    record = record_of(text)
    check(record)
    assert (record.consent.status, record.narrative.next_steps, record.referral.type) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One\n\nTwo", [("One", False), ("Two", True)]),
        ("a | b | c\n--|--|--\nd | e | f", [("a\tb\tc", False), ("d\te\tf", False)]),
        ("Yes X   No   Not known", [("Yes X   No   Not known", False)]),
        ("Name    Tom    DOB    1/2/15", [("Name\tTom\tDOB\t1/2/15", False)]),
        ("*Name:* Tom * and ** more", [("Name: Tom * and ** more", False)]),
        ("> > Name: Tom", [("Name: Tom", False)]),
        ("Risk is 5 > 3 today", [("Risk is 5 > 3 today", False)]),
        ("Name: Tom ..........\nSchool: ________\nWhat now...", [("Name: Tom", False), ("School:", False), ("What now...", False)]),
        ("_________\nName: Tom\n=========", [("Name: Tom", False)]),
    ],
)
def test_lines_as_they_were_written(text: str, lines: list[tuple[str, bool]]) -> None:
    assert [(line.text, line.gap) for line in text_lines(text)] == lines


def test_long_lines_are_not_taken_for_broken_ones() -> None:
    text = (
        "Name: Tom\n"
        + "\n".join(f"Line {number} is written to its end and a new one begins by will of its writer" for number in range(5))
        + f"\n{'x ' * 60}"
    )
    assert len(text_lines(text)) == 7


@pytest.mark.parametrize("close", ["Kind regards", "Many thanks,", "Yours sincerely", "Thanks", "Best wishes"])
def test_what_is_said_after_a_closing_is_kept(close: str) -> None:
    """A closing that is followed by more of the form, or by something said at length, cuts nothing off."""
    assert len(record_of(f"Please see below.\n\n{close}\nJane Osei\n\n{form(colon)}").children) == 1
    said = "PS I have just heard from the neighbour that Tom was seen alone in the street at ten in the evening and nobody had looked for him."
    assert said in "\n".join(line.text for line in read_body(f"{form(colon)}\n{close}\nJane\n{said}\n", None, "body").lines())


def as_html(rows: list[str]) -> str:
    return "<html><body>" + "".join(rows) + "</body></html>"


@pytest.mark.parametrize(
    "pair",
    [
        "<p>{}: {}</p>",
        "<div>{}: {}</div><div><br></div>",
        "<p><b>{}</b><br>{}</p>",
        "{}: {}<br>",
        "<p>{}:&nbsp;&nbsp;{}</p><p>&nbsp;</p>",
        "<ul><li>{}: {}</li></ul>",
        "<blockquote>{}: {}</blockquote>",
    ],
)
def test_a_form_pasted_as_html(pair: str) -> None:
    def block(title: str, pairs: Pairs) -> str:
        return f"<p><b>{title}</b></p>" + "".join(pair.format(label, value) for label, value in pairs)

    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADS, *PEOPLE])
    parts = [f"<h1>{TITLE}</h1>", block("Details of child", CHILD), f"<p><b>Household members</b></p><table>{cells}</table>"]
    parts += [f"<p><b>Reason for referral</b></p><p>{STORY}</p>", block("Details of referrer", REFERRER)]
    check(record_of(None, as_html(parts)))
    check(record_of(None, as_html([f"<p>{line}</p>" for line in (HEADER + "Thanks\nJane").split("\n")] + parts + [f"<p>{DISCLAIMER}</p>"])))


@pytest.mark.parametrize("heading", ["SUBJECT", "Child / young person / unborn", "Child / unborn"])
def test_words_on_a_line_of_their_own_open_a_block(heading: str) -> None:
    (child,) = record_of(f"{TITLE}\n\n{heading}\nForename: Tom\nSurname: Gale\nDate of birth: 3/5/2015\n\nReferrer\nName: Jane Osei\n").children
    assert (child.given_names, child.family_name, child.date_of_birth) == ("Tom", "Gale", "2015-05-03")
