"""Zip files opened with suspicion: what they declare is checked first, and what they hold is read with a limit all the same, for a header can lie."""

from __future__ import annotations

import io
import zipfile

from pipeline.extract.caps import Caps, problem


def open_zip(data: bytes, name: str, caps: Caps) -> zipfile.ZipFile:
    """Open a zip whose directory keeps within the caps."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise problem("corrupt", name, "the file is damaged or was cut short on its way. Ask for it to be sent again.") from error
    entries = archive.infolist()
    inflated = sum(entry.file_size for entry in entries)
    if len(entries) > caps.zip_entries:
        raise problem("too_large", name, f"the file holds {len(entries)} parts, more than the {caps.zip_entries} we open.")
    if inflated > caps.zip_inflated or inflated > caps.zip_ratio * max(len(data), 1):
        raise problem(
            "too_large", name, f"unpacked it would take {inflated // 1_048_576} MB, which no form does. Ask for a copy without embedded files."
        )
    return archive


def read_bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, name: str) -> bytes:
    """An entry's bytes, refused beyond a limit whatever its header declares."""
    if entry.file_size > limit:
        raise problem("too_large", name, f"one part of the document unpacks to {entry.file_size // 1_048_576} MB, which no form does.")
    with archive.open(entry) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise problem("too_large", name, "one part of the document unpacks to more than it declares.")
    return data
