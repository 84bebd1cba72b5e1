"""Draws a filled form as a council's web portal exports it: a page of questions and answers without rulings, printed by a browser."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.reading.answers import Answer, FilledBlock, FilledForm
from benchmarks.reading.draw_body import in_sentence
from benchmarks.reading.spec import ChildBlocks, Grid, Guide, Heading, Printed, Sentence, Slot, block_slots
from samples.printing import PrinterMissing, settle

_STYLE = """
dl { display: grid; grid-template-columns: 22% 27% 22% 27%; column-gap: 1%; row-gap: 5px; margin: 4px 0 10px 0; font-size: 9.5pt; } dt { font-weight: bold; } dd { margin: 0; }
.boxed td { border: 1px solid #b1b4b6; width: 50%; vertical-align: top; } .boxed tr:nth-child(even) td { background: #f3f2f1; }
.summary td { vertical-align: top; } .summary td:nth-child(1) { width: 35%; font-weight: bold; } .summary td:nth-child(3) { width: 10%; color: #1d70b8; text-align: right; }
body { font-family: "Liberation Sans", sans-serif; font-size: 10.5pt; margin: 12mm; }
h1 { font-size: 17pt; } h2 { font-size: 13pt; border-bottom: 2px solid #005ea5; }
.q { font-weight: bold; margin: 8px 0 1px 0; } .a { margin: 0 0 6px 0; }
.row { display: flex; } .row .q { width: 38%; margin: 3px 0; } .row .a { width: 60%; margin: 3px 0; }
table { border-collapse: collapse; width: 100%; margin: 6px 0 10px 0; } th, td { text-align: left; padding: 3px 6px; border-bottom: 1px solid #b1b4b6; font-size: 9.5pt; }
"""


STYLES = ("stacked", "row", "list", "boxed", "summary")


class WebDrawer:
    """Draws one form as HTML for printing."""

    def __init__(self, form: FilledForm) -> None:
        self.form = form
        self.style = STYLES[sum(map(ord, form.layout.name + form.mark)) % len(STYLES)]

    def draw(self) -> str:
        """The page."""
        title = html.escape(self.form.layout.title)
        body = "".join(self._block(filled) for filled in self.form.blocks)
        return f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1><p>Submitted online.</p>{body}</body></html>"

    def _said(self, slot: Slot, answer: Answer) -> str:
        words = ", ".join(answer.chosen) if slot.options else answer.text
        return html.escape(words).replace("\n", "<br>")

    def _questions(self, slots: tuple[Slot, ...], answers: tuple[Answer, ...]) -> str:
        """Questions with what was said, in the portal's way."""
        if self.style in {"list", "boxed", "summary"}:
            return self._tabled([(html.escape(slot.label), self._said(slot, answer)) for slot, answer in zip(slots, answers, strict=True)])
        out = ""
        for slot, answer in zip(slots, answers, strict=True):
            long = slot.key.startswith("box.") or self.style == "stacked"
            question, said = f"<div class='q'>{html.escape(slot.label)}</div>", f"<div class='a'>{self._said(slot, answer) or '&nbsp;'}</div>"
            out += question + said if long else f"<div class='row'>{question}{said}</div>"
        return out

    def _tabled(self, entries: list[tuple[str, str]]) -> str:
        """A definition list in two columns, a ruled table of questions and answers, or a summary with a link on each line."""
        blank = "&nbsp;"
        if self.style == "list":
            return f"<dl>{''.join(f'<dt>{question}</dt><dd>{said or blank}</dd>' for question, said in entries)}</dl>"
        link = "<td>Change</td>" if self.style == "summary" else ""
        return f"<table class='{self.style}'>{''.join(f'<tr><td>{question}</td><td>{said}</td>{link}</tr>' for question, said in entries)}</table>"

    def _block(self, filled: FilledBlock) -> str:
        block, rows = filled.block, filled.rows
        if isinstance(block, Heading):
            return f"<h2>{html.escape(block.text)}</h2>"
        if isinstance(block, Guide | Printed):
            return ""
        if isinstance(block, Grid) and block.heads:
            people = zip(block.heads, rows, strict=False)
            title = f"<h2>{html.escape(block.title)}</h2>" if block.title else ""
            return title + "".join(f"<h3>{html.escape(head)}</h3>{self._questions(block.slots, row)}" for head, row in people)
        if isinstance(block, Grid):
            head = "".join(f"<th>{html.escape(s.label)}</th>" for s in block.slots)
            body = "".join("<tr>" + "".join(f"<td>{self._said(s, a)}</td>" for s, a in zip(block.slots, row, strict=True)) + "</tr>" for row in rows)
            return (f"<h2>{html.escape(block.title)}</h2>" if block.title else "") + f"<table><tr>{head}</tr>{body}</table>"
        if isinstance(block, Sentence):
            return f"<p>{html.escape(in_sentence(block.slot, rows[0][0]))}</p>"
        if isinstance(block, ChildBlocks):
            return "".join(
                f"<h2>{block.head.format(i)}</h2>{self._questions(block.slots, row)}"
                for i, row in enumerate(rows, 1)
                if any(a.text or a.chosen for a in row)
            )
        answers = tuple(answer for row in rows for answer in row)
        return self._questions(block_slots(block), answers)


def draw_web(form: FilledForm) -> str:
    """The page that a portal would print."""
    return WebDrawer(form).draw()


def print_pages(pages: Mapping[str, str]) -> dict[str, bytes]:
    """Each page as a PDF, printed by Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        raise PrinterMissing("Chromium is needed to print web forms: install the package chromium, or leave the format `web` out.")
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, page in pages.items():
            source, target = Path(folder, f"{name}.html"), Path(folder, f"{name}.pdf")
            source.write_text(page, encoding="utf-8")
            subprocess.run(
                [
                    program,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    f"--user-data-dir={folder}/profile",
                    f"--print-to-pdf={target}",
                    source.as_uri(),
                ],
                check=True,
                capture_output=True,
                timeout=120,
            )
            out[name] = settle(target.read_bytes())
    return out
