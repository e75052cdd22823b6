"""The dumps: the content in every RDF format, plain and gzip, the same bytes each time."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from publish.formats import CSV, GZIP, RDF_FORMATS, ZSTD, Format, by_suffix
from publish.manifest import File
from publish.parts import WHOLE, Part
from publish.serialise import Serialiser
from publish.shapes import Kind, Shapes

DIRECTORY = "dump"
_COMPRESSIONS = (GZIP, ZSTD)
#: What stands before the suffix of a table that is made for Excel.
EXCEL = ".excel"
_LEVEL = 9
#: Place of the operating system in a gzip header (RFC 1952), and the value for "unknown".
_SYSTEM, _UNKNOWN = 9, 255


@dataclass(frozen=True, slots=True)
class Dump:
    """A file to download: of which data set, in which format, how compressed.

    A table has the things of one type (`kind`); one made for Excel begins with a byte order mark.
    """

    file: File
    part: Part
    format: Format
    compression: Format | None = None
    kind: Kind | None = None
    for_excel: bool = False

    @property
    def name(self) -> str:
        """Return the file's name, which follows the release's id in its address."""
        return self.file.path.removeprefix(f"{DIRECTORY}/")


def dumps_of(files: Iterable[File], parts: Sequence[Part], shapes: Shapes) -> tuple[Dump, ...]:
    """Return what the files of a release's dump directory are, by their names.

    Files that are no form of the data (checksums, metadata of tables) are left out.
    """
    return tuple(filter(None, (_dump(file, parts, shapes) for file in files)))


def _dump(file: File, parts: Sequence[Part], shapes: Shapes) -> Dump | None:
    name = file.path.removeprefix(f"{DIRECTORY}/")
    compression = next((one for one in _COMPRESSIONS if name.endswith(f".{one.suffix}")), None)
    plain = name.removesuffix(f".{compression.suffix}") if compression else name
    stem, _, suffix = plain.rpartition(".")
    format_ = by_suffix(suffix, (*RDF_FORMATS, CSV))
    if format_ == CSV:
        kind = shapes.kind(stem.removesuffix(EXCEL))
        part = _about(kind, parts) if kind else None
        excel = stem.endswith(EXCEL)
        return Dump(file, part, CSV, compression, kind, excel) if part else None
    found = next((part for part in parts if part.name == stem), None)
    return Dump(file, found, format_, compression) if found and format_ else None


def _about(kind: Kind, parts: Sequence[Part]) -> Part:
    """Return the data set that is about a type of things; without parts, the whole."""
    whole = next(part for part in parts if part.name == WHOLE)
    return next((part for part in parts if kind.class_ in part.classes), whole)


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
