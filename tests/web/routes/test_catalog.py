"""The addresses of the catalogue and of VoID."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient

from publish.formats import JSONLD, NTRIPLES, RDFXML, TURTLE
from publish.i18n import LANGUAGES
from publish.rdf import namespaces as ns
from publish.release.release import Release
from tests.support.served import Served
from tests.web.conftest import Page, triples


@pytest.mark.parametrize("path", ["/catalog", "/void"])
def test_the_description_of_the_data_set_says_the_same_in_every_format(
    client: FlaskClient, release: Release, path: str
) -> None:
    said = [
        triples(client.get(f"{path}.{one.suffix}").data, one)
        for one in (TURTLE, JSONLD, RDFXML, NTRIPLES)
    ]
    assert all(lines == said[0] for lines in said)
    dataset = release.iris.of("catalog#dataset")
    kind = f"{ns.DCAT}Dataset" if path == "/catalog" else f"{ns.VOID}Dataset"
    assert f"<{dataset}> <{ns.RDF}type> <{kind}> ." in said[0]
    assert client.get(path).headers["Content-Type"].startswith("text/html")


def test_rdflib_reads_the_same_catalogue_in_the_formats_that_ckanext_dcat_takes(
    client: FlaskClient,
) -> None:
    """ckanext-dcat harvests Turtle, RDF/XML and JSON-LD by rdflib; nothing is to be fetched."""
    graphs = [
        set(rdflib.Graph().parse(data=client.get(f"/catalog.{suffix}").data, format=name))
        for suffix, name in (("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld"))
    ]
    assert len(graphs[0]) > 1000
    assert graphs[0] == graphs[1] == graphs[2]


def test_the_catalogue_lists_every_dump_by_an_address_that_answers(
    client: FlaskClient, release: Release
) -> None:
    lines = triples(client.get("/catalog.nt").data, NTRIPLES)
    wanted = f"<{ns.DCAT}downloadURL>"
    addresses = [line.split("<")[3].split(">")[0] for line in lines if wanted in line]
    names = {address.rpartition("/")[2] for address in addresses}
    others = {file.path.removeprefix("dump/") for file in release.manifest.dumps()} - names
    # what is about the files is no form of the data
    assert {name.rpartition(".csv-")[2] for name in others} == {"SHA256SUMS", "metadata.json"}
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
    assert {"dataset", "dataset-places", "contact", "rights-source", "sparql"} <= set(anchors)
    assert {"distribution-all-ttl-gz", "checksum-all-ttl-gz"} <= set(anchors)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_catalogue_can_be_linked_to_on_its_page(
    client: FlaskClient, release: Release, language: str
) -> None:
    page = Page(client.get(f"/catalog.{language}.html").text)
    anchors = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    space = release.iris.of("catalog#")
    lines = triples(client.get("/catalog.nt").data, NTRIPLES)
    own = {line.split(">")[0][1:] for line in lines if line.startswith(f"<{space}")}
    assert len(own) > 100
    assert {iri.removeprefix(space) for iri in own} - anchors == set()


def test_the_page_has_each_data_set_with_its_downloads_in_its_language(
    client: FlaskClient,
) -> None:
    ja, en = (client.get(f"/catalog.{language}.html").text for language in LANGUAGES)
    assert "地域と市町村" in ja and "Regions and municipalities" in en
    assert "市町村（CSV、Excel用）" in ja and "(CSV for Excel)" in en
    assert re.search(r'href="/dump/[0-9a-f]{12}/places\.ttl\.gz"', ja)


def test_head_has_the_length_of_the_body_and_no_body(served: Served) -> None:
    for path in ("catalog.ttl", "catalog.jsonld", "catalog.rdf", "void.ttl", "catalog.ja.html"):
        got, asked = served.request("GET", path=path), served.request("HEAD", path=path)
        assert (asked.status, asked.body) == (200, b"")
        assert int(asked.headers["Content-Length"]) == len(got.body) > 0
        assert asked.headers["ETag"] == got.headers["ETag"]


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (raptor2-utils) is not installed")
@pytest.mark.parametrize(("suffix", "syntax"), [("rdf", "rdfxml"), ("ttl", "turtle")])
def test_another_parser_reads_as_many_triples(
    client: FlaskClient, tmp_path: Path, suffix: str, syntax: str
) -> None:
    file = tmp_path / f"catalog.{suffix}"
    file.write_bytes(client.get(f"/catalog.{suffix}").data)
    done = subprocess.run(
        ["rapper", "-c", "-i", syntax, str(file), "http://127.0.0.1:8000/"],
        capture_output=True,
        text=True,
        check=True,
    )
    expected = len(triples(client.get("/catalog.nt").data, NTRIPLES))
    assert f"returned {expected} triples" in done.stderr


@pytest.mark.parametrize("path", ["index", "catalog", "dump"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_carries_the_data_set_for_search_engines(
    client: FlaskClient, path: str, language: str
) -> None:
    response = client.get(f"/{path}.{language}.html")
    (script,) = Page(response.text).scripts
    said = json.loads(script)
    assert (said["@context"], said["@type"]) == ("https://schema.org/", "Dataset")
    assert said["name"].startswith("北海道" if language == "ja" else "Hokkaido")
    assert "distribution" in said
    # a block of data is no script to run: the policy need not allow any inline
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("doc/initiative", "initiatives"),
        ("doc/region", "places"),
        ("doc/linkset", "links"),
        ("ontology", "ontology"),
    ],
)
def test_the_page_of_a_part_embeds_it_for_search_engines(
    client: FlaskClient, release: Release, page: str, part: str, language: str
) -> None:
    said = Page(client.get(f"/{page}.{language}.html").text).embedded
    assert said["@type"] == "Dataset"
    assert said["@id"] == release.iris.of(f"catalog#dataset-{part}")
    assert said["name"] and said["description"] and said["isPartOf"]["name"]


@pytest.mark.parametrize("page", ["doc/pillar", "doc/municipality", "doc", "codelists", "quality"])
def test_other_pages_embed_no_data_set(client: FlaskClient, page: str) -> None:
    assert Page(client.get(f"/{page}.ja.html").text).scripts == []


def test_the_page_of_void_counts_the_whole_alone(client: FlaskClient, release: Release) -> None:
    page = Page(client.get("/void.ja.html").text)
    anchors = [one["id"] for _, one in page.elements if "id" in one]
    assert len(anchors) == len(set(anchors))
    assert any(one.startswith("class-") for one in anchors)
    assert not any("places-class-" in one or "places-property-" in one for one in anchors)
    assert "void#places-class-" in client.get("/void.nt").text


@pytest.mark.parametrize("form", ["ttl", "rdf", "jsonld", "nt"])
@pytest.mark.parametrize("name", ["sparql", "reconcile"])
def test_the_description_of_an_endpoint_of_ours_is_rdf_about_it(
    client: FlaskClient, release: Release, name: str, form: str
) -> None:
    """`dcat:endpointDescription` is followed by programs that ask for RDF."""
    service = release.iris.of(f"catalog#{name}")
    described = [
        line.split("<")[3].split(">")[0]
        for line in triples(client.get("/catalog.nt").data, NTRIPLES)
        if line.startswith(f"<{service}> <{ns.DCAT}endpointDescription>")
    ]
    (address,) = described
    format_ = next(one for one in (TURTLE, RDFXML, JSONLD, NTRIPLES) if one.suffix == form)
    answer = client.get(release.iris.path(address), headers={"Accept": format_.media_type})
    assert (answer.status_code, answer.content_type) == (200, format_.content_type)
    found = triples(answer.data, format_)
    about = service if name == "reconcile" else address
    assert any(line.startswith(f"<{about}> <{ns.RDF}type>") for line in found)
