""" """

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from publish.browse.vocabulary import read_vocabulary
from publish.project.dataset import read_dataset
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.shacl.rules import derive
from publish.shacl.shapes import read_shapes
from publish.web.drawing.diagram import (
    BETWEEN,
    Box,
    Diagram,
    Edge,
    Line,
    Node,
    Slot,
    Tie,
    arrange,
    diagram,
    domain,
    level,
    merged,
    range_,
    ties_of,
)
from tests.support.projects import IRIS, KV, append, write_project

NODES = [Node(key, key * 4) for key in "abcdefg"]
EDGES = [
    Edge("a", "c", "one"),
    Edge("b", "c", "two"),
    Edge("a", "d", "three"),
    Edge("b", "d", "four"),
    Edge("c", "e", "five"),
    Edge("a", "e", "six"),
    Edge("d", "e"),
    Edge("f", "e"),
]


def box(drawn: Diagram, key: str) -> Box:
    return next(one for one in drawn.boxes if one.key == key)


def points(line: Line) -> list[tuple[float, float]]:
    """Points close together on a line: those of its bends, and those between."""
    found: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([MHC])([^MHC]+)", line.path):
        values = [float(number) for number in numbers.split()]
        if command == "M":
            found.append((values[0], values[1]))
        elif command == "H":
            (x, y), steps = found[-1], 40
            found += [(x + (values[0] - x) * n / steps, y) for n in range(1, steps + 1)]
        else:
            start = found[-1]
            corners = [start, *zip(values[::2], values[1::2], strict=True)]
            found += [curve(corners, n / 40) for n in range(1, 41)]
    return found


def curve(corners: list[tuple[float, float]], at: float) -> tuple[float, float]:
    weights = [(1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3]
    x, y = (sum(w * c[axis] for w, c in zip(weights, corners, strict=True)) for axis in (0, 1))
    return x, y


def inside(one: Box, x: float, y: float) -> bool:
    """Tell whether a point is well within a box."""
    return one.x + 1 < x < one.x + one.width - 1 and one.y + 1 < y < one.y + one.height - 1


def test_what_is_led_to_stands_to_the_right() -> None:
    drawn = diagram(NODES, EDGES)
    for edge in EDGES:
        source, target = box(drawn, edge.source), box(drawn, edge.target)
        assert source.x + source.width < target.x


def test_boxes_do_not_touch() -> None:
    for one, other in combinations(diagram(NODES, EDGES).boxes, 2):
        apart = (
            one.x + one.width < other.x
            or other.x + other.width < one.x
            or one.y + one.height < other.y
            or other.y + other.height < one.y
        )
        assert apart, (one, other)


def test_no_line_runs_through_a_box() -> None:
    drawn = diagram(NODES, EDGES)
    assert len(drawn.lines) == len(EDGES)
    for line in drawn.lines:
        crossed = [one.key for one in drawn.boxes for x, y in points(line) if inside(one, x, y)]
        assert crossed == [], line.edge


def test_a_line_leads_from_its_source_to_its_target() -> None:
    drawn = diagram(NODES, [*EDGES, Edge("e", "a", "back")])
    for line in drawn.lines:
        (x, y), (to_x, to_y) = points(line)[0], points(line)[-1]
        source, target = box(drawn, line.edge.source), box(drawn, line.edge.target)
        assert round(x) in (round(source.x), round(source.x + source.width))
        assert source.y <= y <= source.y + source.height
        assert round(to_x) in (round(target.x), round(target.x + target.width))
        assert target.y <= to_y <= target.y + target.height


def test_names_do_not_overlap_each_other_or_boxes() -> None:
    drawn = diagram(NODES, EDGES)
    places = [place for line in drawn.lines for place in line.lines]
    assert {text for _, _, text in places} == {"one", "two", "three", "four", "five", "six"}
    for (x, y, _), (other_x, other_y, _) in combinations(places, 2):
        assert abs(x - other_x) > 30 or abs(y - other_y) >= 18
    assert not [1 for x, y, _ in places for one in drawn.boxes if inside(one, x, y)]


def test_everything_stands_within_the_drawing() -> None:
    drawn = diagram(NODES, EDGES)
    for one in drawn.boxes:
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.width <= drawn.width
        assert one.y + one.height <= drawn.height
    for line in drawn.lines:
        assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in points(line))


def test_lines_that_need_not_cross_do_not() -> None:
    edges = [Edge("a", "g", "x"), Edge("b", "f", "y"), Edge("c", "e", "z")]
    drawn = diagram(NODES, edges)
    left = sorted("abc", key=lambda key: box(drawn, key).y)
    right = sorted("efg", key=lambda key: box(drawn, key).y)
    pairs = {edge.source: edge.target for edge in edges}
    assert [pairs[key] for key in left] == right


def test_what_nothing_is_related_to_stands_below() -> None:
    drawn = diagram(NODES, EDGES)
    lowest = max(one.y + one.height for one in drawn.boxes if one.key != "g")
    assert box(drawn, "g").y > lowest


def test_a_class_of_no_relation_at_all_is_drawn() -> None:
    drawn = diagram(NODES[:1], [])
    assert [one.key for one in drawn.boxes] == ["a"]
    assert drawn.width >= drawn.boxes[0].width
    assert diagram([], []) == Diagram(0, 0, (), ())


def test_a_relation_of_a_class_to_itself_is_not_drawn() -> None:
    drawn = diagram(NODES[:2], [Edge("a", "a", "self"), Edge("a", "b", "other")])
    assert [line.edge.name for line in drawn.lines] == ["other"]


def test_lines_to_a_wider_class_end_at_one_point() -> None:
    drawn = diagram(NODES[:4], [Edge("a", "d"), Edge("b", "d"), Edge("c", "d")])
    assert len({points(line)[-1] for line in drawn.lines}) == 1


def test_the_same_classes_give_the_same_drawing() -> None:
    assert diagram(NODES, EDGES) == diagram(NODES, EDGES)


def test_a_long_name_goes_on_in_another_line() -> None:
    drawn = diagram([Node("a", "とても長いクラスの名称である区分")], [])
    assert len(drawn.boxes[0].lines) > 1


def ties(project: Path, more: str = "") -> set[tuple[str, str, str | None]]:
    """The relations of the small project's classes, by short names."""
    append(write_project(project) / "ontology" / "kasumi.ttl", more)
    dataset, shapes = read_dataset(project, IRIS), read_shapes(project, IRIS)
    derive(dataset, shapes)
    store = dataset.store()
    found = ties_of(read_vocabulary(store, IRIS), shapes, store)
    return {(short(t.source), short(t.target), t.path and short(t.path)) for t in found}


def short(iri: str) -> str:
    return iri.removeprefix(KV)


def test_properties_without_domains_are_drawn_as_the_shapes_have_them(tmp_path: Path) -> None:
    assert ties(tmp_path / "p") == {
        ("Town", "Place", None),
        ("Plan", "Town", "town"),
        ("Step", "Plan", "stepOf"),
    }


def test_of_two_inverse_properties_the_derived_one_is_left_out(tmp_path: Path) -> None:
    assert not [path for _, _, path in ties(tmp_path / "p") if path == "hasStep"]


def test_a_stated_domain_counts_more_than_the_shapes(tmp_path: Path) -> None:
    stated = """
kv:times a owl:ObjectProperty ;
    <http://schema.org/domainIncludes> kv:Place ; <http://schema.org/rangeIncludes> kv:Plan ."""
    found = ties(tmp_path / "p", stated)
    assert ("Place", "Plan", "times") in found
    assert ("Step", "Plan", "times") not in found


def test_a_class_without_relations_gets_one_from_the_shapes(release: Release) -> None:
    vocabulary = read_vocabulary(release.store, release.iris)
    found = ties_of(vocabulary, release.shapes, release.store)
    own = release.iris.of("ontology#")
    tied = {end for tie in found if tie.source != tie.target for end in (tie.source, tie.target)}
    assert vocabulary.classes.keys() - tied == set()
    assert Tie(f"{own}Initiative", f"{own}PriorityProject", ns.DCTERMS + "isPartOf") in found
    assert Tie(f"{own}SourcePassage", f"{own}SourceDocument", ns.DCTERMS + "isPartOf") in found
    assert Tie(f"{own}Region", f"{own}AdministrativeUnit") in found


@pytest.mark.parametrize(("local", "classes"), [("region", {"Initiative", "Activity"})])
def test_domain_and_range_are_those_of_the_ontology(
    release: Release, local: str, classes: set[str]
) -> None:
    vocabulary = read_vocabulary(release.store, release.iris)
    own = release.iris.of("ontology#")
    assert {*domain(vocabulary, release.shapes, own + local)} == {own + name for name in classes}
    assert range_(vocabulary, release.shapes, own + local) == (f"{own}Region",)


def test_relations_of_the_same_classes_are_merged() -> None:
    found = merged([Tie("a", "b", "p"), Tie("a", "b", "q"), Tie("c", "b"), Tie("a", "c", "p")])
    assert found == {("a", "b"): ("p", "q"), ("c", "b"): (), ("a", "c"): ("p",)}


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
