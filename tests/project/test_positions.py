"""publish.project.positions: points are in the areas that they are said to be in."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import Place, Problem
from publish.project.dataset import read_dataset
from publish.project.positions import TOLERANCE, distance, is_inside, problems
from tests.support.projects import IRIS, append, write_project

PLANS = Path("data/source.plans.ttl")
SQUARE = ((140.0, 43.0), (141.0, 43.0), (141.0, 44.0), (140.0, 44.0))
HOLE = ((140.4, 43.4), (140.6, 43.4), (140.6, 43.6), (140.4, 43.6))
#: Two areas side by side, north on the left, and one where a swapped position is on the earth, too.
AREAS = """
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#>
<id/area/north> skos:prefLabel "北地域"@ja , "North"@en ; geo:hasDefaultGeometry <id/geometry/north> .
<id/area/south> skos:prefLabel "南地域"@ja , "South"@en ; geo:hasGeometry <id/geometry/south> .
<id/area/west> skos:prefLabel "西地域"@ja , "West"@en ; geo:hasDefaultGeometry <id/geometry/west> .
<id/geometry/north> geo:asWKT "POLYGON ((140 43,141 43,141 44,140 44,140 43))"^^geo:wktLiteral .
<id/geometry/south> geo:asWKT "POLYGON ((141 43,142 43,142 44,141 44,141 43))"^^geo:wktLiteral .
<id/geometry/west> geo:asWKT "POLYGON ((10 50,11 50,11 51,10 51,10 50))"^^geo:wktLiteral .
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def _found(project: Path, more: str) -> list[Problem]:
    append(project / PLANS, AREAS + more)
    return list(problems(read_dataset(project, IRIS)))


def _town(project: Path, latitude: float, longitude: float, area: str = "north") -> list[Problem]:
    return _found(
        project,
        f'<id/place/kiri> skos:prefLabel "霧村"@ja , "Kiri"@en ;\n  wgs:lat {latitude} ;\n'
        f"  wgs:long {longitude} ;\n  geo:sfWithin <id/area/{area}> .\n",
    )


def _line(project: Path, text: str) -> Place:
    lines = (project / PLANS).read_text("utf-8").split("\n")
    return Place(str(PLANS), next(n for n, line in enumerate(lines, 1) if text in line))


@pytest.mark.parametrize(
    ("latitude", "longitude", "area"),
    [
        (43.5, 140.5, "north"),
        (43.5, 141.5, "south"),
        (50.5, 10.5, "west"),
        (43.999, 140.001, "north"),
        (44.005, 140.5, "north"),
    ],
)
def test_a_point_in_its_area_or_just_beside_it_is_right(
    project: Path, latitude: float, longitude: float, area: str
) -> None:
    assert _town(project, latitude, longitude, area) == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "area"),
    [(140.5, 43.5, "north"), (141.9, 43.1, "south"), (10.5, 50.5, "west"), (10.1, 50.9, "west")],
)
def test_latitude_and_longitude_swapped_are_told_as_such(
    project: Path, latitude: float, longitude: float, area: str
) -> None:
    (problem,) = _town(project, latitude, longitude, area)
    assert problem.what.ja == (
        f"「霧村」の緯度と経度が入れ替わっています（緯度{latitude}、経度{longitude}）。"
    )
    assert problem.what.en.startswith('Latitude and longitude of "Kiri" are swapped')
    assert problem.remedy.ja == f"緯度を{longitude}、経度を{latitude}としてください。"
    assert problem.place == _line(project, "wgs:lat")


def test_a_point_that_no_area_is_known_for_is_on_the_earth(project: Path) -> None:
    found = _found(
        project,
        "<id/place/a> wgs:lat 141.2 ; wgs:long 43.0 .\n"
        "<id/place/b> wgs:lat 4305.0 ; wgs:long 141.2 .\n"
        "<id/place/c> wgs:lat 43.0 ; wgs:long 141.2 .\n"
        "<id/place/d> wgs:lat 43.0 .\n",
    )
    assert [problem.what.ja for problem in found] == [
        "「id/place/a」の緯度と経度が入れ替わっています（緯度141.2、経度43）。",
        "「id/place/b」の位置（緯度4305、経度141.2）が地球の外です。",
    ]


@pytest.mark.parametrize(
    ("latitude", "longitude", "far", "remedy"),
    [
        (43.5, 141.5, 40, "その位置は「南地域」の中です。"),
        (50.5, 10.5, 12000, "その位置は「西地域」の中です。"),
        (44.5, 140.5, 56, "緯度・経度（世界測地系の十進度）と"),
        (43.5, 139.9, 8, "緯度・経度（世界測地系の十進度）と"),
        (44.02, 140.5, 2, "緯度・経度（世界測地系の十進度）と"),
    ],
)
def test_a_point_outside_its_area_is_refused(
    project: Path, latitude: float, longitude: float, far: int, remedy: str
) -> None:
    (problem,) = _town(project, latitude, longitude)
    said = f"「霧村」の位置（緯度{latitude}、経度{longitude}）が、「北地域」の境界の外（約"
    assert problem.what.ja.startswith(said)
    told = int(problem.what.ja.removeprefix(said).removesuffix(" km）にあります。"))
    assert abs(told - far) <= far * 0.3
    assert problem.remedy.ja.startswith(remedy)
    assert problem.place == _line(project, "geo:sfWithin <id/area/north>")


def test_a_point_outside_its_own_outline_is_refused(project: Path) -> None:
    (problem,) = _found(project, "<id/area/north> wgs:lat 42.5 ;\n  wgs:long 140.5 .\n")
    assert "「北地域」の境界の外（約56 km）" in problem.what.ja


@pytest.mark.parametrize(
    ("wkt", "said"),
    [
        ("POLYGON ((43 140,43 141,44 141,44 140,43 140))", "緯度と経度が入れ替わっています"),
        ("POLYGON ((140 43,141 43,141 44,140 44))", "閉じていない輪"),
        ("POLYGON ((140 43,141 430,141 44,140 43))", "地球の外の座標"),
        ("<http://www.opengis.net/def/crs/EPSG/0/6668> POLYGON ((1 2,3 4,5 6,1 2))", "CRS84ではありません"),
    ],
)  # fmt: skip
def test_an_outline_that_cannot_be_read_is_refused(project: Path, wkt: str, said: str) -> None:
    (problem,) = _found(project, f'<id/geometry/x> geo:asWKT "{wkt}"^^geo:wktLiteral .\n')
    assert said in problem.what.ja
    assert problem.place == _line(project, "<id/geometry/x>")


def test_what_is_in_a_hole_is_not_inside() -> None:
    assert is_inside((140.2, 43.5), (SQUARE, HOLE))
    assert not is_inside((140.5, 43.5), (SQUARE, HOLE))
    assert not is_inside((142.0, 43.5), (SQUARE, HOLE))


def test_distance_is_that_to_the_nearest_side_or_corner() -> None:
    assert distance((140.5, 44.1), (SQUARE,)) == pytest.approx(11.12)
    assert distance((140.5, 43.5), (SQUARE, HOLE)) == pytest.approx(0.1 * 111.2 * 0.7254, rel=0.01)
    assert distance((141.0, 44.0), (SQUARE,)) == 0
    assert TOLERANCE == 1.0
