"""Columns of boxes and of the lines between them: which stands above which, and how high.

These are the two last steps of a layered drawing (see `publish.web.drawing.diagram`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

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
