"""publish.web.drawing.map: which things have an outline, and the maps of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.browse.lists import members
from publish.rdf.wkt import Rings
from publish.release.release import Release, current
from publish.shacl.shapes import Kind
from publish.web.drawing.map import (
    LARGE,
    Area,
    Atlas,
    Frame,
    Label,
    Map,
    area,
    label,
    neighbours,
    path,
    readable,
)

_GEOMETRY = """
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX town: <id/town/>
PREFIX plan: <id/plan/>
PREFIX geometry: <id/geometry/>
"""


def atlas_of(release: Release, store: ox.Store | None = None) -> Atlas:
    store = store or release.store
    return Atlas(store, lambda kind: members(store, release.iris, kind), kind_of(release))


def kind_of(release: Release) -> Callable[[str], Kind | None]:
    def found(iri: str) -> Kind | None:
        parts = release.iris.thing_parts(iri)
        return release.shapes.kind(parts[0]) if parts else None

    return found


def kind(release: Release, segment: str) -> Kind:
    found = release.shapes.kind(segment)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def atlas(release: Release) -> Atlas:
    return atlas_of(release)


@pytest.fixture
def towns(kasumi: Path) -> Callable[[str], Atlas]:
    """Return the atlas of the small project with statements added."""
    small = current(kasumi / "releases")

    def made(turtle: str) -> Atlas:
        store = ox.Store()
        store.extend(small.store)
        store.load(_GEOMETRY + turtle, format=ox.RdfFormat.TURTLE, base_iri=small.iris.base)
        return atlas_of(small, store)

    return made


# -- The large map -------------------------------------------------------------------------------


def test_the_fourteen_regions_and_six_villages_have_outlines(
    atlas: Atlas, release: Release
) -> None:
    counts = {k.segment: len(atlas.outlines(k)) for k in release.shapes.kinds}
    assert {segment: count for segment, count in counts.items() if count} == {
        "region": 14,
        "village": 6,
    }


def test_the_large_map_draws_all_of_a_type_and_another_apart(
    atlas: Atlas, release: Release
) -> None:
    drawn = atlas.over_all(kind(release, "region"), [kind(release, "village")], 20)
    assert drawn is not None
    assert (drawn.width, len(drawn.areas)) == (LARGE, 14)
    ((apart, villages),) = drawn.apart
    assert (apart.segment, len(villages)) == ("village", 6)
    assert sum(len(area.path) for _, area in drawn.areas) < 40_000


def test_the_villages_lie_inside_the_region_that_they_are_coded_under(
    atlas: Atlas, release: Release
) -> None:
    """All but the borders between villages are in its outline, position by position."""
    region = atlas.outlines(kind(release, "region"))[release.iris.thing("region", "nemuro")]
    villages = atlas.outlines(kind(release, "village")).values()
    positions = {position for ring in region for position in ring}
    inner = {position for village in villages for ring in village for position in ring}
    assert len(inner - positions) < len(inner) / 20


def test_the_same_data_give_the_same_map(atlas: Atlas, release: Release) -> None:
    regions = kind(release, "region")
    assert atlas_of(release).over_all(regions, [], 20) == atlas.over_all(regions, [], 20)


# -- Small maps -----------------------------------------------------------------------------------


def around(atlas: Atlas, release: Release, type_: str, key: str) -> Map:
    found = atlas.around(release.iris.thing(type_, key), 20)
    assert found is not None
    return found


def names(release: Release, iris: tuple[str, ...]) -> list[str]:
    return [iri.removeprefix(release.iris.of("id/region/")) for iri in iris]


def test_an_area_is_shown_among_all_of_its_type_with_those_beside_it(
    atlas: Atlas, release: Release
) -> None:
    found = around(atlas, release, "region", "kushiro")
    assert (len(found.areas), found.here) == (14, release.iris.thing("region", "kushiro"))
    assert sorted(names(release, found.beside)) == ["nemuro", "okhotsk", "tokachi"]
    assert (found.own, found.point, found.within) == (None, None, "")


@pytest.mark.parametrize(("type_", "key"), [("municipality", "012106"), ("ward", "011011")])
def test_a_point_is_shown_inside_its_area(
    atlas: Atlas, release: Release, type_: str, key: str
) -> None:
    found = around(atlas, release, type_, key)
    region = {"municipality": "sorachi", "ward": "ishikari"}[type_]
    assert found.within == release.iris.thing("region", region)
    assert found.point is not None and found.own is None
    assert 0 < found.point[0] < found.width and 0 < found.point[1] < found.height
    assert {iri for iri, _ in found.areas} == {found.within, *found.beside}


def test_an_area_inside_another_one_is_shown_in_it(atlas: Atlas, release: Release) -> None:
    found = around(atlas, release, "village", "016951")
    assert names(release, (found.within,)) == ["nemuro"]
    assert found.own is not None and found.point is None


def test_what_only_has_areas_in_it_is_shown_as_all_of_those(atlas: Atlas, release: Release) -> None:
    found = around(atlas, release, "prefecture", "01")
    assert (len(found.areas), found.beside) == (14, ())


@pytest.mark.parametrize("thing", ["initiative/telemedicine", "topic/education", "nothing/at-all"])
def test_what_is_no_place_has_no_map(atlas: Atlas, release: Release, thing: str) -> None:
    assert atlas.around(release.iris.of(f"id/{thing}"), 20) is None


# -- Other people's data --------------------------------------------------------------------------


def test_without_outlines_there_is_no_map(kasumi: Path) -> None:
    small = current(kasumi / "releases")
    atlas = atlas_of(small)
    assert atlas.over_all(kind(small, "town"), [], 20) is None
    assert atlas.around(small.iris.thing("town", "992011"), 20) is None


def test_any_type_may_have_outlines(towns: Callable[[str], Atlas], kasumi: Path) -> None:
    square = '"POLYGON((139 36,140 36,140 37,139 37,139 36))"^^geo:wktLiteral'
    atlas = towns(f"town:992011 geo:hasGeometry geometry:a . geometry:a geo:asWKT {square} .")
    drawn = atlas.over_all(kind(current(kasumi / "releases"), "town"), [], 20)
    assert drawn is not None
    ((iri, area),) = drawn.areas
    assert iri.endswith("/id/town/992011")
    assert area.path == f"M8 {drawn.height - 8}l984 0 0-{drawn.height - 16}-984 0z"


def test_an_outline_that_cannot_be_read_is_left_out_and_the_log_says_why(
    towns: Callable[[str], Atlas], kasumi: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = '"POLYGON((139 36,140 36,140 37))"^^geo:wktLiteral'
    atlas = towns(f"town:992011 geo:hasGeometry geometry:a . geometry:a geo:asWKT {wrong} .")
    with caplog.at_level(logging.WARNING):
        assert atlas.outlines(kind(current(kasumi / "releases"), "town")) == {}
    assert "id/geometry/a" in caplog.text and "a ring is not closed" in caplog.text


@pytest.mark.parametrize("coordinates", ["wgs:lat 36.5", 'wgs:lat 36.5 ; wgs:long "east"'])
def test_a_place_without_both_coordinates_has_no_point(
    towns: Callable[[str], Atlas], kasumi: Path, coordinates: str
) -> None:
    square = '"POLYGON((139 36,140 36,140 37,139 37,139 36))"^^geo:wktLiteral'
    atlas = towns(
        f"town:992011 geo:hasGeometry geometry:a . geometry:a geo:asWKT {square} ."
        f"town:992020 geo:sfWithin town:992011 ; {coordinates} ."
    )
    assert atlas.around(current(kasumi / "releases").iris.thing("town", "992020"), 20) is None


# -- Outlines -> paths, labels, neighbours --------------------------------------------------------

#: A degree of latitude is 100 units down; at the middle latitude of 60° a degree of longitude is 50.
NORTH: Rings = (((10.0, 60.0), (12.0, 60.0), (12.0, 61.0), (10.0, 61.0)),)
SOUTH: Rings = (((10.0, 59.0), (12.0, 59.0), (12.0, 60.0), (10.0, 60.0)),)
FRAME = Frame.around([NORTH, SOUTH], 100)


def points(drawn: Area | None) -> set[tuple[int, int]]:
    """Return the corners of an area, all parts of it."""
    assert drawn is not None
    found, x, y = set(), 0, 0
    for command, numbers in re.findall(r"([Ml])([^Mlz]*)", drawn.path):
        values = list(map(int, re.findall(r"-?\d+", numbers)))
        for across, down in zip(values[::2], values[1::2], strict=True):
            x, y = (across, down) if command == "M" else (x + across, y + down)
            found.add((x, y))
    return found


# -- The frame -----------------------------------------------------------------------------------


def test_longitudes_are_narrowed_by_the_cosine_of_the_middle_latitude() -> None:
    assert (FRAME.width, FRAME.height) == (100, 200)
    assert FRAME.place((10.0, 61.0)) == (0, 0)
    assert FRAME.place((12.0, 59.0)) == (100, 200)
    assert FRAME.place((11.0, 60.0)) == (50, 100)


def test_a_margin_is_left_on_all_sides() -> None:
    frame = Frame.around([NORTH, SOUTH], 120, margin=10)
    assert (frame.width, frame.height) == (120, 220)
    assert frame.place((10.0, 61.0)) == (10, 10)
    assert frame.place((12.0, 59.0)) == (110, 210)


def test_in_a_given_height_the_areas_stand_in_the_middle() -> None:
    frame = Frame.around([NORTH, SOUTH], 300, 220, margin=10)
    assert (frame.width, frame.height) == (300, 220)
    assert frame.place((10.0, 61.0)) == (100, 10)
    assert frame.place((12.0, 59.0)) == (200, 210)


# -- Paths ----------------------------------------------------------------------------------------


def test_a_square_is_drawn_as_a_place_and_three_steps() -> None:
    drawn = area(NORTH, FRAME, 20)
    assert drawn is not None
    assert drawn.path == "M0 100l100 0 0-100-100 0z"


def test_every_part_of_an_area_begins_at_a_place_of_its_own() -> None:
    drawn = area((*NORTH, *SOUTH), FRAME, 20)
    assert drawn is not None
    assert drawn.path == "M0 100l100 0 0-100-100 0zM0 200l100 0 0-100-100 0z"


def test_steps_go_from_point_to_point() -> None:
    assert path([(5, 5), (3, 9), (-2, 9)]) == "M5 5l-2 4-5 0z"


def test_points_that_fall_together_are_drawn_once() -> None:
    close = ((10.0, 60.0), (10.001, 60.001), (12.0, 60.0), (12.0, 61.0), (10.0, 61.0))
    assert area((close,), FRAME, 20) == area(NORTH, FRAME, 20)


def test_a_border_is_the_same_line_for_both_areas_whichever_way_they_go_along_it() -> None:
    border = ((10.0, 60.0), (10.31, 60.18), (10.77, 59.93), (11.2, 60.27), (12.0, 60.0))
    above: Rings = ((*border, (12.0, 61.0), (10.0, 61.0)),)
    below: Rings = ((*reversed(border), (10.0, 59.0), (12.0, 59.0)),)
    common = points(area(above, FRAME, 20)) & points(area(below, FRAME, 20))
    assert common == {FRAME.place(position) for position in border}


def test_islands_too_small_to_be_seen_are_left_out() -> None:
    islet = ((10.1, 59.5), (10.1001, 59.5), (10.1001, 59.5001))
    assert area((*NORTH, islet), FRAME, 20) == area(NORTH, FRAME, 20)


def test_an_area_that_is_all_too_small_remains_as_a_dot() -> None:
    islet = ((10.1, 59.5), (10.1001, 59.5), (10.1001, 59.5001))
    drawn = area((islet,), FRAME, 20)
    assert drawn is not None
    assert drawn.path == "M5 150l1 0 0 1-1 0z"


def test_what_lies_outside_the_frame_is_not_drawn() -> None:
    east: Rings = (((20.0, 60.0), (21.0, 60.0), (21.0, 61.0)),)
    assert area(east, FRAME, 20) is None
    assert area((*NORTH, *east), FRAME, 20) == area(NORTH, FRAME, 20)


def test_what_goes_far_beyond_the_drawing_is_cut_just_outside_it() -> None:
    wide: Rings = (((0.0, 50.0), (22.0, 50.0), (22.0, 60.0), (0.0, 60.0)),)
    drawn = points(area(wide, FRAME, 20))
    assert drawn == {(-8, 208), (108, 208), (108, 100), (-8, 100)}


def test_a_border_is_cut_at_the_same_place_for_both_areas() -> None:
    border = ((5.0, 59.3), (17.0, 60.9))
    above: Rings = ((*border, (17.0, 70.0), (5.0, 70.0)),)
    below: Rings = ((*reversed(border), (5.0, 50.0), (17.0, 50.0)),)
    common = points(area(above, FRAME, 20)) & points(area(below, FRAME, 20))
    assert len(common) == 2 and {x for x, _ in common} == {-8, 108}


def test_an_area_that_only_goes_around_a_corner_of_the_drawing_is_not_drawn() -> None:
    corner: Rings = (((8.0, 60.9), (8.0, 65.0), (11.0, 65.0)),)
    assert FRAME.sees([FRAME.place(position) for position in corner[0]])
    assert area(corner, FRAME, 20) is None


# -- Labels ---------------------------------------------------------------------------------------


def test_a_name_stands_in_the_middle_of_a_square() -> None:
    drawn = area(NORTH, FRAME, 20)
    assert drawn is not None
    assert drawn.label == Label(x=50, y=50, room=100)


def test_a_name_stands_where_a_bent_area_is_widest() -> None:
    boot = [(0, 0), (30, 0), (30, 100), (90, 100), (90, 160), (0, 160)]
    assert label([boot], 20, FRAME) == Label(x=45, y=110, room=90)


def test_a_name_keeps_out_of_a_hole() -> None:
    outer, hole = [(0, 0), (100, 0), (100, 40), (0, 40)], [(10, 5), (40, 5), (40, 35), (10, 35)]
    assert label([outer, hole], 20, FRAME) == Label(x=70, y=20, room=60)


def test_a_name_stands_in_that_part_of_its_area_which_the_frame_shows() -> None:
    wide = [(-300, -300), (60, -300), (60, 80), (-300, 80)]
    assert label([wide], 20, FRAME) == Label(x=30, y=40, room=60)


def test_the_flattest_area_has_a_place_for_its_name() -> None:
    assert label([[(0, 10), (50, 10), (90, 10)]], 20, FRAME) == Label(x=0, y=10, room=0)


def test_names_do_not_meet_and_those_with_more_room_go_first() -> None:
    boxes = [(Label(50, 50, 10), 40), (Label(60, 60, 80), 40), (Label(50, 90, 5), 40)]
    assert readable(boxes, 20, (100, 200)) == (False, True, True)
    assert readable(boxes, 10, (100, 200)) == (True, True, True)


def test_names_that_matter_go_before_those_with_more_room() -> None:
    boxes = [(Label(50, 50, 10), 40), (Label(60, 60, 80), 40)]
    assert readable(boxes, 20, (100, 200), {0}) == (True, False)


def test_a_name_that_would_leave_the_drawing_is_not_shown() -> None:
    boxes = [(Label(10, 50, 10), 40), (Label(50, 195, 10), 40), (Label(80, 100, 10), 40)]
    assert readable(boxes, 20, (100, 200)) == (False, False, True)


# -- Neighbours -----------------------------------------------------------------------------------


def test_areas_that_share_a_piece_of_border_are_neighbours() -> None:
    corner: Rings = (((12.0, 61.0), (13.0, 61.0), (13.0, 62.0)),)
    found = neighbours({"north": NORTH, "south": SOUTH, "corner": corner})
    assert found == {
        "north": frozenset({"south"}),
        "south": frozenset({"north"}),
        "corner": frozenset(),
    }
