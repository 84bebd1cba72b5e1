"""Outlook's own containers, opened for what they carry: `.msg` files (a mail dragged into a mail) and `winmail.dat` (TNEF).

Only bodies and files are taken out; formatting, calendars and address books are not. Broken ones raise `Damaged`; nothing is guessed.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from pipeline.ingest import text

_SUBJECT, _BODY, _HTML = 0x0037, 0x1000, 0x1013
_DATA, _SHORT_NAME, _LONG_NAME, _TYPE = 0x3701, 0x3704, 0x3707, 0x370E
_DEEPEST = 4
_MOST_FILES = 200


class Damaged(Exception):
    """The container does not follow its own format."""


@dataclass(slots=True)
class Packed:
    """A file in a container. `place` names the mail inside the container that it hung on, if any."""

    name: str
    data: bytes = field(repr=False)
    declared: str | None = None
    place: str | None = None


@dataclass(slots=True)
class Opened:
    """What a container held."""

    subject: str | None = None
    plain: str | None = None
    html: str | None = None
    files: list[Packed] = field(default_factory=list)


def open_msg(data: bytes) -> Opened:
    """What an Outlook `.msg` file holds."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _message(ole, (), 0)
    except Damaged:
        raise
    except Exception as fault:  # olefile raises what it likes on hostile files
        raise Damaged(type(fault).__name__) from None


def _message(ole: olefile.OleFileIO, where: tuple[str, ...], depth: int) -> Opened:
    read = Opened(subject=_words(ole, where, _SUBJECT), plain=_words(ole, where, _BODY), html=_words(ole, where, _HTML))
    names = sorted({path[len(where)] for path in ole.listdir() if len(path) > len(where) + 1 and tuple(path[: len(where)]) == where})
    for name in [name for name in names if name.lower().startswith("__attach_version1.0_")]:
        if len(read.files) >= _MOST_FILES:
            raise Damaged("too many files")
        read.files.extend(_attached(ole, (*where, name), depth))
    return read


def _attached(ole: olefile.OleFileIO, where: tuple[str, ...], depth: int) -> Iterator[Packed]:
    name = _words(ole, where, _LONG_NAME) or _words(ole, where, _SHORT_NAME) or ""
    data = _stream(ole, where, _DATA, 0x0102)
    if data is not None:
        yield Packed(text.one_line(name), data, _words(ole, where, _TYPE))
        return
    inner = (*where, f"__substg1.0_{_DATA:04X}000D")
    if depth < _DEEPEST and ole.exists(list(inner)):
        yield from as_files(_message(ole, inner, depth + 1))


def as_files(read: Opened) -> Iterator[Packed]:
    """A mail inside a container as files: its body, then what hung on it."""
    place = text.one_line(read.subject or "") or "mail inside"
    if read.html and read.html.strip():
        yield Packed("body.html", read.html.encode(), "text/html", place)
    elif read.plain and read.plain.strip():
        yield Packed("body.txt", read.plain.encode(), "text/plain", place)
    for file in read.files:
        yield Packed(file.name, file.data, file.declared, f"{place}, {file.place}" if file.place else place)


def _stream(ole: olefile.OleFileIO, where: tuple[str, ...], prop: int, kind: int) -> bytes | None:
    path = [*where, f"__substg1.0_{prop:04X}{kind:04X}"]
    if not ole.exists(path) or ole.get_type(path) != olefile.STGTY_STREAM:
        return None
    with ole.openstream(path) as stream:
        return bytes(stream.read())


def _words(ole: olefile.OleFileIO, where: tuple[str, ...], prop: int) -> str | None:
    for kind in (0x001F, 0x001E, 0x0102):
        data = _stream(ole, where, prop, kind)
        if data:
            return _decoded(data, kind)
    return None


def _decoded(data: bytes, kind: int) -> str:
    words = data.decode("utf-16-le", "replace") if kind == 0x001F else text.decode(data, "utf-8")[0]
    return text.clean(words.rstrip("\x00"))


_TNEF_MAGIC = 0x223E9F78
_NEW_FILE, _FILE_NAME, _FILE_DATA, _FILE_PROPS, _MAIL_PROPS = 0x9002, 0x8010, 0x800F, 0x9005, 0x9003
_SIZES = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16}
_COUNTED = frozenset({0x000D, 0x001E, 0x001F, 0x0102})
_OBJECT_MARK = 16


def open_tnef(data: bytes, depth: int = 0) -> Opened:
    """What a `winmail.dat` holds."""
    try:
        return _tnef(_Reader(data), depth)
    except (struct.error, IndexError, UnicodeError, OverflowError) as fault:
        raise Damaged(type(fault).__name__) from None


class _Reader:
    """Bytes read from the front; reading past the end is damage."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> bytes:
        piece = self._data[self._at : self._at + count]
        if count < 0 or len(piece) != count:
            raise Damaged("cut short")
        self._at += count
        return piece

    def number(self, form: str) -> int:
        return int(struct.unpack(f"<{form}", self.take(struct.calcsize(form)))[0])

    def more(self) -> bool:
        return self._at < len(self._data)


def _tnef(reader: _Reader, depth: int) -> Opened:
    if reader.number("I") != _TNEF_MAGIC:
        raise Damaged("no TNEF")
    reader.take(2)
    read = Opened()
    while reader.more():
        reader.take(1)
        attribute = reader.number("I") & 0xFFFF
        value = reader.take(reader.number("I"))
        reader.take(2)
        if attribute == _NEW_FILE:
            if len(read.files) >= _MOST_FILES:
                raise Damaged("too many files")
            read.files.append(Packed("", b""))
        elif attribute == _MAIL_PROPS:
            props = _props(_Reader(value))
            read.html, read.plain = _prop_words(props, _HTML), _prop_words(props, _BODY)
        elif read.files:
            _file_attribute(attribute, value, read.files, depth)
    read.files = [file for file in read.files if file.data]
    return read


def _file_attribute(attribute: int, value: bytes, files: list[Packed], depth: int) -> None:
    file = files[-1]
    if attribute == _FILE_NAME:
        file.name = file.name or text.one_line(_decoded(value, 0x001E))
    elif attribute == _FILE_DATA:
        file.data = value
    elif attribute == _FILE_PROPS:
        props = _props(_Reader(value))
        file.name = text.one_line(_prop_words(props, _LONG_NAME) or "") or file.name
        file.declared = _prop_words(props, _TYPE)
        inner = props.get(_DATA, (0, b""))[1][_OBJECT_MARK:]
        if not file.data and inner.startswith(struct.pack("<I", _TNEF_MAGIC)) and depth < _DEEPEST:
            files.extend(as_files(open_tnef(inner, depth + 1)))
            files.append(Packed("", b""))


def _prop_words(props: dict[int, tuple[int, bytes]], prop: int) -> str | None:
    found = props.get(prop)
    return _decoded(found[1], found[0]) if found and found[1] else None


def _props(reader: _Reader) -> dict[int, tuple[int, bytes]]:
    """MAPI properties by number: their type, and their first value's bytes."""
    found: dict[int, tuple[int, bytes]] = {}
    for _ in range(reader.number("I")):
        kind, prop = reader.number("H"), reader.number("H")
        if prop >= 0x8000:
            _skip_name(reader)
        many, kind = bool(kind & 0x1000), kind & 0xEFFF
        count = reader.number("I") if many or kind in _COUNTED else 1
        for number in range(count):
            value = _padded(reader) if kind in _COUNTED else reader.take(_size(kind))
            if number == 0:
                found[prop] = (kind, value)
    return found


def _size(kind: int) -> int:
    if kind not in _SIZES:
        raise Damaged("unknown kind of property")
    return _SIZES[kind]


def _padded(reader: _Reader) -> bytes:
    length = reader.number("I")
    value = reader.take(length)
    reader.take(-length % 4)
    return value


def _skip_name(reader: _Reader) -> None:
    reader.take(16)
    if reader.number("I") == 0:
        reader.take(4)
    else:
        _padded(reader)
