"""The dumps: the content in every RDF format, plain and gzip, the same bytes each time."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from publish.formats import RDF_FORMATS
from publish.serialise import Serialiser

DIRECTORY = "dump"
_LEVEL = 9
#: Place of the operating system in a gzip header (RFC 1952), and the value for "unknown".
_SYSTEM, _UNKNOWN = 9, 255


def write_dumps(
    quads: Sequence[ox.Quad],
    serialiser: Serialiser,
    directory: Path,
    progress: Callable[[str], None],
) -> list[Path]:
    """Write `all.<suffix>` and `all.<suffix>.gz` for each RDF format; return their paths.

    `progress` is told the name of each file before it is written.
    """
    (directory / DIRECTORY).mkdir()
    written = []
    for format_ in RDF_FORMATS:
        path = directory / DIRECTORY / f"all.{format_.suffix}"
        progress(path.name)
        content = serialiser.write(quads, format_)
        path.write_bytes(content)
        zipped = path.with_name(path.name + ".gz")
        zipped.write_bytes(compressed(content))
        written += [path, zipped]
    return written


def compressed(content: bytes) -> bytes:
    """Return bytes as gzip without a file name or a time, so that they are reproducible."""
    zipped = bytearray(gzip.compress(content, _LEVEL, mtime=0))
    zipped[_SYSTEM] = _UNKNOWN  # what Python writes here depends on its version
    return bytes(zipped)
