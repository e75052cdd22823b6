"""What a search means, tried on the values of one package.

Searches in a catalogue of two packages: order, pages, counts.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.catalog.ckan.search import Fields, Search, fold, read_query, search
from publish.errors import QueryError
from tests.catalog.ckan.conftest import packages_of

FIELDS: Fields = {
    name: tuple(map(fold, values))
    for name, values in {
        "text": ("霞県の計画 2031", "Plans of Kasumi", "ＣＳＶで配布"),
        "title": ("霞県の計画", "Plans of Kasumi"),
        "name": ("kasumi-plans",),
        "tags": ("霞県", "計画", "Society 5.0"),
        "res_format": ("TTL", "CSV"),
        "organization": ("kasumi",),
        "license_id": ("cc-by-40-intl", "CC-BY-4.0"),
        "metadata_modified": ("2031-05-02T00:00:00",),
        "size": ("20",),
    }.items()
}


def finds(query: str, fields: Fields = FIELDS) -> bool:
    return read_query(query).test(fields)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "*:*",
        "*",
        "計画",
        "霞県　計画",  # a full-width blank
        "KASUMI",
        "csv",
        '"霞県の計画"',
        "霞*2031",
        "計画 OR 予算",
        "計画 AND kasumi",
        "計画 && kasumi",
        "予算 || 計画",
        "NOT 予算",
        "-予算",
        "!予算 計画",
        "--計画",
        "title:計画",
        "title:(計画 予算) OR kasumi",
        "tags:霞県",
        "tags:ｿｻｲ OR tags:霞県",
        'tags:"Society 5.0"',
        r"tags:Society\ 5.0",
        "tags:soc*",
        "tags:計?",
        "tags:*",
        "+tags:霞県 +res_format:csv",
        "res_format:(XLSX OR CSV)",
        "license_id:CC-BY-4.0",
        "organization:kasumi -organization:other",
        "(tags:予算 OR tags:計画) AND res_format:TTL",
        "metadata_modified:[2031-05-01T00:00:00Z TO *]",
        "metadata_modified:[* TO NOW]",
        "metadata_modified:[NOW-7DAYS TO NOW]",
        "metadata_modified:[2031-05-02T23:59:59.123Z TO 2031-05-02T00:00:00Z]",
        "size:[10 TO 30]",
        "name:kasumi-plans",
    ],
)
def test_a_package_is_found(query: str) -> None:
    assert finds(query)


@pytest.mark.parametrize(
    "query",
    [
        "予算",
        "計画 予算",
        "計画 -kasumi",
        "title:csv",
        "tags:霞",  # a tag is compared as a whole
        "tags:kasumi",
        'tags:"soc*"',
        "res_format:XLSX",
        "unknown:霞県",
        "unknown:*",
        "-(計画 OR 予算)",
        "metadata_modified:[2031-05-03T00:00:00Z TO *]",
        "metadata_modified:[* TO 2031-05-01T00:00:00Z]",
        "size:[30 TO 40]",
        "+capacity:private",
    ],
)
def test_a_package_is_not_found(query: str) -> None:
    assert not finds(query)


def test_alternatives_bind_more_closely_than_succession() -> None:
    """What CKAN's own harvester sends: organisations to choose from, and the time since when."""
    wanted = "organization:a OR organization:kasumi metadata_modified:[{since} TO *]"
    assert finds(wanted.format(since="2031-05-01T00:00:00Z"))
    assert not finds(wanted.format(since="2031-06-01T00:00:00Z"))


def test_a_package_whose_change_is_not_dated_is_never_left_out_of_what_is_new() -> None:
    undated = {name: values for name, values in FIELDS.items() if name != "metadata_modified"}
    assert finds("metadata_modified:[2099-01-01T00:00:00Z TO *]", undated)


def test_an_address_in_a_query_is_no_field() -> None:
    assert finds("http://data.example.jp/", {"text": ("http://data.example.jp/lod/",)})


def test_words_that_must_not_stand_there_do_not_rank() -> None:
    assert read_query("計画 -予算 tags:霞県 title:Kasumi").words == ("計画", "kasumi")


@pytest.mark.parametrize(
    "query",
    ["(", ")", "a)", '"a', "tags:", "a OR ", "AND a", "[a", "a\\", "(" * 11 + "a" + ")" * 11],
)
def test_what_cannot_be_read_is_refused_in_both_languages(query: str) -> None:
    with pytest.raises(QueryError) as raised:
        read_query(query)
    assert raised.value.status == 400
    assert "検索条件" in raised.value.said("ja")


@given(st.text(st.sampled_from(list('ab霞 　()[]{}"\\:*?+-!ORANDTO|&')), max_size=60))
def test_whatever_is_sent_is_read_or_refused(query: str) -> None:
    try:
        found = read_query(query).test(FIELDS)
    except QueryError:
        return
    assert found in (True, False)


def test_a_thousand_signs_are_read_without_running_out_of_stack() -> None:
    assert finds("-" * 1998 + "計画")


# -- Searches in a catalogue of two packages ------------------------------------------------------

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
