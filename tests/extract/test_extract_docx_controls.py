"""Content controls and legacy fields of DOCX."""

from __future__ import annotations

import pytest

from models.document import MarkState, Origin
from tests.extract.made_documents import (
    cell,
    control,
    controls_of,
    field,
    grid_of,
    marks_of,
    paragraph,
    read_body_xml,
    run,
    spans_of,
    table,
    tables_of,
    texts_of,
)

PLACEHOLDER = "<w:showingPlcHdr/>"
BOX = '<w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox>'


def test_text_control_in_a_run_gives_its_value_and_title() -> None:
    document = read_body_xml(paragraph("Name: ", control(run("Ada Example"), '<w:alias w:val="Child name"/><w:text/>')))
    (found,) = controls_of(document)
    assert (found.kind, found.value, found.label, found.origin) == ("text", "Ada Example", "Child name", Origin.CONTENT_CONTROL)
    assert texts_of(document) == ["Name: Ada Example"]


def test_placeholder_is_a_prompt_and_no_value() -> None:
    document = read_body_xml(paragraph("Name: ", control(run("Click or tap here to enter text."), PLACEHOLDER + "<w:text/>")))
    (found,) = controls_of(document)
    assert (found.value, found.prompt) == (None, "Click or tap here to enter text.")
    assert texts_of(document) == ["Name: "]


def test_emptied_control_has_no_value() -> None:
    (found,) = controls_of(read_body_xml(paragraph("Name: ", control(""))))
    assert (found.value, found.prompt) == (None, None)


def test_date_control_keeps_the_date_as_shown() -> None:
    (found,) = controls_of(read_body_xml(paragraph(control(run("3 May 2014"), '<w:date w:fullDate="2014-05-03T00:00:00Z"/>'))))
    assert (found.kind, found.value) == ("date", "3 May 2014")


def test_date_control_that_shows_nothing_gives_its_stored_date() -> None:
    (found,) = controls_of(read_body_xml(paragraph(control("", '<w:date w:fullDate="2014-05-03T00:00:00Z"/>'))))
    assert found.value == "2014-05-03"


DROPDOWN = '<w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/><w:listItem w:displayText="Mother" w:value="m"/><w:listItem w:displayText="Father" w:value="f"/></w:dropDownList>'


def test_drop_down_gives_its_choice_and_options() -> None:
    (found,) = controls_of(read_body_xml(paragraph(control(run("Father"), DROPDOWN))))
    assert (found.kind, found.value, found.options) == ("choice", "Father", ("Mother", "Father"))


def test_drop_down_left_on_its_empty_entry_has_no_value() -> None:
    (found,) = controls_of(read_body_xml(paragraph(control(run("Choose an item."), DROPDOWN))))
    assert (found.value, found.prompt) == (None, "Choose an item.")


@pytest.mark.parametrize(
    ("stored", "glyph", "state"), [("1", "☒", MarkState.ON), ("true", "☑", MarkState.ON), ("0", "☐", MarkState.OFF), ("false", "☐", MarkState.OFF)]
)
def test_checkbox_control_gives_its_state(stored: str, glyph: str, state: MarkState) -> None:
    (found,) = marks_of(read_body_xml(paragraph(control(run(glyph), '<w:alias w:val="Unborn"/>' + BOX.format(stored)), "Yes")))
    assert (found.state, found.origin, found.label) == (state, Origin.CONTENT_CONTROL, "Unborn")


def test_checkbox_whose_glyph_contradicts_its_state_is_unknown() -> None:
    (found,) = marks_of(read_body_xml(paragraph(control(run("☒"), BOX.format("0")), "Yes")))
    assert found.state is MarkState.UNKNOWN
    assert found.confidence < 1


def test_cell_level_control_keeps_its_cell_in_the_row() -> None:
    document = read_body_xml(table(cell("Name") + control(cell("Ada Example")) + cell("Age")))
    (found,) = tables_of(document)
    assert [part[4] for part in grid_of(found)] == ["Name", "Ada Example", "Age"]
    assert [item.value for item in controls_of(document)] == ["Ada Example"]


def test_cell_level_checkbox_is_one_mark() -> None:
    document = read_body_xml(table(cell("Yes") + control(cell("☒"), BOX.format("1"))))
    assert [mark.state for mark in marks_of(document)] == [MarkState.ON]


def test_row_level_repeating_section_gives_every_row() -> None:
    item = "<w15:repeatingSectionItem/>"
    rows = "".join(control(f"<w:tr>{cell(name)}{cell(paragraph(control(run(age))))}</w:tr>", item) for name, age in (("Ada", "7"), ("Ben", "9")))
    document = read_body_xml(table(cell("Name") + cell("Age"), control(rows, "<w15:repeatingSection/>")))
    (found,) = tables_of(document)
    assert [part[4] for part in grid_of(found)] == ["Name", "Age", "Ada", "7", "Ben", "9"]
    assert found.rows == 3


def test_block_level_control_of_one_paragraph_is_a_control() -> None:
    (found,) = controls_of(read_body_xml(control(paragraph("She said so."), "<w:richText/>")))
    assert found.value == "She said so."


def test_block_level_control_round_a_table_is_transparent() -> None:
    document = read_body_xml(control(paragraph("Part one") + table(cell("Name") + cell("Ada")), "<w:richText/>"))
    assert not controls_of(document)
    assert texts_of(document) == ["Part one", "Name", "Ada"]


def test_block_level_placeholder_is_no_text() -> None:
    document = read_body_xml(paragraph("Worries") + control(paragraph("Describe the worry here"), PLACEHOLDER + "<w:richText/>"))
    assert texts_of(document) == ["Worries", ""]


def test_control_with_one_option_struck_out_keeps_its_formatting() -> None:
    document = read_body_xml(paragraph(control(run("Yes / ") + run("No", "<w:strike/>"), "<w:richText/>")))
    assert [(span.text, span.strike, span.origin) for span in spans_of(document)] == [
        ("Yes / ", False, Origin.CONTENT_CONTROL),
        ("No", True, Origin.CONTENT_CONTROL),
    ]


def test_legacy_text_field_gives_its_value_and_not_its_code() -> None:
    document = read_body_xml(paragraph("Name ", field("FORMTEXT", '<w:name w:val="ChildName"/><w:textInput/>', "Ada Example")))
    (found,) = controls_of(document)
    assert (found.value, found.label, found.origin) == ("Ada Example", "ChildName", Origin.LEGACY_FIELD)
    assert texts_of(document) == ["Name Ada Example"]


def test_legacy_text_field_of_blanks_has_no_value() -> None:
    (found,) = controls_of(read_body_xml(paragraph(field("FORMTEXT", '<w:name w:val="Text1"/><w:textInput/>', "\u2002" * 5))))
    assert (found.value, found.label) == (None, None)


def test_legacy_text_field_still_showing_its_default_has_no_value() -> None:
    (found,) = controls_of(read_body_xml(paragraph(field("FORMTEXT", '<w:textInput><w:default w:val="dd/mm/yyyy"/></w:textInput>', "dd/mm/yyyy"))))
    assert (found.value, found.prompt) == (None, "dd/mm/yyyy")


def test_legacy_text_field_over_two_paragraphs_keeps_both() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    document = read_body_xml(
        paragraph(begin, "First part.") + paragraph("Second part.", '<w:r><w:fldChar w:fldCharType="end"/></w:r>') + paragraph("After")
    )
    assert [found.value for found in controls_of(document)] == ["First part.", "Second part."]
    assert texts_of(document)[-1] == "After"


@pytest.mark.parametrize(
    ("encoding", "state"),
    [
        ("<w:checked/>", MarkState.ON),
        ('<w:checked w:val="1"/>', MarkState.ON),
        ('<w:checked w:val="0"/>', MarkState.OFF),
        ('<w:default w:val="1"/>', MarkState.ON),
        ('<w:default w:val="0"/>', MarkState.OFF),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', MarkState.OFF),
        ('<w:default w:val="0"/><w:checked/>', MarkState.ON),
    ],
)
def test_legacy_checkbox_encodings(encoding: str, state: MarkState) -> None:
    (found,) = marks_of(read_body_xml(paragraph(field("FORMCHECKBOX", f"<w:checkBox><w:sizeAuto/>{encoding}</w:checkBox>"), " Yes")))
    assert (found.state, found.origin) == (state, Origin.LEGACY_FIELD)


LIST = '<w:ddList>{}<w:listEntry w:val="None"/><w:listEntry w:val="SEN support"/><w:listEntry w:val="EHC plan"/></w:ddList>'


def test_legacy_drop_down_is_read_from_its_list() -> None:
    (found,) = controls_of(read_body_xml(paragraph(field("FORMDROPDOWN", LIST.format('<w:result w:val="1"/>')))))
    assert (found.kind, found.value, found.prompt, found.options) == ("choice", "SEN support", None, ("None", "SEN support", "EHC plan"))


def test_legacy_drop_down_never_touched_says_so() -> None:
    (found,) = controls_of(read_body_xml(paragraph(field("FORMDROPDOWN", LIST.format("")))))
    assert found.value == found.prompt == "None"


def test_other_fields_show_their_result_and_not_their_instruction() -> None:
    link = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "mailto:x@example.org"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    document = read_body_xml(paragraph("Mail ", link, "x@example.org", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    assert texts_of(document) == ["Mail x@example.org"]


def test_nested_field_inside_an_instruction_is_not_shown() -> None:
    inner = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("3")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        + inner
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("shown")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts_of(read_body_xml(paragraph(outer))) == ["shown"]
