"""Links to data of others, looked up in a dump of theirs: what they do not describe is not there.

A dump speaks for the places in which it describes things with a type: `…/id/municipality/`, if it has
one thing there. Links to other places are left alone.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from publish.errors import Place, Problem, SourceError
from publish.i18n import Text
from publish.project.dataset import Dataset
from publish.rdf.terms import TYPE, Triple


def missing_targets(dataset: Dataset, dumps: Iterable[Path]) -> list[Problem]:
    """Return a problem for each link of a dataset to a thing that the dumps should have, but lack.

    Raises SourceError if a dump cannot be read.
    """
    links = dict(_links(dataset))
    known, spaces = set[str](), set[str]()
    for path in dumps:
        for thing in _typed(path):
            spaces.add(_space(thing))
            if thing in links:
                known.add(thing)
    return [
        _missing(dataset, iri, triple)
        for iri, triple in sorted(links.items(), key=lambda pair: pair[0])
        if iri not in known and _space(iri) in spaces
    ]


def _links(dataset: Dataset) -> Iterator[tuple[str, Triple]]:
    """Yield each IRI outside the base that is spoken of, with the last statement that does so."""
    for triple in dataset.found:
        object_ = triple[2]
        if isinstance(object_, ox.NamedNode) and dataset.iris.relative(object_.value) is None:
            yield object_.value, triple


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


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
