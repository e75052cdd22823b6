"""Which things have an outline, and the maps of them: of all of a type, or around one place.

Outlines are `geo:hasDefaultGeometry` (or `geo:hasGeometry`) with `geo:asWKT`; points are `wgs:lat`
and `wgs:long`; which place lies in which is `geo:sfWithin` (GeoSPARQL 1.1, W3C Basic Geo).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from publish.errors import GraphError
from publish.rdf import namespaces as ns
from publish.rdf import wkt
from publish.rdf.terms import node, triples
from publish.rdf.wkt import Position, Rings
from publish.shacl.shapes import Kind
from publish.web.drawing import map
from publish.web.drawing.map import Area, Frame, Point

log = logging.getLogger(__name__)

_GEOMETRY = (ns.GEO + "hasDefaultGeometry", ns.GEO + "hasGeometry")
#: Units of a large map and of a small one; they are drawn a little smaller than that.
LARGE, SMALL = 1000, 540
#: The height of a map around a place that lies inside an area, and the margin of all maps.
_SMALL_HEIGHT, _MARGIN = 400, 8

Outlines = Mapping[str, Rings]
Members = Callable[[Kind], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Map:
    """A map: areas by the IRIs of what they are, in order; later ones lie on top."""

    width: int
    height: int
    areas: tuple[tuple[str, Area], ...]
    #: outlines of the types that are drawn apart, by type
    apart: tuple[tuple[Kind, tuple[tuple[str, Area], ...]], ...] = ()
    #: what a small map is about: an area of it, or an area of its own on top, or a point
    here: str = ""
    own: Area | None = None
    point: Point | None = None
    #: the area that it lies in, if it is not one itself, and what lies beside the area
    within: str = ""
    beside: tuple[str, ...] = ()


class Atlas:
    """The outlines of a release, read when they are needed."""

    def __init__(
        self, store: ox.Store, members: Members, kind_of: Callable[[str], Kind | None]
    ) -> None:
        self._store = store
        self._members = members
        self._kind_of = kind_of
        self._outlines = cache(self._read_outlines)
        self._beside = cache(self._read_beside)
        self._large = cache(self._over_all)

    def outlines(self, kind: Kind) -> Outlines:
        """Return the outlines of the things of a type that have one, in the order of its list."""
        return self._outlines(kind)

    def over_all(self, kind: Kind, apart: Iterable[Kind], line: int) -> Map | None:
        """Return the large map of a type, or None if there is nothing to draw.

        `line` is the height of a name.
        """
        return self._large(kind, tuple(apart), line)

    def _over_all(self, kind: Kind, apart: tuple[Kind, ...], line: int) -> Map | None:
        outlines = self.outlines(kind)
        if not outlines:
            return None
        beside = [(other, self.outlines(other)) for other in apart]
        every = [*outlines.values(), *(shape for _, more in beside for shape in more.values())]
        frame = Frame.around(every, LARGE, margin=_MARGIN)
        return Map(
            frame.width,
            frame.height,
            _drawn(outlines, frame, line),
            tuple((other, _drawn(more, frame, line)) for other, more in beside if more),
        )

    def around(self, place: str, line: int) -> Map | None:
        """Return the small map for a place, or None if nothing about it can be drawn.

        An area is shown among all of its type; a place within an area, inside that and with what
        lies beside it; a place that only has areas in it, as all of those.
        """
        kind = self._kind_of(place)
        if kind is None:
            return None
        container = self._container(place)
        if container:
            return self._inside(place, container, line)
        if place in self.outlines(kind):
            return self._among(place, kind, line)
        parts = self._kinds_within(place)
        return self._among(place, parts[0], line) if parts else None

    def _among(self, place: str, kind: Kind, line: int) -> Map:
        outlines = self.outlines(kind)
        frame = Frame.around(outlines.values(), SMALL, margin=_MARGIN)
        beside = self._beside(kind).get(place, ())
        drawn = _drawn(outlines, frame, line)
        return Map(frame.width, frame.height, drawn, here=place, beside=tuple(beside))

    def _inside(self, place: str, container: str, line: int) -> Map | None:
        own, point = self._outline(place), self._point(place)
        kind = self._kind_of(container)
        if kind is None or (own is None and point is None):
            return None
        outlines, beside = self.outlines(kind), self._beside(kind).get(container, ())
        frame = Frame.around([outlines[container]], SMALL, _SMALL_HEIGHT, margin=3 * _MARGIN)
        near = {iri: outlines[iri] for iri in outlines if iri == container or iri in beside}
        return Map(
            frame.width,
            frame.height,
            _drawn(near, frame, line),
            here=place,
            own=map.area(own, frame, line) if own else None,
            point=frame.place(point) if point and not own else None,
            within=container,
            beside=tuple(beside),
        )

    # -- What the content says ---------------------------------------------------------------------

    def _read_outlines(self, kind: Kind) -> Outlines:
        found = ((iri, self._outline(iri)) for iri in self._members(kind))
        return {iri: outline for iri, outline in found if outline}

    def _read_beside(self, kind: Kind) -> Mapping[str, tuple[str, ...]]:
        """Return what lies beside each thing of a type, in the order of its list."""
        outlines = self.outlines(kind)
        found = map.neighbours(outlines)
        return {iri: tuple(o for o in outlines if o in beside) for iri, beside in found.items()}

    def _outline(self, place: str) -> Rings | None:
        for predicate in _GEOMETRY:
            for geometry in self._objects(place, predicate):
                for text in self._objects(geometry, ns.GEO + "asWKT"):
                    if wkt.is_area(text):
                        return _read(geometry, text)
        return None

    def _point(self, place: str) -> Position | None:
        found = [self._objects(place, ns.WGS + name) for name in ("long", "lat")]
        try:
            longitude, latitude = (float(values[0]) for values in found if values)
        except ValueError:  # not both, or no numbers: it has no place on a map
            return None
        return longitude, latitude

    def _container(self, place: str) -> str | None:
        """Return the area that a place lies in: of several, the smallest."""
        around = [iri for iri in self._objects(place, ns.GEO + "sfWithin") if self._outline(iri)]
        return min(around, key=self._extent) if around else None

    def _extent(self, place: str) -> float:
        """Return the size of the rectangle around an area, in square degrees."""
        positions = [position for ring in self._outline(place) or () for position in ring]
        across, down = [x for x, _ in positions], [y for _, y in positions]
        return (max(across) - min(across)) * (max(down) - min(down))

    def _kinds_within(self, place: str) -> list[Kind]:
        """Return the types of the areas in a place, the one with the most areas in it first."""
        parts = self._objects(place, ns.GEO + "sfContains")
        found: dict[Kind, int] = {}
        for part in parts:
            kind = self._kind_of(part)
            if kind and part in self.outlines(kind):
                found[kind] = found.get(kind, 0) + 1
        return sorted(found, key=lambda kind: (-found[kind], kind.order))

    def _objects(self, subject: str, predicate: str) -> list[str]:
        found = triples(self._store, node(subject), node(predicate))
        return sorted({term.value for _, _, term in found})


def _drawn(outlines: Outlines, frame: Frame, line: int) -> tuple[tuple[str, Area], ...]:
    found = ((iri, map.area(outline, frame, line)) for iri, outline in outlines.items())
    return tuple((iri, area) for iri, area in found if area)


def _read(geometry: str, text: str) -> Rings | None:
    """Return an outline, or None if it cannot be read: then the log says why."""
    try:
        return wkt.rings(text)
    except GraphError as error:
        log.warning("%s: %s", geometry, error)
        return None
