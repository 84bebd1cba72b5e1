"""Makes the benchmark's files: `python -m benchmarks.reading.generate --split fit [--per-layout 2] [--seed 1]`.

Every layout is filled for new families in several formats. The same seed gives the same forms; only LibreOffice's prints may differ in bytes.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.reading.answers import FilledForm
from benchmarks.reading.draw_acroform import draw_acroform
from benchmarks.reading.draw_body import draw_html, draw_text, wrapped
from benchmarks.reading.draw_docx import draw_docx
from benchmarks.reading.draw_web import draw_web, print_pages
from benchmarks.reading.fill import fill
from benchmarks.reading.gold import Gold
from benchmarks.reading.layouts import KNOWN, SPLITS, all_layouts
from benchmarks.reading.layouts.drawn import DATES, EMPTY, FONTS, TICKS
from benchmarks.reading.scanner import by_hand, scan
from benchmarks.reading.spec import Layout
from samples.mime import Envelope, mail, multipart, text
from samples.printing import print_all

HOME = Path(__file__).parent / "files"
FORMATS = ("docx", "pdf", "docx", "pdf", "acroform", "docx", "pdf", "html", "docx", "scan", "pdf", "text", "docx", "web")


@dataclass(frozen=True)
class Made:
    """One filled form before it is printed or scanned."""

    name: str
    form: FilledForm
    gold: Gold
    format: str


def restyled(layout: Layout, dice: Random) -> Layout:
    """The same questions in another edition of the template: other marks, other blanks, other rulings."""
    look = replace(
        layout.look, tick=dice.choice(TICKS), empty=dice.choice(EMPTY), dates=dice.choice(DATES), font=dice.choice(FONTS), fill=dice.choice(["D9E2F3", "EDEDED", "E2EFDA", ""]),
        ruled=layout.look.ruled and dice.random() < 0.9, joined=layout.look.joined or dice.random() < 0.1, framed=dice.random() < 0.08,
        tracked=dice.random() < 0.06, hints=dice.random() < 0.12, spaced=dice.random() < 0.06,
    )  # fmt: skip
    return replace(layout, look=look)


def make(layout: Layout, number: int, seed: int, kind: str) -> Made:
    """Fill one layout once; every second time in another edition."""
    name = f"{layout.name}.{number}.{kind}"
    dice = Random(f"{seed}/{layout.name}/{number}")
    form, gold = fill(restyled(layout, dice) if number % 2 else layout, dice)
    return Made(name, form, gold, kind)


def as_json(made: Made, file: str) -> dict[str, object]:
    """The gold in the form the scorer reads."""
    layout, gold = made.form.layout, made.gold
    return {
        "file": file, "form_type": layout.form, "form_type_ok": list(layout.accepted), "split": layout.split, "layout": layout.name, "known": layout.name in KNOWN, "format": made.format,
        "record": gold.record(), "narrative_boxes": gold.boxes, "optional": sorted(gold.optional), "ignore": sorted(gold.ignore), "alt": gold.alt,
        "unassigned": gold.unassigned, "ticks": gold.ticks,
    }  # fmt: skip


def in_mail(made: Made) -> bytes:
    """A form pasted into a mail."""
    who = made.gold.values.get("referrer.email", "sender@homemail.example")
    envelope = Envelope(made.name, made.gold.values.get("referrer.name", "Sender"), who, "Referral", "Mon, 16 Nov 2026 10:00:00 +0000")
    body = draw_text(made.form)
    plain = text(wrapped(body) if Random(made.name).random() < 0.25 else body)
    if made.format == "text":
        return mail(envelope, plain)
    return mail(envelope, multipart("alternative", "bodyform", [plain, text(draw_html(made.form), "html")]))


def turn(formats: tuple[str, ...], count: int) -> str:
    """The format whose turn it is; shifted by one on each round, so that a layout meets others with another number of forms."""
    return formats[(count + count // len(formats)) % len(formats)]


def write(split: str, per_layout: int, seed: int, folder: Path, formats: tuple[str, ...] = FORMATS, only: str = "") -> int:
    """Write the files and the gold of one split; how many."""
    chosen = [layout for layout in all_layouts(seed) if layout.split == split and (only in layout.name or (only == "known" and layout.name in KNOWN))]
    made = [make(layout, n, seed, turn(formats, position * per_layout + n)) for position, layout in enumerate(chosen) for n in range(per_layout)]
    target = folder / split
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    documents = {m.name: draw_docx(m.form) for m in made if m.format in {"docx", "pdf", "scan"}}
    documents |= {m.name: draw_docx(by_hand(m.form, Random(m.name))) for m in made if m.format == "pen"}
    to_print = {m.name: documents[m.name] for m in made if m.format in {"pdf", "scan", "pen"}}
    printed = print_all(to_print) if to_print else {}
    printed |= print_pages({m.name: draw_web(m.form) for m in made if m.format == "web"})
    for item in made:
        if item.format == "docx":
            file, data = f"{item.name}.docx", documents[item.name]
        elif item.format in {"pdf", "web"}:
            file, data = f"{item.name}.pdf", printed[item.name]
        elif item.format in {"scan", "pen"}:
            file, data = f"{item.name}.pdf", scan(printed[item.name], Random(item.name))
        elif item.format == "acroform":
            file, data = f"{item.name}.pdf", draw_acroform(item.form, Random(item.name))
        else:
            file, data = f"{item.name}.eml", in_mail(item)
        (target / file).write_bytes(data)
        (target / f"{item.name}.json").write_text(json.dumps(as_json(item, file), indent=1, ensure_ascii=False), encoding="utf-8")
    return len(made)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make filled forms with what a careful person would transcribe.")
    parser.add_argument("--split", choices=[*SPLITS, "all"], default="all")
    parser.add_argument("--per-layout", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default=",".join(FORMATS), help="formats in turn: docx, pdf, acroform, html, text, web, scan, pen")
    parser.add_argument("--only", default="", help="only layouts whose name contains this")
    parser.add_argument("--out", type=Path, default=HOME)
    options = parser.parse_args()
    for split in SPLITS if options.split == "all" else (options.split,):
        count = write(split, options.per_layout, options.seed, options.out, tuple(options.formats.split(",")), options.only)
        print(f"{split}: {count} forms in {options.out / split}")


if __name__ == "__main__":
    main()
