"""The health addresses served from a thread of their own, on loopback, for as long as a `with` lasts."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Iterator

import uvicorn

from pipeline.review.health import Ask, health_app

log = logging.getLogger("mash_intake.health")

START_SECONDS = 20


@contextlib.contextmanager
def health_served(ask: Ask, port: int) -> Iterator[str | None]:
    """Its address; None where the port is taken: a monitor that cannot ask says so itself, and mail goes on."""
    try:
        listening = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        log.warning("port %s is taken (%s): /health and /metrics are not served", port, error.strerror)
        yield None
        return
    server = uvicorn.Server(uvicorn.Config(health_app(ask), log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="health", daemon=True)
    thread.start()
    end = time.monotonic() + START_SECONDS
    while not server.started and thread.is_alive() and time.monotonic() < end:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)
        listening.close()
