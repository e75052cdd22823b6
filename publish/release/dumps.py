"""The dumps: every data set in every RDF format, the things of each type as tables, checksums.

RDF is written plain and compressed by gzip and Zstandard; the bytes are the same each time.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfileobj

import pyoxigraph as ox
import zstandard

from publish.browse.csvw_tables import Whole, sheet_of
from publish.browse.lists import members
from publish.formats import CSV, GZIP, RDF_FORMATS, ZSTD, Format, by_suffix
from publish.rdf.rdfxml import Unsayable
from publish.rdf.serialize import Serialiser
from publish.release.manifest import File, described
from publish.release.parts import WHOLE, Part
from publish.shacl.shapes import Kind, Shapes

DIRECTORY = "dump"
_COMPRESSIONS = (GZIP, ZSTD)
#: What stands before the suffix of a table that is made for Excel.
EXCEL = ".excel"
#: What follows the name of a table in that of its metadata: CSVW looks for them there.
METADATA = "-metadata.json"
#: The checksums of all the other files, as `sha256sum -c` reads them.
SUMS = "SHA256SUMS"
#: Zstandard's highest level is 4 % smaller, and takes four times as long.
_GZIP_LEVEL, _ZSTD_LEVEL = 9, 17
_CHUNK = 1 << 20


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
    content: Mapping[str, Sequence[ox.Quad]],
    tables: Iterable[tuple[str, bytes]],
    serialiser: Serialiser,
    directory: Path,
    progress: Callable[[str], None],
) -> tuple[File, ...]:
    """Write the dumps into `dump/` below a directory; return what was written, sorted by path.

    What RDF/XML cannot say is not written in it. `content` has the statements of each data set by its name, `tables` further files by theirs.
    `progress` is told the name of each file before it is written; compressed ones and checksums
    follow without a word.  Compressing goes on in other threads, from the files: memory holds one
    dump at a time.
    """
    place = directory / DIRECTORY
    place.mkdir()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting = [
            pool.submit(compress, path)
            for path in _plain(content, serialiser, place, progress)
            for compress in (_gzip, _zstd)
        ]
        for name, table in tables:
            progress(name)
            (place / name).write_bytes(table)
        _finish(waiting)
    files = [described(directory, path) for path in sorted(place.iterdir())]
    sums = place / SUMS
    sums.write_bytes(checksums(files))
    return tuple(sorted([*files, described(directory, sums)], key=lambda file: file.path))


def _plain(
    content: Mapping[str, Sequence[ox.Quad]],
    serialiser: Serialiser,
    place: Path,
    progress: Callable[[str], None],
) -> Iterator[Path]:
    for name, quads in content.items():
        for format_ in RDF_FORMATS:
            path = place / f"{name}.{format_.suffix}"
            progress(path.name)
            try:
                path.write_bytes(serialiser.write(quads, format_))
            except Unsayable:
                continue  # the build has told why, and the catalogue tells that it is missing
            yield path


def _finish(waiting: Iterable[Future[None]]) -> None:
    for future in waiting:
        future.result()


def table_files(
    store: ox.Store, shapes: Shapes, parts: Sequence[Part], whole: Whole
) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the tables of each type that has members, and of their metadata."""
    for kind in shapes.kinds:
        found = members(store, shapes.iris, kind)
        if found:
            sheet, name = sheet_of(store, kind, found), f"{kind.segment}.{CSV.suffix}"
            yield name, sheet.csv()
            yield f"{kind.segment}{EXCEL}.{CSV.suffix}", sheet.for_excel()
            part = _about(kind, parts)
            yield name + METADATA, sheet.metadata(name, replace(whole, iri=part.iri))


def checksums(files: Iterable[File]) -> bytes:
    """Return the file of checksums: hash, two spaces and name of each, by name (GNU coreutils)."""
    names = sorted((file.path.removeprefix(f"{DIRECTORY}/"), file.sha256) for file in files)
    return "".join(f"{sha256}  {name}\n" for name, sha256 in names).encode()


def _gzip(path: Path) -> None:
    """Write `.gz` beside a file, without name and time, which would differ (RFC 1952)."""
    target = path.with_name(f"{path.name}.{GZIP.suffix}")
    with (
        path.open("rb") as source,
        target.open("wb") as sink,
        # the empty name keeps the file's own out of the header
        gzip.GzipFile("", "wb", _GZIP_LEVEL, sink, mtime=0) as zipped,
    ):
        copyfileobj(source, zipped, _CHUNK)


def _zstd(path: Path) -> None:
    """Write `.zst` beside a file, in one thread: more would cut it where chance has it (RFC 8878)."""
    target = path.with_name(f"{path.name}.{ZSTD.suffix}")
    compressor = zstandard.ZstdCompressor(_ZSTD_LEVEL, write_checksum=True)
    with path.open("rb") as source, target.open("wb") as sink:
        compressor.copy_stream(source, sink, size=path.stat().st_size)
