"""Which things have an outline, and the maps of them: of all of a type, or around one place.

Outlines are `geo:hasDefaultGeometry` (or `geo:hasGeometry`) with `geo:asWKT`; points are `wgs:lat`
and `wgs:long`; which place lies in which is `geo:sfWithin` (GeoSPARQL 1.1, W3C Basic Geo).

The projection is the equirectangular one: x = longitude · cos(φ), y = latitude, where φ is the
middle latitude of what is drawn. Distances are true along that parallel and along meridians; over
the few degrees of a prefecture shapes look as people know them. A map must not cross the 180th
meridian.

Every position is rounded by itself to the grid of the drawing, and what falls together is dropped.
So a border that two areas share stays the same line for both, and the same data give the same map.
"""

from __future__ import annotations

import logging
import math
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pyoxigraph as ox

from publish.errors import GraphError
from publish.rdf import namespaces as ns
from publish.rdf import wkt
from publish.rdf.terms import node, triples
from publish.rdf.wkt import Position, Rings
from publish.shacl.shapes import Kind

#: A place in a drawing: to the right, and down.
Point = tuple[int, int]
#: So far around a drawing lines go on, so that no edge is seen where they are cut.
_EDGE = 8

# -- The frame ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the earth and the drawing it becomes; what lies outside can be drawn, too."""

    west: float
    north: float
    #: units of the drawing for a degree to the east, and for a degree to the south
    across: float
    down: float
    width: int
    height: int

    @classmethod
    def around(
        cls, areas: Iterable[Rings], width: int, height: int | None = None, margin: int = 0
    ) -> Frame:
        """Return the frame of a drawing with areas in the middle of it and a margin around them.

        Without a height the drawing has the one that the areas need. Raises ValueError if there
        is nothing to draw.
        """
        positions = [position for area in areas for ring in area for position in ring]
        west, east = min(x for x, _ in positions), max(x for x, _ in positions)
        south, north = min(y for _, y in positions), max(y for _, y in positions)
        narrowing = math.cos(math.radians((south + north) / 2))
        down = (width - 2 * margin) / ((east - west) * narrowing)
        if height is None:
            height = round((north - south) * down) + 2 * margin
        down = min(down, (height - 2 * margin) / (north - south))
        across = down * narrowing
        return cls(
            west=(west + east) / 2 - width / 2 / across,
            north=(south + north) / 2 + height / 2 / down,
            across=across,
            down=down,
            width=width,
            height=height,
        )

    def place(self, position: Position) -> Point:
        """Return where a position is drawn."""
        longitude, latitude = position
        return (
            round((longitude - self.west) * self.across),
            round((self.north - latitude) * self.down),
        )

    def sees(self, points: Sequence[Point]) -> bool:
        """Tell whether the rectangle around some points reaches into the drawing."""
        across, down = [x for x, _ in points], [y for _, y in points]
        inside = max(across) >= 0 and min(across) <= self.width
        return inside and max(down) >= 0 and min(down) <= self.height


# -- Areas ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name can stand: its middle, and the room for it from side to side."""

    x: int
    y: int
    room: int


@dataclass(frozen=True, slots=True)
class Area:
    """An area as it is drawn: the `d` of a path (to be filled by even-odd), and its label."""

    path: str
    label: Label


def area(shape: Rings, frame: Frame, line: int) -> Area | None:
    """Return an area as a frame shows it, or None if it is outside; `line` is a label's height.

    Parts too small to be seen are left out; of an area that is all too small a dot remains.
    """
    placed = [tuple(map(frame.place, ring)) for ring in shape]
    cut = (_cut(points, frame) for points in placed if frame.sees(points))
    seen = [points for points in cut if points]
    if not seen:
        return None
    lines = [kept for kept in map(_without_repeats, seen) if len(set(kept)) > 2]
    x, y = seen[0][0]
    drawn = lines or [((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))]
    return Area("".join(map(path, drawn)), label(drawn, line, frame))


def _cut(points: tuple[Point, ...], frame: Frame) -> tuple[Point, ...]:
    """Return the part of a closed line that is in the drawing, or just around it.

    What is far outside would not be seen, but its link would lie under other parts of a page.
    (Sutherland and Hodgman's algorithm; what it adds runs along the edge, outside.)
    """
    for axis, size in ((0, frame.width), (1, frame.height)):
        points = tuple(_beyond(points, axis, -_EDGE, 1))
        points = tuple(_beyond(points, axis, size + _EDGE, -1))
    return points


def _beyond(points: tuple[Point, ...], axis: int, limit: int, way: int) -> Iterator[Point]:
    """Yield a closed line as far as it is beyond a limit, upwards (1) or downwards (-1)."""
    for before, here in _sides(points) if points else ():
        was, is_ = ((one[axis] - limit) * way >= 0 for one in (before, here))
        if was != is_:
            yield _crossing(min(before, here), max(before, here), axis, limit)
        if is_:
            yield here


def _crossing(one: Point, other: Point, axis: int, limit: int) -> Point:
    """Return where a line, given from its smaller end, is at a limit: for both its areas the same."""
    share = (limit - one[axis]) / (other[axis] - one[axis])
    across = round(one[1 - axis] + share * (other[1 - axis] - one[1 - axis]))
    return (limit, across) if axis == 0 else (across, limit)


def _without_repeats(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return a closed line without points that follow on themselves."""
    return tuple(here for before, here in _sides(points) if here != before)


def _sides(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    yield from pairwise((points[-1], *points))


def path(points: Sequence[Point]) -> str:
    """Return a closed line as path data: one place, then steps.

    >>> path([(10, 10), (10, 20), (20, 20), (20, 10)])
    'M10 10l0 10 10 0 0-10z'
    """
    (x, y), steps = points[0], [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    # a blank is only needed where no minus sign tells numbers apart
    said = "".join(f"{number}" if number < 0 else f" {number}" for step in steps for number in step)
    return f"M{x} {y}l{said.lstrip()}z"


def label(lines: Sequence[Sequence[Point]], height: int, frame: Frame) -> Label:
    """Return where a name of some height has the most room inside closed lines, in a frame.

    Looked at are levels a quarter of a height apart; a name should have room on five in a row.
    """
    top = max(0, min(y for line in lines for _, y in line))
    bottom = min(frame.height, max(y for line in lines for _, y in line))
    levels = [level + 0.5 for level in range(top, max(bottom, top + 1), max(1, height // 4))]
    spans = _spans(lines, levels, frame.width)
    middle = (top + bottom) / 2
    for around in (2, 0):
        choices = [
            (right - left, -abs(levels[number] - middle), -levels[number], left, right)
            for number in range(around, len(levels) - around)
            for left, right in _room(spans[number - around : number + around + 1])
        ]
        if choices:
            room, _, level, left, right = max(choices)
            return Label(round((left + right) / 2), round(-level), round(room))
    x, y = lines[0][0]
    return Label(x, y, 0)


def _spans(
    lines: Sequence[Sequence[Point]], levels: Sequence[float], width: int
) -> list[list[tuple[float, float]]]:
    """Return, for each level, from where to where it is inside the lines and in the drawing."""
    crossed: list[list[float]] = [[] for _ in levels]
    for line in lines:
        for (x, y), (to_x, to_y) in _sides(line):
            low, high = min(y, to_y), max(y, to_y)
            for number in range(bisect_left(levels, low), bisect_left(levels, high)):
                crossed[number].append(x + (levels[number] - y) * (to_x - x) / (to_y - y))
    return [
        [
            (max(0.0, left), min(float(width), right))
            for left, right in zip(*[iter(sorted(found))] * 2, strict=True)
            if left < width and right > 0
        ]
        for found in crossed
    ]


def _room(levels: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Return from where to where all of some levels are inside."""
    common = list(levels[0])
    for spans in levels[1:]:
        common = [
            (max(left, other), min(right, end))
            for left, right in common
            for other, end in spans
            if max(left, other) < min(right, end)
        ]
    return common


def readable(
    boxes: Sequence[tuple[Label, int]],
    height: int,
    sides: tuple[int, int],
    first: Container[int] = (),
) -> tuple[bool, ...]:
    """Return which of some names, given with their widths, can be shown in a drawing.

    Between those in a row some room is left. Those in `first` (their numbers) and those with more room go before the others, which must not
    meet them. A name may be wider than its area, but must lie inside the drawing.
    """
    width, most = sides
    order = sorted(range(len(boxes)), key=lambda n: (n not in first, -boxes[n][0].room, n))
    shown: list[int] = []
    for number in order:
        at, wide = boxes[number]
        inside = wide <= 2 * at.x <= 2 * width - wide and height <= 2 * at.y <= 2 * most - height
        if inside and not any(_meet(boxes[number], boxes[other], height) for other in shown):
            shown.append(number)
    return tuple(number in shown for number in range(len(boxes)))


def _meet(one: tuple[Label, int], other: tuple[Label, int], height: int) -> bool:
    (here, width), (there, other_width) = one, other
    beside = abs(here.x - there.x) * 2 >= width + other_width + height // 2
    return not beside and abs(here.y - there.y) < height


# -- What lies beside what ------------------------------------------------------------------------


def neighbours(shapes: Mapping[str, Rings]) -> dict[str, frozenset[str]]:
    """Return, for each area by its key, those with which it shares a piece of border.

    A border is shared where both have the same two positions in a row.
    """
    owners: dict[frozenset[Position], set[str]] = {}
    for key, shape in shapes.items():
        for ring in shape:
            for pair in pairwise((ring[-1], *ring)):
                owners.setdefault(frozenset(pair), set()).add(key)
    found: dict[str, set[str]] = {key: set() for key in shapes}
    for keys in owners.values():
        for key in keys if len(keys) > 1 else ():
            found[key] |= keys - {key}
    return {key: frozenset(beside) for key, beside in found.items()}


# -- Which things have an outline, and the maps of them -------------------------------------------

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
            own=area(own, frame, line) if own else None,
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
        found = neighbours(outlines)
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
    found = ((iri, area(outline, frame, line)) for iri, outline in outlines.items())
    return tuple((iri, area) for iri, area in found if area)


def _read(geometry: str, text: str) -> Rings | None:
    """Return an outline, or None if it cannot be read: then the log says why."""
    try:
        return wkt.rings(text)
    except GraphError as error:
        log.warning("%s: %s", geometry, error)
        return None
