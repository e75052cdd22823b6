"""The service description says only what is on."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.catalog.service_description import format_iri, service_triples
from publish.formats import RDF_FORMATS, RESULT_FORMATS, Format
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple, node
from publish.rdf.turtle import turtle
from tests.support.projects import IRIS, KV

SERVICE = node(IRIS.of("sparql"))


@pytest.fixture(scope="module")
def triples() -> list[Triple]:
    graphs = {IRIS.graph("source"): 7, IRIS.graph("editorial"): 5}
    return list(service_triples(IRIS, graphs, [("kv", KV)]))


def values(triples: list[Triple], property_: str) -> set[str]:
    """Return the values of a property of the service."""
    return {o.value for s, p, o in triples if s == SERVICE and p.value == ns.SD + property_}


def test_query_is_on_and_nothing_else(triples: list[Triple]) -> None:
    assert values(triples, "supportedLanguage") == {ns.SD + "SPARQL11Query"}
    # the default graph unites all graphs but one
    assert values(triples, "feature") == set()


def test_each_format_of_the_table_is_a_result_format(triples: list[Triple]) -> None:
    formats = values(triples, "resultFormat")
    assert formats == {
        f"http://www.w3.org/ns/formats/{name}"
        for name in (
            "SPARQL_Results_JSON",
            "SPARQL_Results_XML",
            "SPARQL_Results_CSV",
            "SPARQL_Results_TSV",
            "Turtle",
            "JSON-LD",
            "RDF_XML",
            "N-Triples",
            "TriG",
            "N-Quads",
        )
    }
    assert len(formats) == len(RDF_FORMATS) + len(RESULT_FORMATS)


def test_the_endpoint_is_the_service_itself(triples: list[Triple]) -> None:
    assert values(triples, "endpoint") == {"https://data.example.jp/lod/sparql"}


def test_graphs_have_names_and_sizes_and_the_default_graph_a_description(
    triples: list[Triple],
) -> None:
    named = [t for t in triples if "#default-graph" in t[0].value or "-source" in t[0].value]
    prefixes = {"dcterms": ns.DCTERMS, "sd": ns.SD, "void": ns.VOID}
    assert turtle(named, prefixes) == (
        "PREFIX dcterms: <http://purl.org/dc/terms/>\n"
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>\n"
        "PREFIX void: <http://rdfs.org/ns/void#>\n"
        "\n"
        "<https://data.example.jp/lod/sparql#default-graph> a sd:Graph ;\n"
        '    dcterms:description "カタログと統計のグラフ（graph/catalog）を除く、全ての名前付きグラフを合わせたもの。カタログは '
        'GRAPH 又は FROM で指定すれば照会できる。"@ja ,\n'
        '        "The union of all named graphs but that of the catalogue and the statistics (graph/catalog), '
        'which is queried by GRAPH or FROM."@en .\n'
        "\n"
        "<https://data.example.jp/lod/sparql#graph-source> a sd:Graph ;\n"
        "    void:triples 7 .\n"
        "\n"
        "<https://data.example.jp/lod/sparql#named-source> a sd:NamedGraph ;\n"
        "    sd:graph <https://data.example.jp/lod/sparql#graph-source> ;\n"
        "    sd:name <https://data.example.jp/lod/graph/source> .\n"
    )


def test_prefixes_are_declared_for_editors(triples: list[Triple]) -> None:
    declaration = node(IRIS.of("sparql#prefix-kv"))
    assert {(p.value, o) for s, p, o in triples if s == declaration} == {
        (ns.RDF + "type", node(ns.SH + "PrefixDeclaration")),
        (ns.SH + "prefix", ox.Literal("kv")),
        (ns.SH + "namespace", ox.Literal(KV, datatype=node(ns.XSD + "anyURI"))),
    }


def test_everything_that_is_pointed_to_under_the_service_is_described(
    triples: list[Triple],
) -> None:
    described = {subject for subject, _, _ in triples}
    own = {o for _, _, o in triples if o.value.startswith(IRIS.of("sparql"))}
    assert own <= described


@pytest.mark.parametrize("format_", [*RDF_FORMATS, *RESULT_FORMATS], ids=lambda one: one.suffix)
def test_formats_have_their_iri_in_the_registry_of_the_w3c(format_: Format) -> None:
    assert format_iri(format_).startswith("http://www.w3.org/ns/formats/")
