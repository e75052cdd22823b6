"""A release, checked against itself without trusting who serves it.

Manifest, `SHA256SUMS`, catalogue and files must agree; every format of a data set must say the same;
the content must have the hash that is stated, and what the catalogue says of files and content must
be true.  Whoever forges all of them alike is found only by a content hash known from elsewhere.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, cast

import zstandard

from publish.formats import GZIP, ZSTD
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import narrowed
from publish.release.dumps import DIRECTORY, METADATA, SUMS
from publish.release.manifest import Manifest
from publish.release.parts import WHOLE
from publish.release.verify import content
from publish.release.verify.files import Holding
from publish.release.verify.findings import (
    NO_MANIFEST,
    UNREADABLE,
    Finding,
    Limits,
    checked,
    unreadable,
)

_CHUNK = 1 << 20
#: The largest window of Zstandard that is decompressed, as its command has it.
_WINDOW = 1 << 27


def verify(directory: Path, limits: Limits, expected: str | None = None) -> Iterator[Finding]:
    """Check a release, or its dumps, in a directory, a finding each; `expected` is a content hash.

    Raises ReleaseError if it holds nothing that could be checked.
    """
    size = _size(directory, limits)
    yield size
    if not size.fine:
        return
    holding = Holding.open(directory)
    yield _agreement(holding)
    yield _files(holding)
    yield _strangers(holding)
    yield _compressed(holding)
    found: content.Contents = {}
    for name in holding.data_sets():
        yield content.formats_of(holding, name, found)
    yield content.partition(found)
    yield content.counts(holding, found.get(WHOLE))
    yield content.hash_(holding, expected)
    yield content.tables(holding, found.get(WHOLE))
    yield from claims(holding)


def _size(directory: Path, limits: Limits) -> Finding:
    paths = [path for path in directory.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in paths)
    found = Text("ファイル{files}個、{mib} MiB", "{files} files, {mib} MiB")
    within = len(paths) <= limits.files and total <= limits.bytes
    what = Text("大きさ（上限は --max-mib）", "size (limited by --max-mib)")
    return Finding(what, within, found.format(files=len(paths), mib=round(total / (1 << 20), 1)))


def _agreement(holding: Holding) -> Finding:
    """Check that manifest and SHA256SUMS say the same of each dump."""
    what = Text("マニフェストとSHA256SUMSの一致", "manifest and SHA256SUMS agree")
    if holding.manifest is None:
        return Finding(what, None, NO_MANIFEST)
    if SUMS not in holding.stated() and not holding.sums:
        return Finding(what, None, Text("SHA256SUMSがない", "there is no SHA256SUMS"))
    stated = {name: sha256 for name, sha256 in holding.stated().items() if name != SUMS}
    wrong = sorted(name for name, _ in stated.items() ^ holding.sums.items())
    count = Text("リリース{id}、ダンプ{number}個", "release {id}, {number} dumps")
    count = count.format(id=holding.manifest.release, number=len(stated))
    return checked(what, dict.fromkeys(wrong), count)


def _files(holding: Holding) -> Finding:
    """Check size and SHA-256 of each file."""
    what = Text("ファイルの大きさとSHA-256", "size and SHA-256 of the files")
    wrong, number = [], 0
    for path, size, sha256 in holding.expected():
        number += 1
        if not _is_as_stated(path, size, sha256):
            wrong.append(path.relative_to(holding.directory).as_posix())
    return checked(what, wrong, Text("{n}個", "{n} files").format(n=number))


def _is_as_stated(path: Path, size: int | None, sha256: str) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as source:
        return size in (None, path.stat().st_size) and _digest(source)[0] == sha256


def _digest(source: IO[bytes], most: int | None = None) -> tuple[str, int]:
    """Return SHA-256 and length of what can be read, of not much more than `most` bytes."""
    digest, length = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        length += len(chunk)
        if most is not None and length > most:
            break
    return digest.hexdigest(), length


def _strangers(holding: Holding) -> Finding:
    what = Text("余分なファイルがないこと", "no other files")
    return checked(what, holding.strangers(), Text("なし", "none"))


def _compressed(holding: Holding) -> Finding:
    """Check that compressed files hold the plain ones; never more than that is decompressed."""
    what = Text("圧縮ファイルと元のファイルの一致", "compressed files hold the plain ones")
    names = [name for name in holding.stated() if name.endswith(tuple(_OPENERS))]
    wrong = [name for name in names if not _holds_the_plain(holding.place / name)]
    return checked(what, wrong, Text("{n}個", "{n} files").format(n=len(names)))


def _holds_the_plain(path: Path) -> bool:
    plain = path.with_suffix("")
    try:
        with plain.open("rb") as source:
            wanted = _digest(source)
        with path.open("rb") as packed, _OPENERS[path.suffix](packed) as unpacked:
            return _digest(unpacked, wanted[1]) == wanted
    except (*UNREADABLE, zlib.error, zstandard.ZstdError):
        return False


def _unzipped(source: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=source))


def _expanded(source: IO[bytes]) -> IO[bytes]:
    return zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(source)


_OPENERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    f".{GZIP.suffix}": _unzipped,
    f".{ZSTD.suffix}": _expanded,
}


# -- The catalogue --------------------------------------------------------------------------------

_WHAT_FILES = Text("カタログに記載のSHA-256と大きさ", "checksums and sizes in the catalogue")
_WHAT_HASH = Text("カタログに記載のハッシュ値・版・日付", "hash, version and date in the catalogue")
_NO_CATALOG = Text("カタログがない", "there is no catalogue")
_OTHER = Text("カタログは別のリリースのもの", "the catalogue is that of another release")
#: subject -> property -> values
_Said = Mapping[str, Mapping[str, list[str]]]


def claims(holding: Holding) -> Iterator[Finding]:
    """Yield whether the catalogue states of each dump, and of the content, what is true."""
    manifest = holding.manifest
    try:
        said = _said(holding)
    except UNREADABLE as error:
        yield Finding(_WHAT_FILES, False, unreadable("catalog", error))
        return
    if manifest is None or said is None:
        why = NO_MANIFEST if manifest is None else _NO_CATALOG
        # a release as it was built has its catalogue
        yield Finding(_WHAT_FILES, False if holding.is_release else None, why)
        return
    stated = _stated(said, f"{manifest.base}{DIRECTORY}/{manifest.release}/")
    if not stated and not holding.is_release:
        yield Finding(_WHAT_FILES, None, _OTHER)
        return
    yield _distributions(holding, manifest, stated)
    yield _content(manifest, said)


def _said(holding: Holding) -> _Said | None:
    quads = holding.catalog()
    if quads is None:
        return None
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in map(narrowed, quads):
        found[subject.value][predicate.value].append(object_.value)
    return found


def _stated(said: _Said, place: str) -> dict[str, tuple[str, str]]:
    """Return (SHA-256, size) by name of the distributions whose files are at a place."""
    found = {}
    for properties in said.values():
        for address in properties.get(ns.DCAT + "downloadURL", ()):
            if address.startswith(place):
                checksums = properties.get(ns.SPDX + "checksum", ())
                values = [v for c in checksums for v in _value(said, c)]
                sizes = properties.get(ns.DCAT + "byteSize", ())
                found[address.removeprefix(place)] = "".join(values), "".join(sizes)
    return found


def _value(said: _Said, checksum: str) -> list[str]:
    return list(said.get(checksum, {}).get(ns.SPDX + "checksumValue", ()))


def _distributions(
    holding: Holding, manifest: Manifest, stated: dict[str, tuple[str, str]]
) -> Finding:
    """Check what is stated of each file that is a form of the data, and that each is stated."""
    true = {
        file.path.removeprefix(f"{DIRECTORY}/"): (file.sha256, str(file.size))
        for file in manifest.dumps()
        if not file.path.endswith((METADATA, SUMS))
    }
    wrong = sorted(name for name, _ in true.items() ^ stated.items())
    right = Text("配布物{n}個", "{n} distributions").format(n=len(stated))
    return checked(_WHAT_FILES, dict.fromkeys(wrong), right)


def _content(manifest: Manifest, said: _Said) -> Finding:
    dataset = said.get(f"{manifest.base}catalog#dataset", {})
    hashes = [v for c in dataset.get(ns.SPDX + "checksum", ()) for v in _value(said, c)]
    true = {
        "content_hash": ([manifest.content_hash], hashes),
        "version": (_listed(manifest.version), dataset.get(ns.DCAT + "version", [])),
        "modified": (_listed(manifest.modified), dataset.get(ns.DCTERMS + "modified", [])),
    }
    wrong = [name for name, (wanted, found) in true.items() if wanted != found]
    said_ = " ".join(filter(None, (manifest.content_hash, manifest.version, manifest.modified)))
    return checked(_WHAT_HASH, wrong, Text(said_, said_))


def _listed(value: str | None) -> list[str]:
    return [value] if value else []
