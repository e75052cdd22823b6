"""The actions of CKAN's API, without HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from publish.catalog.ckan.api import (
    ACTIONS,
    LONGEST,
    ActionError,
    Api,
    Arguments,
    UnknownActionError,
    perform,
)
from tests.catalog.ckan.conftest import BASE, IRIS, packages_of

API = Api(IRIS, packages_of())
PLANS = "kasumi-plans"


def do(name: str, /, **parameters: Any) -> Any:
    return perform(API, name, parameters)


def failed(name: str, /, **parameters: Any) -> ActionError:
    with pytest.raises(ActionError) as raised:
        do(name, **parameters)
    return raised.value


def test_the_site_can_be_read_and_says_what_it_is() -> None:
    assert do("site_read") is True
    status = do("status_show")
    assert status["site_url"] == BASE.rstrip("/")
    assert status["site_title"] == "霞県カタログ"
    assert status["locale_default"] == "ja"
    assert [int(part) for part in status["ckan_version"].split(".")] >= [2, 10]


def test_packages_are_listed_by_name_in_pages() -> None:
    names = do("package_list")
    assert names == sorted(names) and PLANS in names
    assert do("package_list", limit="1", offset="1") == names[1:2]
    assert do("package_list", offset=5) == []


def test_a_package_is_shown_by_name_and_by_id() -> None:
    package = do("package_show", id=PLANS)
    assert package["name"] == PLANS
    assert do("package_show", id=package["id"]) == do("package_show", name_or_id=PLANS) == package


def test_packages_come_with_their_resources_the_latest_first() -> None:
    found = do("current_package_list_with_resources")
    assert found[0]["name"] == PLANS and found[0]["resources"]
    second = do("current_package_list_with_resources", limit=1, offset=1)
    assert second == do("current_package_list_with_resources", limit=1, page=2) == found[1:]


def test_a_search_takes_the_parameters_of_ckans() -> None:
    answer = do("package_search", q="霞県", fq="tags:計画", rows="1", **{"facet.field": '["tags"]'})
    assert answer["count"] == 1
    assert answer["results"][0]["name"] == PLANS
    assert answer["search_facets"]["tags"]["items"]
    assert do("package_search", fq_list=["tags:霞県", "tags:市町"])["count"] == 1
    assert do("package_search", facet="false", **{"facet.field": ["tags"]})["facets"] == {}
    assert set(answer) == {"count", "facets", "results", "search_facets", "sort"}


def test_more_rows_than_a_thousand_are_cut_as_ckan_does() -> None:
    assert do("package_search", rows=5000)["count"] == 2


def test_a_resource_is_shown_by_id() -> None:
    resource = do("package_show", id=PLANS)["resources"][0]
    assert do("resource_show", id=resource["id"]) == resource


def test_organisations_and_groups_are_listed_and_shown() -> None:
    (name,) = do("organization_list")
    organization = do("organization_show", id=name)
    assert organization["title"] == "霞県"
    assert (organization["package_count"], organization["is_organization"]) == (2, True)
    assert "packages" not in organization
    listed = do("organization_show", id=organization["id"], include_datasets=True)["packages"]
    assert len(listed) == 2
    assert do("organization_list", all_fields="true")[0] == organization
    assert do("group_list") == ["regi"]
    assert do("group_show", id="regi", include_datasets="true")["packages"][0]["name"] == PLANS


def test_tags_are_listed_and_searched() -> None:
    assert "霞県" in do("tag_list")
    assert do("tag_list", query="soc") == ["Society 5.0"]
    assert do("tag_list", q="計", all_fields=1)[0]["display_name"] == "計画"


def test_licences_are_listed() -> None:
    assert "cc-by-40-intl" in [licence["id"] for licence in do("license_list")]


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_has_help_in_both_languages(name: str) -> None:
    japanese, _, english = do("help_show", name=name).partition(" / ")
    assert japanese.endswith("。") and english.endswith(".")


@pytest.mark.parametrize(
    "name", ["package_show", "resource_show", "organization_show", "group_show"]
)
def test_what_does_not_exist_is_not_found(name: str) -> None:
    error = failed(name, id="nothing")
    assert error.status == 404
    assert error.error["__type"] == "Not Found Error"
    assert error.error["message"].startswith("Not found: ")
    missing = failed(name)
    assert (missing.status, missing.error["__type"]) == (409, "Validation Error")


def test_help_for_no_action_is_not_found() -> None:
    assert failed("help_show", name="nothing").status == 404


@pytest.mark.parametrize("parameters", [{"q": "("}, {"fq": "tags:"}, {"sort": "colour asc"}])
def test_a_search_that_cannot_be_read_is_ckans_search_query_error(parameters: Any) -> None:
    error = failed("package_search", **parameters)
    assert (error.status, error.error["__type"]) == (400, "Search Query Error")


@pytest.mark.parametrize("name", ["package_create", "resource_update", "dataset_purge"])
def test_nothing_can_be_written(name: str) -> None:
    error = failed(name, name="x")
    assert (error.status, error.error["__type"]) == (403, "Authorization Error")
    assert "読み取り専用" in error.error["message"]


def test_another_name_is_no_action() -> None:
    with pytest.raises(UnknownActionError):
        do("nothing")


def test_texts_numbers_and_truth_values_are_read_from_urls_and_from_json() -> None:
    given = Arguments({"a": "霞", "n": "12", "m": 3, "t": "True", "f": False, "e": ""})
    assert (given.text("a"), given.text("nothing"), given.text("m")) == ("霞", "", "3")
    assert (given.number("n", 0), given.number("m", 0), given.number("e", 7)) == (12, 3, 7)
    assert given.truth("t") and not given.truth("f", default=True)
    assert given.truth("nothing", default=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ()),
        ("", ()),
        ("tags", ("tags",)),
        ('["tags", "groups"]', ("tags", "groups")),
        (["tags"], ("tags",)),
    ],
)
def test_lists_come_as_json_as_one_text_or_as_lists(value: Any, expected: tuple[str, ...]) -> None:
    assert Arguments({"x": value}).texts("x") == expected


@pytest.mark.parametrize(
    "value", ["[", "[1]", "[" * 1500, 5, {"a": 1}, [1], ["x"] * 51, ["x" * 9999]]
)
def test_what_is_no_list_of_texts_is_refused(value: Any) -> None:
    with pytest.raises(ActionError) as raised:
        Arguments({"facet.field": value}).texts("facet.field")
    assert raised.value.status == 409
    assert raised.value.error["__type"] == "Validation Error"
    assert "facet.field" in raised.value.error


@pytest.mark.parametrize("value", ["x", "1.5", 1.5, True, [1], "9" * 30, "-1", -1])
def test_what_is_no_natural_number_is_refused(value: Any) -> None:
    with pytest.raises(ActionError) as raised:
        Arguments({"rows": value}).number("rows", 10)
    (message,) = raised.value.error["rows"]
    assert "整数" in message and " / " in message


def test_a_number_may_be_negative_where_that_means_something() -> None:
    assert Arguments({"facet.limit": "-1"}).number("facet.limit", 50, least=None) == -1


@pytest.mark.parametrize("value", ["x" * (LONGEST + 1), ["a"], {"a": "b"}])
def test_a_text_is_bounded(value: Any) -> None:
    with pytest.raises(ActionError):
        Arguments({"q": value}).text("q")


def test_one_of_several_names_will_do() -> None:
    assert Arguments({"name_or_id": "a"}).required("id", "name_or_id") == "a"
    with pytest.raises(ActionError) as raised:
        Arguments({}).required("id", "name_or_id")
    assert raised.value.error["name_or_id"] == ["値がありません / Missing value"]


def test_a_page_is_a_part_of_a_list() -> None:
    listed = list(range(10))
    assert Arguments({"limit": 3, "offset": "8"}).page(listed) == [8, 9]
    assert Arguments({"limit": 0}).page(listed) == Arguments({}).page(listed) == listed
    assert Arguments({"offset": 10**30}).page(listed) == []
