"""The SPARQL endpoint as the clients see it that people use: each does what its manual shows."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import rdflib
import SPARQLWrapper as sw
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from publish.iris import Iris
from tests.support import node
from tests.support.real import BASE
from tests.support.served import Served

IRIS = Iris.at(BASE)
THING = IRIS.of("id/initiative/telemedicine")
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
SELECT = f'SELECT ?name {{ <{THING}> <{LABEL}> ?name FILTER(LANG(?name) = "ja") }}'
ASK = f"ASK {{ <{THING}> ?p ?o }}"
CONSTRUCT = f"CONSTRUCT {{ <{THING}> <{LABEL}> ?name }} WHERE {{ <{THING}> <{LABEL}> ?name }}"


@pytest.fixture(scope="module")
def name(served: Served) -> str:
    (row,) = served.ask(SELECT).rows
    assert "医療" in row["name"]
    return row["name"]


# ------------------------------------------------------------------ SPARQLWrapper


@pytest.mark.parametrize("way", [sw.URLENCODED, sw.POSTDIRECTLY])
@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_sparqlwrapper_sends_a_table_of_codes_as_values(
    served: Served, way: str, size: int
) -> None:
    codes = " ".join(f'"{number:06}"' for number in range(size // 9))
    asked = wrapper(
        served,
        f"SELECT (COUNT(DISTINCT ?m) AS ?n) {{ VALUES ?code {{ {codes} }} "
        f"?m a <{BASE}ontology#Municipality> ; <http://purl.org/dc/terms/identifier> ?code }}",
        sw.JSON,
    )
    asked.setMethod(sw.POST)
    asked.setRequestMethod(way)
    (row,) = asked.queryAndConvert()["results"]["bindings"]
    assert row["n"]["value"] == ("179" if size == 1_000_000 else "1")


def wrapper(served: Served, query: str, format_: str | None = None) -> Any:
    found = sw.SPARQLWrapper(served.endpoint)
    found.setQuery(query)
    if format_:
        found.setReturnFormat(format_)
    return found


@pytest.mark.parametrize("method", [sw.GET, sw.POST])
@pytest.mark.parametrize("way", [sw.URLENCODED, sw.POSTDIRECTLY])
def test_sparqlwrapper_gets_rows_as_json(served: Served, name: str, method: str, way: str) -> None:
    asked = wrapper(served, SELECT, sw.JSON)
    asked.setMethod(method)
    asked.setRequestMethod(way)
    content = asked.queryAndConvert()
    assert [row["name"]["value"] for row in content["results"]["bindings"]] == [name]


def test_sparqlwrapper_gets_rows_as_xml(served: Served, name: str) -> None:
    for format_ in (None, sw.XML):
        document = wrapper(served, SELECT, format_).queryAndConvert()
        assert [e.firstChild.data for e in document.getElementsByTagName("literal")] == [name]


def test_sparqlwrapper_gets_rows_as_csv_and_tsv(served: Served, name: str) -> None:
    rows = wrapper(served, SELECT, sw.CSV).queryAndConvert().decode()
    assert list(csv.reader(io.StringIO(rows, newline=""))) == [["name"], [name]]
    assert wrapper(served, SELECT, sw.TSV).queryAndConvert().decode() == f'?name\n"{name}"@ja\n'


@pytest.mark.parametrize("format_", [sw.JSON, sw.XML])
def test_sparqlwrapper_gets_truth_values(served: Served, format_: str) -> None:
    found = wrapper(served, ASK, format_).queryAndConvert()
    if format_ == sw.JSON:
        assert found["boolean"] is True
    else:
        assert found.getElementsByTagName("boolean")[0].firstChild.data == "true"


@pytest.mark.parametrize(
    "format_", [None, sw.XML, sw.RDF, sw.RDFXML, sw.TURTLE, sw.N3, sw.JSONLD, sw.JSON]
)
# it warns that it sends "*/*" for a name that is for rows; the parameter says it all the same
@pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:Format requested was:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:unknown response content type:RuntimeWarning")
@pytest.mark.parametrize("query", [CONSTRUCT, f"DESCRIBE <{THING}>"])
def test_sparqlwrapper_gets_triples(
    served: Served, name: str, query: str, format_: str | None
) -> None:
    found = wrapper(served, query, format_).queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found)
    assert (rdflib.URIRef(THING), rdflib.URIRef(LABEL), rdflib.Literal(name, "ja")) in graph


def test_sparqlwrapper_names_graphs(served: Served) -> None:
    asked = wrapper(served, SELECT, sw.JSON)
    asked.addDefaultGraph(IRIS.of("graph/links"))
    assert asked.queryAndConvert()["results"]["bindings"] == []
    asked = wrapper(served, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", sw.JSON)
    asked.addNamedGraph(IRIS.of("graph/links"))
    asked.addNamedGraph(IRIS.of("graph/source"))
    assert len(asked.queryAndConvert()["results"]["bindings"]) == 2


@pytest.mark.parametrize("method", [sw.GET, sw.POST])
def test_sparqlwrapper_is_told_what_is_wrong(served: Served, method: str) -> None:
    asked = wrapper(served, "SELECT * { ?s ?p }", sw.JSON)
    asked.setMethod(method)
    with pytest.raises(QueryBadFormed, match="cannot stand here"):
        asked.query()


def test_sparqlwrapper_cannot_change_anything(served: Served) -> None:
    asked = wrapper(served, "INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    asked.setMethod(sw.POST)
    with pytest.raises(HTTPError) as raised:
        asked.query()
    with raised.value as answer:
        assert answer.code == 403
        assert "read-only" in answer.read().decode()


# ------------------------------------------------------------------- rdflib


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
def test_rdflib_queries_the_endpoint_as_a_store(
    served: Served, name: str, method: str, format_: str
) -> None:
    graph = rdflib.Graph(SPARQLStore(served.endpoint, method=method, returnFormat=format_))
    (row,) = graph.query(SELECT)
    assert isinstance(row, rdflib.query.ResultRow)
    assert str(row.name) == name


def test_rdflib_reads_triples_as_from_any_graph(served: Served, name: str) -> None:
    graph = rdflib.Graph(SPARQLStore(served.endpoint))
    found = set(graph.objects(rdflib.URIRef(THING), rdflib.URIRef(LABEL)))
    assert rdflib.Literal(name, "ja") in found
    assert bool(graph.query(ASK)) is True
    assert len(graph.query(CONSTRUCT).graph or ()) == len(found)


def test_rdflib_asks_one_of_the_graphs(served: Served) -> None:
    store = SPARQLStore(served.endpoint)
    sizes = [
        len(rdflib.Graph(store, rdflib.URIRef(IRIS.of(f"graph/{graph}"))))
        for graph in ("source", "nothing")
    ]
    assert sizes[0] > 100 and sizes[1] == 0


# --------------------------------------------------------------------- curl


def curl(*arguments: str) -> str:
    done = subprocess.run(
        ["curl", "--silent", "--show-error", *arguments], capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
class TestCurl:
    def test_a_query_in_a_file_as_on_the_page(
        self, served: Served, name: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "query.rq"
        file.write_text(SELECT, "utf-8")
        for get in ([], ["--get"]):
            said = curl(
                "-H", "Accept: text/csv", "--data-urlencode", f"query@{file}", *get, served.endpoint
            )
            assert said == f"name\r\n{name}\r\n"

    def test_a_query_as_it_is_saved_by_a_windows_editor(
        self, served: Served, name: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "query.rq"
        file.write_text(SELECT.replace(" ", "\r\n"), "utf-8-sig")
        for sent in (
            ["--data-urlencode", f"query@{file}"],
            ["-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}"],
        ):
            assert name in curl(*sent, served.endpoint)

    def test_a_body_in_chunks(self, served: Served, name: str) -> None:
        said = curl(
            "-H", "Transfer-Encoding: chunked", "-H", "Content-Type: application/sparql-query",
            "--data-binary", SELECT, served.endpoint,
        )  # fmt: skip
        assert json.loads(said)["results"]["bindings"][0]["name"]["value"] == name

    def test_an_answer_that_breaks_off_is_an_error(self, strict: Served) -> None:
        digits = " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcdef")
        text = "x" * 100
        query = f"query=SELECT * {{ {digits} BIND('{text}' AS ?text) }}"
        done = subprocess.run(
            ["curl", "--silent", "-H", "Accept: text/csv",
             "--data-urlencode", query, strict.endpoint],
            capture_output=True,
        )  # fmt: skip
        assert done.returncode == 18 and len(done.stdout) > 1 << 20

    def test_the_head_of_an_answer(self, served: Served) -> None:
        said = curl("--head", "--get", "--data-urlencode", f"query={ASK}", served.endpoint)
        assert said.startswith("HTTP/1.1 200") and "etag:" in said.lower()


# ------------------------------------------------------------------- Comunica


@pytest.fixture(scope="module")
def comunica() -> list[str]:
    """The command that runs Comunica, installed now if need be."""
    return node.command("node_modules/@comunica/query-sparql/bin/query.js")


def run(comunica: list[str], served: Served, query: str, type_: str) -> str:
    """Run a query; Comunica finds out by itself that the address is a SPARQL endpoint."""
    done = subprocess.run(
        [*comunica, served.endpoint, "-q", query, "-t", type_],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_comunica_gets_rows(comunica: list[str], served: Served, name: str) -> None:
    said = json.loads(run(comunica, served, SELECT, "application/sparql-results+json"))
    assert [row["name"]["value"] for row in said["results"]["bindings"]] == [name]


def test_comunica_gets_triples(comunica: list[str], served: Served, name: str) -> None:
    said = run(comunica, served, CONSTRUCT, "application/n-triples")
    assert f'<{THING}> <{LABEL}> "{name}"@ja .' in said
    assert "true" in run(comunica, served, ASK, "simple")


def test_comunica_joins_the_endpoint_with_another(
    comunica: list[str], served: Served, kasumi_served: Served
) -> None:
    """What SERVICE is refused for, a client can do on its own side."""
    titles = (
        "?ours a <http://www.w3.org/2002/07/owl#Ontology> ; <http://purl.org/dc/terms/title> ?title"
    )
    done = subprocess.run(
        [*comunica, served.endpoint, kasumi_served.endpoint, "-q",
         f"SELECT DISTINCT ?ours {{ {titles} }}", "-t", "text/csv"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {BASE, "https://data.example.jp/lod/"} <= {
        line.strip("<> ").rpartition("ontology")[0] for line in done.stdout.splitlines()
    }
