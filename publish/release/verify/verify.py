"""A release, checked against itself without trusting who serves it.

Manifest, `SHA256SUMS`, catalogue and files must agree; every format of a data set must say the same;
the content must have the hash that is stated.  Whoever forges all of them alike is found only by a
content hash known from elsewhere.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

import zstandard

from publish.formats import GZIP, ZSTD
from publish.i18n import Text
from publish.release.dumps import SUMS
from publish.release.parts import WHOLE
from publish.release.verify import content
from publish.release.verify.claims import claims
from publish.release.verify.files import Holding
from publish.release.verify.findings import NO_MANIFEST, UNREADABLE, Check, Limits, checked

_CHUNK = 1 << 20
#: The largest window of Zstandard that is decompressed, as its command has it.
_WINDOW = 1 << 27


def verify(directory: Path, limits: Limits, expected: str | None = None) -> Iterator[Check]:
    """Yield the checks of a release, or of its dumps, in a directory; `expected` is a content hash.

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


def _size(directory: Path, limits: Limits) -> Check:
    paths = [path for path in directory.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in paths)
    found = Text("ファイル{files}個、{mib} MiB", "{files} files, {mib} MiB")
    within = len(paths) <= limits.files and total <= limits.bytes
    what = Text("大きさ（上限は --max-mib）", "size (limited by --max-mib)")
    return Check(what, within, found.format(files=len(paths), mib=round(total / (1 << 20), 1)))


def _agreement(holding: Holding) -> Check:
    """Check that manifest and SHA256SUMS say the same of each dump."""
    what = Text("マニフェストとSHA256SUMSの一致", "manifest and SHA256SUMS agree")
    if holding.manifest is None:
        return Check(what, None, NO_MANIFEST)
    if SUMS not in holding.stated() and not holding.sums:
        return Check(what, None, Text("SHA256SUMSがない", "there is no SHA256SUMS"))
    stated = {name: sha256 for name, sha256 in holding.stated().items() if name != SUMS}
    wrong = sorted(name for name, _ in stated.items() ^ holding.sums.items())
    count = Text("リリース{id}、ダンプ{number}個", "release {id}, {number} dumps")
    count = count.format(id=holding.manifest.release, number=len(stated))
    return checked(what, dict.fromkeys(wrong), count)


def _files(holding: Holding) -> Check:
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


def _strangers(holding: Holding) -> Check:
    what = Text("余分なファイルがないこと", "no other files")
    return checked(what, holding.strangers(), Text("なし", "none"))


def _compressed(holding: Holding) -> Check:
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
