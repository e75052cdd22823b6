"""The index of a release, read: which names a key has, what lies in what, which words stand where.

Built by `publish.search.index`. Each thread has a connection of its own, which can only read.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from publish.errors import Place, ReleaseError
from publish.i18n import Text
from publish.search.index import CORE, grams_of, runs_of

#: Names read for one look-up; a key with more is of no use for telling things apart.
_MOST_NAMES = 400
#: Spellings looked at for likeness, by the rarest pieces of a key first.
_MOST_ALIKE = 4000
#: Words of a search that count.
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as the index knows it."""

    id: int
    iri: str
    kind: str
    name: Text
    #: the kind of area that its name ends in (`publish.search.placenames`), or ""
    designator: str
    where: Text


@dataclass(frozen=True, slots=True)
class Spelt:
    """A name of a thing that has a certain key, in full or without its designator."""

    key: str
    is_core: bool
    text: str
    language: str
    preferred: bool
    thing: Thing


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place that is not in the data, but has a certain key."""

    key: str
    is_whole: bool
    designator: str
    place: str


_THING = "t.id, t.iri, t.kind, t.ja, t.en, t.designator, t.where_ja, t.where_en"
_SPELT = (
    f"SELECT s.key, e.form, n.text, n.language, n.preferred, {_THING} FROM spelling s "
    "JOIN entry e ON e.spelling = s.id JOIN name n ON n.id = e.name "
    "JOIN thing t ON t.id = n.thing WHERE "
)


class Index:
    """The index of one release."""

    def __init__(self, path: Path) -> None:
        """Raise ReleaseError if a release has no index, being older than the software."""
        if not path.is_file():
            raise ReleaseError(
                Text("リリースに索引がありません。", "The release has no index."),
                Text(
                    "「lodpub build」で作り直してください。", 'Make it again with "lodpub build".'
                ),
                Place(str(path)),
            )
        self.path = path
        self._own = threading.local()

    @property
    def _database(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._own, "database", None)
        if found is None:
            address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            found = self._own.database = sqlite3.connect(address, uri=True)
        return found

    def _rows(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        return self._database.execute(query, tuple(values)).fetchall()

    def spelt(self, keys: Collection[str]) -> list[Spelt]:
        """Return the names that have one of some keys."""
        condition = f"s.key IN ({_marks(keys)}) LIMIT {_MOST_NAMES}"
        return [_spelt(row) for row in self._rows(_SPELT + condition, keys)]

    def beginning(self, key: str, kinds: Collection[str], most: int) -> list[Spelt]:
        """Return names whose keys begin like one, the shortest of the first ones first."""
        chosen = f"AND t.kind IN ({_marks(kinds)}) " if kinds else ""
        condition = f"s.key >= ? AND s.key < ? {chosen}ORDER BY s.key, n.preferred DESC LIMIT ?"
        values = (key, f"{key}\U0010ffff", *kinds, most)
        return [_spelt(row) for row in self._rows(_SPELT + condition, values)]

    def alike(self, key: str, most: int) -> list[str]:
        """Return the keys that share most pieces with one, by its rarest pieces."""
        grams = sorted(set(grams_of(key)))
        counted: dict[str, int] = dict(
            self._rows(f"SELECT gram, count FROM frequency WHERE gram IN ({_marks(grams)})", grams)
        )
        chosen: list[str] = []
        left = _MOST_ALIKE
        for gram in sorted(counted, key=lambda one: (counted[one], one)):
            left -= counted[gram]
            if left < 0 and chosen:
                break
            chosen.append(gram)
        query = (
            "SELECT s.key FROM (SELECT spelling, COUNT(*) AS shared FROM gram WHERE gram IN "
            f"({_marks(chosen)}) GROUP BY spelling ORDER BY shared DESC, spelling LIMIT ?) "
            "JOIN spelling s ON s.id = spelling"
        )
        return [row[0] for row in self._rows(query, (*chosen, most))]

    def holders(self, keys: Collection[str]) -> dict[str, frozenset[int]]:
        """Return what things can lie in, by key: numbers of things, or of districts (negative)."""
        query = f"SELECT key, holder FROM holder WHERE key IN ({_marks(keys)})"
        found: dict[str, set[int]] = {}
        for key, holder in self._rows(query, keys):
            found.setdefault(key, set()).add(holder)
        return {key: frozenset(holders) for key, holders in found.items()}

    def kinds_of(self, things: Collection[int]) -> dict[int, str]:
        """Return the types of things by number; districts are missing."""
        query = f"SELECT id, kind FROM thing WHERE id IN ({_marks(things)})"
        return dict(self._rows(query, things))

    def insides(self, thing: int) -> frozenset[int]:
        """Return the numbers of all that a thing is in or tied to."""
        rows = self._rows("SELECT holder FROM inside WHERE thing = ?", (thing,))
        return frozenset(row[0] for row in rows)

    def held(self, holders: Collection[int], kinds: Collection[str], most: int) -> list[Thing]:
        """Return things that are in or tied to one of some others."""
        chosen = f"AND t.kind IN ({_marks(kinds)}) " if kinds else ""
        query = (
            f"SELECT DISTINCT {_THING} FROM inside i JOIN thing t ON t.id = i.thing "
            f"WHERE i.holder IN ({_marks(holders)}) {chosen}ORDER BY t.id LIMIT ?"
        )
        return [_thing(row) for row in self._rows(query, (*holders, *kinds, most))]

    def coded(self, codes: Collection[str]) -> list[Thing]:
        """Return the things that have one of some codes."""
        query = (
            f"SELECT DISTINCT {_THING} FROM code c JOIN thing t ON t.id = c.thing "
            f"WHERE c.code IN ({_marks(codes)}) ORDER BY t.id LIMIT {_MOST_NAMES}"
        )
        return [_thing(row) for row in self._rows(query, codes)]

    def code_beginning(self, code: str, kinds: Collection[str], most: int) -> list[Thing]:
        """Return the things that have a code which begins in a way, in the order of their codes."""
        chosen = f"AND t.kind IN ({_marks(kinds)}) " if kinds else ""
        query = (
            f"SELECT {_THING} FROM code c JOIN thing t ON t.id = c.thing "
            f"WHERE c.code >= ? AND c.code < ? {chosen}ORDER BY c.code, t.id LIMIT ?"
        )
        return [_thing(row) for row in self._rows(query, (code, f"{code}~", *kinds, most))]

    def codes_of(self, thing: int) -> list[str]:
        """Return the codes of a thing."""
        rows = self._rows("SELECT code FROM code WHERE thing = ? ORDER BY code", (thing,))
        return [row[0] for row in rows]

    def thing(self, iri: str) -> Thing | None:
        """Return a thing by its IRI, or None."""
        rows = self._rows(f"SELECT {_THING} FROM thing t WHERE t.iri = ?", (iri,))
        return _thing(rows[0]) if rows else None

    def things(self, numbers: Collection[int]) -> dict[int, Thing]:
        """Return things by number."""
        rows = self._rows(
            f"SELECT {_THING} FROM thing t WHERE t.id IN ({_marks(numbers)})", numbers
        )
        return {thing.id: thing for thing in map(_thing, rows)}

    def first(self, kind: str, most: int) -> list[int]:
        """Return the numbers of the first things of a type, in the order of its list."""
        query = "SELECT id FROM thing WHERE kind = ? ORDER BY id LIMIT ?"
        return [row[0] for row in self._rows(query, (kind, most))]

    def elsewhere(self, keys: Collection[str]) -> list[Elsewhere]:
        """Return the places outside the data that have one of some keys."""
        query = (
            "SELECT key, whole, designator, place FROM elsewhere "
            f"WHERE key IN ({_marks(keys)}) ORDER BY key, whole DESC, place LIMIT {_MOST_NAMES}"
        )
        return [
            Elsewhere(key, bool(whole), designator, place)
            for key, whole, designator, place in self._rows(query, keys)
        ]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Return the types of which there are things."""
        return tuple(
            str(row[0]) for row in self._rows("SELECT DISTINCT kind FROM thing ORDER BY kind")
        )

    def numbers(self, iris: Collection[str]) -> frozenset[int]:
        """Return the numbers of things."""
        rows = self._rows(f"SELECT id FROM thing WHERE iri IN ({_marks(iris)})", iris)
        return frozenset(row[0] for row in rows)

    def worded(self, text: str, kinds: Collection[str], most: int) -> dict[int, bool]:
        """Return the numbers of things that have all words of a text, and whether in their names.

        Those with the words in their names come first; inside both groups, types and things in
        the order of their lists.
        """
        query = _words(text)
        if not query:
            return {}
        found = dict.fromkeys(self._worded(f"names : ({query})", kinds, most), True)
        for number in self._worded(query, kinds, most) if len(found) < most else ():
            if len(found) < most:
                found.setdefault(number, False)
        return found

    def _worded(self, query: str, kinds: Collection[str], most: int) -> list[int]:
        chosen = f"AND t.kind IN ({_marks(kinds)}) " if kinds else ""
        join = "JOIN thing t ON t.id = w.rowid " if kinds else ""
        statement = (
            f"SELECT w.rowid FROM words w {join}"
            f"WHERE words MATCH ? {chosen}ORDER BY w.rowid LIMIT ?"
        )
        return [row[0] for row in self._rows(statement, (query, *kinds, most))]


def _words(text: str) -> str:
    """Return a text as a query of FTS5: every word in it must stand there, the last may go on.

    Only letters and digits come from the text, in quotes: nothing in it is an operator.
    """
    runs = [run for word in text.split() for run in runs_of(word)][:_MOST_WORDS]
    phrases = [_phrase(run, open_ended=run is runs[-1]) for run in runs]
    return " AND ".join(dict.fromkeys(phrases))


def _phrase(run: str, open_ended: bool) -> str:
    if run[0].isascii():
        return f'"{run}"*' if open_ended else f'"{run}"'
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + '"'


def _spelt(row: tuple[Any, ...]) -> Spelt:
    key, form, text, language, preferred, *rest = row
    thing = _thing(tuple(rest))
    return Spelt(key, form == CORE, text, language, bool(preferred), thing)


def _thing(row: tuple[Any, ...]) -> Thing:
    number, iri, kind, ja, en, designator, where_ja, where_en = row
    return Thing(number, iri, kind, Text(ja, en), designator, Text(where_ja, where_en))


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))
