"""Makes the sample mails and `records.csv`: `python -m samples.generate [--out DIR]`. Needs LibreOffice; the mails are kept in the repository, so nothing else does.

The `.json` beside each mail is written by hand and never touched here.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.answers import ANSWERS
from samples.forms import LAYOUTS
from samples.load import MAILS, RECORDS
from samples.mailbag import build
from samples.pictures import poor_photo
from samples.printing import print_all
from samples.records import as_csv, records

PRINTED = ("02-police-urgent", "04-gp-incomplete", "06-housing-known-family", "08-welfare-no-consent", "12-forwarded-attached")


def make_files() -> dict[str, bytes]:
    """The filled forms by file name: Word documents, those that were printed to PDF, and one photographed."""
    documents = {name: LAYOUTS[layout](answers) for name, (layout, answers) in ANSWERS.items()}
    to_print = {name: documents[name] for name in PRINTED} | {"15-photo-of-form": documents["13-forwarded-inline"]}
    printed = print_all(to_print)
    files = {f"{name}.docx": data for name, data in documents.items()} | {f"{name}.pdf": data for name, data in printed.items()}
    return files | {"15-photo-of-form.jpg": poor_photo(printed["15-photo-of-form"])}


def write_mails(folder: Path) -> list[Path]:
    """Write every mail into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, raw in build(make_files()).items():
        path = folder / f"{name}.eml"
        path.write_bytes(raw)
        paths.append(path)
    return paths


def write_records() -> None:
    """Write the people whom the councils of the samples know already."""
    RECORDS.write_text(as_csv(records()), encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make the sample mails.")
    parser.add_argument("--out", type=Path, default=MAILS, help="where the .eml files go (the repository's own folder by default)")
    out = parser.parse_args().out
    paths = write_mails(out)
    if out == MAILS:
        write_records()
    print(f"{len(paths)} mails, {sum(p.stat().st_size for p in paths) // 1024} KB, in {paths[0].parent}")


if __name__ == "__main__":
    main()
