"""Terms of others' vocabularies that do not exist: misspelt, or with the wrong address before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from publish.errors import Place, Problem
from publish.i18n import Text
from publish.rdf import known_terms
from publish.rdf import namespaces as ns

#: An IRI that is used, and where: the place is looked up only when a message needs it.
Use = tuple[str, Callable[[], Place | None]]


def misspelt(uses: Iterable[Use]) -> Iterator[Problem]:
    """Yield a problem for each term that its vocabulary does not have, at the first place that is known."""
    found: dict[str, list[Callable[[], Place | None]]] = {}
    for iri, place in uses:
        if known_terms.is_unknown(iri):
            found.setdefault(iri, []).append(place)
    for iri, places in found.items():
        told = next(filter(None, (place() for place in places)), None)
        what = _UNKNOWN if len(places) == 1 else _UNKNOWN_OFTEN
        nearest = known_terms.nearest(iri)
        remedy = _NEAREST.format(nearest=_short(nearest)) if nearest else _SPELLING
        yield Problem(what.format(name=_short(iri), count=len(places)), remedy, told)


def _short(iri: str) -> str:
    return ns.shorten(iri, ns.PREFIXES) or iri


_UNKNOWN = Text(
    "「{name}」という用語は、その語彙にありません。", 'The vocabulary has no term "{name}".'
)
_UNKNOWN_OFTEN = Text(
    "「{name}」という用語は、その語彙にありません（{count}か所）。",
    'The vocabulary has no term "{name}" (used {count} times).',
)
_NEAREST = Text(
    "「{nearest}」の書き誤りではないか、綴り（大文字・小文字も）を確かめてください。",
    'See whether it should be "{nearest}"; upper and lower case count.',
)
_SPELLING = Text(
    "綴り（大文字・小文字も）を確かめるか、語彙にある用語を使ってください。",
    "Check its spelling (upper and lower case count), or use a term that the vocabulary has.",
)
