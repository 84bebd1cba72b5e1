"""Mail bodies: HTML and plain text as documents."""

from __future__ import annotations

import pytest

from models.document import Document, Line, MarkState, Origin
from models.mail import FileKind
from pipeline.errors import Unreadable
from pipeline.extract.body import decode, read_body
from pipeline.extract.reader import read_document
from tests.extract.made_documents import grid_of, lines_of, marks_of, spans_of, tables_of, texts_of


def read_html(html: str) -> Document:
    return read_body(None, f"<html><body>{html}</body></html>", "body")


def test_plain_lines_keep_label_and_value() -> None:
    document = read_body("Child's name: Ada Example\n\nDOB:   03/05/2014\n", None, "body")
    assert texts_of(document) == ["Child's name: Ada Example", "DOB:\t03/05/2014"]
    assert [line.place.where for line in lines_of(document) if line.place] == ["line 1", "line 3"]
    assert {span.origin for span in spans_of(document)} == {Origin.MAIL_BODY}


def test_ticks_in_plain_text() -> None:
    assert [mark.state for mark in marks_of(read_body("☐ Yes ☒ No", None, "body"))] == [MarkState.OFF, MarkState.ON]


def test_what_was_quoted_is_read_and_a_signature_is_not() -> None:
    assert texts_of(read_body("As you asked\n> Name: Ada\n-- \nAda\n", None, "body")) == ["As you asked", "Name: Ada"]


def test_html_is_preferred_where_it_says_anything() -> None:
    assert texts_of(read_body("plain", "<p>rich</p>", "body")) == ["rich"]
    assert texts_of(read_body("plain", "<p> </p>", "body")) == ["plain"]


def test_html_table_with_spans_and_a_nested_one() -> None:
    document = read_html(
        "<table><tr><th rowspan=2>Child</th><td colspan=2>Ada</td></tr><tr><td>7</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    )
    (found,) = tables_of(document)
    assert grid_of(found) == [(0, 0, 2, 1, "Child"), (0, 1, 1, 2, "Ada"), (1, 1, 1, 1, "7"), (1, 2, 1, 1, "")]
    assert [part[4] for part in grid_of(found.cells[3].tables[0])] == ["a", "b"]
    assert found.cells[0].shaded


def test_table_that_only_lays_out_the_page_is_none() -> None:
    document = read_html("<table><tr><td><p>Name: Ada</p><table><tr><td>x</td><td>y</td></tr></table></td></tr></table>")
    assert [isinstance(block, Line) for block in document.blocks] == [True, False]


@pytest.mark.parametrize(
    ("html", "flag"),
    [
        ("<b>No</b>", "bold"),
        ("<span style='font-weight: bold'>No</span>", "bold"),
        ("<u>No</u>", "underline"),
        ("<s>No</s>", "strike"),
        ("<span style='text-decoration:line-through'>No</span>", "strike"),
        ("<span style='background:yellow'>No</span>", "highlight"),
        ("<mark>No</mark>", "highlight"),
    ],
)
def test_formatting_that_answers(html: str, flag: str) -> None:
    assert [(span.text.strip(), getattr(span, flag)) for span in spans_of(read_html(f"<p>Yes {html}</p>"))] == [("Yes", False), ("No", True)]


def test_lines_break_where_a_reader_sees_them_break() -> None:
    assert texts_of(read_html("<div>One<br>Two</div><p>Three</p>Four<ul><li>Five</li></ul><pre>Six\nSeven</pre>")) == [
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
    ]


def test_headings_and_list_items() -> None:
    first, second = lines_of(read_html("<h2>Part</h2><ul><li>Item</li></ul>"))
    assert (first.heading, second.bullet) == (2, True)


def test_form_elements() -> None:
    document = read_html(
        "<p><input type=checkbox checked title='Yes'> Yes <input type=checkbox> No</p><p>Name <input value='Ada'></p><p><select><option>F<option selected>M</select></p>"
    )
    assert [mark.state for mark in marks_of(document)] == [MarkState.ON, MarkState.OFF]
    assert texts_of(document)[1:] == ["Name Ada", "M"]


def test_what_is_not_shown_is_not_read() -> None:
    assert texts_of(read_html("<style>p{}</style><script>x</script><p style='display:none'>hidden</p><p>Shown</p><!-- note -->")) == ["Shown"]


def test_deep_nesting_does_not_overflow() -> None:
    with pytest.raises(Unreadable):
        read_html("<div>" * 5000)
    assert texts_of(read_html("<div>" * 100 + "Name" + "</div>" * 100)) == ["Name"]


def test_body_without_words_is_empty() -> None:
    with pytest.raises(Unreadable) as caught:
        read_body(" \n", "<p></p>", "body")
    assert caught.value.problem.code == "empty"


@pytest.mark.parametrize(
    ("data", "text"), [("Zoë".encode(), "Zoë"), ("Zoë".encode("cp1252"), "Zoë"), ("Zoë".encode("utf-16"), "Zoë"), (b"\xef\xbb\xbfZo", "Zo")]
)
def test_encodings_of_text_files(data: bytes, text: str) -> None:
    assert decode(data) == text
    assert texts_of(read_document(data, "form.txt", FileKind.TEXT)) == [text]


def test_html_attachment() -> None:
    assert texts_of(read_document(b"<p>Name: Ada</p>", "form.html", FileKind.HTML)) == ["Name: Ada"]


@pytest.mark.parametrize("depth", [50, 110, 130, 300, 1500])
def test_words_in_deep_markup_are_not_lost(depth: int) -> None:
    """A long row of replies, each quoted in the next."""
    form = "<table><tr><td>Name of child</td><td>Orla</td></tr></table>"
    html = f"<html><body>{'<blockquote>' * depth}{form}{'</blockquote>' * depth}<p>After</p></body></html>"
    told = " ".join(line.text for line in read_body(None, html, "mail").lines())
    assert told.split() == ["Name", "of", "child", "Orla", "After"]
