"""publish.web.drawing.map: which things have an outline, and the maps of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.browse.lists import members
from publish.release.release import Release, current
from publish.shacl.shapes import Kind
from publish.web.drawing.map import LARGE, Atlas, Map

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
