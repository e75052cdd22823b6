"""Searches in a catalogue of two packages: order, pages, counts."""

from __future__ import annotations

from typing import Any

import pytest

from publish.catalog.ckan.search import Search, search
from publish.errors import QueryError
from tests.support.catalogues import packages_of

PACKAGES = packages_of().packages
PLANS, PLACES = "kasumi-plans", "data-example-jp-lod-catalog-dataset-places"


def names(found: dict[str, Any]) -> list[str]:
    return [package["name"] for package in found["results"]]


def found(**wanted: Any) -> list[str]:
    return names(search(PACKAGES, Search(**wanted)))


def test_everything_is_found_the_latest_first() -> None:
    assert found() == found(query="*:*") == [PLANS, PLACES]
    assert search(PACKAGES, Search())["count"] == 2


def test_query_and_filters_hold_together() -> None:
    assert found(query="霞県", filters=("tags:市町",)) == [PLACES]
    assert found(query="計画", filters=("tags:市町",)) == []
    assert found(filters=("tags:霞県", "res_format:CSV")) == [PLANS]


def test_names_titles_notes_tags_and_publishers_are_searched_in_both_languages() -> None:
    for query in ("kasumi-plans", "plans of", "all plans", "ロボット", "Society"):
        assert found(query=query) == [PLANS], query
    assert found(query="霞県") == [PLANS, PLACES]


def test_a_licence_is_found_by_its_other_names() -> None:
    for name in ("cc-by-40-intl", "CC-BY-4.0", "cc-by"):
        assert found(filters=(f"license_id:{name}",)) == [PLANS]
    assert found(filters=("isopen:true",)) == [PLANS]


def test_extras_are_fields_too() -> None:
    assert found(filters=("identifier:kasumi-plans",)) == [PLANS]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name asc", [PLACES, PLANS]),
        ("name desc", [PLANS, PLACES]),
        ("metadata_modified asc", [PLACES, PLANS]),
        ("metadata_modified desc, name asc", [PLANS, PLACES]),
        ("title_string asc", [PLACES, PLANS]),  # 霞県の市町 before 霞県の計画
        ("score desc", [PLACES, PLANS]),
        ("relevance asc", [PLACES, PLANS]),
        ("rank", [PLANS, PLACES]),
    ],
)
def test_packages_come_in_the_order_asked_for(sort: str, expected: list[str]) -> None:
    assert found(sort=sort) == expected


def test_what_has_the_word_in_its_title_comes_first() -> None:
    assert found(query="市町 OR 霞県", sort="score desc") == [PLACES, PLANS]
    assert found(query="計画 OR 霞県", sort="score desc") == [PLANS, PLACES]


@pytest.mark.parametrize("sort", ["colour asc", "name up", "name asc desc", ",", "name;"])
def test_an_order_that_is_none_is_refused(sort: str) -> None:
    with pytest.raises(QueryError):
        search(PACKAGES, Search(sort=sort))


def test_pages_end() -> None:
    pages = [found(rows=1, start=start, sort="id asc") for start in range(4)]
    assert sorted(pages[0] + pages[1]) == sorted([PLANS, PLACES])
    assert pages[2] == pages[3] == []
    assert search(PACKAGES, Search(rows=0))["count"] == 2


def test_facets_count_values_and_name_them() -> None:
    fields = ("tags", "res_format", "organization", "groups", "license_id", "nothing")
    answer = search(PACKAGES, Search(facets=fields))
    assert answer["facets"]["tags"]["霞県"] == 2
    assert answer["facets"]["res_format"] == {"CSV": 1, "TTL": 1}
    assert answer["facets"]["nothing"] == {}
    items = {name: one["items"] for name, one in answer["search_facets"].items()}
    assert items["groups"] == [{"name": "regi", "display_name": "地域・都市", "count": 1}]
    assert items["organization"][0]["display_name"] == "霞県"
    assert items["tags"][0] == {"name": "霞県", "display_name": "霞県", "count": 2}
    titles = {item["name"]: item["display_name"] for item in items["license_id"]}
    assert titles["cc-by-40-intl"] == "Creative Commons Attribution 4.0 International"


def test_facets_are_as_long_as_asked_for() -> None:
    assert len(search(PACKAGES, Search(facets=("tags",), facet_limit=2))["facets"]["tags"]) == 2
    assert len(search(PACKAGES, Search(facets=("tags",), facet_limit=-1))["facets"]["tags"]) == 5
    assert search(PACKAGES, Search(facets=("tags",), facet_least=2))["facets"]["tags"] == {
        "霞県": 2
    }
