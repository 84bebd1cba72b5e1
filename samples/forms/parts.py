"""WordprocessingML by hand: the constructs that real council templates are made of, one small function each.

Every function gives XML text. Words filled in by a referrer and words printed on the form go through the same functions;
only the layouts know which is which.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

PLACEHOLDER = "Click or tap here to enter text."
LABEL_FILL = "D9E2F3"


def run(
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    strike: bool = False,
    highlight: str = "",
    colour: str = "",
    size: int = 0,
    font: str = "",
    superscript: bool = False,
) -> str:
    """One run; line breaks in the text become w:br. `size` is in half points."""
    props = "".join(
        [
            f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else "",
            "<w:b/>" if bold else "",
            "<w:i/>" if italic else "",
            "<w:strike/>" if strike else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            f'<w:sz w:val="{size}"/>' if size else "",
            f'<w:highlight w:val="{highlight}"/>' if highlight else "",
            '<w:u w:val="single"/>' if underline else "",
            '<w:vertAlign w:val="superscript"/>' if superscript else "",
        ]
    )
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{body}</w:r>"


def runs(content: str, **style: bool) -> str:
    """The content itself if it is XML already, one run of it if it is words."""
    return content if content.startswith("<") else run(content, **style) if content else ""  # type: ignore[arg-type]


def par(*content: str, style: str = "", align: str = "", keep: bool = False) -> str:
    """A paragraph of runs (words are wrapped in a run)."""
    props = "".join(
        [
            f'<w:pStyle w:val="{style}"/>' if style else "",
            "<w:keepNext/>" if keep else "",
            f'<w:jc w:val="{align}"/>' if align else "",
        ]
    )
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{''.join(runs(c) for c in content)}</w:p>"


def heading(text: str, level: int = 1) -> str:
    """A heading in the template's own heading style."""
    return par(run(text), style=f"Heading{level}", keep=True)


def guidance(text: str) -> str:
    """Printed guidance, small and in italics, as templates have it."""
    return par(run(text, italic=True, size=17))


def blocks(content: str) -> str:
    """Cell content: block XML as it is, else words or runs in one paragraph per line."""
    if content.startswith(("<w:p>", "<w:p ", "<w:tbl>")) or (content.startswith("<w:sdt>") and "<w:sdtContent><w:p" in content):
        return content + ("<w:p/>" if content.endswith(("</w:tbl>", "</w:sdt>")) else "")
    if content.startswith("<"):
        return par(content)
    return "".join(par(line) for line in content.split("\n"))


def cell(content: str = "", width: int = 0, *, span: int = 1, merge: str = "", fill: str = "") -> str:
    """A table cell; `merge` is "restart" or "continue" for a vertical merge, `span` a horizontal one. Widths are in twentieths of a point."""
    props = "".join(
        [
            f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else '<w:tcW w:w="0" w:type="auto"/>',
            f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
            '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>" if merge == "continue" else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "",
        ]
    )
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{blocks(content)}</w:tc>"


def label(text: str, width: int = 0, *, span: int = 1, merge: str = "", fill: str = LABEL_FILL) -> str:
    """A printed label: a shaded cell with bold words."""
    content = text if text.startswith("<") else "".join(par(run(line, bold=True)) for line in text.split("\n"))
    return cell(content, width, span=span, merge=merge, fill=fill)


def row(*cells: str, header: bool = False) -> str:
    """A table row; a header row repeats on the next page."""
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{''.join(cells)}</w:tr>"


def table(rows: Sequence[str], widths: Sequence[int], *, ruled: bool = True) -> str:
    """A table with its grid; without rulings when the template draws none. An empty paragraph follows, as Word needs."""
    line = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = f"<w:tblBorders>{''.join(line.format(s) for s in sides)}</w:tblBorders>" if ruled else ""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    props = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
    return f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def pairs(rows: Sequence[Sequence[str]], widths: Sequence[int], *, ruled: bool = True, fill: str = LABEL_FILL) -> str:
    """Label, value, label, value: a table of two or four columns; an odd tail spans the rest."""
    out = []
    for entry in rows:
        cells = []
        for i, content in enumerate(entry):
            last = i == len(entry) - 1
            span = len(widths) - i if last else 1
            width = sum(widths[i:]) if last else widths[i]
            cells.append(label(content, width, span=span, fill=fill) if i % 2 == 0 else cell(content, width, span=span))
        out.append(row(*cells))
    return table(out, widths, ruled=ruled)


def grid(
    headers: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, blank: int = 0, fill: str = LABEL_FILL, empty: str = ""
) -> str:
    """A repeating table: header row, the rows filled in, then `blank` rows left as the template has them."""
    out = [row(*(label(h, w, fill=fill) for h, w in zip(headers, widths, strict=True)), header=True)]
    out += [row(*(cell(c, w) for c, w in zip(r, widths, strict=True))) for r in rows]
    out += [row(*(cell(empty, w) for w in widths))] * blank
    return table(out, widths)


def box(question: str, answer: str, width: int = 9600, *, fill: str = LABEL_FILL) -> str:
    """A free-text box: the question in a shaded row, the answer in the row below."""
    return table([row(label(question, width, fill=fill)), row(cell(answer, width))], [width])


def text_box(content: str, width_pt: int = 220, height_pt: int = 60) -> str:
    """A floating text box, twice as Word writes it: DrawingML in Choice and VML in Fallback."""
    inner = f"<w:txbxContent>{blocks(content)}</w:txbxContent>"
    emu = (width_pt * 12700, height_pt * 12700)
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{emu[0]}" cy="{emu[1]}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{emu[0]}" cy="{emu[1]}"/><wp:docPr id="1" name="Text Box 1"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    vml = f'<w:pict><v:shape style="width:{width_pt}pt;height:{height_pt}pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict>'
    return f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent></w:r></w:p>'
