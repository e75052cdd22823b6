"""What tells a thing from others of its name: its values of what is of special interest.

Beside a name in search results and suggestions, these say which of two namesakes is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from publish.browse.facets import Value, values_of
from publish.browse.facets_ import Facet, facets_of
from publish.browse.labels import in_language
from publish.i18n import LANGUAGES, Text
from publish.shacl.shapes import Kind, Shapes

#: Values that are told; more would not be read.
_MOST = 3
_BETWEEN = Text("、", ", ")


class Traits:
    """Reads traits of things from a store that does not change.

    `names` returns what a thing is called in both languages.
    """

    def __init__(self, store: ox.Store, shapes: Shapes, names: Callable[[str], Text]) -> None:
        self._store = store
        self._shapes = shapes
        self._names = names
        self._facets: dict[str, tuple[Facet, ...]] = {}

    def of(self, iri: str, kind: Kind) -> Text:
        """Return the first traits of a thing as one text, empty if it has none."""
        told = [text for _, text in zip(range(_MOST), self._told(iri, kind), strict=False)]
        return Text(
            _BETWEEN.ja.join(text.ja for text in told), _BETWEEN.en.join(text.en for text in told)
        )

    def _told(self, iri: str, kind: Kind) -> Iterator[Text]:
        """Yield one value of each facet; one of many would tell little."""
        if kind.segment not in self._facets:
            self._facets[kind.segment] = facets_of(self._shapes, kind)
        for facet in self._facets[kind.segment]:
            found = values_of(self._store, facet, iri)
            if len(found) == 1:
                yield self._name(found[0])

    def _name(self, value: Value) -> Text:
        if not value.texts:
            return self._names(value.term.value)
        said = [in_language(value.texts, language) for language in LANGUAGES]
        ja, en = (one.text if one else value.term.value for one in said)
        return Text(ja, en)
