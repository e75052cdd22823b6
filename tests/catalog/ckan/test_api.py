"""The actions of CKAN's API, without HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from publish.catalog.ckan.api import ACTIONS, ActionError, Api, UnknownActionError, perform
from tests.support.catalogues import BASE, IRIS, packages_of

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
