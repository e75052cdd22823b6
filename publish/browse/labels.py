"""Names and texts of things by language, remembered: what pages ask for again and again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from publish.i18n import Language, Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term, node, triples

#: Names kept in memory; a name is some hundred bytes.
_MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its language tag (None if it has none)."""

    text: str
    language: str | None


class Labels:
    """Reads names and texts from a store that does not change.

    `others` know what a thing is called of which the store says nothing.
    """

    def __init__(self, store: ox.Store, *others: ox.Store) -> None:
        self.store = store
        self._stores = (store, *others)
        self._names = lru_cache(maxsize=_MOST_KEPT)(self._read)

    def name(self, iri: str, language: Language) -> Said | None:
        """Return a thing's name in a language, else in the other, else None."""
        return in_language(self._names(iri), language)

    def text(self, iri: str, predicate: str, language: Language) -> Said | None:
        """Return one text of a thing in a language, else in another, else None."""
        return in_language(self._texts(iri, predicate), language)

    def both(self, iri: str, predicate: str) -> Text | None:
        """Return a text of a thing in both languages, or None if it has none."""
        ja, en = self.text(iri, predicate, "ja"), self.text(iri, predicate, "en")
        return Text(ja.text, en.text) if ja and en else None

    def values(self, iri: str, predicate: str) -> list[Term]:
        """Return the values of a property of a thing, once each, sorted."""
        for store in self._stores:
            found = {object_ for _, _, object_ in triples(store, node(iri), node(predicate))}
            if found:
                return sorted(found, key=str)
        return []

    def value(self, iri: str, predicate: str) -> str | None:
        """Return the first value of a property as text, or None."""
        return next((term.value for term in self.values(iri, predicate)), None)

    def elsewhere(self, iri: str, language: Language) -> Said | None:
        """Return a name for something that other data describe: theirs, and what they call it.

        Known are the targets of our linksets (`void:inDataset` of the thing, `void:objectsTarget`
        of the linkset), e.g. "Wikidata Q1037393"; None for anything else.
        """
        for linkset in self.values(iri, ns.VOID + "inDataset"):
            for target in self.values(linkset.value, ns.VOID + "objectsTarget"):
                name = self.name(target.value, language)
                if name:
                    spaces = [s.value for s in self.values(target.value, ns.VOID + "uriSpace")]
                    space = next(filter(iri.startswith, spaces), target.value)
                    local = _local(iri, space)
                    said_in = name.language if local.isascii() else _language_of(local)
                    return Said(f"{name.text} {local}", said_in or name.language)
        return None

    def _read(self, iri: str) -> tuple[Said, ...]:
        return tuple(said for label in ns.LABELS for said in self._texts(iri, label))

    def _texts(self, iri: str, predicate: str) -> list[Said]:
        found = self.values(iri, predicate)
        return [Said(term.value, term.language) for term in found if isinstance(term, ox.Literal)]


def _language_of(text: str) -> Language | None:
    """Return "ja" for a text with Japanese in it, whose script tells; None for another."""
    return "ja" if re.search("[ぁ-ヿ㐀-鿿]", text) else None


def _local(iri: str, space: str) -> str:
    """Return the part of an IRI after its namespace, else its last part."""
    local = iri.removeprefix(space).strip("/")
    return local if local and iri.startswith(space) else iri.rstrip("/#").rpartition("/")[2]


def in_language(texts: Iterable[Said], language: Language) -> Said | None:
    """Return the first text in a language, else the first of all, else None."""
    known = list(texts)
    return next((said for said in known if said.language == language), next(iter(known), None))
