"""Where a data set is about: the bounds of a place, from the coordinates that the content has.

The bounds are those of the place, and of everything the content says to lie in it. Coordinates are
longitude and latitude (CRS84, the default of GeoSPARQL 1.1, section 8.5.1); bounds that would cross the
180th meridian come out as those of the rest of the world.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple, node, triples
from publish.rdf.wkt import positions

_GEOMETRY = (ns.GEO + "hasDefaultGeometry", ns.GEO + "hasGeometry")

Position = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Bounds:
    """West, south, east and north, in degrees."""

    west: Decimal
    south: Decimal
    east: Decimal
    north: Decimal

    @property
    def box(self) -> str:
        """Return the rectangle as WKT, anticlockwise from its south-western corner."""
        west, south, east, north = self.west, self.south, self.east, self.north
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        return f"POLYGON(({','.join(f'{x} {y}' for x, y in corners)}))"

    @property
    def centre(self) -> str:
        """Return the centre of the rectangle as WKT."""
        return (
            f"POINT({_plain((self.west + self.east) / 2)} {_plain((self.south + self.north) / 2)})"
        )


def bounds(store: ox.Store, place: str) -> Bounds | None:
    """Return the bounds of a place, or None if the content has no coordinates for it."""
    found = [
        position for member in _members(store, place) for position in _positions(store, member)
    ]
    if not found:
        return None
    east_west, south_north = [x for x, _ in found], [y for _, y in found]
    return Bounds(min(east_west), min(south_north), max(east_west), max(south_north))


def extent_triples(place: ox.NamedNode, found: Bounds) -> Iterator[Triple]:
    """Yield the bounds of a place as DCAT has them."""
    literal = node(ns.GEO + "wktLiteral")
    box = ox.Literal(found.box, datatype=literal)
    yield place, node(ns.DCAT + "bbox"), box
    yield place, node(ns.LOCN + "geometry"), box
    yield place, node(ns.DCAT + "centroid"), ox.Literal(found.centre, datatype=literal)


def _members(store: ox.Store, place: str) -> set[ox.NamedNode]:
    whole = node(place)
    parts = {part for _, _, part in triples(store, whole, node(ns.GEO + "sfContains"))}
    within = {part for part, _, _ in triples(store, None, node(ns.GEO + "sfWithin"), whole)}
    return {whole, *(part for part in parts if isinstance(part, ox.NamedNode)), *within}


def _positions(store: ox.Store, member: ox.NamedNode) -> Iterator[Position]:
    for predicate in _GEOMETRY:
        for _, _, geometry in triples(store, member, node(predicate)):
            if isinstance(geometry, ox.NamedNode):
                for _, _, text in triples(store, geometry, node(ns.GEO + "asWKT")):
                    yield from positions(text.value)
    for (_, _, x), (_, _, y) in zip(
        triples(store, member, node(ns.WGS + "long")),
        triples(store, member, node(ns.WGS + "lat")),
        strict=False,
    ):
        yield Decimal(x.value), Decimal(y.value)


def _plain(value: Decimal) -> str:
    """Return a number without an exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
