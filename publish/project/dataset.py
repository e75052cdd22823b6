"""The named graphs of a project, put together: they partition its statements.

The engine's union graph does not remove duplicates, so a triple may stand in one graph only;
the build refuses one that stands in two, naming both places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from publish.dirt import Found, faults, told
from publish.errors import GraphError, Place, Problem, SourceError
from publish.i18n import Text
from publish.iris import KEY, Iris
from publish.project.csvw import read_table, statements_of, table_files
from publish.project.turtle_files import (
    BORROWED,
    Origin,
    Statement,
    graph_of,
    missing_parts,
    ontologies,
    read_turtle,
    set_apart,
    turtle_files,
)
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple

#: The graph that rules fill; no file may.
DERIVED = "derived"
#: The graph about the data set itself; it is not content.
CATALOG = "catalog"
#: Datatypes of texts that people read.
_TEXTS = {ns.XSD + "string", ns.RDF + "langString"}


@dataclass
class Dataset:
    """Statements by triple, each with its graph and origin."""

    iris: Iris
    project: Path
    found: dict[Triple, tuple[str, Origin | None]] = field(default_factory=dict)
    #: what copies of others' ontologies say, which is no content
    borrowed: dict[Triple, Origin] = field(default_factory=dict)
    #: what was found in the files that keeps nobody from publishing them
    notes: list[Problem] = field(default_factory=list)

    def add(self, statement: Statement) -> Problem | None:
        """Add a statement; return a problem if its triple stands in another graph already."""
        if statement.graph == BORROWED:
            self.borrowed.setdefault(statement.triple, statement.origin)
            return None
        graph, origin = self.found.setdefault(statement.triple, (statement.graph, statement.origin))
        if graph == statement.graph:
            return None
        return self._in_two_graphs(statement, graph, origin)

    def _in_two_graphs(self, statement: Statement, graph: str, origin: Origin | None) -> Problem:
        return Problem(
            Text(
                "同じ文が二つのグラフ（{one} と {other}）にあります。もう一方は {place} です。",
                "The same statement is in two graphs ({one} and {other}). The other is at {place}.",
            ).format(one=statement.graph, other=graph, place=self._place(statement.triple, origin)),
            Text(
                "出典として正しい方を残し、もう一方を削除してください。",
                "Keep the one whose graph is its true origin and delete the other.",
            ),
            self._place(statement.triple, statement.origin),
        )

    def _place(self, triple: Triple, origin: Origin | None) -> Place:
        return (
            origin.place(self.project, triple, self.iris.base)
            if origin
            else Place(f"graph/{DERIVED}")
        )

    def place_of(self, triple: Triple) -> Place | None:
        """Return where a triple was read, or None if it is not there or was derived."""
        origin = self.found.get(triple, ("", None))[1] or self.borrowed.get(triple)
        return self._place(triple, origin) if origin else None

    def graph_names(self) -> list[str]:
        """Return the short names of the graphs that hold something, sorted."""
        return sorted({graph for graph, _ in self.found.values()})

    def counts(self) -> dict[str, int]:
        """Return the number of triples of each graph."""
        return dict(sorted(Counter(graph for graph, _ in self.found.values()).items()))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield all statements as quads, in no particular order."""
        graphs = {name: ox.NamedNode(self.iris.graph(name)) for name in self.graph_names()}
        for (subject, predicate, object_), (graph, _) in self.found.items():
            yield ox.Quad(subject, predicate, object_, graphs[graph])

    def store(self) -> ox.Store:
        """Return an in-memory store that holds all graphs."""
        store = ox.Store()
        store.bulk_extend(self.quads())
        return store

    def known(self) -> ox.Store:
        """Return an in-memory store of all graphs and, in its default graph, what is borrowed."""
        store = self.store()
        store.extend(ox.Quad(*triple) for triple in self.borrowed)
        return store

    def vocabularies(self) -> tuple[str, ...]:
        """Return the IRIs of the ontologies that the content uses: ours, then those of others."""
        own = ox.NamedNode(self.iris.of("ontology"))
        is_ours = any(triple[0] == own for triple in self.found)
        return (*((own.value,) if is_ours else ()), *sorted(ontologies(self.borrowed)))


def read_dataset(project: Path, iris: Iris) -> Dataset:
    """Return the content that the project's files state (nothing derived yet).

    Raises SourceError with all problems that the files have, each with its place.
    """
    dataset = Dataset(iris, project)
    problems = read_statements(project, iris, dataset.add, dataset.notes.append)
    found = ((t, o) for t, (_, o) in dataset.found.items() if o and o.path.suffix == ".ttl")
    problems += dirty_texts(dataset, found)
    problems += [*_misnamed_graphs(dataset), *_not_ours(dataset), *_not_theirs(dataset)]
    if problems:
        raise GraphError.of(problems)
    return dataset


def dirty_texts(dataset: Dataset, read: Iterable[tuple[Triple, Origin]]) -> list[Problem]:
    """Note the dirt in texts of Turtle files, and return what is no value, as problems.

    A Turtle file is the statement itself: white space in its texts is told, not taken away.
    """
    found, problems = [], []
    for triple, origin in read:
        text = triple[2]
        if isinstance(text, ox.Literal) and text.datatype.value in _TEXTS:
            for fault in faults(text.value):
                place = partial(dataset._place, triple, origin)
                if fault.is_violation:
                    problems.append(Problem(fault.what, fault.remedy, place()))
                else:
                    found.append(Found(fault, str(origin.path), place))
    dataset.notes += told(found)
    return problems


def _unnoted(_: Problem) -> None:
    """Take no notice: who looks at one side of the files only leaves notes to who reads all."""


def read_statements(
    project: Path,
    iris: Iris,
    add: Callable[[Statement], Problem | None],
    note: Callable[[Problem], object] = _unnoted,
) -> list[Problem]:
    """Hand each statement of a project's files to `add`; return the problems of both.

    What `add` was handed is whole only if there are none. `note` is told what was found in tables
    that keeps nobody from reading them.
    """
    problems = missing_parts(project)
    for statements in () if problems else _files(project, iris, note):
        try:
            problems += [problem for problem in map(add, statements) if problem]
        except SourceError as error:
            problems += error.problems
    return problems


def _files(
    project: Path, iris: Iris, note: Callable[[Problem], object]
) -> Iterator[Iterable[Statement]]:
    for path in turtle_files(project):
        statements = read_turtle(path, graph_of(path), iris, project)
        yield set_apart(statements, iris) if graph_of(path) == "ontology" else statements
    for path in table_files(project):
        yield _rows(path, project, iris, note)


def _rows(
    path: Path, project: Path, iris: Iris, note: Callable[[Problem], object]
) -> Iterator[Statement]:
    # a table that cannot be read fails like a Turtle file: when its statements are asked for
    table = read_table(path, project)
    for one in table.notes:
        note(one)
    yield from statements_of(table, iris)


def _misnamed_graphs(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each graph whose name is no key, or is not for files to fill."""
    first: dict[str, Triple] = {}
    for triple, (graph, _) in dataset.found.items():
        first.setdefault(graph, triple)
    for graph, triple in first.items():
        if graph in (DERIVED, CATALOG) or not re.fullmatch(KEY, graph):
            yield Problem(
                Text(
                    "グラフ名「{name}」は使えません。", 'Graph name "{name}" cannot be used.'
                ).format(name=graph),
                Text(
                    "ファイル名の最初の「.」より前（表では sd:name）を半角小文字・数字・ハイフンにし、"
                    "derived と catalog は避けてください。",
                    'Before the first "." of the file name (in a table: sd:name) use lower-case '
                    "letters, digits and hyphens, but neither derived nor catalog.",
                ),
                dataset.place_of(triple),
            )


def _not_ours(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each statement of somebody else's that files of ours state, too."""
    for triple in dataset.borrowed.keys() & dataset.found.keys():
        yield Problem(
            Text(
                "語彙の写し（{place}）にある文を、自分のデータとしても述べています。",
                "The copy of a vocabulary ({place}) states this already; it is not ours to publish.",
            ).format(place=dataset._place(triple, dataset.borrowed[triple])),
            Text("こちらの文を削除してください。", "Delete it here."),
            dataset.place_of(triple),
        )


def _not_theirs(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each statement about something of ours in a copy of an ontology."""
    for triple, origin in dataset.borrowed.items():
        if dataset.iris.relative(triple[0].value) is not None:
            yield Problem(
                Text(
                    "公開URLの外の語彙の写しに、このサイトのもの「{name}」についての文があります。",
                    'The copy of a vocabulary from elsewhere speaks of "{name}", which is of this site.',
                ).format(name=dataset.iris.relative(triple[0].value)),
                Text(
                    "その文を ontology/ の別のファイルに移してください。",
                    "Move the statement to another file in ontology/.",
                ),
                dataset._place(triple, origin),
            )
