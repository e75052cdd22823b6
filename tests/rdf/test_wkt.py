"""publish.rdf.wkt: areas written as text."""

from __future__ import annotations

import pytest

from publish.errors import GraphError
from publish.rdf.wkt import CRS84, is_area, rings

SQUARE = ((141.0, 43.0), (142.0, 43.0), (142.0, 44.0), (141.0, 44.0))
TEXT = "(141 43,142 43,142 44,141 44,141 43)"
HOLE = "(141.2 43.2,141.4 43.2,141.4 43.4,141.2 43.2)"


@pytest.mark.parametrize(
    "wkt",
    [
        f"POLYGON({TEXT})",
        f"polygon ( {TEXT} )",
        f"<{CRS84}> POLYGON ({TEXT})",
        f"MULTIPOLYGON(({TEXT}))",
        "POLYGON ((141.0 43.0, 142 43.0,\n142 44,141 +44 , 141 43))",
    ],
)
def test_a_ring_is_read_without_its_last_position_which_is_its_first(wkt: str) -> None:
    assert is_area(wkt)
    assert rings(wkt) == (SQUARE,)


def test_rings_of_all_parts_come_in_their_order() -> None:
    hole = ((141.2, 43.2), (141.4, 43.2), (141.4, 43.4))
    assert rings(f"POLYGON ({TEXT},{HOLE})") == (SQUARE, hole)
    assert rings(f"MULTIPOLYGON (({TEXT},{HOLE}),({TEXT}))") == (SQUARE, hole, SQUARE)


@pytest.mark.parametrize("wkt", ["POINT(141 43)", "LINESTRING(141 43,142 44)", "", "141 43"])
def test_other_forms_are_no_areas(wkt: str) -> None:
    assert not is_area(wkt)
    with pytest.raises(GraphError, match="no POLYGON or MULTIPOLYGON"):
        rings(wkt)


@pytest.mark.parametrize(
    ("wkt", "why"),
    [
        (f"<http://www.opengis.net/def/crs/EPSG/0/4326> POLYGON({TEXT})", "not in the reference"),
        (f"POLYGON{TEXT}", "brackets"),
        (f"POLYGON(({TEXT}))", "brackets"),
        (f"POLYGON({TEXT}", "brackets"),
        (f"POLYGON({TEXT}{TEXT})", "brackets"),
        (f"MULTIPOLYGON({TEXT})", "brackets"),
        (f"POLYGON({TEXT}) POINT(1 1)", "brackets"),
        ("POLYGON EMPTY", "brackets"),
        ("POLYGON((141 43,142 43,141 43))", "a ring is not closed"),
        ("POLYGON((141 43,142 43,142 44,141 44))", "a ring is not closed"),
        ("POLYGON((141 43 0,142 43 0,142 44 0,141 43 0))", '"141 43 0" is no longitude'),
        ("POLYGON((141 43,142,142 44,141 43))", '"142" is no longitude and latitude'),
        ("POLYGON((141 43,142 north,142 44,141 43))", '"142 north" is no longitude'),
        ("POLYGON((141 43,142 1e2,142 44,141 43))", '"142 1e2" is no longitude'),
        ("POLYGON((43 141,43 142,44 142,43 141))", "a position is not on the earth"),
    ],
)
def test_what_cannot_be_read_says_why(wkt: str, why: str) -> None:
    with pytest.raises(GraphError) as raised:
        rings(wkt)
    assert why in raised.value.said("en")
    assert "境界の座標が読み取れません" in raised.value.said("ja")
