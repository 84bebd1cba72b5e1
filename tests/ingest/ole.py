"""The least compound file (the container of .doc and .msg) that holds some named streams, written by the published layout."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_END, _FREE, _FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[_Entry] = field(default_factory=list)
    start: int = 0
    sibling: int = _FREE
    number: int = 0


@dataclass
class _Chain:
    """Sectors of one size and the table that links them."""

    size: int
    sectors: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)

    def store(self, data: bytes) -> int:
        """Put data at the end and say where it begins."""
        first, count = len(self.sectors), -(-len(data) // self.size)
        for number in range(count):
            self.sectors.append(data[number * self.size : (number + 1) * self.size].ljust(self.size, b"\0"))
            self.table.append(first + number + 1 if number < count - 1 else _END)
        return first if count else _END


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file; `a/b` puts stream b into storage a."""
    root = _tree(streams)
    entries = _numbered(root)
    big, small = _Chain(_SECTOR), _Chain(_SMALL_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.start = (small if len(entry.data) < _SMALL else big).store(entry.data)
    root.data = b"".join(small.sectors)
    root.start = big.store(root.data)
    small_table = struct.pack(f"<{len(small.table)}I", *small.table)
    first_small = big.store(small_table + b"\xff" * (-len(small_table) % _SECTOR))
    first_entry = big.store(b"".join(map(_packed, entries)).ljust(-(-len(entries) // 4) * _SECTOR, b"\0"))
    count = 1
    while (len(big.sectors) + count) * 4 > count * _SECTOR:
        count += 1
    places = list(range(len(big.sectors), len(big.sectors) + count))
    table = big.table + [_FAT_SECTOR] * count
    table += [_FREE] * (count * _SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, count)
    header += struct.pack("<IIIIIII", first_entry, 0, _SMALL, first_small, len(small_table + b"x") // _SECTOR + 1 if small.table else 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - count))
    return header + b"".join(big.sectors) + struct.pack(f"<{len(table)}I", *table)


def _tree(streams: dict[str, bytes]) -> _Entry:
    root = _Entry("Root Entry", _ROOT)
    for path, data in streams.items():
        *folders, name = path.split("/")
        place = root
        for folder in folders:
            there = next((child for child in place.children if child.name == folder), None)
            if there is None:
                there = _Entry(folder, _STORAGE)
                place.children.append(there)
            place = there
        place.children.append(_Entry(name, _STREAM, data))
    return root


def _numbered(root: _Entry) -> list[_Entry]:
    entries = [root]
    for entry in entries:
        for child in entry.children:
            child.number = len(entries)
            entries.append(child)
        for child, following in zip(entry.children, entry.children[1:], strict=False):
            child.sibling = following.number
    return entries


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    child = entry.children[0].number if entry.children else _FREE
    links = struct.pack("<HBBIII", len(name), entry.kind, 1, _FREE, entry.sibling, child)
    return name.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", entry.start, len(entry.data))
