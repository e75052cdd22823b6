"""What is stated of one thing, read for other formats: texts, values, and what they lead to."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from publish.browse.labels import Labels
from publish.i18n import LANGUAGES
from publish.rdf import namespaces as ns

_LABELS = (ns.RDFS + "label", ns.SKOS + "prefLabel", ns.DCTERMS + "title", ns.FOAF + "name")


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing by its IRI, with the statements in which it is the subject."""

    labels: Labels
    iri: str

    def texts(self, predicate: str) -> dict[str, str]:
        """Return its texts by language, Japanese and English first; one without language as ""."""
        found: dict[str, str] = {}
        for term in self.labels.values(self.iri, predicate):
            if isinstance(term, ox.Literal):
                found.setdefault(term.language or "", term.value)
        order = [language for language in LANGUAGES if language in found]
        return {language: found[language] for language in dict.fromkeys((*order, *found))}

    def text(self, predicate: str) -> str | None:
        """Return its text in Japanese, else in another language, else None."""
        return preferred(self.texts(predicate))

    def value(self, *predicates: str) -> str | None:
        """Return the first value of the first property that has one, as text, else None."""
        return next((value for name in predicates for value in self.values(name)), None)

    def values(self, predicate: str) -> list[str]:
        """Return the values of a property as texts, sorted."""
        return [term.value for term in self.labels.values(self.iri, predicate)]

    def to(self, *predicates: str) -> tuple[Subject, ...]:
        """Return the things that properties lead to, in the order of the properties."""
        return tuple(
            Subject(self.labels, term.value)
            for name in predicates
            for term in self.labels.values(self.iri, name)
            if isinstance(term, ox.NamedNode)
        )

    def shown(self, predicate: str) -> str | None:
        """Return a property for readers: its text, or the label of what it leads to, or its IRI."""
        for thing in self.to(predicate):
            return thing.text(_LABELS[0]) or thing.iri
        return self.text(predicate)

    @property
    def name(self) -> str | None:
        """Return how it is called, in Japanese if it can be."""
        return next((text for label in _LABELS if (text := self.text(label))), None)

    @property
    def names(self) -> dict[str, str]:
        """Return how it is called, by language."""
        return next((texts for label in _LABELS if (texts := self.texts(label))), {})


def translated(texts: dict[str, str]) -> dict[str, str]:
    """Return those of some texts whose language is known."""
    return {language: text for language, text in texts.items() if language}


def preferred(texts: dict[str, str]) -> str | None:
    """Return the Japanese text, else the first of all, else None.

    >>> preferred({"en": "plan", "ja": "計画"}), preferred({"en": "plan"}), preferred({})
    ('計画', 'plan', None)
    """
    return texts.get(LANGUAGES[0], next(iter(texts.values()), None))
