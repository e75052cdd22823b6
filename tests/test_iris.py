"""publish.iris: every address is made and read in one place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import SettingError
from publish.iris import KEY, Iris

LOD = Iris.at("https://data.example.jp/lod/")
#: Hypothesis makes keys quicker from their parts than from the pattern.
keys = st.lists(st.text("az09", min_size=1, max_size=5), min_size=1, max_size=3).map("-".join)
bases = st.sampled_from(
    [
        "https://data.example.jp/",
        "https://data.example.jp/lod/society5/",
        "http://127.0.0.1:8000/",
        "http://[::1]:8000/",
    ]
).map(Iris.at)


@given(keys)
def test_such_keys_are_what_the_pattern_means(key: str) -> None:
    assert re.fullmatch(KEY, key)


@given(bases, keys, keys)
def test_a_thing_that_was_minted_is_read_again(iris: Iris, type_: str, key: str) -> None:
    assert iris.thing_parts(iris.thing(type_, key)) == (type_, key)


@given(bases, st.text(st.sampled_from("id/ab-0A.é#?%"), max_size=14))
def test_whatever_is_read_as_a_thing_mints_the_same_iri(iris: Iris, rest: str) -> None:
    iri = iris.of(rest)
    parts = iris.thing_parts(iri)
    assert parts is None or iris.thing(*parts) == iri


@given(bases, st.text(max_size=30))
def test_path_and_relative_part_belong_to_the_same_address(iris: Iris, rest: str) -> None:
    iri = iris.of(rest)
    assert iris.relative(iri) == rest
    assert iris.origin + iris.path(iri) == iri


def test_addresses_stand_under_a_base_with_a_path() -> None:
    assert LOD.thing("plan", "remote-care") == "https://data.example.jp/lod/id/plan/remote-care"
    assert LOD.document("plan", "remote-care") == (
        "https://data.example.jp/lod/doc/plan/remote-care"
    )
    assert LOD.document("plan", "remote-care", "ttl") == (
        "https://data.example.jp/lod/doc/plan/remote-care.ttl"
    )
    assert LOD.list_("plan") == "https://data.example.jp/lod/doc/plan"
    assert LOD.graph("source") == "https://data.example.jp/lod/graph/source"
    assert LOD.dump("latest", "all.ttl.gz") == "https://data.example.jp/lod/dump/latest/all.ttl.gz"
    assert LOD.page("doc/stage/under-way", "en") == (
        "https://data.example.jp/lod/doc/stage/under-way.en.html"
    )


def test_the_parts_of_the_base_are_told() -> None:
    assert (LOD.origin, LOD.root) == ("https://data.example.jp", "/lod/")
    assert Iris.at("http://127.0.0.1:8000/").root == "/"


def test_a_path_is_absolute_below_the_origin() -> None:
    assert LOD.path("https://data.example.jp/lod/doc/plan") == "/lod/doc/plan"


def test_a_foreign_address_has_no_path_here() -> None:
    assert LOD.path("http://www.wikidata.org/entity/Q1") == "http://www.wikidata.org/entity/Q1"
    assert LOD.relative("https://data.example.jp/other/") is None


def test_a_thing_has_a_document() -> None:
    assert LOD.document_of(LOD.thing("town", "992011")) == LOD.document("town", "992011")
    assert LOD.document_of("http://www.wikidata.org/entity/Q1") is None


@pytest.mark.parametrize(
    "relative",
    [
        "id/plan",
        "id/plan/",
        "id/plan/a/b",
        "id/Plan/a",
        "id/plan/a.ttl",
        "id/plan/a--b",
        "id/plan/-a",
        "id/plan/遠隔",
        "id/plan/a\n",
        "doc/plan/a",
    ],
)
def test_what_has_not_the_form_of_a_thing_is_none(relative: str) -> None:
    assert LOD.thing_parts(LOD.of(relative)) is None


def test_a_graph_is_told_by_its_short_name() -> None:
    assert LOD.graph_name(LOD.graph("source")) == "source"
    assert LOD.graph_name("https://elsewhere.example/graph/source") is None


@pytest.mark.parametrize(
    "base",
    [
        "https://data.example.jp/",
        "https://data.example.jp:8443/lod/society5/",
        "http://127.0.0.1:8000/",
        "http://[::1]:8000/",
        "https://data.example.jp/~lod/a%20b/",
    ],
)
def test_an_http_address_that_ends_in_a_slash_can_be_a_base(base: str) -> None:
    assert Iris.at(base).base == base


@pytest.mark.parametrize(
    "base",
    [
        "",
        "/lod/",
        "data.example.jp/",
        "ftp://data.example.jp/",
        "https://data.example.jp",
        "https://data.example.jp/lod",
        "https://data.example.jp/lod/?a=b/",
        "https://data.example.jp/lod/#a/",
        "https://data.example.jp//lod/",
        "https://data.example.jp/a/../lod/",
        "https://data.example.jp/./",
        "https://data.example.jp/a b/",
        "https://data.example.jp/a<b/",
        "https://data.example.jp/%zz/",
        "https://data.example.jp/北/",
        "https://user:word@data.example.jp/",
        "https://data.example.jp:http/",
        "https://data.example.jp:65536/",
        "https://[::1/",
        "https://[1::2::3]/",
        "https:///lod/",
    ],
)
def test_any_other_base_is_refused_in_both_languages(base: str) -> None:
    with pytest.raises(SettingError) as caught:
        Iris.at(base)
    (problem,) = caught.value.problems
    assert problem.what.ja == f"公開URL（base）「{base}」は使えません。"
    assert problem.what.en == f'The base "{base}" cannot be used.'


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("http://127.0.0.1:8000/", True),
        ("http://127.1.2.3/", True),
        ("http://localhost/lod/", True),
        ("http://[::1]:8000/", True),
        ("https://data.example.jp/", False),
        ("https://127.example.jp/", False),
    ],
)
def test_a_loopback_base_is_a_preview(base: str, expected: bool) -> None:
    assert Iris.at(base).is_preview is expected
