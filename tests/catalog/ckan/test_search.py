"""What a search means, tried on the values of one package."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.catalog.ckan.search import Fields, fold, read_query
from publish.errors import QueryError

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
