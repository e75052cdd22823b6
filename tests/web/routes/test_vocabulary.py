from __future__ import annotations

import json
from pathlib import Path

import html5lib
import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import isomorphic

from publish.browse.vocabulary import shapes_as
from publish.build import build
from publish.formats import JSONLD, NTRIPLES, RDF_FORMATS, RDFXML, TURTLE
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.settings import Settings
from publish.shacl.shapes import read_shapes
from server import create_app
from tests.support.projects import append, settings_for, write_project
from tests.support.real import ROOT
from tests.web.conftest import Page, link_header, triples


@pytest.mark.parametrize("path", ["/ontology", "/ontology/2.0.0"])
def test_the_ontology_answers_in_every_format(
    client: FlaskClient, release: Release, path: str
) -> None:
    said = [
        triples(client.get(f"{path}.{format_.suffix}").data, format_) for format_ in RDF_FORMATS
    ]
    assert all(lines == said[0] for lines in said)
    assert len(said[0]) > 100
    answer = client.get(path, headers={"Accept": "text/turtle"})
    assert answer.headers["Content-Location"] == f"{path}.ttl"


def test_every_term_has_an_anchor_on_the_page(client: FlaskClient, release: Release) -> None:
    own = release.iris.of("ontology#")
    lines = triples(client.get("/ontology.nt").data, NTRIPLES)
    terms = {line[1:].split(">")[0] for line in lines}
    locals_ = {term.removeprefix(own) for term in terms if term.startswith(own)}
    page = Page(client.get("/ontology.ja.html").text)
    anchors = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert len(locals_) > 30
    assert locals_ - anchors == set()


@pytest.mark.parametrize("path", ["/ontology/9.9.9", "/ontology/2.0.0.pdf", "/ontology/2.0"])
def test_a_version_that_was_not_made_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_shapes_are_served_as_they_were_written(client: FlaskClient, release: Release) -> None:
    answer = client.get("/shapes", headers={"Accept": "text/turtle"})
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    written = (ROOT / "shapes" / "initiative.ttl").read_text("utf-8")
    # only literals that are addresses get the base, which no reader of Turtle would give them
    here = f'"{release.iris.of("id/initiative/")}"^^<{ns.XSD}anyURI>'
    assert written.replace('"id/initiative/"^^xsd:anyURI', here) in answer.text


def test_shapes_say_the_same_in_every_format(client: FlaskClient) -> None:
    written = rdflib.Graph().parse(data=client.get("/shapes.ttl").data, format="turtle")
    lines = client.get("/shapes.nt").data
    assert isomorphic(written, rdflib.Graph().parse(data=lines, format="nt"))
    for format_ in (JSONLD, RDFXML):
        content = client.get(f"/shapes.{format_.suffix}").data
        found = ox.Dataset(ox.parse(content, format=format_.rdf))
        expected = ox.Dataset(ox.parse(lines, format=NTRIPLES.rdf))
        for dataset in (found, expected):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert found == expected


def test_shapes_are_the_same_bytes_each_time(client: FlaskClient, release: Release) -> None:
    again = read_shapes(release.path, release.iris).graph
    assert shapes_as(again, NTRIPLES) == client.get("/shapes.nt").data


@pytest.mark.parametrize("name", ["source", "editorial", "reference", "derived", "catalog"])
def test_a_named_graph_is_served_whole(client: FlaskClient, release: Release, name: str) -> None:
    node = ox.NamedNode(release.iris.graph(name))
    expected = {
        f"{quad.subject} {quad.predicate} {quad.object} ."
        for quad in release.store.quads_for_pattern(None, None, None, node)
    }
    for format_ in RDF_FORMATS:
        content = client.get(f"/graph/{name}.{format_.suffix}").data
        assert triples(content, format_) == expected


def test_the_page_of_a_graph_describes_it(client: FlaskClient, release: Release) -> None:
    text = Page(client.get("/graph/source.ja.html").text).text
    assert "資料が述べること" in text
    assert f"{release.manifest.graphs['source']:,}" in text


@pytest.mark.parametrize("path", ["/graph/nothing", "/graph/", "/graph", "/graph/%E8%B3%87.ttl"])
def test_a_graph_that_does_not_exist_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_context_is_served_for_other_sites_too(client: FlaskClient) -> None:
    answer = client.get("/context.jsonld")
    assert answer.headers["Content-Type"] == JSONLD.media_type
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "@context" in json.loads(answer.data)
    fixed = next(
        value[1:].split(">")[0]
        for value in answer.headers.getlist("Link")
        if value.startswith("</context-")
    )
    named = client.get(fixed)
    assert named.data == answer.data
    assert named.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/context-000000000000.jsonld").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/doc/pillar/living", "/catalog", "/void", "/doc/pillar", "/ontology", "/codelists", "/"],
)
def test_json_ld_has_its_context_and_leads_to_the_whole_of_it(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address, headers={"Accept": JSONLD.media_type})
    used, whole = answer.get_json()["@context"], client.get("/context.jsonld").get_json()
    assert used.items() <= whole["@context"].items()
    links = answer.headers.getlist("Link")
    assert link_header(links, "http://www.w3.org/ns/json-ld#context") == ["/context.jsonld"]
    turtle = client.get(address, headers={"Accept": TURTLE.media_type})
    assert triples(answer.data, JSONLD) == triples(turtle.data, TURTLE)


# -- Pages ----------------------------------------------------------------------------------------

PAGES = ("ontology", "codelists", "shapes")
both = pytest.mark.parametrize("language", ["ja", "en"])


@both
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_html_without_an_error_and_not_too_long(
    client: FlaskClient, small: FlaskClient, path: str, language: str
) -> None:
    for answer in (
        client.get(f"/{path}.{language}.html"),
        small.get(f"/lod/{path}.{language}.html"),
    ):
        html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
        assert len(answer.data) < 120_000


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_a_page_leads_somewhere(client: FlaskClient, path: str) -> None:
    page = Page(client.get(f"/{path}.ja.html").text)
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    assert {link[1:] for link in page.links if link.startswith("#")} - {*anchors} == set()


def test_every_rule_has_an_anchor_on_the_page_of_shapes(
    client: FlaskClient, release: Release
) -> None:
    page = Page(client.get("/shapes.ja.html").text)
    anchors = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    graph = release.shapes.graph
    asked = {*graph.objects(None, rdflib.SH.property), *graph.objects(None, rdflib.SH.sparql)}
    assert len(asked) > 250
    assert {str(one).rpartition("#")[2] for one in asked} - anchors == set()


def test_a_class_is_shown_in_both_languages_with_what_there_is_of_it(client: FlaskClient) -> None:
    page = Page(client.get("/ontology.ja.html").text)
    for said in ("取組 initiative s5:Initiative", "25件", "必須・1つ。「実施段階」を指す。"):
        assert said in page.text
    assert "/doc/initiative.ja.html" in page.links
    assert "/shapes.ja.html#Initiative" in page.links
    english = Page(client.get("/ontology.en.html").text).text
    assert "Initiative 取組 s5:Initiative" in english
    assert "Required, exactly 1. Refers to: stage." in english


def test_classes_are_drawn_with_links_and_told_in_words(client: FlaskClient) -> None:
    page = Page(client.get("/ontology.en.html").text)
    drawn = {attributes["aria-label"] for attributes in page.all("a") if "aria-label" in attributes}
    assert {"Initiative", "Region", "Administrative unit", "Organization"} <= drawn
    assert "Initiative — stage → Stage" in page.text
    assert "Region — Broader classes → Administrative unit" in page.text


def test_the_small_project_is_drawn_too(small: FlaskClient) -> None:
    page = Page(small.get("/lod/ontology.ja.html").text)
    assert "計画 — 実施する市町 → 市町" in page.text
    assert len(page.all("rect")) == 4


def test_a_deprecated_term_names_its_successor(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    old = """
kv:Old a owl:Class ; rdfs:label "旧計画"@ja , "old plan"@en ; rdfs:isDefinedBy <ontology> ;
    owl:deprecated true ; dcterms:isReplacedBy kv:Plan .
kv:older a owl:ObjectProperty ; rdfs:label "旧"@ja , "old"@en ; owl:deprecated true ."""
    append(project / "ontology" / "kasumi.ttl", old)
    build(settings_for(project))
    client = create_app(Settings(releases=project / "releases")).test_client()
    page = Page(client.get("/lod/ontology.ja.html").text)
    assert page.text.count("この用語は使わないでください。") == 2
    assert "代わりに次の用語を使います。 計画" in page.text


@pytest.mark.parametrize("local", ["Initiative", "stage"])
def test_a_term_can_be_had_alone(client: FlaskClient, release: Release, local: str) -> None:
    subject = f"<{release.iris.of('ontology#')}{local}> "
    whole = triples(client.get("/ontology.nt").data, NTRIPLES)
    expected = {line for line in whole if line.startswith(subject)}
    for format_ in RDF_FORMATS:
        content = client.get(f"/ontology/{local}.{format_.suffix}").data
        assert triples(content, format_) == expected
    assert f"/ontology/{local}.ttl" in Page(client.get("/ontology.ja.html").text).links


@pytest.mark.parametrize(
    "path", ["/ontology/Nothing", "/ontology/Nothing.ttl", "/shapes/no.ttl", "/shapes/region.rdf"]
)
def test_what_is_not_in_the_vocabulary_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_file_of_the_shapes_is_served_as_it_was_written(
    client: FlaskClient, release: Release
) -> None:
    answer = client.get("/shapes/region.ttl")
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    whole = rdflib.Graph().parse(data=client.get("/shapes.ttl").data, format="turtle")
    one = rdflib.Graph().parse(data=answer.data, format="turtle")
    assert len(one) > 50
    named = {t for t in one if not any(isinstance(term, rdflib.BNode) for term in t)}
    assert named <= set(whole)
    assert "/shapes/region.ttl" in Page(client.get("/shapes.ja.html").text).links


def test_code_lists_show_their_trees_and_lead_to_lists(client: FlaskClient) -> None:
    page = Page(client.get("/codelists.ja.html").text)
    assert "（「技術」の下位）" in page.text
    assert "Artificial intelligence" in page.text
    narrowed = [link for link in page.links if link.startswith("/doc/initiative.ja.html?")]
    assert "/doc/initiative.ja.html?stage=under-way" in narrowed
    assert all(client.get(link).status_code == 200 for link in narrowed[:5])
    assert "/doc/municipality.ja.html" in page.links


def test_code_lists_are_data_too(client: FlaskClient, release: Release) -> None:
    said = [
        triples(client.get(f"/codelists.{format_.suffix}").data, format_) for format_ in RDF_FORMATS
    ]
    assert all(lines == said[0] for lines in said)
    assert any(f"<{release.iris.of('id/topic/ai')}> " in line for line in said[0])


def test_turtle_of_the_ontology_begins_with_its_prefixes(client: FlaskClient) -> None:
    assert client.get("/ontology.ttl").text.startswith("PREFIX ")
