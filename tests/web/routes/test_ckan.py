"""CKAN's action API over HTTP: with CKAN's client library, with a harvester's requests, and raw."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from ckanapi import CKANAPIError, NotAuthorized, NotFound, RemoteCKAN, ValidationError
from ckanapi.errors import SearchQueryError
from flask.testing import FlaskClient

from publish.catalog.ckan.api import ACTIONS
from publish.release.release import Release
from publish.settings import Settings
from publish.web.routes.ckan import MOST_BYTES
from tests.support.served import Served, serving

SEARCH = "/api/3/action/package_search"
CONTENT_TYPE = "application/json;charset=utf-8"


@pytest.fixture(scope="module")
def served(
    settings: Settings, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """This repository's release in a process of its own."""
    assert release.id
    log = tmp_path_factory.mktemp("ckan") / "log"
    with serving(settings.releases, log, workers=1) as running:
        yield running


@pytest.fixture(params=["POST", "GET"])
def ckan(served: Served, request: pytest.FixtureRequest) -> Iterator[RemoteCKAN]:
    """CKAN's own client library, at the server; it posts JSON, or puts everything in the URL."""
    with RemoteCKAN(f"http://{served.host}", get_only=request.param == "GET") as remote:
        yield remote


# -- ckanapi ---------------------------------------------------------------------------------------


def test_ckans_client_reads_the_site(ckan: RemoteCKAN) -> None:
    assert ckan.action.site_read() is True
    assert ckan.action.status_show()["site_title"]


def test_ckans_client_lists_and_shows_every_data_set(ckan: RemoteCKAN) -> None:
    names = ckan.action.package_list()
    assert len(names) == 5
    listed = ckan.action.current_package_list_with_resources(limit=100)
    assert sorted(package["name"] for package in listed) == names
    for name in names:
        package = ckan.action.package_show(id=name)
        assert ckan.action.package_show(id=package["id"]) == package
        assert ckan.action.resource_show(id=package["resources"][0]["id"])


def test_ckans_client_searches_in_japanese_and_english(ckan: RemoteCKAN) -> None:
    found = ckan.action.package_search(
        q="市町村", fq="res_format:CSV AND license_id:cc-by-40-intl", rows=1, sort="name asc"
    )
    assert found["count"] > len(found["results"]) == 1
    assert ckan.action.package_search(q="municipalities")["count"] > 0
    facets = ckan.action.package_search(**{"facet.field": json.dumps(["tags"]), "rows": 0})
    assert facets["results"] == [] and facets["search_facets"]["tags"]["items"]


def test_ckans_client_finds_publishers_themes_tags_and_licences(ckan: RemoteCKAN) -> None:
    (name,) = ckan.action.organization_list()
    assert ckan.action.organization_show(id=name)["package_count"] == 5
    for group in ckan.action.group_list():
        assert ckan.action.group_show(id=group)["title"]
    assert ckan.action.tag_list()
    assert ckan.action.license_list()
    assert ckan.action.help_show(name="package_search")


def test_ckans_client_understands_refusals(ckan: RemoteCKAN) -> None:
    with pytest.raises(NotFound):
        ckan.action.package_show(id="nothing")
    with pytest.raises(ValidationError):
        ckan.action.package_show()
    with pytest.raises(ValidationError):
        ckan.action.package_search(rows=-1)
    with pytest.raises(SearchQueryError):
        ckan.action.package_search(q="(")
    with pytest.raises(NotAuthorized):
        ckan.action.package_create(name="x")
    with pytest.raises(CKANAPIError):
        ckan.action.no_such_action()


def test_a_file_of_a_resource_has_the_size_and_the_checksum_that_are_told(
    served: Served, release: Release
) -> None:
    with RemoteCKAN(f"http://{served.host}") as remote:
        packages = remote.action.current_package_list_with_resources()
    for package in packages:
        resource = package["resources"][0]
        content = served.request(path=release.iris.relative(resource["url"]) or "").body
        assert len(content) == resource["size"]
        assert hashlib.sha256(content).hexdigest() == resource["hash"]


# -- CKAN to CKAN ----------------------------------------------------------------------------------


class Harvester:
    """Sends what the CKAN harvester of ckanext-harvest 1.6 sends, and reads what it reads.

    It pages by `start` until a page is empty, sorted by id, 100 rows each; the conditions are
    joined by blanks.
    """

    def __init__(self, served: Served) -> None:
        self.served = served
        self.sent: list[str] = []

    def action(self, name: str, **parameters: str) -> Any:
        path = f"api/3/action/{name}?{urlencode(parameters)}"
        self.sent.append(path)
        answer = self.served.request(path=path).json
        assert answer["success"] is True
        return answer["result"]

    def gather(self, *conditions: str, rows: int = 100) -> list[dict[str, Any]]:
        start, found = 0, []
        more = {"fq": " ".join(conditions)} if conditions else {}
        while page := self.action(
            "package_search", rows=str(rows), start=str(start), sort="id asc", **more
        )["results"]:
            found += page
            start += rows
            assert start < 1000, "the pages do not end"
        return found


@pytest.fixture
def harvester(served: Served) -> Harvester:
    return Harvester(served)


@pytest.mark.parametrize("rows", [1, 2, 100])
def test_a_harvest_gets_every_data_set_once_and_ends(harvester: Harvester, rows: int) -> None:
    found = [package["id"] for package in harvester.gather(rows=rows)]
    assert len(found) == len(set(found)) == 5
    assert found == sorted(found)
    assert len(harvester.sent) == -(-5 // rows) + 1


def test_a_second_harvest_gets_the_same(harvester: Harvester) -> None:
    assert harvester.gather() == harvester.gather()


def test_a_harvest_since_the_last_one_gets_what_has_changed(
    harvester: Harvester, release: Release
) -> None:
    modified = release.manifest.modified
    assert modified is not None
    same_day = f"metadata_modified:[{modified}T23:59:59.123456Z TO *]"
    assert len(harvester.gather(same_day)) == 5
    assert harvester.gather("metadata_modified:[2999-01-01T00:00:00Z TO *]") == []


def test_a_harvest_takes_or_leaves_organisations_and_groups(harvester: Harvester) -> None:
    package = harvester.gather()[0]
    own, group = package["organization"]["name"], package["groups"][0]["name"]
    since = "metadata_modified:[2000-01-01T00:00:00Z TO *]"
    assert len(harvester.gather(f"organization:other OR organization:{own}", since)) == 5
    assert harvester.gather("organization:other") == []
    assert harvester.gather(f"-organization:{own}") == []
    assert len(harvester.gather("-organization:other", "-organization:more")) == 5
    assert len(harvester.gather(f"groups:{group}")) > 0
    assert len(harvester.gather(f"groups:{group}") + harvester.gather(f"-groups:{group}")) == 5


def test_a_harvester_can_create_organisations_and_groups_of_ours(harvester: Harvester) -> None:
    for package in harvester.gather():
        organization = harvester.action("organization_show", id=package["owner_org"])
        assert organization["id"] == package["owner_org"]
        assert is_name(organization["name"]) and organization["title"]
        for group in package["groups"]:
            shown = harvester.action("group_show", id=group["id"])
            assert (shown["id"], shown["name"]) == (group["id"], group["name"])
            assert is_name(shown["name"])


def test_a_harvester_can_store_our_packages(harvester: Harvester) -> None:
    """The rules by which CKAN checks a package that it is given (its schema and validators)."""
    for package in harvester.gather():
        assert is_name(package["name"]) and package["title"]
        assert str(uuid.UUID(package["id"])) == package["id"]
        assert package["type"] == "dataset" and package["state"] == "active"
        for tag in package["tags"]:
            assert re.fullmatch(r"[\w \-.]{2,100}", tag["name"])
        keys = [extra["key"] for extra in package["extras"]]
        assert len(keys) == len(set(keys)) and not set(keys) & set(package)
        for extra in package["extras"]:
            assert extra["key"] and isinstance(extra["value"], str)
        for resource in package["resources"]:
            assert str(uuid.UUID(resource["id"])) == resource["id"]
            assert isinstance(resource["size"], int) and resource["url"].startswith("http")
            lists = [value for value in resource.values() if isinstance(value, list)]
            assert lists == []


def is_name(name: str) -> bool:
    return re.fullmatch(r"[a-z0-9_-]{2,100}", name) is not None


# -- HTTP ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_answers_in_ckans_envelope(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/api/3/action/{name}?id=x&name=x")
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    content = answer.json
    assert content is not None
    assert content["help"] == f"http://127.0.0.1:8000/api/3/action/help_show?name={name}"
    assert content["success"] is (answer.status_code == 200)
    assert ("result" in content) is content["success"]
    assert ("error" in content) is not content["success"]


def test_the_api_says_its_version(client: FlaskClient) -> None:
    assert client.get("/api/3").json == client.get("/api").json == {"version": 3}


def test_both_addresses_of_an_action_are_the_same(client: FlaskClient) -> None:
    assert (
        client.get("/api/action/package_list").data == client.get("/api/3/action/package_list").data
    )


def test_answers_may_be_kept_and_asked_for_again(client: FlaskClient) -> None:
    first = client.get(f"{SEARCH}?q=a")
    assert first.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Last-Modified"]
    again = client.get(f"{SEARCH}?q=a", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(f"{SEARCH}?q=b", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    got, head = client.get(SEARCH), client.head(SEARCH)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.data))
    assert head.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"q": "霞が関", "rows": 0}', "application/json"),
        ('{"q": "霞が関", "rows": 0}', "text/plain"),
        (urlencode({"q": "霞が関", "rows": 0}), "application/x-www-form-urlencoded"),
    ],
)
def test_parameters_come_as_json_or_as_a_form(
    client: FlaskClient, body: str, content_type: str
) -> None:
    answer = client.post(SEARCH, data=body.encode(), content_type=content_type)
    assert answer.json is not None and answer.json["result"]["count"] == 0
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_in_the_body_means_no_parameters(client: FlaskClient) -> None:
    answer = client.post("/api/3/action/package_list")
    assert answer.json is not None and len(answer.json["result"]) == 5


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"a"', b"\xff\xfe", b"[" * 60_000])
def test_a_body_that_is_no_json_object_is_a_bad_request(client: FlaskClient, body: bytes) -> None:
    answer = client.post(SEARCH, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    assert str(answer.json).startswith("Bad request: ") and "JSON" in str(answer.json)
    assert answer.headers["Cache-Control"] == "no-store"


def test_half_a_letter_is_answered_too(client: FlaskClient) -> None:
    answer = client.post("/api/3/action/package_search", data=rb'{"sort": "name", "q": "\ud800"}')
    assert answer.status_code == 200


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
def test_a_long_body_is_not_read(client: FlaskClient, content_type: str) -> None:
    body = b'{"q": "' + b"a" * MOST_BYTES + b'"}'
    assert client.post(SEARCH, data=body, content_type=content_type).status_code == 413


def test_an_unknown_action_is_a_bad_request_as_in_ckan(client: FlaskClient) -> None:
    answer = client.get("/api/3/action/nothing")
    assert answer.status_code == 400
    assert answer.json == "Bad request: その名前の操作はありません / Action name not known"


@pytest.mark.parametrize(
    ("query", "status", "type_"),
    [
        ("package_show?id=nothing", 404, "Not Found Error"),
        ("package_show", 409, "Validation Error"),
        ("package_search?rows=many", 409, "Validation Error"),
        (f"package_search?q={'a' * 2001}", 409, "Validation Error"),
        ("package_search?fq=(", 400, "Search Query Error"),
        ("package_delete?id=x", 403, "Authorization Error"),
    ],
)
def test_errors_have_ckans_types_and_codes(
    client: FlaskClient, query: str, status: int, type_: str
) -> None:
    answer = client.get(f"/api/3/action/{query}")
    assert answer.json is not None
    assert (answer.status_code, answer.json["error"]["__type"]) == (status, type_)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_no_script_is_answered_to_who_asks_for_a_callback(client: FlaskClient) -> None:
    answer = client.get("/api/3/action/site_read?callback=alert")
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    assert answer.data.startswith(b"{")


def test_another_publisher_under_a_base_with_a_path_has_the_same_api(
    small: FlaskClient, kasumi: Path
) -> None:
    content = small.get("/lod/api/3/action/package_search").json
    assert content is not None
    assert content["help"].startswith("https://data.example.jp/lod/api/3/action/")
    packages = content["result"]["results"]
    assert packages[0]["title_translated"]["en"]
    for package in packages:
        assert is_name(package["name"])
        for resource in package["resources"]:
            assert resource["url"].startswith("https://data.example.jp/lod/dump/")
    assert small.get("/api/3/action/package_search").status_code == 404
