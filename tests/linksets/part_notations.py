"""One IRI in its ways of being written, and what is another IRI all the same."""

from __future__ import annotations

import pytest

from publish.linksets.sameas import LONGEST, local, notations, tidied

PAGES = [("http://www.wikidata.org/entity/", "https://www.wikidata.org/wiki/")]
SAPPORO = "https://uedayou.net/loa/北海道札幌市"
ENCODED = "https://uedayou.net/loa/%E5%8C%97%E6%B5%B7%E9%81%93%E6%9C%AD%E5%B9%8C%E5%B8%82"


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("HTTP://Data.E-Stat.go.jp/lod/sac/C01100", "http://data.e-stat.go.jp/lod/sac/C01100"),
        (" <http://example.jp/a>\n", "http://example.jp/a"),
        ("http://example.jp:80/a", "http://example.jp/a"),
        ("https://example.jp:443/a", "https://example.jp/a"),
        ("https://example.jp:80/a", "https://example.jp:80/a"),
        (ENCODED, SAPPORO),
        (ENCODED.lower(), SAPPORO),
        ("http://example.jp/%7Eb", "http://example.jp/~b"),
        ("http://example.jp/Chu\u0304o\u0304", "http://example.jp/Chūō"),
        ("urn:x:Y", "urn:x:Y"),
    ],
)
def test_what_makes_no_difference_is_evened_out(written: str, tidy: str) -> None:
    assert tidied(written) == tidy
    assert notations(written)[1 if written.strip(" <>\n") != tidy else 0] == tidy


@pytest.mark.parametrize(
    "written",
    [
        "http://example.jp/a%2Fb",
        "http://example.jp/a%20b",
        "http://example.jp/%E3%80%80",
        "http://example.jp/%FF",
        "http://example.jp/%E2%80%AE",
    ],
)
def test_what_has_a_meaning_or_is_no_text_stays_encoded(written: str) -> None:
    assert tidied(written) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "札幌市",
        "011002",
        "/id/municipality/011002",
        "http:///a",
        "http://example.jp/a b",
        "http://example.jp/{a}",
        "http://example.jp/\x00",
        "http://example.jp/" + "a" * LONGEST,
    ],
)
def test_what_is_no_absolute_iri_has_no_notation(text: str) -> None:
    assert tidied(text) is None
    assert notations(text) == ()


def test_japanese_stands_as_it_is_or_encoded_with_either_scheme_and_end() -> None:
    plain = SAPPORO.replace("https:", "http:")
    for written in (SAPPORO, ENCODED, plain, f"{plain}/"):
        assert {SAPPORO, ENCODED, plain, f"{SAPPORO}/"} <= set(notations(written))


def test_the_given_one_comes_first() -> None:
    for written in (SAPPORO, ENCODED, "HTTPS://EXAMPLE.JP/a"):
        assert notations(written)[0] == written


@pytest.mark.parametrize(
    "written",
    [
        "http://www.wikidata.org/entity/Q37951",
        "https://www.wikidata.org/entity/Q37951",
        "http://www.wikidata.org/wiki/Q37951",
        "https://www.wikidata.org/wiki/Q37951/",
        "https://WWW.wikidata.org:443/wiki/Q37951",
    ],
)
def test_the_namespaces_of_one_data_set_stand_for_each_other(written: str) -> None:
    found = notations(written, PAGES)
    assert "http://www.wikidata.org/entity/Q37951" in found
    assert "https://www.wikidata.org/wiki/Q37951" in found


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("http://example.jp/a?b=1", "http://example.jp/a"),
        ("http://example.jp/a#b", "http://example.jp/a"),
        ("http://example.jp/A", "http://example.jp/a"),
        ("http://www.example.jp/a", "http://example.jp/a"),
        ("http://example.jp/a%2Fb", "http://example.jp/a/b"),
        ("http://www.wikidata.org/wiki/Q1", "http://www.wikidata.org/entity/Q2"),
        ("http://www.wikidata.org/wiki/", "http://www.wikidata.org/entity/"),
        ("http://www.wikidata.org.example.jp/wiki/Q1", "http://www.wikidata.org/entity/Q1"),
    ],
)
def test_another_iri_is_no_notation(written: str, other: str) -> None:
    assert other not in notations(written, PAGES)


def test_a_query_is_kept_and_given_no_slash() -> None:
    found = notations("https://example.jp/a?b=札幌")
    assert "http://example.jp/a?b=%E6%9C%AD%E5%B9%8C" in found
    assert not any(one.endswith("/") for one in found)


def test_there_are_few_notations_of_one_iri() -> None:
    assert len(notations(ENCODED, [("https://uedayou.net/loa/", "http://example.jp/")])) <= 24


def test_the_longest_namespace_tells_the_local_name() -> None:
    spaces = ["http://example.jp/", "http://example.jp/page/"]
    assert local("https://example.jp/page/a", spaces) == "a"
    assert local("https://example.com/a", spaces) is None
