"""Data sets of graph/catalog as CKAN's packages."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest

from publish.browse.labels import Labels
from publish.catalog.ckan.packages import media_type, moment, read_packages, slug
from publish.rdf.wkt import geojson
from publish.release.release import Release
from tests.catalog.ckan.conftest import BASE, CATALOG, DIGEST, packages_of

PLACES, PLANS = packages_of().packages
#: Of CKAN 2.11's package_show, core fields.
MEMBERS = set(
    [
        "author",
        "author_email",
        "creator_user_id",
        "id",
        "isopen",
        "license_id",
        "license_title",
        "license_url",
        "maintainer",
        "maintainer_email",
        "metadata_created",
        "metadata_modified",
        "name",
        "notes",
        "num_resources",
        "num_tags",
        "organization",
        "owner_org",
        "private",
        "state",
        "title",
        "type",
        "url",
        "version",
        "extras",
        "groups",
        "resources",
        "tags",
        "relationships_as_subject",
        "relationships_as_object",
    ]
)
RESOURCE_MEMBERS = set(
    [
        "cache_last_updated",
        "cache_url",
        "created",
        "datastore_active",
        "description",
        "format",
        "hash",
        "id",
        "last_modified",
        "metadata_modified",
        "mimetype",
        "mimetype_inner",
        "name",
        "package_id",
        "position",
        "resource_type",
        "size",
        "state",
        "url",
        "url_type",
    ]
)


def extras(package: dict[str, Any]) -> dict[str, str]:
    return {extra["key"]: extra["value"] for extra in package["extras"]}


def test_packages_have_the_members_of_ckans() -> None:
    assert set(PLANS) >= MEMBERS
    assert set(PLANS["resources"][0]) >= RESOURCE_MEMBERS
    assert set(PLANS["tags"][0]) == {"display_name", "id", "name", "state", "vocabulary_id"}


def test_titles_and_notes_are_japanese_and_stand_by_language_too() -> None:
    assert PLANS["title"] == "霞県の計画"
    assert PLANS["title_translated"] == {"ja": "霞県の計画", "en": "Plans of Kasumi"}
    assert PLANS["notes_translated"]["en"] == "All plans."


def test_a_package_is_named_by_its_identifier_else_by_its_address() -> None:
    assert PLANS["name"] == "kasumi-plans"
    assert PLACES["name"] == "data-example-jp-lod-catalog-dataset-places"


def test_an_identifier_that_is_no_name_is_not_taken_for_one() -> None:
    changed = CATALOG.replace('"kasumi-plans"', '"霞県/1"')
    names = [package["name"] for package in packages_of(changed).packages]
    assert names[0] == "data-example-jp-lod-catalog-dataset"


@pytest.mark.parametrize("text", ["", "日本", "x" * 300, "A/B", "ｶﾅ1"])
def test_a_slug_is_always_a_name_for_ckan(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9_-]{2,100}", slug(text))


def test_ids_are_uuids_made_from_addresses() -> None:
    assert PLANS["id"] == str(uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}catalog#dataset"))
    ids = [PLANS["id"], *(one["id"] for one in PLANS["resources"] + PLANS["tags"])]
    assert len(ids) == len(set(ids))
    assert all(uuid.UUID(one).version == 5 for one in ids)


def test_ids_are_the_same_when_the_content_is_another() -> None:
    later = CATALOG.replace("0123456789ab", "ba9876543210").replace("2031-05-02", "2032-01-01")
    (_, plans) = packages_of(later).packages
    assert plans["id"] == PLANS["id"]
    assert [one["id"] for one in plans["resources"]] == [one["id"] for one in PLANS["resources"]]
    assert plans["resources"][0]["url"] != PLANS["resources"][0]["url"]


def test_the_licence_has_the_name_that_aggregators_select_by() -> None:
    assert PLANS["license_id"] == "cc-by-40-intl"
    assert PLANS["isopen"] is True
    assert PLANS["license_url"] == "https://creativecommons.org/licenses/by/4.0/"


def test_another_licence_is_told_by_address_and_title() -> None:
    assert PLACES["license_id"] == "https://example.jp/terms"
    assert PLACES["license_title"] == "県の利用規約"
    assert PLACES["isopen"] is False


def test_who_publishes_is_the_organisation_and_the_author() -> None:
    assert PLANS["organization"]["title"] == PLANS["author"] == "霞県"
    assert PLANS["organization"]["id"] == PLANS["owner_org"]
    assert (PLANS["maintainer"], PLANS["maintainer_email"]) == ("霞県 統計課", "toukei@example.jp")


def test_tags_are_the_keywords_of_both_languages_in_characters_that_ckan_takes() -> None:
    names = [tag["name"] for tag in PLANS["tags"]]
    assert names == ["Society 5.0", "計画", "霞県", "ＡＩ-ロボット"]  # 道 is too short for CKAN
    assert PLANS["num_tags"] == 4
    assert all(re.fullmatch(r"[\w \-.]{2,100}", name) for name in names)


def test_themes_are_groups() -> None:
    assert [(one["name"], one["title"]) for one in PLANS["groups"]] == [("regi", "地域・都市")]
    assert [one["name"] for one in packages_of().groups] == ["regi"]


def test_extras_are_named_as_ckanext_dcat_does() -> None:
    found = extras(PLANS)
    assert found["uri"] == f"{BASE}catalog#dataset"
    assert found["identifier"] == "kasumi-plans"
    assert found["modified"] == "2031-05-02"
    assert (found["temporal_start"], found["temporal_end"]) == ("2030-04-01", "2031-03-31")
    assert found["publisher_name"] == "霞県"
    assert found["contact_email"] == "toukei@example.jp"
    assert found["provenance"] == "資料から書き起こした。"
    assert found["spatial_text"] == "霞県"
    assert json.loads(found["spatial_centroid"])["coordinates"] == [140.5, 36.25]
    assert len(json.loads(found["language"])) == 2


def test_extras_are_texts_each_key_once_and_none_a_member_of_ckans() -> None:
    for package in (PLANS, PLACES):
        keys = [extra["key"] for extra in package["extras"]]
        assert keys == sorted(set(keys))
        assert not set(keys) & MEMBERS
        assert all(isinstance(extra["value"], str) for extra in package["extras"])


def test_resources_stand_plain_files_first_and_say_where_they_are() -> None:
    resources = PLANS["resources"]
    assert [one["position"] for one in resources] == [0, 1, 2] and PLANS["num_resources"] == 3
    assert [one["url"].rpartition("/")[2] for one in resources] == [
        "all.ttl",
        "plan.csv",
        "all.ttl.gz",
    ]
    assert all(one["package_id"] == PLANS["id"] for one in resources)


def test_a_resource_has_form_size_and_checksum() -> None:
    turtle, table, zipped = PLANS["resources"]
    assert (turtle["format"], turtle["mimetype"]) == ("TTL", "text/turtle")
    assert (turtle["size"], turtle["hash"]) == (1234, DIGEST)
    assert turtle["hash_algorithm"].endswith("checksumAlgorithm_sha256")
    assert turtle["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (table["format"], table["mimetype"]) == ("CSV", "text/csv")
    assert (zipped["mimetype"], zipped["mimetype_inner"]) == ("application/gzip", "text/turtle")


def test_dates_are_those_of_the_sources() -> None:
    assert PLANS["metadata_created"] == "2031-04-01T00:00:00"
    assert PLANS["metadata_modified"] == "2031-05-02T00:00:00"
    assert PLANS["resources"][0]["last_modified"] == "2031-05-02T00:00:00"


def test_without_a_stamp_no_date_of_change_is_told() -> None:
    _, plans = packages_of(stamped=False).packages
    assert "metadata_modified" not in plans
    assert "modified" not in extras(plans)
    assert plans["resources"][0]["last_modified"] is None
    assert plans["metadata_created"] == "2031-04-01T00:00:00"


def test_a_data_set_of_which_only_the_type_is_stated_is_a_package_all_the_same() -> None:
    (bare,) = packages_of("c:dataset a dcat:Dataset .").packages
    assert bare["title"] == bare["name"] == "data-example-jp-lod-catalog-dataset"
    assert (bare["organization"], bare["license_id"]) == (None, "notspecified")
    assert bare["resources"] == bare["tags"] == bare["groups"] == []


@pytest.mark.parametrize(
    ("wkt", "coordinates"),
    [
        ("POINT(141.35 43.06)", [141.35, 43.06]),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (1 -2)", [1, -2]),
        ("POLYGON ((0 0, 1 0, 1 1, 0 0))", [[[0, 0], [1, 0], [1, 1], [0, 0]]]),
        (
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
            [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[5, 5], [6, 5], [6, 6], [5, 5]]]],
        ),
    ],
)
def test_a_geometry_is_told_as_geojson(wkt: str, coordinates: list[Any]) -> None:
    assert json.loads(geojson(wkt) or "")["coordinates"] == coordinates


@pytest.mark.parametrize("wkt", ["", "CIRCLE (1 2)", "POINT", "POINT (a b)", "POLYGON ((0 0, 1 0)"])
def test_what_is_no_geometry_is_left_out(wkt: str) -> None:
    assert geojson(wkt) is None


def test_media_types_are_read_from_the_registry_of_iana_only() -> None:
    assert media_type("http://www.iana.org/assignments/media-types/text/csv") == "text/csv"
    assert media_type("https://example.jp/types/csv") is None
    assert media_type(None) is None


def test_a_moment_stays_as_it_is() -> None:
    assert moment("2031-04-01T09:00:00+09:00") == "2031-04-01T09:00:00+09:00"
    assert moment(None) is None


def test_the_packages_of_this_repositorys_data_lack_nothing(release: Release) -> None:
    held = read_packages(Labels(release.store), release.iris, stamped=True)
    assert len(held.packages) == 5
    for package in held.packages:
        assert package["title"] and package["notes"] and package["tags"] and package["groups"]
        assert package["license_id"] == "cc-by-40-intl"
        assert {*package["title_translated"]} == {*package["notes_translated"]} == {"ja", "en"}
        assert package["resources"]
        for resource in package["resources"]:
            assert resource["url"].startswith(release.iris.dump(release.id, ""))
            file = release.manifest.file(f"dump/{resource['url'].rpartition('/')[2]}")
            assert file is not None
            assert (resource["hash"], resource["size"]) == (file.sha256, file.size)
