from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import isomorphic

from publish import namespaces as ns
from publish.formats import JSONLD, NTRIPLES, RDF_FORMATS, RDFXML
from publish.release import Release
from publish.shapes import read_shapes
from publish.vocabulary import shapes_as
from tests.web.reading import Page, triples


@pytest.mark.parametrize("path", ["/ontology", "/ontology/1.0.0"])
def test_the_ontology_answers_in_every_format(
    client: FlaskClient, release: Release, path: str
) -> None:
    said = [
        triples(client.get(f"{path}.{format_.suffix}").data, format_, release.context)
        for format_ in RDF_FORMATS
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


@pytest.mark.parametrize("path", ["/ontology/9.9.9", "/ontology/1.0.0.pdf", "/ontology/1.0"])
def test_a_version_that_was_not_made_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_shapes_are_served_as_they_were_written(client: FlaskClient, release: Release) -> None:
    answer = client.get("/shapes", headers={"Accept": "text/turtle"})
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    written = (release.path / "shapes" / "initiative.ttl").read_text("utf-8")
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
        assert triples(content, format_, release.context) == expected


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


def test_json_ld_names_the_context_by_an_address_that_answers(
    client: FlaskClient, release: Release
) -> None:
    named = client.get("/doc/pillar/living.jsonld").get_json()["@context"]
    assert client.get(release.iris.path(named)).data == client.get("/context.jsonld").data


def test_turtle_of_the_ontology_begins_with_its_prefixes(client: FlaskClient) -> None:
    assert client.get("/ontology.ttl").text.startswith("PREFIX ")
