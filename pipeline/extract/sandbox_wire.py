"""What the sandbox and its children say to each other: frames of JSON over a socket. Nothing that comes back is ever executed or unpickled."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter

_HEADER = struct.Struct("!cQ")
_LARGEST = 400 * 1024 * 1024

STARTED, REQUEST, DATA, RESULT, PROBLEM, FAILED, ENDED = b"S", b"Q", b"D", b"R", b"P", b"F", b"E"


def send(connection: socket.socket, kind: bytes, payload: bytes) -> None:
    """Send one frame."""
    connection.sendall(_HEADER.pack(kind, len(payload)))
    connection.sendall(payload)


def send_json(connection: socket.socket, kind: bytes, payload: object) -> None:
    """Send one frame of JSON."""
    send(connection, kind, json.dumps(payload).encode())


def receive(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """The next frame, or None when the other side is gone."""
    header = _exactly(connection, _HEADER.size)
    if header is None:
        return None
    kind, length = _HEADER.unpack(header)
    payload = _exactly(connection, length) if length <= _LARGEST else None
    return None if payload is None else (kind, payload)


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(min(length - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


@cache
def _adapters(function: Callable[..., Any]) -> tuple[tuple[TypeAdapter[Any], ...], TypeAdapter[Any]]:
    """How a function's arguments after the first, and its result, are written as JSON: by its own annotations."""
    hints = get_type_hints(function)
    result = hints.pop("return")
    return tuple(TypeAdapter(hint) for hint in list(hints.values())[1:]), TypeAdapter(result)


def pack_arguments(function: Callable[..., Any], arguments: tuple[object, ...]) -> list[str]:
    """Arguments as JSON texts."""
    adapters, _ = _adapters(function)
    return [adapter.dump_json(argument).decode() for adapter, argument in zip(adapters, arguments, strict=False)]


def unpack_arguments(function: Callable[..., Any], texts: list[str]) -> list[Any]:
    """Arguments out of JSON texts."""
    adapters, _ = _adapters(function)
    return [adapter.validate_json(text) for adapter, text in zip(adapters, texts, strict=False)]


def pack_result(function: Callable[..., Any], result: object) -> bytes:
    """A result as JSON; bytes as they are."""
    return result if isinstance(result, bytes) else _adapters(function)[1].dump_json(result)


def unpack_result(function: Callable[..., Any], text: bytes) -> Any:
    """A result out of JSON, checked against the type it should have."""
    return text if get_type_hints(function)["return"] is bytes else _adapters(function)[1].validate_json(text)
