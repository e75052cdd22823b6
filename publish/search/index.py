"""The content -> the index by which things are found: an SQLite database in the release.

`publish.search.index_` reads it. Its bytes are not reproducible (pages of a B-tree), so the manifest does
not list it; what it answers depends on the release alone.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from publish.browse.listing import members
from publish.errors import CodeError
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node
from publish.search.codes import read_code
from publish.search.elsewhere import Place, spellings
from publish.search.normalize import folded, keys_of
from publish.search.placenames import designator_of, parted
from publish.shacl.shapes import Kind, Shapes

#: Where the index stands in a release: in a directory whose files no manifest lists.
DIRECTORY = "index"
FILE = f"{DIRECTORY}/names.sqlite"
FULL, CORE = 1, 2
#: Properties that name a thing, the official ones first, and those that hold its codes.
NAMES = (
    *(ns.SKOS + "prefLabel", ns.RDFS + "label", ns.DCTERMS + "title", ns.FOAF + "name"),
    *(ns.SKOS + "altLabel", ns.SCHEMA + "alternateName"),
)
CODES = (ns.DCTERMS + "identifier", ns.SKOS + "notation")
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
    path: Path, store: ox.Store, shapes: Shapes, derived: str, elsewhere: tuple[Place, ...]
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
    if predicate in NAMES:
        thing.names.append((term.value, term.language or "", predicate in NAMES[:4]))
    elif predicate in CODES:
        thing.codes.add(term.value)
    elif term.language:
        thing.texts.append(term.value)
        if term.language == "ja" and _DISTRICT.fullmatch(term.value):
            thing.districts.add(term.value)


def _is_area_code(code: str) -> bool:
    try:
        return len(code) == 6 and read_code(code).six == code
    except CodeError:
        return False


class _Writer:
    """Writes things into the tables, each spelling and district once."""

    def __init__(self, database: sqlite3.Connection, things: dict[str, _Thing]) -> None:
        self.database = database
        self.things = things
        self.names = 0
        self.spellings: dict[str, int] = {}
        self.areas: dict[str, int] = {}

    def write(self, elsewhere: tuple[Place, ...]) -> None:
        """Write everything."""
        insides = {thing.iri: self._holders(thing) for thing in self.things.values()}
        holding = {holder for holders in insides.values() for holder in holders}
        for thing in self.things.values():
            self._thing(thing, insides[thing.iri])
            for text, language, preferred in thing.names:
                self._name(thing, text, language, preferred)
                if thing.number in holding:
                    self._many("holder", ((k, thing.number) for k, _ in _spelt(thing, text)))
            self._many("code", ((code, thing.number) for code in thing.codes))
        for district, number in self.areas.items():
            self.database.execute("INSERT INTO area VALUES (?, ?)", (number, district))
            self._many("holder", ((key, number) for key in keys_of(district)))
        known = {(s.key, s.is_whole, s.designator, s.place) for s in spellings(elsewhere)}
        self._many("elsewhere", sorted(known))

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
        entries = {(self._spelling(key), self.names, form) for key, form in _spelt(thing, text)}
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


def _spelt(thing: _Thing, text: str) -> Iterator[tuple[str, int]]:
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
