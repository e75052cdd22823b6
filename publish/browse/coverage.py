"""Of what the documents speak that the content was made from: where a 0 means "not in there".

A document that is an excerpt is silent on most places, and nothing can be counted for these: that is
no 0. Documents say so themselves: by `dcterms:coverage` (DCMI Metadata Terms, section 2) which
things they deal with, by `schema:numberOfPages` how long they are. The types that have documents
are those whose shape describes `dcterms:coverage`; what is counted rests on documents if its shape
describes where it is from (`dcterms:source`, or `prov:wasDerivedFrom`). A document that does not
say what it covers may speak of anything: then counts are counts, and 0 is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node, triples
from publish.shacl.shapes import Kind, Shapes

COVERAGE = ns.DCTERMS + "coverage"
_PAGES = ns.SCHEMA + "numberOfPages"
_FROM = {ns.DCTERMS + "source", ns.PROV + "wasDerivedFrom"}

_ONE = Text("この資料に記載なし", "not in this document")
_ONE_PAGE = Text("この資料（1ページ）に記載なし", "not in this document (1 page)")
_ONE_OF = Text("この資料（{pages}ページ）に記載なし", "not in this document ({pages} pages)")
_SEVERAL = Text("これらの資料（{many}点）に記載なし", "not in these {many} documents")
_SEVERAL_OF = Text(
    "これらの資料（{many}点、計{pages}ページ）に記載なし",
    "not in these {many} documents ({pages} pages in all)",
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which things of a class the documents deal with; all of the documents say it."""

    documents: tuple[str, ...]
    covered: frozenset[str]
    #: of all documents together; None if one does not say how many it has
    pages: int | None

    def is_silent(self, thing: str, count: int) -> bool:
        """Tell whether nothing is counted for a thing because no document deals with it."""
        return not count and thing not in self.covered

    @property
    def silence(self) -> Text:
        """Return what is said in place of a number where the documents are silent."""
        many, pages = len(self.documents), self.pages
        if many == 1:
            said = _ONE if pages is None else _ONE_PAGE if pages == 1 else _ONE_OF
        else:
            said = _SEVERAL if pages is None else _SEVERAL_OF
        return said.format(many=f"{many:,}", pages=f"{pages or 0:,}")


def rests_on_documents(kind: Kind) -> bool:
    """Tell whether things of a type say where they are from, so that coverage limits them."""
    return any(field.path in _FROM for field in kind.fields)


def coverages_of(
    store: ox.Store, shapes: Shapes, members: Callable[[Kind], Sequence[str]]
) -> Mapping[str, Coverage]:
    """Return what the documents cover of each class, by class.

    A class is left out of which no document speaks, or of which one does not say what it covers.
    """
    documents: dict[str, set[str]] = {}
    for kind in shapes.kinds:
        for field in kind.fields:
            if field.path == COVERAGE and field.class_:
                documents.setdefault(field.class_, set()).update(members(kind))
    found = ((class_, _coverage(store, class_, sorted(of))) for class_, of in documents.items())
    return {class_: coverage for class_, coverage in found if coverage}


def _coverage(store: ox.Store, class_: str, documents: Sequence[str]) -> Coverage | None:
    covered = [_covered(store, class_, document) for document in documents]
    if not covered or not all(covered):
        return None
    pages = [_pages(store, document) for document in documents]
    known = [one for one in pages if one is not None]
    whole = sum(known) if len(known) == len(pages) else None
    return Coverage(tuple(documents), frozenset().union(*covered), whole)


def _covered(store: ox.Store, class_: str, document: str) -> set[str]:
    stated = (term for _, _, term in triples(store, node(document), node(COVERAGE)))
    return {
        term.value
        for term in stated
        if isinstance(term, ox.NamedNode) and any(triples(store, term, TYPE, node(class_)))
    }


def _pages(store: ox.Store, document: str) -> int | None:
    """Return how many pages a document has, or None if it does not say so in digits."""
    stated = {term.value for _, _, term in triples(store, node(document), node(_PAGES))}
    numbers = [int(text) for text in stated if text.isascii() and text.isdigit()]
    return max(numbers, default=None)
