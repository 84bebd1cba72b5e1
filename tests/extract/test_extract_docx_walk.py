"""DOCX: tables, ticks, formatting, text boxes, headers, notes and changes."""

from __future__ import annotations

import pytest

from models.document import Line, MarkState, Origin, Span
from pipeline.errors import Unreadable
from tests.extract.made_documents import (
    cell,
    grid_of,
    items_of,
    lines_of,
    marks_of,
    paragraph,
    read_body_xml,
    run,
    spans_of,
    table,
    tables_of,
    texts_of,
)

# Tables -------------------------------------------------------------------------------------------------------------


def test_spans_and_vertical_merges_become_a_true_grid() -> None:
    restart, follow = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read_body_xml(
        table(
            cell("Address", restart) + cell("1 Example Road", '<w:gridSpan w:val="2"/>') + cell("Age"),
            cell("", follow) + cell("Town") + cell("Postcode") + cell("7"),
            cell("", follow) + cell("All", '<w:gridSpan w:val="3"/>'),
        )
    )
    (found,) = tables_of(document)
    assert (found.rows, found.columns) == (3, 4)
    assert grid_of(found) == [
        (0, 0, 3, 1, "Address"),
        (0, 1, 1, 2, "1 Example Road"),
        (0, 3, 1, 1, "Age"),
        (1, 1, 1, 1, "Town"),
        (1, 2, 1, 1, "Postcode"),
        (1, 3, 1, 1, "7"),
        (2, 1, 1, 3, "All"),
    ]


def test_row_that_leaves_out_its_first_columns() -> None:
    (found,) = tables_of(read_body_xml(table(cell("A") + cell("B"), f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("C")}</w:tr>')))
    assert grid_of(found)[-1] == (1, 1, 1, 1, "C")


def test_nested_table_stays_in_its_cell() -> None:
    (found,) = tables_of(read_body_xml(table(cell("Household") + cell(paragraph("All:") + table(cell("Ada") + cell("7"))))))
    assert found.cells[1].text == "All:"
    assert [part[4] for part in grid_of(found.cells[1].tables[0])] == ["Ada", "7"]
    assert found.cells[1].tables[0].cells[1].place is not None
    assert found.cells[1].tables[0].cells[1].place.where == "table 1, row 1, cell 2, table 1, row 1, cell 2"


def test_long_vertical_merge_is_read_without_recursion() -> None:
    rows = [cell("Top", '<w:vMerge w:val="restart"/>') + cell("0")] + [cell("", "<w:vMerge/>") + cell(str(number)) for number in range(1, 1500)]
    (found,) = tables_of(read_body_xml(table(*rows)))
    assert found.cells[0].row_span == 1500


def test_shading_of_label_cells() -> None:
    (found,) = tables_of(
        read_body_xml(table(cell("Name", '<w:shd w:val="clear" w:fill="E7E6E6"/>') + cell("Ada", '<w:shd w:val="clear" w:fill="auto"/>')))
    )
    assert [part.shaded for part in found.cells] == [True, False]


def test_place_says_table_row_and_cell() -> None:
    (found,) = tables_of(read_body_xml(paragraph("x") + table(cell("A") + cell("B"), cell("C") + cell("D"))))
    assert found.cells[3].lines[0].place is not None
    assert found.cells[3].lines[0].place.where == "table 1, row 2, cell 2"


# Ticks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "state"),
    [
        (run("☐"), MarkState.OFF),
        (run("☒"), MarkState.ON),
        (run("✓"), MarkState.ON),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', MarkState.ON),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FD"/></w:r>', MarkState.ON),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', MarkState.ON),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', MarkState.OFF),
        ('<w:r><w:sym w:font="Wingdings" w:char="F06F"/></w:r>', MarkState.OFF),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', MarkState.ON),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>', MarkState.OFF),
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>', MarkState.ON),
        (run("\uf0fe"), MarkState.ON),
        (run("þ", '<w:rFonts w:ascii="Wingdings"/>'), MarkState.ON),
        (run("¨", '<w:rFonts w:ascii="Wingdings"/>'), MarkState.OFF),
    ],
)
def test_tick_glyphs_become_marks(xml: str, state: MarkState) -> None:
    document = read_body_xml(paragraph(xml, " Yes"))
    (found,) = marks_of(document)
    assert (found.state, found.origin) == (state, Origin.SYMBOL)
    assert texts_of(document)[0].strip() == "Yes"


def test_glyph_glued_to_its_option_is_cut_off() -> None:
    document = read_body_xml(paragraph("☐Yes ☒No"))
    assert [item.text if isinstance(item, Span) else item for item in items_of(document)][1::2] == ["Yes ", "No"]
    assert [mark.state for mark in marks_of(document)] == [MarkState.OFF, MarkState.ON]


def test_typed_x_stays_text() -> None:
    document = read_body_xml(table(cell("Female") + cell("X")))
    assert not marks_of(document)
    assert texts_of(document) == ["Female", "X"]


def test_round_glyphs_are_ticks_only_as_a_choice() -> None:
    assert [mark.state for mark in marks_of(read_body_xml(paragraph("○ Yes  ● No")))] == [MarkState.OFF, MarkState.ON]
    assert not marks_of(read_body_xml(paragraph("● a bulleted line")))


def test_tick_boxes_used_as_bullets() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0a8"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>'
    )
    document = read_body_xml(paragraph("Neglect", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'), numbering=numbering)
    assert [mark.state for mark in marks_of(document)] == [MarkState.OFF]


# Formatting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("properties", "flag"),
    [
        ("<w:b/>", "bold"),
        ('<w:u w:val="single"/>', "underline"),
        ("<w:strike/>", "strike"),
        ("<w:dstrike/>", "strike"),
        ('<w:highlight w:val="yellow"/>', "highlight"),
        ('<w:shd w:val="clear" w:fill="FFFF00"/>', "highlight"),
        ('<w:bdr w:val="single" w:sz="8" w:space="0"/>', "highlight"),
        ("<w:i/>", "italic"),
        ('<w:color w:val="808080"/>', "grey"),
    ],
)
def test_run_formatting_that_answers(properties: str, flag: str) -> None:
    document = read_body_xml(paragraph(run("Yes", properties), " No"))
    assert [(span.text.strip(), getattr(span, flag)) for span in spans_of(document)] == [("Yes", True), ("No", False)]


def test_formatting_switched_off_is_off() -> None:
    document = read_body_xml(paragraph(run("Yes", '<w:b w:val="0"/><w:u w:val="none"/><w:highlight w:val="none"/>')))
    (span,) = spans_of(document)
    assert not (span.bold)
    assert not (span.underline)
    assert not (span.highlight)


def test_struck_out_words_are_not_the_line_s_words() -> None:
    assert texts_of(read_body_xml(paragraph("has ", run("has not", "<w:strike/>"), " consented"))) == ["has  consented"]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Label"><w:name w:val="Form Label"/><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Child"/><w:basedOn w:val="Label"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Our Section"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph_style", "run_style", "bold"), [("Child", "", True), ("Normal", "Strong", True), ("Child", "Strong", False), ("Normal", "", False)]
)
def test_bold_through_styles(paragraph_style: str, run_style: str, bold: bool) -> None:
    body = paragraph(run("x", f'<w:rStyle w:val="{run_style}"/>' if run_style else ""), properties=f'<w:pStyle w:val="{paragraph_style}"/>')
    assert [span.bold for span in spans_of(read_body_xml(body, styles=STYLES))] == [bold]


def test_hyperlinks_are_not_underlined_answers() -> None:
    document = read_body_xml(paragraph("<w:hyperlink>" + run("x@example.org", '<w:rStyle w:val="Hyperlink"/>') + "</w:hyperlink>"), styles=STYLES)
    assert [(span.text, span.underline) for span in spans_of(document)] == [("x@example.org", False)]


@pytest.mark.parametrize(("style", "level"), [("H2", 2), ("Own", 1), ("Normal", None)])
def test_headings_through_styles(style: str, level: int | None) -> None:
    (found,) = lines_of(read_body_xml(paragraph("Section", properties=f'<w:pStyle w:val="{style}"/>'), styles=STYLES))
    assert found.heading == level


def test_large_bold_lines_are_headings() -> None:
    body = (
        paragraph(run("Referral", '<w:b/><w:sz w:val="36"/>'))
        + paragraph(run("Part one", '<w:b/><w:sz w:val="26"/>'))
        + paragraph(run("Words of the usual size. " * 8, '<w:sz w:val="20"/>'))
    )
    assert [line.heading for line in lines_of(read_body_xml(body))] == [1, 2, None]


def test_hidden_text_is_left_out() -> None:
    assert texts_of(read_body_xml(paragraph("Seen", run("hidden", "<w:vanish/>")))) == ["Seen"]


def test_line_breaks_part_lines_and_tabs_stay() -> None:
    document = read_body_xml(table(cell(paragraph("Name:", "<w:r><w:br/></w:r>", "Role:", "<w:r><w:tab/></w:r>", "Nurse"))))
    assert texts_of(document) == ["Name:", "Role:\tNurse"]


def test_list_items_are_bullets() -> None:
    (found,) = lines_of(read_body_xml(paragraph("First", properties='<w:numPr><w:numId w:val="2"/></w:numPr>')))
    assert found.bullet


# Text boxes, margins, notes -----------------------------------------------------------------------------------------

BOX = "<w:txbxContent>" + paragraph("In the box") + "</w:txbxContent>"
CHOICE = f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
FALLBACK = f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"


@pytest.mark.parametrize("branches", [CHOICE + FALLBACK, FALLBACK, CHOICE])
def test_text_box_is_read_once(branches: str) -> None:
    document = read_body_xml(paragraph("Before", f"<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>"))
    assert texts_of(document) == ["Before", "In the box"]


def test_text_box_without_alternatives() -> None:
    assert texts_of(read_body_xml(paragraph(f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>"))) == ["In the box"]


def test_headers_and_footers_go_to_the_margins() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
    document = read_body_xml(
        paragraph("Body") + section, header1=paragraph("RESTRICTED") + table(cell("Ref") + cell("A1")), footer1=paragraph("Page 1")
    )
    assert [line.text for line in document.margins] == ["RESTRICTED", "Ref", "A1", "Page 1"]
    assert texts_of(document) == ["Body"]


def test_comments_and_footnotes_are_kept_apart() -> None:
    document = read_body_xml(
        paragraph("Body", '<w:r><w:commentReference w:id="0"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        comments=f'<w:comment w:id="0">{paragraph("Is this right?")}</w:comment>',
        footnotes=f'<w:footnote w:type="separator" w:id="-1">{paragraph("---")}</w:footnote><w:footnote w:id="2">{paragraph("As told by the school.")}</w:footnote>',
    )
    assert texts_of(document) == ["Body"]
    assert [line.text for line in document.notes] == ["Is this right?", "As told by the school."]


# Tracked changes ----------------------------------------------------------------------------------------------------


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    changed = "<w:ins>" + run("14") + "</w:ins><w:del><w:r><w:delText>12</w:delText></w:r></w:del>"
    assert texts_of(read_body_xml(paragraph("Age ", changed))) == ["Age 14"]


def test_moved_text_counts_where_it_went() -> None:
    body = paragraph("<w:moveFrom>" + run("Ada") + "</w:moveFrom>", "Was") + paragraph("Now ", "<w:moveTo>" + run("Ada") + "</w:moveTo>")
    assert texts_of(read_body_xml(body)) == ["Was", "Now Ada"]


def test_deleted_row_is_no_row() -> None:
    (found,) = tables_of(read_body_xml(table(cell("Ada"), f"<w:tr><w:trPr><w:del/></w:trPr>{cell('Ben')}</w:tr>", cell("Cat"))))
    assert [part[4] for part in grid_of(found)] == ["Ada", "Cat"]


def test_former_formatting_is_not_read() -> None:
    (span,) = spans_of(read_body_xml(paragraph(run("Yes", "<w:rPrChange><w:rPr><w:b/><w:strike/></w:rPr></w:rPrChange>"))))
    assert not span.bold
    assert not span.strike


def test_document_with_nothing_in_it_is_empty() -> None:
    with pytest.raises(Unreadable) as caught:
        read_body_xml("<w:p/>")
    assert caught.value.problem.code == "empty"


def test_lines_keep_reading_order_round_tables() -> None:
    document = read_body_xml(paragraph("One") + table(cell("Two")) + paragraph("Three"))
    assert [isinstance(block, Line) for block in document.blocks] == [True, False, True]
