"""publish.reconcile.manifest: the manifests, as the two versions of the specification have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish import __version__
from publish.i18n import Text
from publish.reconcile.manifest import SERVICES, Announcement, Service
from publish.release.release import Release, current
from tests.support.projects import BASE as SMALL_BASE
from tests.support.real import BASE
from tests.support.reconciliation import examples, faults, needs_specification, read, reconciler_of

TITLE = Text("名称", "name")
OLD, ENGLISH, DRAFT = SERVICES["ja"], SERVICES["en"], SERVICES["v1"]


@pytest.fixture(scope="module")
def announcement(release: Release) -> Announcement:
    return Announcement(release.iris, reconciler_of(release).schema, TITLE, "static/icon.svg")


@needs_specification
@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.root)
def test_each_manifest_is_valid_in_its_version(
    announcement: Announcement, service: Service
) -> None:
    assert faults(service.version, "manifest", announcement.manifest(service)) == []


@needs_specification
def test_the_small_projects_manifests_are_valid_too(kasumi: Path) -> None:
    small = current(kasumi / "releases")
    announced = Announcement(small.iris, reconciler_of(small).schema, TITLE, "static/icon.svg")
    for service in SERVICES.values():
        manifest = announced.manifest(service)
        assert faults(service.version, "manifest", manifest) == []
        assert manifest["documentation"].startswith(SMALL_BASE)
        assert [type_["id"] for type_ in manifest["defaultTypes"]] == ["town"]


@pytest.mark.parametrize(
    "path", [*examples("0.2", "manifest", "invalid"), *examples("1.0-draft", "manifest", "invalid")]
)
def test_the_check_itself_refuses_what_the_specification_shows_as_wrong(path: Path) -> None:
    """Else a manifest that passes would prove nothing."""
    version = path.parents[3].name
    assert faults(version, "manifest", read(path)) != []


@needs_specification
def test_a_manifest_of_one_version_is_not_one_of_the_other(announcement: Announcement) -> None:
    """That is why each has an address."""
    assert faults("1.0-draft", "manifest", announcement.manifest(OLD)) != []
    assert faults("0.2", "manifest", announcement.manifest(DRAFT)) != []


def test_a_manifest_tells_in_which_space_its_ids_are(announcement: Announcement) -> None:
    manifest = announcement.manifest(OLD)
    assert manifest["identifierSpace"] == f"{BASE}id/"
    assert manifest["schemaSpace"] == f"{BASE}shapes"
    assert manifest["view"] == {"url": f"{BASE}reconcile/view?id={{{{id}}}}"}
    assert announcement.manifest(DRAFT)["view"] == {"url": "{+id}"}
    assert manifest["serviceVersion"] == __version__


def test_a_manifest_is_in_the_language_of_its_address(announcement: Announcement) -> None:
    assert announcement.manifest(OLD)["name"] == "名称"
    english = announcement.manifest(ENGLISH)
    assert english["name"] == "name"
    assert {"id": "municipality", "name": "municipality"}.items() <= next(
        type_.items() for type_ in english["defaultTypes"] if type_["id"] == "municipality"
    )
    assert english["suggest"]["entity"]["service_url"] == f"{BASE}reconcile/en"
    assert english["extend"]["property_settings"][0]["label"] == "most values"


def test_types_tell_what_is_above_them(announcement: Announcement) -> None:
    town = announcement.type_(announcement.schema.types["municipality"], "ja")
    assert town["broader"] == [{"id": "s5:AdministrativeUnit", "name": "行政上の区域"}]
    assert town["description"] == "市、町又は村の区域。"


def test_batches_are_smaller_than_what_is_refused(announcement: Announcement) -> None:
    assert 10 <= announcement.manifest(OLD)["batchSize"] <= 100
