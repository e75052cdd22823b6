"""The things of a type: which there are, the orders they can be in, and what a list says of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

import pyoxigraph as ox

from publish.browse.csvw_tables import sheet_of
from publish.browse.describe import labels_of
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node, triples
from publish.shacl.shapes import Kind

#: By code or key; by Japanese name; by English name; newest first.
BY_CODE, BY_NAME, BY_ENGLISH_NAME, BY_DATE = "", "name", "name-en", "date"
#: The language tag of readings in kana.
KANA = "ja-hrkt"
_LABELS = tuple(map(node, ns.LABELS))
_NAMES = (*_LABELS, node(ns.SKOS + "altLabel"))
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOICED = dict.fromkeys((0x3099, 0x309A))

#: What things are sorted by; None for one that lacks it.
Key = tuple[str, ...] | None


def date_of(kind: Kind) -> str | None:
    """Return the first property of a type whose values are dates, or None."""
    return next((field.path for field in kind.fields if field.datatype in ns.DATES), None)


def orders_of(store: ox.Store, kind: Kind, members: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the places of the things among `members`, which are by code, in each order.

    An order by something that no thing has is left out. Things that lack what they are sorted by
    come last; equal ones keep their order by code.
    """
    date = date_of(kind)
    asked: dict[str, Callable[[ox.NamedNode], Key]] = {
        BY_NAME: lambda thing: _japanese(store, thing),
        BY_ENGLISH_NAME: lambda thing: _english(store, thing),
    }
    if date:
        asked[BY_DATE] = lambda thing: _newest(store, thing, date)
    found = {BY_CODE: tuple(range(len(members)))}
    for name, key in asked.items():
        keys = [key(node(member)) for member in members]
        if any(keys):
            found[name] = _places(keys, newest_first=name == BY_DATE)
    return found


def _places(keys: Sequence[Key], *, newest_first: bool) -> tuple[int, ...]:
    with_key = [(key, place) for place, key in enumerate(keys) if key]
    with_key.sort(key=lambda pair: pair[0], reverse=newest_first)
    without = (place for place, key in enumerate(keys) if not key)
    return (*(place for _, place in with_key), *without)


def _japanese(store: ox.Store, thing: ox.NamedNode) -> Key:
    """Return the reading of a Japanese name, else the name."""
    reading = _least(store, thing, _NAMES, KANA)
    name = reading or _least(store, thing, _LABELS, "ja")
    return (gojuon(name), name) if name else None


def has_readings(store: ox.Store, members: Sequence[str]) -> bool:
    """Tell whether any of the things has a reading, so that names can be in the order of kana."""
    return any(_least(store, node(member), _NAMES, KANA) for member in members)


def gojuon(reading: str) -> str:
    """Return kana for sorting as dictionaries do: voiced and small ones like plain ones.

    >>> gojuon("ガッコウ")
    'かつこう'
    """
    hiragana = unicodedata.normalize("NFKC", reading).translate(_TO_HIRAGANA)
    return unicodedata.normalize("NFD", hiragana).translate(_VOICED).translate(_SMALL)


def _english(store: ox.Store, thing: ox.NamedNode) -> Key:
    name = _least(store, thing, _LABELS, "en")
    return (name.lower(),) if name else None


def _newest(store: ox.Store, thing: ox.NamedNode, date: str) -> Key:
    found = [object_.value for _, _, object_ in triples(store, thing, node(date))]
    return (max(found),) if found else None


def _least(
    store: ox.Store, thing: ox.NamedNode, predicates: Sequence[ox.NamedNode], language: str
) -> str | None:
    """Return the first text of a thing in a language, by its characters; None if it has none."""
    found = (object_ for one in predicates for _, _, object_ in triples(store, thing, one))
    return min(
        (t.value for t in found if isinstance(t, ox.Literal) and t.language == language),
        default=None,
    )


# -- The things of a type -------------------------------------------------------------------------

_CODES = tuple(map(node, ns.CODES))


def members(store: ox.Store, iris: Iris, kind: Kind) -> tuple[str, ...]:
    """Return the IRIs of all things of a type: by notation or code if they have one, else by key."""
    space = iris.of(f"id/{kind.segment}/")
    found = {subject for subject, _, _ in triples(store, None, TYPE, node(kind.class_))}
    own = [subject for subject in found if subject.value.startswith(space)]
    return tuple(subject.value for subject in sorted(own, key=lambda s: order(store, s)))


def order(store: ox.Store, subject: ox.NamedNode) -> tuple[str, str]:
    """Return what a thing is sorted by in lists: its notation or code, then its IRI."""
    codes = [term.value for code in _CODES for _, _, term in triples(store, subject, code)]
    return min(codes, default=""), subject.value


def statements(store: ox.Store, iris: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the types and labels of things: what the data twins of a list say."""
    for subject in map(node, iris):
        yield from store.quads_for_pattern(subject, TYPE, None)
        yield from labels_of(store, (subject,))


def table(store: ox.Store, kind: Kind, iris: Sequence[str]) -> bytes:
    """Return things as CSV: see `publish.browse.csvw_tables`."""
    return sheet_of(store, kind, iris).csv()
