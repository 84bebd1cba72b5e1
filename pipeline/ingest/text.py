"""Bytes to words, as mail needs it: charsets that lie, encoded words, characters that have no business in a text."""

from __future__ import annotations

import codecs
import re
from email import header, utils
from email.errors import HeaderParseError

from models.mail import Address

PARSER_FAULTS = (
    IndexError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    AssertionError,
    OverflowError,
    MemoryError,
    HeaderParseError,
)
"""What the standard library's mail code raises on real and hostile mail: each was seen. None of them may cost more than the part it happened in."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
_PLAIN_MAILBOX = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,255}")
_SPACE = re.compile(r"\s+")
_BROWSERS_READ_THESE_AS_CP1252 = frozenset(
    {"", "us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "ansi", "x-ansi", "windows-1252", "cp1252"}
)
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_ALIASES = {
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "x-mac-roman": "mac-roman",
    "cp-850": "cp850",
}


def clean(text: str) -> str:
    """Without control characters, direction overrides and lone surrogates; line ends as `\\n`."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Clean, and on one line."""
    return _SPACE.sub(" ", clean(text)).strip()


def decode(data: bytes, declared: str | None) -> tuple[str, bool]:
    """The text of `data`, and whether its charset had to be guessed.

    Declared charset, then UTF-8, then Windows-1252, which writers mean when they say Latin-1 or nothing.
    """
    name = _ALIASES.get(charset := (declared or "").strip().strip("\"'").lower(), charset)
    western = name in _BROWSERS_READ_THESE_AS_CP1252
    tries = ["utf-8", "cp1252"] if western else [name, "utf-8", "cp1252"]
    for number, candidate in enumerate(tries):
        text = _strictly(data, candidate)
        if text is not None:
            return text, number > 0 and not western
    return data.decode("latin-1"), True


def _strictly(data: bytes, charset: str) -> str | None:
    try:
        if codecs.lookup(charset).name.replace("-", "_") in _NOT_CHARSETS:
            return None
        return data.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None


def header_text(value: object) -> str:
    """A header value in plain words: raw 8-bit bytes and encoded words decoded, one line, never an exception."""
    raw = str(value).encode("utf-8", "surrogateescape")
    text, _ = decode(raw, "utf-8")
    if "=?" not in text:
        return one_line(text)
    try:
        pieces = header.decode_header(text)
    except PARSER_FAULTS:
        return one_line(text)
    return one_line("".join(_piece(piece, charset) for piece, charset in pieces))


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    return decode(piece, charset or "utf-8")[0]


def addresses(values: list[str]) -> tuple[Address, ...]:
    """The mailboxes of address headers. A broken header gives what can be made out, or nothing."""
    plain = [decode(value.encode("utf-8", "surrogateescape"), "utf-8")[0] for value in values]
    try:
        pairs = utils.getaddresses(plain)
    except PARSER_FAULTS:
        pairs = [("", email) for value in plain for email in _PLAIN_MAILBOX.findall(value)]
    found = []
    for name, email in pairs:
        words, mailbox = header_text(name) or None, _mailbox(email)
        if words or mailbox:
            found.append(Address(name=words, email=mailbox))
    return tuple(found)


def _mailbox(email: str) -> str | None:
    text = one_line(email).replace(" ", "")
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        return None
    return f"{local}@{domain.lower()}"
