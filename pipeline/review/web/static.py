"""The built style sheet and scripts, each at an address that changes when it does: browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fastapi import APIRouter, Request, Response

from pipeline.errors import WrongSetup

router = APIRouter()
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    kind: str
    data: bytes
    packed: bytes


@cache
def assets() -> dict[str, Asset]:
    """All of them. Raises WrongSetup when they were never built."""
    folder = resources.files("pipeline.review").joinpath("static")
    found = {}
    for file in folder.iterdir() if folder.is_dir() else ():
        kind = _KINDS.get("." + file.name.rpartition(".")[2])
        if kind:
            data = file.read_bytes()
            found[file.name] = Asset(kind, data, gzip.compress(data, 9, mtime=0))
    if "console.css" not in found:
        raise WrongSetup("the console's style sheet is not built; run `make assets`, then start again")
    return found


@cache
def version() -> str:
    """One for all files, so that they may name each other."""
    return hashlib.sha256(b"".join(asset.data for _, asset in sorted(assets().items()))).hexdigest()[:12]


def path_of(name: str) -> str:
    """Where a file is found."""
    return f"/static/{version()}/{name}"


@router.get("/static/{stamp}/{name}", include_in_schema=False)
def file(request: Request, stamp: str, name: str) -> Response:
    """One file, packed when the browser takes that."""
    asset = assets().get(name)
    if asset is None:
        return Response(status_code=404)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    lasting = "public, max-age=31536000, immutable" if stamp == version() else "no-store"
    headers = {"Cache-Control": lasting, "Vary": "Accept-Encoding"} | ({"Content-Encoding": "gzip"} if packed else {})
    return Response(asset.packed if packed else asset.data, media_type=asset.kind, headers=headers)
