"""publish.cli.new_project: the vocabulary and the municipality that a new project shares with others."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.cli.new_project import (
    municipality_at,
    municipality_of,
    vocabulary_at,
    vocabulary_in,
    vocabulary_of,
)
from publish.errors import CodeError, SettingError, SourceError
from publish.i18n import Text
from publish.release.release import Release, current
from tests.support.projects import BASE, KV, write_project
from tests.support.real import BASE as OURS
from tests.support.real import ROOT

OWL = "http://www.w3.org/2002/07/owl#"


# -- The vocabulary ----------------------------------------------------------------------------


def test_the_vocabulary_of_a_release_comes_with_a_copy(release: Release) -> None:
    shared = vocabulary_of(release)
    assert (shared.iri, shared.space, shared.prefix) == (
        f"{OURS}ontology",
        f"{OURS}ontology#",
        "s5",
    )
    assert shared.terms is not None
    assert {"Initiative", "linkMethod", "confidence"} <= shared.terms
    assert shared.copy is not None
    copied = {quad.subject.value for quad in ox.parse(shared.copy, format=ox.RdfFormat.TURTLE)}
    assert {f"{OURS}ontology", f"{OURS}ontology#Initiative"} <= copied
    assert not any("/id/" in iri for iri in copied)


def test_the_copy_is_the_same_as_what_is_served(release: Release, tmp_path: Path) -> None:
    shared = vocabulary_of(release)
    assert shared.copy is not None
    (tmp_path / "copy.ttl").write_bytes(shared.copy)
    assert vocabulary_in(tmp_path / "copy.ttl") == shared


def test_any_project_has_a_vocabulary_to_share(kasumi: Path) -> None:
    shared = vocabulary_of(current(kasumi / "releases"))
    assert (shared.space, shared.prefix) == (KV, "kv")
    assert sorted(shared.terms or ()) == [
        "Place", "Plan", "Step", "Town", "hasStep", "stepOf", "times", "town",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "prefix"),
    [("", "shared"), ('"kv"', "kv"), ('"skos"', "shared"), ('"No prefix"', "shared")],
)
def test_a_prefix_that_is_missing_or_taken_is_replaced(
    tmp_path: Path, header: str, prefix: str
) -> None:
    stated = f"; <http://purl.org/vocab/vann/preferredNamespacePrefix> {header}" if header else ""
    text = f"<https://t.example/v/> a <{OWL}Ontology> {stated} .\n<https://t.example/v/A> a <{OWL}Class> .\n"
    (tmp_path / "v.ttl").write_text(text, "utf-8")
    shared = vocabulary_in(tmp_path / "v.ttl")
    assert (shared.iri, shared.space) == ("https://t.example/v/", "https://t.example/v/")
    assert (shared.prefix, shared.terms) == (prefix, frozenset("A"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"<ontology> a <{OWL}Ontology> .", "relative IRIs"),
        (f"<https://t.example/v> a <{OWL}Ontology> ; a <#here> .", "relative IRIs"),
        (f"<https://t.example/v#A> a <{OWL}Class> .", "No owl:Ontology"),
        ("<https://t.example/v> a", "syntax error"),
    ],
)
def test_a_file_that_cannot_be_shared_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "v.ttl").write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        vocabulary_in(tmp_path / "v.ttl")
    (problem,) = caught.value.problems
    assert said in problem.what.en
    assert problem.place is not None


def test_our_sources_are_not_what_we_serve() -> None:
    with pytest.raises(SourceError, match=r"ontology\.ttl"):
        vocabulary_in(ROOT / "ontology" / "society5.ttl")


@pytest.mark.parametrize(
    ("given", "iri", "space"),
    [
        ("https://t.example/v", "https://t.example/v", "https://t.example/v#"),
        ("https://t.example/v#", "https://t.example/v", "https://t.example/v#"),
        ("https://t.example/v/", "https://t.example/v/", "https://t.example/v/"),
    ],
)
def test_of_a_vocabulary_elsewhere_only_the_namespace_is_known(
    given: str, iri: str, space: str
) -> None:
    shared = vocabulary_at(given)
    assert (shared.iri, shared.space, shared.prefix) == (iri, space, "shared")
    assert shared.terms is None
    assert shared.copy is None


@pytest.mark.parametrize("given", ["ftp://t.example/v", "https://t.example/<v>", "https://a b"])
def test_what_is_no_iri_is_no_vocabulary(given: str) -> None:
    with pytest.raises(SettingError, match="--ontology"):
        vocabulary_at(given)


# -- The municipality --------------------------------------------------------------------------


def test_a_municipality_of_a_release_is_found_by_its_code(release: Release) -> None:
    found = municipality_of(release, "012025", None)
    assert found.iri == f"{OURS}id/municipality/012025"
    assert found.name == Text("函館市", "Hakodate")
    assert (found.latitude, found.longitude) == ("41.85973", "140.93243")
    assert found.target == f"{OURS}catalog#dataset"
    assert "Society 5.0" in found.title.en


def test_without_a_code_it_is_the_first_of_the_prefecture(release: Release, kasumi: Path) -> None:
    assert municipality_of(release, None, "01").code == "011002"
    assert municipality_of(release, None, None).code == "011002"
    small = municipality_of(current(kasumi / "releases"), None, "99")
    assert (small.iri, small.name) == (f"{BASE}id/town/992011", Text("霞市", "Kasumi"))


@pytest.mark.parametrize(("code", "prefecture"), [("172014", None), (None, "17")])
def test_a_municipality_that_the_release_lacks_is_refused(
    release: Release, code: str | None, prefecture: str | None
) -> None:
    with pytest.raises(SettingError, match="--municipality"):
        municipality_of(release, code, prefecture)


def test_a_release_without_codes_has_no_municipality(tmp_path: Path) -> None:
    from publish.build import build
    from tests.support.projects import settings_for

    project = write_project(tmp_path / "kasumi")
    for path in (project / "data" / "towns.csv", *project.glob("*/*.ttl")):
        text = path.read_text("utf-8").replace("992011", "kasumi").replace("992020", "hama")
        path.write_text(text, "utf-8")
    metadata = project / "data" / "towns.csv-metadata.json"
    metadata.write_text(metadata.read_text("utf-8").replace("[0-9]{6}", "[a-z]+"), "utf-8")
    shapes = project / "shapes" / "plan.ttl"
    shapes.write_text(shapes.read_text("utf-8").replace("^99[0-9]{4}$", "^[a-z]+$"), "utf-8")
    build(settings_for(project))
    with pytest.raises(SettingError, match="no municipality"):
        municipality_of(current(project / "releases"), None, None)


@pytest.mark.parametrize(
    ("iri", "space", "target"),
    [
        (f"{BASE}id/town/992011", f"{BASE}id/town/", f"{BASE}catalog#dataset"),
        ("https://t.example/area/992011", "https://t.example/area/", "https://t.example/area/"),
    ],
)
def test_a_municipality_elsewhere_is_known_by_its_iri(iri: str, space: str, target: str) -> None:
    found = municipality_at(iri)
    assert (found.iri, found.space, found.code, found.target) == (iri, space, "992011", target)
    assert found.name is None


@pytest.mark.parametrize("iri", [f"{BASE}id/town/kasumi", f"{BASE}id/town/99201", "urn:x://992011"])
def test_an_iri_that_ends_in_no_code_is_refused(iri: str) -> None:
    with pytest.raises(SettingError):
        municipality_at(iri)


def test_a_wrong_check_digit_in_the_iri_is_told() -> None:
    with pytest.raises(CodeError, match="992011"):
        municipality_at(f"{BASE}id/town/992012")
