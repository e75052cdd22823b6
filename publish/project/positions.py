"""Points and outlines that cannot be: swapped, off the earth, outside the area they are said to be in.

Points are `wgs:lat` and `wgs:long`, outlines `geo:hasDefaultGeometry` (or `geo:hasGeometry`) with
`geo:asWKT`, in CRS84; `geo:sfWithin` says what lies in what. No outline may cross the 180th meridian.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from publish.errors import GraphError, Problem
from publish.i18n import Text
from publish.project.dataset import DERIVED, Dataset
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple
from publish.rdf.wkt import Position, Rings, is_area, rings, swapped

#: So many kilometres may a point lie outside its area. Outlines are simplified for drawing, and that
#: takes some hundred metres off capes and harbours, where town halls stand. A wrong area shows from
#: this distance on; a point between two areas may pass for either. (With the first data published
#: by this program no point is outside at all, and the nearest is 1.3 km from its border.)
TOLERANCE = 1.0
_KM_PER_DEGREE = 111.2
_LAT, _LONG = ns.WGS + "lat", ns.WGS + "long"
_GEOMETRY = (ns.GEO + "hasDefaultGeometry", ns.GEO + "hasGeometry")
_WITHIN = ns.GEO + "sfWithin"
_WKT = ns.GEO + "asWKT"


@dataclass(frozen=True, slots=True)
class _Point:
    """Where a thing is, with the statement that says its latitude."""

    thing: str
    longitude: float
    latitude: float
    stated: Triple

    def is_in(self, area: Rings) -> bool:
        return is_inside((self.longitude, self.latitude), area)


def problems(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each outline that cannot be read, and one for each point that is misplaced."""
    wkt = [triple for triple in dataset.found if triple[1].value == _WKT]
    areas: dict[str, Rings] = {}
    for triple in wkt:
        try:
            if is_area(triple[2].value):
                areas[triple[0].value] = rings(triple[2].value)
        except GraphError as error:
            first = error.problems[0]
            is_swapped = swapped(triple[2].value)
            what, remedy = (
                (_OUTLINE, _LONGITUDE_FIRST) if is_swapped else (first.what, first.remedy)
            )
            yield Problem(what, remedy, dataset.place_of(triple))
    outlines = {
        subject.value: areas[object_.value]
        for subject, predicate, object_ in dataset.found
        if predicate.value in _GEOMETRY and object_.value in areas
    }
    yield from _misplaced(dataset, outlines)


def _misplaced(dataset: Dataset, outlines: dict[str, Rings]) -> Iterator[Problem]:
    within: dict[str, list[Triple]] = {}
    for triple, (graph, _) in dataset.found.items():
        if triple[1].value == _WITHIN and triple[2].value in outlines:
            # what was derived stands last: it has no place of its own
            position = len(within.get(triple[0].value, ())) if graph == DERIVED else 0
            within.setdefault(triple[0].value, []).insert(position, triple)
    for point in _points(dataset.found):
        if abs(point.latitude) > 90 or abs(point.longitude) > 180:
            can_be = abs(point.longitude) <= 90 and abs(point.latitude) <= 180
            yield _told(dataset, point, *((_SWAPPED, _SWAP) if can_be else (_OFF, _CHECK)))
            continue
        said = within.get(point.thing, ())
        containers = [*(triple[2].value for triple in said)]
        containers += [point.thing] if point.thing in outlines else []
        outside = next((c for c in containers if _is_outside(point, outlines[c])), None)
        if outside is not None:
            yield _outside(dataset, point, outside, said, outlines)


def _points(triples: Iterable[Triple]) -> Iterator[_Point]:
    said: dict[str, dict[str, Triple]] = {}
    for triple in triples:
        if triple[1].value in (_LAT, _LONG):
            said.setdefault(triple[0].value, {})[triple[1].value] = triple
    for thing, both in said.items():
        if len(both) == 2:
            try:
                yield _Point(
                    thing, float(both[_LONG][2].value), float(both[_LAT][2].value), both[_LAT]
                )
            except ValueError:  # no number: that is told elsewhere
                continue


def _is_outside(point: _Point, area: Rings) -> bool:
    return not point.is_in(area) and distance((point.longitude, point.latitude), area) > TOLERANCE


def is_inside(position: Position, area: Rings) -> bool:
    """Tell whether a position is inside an area: a line from it westward meets an odd number of sides."""
    x, y = position
    odd = False
    for ring in area:
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y1 > y) != (y2 > y) and x > (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def distance(position: Position, area: Rings) -> float:
    """Return how far a position is from the border of an area, in kilometres, on a plane around it."""
    x, y = position
    shrink = math.cos(math.radians(y))
    nearest = math.inf
    for ring in area:
        flat = [((a - x) * shrink, b - y) for a, b in ring]
        for (x1, y1), (x2, y2) in zip(flat, (*flat[1:], flat[0]), strict=True):
            dx, dy = x2 - x1, y2 - y1
            length = dx * dx + dy * dy
            along = min(1.0, max(0.0, -(x1 * dx + y1 * dy) / length)) if length else 0.0
            nearest = min(nearest, math.hypot(x1 + along * dx, y1 + along * dy))
    return nearest * _KM_PER_DEGREE


def _outside(
    dataset: Dataset,
    point: _Point,
    container: str,
    said: Iterable[Triple],
    outlines: dict[str, Rings],
) -> Problem:
    """Return what to say of a point outside its area: swapped, in another one, or astray."""
    turned = _Point(point.thing, point.latitude, point.longitude, point.stated)
    if abs(turned.latitude) <= 90 and turned.is_in(outlines[container]):
        return _told(dataset, point, _SWAPPED, _SWAP)
    usual = {triple[2].value for triple in dataset.found if triple[1].value == _WITHIN}
    others = [c for c in outlines if c not in (container, point.thing) and point.is_in(outlines[c])]
    others.sort(key=lambda one: (one not in usual, one))
    remedy = _ELSEWHERE.format(other=_named(dataset, others[0])) if others else _CHECK
    far = distance((point.longitude, point.latitude), outlines[container])
    what = _OUTSIDE.format(container=_named(dataset, container), far=max(1, round(far)))
    stated = next((t for t in said if t[2].value == container and dataset.place_of(t)), None)
    return _told(dataset, point, what, remedy, stated)


def _told(
    dataset: Dataset, point: _Point, what: Text, remedy: Text, triple: Triple | None = None
) -> Problem:
    values = {
        "thing": _named(dataset, point.thing),
        "lat": f"{point.latitude:g}",
        "long": f"{point.longitude:g}",
    }
    place = dataset.place_of(triple or point.stated) or dataset.place_of(point.stated)
    return Problem(what.format(**values), remedy.format(**values), place)


def _named(dataset: Dataset, iri: str) -> Text:
    """Return a thing as messages name it: by its names, else by its IRI under the base."""
    said = {
        object_.language: object_.value
        for predicate in ns.LABELS
        for language in ("ja", "en")
        for subject, p, object_ in dataset.found
        if subject.value == iri and p.value == predicate
        if isinstance(object_, ox.Literal) and object_.language == language
    }
    name = dataset.iris.relative(iri) or iri
    return Text(f"「{said.get('ja', name)}」", f'"{said.get("en", name)}"')


_SWAPPED = Text(
    "{thing}の緯度と経度が入れ替わっています（緯度{lat}、経度{long}）。",
    "Latitude and longitude of {thing} are swapped (latitude {lat}, longitude {long}).",
)
_SWAP = Text(
    "緯度を{long}、経度を{lat}としてください。", "Make the latitude {long} and the longitude {lat}."
)
_OFF = Text(
    "{thing}の位置（緯度{lat}、経度{long}）が地球の外です。",
    "The position of {thing} (latitude {lat}, longitude {long}) is not on the earth.",
)
_OUTSIDE = Text(
    "{{thing}}の位置（緯度{{lat}}、経度{{long}}）が、{container}の境界の外（約{far} km）にあります。",
    "The position of {{thing}} (latitude {{lat}}, longitude {{long}}) is outside {container}, by about {far} km.",
)
_ELSEWHERE = Text(
    "その位置は{other}の中です。属する区域（geo:sfWithin）か、緯度・経度を直してください。",
    "That position is inside {other}. Correct what it lies in (geo:sfWithin), or latitude and longitude.",
)
_CHECK = Text(
    "緯度・経度（世界測地系の十進度）と、属する区域（geo:sfWithin）を確かめてください。",
    "Check latitude and longitude (WGS84, decimal degrees) and what it lies in (geo:sfWithin).",
)
_OUTLINE = Text(
    "境界の座標の緯度と経度が入れ替わっています。",
    "Latitude and longitude are swapped in the outline.",
)
_LONGITUDE_FIRST = Text(
    "経度・緯度の順（CRS84。例：141.35 43.06）で書いてください。",
    "Write the longitude first (CRS84), such as 141.35 43.06.",
)
