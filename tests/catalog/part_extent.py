"""The bounds of a place come from the coordinates of what lies in it."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest

from publish.catalog.dcat import Bounds, bounds, extent_triples
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.rdf.wkt import positions

PLACES = """
    PREFIX geo: <http://www.opengis.net/ont/geosparql#>
    PREFIX id: <https://data.example.jp/id/>
    PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#>

    GRAPH id:reference {
        id:west geo:sfWithin id:whole ; geo:hasDefaultGeometry id:area .
        id:area geo:asWKT "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON (((139.5 41, 140 41.25, 140 42.1, 139.5 41)))" .
        id:elsewhere wgs:long 100.0 ; wgs:lat 10.0 .
        id:bare geo:sfWithin id:nowhere .
    }
    GRAPH id:derived {
        id:whole geo:sfContains id:east .
        id:east wgs:long 148.8 ; wgs:lat -45.5 .
    }
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(PLACES.encode(), ox.RdfFormat.TRIG)
    return store


def place(name: str) -> str:
    return f"https://data.example.jp/id/{name}"


def test_the_bounds_hold_areas_and_points_of_everything_inside(store: ox.Store) -> None:
    assert bounds(store, place("whole")) == Bounds(
        Decimal("139.5"), Decimal("-45.5"), Decimal("148.8"), Decimal("42.1")
    )


def test_a_place_without_coordinates_has_no_bounds(store: ox.Store) -> None:
    assert bounds(store, place("nowhere")) is None


def test_box_and_centre_are_well_known_text() -> None:
    found = Bounds(Decimal("139.5"), Decimal("41"), Decimal("148.8"), Decimal("45"))
    triples = list(extent_triples(node(place("whole")), found))
    assert {p.value.removeprefix(ns.DCAT): o.value for _, p, o in triples} == {
        "bbox": "POLYGON((139.5 41,148.8 41,148.8 45,139.5 45,139.5 41))",
        "centroid": "POINT(144.15 43)",
        ns.LOCN + "geometry": "POLYGON((139.5 41,148.8 41,148.8 45,139.5 45,139.5 41))",
    }
    datatypes = {o.datatype.value for _, _, o in triples if isinstance(o, ox.Literal)}
    assert datatypes == {ns.GEO + "wktLiteral"}


@pytest.mark.parametrize(
    ("wkt", "expected"),
    [
        ("POINT (141.5 -43)", [("141.5", "-43")]),
        ("POINT Z (141.5 43 120)", [("141.5", "43")]),
        ("LINESTRING Z (1 2 3, 4 5 6)", [("1", "2"), ("4", "5")]),
        ("POLYGON ((1 2,3 4,\n5 6,1 2))", [("1", "2"), ("3", "4"), ("5", "6"), ("1", "2")]),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT (43 141)", []),
        ("POINT EMPTY", []),
        ("", []),
    ],
)
def test_positions_are_read_from_text(wkt: str, expected: list[tuple[str, str]]) -> None:
    assert list(positions(wkt)) == [(Decimal(x), Decimal(y)) for x, y in expected]
