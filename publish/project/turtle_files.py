"""Turtle files of a project -> statements, each with its named graph and its place.

The stem of a file name up to its first dot names the graph (`data/source.initiatives.ttl` ->
graph/source); everything in `ontology/` belongs to graph/ontology.

A file in `ontology/` that declares an `owl:Ontology` outside the base is a copy of somebody else's,
borrowed (DESIGN, end of "Identifiers"). Its terms count as declared, its class hierarchy is known to
rules and shapes, and pages use its labels; but it is no content: neither dumps nor counts nor the
SPARQL endpoint have it, so that who loads our dump beside its publisher's has each statement once.
Its terms are looked up where their publisher serves them. A release keeps the copy as it was
written, because it was validated with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from publish.errors import Place, Problem, SourceError, TurtleError
from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.line_numbers import line_of
from publish.rdf.terms import TYPE, Triple, narrowed

#: Files are read against this base. It is deep and its scheme nobody's, so that a relative IRI
#: which climbs out of the project's own base can be told from one which stays below it.
READING_BASE = "x-source://base.invalid/a/b/c/"
_READING_SCHEME, _READING_ROOT = "x-source:", "x-source://base.invalid"
#: Literals of these predicates are addresses; relative ones are resolved like IRIs.
_ADDRESSES = {ns.SH + "namespace", ns.VANN + "preferredNamespaceUri", ns.VOID + "uriSpace"}
_ANY_URI = ox.NamedNode(ns.XSD + "anyURI")
_ENGINE_POSITION = re.compile(r"^Parser error at .*?: ")
#: Strings, IRIs, comments and escapes are skipped; what is left shows a blank node.
_BLANK = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'''
    r"""|'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'"""
    r"|<[^>\n]*>|#[^\n]*|\\.|(?P<mark>\[|\(|(?<![\w-])_:)",
    re.DOTALL,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a statement comes from, and its row and column if the file is a table."""

    path: Path
    line: int | None = None
    column: str | None = None

    def place(self, project: Path, triple: Triple, base: str) -> Place:
        """Return the place to show; for Turtle the line is looked up now."""
        line = self.line
        if line is None and self.path.suffix == ".ttl":
            line = line_of(self.path, base, *(term.value for term in triple))
        return Place(shown(self.path, project), line, self.column)


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple, the short name of its graph, and where it was read."""

    triple: Triple
    graph: str
    origin: Origin


def shown(path: Path, project: Path) -> str:
    """Return a path as messages show it: relative to the project where it can be."""
    resolved, root = path.resolve(), project.resolve()
    return str(resolved.relative_to(root)) if resolved.is_relative_to(root) else str(path)


def read_text(path: Path, project: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises SourceError that names the line and, if it is so, Shift_JIS as the likely encoding.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _wrong_encoding(content, Place(shown(path, project), line)) from error


def _wrong_encoding(content: bytes, place: Place) -> SourceError:
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        what = Text("文字コードがUTF-8ではありません。", "The file is not UTF-8.")
    else:
        what = Text(
            "文字コードがUTF-8ではなく、Shift_JIS（Excelの標準のCSV）のようです。",
            "The file is not UTF-8 but looks like Shift_JIS (Excel's usual CSV).",
        )
    remedy = Text(
        "Excelでは「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。",
        'In Excel, save it again as "CSV UTF-8 (Comma delimited)".',
    )
    return SourceError(what, remedy, place)


def graph_of(path: Path) -> str:
    """Return the short name of the graph to which a Turtle file belongs.

    >>> graph_of(Path("data/source.initiatives.ttl")), graph_of(Path("ontology/terms.ttl"))
    ('source', 'ontology')
    """
    return "ontology" if path.parent.name == "ontology" else path.name.partition(".")[0]


def read_turtle(path: Path, graph: str, iris: Iris, project: Path) -> Iterator[Statement]:
    """Yield the statements of a Turtle file with its relative IRIs put under the base.

    Raises TurtleError for a syntax error, a blank node, or a relative IRI that leaves the base.
    """
    origin = Origin(path)
    for quad in parse_turtle(path, project):
        try:
            triple = narrowed(quad)
        except TypeError as error:
            raise _blank_node(path, project) from error
        for iri in _iris_in(triple):
            if iri.startswith(_READING_SCHEME) and not iri.startswith(READING_BASE):
                raise _escaped(iri, origin.place(project, triple, READING_BASE))
        yield Statement(_resolved(triple, iris), graph, origin)


def parse_turtle(path: Path, project: Path) -> Iterator[ox.Quad]:
    """Yield what a Turtle file states, read against READING_BASE.

    Raises TurtleError, with the place, for a syntax error.
    """
    text = read_text(path, project)
    try:
        yield from ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=READING_BASE)
    except SyntaxError as error:
        place = Place(shown(path, project), error.lineno, str(error.offset or ""))
        raise TurtleError(
            Text("Turtleの構文に誤りがあります（{why}）。", "Turtle syntax error ({why}).").format(
                why=_ENGINE_POSITION.sub("", error.msg)
            ),
            Text(
                'この行とその直前の行の「;」「.」「<」「"」の閉じ忘れを確かめてください。',
                'Look for a missing ";", ".", ">" or "\\"" on this line and the one before.',
            ),
            place,
        ) from error


def _iris_in(triple: Triple) -> Iterator[str]:
    for term in triple:
        yield term.value if isinstance(term, ox.NamedNode) else term.datatype.value


def _blank_node(path: Path, project: Path) -> TurtleError:
    text = read_text(path, project)
    begin = next((match.start() for match in _BLANK.finditer(text) if match["mark"]), 0)
    return TurtleError(
        Text("空白ノードは使えません。", "Blank nodes are not allowed."),
        Text(
            "「[ ]」「_:」「( )」をやめ、そのものにIRIを付けてください。",
            'Give the thing an IRI instead of "[ ]", "_:" or "( )".',
        ),
        Place(shown(path, project), text.count("\n", 0, begin) + 1),
    )


def _resolved(triple: Triple, iris: Iris) -> Triple:
    subject, predicate, object_ = triple
    resolved = under_base(predicate, iris)
    if isinstance(object_, ox.NamedNode):
        return under_base(subject, iris), resolved, under_base(object_, iris)
    return under_base(subject, iris), resolved, address(resolved.value, object_, iris)


@lru_cache(maxsize=65536)
def under_base(node: ox.NamedNode, iris: Iris) -> ox.NamedNode:
    """Return an IRI that was read against READING_BASE as it is under the base."""
    under = node.value.startswith(READING_BASE)
    return ox.NamedNode(iris.base + node.value[len(READING_BASE) :]) if under else node


def address(predicate: str, literal: ox.Literal, iris: Iris) -> ox.Literal:
    """Return a literal with what it has of addresses under the base: value or datatype.

    The value is an address with a few predicates (`sh:namespace` …).
    """
    if predicate in _ADDRESSES and not _SCHEME.match(literal.value):
        return ox.Literal(iris.base + literal.value, datatype=_ANY_URI)
    if literal.datatype.value.startswith(READING_BASE):
        return ox.Literal(literal.value, datatype=under_base(literal.datatype, iris))
    return literal


def _escaped(value: str, place: Place) -> TurtleError:
    return TurtleError(
        Text(
            "相対IRI「{iri}」が公開URLの外を指しています。", 'Relative IRI "{iri}" leaves the base.'
        ).format(iri=value.removeprefix(_READING_ROOT).removeprefix(_READING_SCHEME)),
        Text(
            "先頭の「/」や「..」を除き、id/… の形で書いてください。",
            'Remove the leading "/" or ".." and write it as id/….',
        ),
        place,
    )


def turtle_files(project: Path) -> list[Path]:
    """Return the project's Turtle files that hold content, in a fixed order.

    `data/catalog.ttl` is not content: it describes the data set and is read by itself.
    """
    found = [*project.glob("ontology/*.ttl"), *project.glob("data/*.ttl")]
    return sorted(path for path in found if path != project / "data" / "catalog.ttl")


def missing_parts(project: Path) -> list[Problem]:
    """Return a problem for each directory or file that every project must have."""
    return [
        Problem(
            Text("{part} がありません。", "{part} is missing.").format(part=part),
            Text(
                "プロジェクトのディレクトリで実行しているか確かめてください。",
                "See that you are in the project's directory.",
            ),
        )
        for part in ("ontology", "data", "shapes", "data/catalog.ttl")
        if not (project / part).exists()
    ]


# -- Ontologies of others -------------------------------------------------------------------------

#: Where a project and a release keep ontologies.
DIRECTORY = "ontology"
#: The graph of what is not ours; no file can be named so.
BORROWED = ":borrowed"
_ONTOLOGY = ox.NamedNode(ns.OWL + "Ontology")


def ontologies(triples: Iterable[Triple]) -> set[str]:
    """Return the IRIs that are said to be ontologies."""
    return {subject.value for subject, *said in triples if said == [TYPE, _ONTOLOGY]}


def set_apart(statements: Iterable[Statement], iris: Iris) -> Iterator[Statement]:
    """Yield the statements of a file in `ontology/`, in the graph BORROWED if it is a copy."""
    listed = list(statements)
    declared = ontologies(statement.triple for statement in listed)
    theirs = any(iris.relative(iri) is None for iri in declared)
    for statement in listed:
        yield replace(statement, graph=BORROWED) if theirs else statement


def borrowed_files(release: Path) -> list[Path]:
    """Return the copies that a release keeps, in a fixed order."""
    return sorted((release / DIRECTORY).glob("*.ttl"))


def read_borrowed(release: Path, iris: Iris) -> ox.Store:
    """Return what the copies in a release say, for names and for the page about vocabularies."""
    store = ox.Store()
    for path in borrowed_files(release):
        found = read_turtle(path, BORROWED, iris, release)
        store.extend(ox.Quad(*statement.triple) for statement in found)
    return store
