"""What people look for and the sources do not have, so that a search says so and is not just empty.

The catalogue tells it: a `skos:scopeNote` of the data set that is no text but a resource (SKOS
Primer, 4.2, "documentation as a related resource description") has a name (`rdfs:label`), a text
(`dcterms:description`), both in Japanese and English, and as `skos:altLabel` and `skos:hiddenLabel`
the words that people search for it by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from publish.browse.labels import Labels
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.search.normalize import folded, plain

_WORDS = (ns.RDFS + "label", ns.SKOS + "altLabel", ns.SKOS + "hiddenLabel")
#: What stands between words: blanks and marks, and hiragana, in which Japanese writes particles.
_BETWEEN = re.compile(r"[\W_ぁ-ゖ]+")


@dataclass(frozen=True, slots=True)
class Absence:
    """Something that the sources do not have, with the words that people search for it by."""

    iri: str
    name: Text
    said: Text
    words: tuple[str, ...]

    def is_meant(self, text: str) -> bool:
        """Tell whether a text has one of the words in it, as a word of its own.

        A word inside a longer one is another word: who looks for 関係人口 means not 人口.
        """
        asked, whole = tokens(text), folded(text)
        return any(whole == folded(word) or _has(asked, tokens(word)) for word in self.words)

    def as_json(self) -> dict[str, dict[str, str]]:
        """Return it for programs."""
        return {"name": self.name.as_json(), "text": self.said.as_json()}


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, without hiragana between them.

    >>> tokens("霞市の人口について"), tokens("Cost of ＫＰＩ?")
    (('霞市', '人口'), ('cost', 'of', 'kpi'))
    """
    return tuple(filter(None, _BETWEEN.split(plain(text).casefold())))


def _has(asked: Sequence[str], word: Sequence[str]) -> bool:
    """Tell whether words stand one after the other among others."""
    starts = range(len(asked) - len(word) + 1)
    return bool(word) and any(asked[at : at + len(word)] == word for at in starts)


def absences_of(labels: Labels, dataset: str) -> tuple[Absence, ...]:
    """Return what a data set says that its sources do not have, by IRI.

    Left out is what has no name or no text in both languages: nothing could be said of it.
    """
    notes = labels.values(dataset, ns.SKOS + "scopeNote")
    found = (_absence(labels, note.value) for note in notes if isinstance(note, ox.NamedNode))
    return tuple(filter(None, found))


def _absence(labels: Labels, iri: str) -> Absence | None:
    name = labels.both(iri, ns.RDFS + "label")
    said = labels.both(iri, ns.DCTERMS + "description")
    words = dict.fromkeys(term.value for path in _WORDS for term in labels.values(iri, path))
    return Absence(iri, name, said, tuple(words)) if name and said else None


def meant(absences: Iterable[Absence], text: str) -> tuple[Absence, ...]:
    """Return what somebody looks for and the sources do not have."""
    return tuple(one for one in absences if text and one.is_meant(text))
