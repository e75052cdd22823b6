"""RDF answers of CONSTRUCT and DESCRIBE, written by a worker.

A small answer is sorted, so that Turtle groups it by subject and the same question gives the
same bytes, and names only the prefixes it uses.  A large one is written as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import IO, cast

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, serialize

from publish.sparql.results import Outlet, Tally, Unwritable

#: triples of an answer that is sorted
SORTED = 5_000
_LABELS = tuple(
    map(
        NamedNode,
        (
            "http://www.w3.org/2004/02/skos/core#prefLabel",
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://purl.org/dc/terms/title",
        ),
    )
)
#: the part of an IRI that can be the name of an XML element, namespace left out
_XML_NAME = re.compile(
    "[_{0}][-._0-9\u00b7\u0300-\u036f\u203f\u2040{0}]*\\Z".format(
        "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
        "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
    )
)
_NAMESPACE = re.compile(r".*[#/]")


def write_triples(
    triples: Iterable[Triple],
    format_: RdfFormat,
    prefixes: Mapping[str, str],
    outlet: Outlet,
    tally: Tally,
) -> None:
    """Write triples as RDF, as many as are allowed; raises Unwritable."""
    coming = iter(triples)
    few = list(islice(coming, SORTED))
    after = next(coming, None)
    if after is None:
        few = sorted(dict.fromkeys(few), key=_order)
        prefixes = _used(few, prefixes)
        coming = iter(few)
    else:
        coming = chain(few, (after,), coming)
    if format_ == RdfFormat.RDF_XML:
        coming = _with_xml_names(coming)
    serialize(_allowed(coming, tally), cast(IO[bytes], outlet), format_, prefixes=dict(prefixes))


def with_labels(triples: Iterable[Triple], store: Store) -> Iterator[Triple]:
    """Yield the triples, and after each the names of the thing it leads to, if they are new."""
    seen = set()
    for triple in triples:
        yield triple
        thing = triple.object
        if isinstance(thing, NamedNode) and thing not in seen:
            seen.add(thing)
            for label in _LABELS:
                for quad in store.quads_for_pattern(thing, label, None, None):
                    yield quad.triple


def _allowed(triples: Iterator[Triple], tally: Tally) -> Iterator[Triple]:
    for triple in triples:
        if tally.rows >= tally.most_rows or tally.bytes > tally.most_bytes:
            tally.truncated = True
            return
        tally.rows += 1
        yield triple


def _order(triple: Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _used(triples: list[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    spaces = {
        found[0] for iri in _iris(triples) if (found := _NAMESPACE.match(iri.value)) is not None
    }
    return {prefix: space for prefix, space in prefixes.items() if space in spaces}


def _iris(triples: list[Triple]) -> Iterator[NamedNode]:
    for triple in triples:
        for term in triple:
            if isinstance(term, NamedNode):
                yield term
            elif isinstance(term, Literal):
                yield term.datatype


def _with_xml_names(triples: Iterator[Triple]) -> Iterator[Triple]:
    """Yield the triples; raise Unwritable at a predicate that makes no XML name."""
    sound = set()
    for triple in triples:
        predicate = triple.predicate
        if predicate not in sound:
            if _XML_NAME.search(predicate.value) is None:
                raise Unwritable(predicate.value)
            sound.add(predicate)
        yield triple
