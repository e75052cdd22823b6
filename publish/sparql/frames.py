"""What server and worker processes say to each other: frames over two pipes.

A frame is a byte for its kind, four bytes for the length of its payload (big-endian), and the
payload.  The server sends one SETUP, then a QUERY at a time; the worker answers SETUP with READY
or ERROR, and each QUERY with any number of DATA and then one END or ERROR.  All but DATA carry
a JSON object.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

SETUP, QUERY = b"S", b"Q"
READY, DATA, END, ERROR = b"R", b"D", b"E", b"X"

_HEADER = struct.Struct(">cI")
HEADER_SIZE = _HEADER.size


def frame(kind: bytes, payload: bytes) -> bytes:
    """Return a frame as bytes."""
    return _HEADER.pack(kind, len(payload)) + payload


def message(kind: bytes, content: Mapping[str, Any]) -> bytes:
    """Return a frame with a JSON object as payload."""
    return frame(kind, json.dumps(content, ensure_ascii=False).encode())


def header(data: bytes) -> tuple[bytes, int]:
    """Return kind and length of payload from the first HEADER_SIZE bytes of a frame."""
    kind, length = _HEADER.unpack(data)
    return kind, length
