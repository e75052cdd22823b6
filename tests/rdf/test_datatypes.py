"""publish.rdf.datatypes: which texts are values of the datatypes of XML Schema."""

from __future__ import annotations

import pytest

from publish.rdf import namespaces as ns
from publish.rdf.datatypes import form, is_well_formed

VALUES = {
    "gYearMonth": ["2020-12", "-0044-03", "12020-01", "2020-01Z", "2020-01+09:00"],
    "gYear": ["2020", "-0001", "0000", "2020Z"],
    "gMonth": ["--12"],
    "gDay": ["---31"],
    "gMonthDay": ["--02-29", "--12-31Z"],
    "date": ["2020-02-29", "2020-01-01+09:00"],
    "dateTime": ["2020-01-01T24:00:00", "2020-01-01T10:00:00.5Z"],
    "dateTimeStamp": ["2020-01-01T00:00:00Z"],
    "time": ["24:00:00", "10:00:00Z"],
    "duration": ["P1Y2M3DT4H5M6.7S", "-P1D", "PT0S"],
    "dayTimeDuration": ["P1DT2H"],
    "yearMonthDuration": ["P1Y"],
    "language": ["ja", "ja-Hrkt", "en-GB"],
    "anyURI": ["", "http://a/日本", "a/b#c", "urn:x:1", "mailto:a@b"],
    "hexBinary": ["", "0aFF"],
    "base64Binary": ["", "YWI=", "YWJj", "YQ=="],
    "integer": ["1", "+1", "-0", "007"],
    "byte": ["127", "-128"],
    "decimal": ["1", "1.", "-.5", "1.50"],
    "double": ["1e3", "INF", "-INF", "NaN", "1.5E-3", "+INF"],
    "float": ["1"],
    "boolean": ["true", "false", "1", "0"],
    "token": ["a b"],
    "positiveInteger": ["1"],
    "nonNegativeInteger": ["0", "-0"],
}
NO_VALUES = {
    "gYearMonth": [
        "2020-13",
        "2020-1",
        "20-01",
        "2020-00",
        "2020-01-01",
        "２０２０-01",
        "R2.8",
        "",
    ],
    "gYear": ["20", "02020", "year", "2020年", " 202 0"],
    "gMonth": ["--13", "13", "--1"],
    "gDay": ["---32", "---00", "31"],
    "gMonthDay": ["--02-30", "--13-01", "02-01"],
    "date": ["2020-02-30", "2021-02-29", "2020-1-1", "20200101", "2020/01/01", "2020-13-01"],
    "dateTime": [
        "2020-01-01",
        "2020-01-01T25:00:00",
        "2020-01-01 10:00:00",
        "2020-02-30T00:00:00",
        "2020-01-01T10:00",
    ],
    "dateTimeStamp": ["2020-01-01T00:00:00"],
    "time": ["25:00:00", "10:00", "10:60:00"],
    "duration": ["P", "PT", "1Y", "P1S", "P1.5Y", "P1H", "P-1Y"],
    "dayTimeDuration": ["P1Y", "PT", "P1M"],
    "yearMonthDuration": ["P1D", "P"],
    "language": ["日本語", "ja_JP", "toolonglang1", "-ja", "ja-"],
    "anyURI": ["http://a b", "<http://a>", "http://a/%zz", 'http://a/"b', "http://a/{x}"],
    "hexBinary": ["abc", "xyz0", "a b0"],
    "base64Binary": ["abc", "a=bc", "****"],
    "integer": ["1.0", "abc", "１", "1e3", "+ 1", ""],
    "nonNegativeInteger": ["-1", "1.5"],
    "positiveInteger": ["0", "-1"],
    "negativeInteger": ["0"],
    "nonPositiveInteger": ["1"],
    "byte": ["128"],
    "short": ["40000"],
    "int": ["3000000000"],
    "long": ["9223372036854775808"],
    "unsignedByte": ["256", "-1"],
    "unsignedShort": ["70000"],
    "unsignedInt": ["4294967296"],
    "unsignedLong": ["18446744073709551616"],
    "decimal": ["1e3", "abc", "1,000", "NaN", ""],
    "double": ["abc", "1,5", "inf", "Infinity"],
    "float": ["INFINITY", "1..0"],
    "boolean": ["TRUE", "yes", "True", "2"],
    "token": [" a", "a  b"],
    "normalizedString": ["a\nb"],
    "NCName": ["1a", "a:b"],
    "NMTOKEN": ["a b"],
    "Name": ["1a"],
}


def _each(listed: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in listed.items() for value in values]


@pytest.mark.parametrize(("name", "value"), _each(VALUES))
def test_a_value_is_one(name: str, value: str) -> None:
    assert is_well_formed(value, ns.XSD + name)


@pytest.mark.parametrize(("name", "value"), _each(NO_VALUES))
def test_what_is_no_value_is_none(name: str, value: str) -> None:
    assert not is_well_formed(value, ns.XSD + name)


@pytest.mark.parametrize("name", NO_VALUES)
def test_blanks_around_a_value_make_it_none(name: str) -> None:
    if name == "normalizedString":
        return
    assert not is_well_formed(f" {VALUES.get(name, ['1'])[0] or '1'}", ns.XSD + name)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("POINT (141.35 43.06)", True),
        ("POINT(141.35 43.06 12.5)", True),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT (43.06 141.35)", True),
        ("POLYGON ((141 43, 142 43, 142 44, 141 43))", True),
        ("MULTIPOINT ((141 43), (142 43))", True),
        ("LINESTRING (141 43, 142 43)", True),
        ("POINT (141.35, 43.06)", False),
        ("POINT (141.35 43.06", False),
        ("POINT (141.35)", False),
        ("POLYGON (141 43, 142 43, 142 44, 141 43)", False),
        ("POYNT (141 43)", False),
        ("141.35 43.06", False),
        ("POINT (東経141 北緯43)", False),
    ],
)
def test_a_geometry_is_well_written(value: str, expected: bool) -> None:
    assert is_well_formed(value, ns.GEO + "wktLiteral") is expected


def test_texts_and_datatypes_of_others_are_not_looked_at() -> None:
    assert is_well_formed(" \t何でも", ns.XSD + "string")
    assert is_well_formed("何でも", "https://types.example/t")


@pytest.mark.parametrize("name", [*NO_VALUES, "wktLiteral"])
def test_how_a_value_is_written_is_told_in_both_languages(name: str) -> None:
    said = form((ns.GEO if name == "wktLiteral" else ns.XSD) + name)
    assert said.ja and said.en and not said.ja.isascii() and said.en.isascii()
