from __future__ import annotations

from publish.web.drawing.diagram import BETWEEN, Slot, arrange, level


def slots(*names: str) -> dict[str, Slot]:
    return {name: Slot((name,), 10, 20) for name in names}


def tie(one: Slot, other: Slot) -> None:
    one.after.append(other)
    other.before.append(one)


def test_an_order_without_crossings_is_found() -> None:
    found = slots("a", "b", "c", "x", "y", "z")
    for left, right in (("a", "z"), ("b", "y"), ("c", "x")):
        tie(found[left], found[right])
    columns = [[found[n] for n in "abc"], [found[n] for n in "xyz"]]
    arrange(columns)
    assert [slot.before[0] for slot in columns[1]] == columns[0]


def test_slots_keep_their_distance_and_their_order() -> None:
    found = slots("a", "b", "c", "x")
    for name in "abc":
        tie(found[name], found["x"])
    columns = [[found[n] for n in "abc"], [found["x"]]]
    level(columns)
    a, b, c = (found[n].y for n in "abc")
    assert b - a >= 20 + BETWEEN
    assert c - b >= 20 + BETWEEN
    assert found["x"].y == b


def test_what_is_tied_is_level_where_there_is_room() -> None:
    found = slots("a", "b", "x", "y")
    tie(found["a"], found["x"])
    tie(found["b"], found["y"])
    level([[found["a"], found["b"]], [found["x"], found["y"]]])
    assert (found["a"].y, found["b"].y) == (found["x"].y, found["y"].y)


def test_a_drawing_begins_at_the_top() -> None:
    found = slots("a", "b")
    level([[found["a"], found["b"]]])
    assert found["a"].y - found["a"].height / 2 == 1
