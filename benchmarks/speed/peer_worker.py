"""Runs in the peers' own environment: times each peer on a Word document when told to, and answers in lines of JSON. Knows nothing of the product.

Called by peers.py as `ENV/bin/python peer_worker.py FILE`; reads names of peers on standard input, writes milliseconds on standard output.
"""

from __future__ import annotations

import importlib
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def docx2python(data: bytes) -> object:
    """docx2python: the text of every part."""
    return importlib.import_module("docx2python").docx2python(io.BytesIO(data)).text


def markitdown(data: bytes) -> object:
    """markitdown: the document as Markdown."""
    global _converter  # noqa: PLW0603  (made once, as a program that uses it would)
    _converter = _converter or importlib.import_module("markitdown").MarkItDown()
    return _converter.convert_stream(io.BytesIO(data), file_extension=".docx")


_converter = None


def docling(data: bytes) -> object:
    """docling's reader of Word documents, without the converter round it, which needs torch."""
    backend = importlib.import_module("docling.backend.msword_backend").MsWordDocumentBackend
    source = importlib.import_module("docling.datamodel.document").InputDocument
    word = importlib.import_module("docling.datamodel.base_models").InputFormat.DOCX
    opened = source(path_or_stream=io.BytesIO(data), format=word, backend=backend, filename="form.docx")
    return backend(opened, io.BytesIO(data)).convert()


PEERS: dict[str, Callable[[bytes], object]] = {"docx2python": docx2python, "docling": docling, "markitdown": markitdown}


def main() -> None:
    """Say which peers work here, then time those asked for."""
    data = Path(sys.argv[1]).read_bytes()
    answers = sys.stdout
    sys.stdout = sys.stderr
    working, failing = [], {}
    for name, peer in PEERS.items():
        try:
            peer(data)
        except Exception as error:
            failing[name] = f"{type(error).__name__}: {error}"[:200]
        else:
            working.append(name)
    print(json.dumps({"working": working, "failing": failing}), file=answers, flush=True)
    for line in sys.stdin:
        begun = time.perf_counter()
        PEERS[line.strip()](data)
        print(json.dumps(1000 * (time.perf_counter() - begun)), file=answers, flush=True)


if __name__ == "__main__":
    main()
