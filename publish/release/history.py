"""The line of releases, and what changed along it.

Releases know no clock. Their order is that of their stamps: the day of the data, then the
version, then the output version of the software; of several that are equal in all of these the
current one is the last. A release without a stamp has no place in the line, unless it is current:
then it is the last. Releases of other bases do not belong to it.

Nothing in a release depends on another one, so comparisons are kept beside the releases, in
`releases/changes/A..B/`. They follow from the two releases alone and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import tempfile
import threading
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from cachetools import LRUCache

from publish.errors import Place, Problem, ReleaseError
from publish.i18n import Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawal
from publish.release.diff import (
    VERSION,
    Change,
    Counts,
    Difference,
    Lines,
    Side,
    address,
    as_json,
    compare,
)
from publish.release.manifest import NAME, Manifest
from publish.release.release import CONTENT_QUADS, CURRENT, Release, current

log = logging.getLogger(__name__)

JSON = "changes.json"
REMOVED = "removed.nq"
ADDED = "added.nq"
_ID = re.compile("[0-9a-f]{12}")


def opened(releases: Path, name: str) -> Release:
    """Return a release by its id, as `current`, or by a directory: its own, or one of releases.

    Raises ReleaseError if there is none.
    """
    if name == CURRENT:
        return current(releases)
    if _ID.fullmatch(name) and (releases / name).is_dir():
        return Release.open(releases / name)
    path = Path(name)
    if not (path / NAME).exists() and (path / CURRENT).exists():
        return current(path)
    if path.is_dir():
        return Release.open(path)
    raise ReleaseError(
        Text("リリース「{name}」がありません。", 'There is no release "{name}".').format(name=name),
        Text(
            "「lodpub releases」の一覧にあるID、current、又はリリースの場所を指定してください。",
            'Give an id that "lodpub releases" lists, "current", or a directory.',
        ),
    )


def between(releases: Path, old: Release, new: Release) -> Difference:
    """Return what changed from one release to another: as it is kept, else computed and kept.

    It is kept if both stand in the directory and have the same base. Raises ReleaseError.
    """
    inside = all(one.path.resolve() == (releases / one.id).resolve() for one in (old, new))
    if not inside or old.manifest.base != new.manifest.base or old.id == new.id:
        return compare(old, new)
    found = kept(releases, old.manifest, new.manifest)
    if found is None:
        found = compare(old, new)
        keep(releases, found)
    return found


def kept(releases: Path, old: Manifest, new: Manifest) -> Difference | None:
    """Return a comparison that is kept in files; None if it is not, or is of no use any more."""
    directory = releases / address(old.release, new.release)
    try:
        content = json.loads((directory / JSON).read_text("utf-8"))
        if content["version"] != VERSION:
            return None
        removed, added = (_lines(directory / name) for name in (REMOVED, ADDED))
        found = _read(content, removed, added)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        log.warning("%s cannot be read; it is made again", directory, exc_info=True)
        return None
    return found if (found.old, found.new) == (Side.of(old), Side.of(new)) else None


def is_kept(releases: Path, old: Manifest, new: Manifest) -> bool:
    """Tell whether a comparison is kept in files."""
    return (releases / address(old.release, new.release) / JSON).exists()


def _lines(path: Path) -> Lines:
    return tuple(path.read_text("utf-8").split("\n")[:-1])


def _read(content: dict[str, Any], removed: Lines, added: Lines) -> Difference:
    """Return a comparison as it was written, its statements taken from the N-Quads."""
    old, new = Side(**content["from"]), Side(**content["to"])
    lost, gained = _by_subject(removed), _by_subject(added)
    things = tuple(
        Change(
            thing["iri"],
            thing["type"],
            thing["fate"],
            thing["names"],
            tuple(lost.pop(thing["iri"], ())),
            tuple(gained.pop(thing["iri"], ())),
            _withdrawal(thing["withdrawal"], Iris.at(new.base)) if "withdrawal" in thing else None,
        )
        for thing in content["things"]
    )
    others = (tuple(one for lines in rest.values() for one in lines) for rest in (lost, gained))
    return Difference(old, new, things, *others)


def _by_subject(lines: Lines) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in lines:
        found.setdefault(one.partition(" ")[0][1:-1], []).append(one)
    return found


def _withdrawal(told: dict[str, Any], iris: Iris) -> Withdrawal:
    type_, key = iris.thing_parts(told["iri"]) or ("", "")
    successor = (iris.relative(told["successor"] or "") or "").removeprefix("id/")
    return Withdrawal(
        type_, key, told["date"], told["reason"]["ja"], told["reason"]["en"], successor
    )


def keep(releases: Path, difference: Difference) -> None:
    """Keep a comparison in files, complete or not at all; the same bytes wherever it is made.

    Where the directory may not be written, that is logged, and nothing else happens.
    """
    target = releases / address(difference.old.release, difference.new.release)
    try:
        target.parent.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".", dir=target.parent))
        try:
            _write(difference, aside)
            shutil.rmtree(target, ignore_errors=True)  # of another version, or damaged
            aside.rename(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        log.info("%s is not kept in files: %s", target, error)


def _write(difference: Difference, directory: Path) -> None:
    directory.chmod(0o755)
    for name, lines in ((REMOVED, difference.removed), (ADDED, difference.added)):
        (directory / name).write_text("".join(f"{one}\n" for one in lines), "utf-8")
    (directory / JSON).write_bytes(as_json(difference))


def vanished(releases: Path, old: str | None, new: str) -> tuple[Problem, ...]:
    """Return a problem for each thing that a new release lost without withdrawing it.

    `old` is the release that was current before, if there was one. That it cannot be compared is a
    problem, too.
    """
    if old is None or old == new:
        return ()
    try:
        sides = (Release.open(releases / one) for one in (old, new))
        return problems(between(releases, *sides))
    except ReleaseError as error:
        return error.problems


def problems(difference: Difference) -> tuple[Problem, ...]:
    """Return a problem for each thing that vanished: addresses must never do."""
    iris = Iris.at(difference.new.base)
    return tuple(_problem(one, iris) for one in difference.of("vanished"))


def _problem(change: Change, iris: Iris) -> Problem:
    parts = iris.thing_parts(change.iri)
    name = "/".join(parts) if parts else iris.relative(change.iri)
    what = Text(
        "「{name}」が取り下げの記録なしに消えました。このURIは404になります。",
        '"{name}" vanished without being withdrawn. Its URI will answer 404.',
    ).format(name=name)
    if parts is None:
        remedy = Text(
            "語彙の用語は削除せず、owl:deprecated true を付けて残してください。",
            "Do not delete a term of the vocabulary; keep it with owl:deprecated true.",
        )
        return Problem(what, remedy, Place("ontology/"))
    remedy = Text(
        "元に戻すか、data/withdrawn.csv に日付と理由、後を継ぐものがあればそれも記してください。",
        "Restore it, or enter date, reason and successor, if any, in data/withdrawn.csv.",
    )
    return Problem(what, remedy, Place("data/withdrawn.csv"))


# -- The line as a server sees it -----------------------------------------------------------------

#: Most bytes of N-Quads that a server reads to compare two releases; the command has no limit.
MOST_BYTES = 64 << 20
#: Most characters of statements in the comparisons that are kept in memory.
_MOST_KEPT = 16 << 20
#: Seconds that a request waits while others are comparing.
_PATIENCE = 20.0
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
        self._known = LRUCache[_Pair, Difference](_MOST_KEPT, _size)
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
        return self._is_large(old, new) and is_kept(self.releases, old, new)

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
                self._known[pair] = self._made(line, old, new)
            return self._known[pair]
        finally:
            self._lock.release()

    def _made(self, line: Line, old: Manifest, new: Manifest) -> Difference:
        if self._is_large(old, new) and not is_kept(self.releases, old, new):
            raise _too_large(old, new)
        sides = [Release(self.releases / one.release, one) for one in (old, new)]
        if before(line, new.release) == old:
            return between(self.releases, *sides)
        return kept(self.releases, old, new) or compare(*sides)

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


def _size(difference: Difference) -> int:
    """Return the characters of the statements; what is too large for others is kept alone."""
    lines = (*difference.other_removed, *difference.other_added)
    things = sum(len(line) for one in difference.things for line in (*one.removed, *one.added))
    return min(things + sum(map(len, lines)), _MOST_KEPT)


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
