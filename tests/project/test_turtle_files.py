"""publish.project.turtle_files: a vocabulary of others is loaded and validated against, and not published."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.build import build, check
from publish.errors import GraphError, Place, Problem
from publish.project.dataset import read_dataset
from publish.project.integrity import check as check_whole
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.release.dumps import DIRECTORY as DUMPS
from publish.release.release import Release, current
from publish.settings import Settings
from server import create_app
from tests.support.projects import IRIS, append, edit, settings_for, write_project

#: Where the vocabulary of the small project is published by somebody else.
THEIRS = "https://terms.example.jp/kasumi"
COPY = Path("ontology/kasumi.ttl")
PLANS = Path("data/source.plans.ttl")


def borrow(project: Path) -> Path:
    """Let the small project use its vocabulary as if somebody else published it."""
    for path in (*project.glob("*/*.ttl"), *project.glob("data/*.json")):
        text = path.read_text("utf-8")
        text = text.replace("<ontology#>", f"<{THEIRS}#>").replace("<ontology>", f"<{THEIRS}>")
        text = text.replace('"ontology#', f'"{THEIRS}#').replace("<ontology/", f"<{THEIRS}/")
        path.write_text(text, "utf-8")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return borrow(write_project(tmp_path / "kasumi"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Release:
    project = borrow(write_project(tmp_path_factory.mktemp("borrowed") / "kasumi"))
    build(settings_for(project))
    return current(project / "releases")


@pytest.fixture(scope="module")
def site(built: Release) -> FlaskClient:
    return create_app(Settings(releases=built.path.parent)).test_client()


def _problems(project: Path) -> tuple[Problem, ...]:
    try:
        check_whole(read_dataset(project, IRIS))
    except GraphError as error:
        return error.problems
    return ()


# -- What is read ------------------------------------------------------------------------------


def test_the_copy_is_known_but_is_no_content(project: Path) -> None:
    dataset = read_dataset(project, IRIS)
    town = (node(f"{THEIRS}#Town"), node(ns.RDFS + "subClassOf"), node(f"{THEIRS}#Place"))
    assert town in dataset.borrowed
    assert town not in dataset.found
    assert dataset.place_of(town) == Place("ontology/kasumi.ttl", 30)
    assert ox.Quad(*town) in dataset.known()
    assert not list(dataset.store().quads_for_pattern(*town, None))
    assert dataset.vocabularies() == (THEIRS,)
    # the other file in ontology/ holds code lists of our own
    assert dataset.counts()["ontology"] == 15


def test_its_terms_are_declared_and_no_others(project: Path) -> None:
    assert _problems(project) == ()
    append(project / PLANS, f"\nplan:remote-care <{THEIRS}#twon> <id/town/992011> .\n")
    (problem,) = _problems(project)
    assert problem.what.en == f'Undeclared term "{THEIRS}#twon".'
    assert "renew the copy" in problem.remedy.en
    assert problem.place == Place("data/source.plans.ttl", 25)


def test_nobody_can_add_a_term_to_the_vocabulary_of_others(project: Path) -> None:
    term = f"<{THEIRS}#twon>"
    (project / "ontology" / "more.ttl").write_text(f"{term} a {term} .\n", "utf-8")
    assert {problem.what.ja for problem in _problems(project)} == {
        f"語彙にない用語「{THEIRS}#twon」です。"
    }


def test_a_statement_of_theirs_is_not_ours_to_publish(project: Path) -> None:
    said = f'<{THEIRS}#Town> <{ns.RDFS}label> "town"@en .\n'
    (project / "ontology" / "more.ttl").write_text(said, "utf-8")
    (problem,) = _problems(project)
    assert problem.what.en.startswith("The copy of a vocabulary (ontology/kasumi.ttl:")
    assert problem.place == Place("ontology/more.ttl", 1)


def test_a_copy_says_nothing_about_things_of_ours(project: Path) -> None:
    append(project / COPY, '\n<id/topic/snow> skos:prefLabel "雪"@ja .\n')
    (problem,) = _problems(project)
    assert "id/topic/snow" in problem.what.ja
    assert problem.place is not None
    assert problem.place.file == "ontology/kasumi.ttl"


def test_its_class_hierarchy_is_known_to_shapes_and_rules(project: Path) -> None:
    edit(project / "shapes" / "plan.ttl", "sh:class kv:Town ;", "sh:class kv:Place ;")
    edit(project / "shapes" / "plan.ttl", "sh:targetClass kv:Town ;", "sh:targetClass kv:Place ;")
    rules = project / "shapes" / "rules.ttl"
    edit(rules, "{ ?step kv:stepOf ?plan }", "{ ?step a/^a kv:Step ; kv:stepOf ?plan }")
    checked = check(settings_for(project))
    assert checked.report.conforms
    edit(project / COPY, "    rdfs:subClassOf kv:Place ;\n", "")
    assert not check(settings_for(project)).report.conforms


# -- What is released --------------------------------------------------------------------------


def test_no_dump_and_no_count_has_the_vocabulary(built: Release) -> None:
    for name in ("all.nq", "all.ttl", "all.jsonld"):
        text = (built.path / DUMPS / name).read_text("utf-8")
        assert "isDefinedBy" not in text
        assert re.search(r"kasumi#Plan>|kv:Plan|\"Plan\"", text)
    assert built.manifest.graphs["ontology"] == 15


def test_the_release_keeps_the_copy_as_it_was_written(built: Release) -> None:
    kept = built.path / "ontology" / "kasumi.ttl"
    assert kept.read_bytes() == (built.path.parents[1] / COPY).read_bytes()
    assert built.manifest.file("ontology/kasumi.ttl")


def test_another_copy_makes_another_release(project: Path) -> None:
    first = build(settings_for(project)).manifest
    append(project / COPY, '\nkv:Town skos:scopeNote "町を含む。"@ja , "Also villages."@en .\n')
    second = build(settings_for(project)).manifest
    assert first.content_hash == second.content_hash
    assert first.release != second.release


def test_the_catalogue_names_the_vocabulary_where_it_is(built: Release) -> None:
    whole = node(IRIS.of("catalog#dataset"))
    conforms = node(ns.DCTERMS + "conformsTo")
    found = {quad.object for quad in built.store.quads_for_pattern(whole, conforms, None)}
    assert found == {node(THEIRS), node(IRIS.of("shapes"))}
    titles = built.store.quads_for_pattern(node(THEIRS), node(ns.DCTERMS + "title"), None)
    assert {str(quad.object) for quad in titles} == {'"霞県語彙"@ja', '"Kasumi vocabulary"@en'}


def test_prefixes_and_context_have_its_terms(built: Release) -> None:
    context = built.context["@context"]
    assert context["kv"] == f"{THEIRS}#"
    assert context["Plan"] == "kv:Plan"
    assert context["town"]["@id"] == "kv:town"


# -- What is served ----------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "label"), [("ja", "場所"), ("en", "place")])
def test_pages_call_its_terms_by_their_names(
    built: Release, site: FlaskClient, language: str, label: str
) -> None:
    page = site.get(f"/lod/doc/plan/remote-care.{language}.html").text
    assert f'href="{THEIRS}#' in page
    terms = site.get("/lod/sparql/terms.json").get_json()["terms"]
    assert next(one for one in terms if one["name"] == "kv:Plan")[language] in ("計画", "plan")
    labels = {str(q.object) for q in built.borrowed.quads_for_pattern(None, None, None)}
    assert f'"{label}"@{language}' in labels


@pytest.mark.parametrize(
    ("language", "lead", "name"),
    [
        ("ja", "ここでは公開していません", "霞県語彙"),
        ("en", "are not published here", "Kasumi vocabulary"),
    ],
)
def test_its_address_says_where_the_vocabulary_lives(
    site: FlaskClient, language: str, lead: str, name: str
) -> None:
    answer = site.get(f"/lod/ontology.{language}.html")
    assert answer.status_code == 200
    assert lead in answer.text
    assert f'<a href="{THEIRS}"' in answer.text
    assert name in answer.text
    assert f'<a href="{THEIRS}#Plan"' in answer.text
    assert f'<{THEIRS}>; rel="describedby"' in ", ".join(answer.headers.getlist("Link"))


def test_programs_are_told_so_too(site: FlaskClient) -> None:
    answer = site.get("/lod/ontology", headers={"Accept": "text/turtle"})
    assert answer.content_type == "text/turtle; charset=utf-8"
    said = list(ox.parse(answer.data, format=ox.RdfFormat.TURTLE))
    assert {quad.subject for quad in said} == {node(THEIRS)}
    assert site.get("/lod/ontology/Plan.ttl").status_code == 404


def test_the_endpoint_does_not_have_it(site: FlaskClient, built: Release) -> None:
    label = node(ns.RDFS + "label")
    assert not list(built.store.quads_for_pattern(node(f"{THEIRS}#Plan"), label, None))


def test_a_project_without_any_vocabulary_links_to_no_page_of_it(tmp_path: Path) -> None:
    project = borrow(write_project(tmp_path / "kasumi"))
    (project / COPY).unlink()
    build(settings_for(project))
    client = create_app(Settings(releases=project / "releases")).test_client()
    assert client.get("/lod/ontology").status_code == 404
    assert "/lod/ontology" not in client.get("/lod/index.ja.html").text
    assert "/lod/ontology" not in client.get("/lod/help.ja.html").text
    assert "/lod/ontology" not in client.get("/lod/sitemap-1.xml").text


def test_ours_and_theirs_can_be_used_together(tmp_path: Path) -> None:
    project = borrow(write_project(tmp_path / "kasumi"))
    (project / "ontology" / "own.ttl").write_text(
        f'<ontology> a <{ns.OWL}Ontology> ; <{ns.DCTERMS}title> "独自"@ja , "own"@en .\n', "utf-8"
    )
    build(settings_for(project))
    client = create_app(Settings(releases=project / "releases")).test_client()
    page = client.get("/lod/ontology.ja.html").text
    assert f'<a href="{THEIRS}"' in page
    assert "独自" in page
