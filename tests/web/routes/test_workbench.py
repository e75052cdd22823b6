"""What the editor offers."""

from __future__ import annotations

from typing import Any

import pytest

from publish.release.release import Release
from publish.shacl.shapes import prefixes_of
from publish.web.routes.workbench import completions


@pytest.fixture(scope="module")
def found(release: Release) -> dict[str, Any]:
    prefixes = prefixes_of(release.shapes)
    graphs = release.manifest.graphs
    return completions(release.store, release.iris, release.shapes, prefixes, graphs)


def term(found: dict[str, Any], name: str) -> dict[str, Any]:
    (one,) = [one for one in found["terms"] if one["name"] == name]
    return dict(one)


def test_prefixes_have_absolute_namespaces(found: dict[str, Any], release: Release) -> None:
    assert found["prefixes"]["s5"] == release.iris.of("ontology#")
    assert found["prefixes"]["region"] == release.iris.of("id/region/")
    assert all("://" in space for space in found["prefixes"].values())


def test_own_terms_have_labels_in_both_languages_and_their_uses(found: dict[str, Any]) -> None:
    assert term(found, "s5:Initiative") == {
        "name": "s5:Initiative",
        "kind": "class",
        "uses": 25,
        "ja": "取組",
        "en": "initiative",
    }
    own = [one for one in found["terms"] if one["name"].startswith("s5:")]
    assert len(own) > 45
    assert [one for one in own if not (one.get("ja") and one.get("en"))] == []


def test_terms_of_others_are_called_as_the_shapes_call_them(found: dict[str, Any]) -> None:
    label = term(found, "skos:prefLabel")
    assert label["kind"] == "property"
    assert label["ja"] and label["en"]


def test_graphs_are_offered_too(found: dict[str, Any], release: Release) -> None:
    graphs = {one["name"]: one for one in found["terms"] if one["kind"] == "graph"}
    assert graphs.keys() == {f"graph:{name}" for name in release.manifest.graphs}
    assert graphs["graph:source"]["en"] == "What the document says"
