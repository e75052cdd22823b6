"""Classes and their relations -> the geometry of a diagram.

Drawn are subclasses and the vocabulary's own properties, by what they say of domain and range, or
else by the shapes. A property that is only derived is left out where its inverse is drawn. A class
that nothing leads to or from then gets one relation that the shapes give, whatever its vocabulary.

Boxes stand in columns, and what they lead to stands to the right of them; every relation has a
place of its own in each column that it crosses, so that no line runs through a box or a name. The
method is that of layered drawings (Sugiyama, Tagawa and Toda 1981): cycles are broken, columns
found, their order improved until no fewer lines cross, and heights chosen so that lines are as
straight as can be. The same classes give the same drawing each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

import pyoxigraph as ox

from publish.browse.vocabulary import Vocabulary, iris_of
from publish.project.dataset import DERIVED
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.shacl.shapes import Field, Kind, Shapes
from publish.web.drawing.charts import ems, lines

#: Pixels between what stands in a column.
BETWEEN = 16
#: How often orders and heights are improved.
_SWEEPS, _ROUNDS = 24, 40


@dataclass(eq=False)
class Slot:
    """A place in a column, taken by a box or by a line that goes through, and what it is tied to."""

    text: tuple[str, ...]
    width: float
    height: float
    #: lines with the same one end at the same point of a box
    bundle: str = ""
    y: float = 0.0
    before: list[Slot] = field(default_factory=list)
    after: list[Slot] = field(default_factory=list)


# -- Order within columns -------------------------------------------------------------------------


def arrange(columns: list[list[Slot]]) -> None:
    """Put the slots of each column into an order in which few lines cross."""
    best, fewest = [list(column) for column in columns], _crossings(columns)
    for sweep in range(_SWEEPS):
        is_forward = sweep % 2 == 0
        steps = range(1, len(columns)) if is_forward else range(len(columns) - 2, -1, -1)
        for step in steps:
            columns[step] = _sort(
                columns[step], columns[step - 1 if is_forward else step + 1], is_forward
            )
        crossings = _crossings(columns)
        if crossings < fewest:
            best, fewest = [list(column) for column in columns], crossings
    columns[:] = best


def _sort(column: list[Slot], other: list[Slot], is_forward: bool) -> list[Slot]:
    """Return a column sorted by the mean place of what its slots are tied to in the one beside it."""
    place = {id(slot): number for number, slot in enumerate(other)}
    step = len(other) / len(column)
    own = {id(slot): number * step for number, slot in enumerate(column)}

    def mean(slot: Slot) -> float:
        tied = [place[id(one)] for one in (slot.before if is_forward else slot.after)]
        # what is tied to nothing there keeps its place among the others
        return sum(tied) / len(tied) if tied else own[id(slot)]

    return sorted(column, key=mean)


def _crossings(columns: Sequence[Sequence[Slot]]) -> int:
    total = 0
    for left, right in pairwise(columns):
        place = {id(slot): number for number, slot in enumerate(right)}
        ends = [
            place[id(one)]
            for slot in left
            for one in sorted(slot.after, key=lambda s: place[id(s)])
        ]
        total += sum(a > b for number, b in enumerate(ends) for a in ends[:number])
    return total


# -- Heights --------------------------------------------------------------------------------------


def level(columns: Sequence[Sequence[Slot]]) -> None:
    """Choose heights so that what is tied together is level as far as there is room."""
    for column in columns:
        _settle(column, [0.0] * len(column))
    for number in range(_ROUNDS):
        for column in columns if number % 2 else reversed(columns):
            _settle(column, [_wish(slot) for slot in column])
    top = min((slot.y - slot.height / 2 for column in columns for slot in column), default=0.0)
    for column in columns:
        for slot in column:
            slot.y = round(slot.y - top + 1, 1)


def _wish(slot: Slot) -> float:
    tied = [*slot.before, *slot.after]
    return sum(one.y for one in tied) / len(tied) if tied else slot.y


def _settle(column: Sequence[Slot], wishes: Sequence[float]) -> None:
    """Move the slots of a column as near to their wishes as their order and heights allow.

    This is least squares under an order (pool adjacent violators).
    """
    shift, shifts = 0.0, list[float]()
    for number, slot in enumerate(column):
        shift += (column[number - 1].height + slot.height) / 2 + BETWEEN if number else 0.0
        shifts.append(shift)
    pools: list[tuple[float, int]] = []
    for wish, shift in zip(wishes, shifts, strict=True):
        mean, size = wish - shift, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, size = (other * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    levels = [mean for mean, size in pools for _ in range(size)]
    for slot, level, shift in zip(column, levels, shifts, strict=True):
        slot.y = level + shift


# -- The diagram -----------------------------------------------------------------------------------

#: Pixels: of a line of text and around it, and of the room where lines bend.
_LINE, _AROUND, _BEND = 18, 9, 32
#: Pixels of a letter of full width, in boxes and in the names of relations.
_BOX_EM, _NAME_EM = 14.0, 12.5
#: Letters of full width after which a name goes on in another line.
_BOX_EMS, _NAME_EMS = 10.0, 9.0
#: Pixels between lines that reach the same side of a box.
_PORT = 9
#: Most boxes in a row of those that nothing is related to.
_ROW = 5


@dataclass(frozen=True, slots=True)
class Node:
    """A class, by its key, with the name to write into its box."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation; one without a name says that its source is a kind of its target."""

    source: str
    target: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A class as it is drawn."""

    key: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A relation as it is drawn: its path, and its name with the place of each line."""

    edge: Edge
    path: str
    lines: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Chain:
    """The slots of a relation from left to right; against its direction if it is turned."""

    edge: Edge
    slots: tuple[Slot, ...]
    is_turned: bool


def diagram(nodes: Sequence[Node], edges: Sequence[Edge]) -> Diagram:
    """Return the drawing of classes and relations; those of a class to itself are left out."""
    keys = {node.key for node in nodes}
    known = [e for e in edges if e.source != e.target and {e.source, e.target} <= keys]
    tied = {key for edge in known for key in (edge.source, edge.target)}
    related = [node for node in nodes if node.key in tied]
    ranks = _ranks(related, known)
    slots = {node.key: _box(node) for node in related}
    columns, chains = _placed(slots, known, ranks)
    arrange(columns)
    level(columns)
    drawn = _drawn(slots, columns, chains)
    return _with_rest(drawn, [node for node in nodes if node.key not in tied])


# -- Columns --------------------------------------------------------------------------------------


def _ranks(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the column of each class: right of all that lead to it, and close to them."""
    forward = _acyclic(nodes, edges)
    ranks = {node.key: 0 for node in nodes}
    for _ in nodes:
        for source, target in forward:
            ranks[target] = max(ranks[target], ranks[source] + 1)
    for box in sorted(nodes, key=lambda box: -ranks[box.key]):
        targets = [ranks[target] for source, target in forward if source == box.key]
        if targets and not any(target == box.key for _, target in forward):
            ranks[box.key] = min(targets) - 1
    return ranks


def _acyclic(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[tuple[str, str]]:
    """Return the pairs of classes, turned where they would make a circle."""
    found: list[tuple[str, str]] = []
    for source, target in dict.fromkeys((edge.source, edge.target) for edge in edges):
        turned = _reaches(found, target, source)
        found.append((target, source) if turned else (source, target))
    order = {node.key: number for number, node in enumerate(nodes)}
    return sorted(dict.fromkeys(found), key=lambda pair: (order[pair[0]], order[pair[1]]))


def _reaches(pairs: Sequence[tuple[str, str]], start: str, goal: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        new = {target for source, target in pairs if source == here} - seen
        seen |= new
        waiting += new
    return goal in seen


def _placed(
    boxes: Mapping[str, Slot], edges: Sequence[Edge], ranks: Mapping[str, int]
) -> tuple[list[list[Slot]], list[_Chain]]:
    """Return the columns (boxes in the even ones, names in the odd ones) and the relations."""
    columns: list[list[Slot]] = [[] for _ in range(2 * max(ranks.values(), default=0) + 1)]
    for key, slot in boxes.items():
        columns[2 * ranks[key]].append(slot)
    chains = []
    for edge in edges:
        turned = ranks[edge.source] > ranks[edge.target]
        left, right = (edge.target, edge.source) if turned else (edge.source, edge.target)
        between = range(2 * ranks[left] + 1, 2 * ranks[right])
        through = [_through(edge, is_first=place == between[0]) for place in between]
        for place, slot in zip(between, through, strict=True):
            columns[place].append(slot)
        chain = (boxes[left], *through, boxes[right])
        for one, other in pairwise(chain):
            one.after.append(other)
            other.before.append(one)
        chains.append(_Chain(edge, chain, turned))
    for slot in boxes.values():
        ports = max(len(_ends(slot.before)), len(_ends(slot.after)))
        slot.height = max(slot.height, _PORT * (ports + 1))
    return columns, chains


def _box(node: Node) -> Slot:
    text = lines(node.name, _BOX_EMS)
    width = max(map(ems, text)) * _BOX_EM + 2 * _AROUND
    return Slot(text, max(width, 4 * _BOX_EM), len(text) * _LINE + 2 * _AROUND)


def _through(edge: Edge, *, is_first: bool) -> Slot:
    """Return the place of a relation in a column; its name stands in the first of them."""
    text = lines(edge.name, _NAME_EMS) if edge.name and is_first else ()
    width = max(map(ems, text), default=0.0) * _NAME_EM
    return Slot(text, width, len(text) * _LINE + 4, "" if edge.name else edge.target)


# -- Drawing --------------------------------------------------------------------------------------


def _drawn(
    slots: Mapping[str, Slot], columns: Sequence[Sequence[Slot]], chains: Sequence[_Chain]
) -> Diagram:
    widths = [max((slot.width for slot in column), default=0.0) for column in columns]
    lefts = [1 + sum(widths[:n]) + n * _BEND for n in range(len(columns))]
    place = {id(s): (lefts[n], widths[n]) for n, column in enumerate(columns) for s in column}
    boxes = tuple(_boxed(key, slot, *place[id(slot)]) for key, slot in slots.items())
    low = max((slot.y + slot.height / 2 for column in columns for slot in column), default=0.0)
    return Diagram(
        round(lefts[-1] + widths[-1] + 1) if boxes else 0,
        round(low + 1) if boxes else 0,
        boxes,
        tuple(_line(chain, place) for chain in chains),
    )


def _boxed(key: str, slot: Slot, left: float, width: float) -> Box:
    top, height = round(slot.y - slot.height / 2, 1), round(slot.height, 1)
    return Box(key, round(left, 1), top, round(width, 1), height, slot.text)


def _line(chain: _Chain, place: Mapping[int, tuple[float, float]]) -> Line:
    """Return a relation from box to box: level through its slots, bent between the columns."""
    first, *through, last = chain.slots
    points = [(sum(place[id(first)]), _port(first, first.after, chain.slots[1]))]
    for slot in through:
        left, width = place[id(slot)]
        points += [(left, slot.y), (left + width, slot.y)]
    points.append((place[id(last)][0], _port(last, last.before, chain.slots[-2])))
    if chain.is_turned:
        points.reverse()
    named = next((slot for slot in through if slot.text), None)
    return Line(chain.edge, _path(points), _text(named, *place[id(named)]) if named else ())


def _port(box: Slot, tied: Sequence[Slot], one: Slot) -> float:
    """Return the height at which a line reaches a box, in the order of the lines' other ends."""
    ends = _ends(tied)
    order = sorted(ends, key=lambda end: sum(slot.y for slot in ends[end]) / len(ends[end]))
    return box.y + (order.index(_end(one)) - (len(order) - 1) / 2) * _PORT


def _ends(tied: Sequence[Slot]) -> dict[str | int, list[Slot]]:
    """Return the points of one side of a box at which lines end, with the lines of each."""
    ends: dict[str | int, list[Slot]] = {}
    for slot in tied:
        ends.setdefault(_end(slot), []).append(slot)
    return ends


def _end(slot: Slot) -> str | int:
    return slot.bundle or id(slot)


def _path(points: Sequence[tuple[float, float]]) -> str:
    (x, y), *rest = points
    path = f"M{x:g} {y:g}"
    for number, (to_x, to_y) in enumerate(rest):
        if number % 2:
            path += f"H{to_x:g}"
        else:
            middle = (x + to_x) / 2
            path += f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"
        x, y = to_x, to_y
    return path


def _text(slot: Slot, left: float, width: float) -> tuple[tuple[float, float, str], ...]:
    """Return the lines of a name, in the middle of its column, around the height of its line."""
    top = slot.y - (len(slot.text) - 1) * _LINE / 2
    return tuple(
        (round(left + width / 2, 1), round(top + number * _LINE, 1), line)
        for number, line in enumerate(slot.text)
    )


def _with_rest(drawn: Diagram, rest: Sequence[Node]) -> Diagram:
    """Return a drawing with the classes below it that nothing is related to."""
    boxes, top = list(drawn.boxes), drawn.height + (BETWEEN if drawn.height and rest else 0)
    width = drawn.width
    for start in range(0, len(rest), _ROW):
        row = [(node.key, _box(node)) for node in rest[start : start + _ROW]]
        height, left = max(slot.height for _, slot in row), 1.0
        for key, slot in row:
            slot.y, slot.height = top + 1 + height / 2, height
            boxes.append(_boxed(key, slot, left, slot.width))
            left += slot.width + BETWEEN
        width, top = max(width, round(left)), top + round(height) + BETWEEN
    return Diagram(width, max(drawn.height, top), tuple(boxes), drawn.lines)


# -- What is drawn ---------------------------------------------------------------------------------

_DOMAIN = (ns.SCHEMA + "domainIncludes", ns.RDFS + "domain")
_RANGE = (ns.SCHEMA + "rangeIncludes", ns.RDFS + "range")
_PARENT = (ns.RDFS + "subClassOf",)
_INVERSE = (ns.OWL + "inverseOf",)


@dataclass(frozen=True, slots=True)
class Tie:
    """That a class is a kind of another (without a property), or leads to it by a property."""

    source: str
    target: str
    path: str | None = None


def domain(vocabulary: Vocabulary, shapes: Shapes, path: str) -> tuple[str, ...]:
    """Return the classes that have a property: as it says itself, else by the shapes."""
    stated = iris_of(vocabulary.properties.get(path, ()), *_DOMAIN)
    return stated or tuple(dict.fromkeys(kind.class_ for kind, _ in _fields(shapes, path)))


def range_(vocabulary: Vocabulary, shapes: Shapes, path: str) -> tuple[str, ...]:
    """Return the classes or datatypes of its values: as it says itself, else by the shapes."""
    stated = iris_of(vocabulary.properties.get(path, ()), *_RANGE)
    found = (field.class_ or field.datatype for _, field in _fields(shapes, path))
    return stated or tuple(dict.fromkeys(filter(None, found)))


def _fields(shapes: Shapes, path: str) -> Iterator[tuple[Kind, Field]]:
    for kind in shapes.kinds:
        yield from ((kind, field) for field in kind.fields if field.path == path)


def ties_of(vocabulary: Vocabulary, shapes: Shapes, store: ox.Store) -> tuple[Tie, ...]:
    """Return what is to be drawn, subclasses first; classes elsewhere are those of types of ours."""
    known = {*vocabulary.classes, *(kind.class_ for kind in shapes.kinds)}
    found = [
        Tie(class_, parent)
        for class_, quads in vocabulary.classes.items()
        for parent in iris_of(quads, *_PARENT)
        if parent in vocabulary.classes
    ]
    for path in _drawn_paths(vocabulary, shapes, store):
        ends = product(domain(vocabulary, shapes, path), range_(vocabulary, shapes, path))
        found += [Tie(*pair, path) for pair in ends if known.issuperset(pair)]
    for class_ in vocabulary.classes:
        found += _missing(class_, found, shapes, known & {*vocabulary.classes})
    return tuple(found)


def _drawn_paths(vocabulary: Vocabulary, shapes: Shapes, store: ox.Store) -> list[str]:
    """Return the properties to draw: of two inverse ones, that which is written by hand."""
    inverses = dict[str, set[str]]()
    for path, quads in vocabulary.properties.items():
        for other in iris_of(quads, *_INVERSE):
            inverses.setdefault(path, set()).add(other)
            inverses.setdefault(other, set()).add(path)
    derived = {
        path
        for path in vocabulary.properties
        if inverses.get(path) and _is_derived(store, shapes, path)
    }
    return [
        path
        for path in vocabulary.properties
        if path not in derived or not inverses[path] & vocabulary.properties.keys() - derived
    ]


def _is_derived(store: ox.Store, shapes: Shapes, path: str) -> bool:
    graph = node(shapes.iris.graph(DERIVED))
    graphs = (quad.graph_name for quad in store.quads_for_pattern(None, node(path), None))
    first = next(graphs, None)
    return first == graph and all(one == graph for one in graphs)


def _missing(class_: str, found: Iterable[Tie], shapes: Shapes, known: set[str]) -> Iterator[Tie]:
    """Yield a relation for a class that has none: one that leads to it, from what has most of them.

    A property that it has in common with other classes does not say what it is to them.
    """
    others = [tie for tie in found if tie.source != tie.target]
    degrees = Counter(end for tie in others for end in (tie.source, tie.target))
    common = Counter(path for _, path in {(tie.source, tie.path) for tie in others} if path)
    if any(
        class_ == tie.target or (class_ == tie.source and common[tie.path or ""] <= 1)
        for tie in others
    ):
        return
    fields = [(kind, field) for kind in shapes.kinds for field in kind.fields]
    led = [
        Tie(kind.class_, field.class_ or "", field.path)
        for kind, field in fields
        if class_ in (kind.class_, field.class_)
        and kind.class_ != field.class_
        and {kind.class_, field.class_} <= known
    ]
    led.sort(key=lambda tie: (tie.target != class_, -degrees[tie.source]))
    yield from led[:1]


def merged(ties: Iterable[Tie]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the properties by which classes are tied, by pairs of them; none for subclasses."""
    pairs: dict[tuple[str, str], tuple[str, ...]] = {}
    for tie in ties:
        known = pairs.get((tie.source, tie.target), ())
        pairs[tie.source, tie.target] = (*known, tie.path) if tie.path else known
    return pairs
