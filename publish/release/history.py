"""The line of releases as a server sees it, and what changed along it.

Releases know no clock. Their order is that of their stamps: the day of the data, then the
version, then the output version of the software; of several that are equal in all of these the
current one is the last. A release without a stamp has no place in the line, unless it is current:
then it is the last. Releases of other bases do not belong to it.
"""

from __future__ import annotations

import hashlib
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from publish.errors import ReleaseError
from publish.i18n import Text
from publish.release import changes
from publish.release.diff import Counts, Difference, compare
from publish.release.manifest import NAME, Manifest
from publish.release.release import CONTENT_QUADS, Release

log = logging.getLogger(__name__)

#: Most bytes of N-Quads that a server reads to compare two releases; the command has no limit.
MOST_BYTES = 64 << 20
#: Most characters of statements in the comparisons that are kept in memory.
_MOST_KEPT = 16 << 20
#: Seconds that a request waits while others are comparing.
_PATIENCE = 20.0
_ID = re.compile("[0-9a-f]{12}")
_NUMBER = re.compile(r"(\d+)")

Line = tuple[Manifest, ...]
_Pair = tuple[str, str]


def line_of(manifests: Iterable[Manifest], current: Manifest) -> Line:
    """Return the releases that have the current one's base and a stamp, oldest first."""
    others = {m.release: m for m in manifests if m.base == current.base and m.modified}
    return tuple(sorted((others | {current.release: current}).values(), key=_place(current)))


def _place(current: Manifest) -> Any:
    def place(manifest: Manifest) -> tuple[Any, ...]:
        is_current = manifest.release == current.release
        if not manifest.modified:
            return (1,)
        stamp = manifest.modified, _parts(manifest.version or ""), manifest.output_version
        return (0, *stamp, is_current, manifest.release)

    return place


def _parts(version: str) -> list[tuple[int, str]]:
    """Return a version as it is ordered: numbers by their value."""
    pieces = _NUMBER.split(version)
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces if piece]


def before(line: Line, release: str) -> Manifest | None:
    """Return the release before another one in the line, or None if there is none."""
    ids = [manifest.release for manifest in line]
    place = ids.index(release) if release in ids else 0
    return line[place - 1] if place else None


class History:
    """Reads the releases of a directory, and compares them when that is asked for.

    A manifest is read again only when its file changes; a damaged release is logged and left out.
    One pair of releases is compared at a time.
    """

    def __init__(self, releases: Path, most_bytes: int = MOST_BYTES) -> None:
        self.releases = releases
        self.most_bytes = most_bytes
        self._manifests: dict[str, tuple[str, Manifest | None]] = {}
        self._counts: dict[_Pair, Counts] = {}
        self._known: OrderedDict[_Pair, Difference] = OrderedDict()
        self._lock = threading.Lock()

    def all(self) -> list[Manifest]:
        """Return the manifests of the releases that can be read, of any base, by id."""
        known: dict[str, tuple[str, Manifest | None]] = {}
        paths = sorted(self.releases.iterdir()) if self.releases.is_dir() else []
        for path in paths:
            if _ID.fullmatch(path.name):
                signature = self._signature(path)
                old = self._manifests.get(path.name)
                same = old is not None and old[0] == signature
                known[path.name] = old if old and same else (signature, _manifest(path))
        self._manifests = known
        return [manifest for _, manifest in known.values() if manifest]

    def line(self, current: Manifest) -> Line:
        """Return the line of the releases that can be read, oldest first."""
        return line_of(self.all(), current)

    def find(self, current: Manifest, release: str) -> Manifest | None:
        """Return a release of the current one's base by its id, with or without a stamp."""
        if release == current.release:
            return current
        ours = (manifest for manifest in self.all() if manifest.base == current.base)
        return next((manifest for manifest in ours if manifest.release == release), None)

    def state(self, line: Line) -> str:
        """Return a text that changes whenever what can be told of these releases does."""
        names = [manifest.release for manifest in line]
        told = [f"{name} {self._signature(self.releases / name)}" for name in names]
        large = [str(self._is_kept(*pair)) for pair in pairwise(line)]
        return hashlib.sha256("\n".join([*told, *large]).encode()).hexdigest()

    def _is_kept(self, old: Manifest, new: Manifest) -> bool:
        """Tell whether a pair that is too large to compare here has been compared elsewhere."""
        return self._is_large(old, new) and changes.is_kept(self.releases, old, new)

    @staticmethod
    def _signature(path: Path) -> str:
        """Return what tells whether files that matter here are still the same."""
        told = []
        for name in (NAME, CONTENT_QUADS):
            try:
                stat = (path / name).stat()
                told.append(f"{stat.st_mtime_ns} {stat.st_size} {stat.st_ino}")
            except OSError as error:
                told.append(str(error.errno))
        return " ".join(told)

    def counts(self, line: Line, old: Manifest, new: Manifest) -> Counts:
        """Return how much changed from one release to another; raises as `between`."""
        pair = self._pair(old, new)
        if pair not in self._counts:
            self._counts[pair] = self.between(line, old, new).counts
        return self._counts[pair]

    def between(self, line: Line, old: Manifest, new: Manifest) -> Difference:
        """Return what changed from one release to another.

        What changed between neighbours of the line is kept in files. Raises ReleaseError if one
        of them is damaged or they are too large to be compared here, TimeoutError if other
        comparisons take too long.
        """
        if not self._lock.acquire(timeout=_PATIENCE):
            raise TimeoutError("other releases are being compared")
        try:
            pair = self._pair(old, new)
            if pair not in self._known:
                self._remember(pair, self._made(line, old, new))
            self._known.move_to_end(pair)
            return self._known[pair]
        finally:
            self._lock.release()

    def _made(self, line: Line, old: Manifest, new: Manifest) -> Difference:
        if self._is_large(old, new) and not changes.is_kept(self.releases, old, new):
            raise _too_large(old, new)
        sides = [Release(self.releases / one.release, one) for one in (old, new)]
        if before(line, new.release) == old:
            return changes.between(self.releases, *sides)
        return changes.kept(self.releases, old, new) or compare(*sides)

    def _is_large(self, old: Manifest, new: Manifest) -> bool:
        if old.content_hash == new.content_hash:
            return False
        files = (manifest.file(CONTENT_QUADS) for manifest in (old, new))
        return sum(file.size for file in files if file) > self.most_bytes

    def _pair(self, old: Manifest, new: Manifest) -> _Pair:
        """Return the name of a comparison; it is another one when a release was repaired."""
        first, second = (
            f"{one.release} {self._signature(self.releases / one.release)}" for one in (old, new)
        )
        return first, second

    def _remember(self, pair: _Pair, difference: Difference) -> None:
        self._known[pair] = difference
        while len(self._known) > 1 and sum(map(_size, self._known.values())) > _MOST_KEPT:
            self._known.popitem(last=False)


def _size(difference: Difference) -> int:
    lines = (*difference.other_removed, *difference.other_added)
    things = sum(len(line) for one in difference.things for line in (*one.removed, *one.added))
    return things + sum(map(len, lines))


def _manifest(path: Path) -> Manifest | None:
    try:
        found = Manifest.read(path)
    except ReleaseError:
        log.warning("release %s cannot be read; it is left out", path.name, exc_info=True)
        return None
    if found.release != path.name:
        log.warning("release %s says that it is %s; it is left out", path.name, found.release)
        return None
    return found


def _too_large(old: Manifest, new: Manifest) -> ReleaseError:
    return ReleaseError(
        Text(
            "リリース {old} と {new} は大きいため、ここでは比較しません。",
            "Releases {old} and {new} are too large to be compared here.",
        ).format(old=old.release, new=new.release),
        Text(
            "「lodpub diff {old} {new}」で比較しておけば表示されます。",
            'What "lodpub diff {old} {new}" finds will be shown.',
        ).format(old=old.release, new=new.release),
    )
