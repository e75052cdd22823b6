"""Of which areas a release speaks: the types whose things have codes, and their prefectures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from publish.browse.lists import members
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.search.codes import Code, code_in
from publish.shacl.shapes import Shapes

#: Share of the things of a type that must have a code.
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be linked to; types by the segment of their paths."""

    #: types whose things have codes of local governments (six digits, not all of districts)
    governments: tuple[str, ...]
    #: types whose things have codes of any kind of area
    areas: tuple[str, ...]
    #: the types of whole prefectures
    prefectures: tuple[str, ...]
    #: the first two digits of all codes
    digits: frozenset[str]


def scope_of(store: ox.Store, iris: Iris, shapes: Shapes) -> Scope:
    """Return the areas that a release describes, as its codes tell."""
    found: dict[str, list[Code]] = {}
    for kind in shapes.kinds:
        things = members(store, iris, kind)
        codes = [code for iri in things if (code := _code(store, iri))]
        if codes and len(codes) >= len(things) * _MOST:
            found[kind.segment] = codes
    governments = [name for name, codes in found.items() if _are_governments(codes)]
    whole = [name for name in governments if all(c.is_prefecture for c in found[name])]
    digits = frozenset(code.prefecture for codes in found.values() for code in codes)
    return Scope(tuple(governments), tuple(found), tuple(whole), digits)


def _are_governments(codes: list[Code]) -> bool:
    whole = all(len(code.digits) == 6 for code in codes)
    return whole and not all(code.is_district for code in codes)


def _code(store: ox.Store, iri: str) -> Code | None:
    """Return the longest code of a thing, or None if it has none of five or six digits."""
    codes = sorted(_codes(store, iri), key=lambda code: (-len(code.digits), code.digits))
    return codes[0] if codes else None


def _codes(store: ox.Store, iri: str) -> Iterator[Code]:
    for path in ns.CODES:
        for quad in store.quads_for_pattern(node(iri), node(path), None):
            text = str(getattr(quad.object, "value", ""))
            if len(text) in (5, 6) and text.isascii():
                code = code_in(text)
                if code:  # else it is some other identifier, of which nothing is said here
                    yield code
