"""The application with which HTTP servers are compared (see servers.py)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

CHUNK = b"x" * 65536
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer by path: hello, stream/N (N chunks), abort, slow."""
    path = str(environ["PATH_INFO"]).strip("/")
    if path == "hello":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
        return [b"hello"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    if path == "abort":
        return _abort()
    if path == "slow":
        return _slow(environ)
    return (CHUNK for _ in range(int(path.rpartition("/")[2] or 1)))


def _abort() -> Iterator[bytes]:
    yield from (CHUNK for _ in range(32))
    raise RuntimeError("meant")


def _slow(environ: dict[str, Any]) -> Iterator[bytes]:
    """Wait as a query does, asking now and then whether the client is still there."""
    gone = environ.get("waitress.client_disconnected")
    socket = environ.get("gunicorn.socket")
    for _ in range(60):
        time.sleep(0.1)
        if (gone and gone()) or (socket and _closed(socket)):
            Path(os.environ["NOTICED"]).touch()
            return
    yield b"done"


def _closed(socket: Any) -> bool:
    import select
    import socket as sockets

    if not select.select([socket], [], [], 0)[0]:
        return False
    return bool(socket.recv(1, sockets.MSG_PEEK) == b"")
