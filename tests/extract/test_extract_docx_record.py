"""Each construct of a Word form answering a question, from the file's XML to the record."""

from __future__ import annotations

from datetime import date

import pytest

from models.record import Record
from pipeline.extract.understand import understand
from tests.extract.made_documents import cell, control, field, paragraph, read_body_xml, run, table

TODAY = date(2026, 11, 20)
PLACEHOLDER = "<w:showingPlcHdr/>"


def box(on: bool) -> str:
    return control(run("☒" if on else "☐"), f'<w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox>')


def legacy_box(inside: str) -> str:
    return field("FORMCHECKBOX", f"<w:checkBox><w:sizeAuto/>{inside}</w:checkBox>")


def sym(code: str) -> str:
    return f'<w:r><w:sym w:font="Wingdings" w:char="F0{code}"/></w:r>'


def form(rows: str, *, after: str = "") -> Record:
    named = cell("Child's name") + cell("Tom Gale")
    body = paragraph("Multi-Agency Referral Form") + paragraph("Child's details") + table(named, rows) + after
    return understand(read_body_xml(body), (), TODAY).record


def child_of(label: str, answer: str) -> dict[str, object]:
    (child,) = form(cell(label) + cell(answer)).children
    return child.model_dump()


DROPDOWN = '<w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/><w:listItem w:displayText="Female" w:value="F"/><w:listItem w:displayText="Male" w:value="M"/></w:dropDownList>'
LIST = '<w:ddList>{}<w:listEntry w:val="Select"/><w:listEntry w:val="Female"/><w:listEntry w:val="Male"/></w:ddList>'


@pytest.mark.parametrize(
    ("label", "answer", "name", "value"),
    [
        ("School", paragraph(control(run("Elm School"))), "school", "Elm School"),
        ("School", paragraph(control(run("Click or tap here to enter text."), PLACEHOLDER + "<w:text/>")), "school", None),
        ("School", paragraph(control(control(run("Elm School")), "<w:richText/>")), "school", "Elm School"),
        ("School", paragraph(f'<w:smartTag w:uri="x" w:element="place">{run("Elm School")}</w:smartTag>'), "school", "Elm School"),
        ("School", paragraph(f'<w:customXml w:element="school">{run("Elm School")}</w:customXml>'), "school", "Elm School"),
        ("School", paragraph(f'<w:hyperlink r:id="none">{run("Elm School")}</w:hyperlink>'), "school", "Elm School"),
        ("School", paragraph(run("Elm"), "<w:r><w:noBreakHyphen/></w:r>", run("Wood School")), "school", "Elm-Wood School"),
        ("School", paragraph(field("FORMTEXT", '<w:name w:val="Text7"/><w:textInput/>', "Elm School")), "school", "Elm School"),
        ("School", paragraph(field("FORMTEXT", "<w:textInput/>", "\u2002" * 5)), "school", None),
        ("School", paragraph('<w:fldSimple w:instr=" FORMTEXT ">' + run("Elm School") + "</w:fldSimple>"), "school", "Elm School"),
        (
            "School",
            paragraph("<w:ins>" + run("Elm School") + "</w:ins>", "<w:del><w:r><w:delText>Oak School</w:delText></w:r></w:del>"),
            "school",
            "Elm School",
        ),
        (
            "School",
            paragraph("<w:moveTo>" + run("Elm School") + "</w:moveTo>", "<w:moveFrom>" + run("Oak School") + "</w:moveFrom>"),
            "school",
            "Elm School",
        ),
        ("School", paragraph("<w:del>" + "<w:r><w:delText>Oak School</w:delText></w:r>" + "</w:del>"), "school", None),
        ("School", paragraph(run("Oak School", "<w:strike/>"), run(" Elm School")), "school", "Elm School"),
        ("School", paragraph(run("Oak School", "<w:vanish/>")), "school", None),
        ("School", table(cell("Elm School")) + paragraph(""), "school", "Elm School"),
        ("Date of birth", paragraph(control(run("03/05/2015"), '<w:date w:fullDate="2015-05-03T00:00:00Z"/>')), "date_of_birth", "2015-05-03"),
        ("Date of birth", paragraph(control(run("Click to enter a date."), PLACEHOLDER + "<w:date/>")), "date_of_birth", None),
        ("Gender", paragraph(control(run("Male"), DROPDOWN)), "gender", "male"),
        ("Gender", paragraph(control(run("Choose an item."), PLACEHOLDER + DROPDOWN)), "gender", None),
        ("Gender", paragraph(field("FORMDROPDOWN", LIST.format('<w:result w:val="1"/>'))), "gender", "female"),
        ("Gender", paragraph(field("FORMDROPDOWN", LIST.format(""))), "gender", None),
        ("Gender", paragraph("Male ", box(False), "  Female ", box(True)), "gender", "female"),
        ("Gender", paragraph("Male ", box(False), "  Female ", box(False)), "gender", None),
        ("Gender", paragraph(box(True), " Male   ", box(False), " Female"), "gender", "male"),
        ("Gender", paragraph("Male ", sym("A8"), "  Female ", sym("FE")), "gender", "female"),
        ("Gender", paragraph(run("Male "), run("Female", "<w:b/>")), "gender", "female"),
        ("Gender", paragraph(run("Male ", '<w:highlight w:val="yellow"/>'), run("Female")), "gender", "male"),
        ("Gender", paragraph(run("Male"), run(" / "), run("Female", '<w:u w:val="single"/>')), "gender", "female"),
        ("Gender", paragraph(run("Male", "<w:strike/>"), run(" / Female")), "gender", "female"),
        ("Gender", paragraph(run("Male", "<w:dstrike/>"), run(" / Female")), "gender", "female"),
        ("Gender", paragraph("<w:del><w:r><w:delText>Male</w:delText></w:r></w:del>", run(" / Female")), "gender", "female"),
        ("Gender", paragraph(run("Male / Female")), "gender", None),
        ("Interpreter required?", paragraph("Yes ", legacy_box("<w:checked/>"), " No ", legacy_box('<w:checked w:val="0"/>')), "interpreter", True),
        (
            "Interpreter required?",
            paragraph("Yes ", legacy_box('<w:default w:val="0"/>'), " No ", legacy_box('<w:checked w:val="1"/>')),
            "interpreter",
            False,
        ),
        (
            "Interpreter required?",
            paragraph("Yes ", legacy_box('<w:default w:val="0"/>'), " No ", legacy_box('<w:default w:val="0"/>')),
            "interpreter",
            None,
        ),
        ("Interpreter required?", paragraph(run("☐ Yes  ☑ No")), "interpreter", False),
    ],
)
def test_a_construct_answers(label: str, answer: str, name: str, value: object) -> None:
    assert child_of(label, answer)[name] == value


def test_a_control_round_a_cell() -> None:
    row = cell("School") + f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{cell(run_paragraph('Elm School'))}</w:sdtContent></w:sdt>"
    assert form(row).children[0].school == "Elm School"


def run_paragraph(text: str) -> str:
    return paragraph(run(text))


def test_a_control_round_a_whole_row() -> None:
    row = f"<w:sdt><w:sdtPr/><w:sdtContent><w:tr>{cell('School') + cell('Elm School')}</w:tr></w:sdtContent></w:sdt>"
    assert form(row).children[0].school == "Elm School"


def test_repeated_rows_are_each_a_person() -> None:
    item = "<w:sdt><w:sdtPr><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent><w:tr>{}</w:tr></w:sdtContent></w:sdt>"
    rows = "".join(item.format(cell(name) + cell(relation)) for name, relation in [("Ann Gale", "Mother"), ("Bob Marsh", "Father")])
    section = f"<w:sdt><w:sdtPr><w15:repeatingSection/></w:sdtPr><w:sdtContent>{rows}</w:sdtContent></w:sdt>"
    people = paragraph("Household members") + table(cell("Name") + cell("Relationship to child"), section)
    assert [(one.given_names, one.relationship_to_child) for one in form(cell("School") + cell(""), after=people).people] == [
        ("Ann", "Mother"),
        ("Bob", "Father"),
    ]


def test_a_control_round_a_block_of_paragraphs() -> None:
    story = "Tom came to school with a bruise on his arm and said that it was from Friday."
    after = (
        paragraph(run("Reason for referral", "<w:b/>"))
        + f"<w:sdt><w:sdtPr><w:richText/></w:sdtPr><w:sdtContent>{paragraph(story)}</w:sdtContent></w:sdt>"
    )
    assert form(cell("School") + cell(""), after=after).narrative.reason == story


def test_an_answer_in_a_text_box_is_read_once() -> None:
    inside = f"<w:txbxContent>{paragraph('School: Elm School')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
    after = paragraph(f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")
    assert form(cell("Gender") + cell("M"), after=after).children[0].school == "Elm School"


def test_merged_cells_keep_label_beside_answer() -> None:
    wide = '<w:gridSpan w:val="3"/>'
    rows = [
        cell("Surname") + cell("Gale") + cell("First name") + cell("Tom"),
        cell("Home address") + cell("1 Elm Road, Copley LW1 1AA", wide),
        cell("Others at home", '<w:vMerge w:val="restart"/>') + cell("", wide),
    ]
    record = understand(read_body_xml(paragraph("Referral form") + paragraph("Child's details") + table(*rows)), (), TODAY).record
    assert [(child.given_names, child.family_name, child.postcode) for child in record.children] == [("Tom", "Gale", "LW1 1AA")]


def test_comments_headers_and_footnotes_answer_nothing() -> None:
    body = (
        paragraph("Referral form")
        + table(cell("Child's name") + cell("Tom Gale"), cell("School") + cell(paragraph('<w:r><w:commentReference w:id="0"/></w:r>')))
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    )
    document = read_body_xml(body, header1=paragraph("School: Oak School"), comments=f'<w:comment w:id="0">{paragraph("Elm School?")}</w:comment>')
    assert understand(document, (), TODAY).record.children[0].school is None


def test_a_whole_row_deleted_by_tracked_changes_says_nothing() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('School') + cell('Oak School')}</w:tr>"
    assert form(deleted).children[0].school is None
