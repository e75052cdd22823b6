"""Classes and their relations -> the geometry of a diagram.

Boxes stand in columns, and what they lead to stands to the right of them; every relation has a
place of its own in each column that it crosses, so that no line runs through a box or a name. The
method is that of layered drawings (Sugiyama, Tagawa and Toda 1981): cycles are broken, columns
found, their order improved until no fewer lines cross, and heights chosen so that lines are as
straight as can be. The same classes give the same drawing each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publish.web.drawing import layers
from publish.web.drawing.charts import ems, lines
from publish.web.drawing.layers import BETWEEN, Slot

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
    layers.arrange(columns)
    layers.level(columns)
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
    for node in sorted(nodes, key=lambda node: -ranks[node.key]):
        targets = [ranks[target] for source, target in forward if source == node.key]
        if targets and not any(target == node.key for _, target in forward):
            ranks[node.key] = min(targets) - 1
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
