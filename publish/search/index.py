"""The index by which things are found: an SQLite database in the release, written and read.

It says which names have a key, what lies in what, and which words stand where. Its bytes are not
reproducible (pages of a B-tree), so the manifest does not list it; what it answers depends on the
release alone. Each thread that reads it has a connection of its own, which can only read.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from publish.browse.lists import members
from publish.errors import Place, ReleaseError
from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node
from publish.search.codes import code_in
from publish.search.normalize import folded, keys_of
from publish.search.placenames import PlaceElsewhere, Spelling, designator_of, parted, spellings
from publish.shacl.shapes import Kind, Shapes

#: Where the index stands in a release: in a directory whose files no manifest lists.
DIRECTORY = "index"
FILE = f"{DIRECTORY}/names.sqlite"
FULL, CORE = 1, 2
#: Properties that name a thing, the official ones and others.
_NAMES = {*ns.LABELS, ns.SKOS + "altLabel", ns.SCHEMA + "alternateName"}
#: Properties that say in what a thing lies; they hold through each other.
_WITHIN = {
    *(ns.GEO + "sfWithin", ns.DCTERMS + "isPartOf", ns.SKOS + "broader"),
    *(ns.SCHEMA + "containedInPlace", ns.ORG + "unitOf"),
}
_PLACES = {ns.GEO + "Feature", ns.SCHEMA + "AdministrativeArea", ns.SCHEMA + "Place"}
#: A district is stated by name: it is no thing of its own, but what lies in it is told by it.
_DISTRICT = re.compile(r".{1,6}郡")
#: Longer names are found by their words, not by likeness.
_LONGEST_ALIKE = 40

_TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, ja TEXT, en TEXT,
    designator TEXT, where_ja TEXT, where_en TEXT);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, text TEXT, language TEXT, preferred INTEGER);
CREATE TABLE spelling (id INTEGER PRIMARY KEY, key TEXT UNIQUE);
CREATE TABLE entry (spelling INTEGER, name INTEGER, form INTEGER,
    PRIMARY KEY (spelling, name, form)) WITHOUT ROWID;
CREATE TABLE gram (gram TEXT, spelling INTEGER, PRIMARY KEY (gram, spelling)) WITHOUT ROWID;
CREATE TABLE frequency (gram TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE holder (key TEXT, holder INTEGER, PRIMARY KEY (key, holder)) WITHOUT ROWID;
CREATE TABLE area (id INTEGER PRIMARY KEY, text TEXT UNIQUE);
CREATE TABLE inside (thing INTEGER, holder INTEGER, PRIMARY KEY (thing, holder)) WITHOUT ROWID;
CREATE TABLE code (code TEXT, thing INTEGER, PRIMARY KEY (code, thing)) WITHOUT ROWID;
CREATE TABLE elsewhere (key TEXT, whole INTEGER, designator TEXT, place TEXT,
    PRIMARY KEY (key, whole, place)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(names, texts, content='', prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 0');
"""
_AFTER = """
CREATE INDEX name_of ON name (thing);
CREATE INDEX holding ON inside (holder, thing);
INSERT INTO frequency SELECT gram, COUNT(*) FROM gram GROUP BY gram;
ANALYZE;
"""


@dataclass
class _Thing:
    """A thing while it is being read."""

    number: int
    iri: str
    kind: Kind
    names: list[tuple[str, str, bool]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    within: set[str] = field(default_factory=set)
    districts: set[str] = field(default_factory=set)
    is_place: bool = False

    def name(self, language: str) -> str:
        """Return the first name in a language, else in any, else the end of the IRI."""
        own = (text for text, tag, _ in self.names if tag == language)
        return next(own, self.names[0][0] if self.names else self.iri.rpartition("/")[2])

    @property
    def designator(self) -> str:
        """Return the kind of area that the Japanese name ends in, or an empty text."""
        name = self.name("ja") if self.is_place else ""
        return designator_of(name)


def write_index(
    path: Path, store: ox.Store, shapes: Shapes, derived: str, elsewhere: tuple[PlaceElsewhere, ...]
) -> None:
    """Write the index of all things of a release to a file that does not exist yet.

    `derived` is the graph whose statements follow from the others.
    """
    things = _read(store, shapes, derived)
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        _Writer(database, things).write(elsewhere)
        database.executescript(_AFTER)
        database.commit()
        database.execute("VACUUM")


def _read(store: ox.Store, shapes: Shapes, derived: str) -> dict[str, _Thing]:
    found: dict[str, _Thing] = {}
    for kind in shapes.kinds:
        for iri in members(store, shapes.iris, kind):
            thing = _Thing(len(found) + 1, iri, kind)
            _fill(thing, store, shapes.iris, derived)
            if thing.names:
                found[iri] = thing
    return found


def _fill(thing: _Thing, store: ox.Store, iris: Iris, derived: str) -> None:
    quads = sorted(store.quads_for_pattern(node(thing.iri), None, None), key=str)
    types = {str(getattr(q.object, "value", "")) for q in quads if q.predicate == TYPE}
    for quad in quads:
        predicate, object_ = quad.predicate.value, quad.object
        if isinstance(object_, ox.Literal):
            _fill_text(thing, predicate, object_)
        elif isinstance(object_, ox.NamedNode) and iris.thing_parts(object_.value):
            if predicate in _WITHIN:
                thing.within.add(object_.value)
            elif str(getattr(quad.graph_name, "value", "")) != derived:
                thing.links.add(object_.value)
    thing.names.sort(key=lambda name: (not name[2], name[1] != "ja"))
    thing.is_place = bool(types & _PLACES) or any(map(_is_area_code, thing.codes))


def _fill_text(thing: _Thing, predicate: str, term: ox.Literal) -> None:
    if predicate in _NAMES:
        thing.names.append((term.value, term.language or "", predicate in ns.LABELS))
    elif predicate in ns.CODES or predicate in ns.NUMBERS:
        thing.codes.add(term.value)
    elif term.language:
        thing.texts.append(term.value)
        if term.language == "ja" and _DISTRICT.fullmatch(term.value):
            thing.districts.add(term.value)


def _is_area_code(code: str) -> bool:
    found = code_in(code) if len(code) == 6 else None
    return found is not None and found.six == code


class _Writer:
    """Writes things into the tables, each spelling and district once."""

    def __init__(self, database: sqlite3.Connection, things: dict[str, _Thing]) -> None:
        self.database = database
        self.things = things
        self.names = 0
        self.spellings: dict[str, int] = {}
        self.areas: dict[str, int] = {}

    def write(self, elsewhere: tuple[PlaceElsewhere, ...]) -> None:
        """Write everything."""
        insides = {thing.iri: self._holders(thing) for thing in self.things.values()}
        # a body is not in its place: a town does not become an area because it is governed
        tied = (insides[thing.iri] for thing in self.things.values() if not self._is_body(thing))
        holding = {holder for holders in tied for holder in holders}
        for thing in self.things.values():
            self._thing(thing, insides[thing.iri])
            for text, language, preferred in thing.names:
                self._name(thing, text, language, preferred)
                if thing.number in holding:
                    self._many("holder", ((k, thing.number) for k, _ in _spellings(thing, text)))
            self._many("code", ((code, thing.number) for code in thing.codes))
        for district, number in self.areas.items():
            self.database.execute("INSERT INTO area VALUES (?, ?)", (number, district))
            self._many("holder", ((key, number) for key in keys_of(district)))
        known = {(s.key, s.is_whole, s.designator, s.place) for s in spellings(elsewhere)}
        self._many("elsewhere", sorted(known))

    def _is_body(self, thing: _Thing) -> bool:
        """Tell whether a thing has the name of a place that it is tied to, as `Index.bodies` does."""
        tied = (self.things.get(iri) for iri in (*thing.links, *thing.within))
        places = (one for one in tied if one and one.designator)
        return not thing.designator and any(one.name("ja") == thing.name("ja") for one in places)

    def _holders(self, thing: _Thing) -> set[int]:
        """Return the numbers of all that a thing is in or tied to."""
        found, waiting = set(), [*thing.links, *thing.within]
        while waiting:
            holder = self.things.get(waiting.pop())
            if holder and holder.number not in found and holder is not thing:
                found.add(holder.number)
                waiting.extend(holder.within)
        for district in sorted(thing.districts):
            found.add(self.areas.setdefault(district, -1 - len(self.areas)))
        return found

    def _thing(self, thing: _Thing, holders: set[int]) -> None:
        where = [self._where(thing, language) for language in ("ja", "en")]
        names = (thing.name("ja"), thing.name("en"))
        row = (thing.number, thing.iri, thing.kind.segment, *names, thing.designator, *where)
        self.database.execute("INSERT INTO thing VALUES (?,?,?,?,?,?,?,?)", row)
        self._many("inside", ((thing.number, holder) for holder in sorted(holders)))
        words = [" ".join(grams_of_words(text)) for text, _, _ in thing.names]
        texts = [" ".join(grams_of_words(text)) for text in thing.texts]
        self.database.execute(
            "INSERT INTO words (rowid, names, texts) VALUES (?, ?, ?)",
            (thing.number, " ".join(words), " ".join(texts)),
        )

    def _where(self, thing: _Thing, language: str) -> str:
        """Return what a thing directly lies in, by name; of what type it is, if in nothing."""
        holders = [self.things[iri] for iri in sorted(thing.within) if iri in self.things]
        direct = sorted(holders, key=lambda holder: -len(self._holders(holder)))[:1]
        districts = sorted(thing.districts) if language == "ja" else []
        said = [*(holder.name(language) for holder in direct), *districts]
        kind = thing.kind.label
        return ("・" if language == "ja" else ", ").join(said) or (
            kind.ja if language == "ja" else kind.en
        )

    def _name(self, thing: _Thing, text: str, language: str, preferred: bool) -> None:
        self.names += 1
        row = (self.names, thing.number, text, language, preferred)
        self.database.execute("INSERT INTO name VALUES (?,?,?,?,?)", row)
        entries = {(self._spelling(key), self.names, form) for key, form in _spellings(thing, text)}
        self._many("entry", sorted(entries))

    def _spelling(self, key: str) -> int:
        known = self.spellings.get(key)
        if known is None:
            known = self.spellings[key] = len(self.spellings) + 1
            self.database.execute("INSERT INTO spelling VALUES (?, ?)", (known, key))
            if len(key) <= _LONGEST_ALIKE:
                self._many("gram", ((gram, known) for gram in sorted(set(grams_of(key)))))
        return known

    def _many(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        listed = list(rows)
        if listed:
            places = ",".join("?" * len(listed[0]))
            self.database.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", listed)


def _spellings(thing: _Thing, text: str) -> Iterator[tuple[str, int]]:
    """Yield the keys of a name: whole, and of a place without its designator."""
    yield from ((key, FULL) for key in keys_of(text))
    if not thing.is_place:
        return
    first, comma, _ = text.partition(",")
    if comma and first.isascii() is text.isascii():
        yield from ((key, FULL) for key in keys_of(first))
    for part in parted(first):
        # a name ends in what kind of area it is; another ending belongs to the name
        if thing.designator in ("", part.designator):
            yield from ((key, CORE) for key in keys_of(part.core))


def grams_of(key: str) -> Iterator[str]:
    """Yield the pieces by which a key is found to be like another: its ends count."""
    kind, _, letters = key.partition(":")
    size = 2 if kind == "k" else 3
    edged = f"^{letters}$"
    yield from (f"{kind}{edged[at : at + size]}" for at in range(max(1, len(edged) - size + 1)))


_RUN = re.compile(r"[a-z0-9]+|[^a-z0-9\W_]+")


def runs_of(word: str) -> list[str]:
    """Return the runs of letters and of Japanese script in a word, folded."""
    return _RUN.findall(folded(word))


def grams_of_words(text: str) -> Iterator[str]:
    """Yield the words of a text for full-text search: letters in runs, the rest in pairs.

    A run in Japanese script ends with its last character alone, so that each character begins
    a piece.
    """
    for word in text[:20_000].split():
        for run in runs_of(word):
            if run[0].isascii():
                yield run
            else:
                yield from (run[at : at + 2] for at in range(len(run)))


# -- Reading ---------------------------------------------------------------------------------------

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

    def bodies(self, things: Collection[int]) -> dict[int, int]:
        """Return which of some things have the name of a place among them that they are tied to.

        Such is the body that governs an area. What is meant by the name is the place.
        """
        query = (
            "SELECT i.thing, i.holder FROM inside i JOIN thing t ON t.id = i.thing "
            "JOIN thing place ON place.id = i.holder WHERE place.ja = t.ja AND t.designator = '' "
            f"AND place.designator != '' AND i.thing IN ({_marks(things)}) "
            f"AND i.holder IN ({_marks(things)}) ORDER BY i.thing, i.holder DESC"
        )
        return dict(self._rows(query, (*things, *things)))

    def held(self, holders: Collection[int], kinds: Collection[str], most: int) -> list[Thing]:
        """Return things that are in or tied to one of some others."""
        chosen = f"AND t.kind IN ({_marks(kinds)}) " if kinds else ""
        query = (
            f"SELECT DISTINCT {_THING} FROM inside i JOIN thing t ON t.id = i.thing "
            f"WHERE i.holder IN ({_marks(holders)}) {chosen}ORDER BY t.id LIMIT ?"
        )
        return [_thing(row) for row in self._rows(query, (*holders, *kinds, most))]

    def below(self, thing: int) -> frozenset[tuple[str, str]]:
        """Return the types and the kinds of area of the areas that are in or tied to a thing."""
        query = (
            "SELECT DISTINCT t.kind, t.designator FROM inside i JOIN thing t ON t.id = i.thing "
            "WHERE i.holder = ? AND t.designator != ''"
        )
        return frozenset((kind, designator) for kind, designator in self._rows(query, (thing,)))

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

    def elsewhere(self, keys: Collection[str]) -> list[Spelling]:
        """Return the places outside the data that have one of some keys."""
        query = (
            "SELECT key, whole, designator, place FROM elsewhere "
            f"WHERE key IN ({_marks(keys)}) ORDER BY key, whole DESC, place LIMIT {_MOST_NAMES}"
        )
        return [
            Spelling(key, bool(whole), designator, place)
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
