"""graph/catalog is put together from what is written and what is computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build import Checked, check
from publish.catalog.graph import about_itself
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node
from tests.support.projects import IRIS, settings_for, write_project

RELEASE, CONTENT = "0123456789ab", "cd" * 32


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    project = write_project(tmp_path_factory.mktemp("about") / "kasumi")
    return check(settings_for(project))


@pytest.fixture(scope="module")
def said(checked: Checked) -> list[Triple]:
    return list(about_itself(checked.source(RELEASE, CONTENT, ())))


def test_each_triple_comes_once_and_none_is_of_the_content(
    checked: Checked, said: list[Triple]
) -> None:
    assert len(said) == len(set(said)) > 100
    assert [triple for triple in said if triple in checked.dataset.found] == []


def test_catalogue_void_service_description_and_formats_are_all_there(
    said: list[Triple],
) -> None:
    types = {o.value for _, p, o in said if p == TYPE}
    assert types >= {
        f"{ns.DCAT}Catalog",
        f"{ns.DCAT}DataService",
        f"{ns.VOID}DatasetDescription",
        f"{ns.SD}Service",
    }


def test_the_hash_is_that_of_the_content_and_not_the_one_written(said: list[Triple]) -> None:
    hashes = [o.value for s, p, o in said if p.value == f"{ns.SPDX}checksumValue"]
    assert hashes == [CONTENT]


def test_counts_are_made_once_for_each_data_set(checked: Checked) -> None:
    counted = checked.source(RELEASE, CONTENT, ()).counted()
    assert {name: stats.triples for name, stats in counted.items()} == {"all": 97}


def test_the_same_project_says_the_same_in_the_same_order(
    checked: Checked, said: list[Triple], tmp_path: Path
) -> None:
    again = check(settings_for(write_project(tmp_path / "kasumi")))
    assert set(about_itself(again.source(RELEASE, CONTENT, ()))) == set(said)
    assert said[0][0] == node(IRIS.of("catalog#dataset"))
