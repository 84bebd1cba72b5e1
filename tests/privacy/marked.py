"""Mails and records in which every personal word is a marker, and the search that finds a marker wherever it got to."""

from __future__ import annotations

import base64
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.mails import form, mail

WORDS = (
    "Zqvarn", "Belzinda", "Quimblethorp", "Wexmoor", "Thaddora", "Fribbleton", "Oskanderby", "Plimverel", "020 7946 0987", "07700 900987",
    "2016-02-29", "29/02/2016", "ZX9 8QJ", "ZX98QJ", "9990004612", "999 000 4612",
)  # fmt: skip
"""All that the mails tell of people. None of it stands anywhere in the product, nor in the libraries."""
CHILD = {
    "Surname": "Zqvarn",
    "Forename(s)": "Belzinda",
    "Date of birth": "29/02/2016",
    "Gender": "Female",
    "NHS number": "999 000 4612",
    "Home address": "9 Quimblethorp Row, Oskanderby",
    "Postcode": "ZX9 8QJ",
    "School": "Plimverel Primary School",
}
REFERRER = {
    "Name of referrer": "Thaddora Wexmoor",
    "Role": "Deputy headteacher",
    "Agency": "Plimverel Primary School",
    "Telephone": "020 7946 0987",
    "Email": "t.wexmoor@plimverel.example.org",
}
REASON = (
    "On 18 November Belzinda told Miss Fribbleton that her father hit her with a belt and she is frightened to go home to Quimblethorp Row. "
    "Her mother can be reached at 07700 900987. I think that Belzinda is not safe with Mr Zqvarn."
)
RECORDS = (
    "record_id,given_names,family_name,date_of_birth,postcode,nhs_number,address,household_id\n"
    "R1,Belzinda,Zqvarn,2016-02-29,ZX9 8QJ,9990004612,9 Quimblethorp Row Oskanderby,H1\n"
)
SENDER = "Thaddora Wexmoor <t.wexmoor@plimverel.example.org>"


def marked_mail(number: int) -> bytes:
    """A referral of a child of her own: subject, names of files and words are all marked. The first has a broken file of another program too."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    child = CHILD | {"Forename(s)": f"Belzinda{letters[number % 26]}{letters[number // 26 % 26]}"}
    made = mail(
        ("Zqvarn referral.docx", form(child, REFERRER, REASON)),
        *([("Belzinda Zqvarn history.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not whole Zqvarn")] if number == 0 else []),
        sender=SENDER.replace("t.wexmoor", f"t.wexmoor{number}"),
        subject=f"Belzinda Zqvarn {number}, ZX9 8QJ",
        body=f"Please find the referral of Belzinda Zqvarn attached.\nThaddora Wexmoor, 020 7946 0987\n{number}",
        headers=(("X-Word", "Fribbleton"), ("Reply-To", "t.wexmoor@plimverel.example.org")),
    )
    return made.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@dataclass(frozen=True)
class Hit:
    """A marker where none may be."""

    place: str
    word: str


def look(data: bytes, place: str) -> list[Hit]:
    """The markers in some bytes, however they are written."""
    lower = data.lower()
    return [Hit(place, word) for word in WORDS if any((form in lower) if fold else (form in data) for form, fold in _forms(word))]


def _forms(word: str) -> Iterator[tuple[bytes, bool]]:
    """A word as bytes, and whether case is passed over: plain, in two bytes a letter, in an address, and in base64 at each of its three places."""
    yield word.lower().encode(), True
    yield word.lower().encode("utf-16-le"), True
    if " " in word or "/" in word:
        for blank in ("%20", "+", "_", "-", "\\/"):
            yield word.lower().replace(" ", blank).replace("/", "%2f" if blank != "\\/" else blank).encode(), True
    for written in (word, word.lower(), word.upper()):
        for shift in range(3):
            ahead, behind = shift * 8, (shift + len(written.encode())) * 8
            coded = base64.b64encode(b"\0" * shift + written.encode())
            # Every letter that the word alone decides: fewer would be met by chance in what is sealed.
            yield coded[(ahead + 5) // 6 : behind // 6], False


def look_in(folder: Path) -> list[Hit]:
    """The markers in every file below a folder, in the names of files, and in every value of every database."""
    hits: list[Hit] = []
    for path in sorted(Path(inside, name) for inside, folders, files in os.walk(folder) for name in (*folders, *files)):
        hits += look(path.name.encode(), f"the name of {path}")
        if path.is_symlink() or not path.is_file():
            continue
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue
        hits += look(data, str(path))
        if data.startswith(b"SQLite format 3\0"):
            hits += _look_in_database(path)
    return hits


def _look_in_database(path: Path) -> list[Hit]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=60)) as connection:
        connection.text_factory = bytes
        hits: list[Hit] = []
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            table = name.decode()
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                hits += look(b"\n".join(_bytes(row)), f"{path.name}: {table}")
        return hits


def _bytes(row: Iterable[object]) -> Iterator[bytes]:
    for value in row:
        yield value if isinstance(value, bytes) else str(value).encode()
