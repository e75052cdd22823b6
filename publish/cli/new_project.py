"""The skeleton of a project for anybody's data, filled in and written as a whole or not at all.

Its files stand in `publish/skeleton/` as they are written, with `@@{name}` for what varies; the
values are escaped as each kind of file wants it. The project shares a vocabulary and the
municipality that it links to with others: both come from a release at hand, or from what is given,
a file or an IRI. Nothing is fetched.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import string
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from publish.browse.labels import Labels
from publish.browse.lists import members
from publish.browse.vocabulary import Vocabulary, read_borrowed_vocabularies, read_vocabulary
from publish.build import check, require_conformance
from publish.errors import LodpubError, Place, SettingError, SourceError
from publish.formats import TURTLE
from publish.i18n import Text
from publish.iris import KEY, Iris
from publish.project.turtle_files import DIRECTORY, READING_BASE, borrowed_files, parse_turtle
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.search.codes import read_code
from publish.settings import Settings

_CODE = re.compile(r"[0-9]{6}", re.ASCII)
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.ASCII)
_PREFIX = re.compile(r"[a-z][a-z0-9]*")
#: The prefix of a vocabulary that names none, or one that is taken.
_ANY_PREFIX = "shared"


@dataclass(frozen=True, slots=True)
class Shared:
    """A vocabulary of others: its IRI, its namespace with a prefix, and a copy of it if there is."""

    iri: str
    space: str
    prefix: str
    #: the local names of its terms; None if nobody knows
    terms: frozenset[str] | None = None
    copy: bytes | None = None


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality that others publish: how its IRI is made, and what is known of it."""

    #: what the IRIs of municipalities there begin with; the six-digit code follows
    space: str
    code: str
    #: the IRI of the data set that describes it, and its title
    target: str
    title: Text
    name: Text | None = None
    latitude: str = ""
    longitude: str = ""

    @property
    def iri(self) -> str:
        """Return the IRI of the municipality."""
        return self.space + self.code


# -- The vocabulary ------------------------------------------------------------------------------


def vocabulary_of(release: Release) -> Shared:
    """Return the vocabulary of a release, or the one that it borrows itself.

    Raises SettingError if it has neither.
    """
    own = read_vocabulary(release.store, release.iris)
    if own.is_served:
        return _shared(own, release.serialiser.write(own.quads(), TURTLE))
    for path in borrowed_files(release.path):
        return vocabulary_in(path)
    raise SettingError(
        Text("手元のリリースには語彙がありません。", "The release at hand has no vocabulary."),
        _GIVE_ONTOLOGY,
    )


def vocabulary_in(path: Path) -> Shared:
    """Return the vocabulary that a Turtle file with absolute IRIs holds.

    Raises SourceError if it is no Turtle, has relative IRIs or declares no ontology.
    """
    store, place = ox.Store(), Place(str(path))
    for quad in parse_turtle(path, path.parent):
        if READING_BASE.partition("//")[0] in str(quad):
            raise SourceError(
                Text("相対IRIで書かれた語彙です。", "The vocabulary has relative IRIs."), _AS_SERVED, place
            )  # fmt: skip
        store.add(quad)
    found = read_borrowed_vocabularies(store)
    if not found:
        raise SourceError(
            Text("owl:Ontology の宣言がありません。", "No owl:Ontology is declared."), _AS_SERVED, place
        )  # fmt: skip
    # a data set may hold several; the one with the most terms is meant
    return _shared(max(found, key=lambda one: len(one.quads())), path.read_bytes())


def vocabulary_at(iri: str) -> Shared:
    """Return a vocabulary of which only the IRI is known; raises SettingError if it is none."""
    stem = _checked(iri, "--ontology").rstrip("#")
    return Shared(stem, stem if stem.endswith("/") else f"{stem}#", _ANY_PREFIX)


def _shared(vocabulary: Vocabulary, copy: bytes) -> Shared:
    terms = [*vocabulary.classes, *vocabulary.properties, *vocabulary.others]
    stated = _stated(vocabulary, "preferredNamespaceUri")
    first = next(iter(terms), f"{vocabulary.iri}#")
    space = stated or ns.split(first)[0]
    names = frozenset(iri.removeprefix(space) for iri in terms if iri.startswith(space))
    prefix = _stated(vocabulary, "preferredNamespacePrefix")
    free = _PREFIX.fullmatch(prefix) and prefix not in ns.PREFIXES
    return Shared(vocabulary.iri, space, prefix if free else _ANY_PREFIX, names, copy)


def _stated(vocabulary: Vocabulary, name: str) -> str:
    values = (
        str(getattr(quad.object, "value", ""))
        for quad in vocabulary.header
        if quad.predicate.value == ns.VANN + name
    )
    return min(values, default="")


_GIVE_ONTOLOGY = Text(
    "--ontology に、語彙のTurtleファイルかIRIを指定してください。",
    "Give the vocabulary's Turtle file or IRI by --ontology.",
)
_AS_SERVED = Text(
    "公開されている語彙（…/ontology.ttl）をダウンロードしたものを指定してください。",
    "Give the vocabulary as its publisher serves it (…/ontology.ttl).",
)

# -- The municipality ----------------------------------------------------------------------------


def municipality_of(release: Release, code: str | None, prefecture: str | None) -> Municipality:
    """Return a municipality of a release: that of a code, else the first (of a prefecture).

    Raises SettingError if there is none.
    """
    iri = next(_fitting(release, code, prefecture), None)
    if iri is None:
        raise SettingError(
            Text(
                "手元のリリースに、市町村「{code}」はありません。",
                'The release at hand has no municipality "{code}".',
            ).format(code=code or f"{prefecture or ''}…"),
            _GIVE_MUNICIPALITY,
        )
    labels = Labels(release.store)
    dataset = release.iris.of("catalog#dataset")
    space, _, found = iri.rpartition("/")
    return Municipality(
        f"{space}/",
        found,
        dataset,
        labels.both(dataset, ns.DCTERMS + "title") or _host(iri),
        labels.both(iri, ns.SKOS + "prefLabel"),
        labels.value(iri, ns.WGS + "lat") or "",
        labels.value(iri, ns.WGS + "long") or "",
    )


def _fitting(release: Release, code: str | None, prefecture: str | None) -> Iterator[str]:
    """Yield the things whose key is a code of a local government, of the type with most of them."""
    types = [members(release.store, release.iris, kind) for kind in release.shapes.kinds]
    coded = [[iri for iri in found if _CODE.fullmatch(iri.rpartition("/")[2])] for found in types]
    for iri in max(coded, key=len, default=[]):
        key = iri.rpartition("/")[2]
        if key == code if code else key.startswith(prefecture or ""):
            yield iri


def municipality_at(iri: str) -> Municipality:
    """Return a municipality that is known by its IRI, which ends in its six-digit code.

    Raises SettingError if it does not.
    """
    space, _, code = _checked(iri, "--municipality").rpartition("/")
    if not _CODE.fullmatch(code):
        raise SettingError(
            Text("IRI「{iri}」の末尾が6桁のコードではありません。", 'The IRI "{iri}" ends in no six-digit code.')
            .format(iri=iri),
            _GIVE_MUNICIPALITY,
        )  # fmt: skip
    site = re.fullmatch(rf"(.+/)id/{KEY}", space)
    target = f"{site[1]}catalog#dataset" if site else f"{space}/"
    return Municipality(f"{space}/", six_digits(code), target, _host(iri))


def six_digits(text: str) -> str:
    """Return a code of a local government with its check digit; raises CodeError if it is wrong."""
    return read_code(text).six


def _host(iri: str) -> Text:
    return Text("{host}", "{host}").format(host=urlsplit(iri).netloc)


def _checked(iri: str, option: str) -> str:
    if _IRI.fullmatch(iri):
        return iri
    raise SettingError(
        Text("{option} の値「{iri}」はIRIではありません。", '{option}: "{iri}" is no IRI.').format(
            option=option, iri=iri
        ),
        Text("http:// 又は https:// で始めてください。", "Begin it with http:// or https://."),
    )


_GIVE_MUNICIPALITY = Text(
    "--municipality に、その市町村のIRI（…/id/municipality/コード6桁 など）を指定してください。",
    "Give its IRI (such as …/id/municipality/ and the six-digit code) by --municipality.",
)


def nothing_at_hand(option: str) -> LodpubError:
    """Return the error that there is no release from which an option could be taken."""
    return SettingError(
        Text(
            "手元にリリースがないため、{option} が必要です。",
            "There is no release at hand, so {option} is needed.",
        ).format(option=option),
        _GIVE_ONTOLOGY if option == "--ontology" else _GIVE_MUNICIPALITY,
    )


# -- The skeleton -------------------------------------------------------------------------------

#: The name of the copy of the shared vocabulary.
COPY = f"{DIRECTORY}/shared.ttl"
#: Files whose names packages would leave out, by the names that they have here.
_NAMES = {"gitignore": ".gitignore"}
_TERM = re.compile(r"@@\{prefix\}:(\w+)")
_PREFIX_LINE = re.compile(r"^PREFIX (\w+):", re.MULTILINE)
_USUAL_PORT = 8000


class _Template(string.Template):
    """Text with `@@{name}`, which neither Turtle nor JSON, SPARQL, make or Markdown has."""

    delimiter = "@@"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the new project is to be."""

    base: str
    shared: Shared
    municipality: Municipality
    title: Text
    publisher: Text

    def values(self) -> dict[str, str]:
        """Return what stands for each name in the skeleton."""
        place, iris = self.municipality, Iris.at(self.base)
        port = (urlsplit(self.base).port if iris.is_preview else None) or _USUAL_PORT
        name = place.name or self.publisher
        return {
            "base": self.base,
            "base_shell": shlex.quote(self.base),
            "port": str(port),
            "local": f"http://127.0.0.1:{port}{iris.root}",
            "title_ja": self.title.ja,
            "title_en": self.title.en,
            "publisher_ja": self.publisher.ja,
            "publisher_en": self.publisher.en,
            "municipality_ja": name.ja,
            "municipality_en": name.en,
            "code": place.code,
            "lat": place.latitude,
            "lon": place.longitude,
            "place": place.iri,
            "places": place.space,
            "places_pattern": re.escape(place.space),
            "target": place.target,
            "target_ja": place.title.ja,
            "target_en": place.title.en,
            "ontology": self.shared.iri,
            "prefix": "shared" if self.shared.prefix in _taken() else self.shared.prefix,
            "space": self.shared.space,
        }


def write(plan: Plan, directory: Path) -> None:
    """Write a new project into a directory that does not exist, or is empty.

    It is made aside and validated first; nothing of it is left if anything fails. Raises
    SettingError if the base is that of the shared data or the directory is the current one,
    LodpubError if it is not empty or the vocabulary lacks terms that the skeleton uses.
    """
    _require_room(directory)
    _require_distance(plan)
    _require_terms(plan.shared)
    directory.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".lodpub-init-", dir=directory.parent))
    try:
        for name, content in filled(plan).items():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_bytes(content)
        require_conformance(check(Settings.read({}, project=aside)).report)
        aside.chmod(0o755)
        aside.rename(directory)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def filled(plan: Plan) -> dict[str, bytes]:
    """Return the files of a new project by their paths."""
    found: dict[str, bytes] = {}
    for path, text in skeleton():
        found[path] = _filled(path, text, plan.values()).encode()
    if plan.shared.copy is not None:
        found[COPY] = plan.shared.copy
    return found


def _filled(path: str, text: str, values: dict[str, str]) -> str:
    ending = path.rpartition(".")[2]
    if ending == "csv":
        written = io.StringIO()
        rows = [[_Template(cell).substitute(values) for cell in row] for row in _rows(text)]
        csv.writer(written, lineterminator="\n").writerows(rows)
        return written.getvalue()
    escape = _ESCAPES.get(ending, str)
    return _Template(text).substitute({name: escape(value) for name, value in values.items()})


def _rows(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""))


def skeleton() -> Iterator[tuple[str, str]]:
    """Yield the files of the skeleton: the path each has in a project, and its text."""
    yield from _files(files("publish") / "skeleton", "")


def _files(directory: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(directory.iterdir(), key=lambda one: one.name):
        name = path + _NAMES.get(entry.name, entry.name)
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        else:
            yield name, entry.read_text("utf-8")


def _taken() -> set[str]:
    """Return the prefixes that the skeleton gives to other namespaces."""
    return {prefix for _, text in skeleton() for prefix in _PREFIX_LINE.findall(text)}


def terms() -> frozenset[str]:
    """Return the terms of the shared vocabulary that the skeleton uses."""
    return frozenset(term for _, text in skeleton() for term in _TERM.findall(text))


def _in_turtle(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


#: By the end of a file's name. IRIs are free of what would have to be escaped in one.
_ESCAPES: dict[str, Callable[[str], str]] = {
    "ttl": _in_turtle,
    "json": _in_json,
}


# -- What is refused -----------------------------------------------------------------------------


def _require_room(directory: Path) -> None:
    where = directory.resolve()
    if where == Path.cwd():
        raise SettingError(
            Text(
                "今いるディレクトリには作れません。", "It cannot be made in the current directory."
            ),
            Text("新しいディレクトリの名前を指定してください。", "Name a new directory."),
        )
    if os.path.lexists(where) and not (where.is_dir() and not any(where.iterdir())):
        raise LodpubError(
            Text("「{path}」は空のディレクトリではありません。", '"{path}" is no empty directory.')
            .format(path=directory),
            Text("別の名前を指定してください。何も書いていません。", "Name another one. Nothing was written."),
        )  # fmt: skip


def _require_distance(plan: Plan) -> None:
    for iri in (plan.shared.iri, plan.municipality.iri):
        if iri.startswith(plan.base):
            raise SettingError(
                Text(
                    "公開URL「{base}」は、使わせてもらう語彙やデータ（{iri}）の公開URLです。",
                    'The base "{base}" is that of the data to share ({iri}).',
                ).format(base=plan.base, iri=iri),
                Text(
                    "--base に自分の公開URL（試すときは http://localhost:8001/ など）を指定してください。",
                    "Give a base of your own by --base (to try it, http://localhost:8001/ or so).",
                ),
            )


def _require_terms(shared: Shared) -> None:
    lacking = sorted(terms() - shared.terms) if shared.terms is not None else []
    if lacking:
        raise LodpubError(
            Text(
                "語彙 {iri} に、ひな形で使う用語（{terms}）がありません。",
                "The vocabulary {iri} lacks terms that the skeleton uses ({terms}).",
            ).format(iri=shared.iri, terms=", ".join(lacking)),
            Text(
                "lodpub の語彙（…/ontology.ttl）を --ontology に指定してください。",
                "Give a vocabulary made for lodpub (…/ontology.ttl) by --ontology.",
            ),
        )
