"""The data of others that links lead to, read from a dump or a table of theirs; nothing is fetched.

From it come the names, codes and positions of their things, to propose links; and which of our
links lead to what they do not describe. What a file may cost is bounded, and its entities and
contexts lead nowhere.

Links are looked up in it, too: what a dump does not describe is not there. A dump speaks for the
places in which it describes things with a type: `…/id/municipality/`, if it has one thing there.
Links to other places are left alone.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from publish.errors import GridError, Place, Problem, SourceError
from publish.i18n import Text
from publish.project.dataset import Dataset
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, is_iri
from publish.tables.grid import Grid
from publish.tables.grid import Limits as GridLimits
from publish.tables.read import read_table

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
_TABLES = (".csv", ".tsv", ".txt", ".xlsx")
_SCHEMA = (ns.SCHEMA, "https://schema.org/")
LABELS = (
    *(ns.SKOS + name for name in ("prefLabel", "altLabel")),
    ns.RDFS + "label",
    ns.FOAF + "name",
    *(space + "name" for space in _SCHEMA),
)
CODES = (
    ns.DCTERMS + "identifier",
    ns.SKOS + "notation",
    *(space + "identifier" for space in _SCHEMA),
)
_LATITUDES = (ns.WGS + "lat", *(space + "latitude" for space in _SCHEMA))
_LONGITUDES = (ns.WGS + "long", *(space + "longitude" for space in _SCHEMA))
#: Lead from a thing to what has its position.
_POSITIONS = tuple(space + "geo" for space in _SCHEMA)
_HEARD = {*LABELS, *CODES, *_LATITUDES, *_LONGITUDES, *_POSITIONS}
#: Names of the columns of a table, folded; Japanese ones as standard tables have them.
_IRI_COLUMNS = ("iri", "uri", "url", "subject", "id")
_NAME_COLUMNS = ("name", "label", "title", "名称", "名前", "市区町村名", "地方公共団体名", "ラベル")
_CODE_COLUMNS = ("code", "identifier", "コード", "全国地方公共団体コード", "市区町村コード")
_LAT_COLUMNS, _LONG_COLUMNS = ("lat", "latitude", "緯度"), ("lon", "long", "longitude", "経度")
#: An entity that is made of other entities, which grows without bound.
_NESTED = re.compile(rb"<!ENTITY[^>]*&(?!#|amp;|lt;|gt;|quot;|apos;)")
_ABSOLUTE_IRI = re.compile(r"https?://|urn:")
#: Bytes read at a time, and those among which entities are declared.
_HEAD, _PROLOGUE = 1 << 16, 1 << 20
_LONGEST = 300
_MOST_NAMES, _MOST_CODES = 12, 12


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a dump may be: bytes of the file, bytes unpacked, statements, things."""

    bytes: int = 1 << 30
    unpacked: int = 4 << 30
    triples: int = 20_000_000
    things: int = 200_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of another data set: what it is called, its codes, and where it is."""

    iri: str
    #: (text, language), those in Japanese first, then English
    names: tuple[tuple[str, str], ...]
    codes: tuple[str, ...] = ()
    #: latitude and longitude, in degrees
    point: tuple[float, float] | None = None


@dataclass
class _Heard:
    """What was read of a thing so far."""

    names: list[tuple[int, str, str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    latitude: float | None = None
    longitude: float | None = None
    place: str | None = None


def read_entries(
    path: Path, wanted: Callable[[str], bool], limits: Limits | None = None
) -> tuple[Entry, ...]:
    """Return what a dump or table has, by IRI: things with a name or code whose IRI is wanted.

    Raises GridError for a file that is of no known form, broken, or over a limit.
    """
    limits = limits or Limits()
    if path.stat().st_size > limits.bytes:
        raise _over(path, limits.bytes >> 20, _MEGABYTES)
    suffix = path.suffixes[-2] if path.suffix == ".gz" and len(path.suffixes) > 1 else path.suffix
    if suffix.lower() in _TABLES and path.suffix != ".gz":
        return _from_table(path, wanted, limits)
    form = _FORMATS.get(suffix.lower())
    if form is None:
        raise GridError(_UNKNOWN.format(suffix=path.suffix or path.name), _KNOWN, Place(path.name))
    with path.open("rb") as packed, ExitStack() as opened:
        is_packed = path.suffix == ".gz"
        file = cast(IO[bytes], opened.enter_context(gzip.open(packed)) if is_packed else packed)
        return _from_dump(_Bounded(file, path, limits), form, wanted)


class _Bounded:
    """A file whose bytes are counted while they are read."""

    def __init__(self, file: IO[bytes], path: Path, limits: Limits) -> None:
        self.file, self.path, self.limits = file, path, limits
        self.count, self.tail = 0, b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises GridError when there are too many."""
        piece = self.file.read(size if 0 <= size < _HEAD else _HEAD)
        if self.count < _PROLOGUE and _NESTED.search(self.tail + piece):
            raise GridError(_ENTITIES, _WITHOUT, Place(self.path.name))
        self.tail = piece[-_LONGEST:]
        self.count += len(piece)
        if self.count > self.limits.unpacked:
            raise _over(self.path, self.limits.unpacked >> 20, _MEGABYTES)
        return piece


def _from_dump(
    file: _Bounded, form: ox.RdfFormat, wanted: Callable[[str], bool]
) -> tuple[Entry, ...]:
    things: dict[str, _Heard] = defaultdict(_Heard)
    for number, quad in enumerate(_parsed(file, form)):
        if number >= file.limits.triples:
            raise _over(file.path, file.limits.triples, _TRIPLES)
        if quad.predicate.value in _HEARD and not isinstance(quad.subject, ox.Triple):
            _hear(things[str(quad.subject)], quad.predicate.value, quad.object)
            if len(things) > 2 * file.limits.things:  # each may have a position of its own
                raise _over(file.path, file.limits.things, _THINGS)
    entries = [
        _entry(iri, heard, things)
        for key, heard in things.items()
        if (iri := key[1:-1]) and key.startswith("<") and (heard.names or heard.codes)
        if wanted(iri)
    ]
    if len(entries) > file.limits.things:
        raise _over(file.path, file.limits.things, _THINGS)
    return tuple(sorted(entries, key=lambda entry: entry.iri))


def _parsed(file: _Bounded, form: ox.RdfFormat) -> Iterator[ox.Quad]:
    """Yield what a dump states; raises GridError, with the place, where it is broken."""
    try:
        yield from ox.parse(cast(IO[bytes], file), format=form, base_iri=_NOWHERE)
    except SyntaxError as error:
        place = Place(file.path.name, error.lineno or None)
        raise GridError(_BROKEN.format(why=str(error.msg)[:200]), _REPAIR, place) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        place = Place(file.path.name)
        raise GridError(_BROKEN.format(why=str(error)[:200]), _REPAIR, place) from error


#: What relative IRIs of a dump are put under; such things are of no use and left out.
_NOWHERE = "x-relative://nowhere.invalid/"


def _hear(heard: _Heard, path: str, object_: object) -> None:
    if path in _POSITIONS:
        heard.place = str(object_)
    elif isinstance(object_, ox.Literal):
        text = object_.value.strip()
        if path in LABELS and text and len(heard.names) < _MOST_NAMES:
            heard.names.append((LABELS.index(path), text[:_LONGEST], object_.language or ""))
        elif path in CODES and text and len(heard.codes) < _MOST_CODES:
            heard.codes.append(text[:_LONGEST])
        elif path in _LATITUDES:
            heard.latitude = _degrees(text, 90)
        elif path in _LONGITUDES:
            heard.longitude = _degrees(text, 180)


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -most <= value <= most else None


def _entry(iri: str, heard: _Heard, things: dict[str, _Heard]) -> Entry:
    placed = things.get(heard.place, heard) if heard.place else heard
    point = None
    if placed.latitude is not None and placed.longitude is not None:
        point = (placed.latitude, placed.longitude)
    ordered = sorted(set(heard.names), key=lambda one: (_rank(one[2]), one))
    names = dict.fromkeys((text, language) for _, text, language in ordered)
    return Entry(iri, tuple(names), tuple(sorted(set(heard.codes))), point)


def _rank(language: str) -> int:
    """Return the place of a language among names: Japanese, not stated, English, others."""
    order = ("ja", "", "en")
    primary = language.lower().partition("-")[0]
    return order.index(primary) if primary in order else len(order)


def _from_table(path: Path, wanted: Callable[[str], bool], limits: Limits) -> tuple[Entry, ...]:
    grid = read_table(path.read_bytes(), path.name, GridLimits(rows=limits.things))
    iri, name = _column(grid, _IRI_COLUMNS), _column(grid, _NAME_COLUMNS)
    code, latitude = _column(grid, _CODE_COLUMNS), _column(grid, _LAT_COLUMNS)
    longitude = _column(grid, _LONG_COLUMNS)
    if iri is None or (name is None and code is None):
        raise GridError(_NO_COLUMNS, _HEADINGS, Place(path.name, 1))
    found: dict[str, _Heard] = defaultdict(_Heard)
    for row in grid.rows:
        cells = tuple(cell.strip() for cell in row.cells)
        if not (_ABSOLUTE_IRI.match(cells[iri]) and is_iri(cells[iri])):
            place = Place(path.name, row.line, grid.headings[iri])
            raise GridError(_NO_IRI.format(cell=cells[iri][:80]), _ABSOLUTE, place)
        heard = found[cells[iri]]
        if name is not None and cells[name]:
            heard.names.append((0, cells[name][:_LONGEST], ""))
        if code is not None and cells[code]:
            heard.codes.append(cells[code][:_LONGEST])
        if latitude is not None and longitude is not None:
            heard.latitude = _degrees(cells[latitude], 90)
            heard.longitude = _degrees(cells[longitude], 180)
    entries = [_entry(key, heard, {}) for key, heard in sorted(found.items()) if wanted(key)]
    return tuple(one for one in entries if one.names or one.codes)


def _column(grid: Grid, names: tuple[str, ...]) -> int | None:
    folded = [heading.lower() for heading in grid.headings]
    return next((folded.index(name) for name in names if name in folded), None)


_MEGABYTES = Text("メガバイト", "megabytes")
_TRIPLES = Text("文", "statements")
_THINGS = Text("件", "things")
_UNKNOWN = Text("「{suffix}」の形式は読めません。", 'Files of the form "{suffix}" are not read.')
_KNOWN = Text(
    "ttl、nt、nq、trig、jsonld、rdf（それぞれ .gz も可）、csv、xlsx のいずれかにしてください。",
    "Use ttl, nt, nq, trig, jsonld or rdf, also with .gz, or csv or xlsx.",
)
_BROKEN = Text("ファイルを読めません（{why}）。", "The file cannot be read ({why}).")
_REPAIR = Text(
    "形式と拡張子が合うか、途中で切れていないかを確かめてください。",
    "See that its form is that of its name, and that it is whole.",
)
_ENTITIES = Text(
    "ほかの実体を含む実体の宣言があります。", "It declares entities that are made of others."
)
_WITHOUT = Text("N-Triples などに変換してください。", "Convert it to N-Triples or the like first.")
_NO_COLUMNS = Text(
    "IRIの列と、名称又はコードの列が見つかりません。",
    "There is no column of IRIs, or none of names or codes.",
)
_HEADINGS = Text(
    "1行目の見出しを、iri と name（又は 名称）、code（又は 全国地方公共団体コード）にしてください。",
    "Head the columns iri and name, or code, in the first row.",
)
_NO_IRI = Text("「{cell}」はIRIではありません。", '"{cell}" is no IRI.')
_ABSOLUTE = Text(
    "http:// 又は https:// で始まるIRIを書いてください。",
    "Write an IRI that begins with http:// or https://.",
)
_TOO_MUCH = Text("大きすぎます（上限 {most}{what}）。", "Too large (at most {most} {what}).")
_SPLIT = Text("必要な部分だけのファイルにしてください。", "Make a file of the part that is needed.")


def _over(path: Path, most: int, what: Text) -> GridError:
    return GridError(_TOO_MUCH.format(most=f"{most:,}", what=what), _SPLIT, Place(path.name))


# -- Lost targets ---------------------------------------------------------------------------------


def missing_targets(dataset: Dataset, dumps: Iterable[Path]) -> list[Problem]:
    """Return a problem for each link of a dataset to a thing that the dumps should have, but lack.

    Raises SourceError if a dump cannot be read.
    """
    links = dict(_links(dataset))
    known, spaces = set[str](), set[str]()
    for path in dumps:
        for thing in _typed(path):
            spaces.add(ns.split(thing)[0])
            if thing in links:
                known.add(thing)
    return [
        _missing(dataset, iri, triple)
        for iri, triple in sorted(links.items(), key=lambda pair: pair[0])
        if iri not in known and ns.split(iri)[0] in spaces
    ]


def _links(dataset: Dataset) -> Iterator[tuple[str, Triple]]:
    """Yield each IRI outside the base that is spoken of, with the last statement that does so."""
    for triple in dataset.found:
        object_ = triple[2]
        if isinstance(object_, ox.NamedNode) and dataset.iris.relative(object_.value) is None:
            yield object_.value, triple


def _typed(path: Path) -> Iterator[str]:
    """Yield the IRIs of what a dump says to be something; a compressed one is read as it is."""
    try:
        with _opened(path) as source:
            for quad in ox.parse(source, format=_format(path)):
                if quad.predicate == TYPE and isinstance(quad.subject, ox.NamedNode):
                    yield quad.subject.value
    except (SyntaxError, ValueError, EOFError, gzip.BadGzipFile) as error:
        raise SourceError(
            Text("ダンプが読めません（{why}）。", "The dump is unreadable ({why}).").format(
                why=error
            ),
            Text(
                "名前が .nt、.nq、.ttl、.trig、.rdf、.jsonld（又はその .gz）で終わるダンプを指定してください。",
                "Give a dump whose name ends in .nt, .nq, .ttl, .trig, .rdf or .jsonld (or that with .gz).",
            ),
            Place(str(path)),
        ) from error


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _format(path: Path) -> ox.RdfFormat:
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    found = ox.RdfFormat.from_extension(suffix.removeprefix("."))
    if found is None:
        raise ValueError(path.name)
    return found


def _missing(dataset: Dataset, iri: str, triple: Triple) -> Problem:
    return Problem(
        Text(
            "リンク先「{iri}」は、リンク先のデータにありません。",
            '"{iri}" is not in the data that it links to.',
        ).format(iri=iri),
        Text(
            "コードの誤りか、リンク先のダンプが古くないか確かめてください。",
            "See whether the code is wrong, or the dump too old.",
        ),
        dataset.place_of(triple),
    )
