"""Geometries written as WKT (OGC 06-103r4, section 7): rings, positions, GeoJSON.

Rings are read of the two forms that areas have, and strictly: what the libraries for it add (other
forms, a geometry engine in C) no map here needs, and their errors do not say what is wrong in both
languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal

from publish.errors import GraphError
from publish.i18n import Text

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

#: Longitude and latitude in degrees.
Position = tuple[float, float]
#: A closed line of positions; the first is not said again at the end.
Ring = tuple[Position, ...]
#: The outer and inner rings of all parts of an area: inside is what an odd number of them encloses.
Rings = tuple[Ring, ...]
_LITERAL = re.compile(
    r"\s*(?:<(?P<crs>[^>]*)>\s*)?(?P<form>[A-Za-z]+)\s*(?P<body>.*?)\s*", re.DOTALL
)
_RING = re.compile(r"\(([^()]*)\)")
#: What is left of the text when each ring is written as R and blanks are left out.
_NESTED = {
    "POLYGON": re.compile(r"\(R(,R)*\)"),
    "MULTIPOLYGON": re.compile(r"\(\(R(,R)*\)(,\(R(,R)*\))*\)"),
}
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_OUTLINES = _NESTED | {
    "POINT": re.compile("R"),
    "LINESTRING": re.compile("R"),
    "MULTIPOINT": re.compile(r"R|\(R(,R)*\)"),
    "MULTILINESTRING": _NESTED["POLYGON"],
}
#: A position: two numbers to four (height and measure).
_POSITION = re.compile(rf"\s*{_NUMBER.pattern}(\s+{_NUMBER.pattern}){{1,3}}\s*")
#: The first two numbers of a position; a third would be its height.
_START = re.compile(rf"[(,]\s*({_NUMBER.pattern})\s+({_NUMBER.pattern})")
#: Names of forms in GeoJSON (RFC 7946, section 3.1), and the form of a position in its lists.
_GEOJSON = {
    "POINT": "Point",
    "LINESTRING": "LineString",
    "POLYGON": "Polygon",
    "MULTIPOLYGON": "MultiPolygon",
}
_COORDINATES = re.compile(r"\([-\d.,\s()]*\)")
_PAIR = re.compile(r"(-?[0-9.]+)\s+(-?[0-9.]+)")


def is_wkt(wkt: str) -> bool:
    """Tell whether a geometry is well written: its form is known, brackets and numbers are right.

    >>> is_wkt("POINT (141.35 43.06)"), is_wkt("POINT (141.35, 43.06)"), is_wkt("POINT (141.35 43.06")
    (True, False, False)
    """
    found = _LITERAL.fullmatch(wkt)
    form = found["form"].upper() if found else ""
    if found is None or form not in _OUTLINES:
        return form == "GEOMETRYCOLLECTION"  # its parts are not looked at
    outline = re.sub(r"\s+", "", _RING.sub("R", found["body"]))
    lists = _RING.findall(found["body"])
    return _OUTLINES[form].fullmatch(outline) is not None and all(
        _POSITION.fullmatch(position) for listed in lists for position in listed.split(",")
    )


def is_area(wkt: str) -> bool:
    """Tell whether a geometry is one of the forms that areas have, well written or not."""
    found = _LITERAL.fullmatch(wkt)
    return found is not None and found["form"].upper() in _NESTED


def rings(wkt: str) -> Rings:
    """Return the rings of a POLYGON or MULTIPOLYGON (OGC 06-103r4, section 7), lon lat, CRS84.

    Raises GraphError for another form or reference system, and for what is not well written.
    """
    found = _LITERAL.fullmatch(wkt)
    form = found["form"].upper() if found else ""
    if found is None or form not in _NESTED:
        raise _unreadable(
            Text("POLYGON でも MULTIPOLYGON でもありません", "no POLYGON or MULTIPOLYGON")
        )
    if found["crs"] not in (None, CRS84):
        raise _unreadable(
            Text("座標参照系がCRS84ではありません", "not in the reference system CRS84")
        )
    outline = re.sub(r"\s+", "", _RING.sub("R", found["body"]))
    if not _NESTED[form].fullmatch(outline):
        raise _unreadable(Text("かっこが合っていません", "its brackets do not fit together"))
    return tuple(map(_ring, _RING.findall(found["body"])))


def positions(wkt: str) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the positions of a geometry; none if it is in another reference system.

    >>> list(positions("LINESTRING (141.5 43, 142 43.25)"))
    [(Decimal('141.5'), Decimal('43')), (Decimal('142'), Decimal('43.25'))]
    """
    found = _LITERAL.fullmatch(wkt)
    if found and found["crs"] in (None, CRS84):
        for x, y in _START.findall(found["body"]):
            yield Decimal(x), Decimal(y)


def swapped(wkt: str) -> bool:
    """Tell whether the positions of a geometry are on the earth only with their two numbers swapped.

    >>> swapped("POINT (43.06 141.35)"), swapped("POINT (141.35 43.06)")
    (True, False)
    """
    found = list(positions(wkt))
    return any(abs(y) > 90 for _, y in found) and all(
        abs(x) <= 90 and abs(y) <= 180 for x, y in found
    )


def geojson(wkt: str) -> str | None:
    """Return a geometry as GeoJSON, or None for a form that is not known here.

    >>> geojson("POINT (141.35 43.06)")
    '{"type": "Point", "coordinates": [141.35, 43.06]}'
    """
    found = _LITERAL.fullmatch(wkt)
    if not found or found["form"] not in _GEOJSON or not _COORDINATES.fullmatch(found["body"]):
        return None
    listed = _PAIR.sub(r"[\1,\2]", found["body"]).replace("(", "[").replace(")", "]")
    try:
        coordinates = json.loads(listed)
    except ValueError:
        return None
    if found["form"] == "POINT":
        coordinates = coordinates[0]
    return json.dumps({"type": _GEOJSON[found["form"]], "coordinates": coordinates})


def _ring(text: str) -> Ring:
    positions = [_position(part) for part in text.split(",")]
    if len(positions) < 4 or positions[0] != positions[-1]:
        raise _unreadable(Text("閉じていない輪があります", "a ring is not closed"))
    return tuple(positions[:-1])


def _position(text: str) -> Position:
    numbers = text.split()
    if len(numbers) != 2 or not all(map(_NUMBER.fullmatch, numbers)):
        said = text.strip()
        raise _unreadable(
            Text(
                "「{said}」は経度と緯度ではありません", '"{said}" is no longitude and latitude'
            ).format(said=said)
        )
    longitude, latitude = map(float, numbers)
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise _unreadable(Text("地球の外の座標があります", "a position is not on the earth"))
    return longitude, latitude


def _unreadable(why: Text) -> GraphError:
    return GraphError(
        Text("境界の座標が読み取れません（{why}）。", "The outline cannot be read ({why}).").format(
            why=why
        ),
        Text(
            "経度・緯度の順（CRS84）で、POLYGON 又は MULTIPOLYGON として書いてください。",
            "Write it as POLYGON or MULTIPOLYGON, longitude first (CRS84).",
        ),
    )
