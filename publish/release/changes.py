"""What changed from one release to another, kept in `releases/changes/A..B/`.

Nothing in a release depends on another one, so comparisons are kept beside the releases. They
follow from the two releases alone and can be deleted at any time.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from publish.errors import Place, Problem, ReleaseError
from publish.i18n import Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawal
from publish.release.accounts import VERSION, address, as_json
from publish.release.diff import Change, Difference, Lines, Side, compare
from publish.release.manifest import NAME, Manifest
from publish.release.release import CURRENT, Release, current

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
