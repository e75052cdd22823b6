"""publish.rdf.namespaces: prefixes of standard vocabularies."""

from __future__ import annotations

import pytest

from publish.rdf import namespaces as ns


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("skos:prefLabel", "http://www.w3.org/2004/02/skos/core#prefLabel"),
        ("geo:sfWithin", "http://www.opengis.net/ont/geosparql#sfWithin"),
        ("wgs:lat", "http://www.w3.org/2003/01/geo/wgs84_pos#lat"),
        ("skos:", "http://www.w3.org/2004/02/skos/core#"),
    ],
)
def test_a_prefixed_name_is_expanded(name: str, expected: str) -> None:
    assert ns.expand(name) == expected


@pytest.mark.parametrize("name", ["kv:Plan", "prefLabel", "http://www.w3.org/", "time://x", ""])
def test_what_has_none_of_the_prefixes_is_not_expanded(name: str) -> None:
    assert ns.expand(name) is None


def test_an_iri_is_shortened_by_the_longest_namespace_that_fits() -> None:
    prefixes = {"id": "https://data.example.jp/id/", "plan": "https://data.example.jp/id/plan/"}
    assert ns.shorten("https://data.example.jp/id/plan/remote-care", prefixes) == "plan:remote-care"
    assert ns.shorten("https://data.example.jp/id/step", prefixes) == "id:step"


def test_an_iri_without_a_namespace_is_not_shortened() -> None:
    assert ns.shorten("https://data.example.jp/id/step", ns.PREFIXES) is None


def test_every_namespace_has_a_prefix() -> None:
    spaces = {
        value for name, value in vars(ns).items() if name.isupper() and isinstance(value, str)
    }
    assert spaces == set(ns.PREFIXES.values())


def test_no_namespace_has_two_prefixes() -> None:
    assert len(set(ns.PREFIXES.values())) == len(ns.PREFIXES)


def test_every_namespace_ends_where_local_names_begin() -> None:
    assert [space for space in ns.PREFIXES.values() if not space.endswith(("#", "/"))] == []
