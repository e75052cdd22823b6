"""What server and worker processes say to each other: data, limits and queries, in frames.

A frame is a byte for its kind, four bytes for the length of its payload (big-endian), and the
payload.  The server sends one SETUP, then a QUERY at a time; the worker answers SETUP with READY
or ERROR, and each QUERY with any number of DATA and then one END or ERROR.  All but DATA carry
a JSON object.  Child processes start with this module, so it imports little.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Data:
    """What the workers answer from: N-Quads files held in memory, or a store on disk.

    `nquads` are files, with suffix .gz if compressed; `store` is a directory that nobody writes
    to any more.  `base` resolves relative IRIs in queries; `prefixes` are those of RDF answers.
    The default graph unites all graphs but those `apart`, which a query names to see them.
    """

    base: str
    nquads: tuple[Path, ...] = ()
    store: Path | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[str, ...] = ()

    def setup(self, limits: Limits) -> dict[str, Any]:
        """Return what a worker is told when it starts."""
        return {
            "nquads": [str(path.resolve()) for path in self.nquads],
            "store": str(self.store.resolve()) if self.store else None,
            "base": self.base,
            "prefixes": dict(self.prefixes),
            "apart": self.apart,
            "memory_mib": limits.memory_mib,
        }


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost."""

    #: time from the start of evaluation to the last byte of the answer
    seconds: float = 30.0
    #: address space of a worker, data included
    memory_mib: int = 1024
    #: rows or triples of an answer
    rows: int = 1_000_000
    #: length of an answer
    mebibytes: int = 512
    #: queries that wait for a worker, and how long each may
    queue: int = 32
    patience: float = 10.0


@dataclass(frozen=True, slots=True)
class Job:
    """A query to evaluate, past `publish.sparql.guard.refuse`, and how the answer is wanted."""

    query: str
    #: suffix of the format, see `publish.formats`
    suffix: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    #: shorter than the limit, if the client asks for that
    seconds: float | None = None
    rows: int | None = None
    #: give the names of the things that described ones lead to
    labels: bool = False
    #: who asks; one client never has all workers, unless there is only one
    client: str = ""

    def request(self, limits: Limits) -> dict[str, Any]:
        """Return what a worker is told of the query."""
        return {
            "query": self.query,
            "suffix": self.suffix,
            "default_graph": self.default_graphs,
            "named_graphs": self.named_graphs,
            "labels": self.labels,
            "rows": min(self.rows or limits.rows, limits.rows),
            "bytes": limits.mebibytes << 20,
            "cpu": self.time(limits),
        }

    def time(self, limits: Limits) -> float:
        """Return the seconds this query may take."""
        return min(self.seconds or limits.seconds, limits.seconds)


# -- Frames ---------------------------------------------------------------------------------------

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
