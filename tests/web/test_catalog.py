from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from publish import namespaces as ns
from publish.formats import JSONLD, NTRIPLES, RDFXML, TURTLE
from publish.release import Release
from tests.web.reading import Page, triples


@pytest.mark.parametrize("path", ["/catalog", "/void"])
def test_the_description_of_the_data_set_says_the_same_in_every_format(
    client: FlaskClient, release: Release, path: str
) -> None:
    said = [
        triples(client.get(f"{path}.{one.suffix}").data, one, release.context)
        for one in (TURTLE, JSONLD, RDFXML, NTRIPLES)
    ]
    assert all(lines == said[0] for lines in said)
    dataset = release.iris.of("catalog#dataset")
    assert f"<{dataset}> <{ns.RDF}type> <{ns.VOID}Dataset> ." in said[0]
    assert client.get(path).headers["Content-Type"].startswith("text/html")


def test_the_catalogue_lists_every_dump_by_an_address_that_answers(
    client: FlaskClient, release: Release
) -> None:
    lines = triples(client.get("/catalog.nt").data, NTRIPLES)
    wanted = f"<{ns.DCAT}downloadURL>"
    addresses = [line.split("<")[3].split(">")[0] for line in lines if wanted in line]
    assert len(addresses) == len(release.manifest.dumps())
    for address in addresses:
        assert client.head(release.iris.path(address), buffered=True).status_code == 200


def test_the_well_known_address_leads_to_void(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/void")


def test_the_example_resources_of_void_exist(client: FlaskClient, release: Release) -> None:
    lines = triples(client.get("/void.nt").data, NTRIPLES)
    wanted = f"<{ns.VOID}exampleResource>"
    examples = [line.split("<")[3].split(">")[0] for line in lines if wanted in line]
    assert examples
    for iri in examples:
        assert client.get(release.iris.path(iri)).status_code == 303


def test_the_page_of_the_catalogue_has_an_anchor_for_each_of_its_resources(
    client: FlaskClient,
) -> None:
    page = Page(client.get("/catalog.ja.html").text)
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert {"dataset", "contact", "rights-source"} <= set(anchors)
    assert len(anchors) == len(set(anchors))
