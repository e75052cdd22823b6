"""Triples and quads in every format of the table, the same bytes each time."""

from __future__ import annotations

import json
import random

import pyoxigraph as ox
import pytest
import rdflib

from publish import formats
from publish.formats import RDF_FORMATS, Format
from publish.rdf import namespaces as ns
from publish.rdf.serialize import Serialiser, json_bytes
from publish.rdf.terms import TYPE, node

ID = "https://data.example.jp/id/"
LABEL = node(ns.SKOS + "prefLabel")
PLAN, STEP = node(ID + "plan/remote-care"), node(ID + "step/care-survey")
SOURCE, EDITORIAL = node("https://data.example.jp/graph/source"), node("urn:graph:editorial")
CONTEXT = {
    "@context": {
        "@version": 1.1,
        "id": "@id",
        "type": "@type",
        "skos": ns.SKOS,
        "dcterms": ns.DCTERMS,
        "unused": "dcterms:unused",
        "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    }
}
QUADS = [
    ox.Quad(PLAN, TYPE, node(ns.SKOS + "Concept"), SOURCE),
    ox.Quad(PLAN, LABEL, ox.Literal("「遠隔見守り」の推進", language="ja"), SOURCE),
    ox.Quad(PLAN, LABEL, ox.Literal("Promotion of “remote care”", language="en"), EDITORIAL),
    ox.Quad(STEP, LABEL, ox.Literal("見守りに\n関する調査", language="ja"), SOURCE),
    ox.Quad(STEP, node(ns.DCTERMS + "subject"), PLAN, EDITORIAL),
]
SERIALISER = Serialiser(
    {"skos": ns.SKOS, "dcterms": ns.DCTERMS, "plan": ID + "plan/", "xsd": ns.XSD},
    CONTEXT,
)


def written(format_: Format) -> str:
    return SERIALISER.write(QUADS, format_).decode()


def test_n_quads_are_sorted_lines() -> None:
    assert written(formats.NQUADS) == (
        "<https://data.example.jp/id/plan/remote-care>"
        " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        " <http://www.w3.org/2004/02/skos/core#Concept>"
        " <https://data.example.jp/graph/source> .\n"
        "<https://data.example.jp/id/plan/remote-care>"
        " <http://www.w3.org/2004/02/skos/core#prefLabel>"
        ' "Promotion of “remote care”"@en <urn:graph:editorial> .\n'
        "<https://data.example.jp/id/plan/remote-care>"
        " <http://www.w3.org/2004/02/skos/core#prefLabel>"
        ' "「遠隔見守り」の推進"@ja <https://data.example.jp/graph/source> .\n'
        "<https://data.example.jp/id/step/care-survey>"
        " <http://purl.org/dc/terms/subject>"
        " <https://data.example.jp/id/plan/remote-care> <urn:graph:editorial> .\n"
        "<https://data.example.jp/id/step/care-survey>"
        " <http://www.w3.org/2004/02/skos/core#prefLabel>"
        ' "見守りに\\n関する調査"@ja <https://data.example.jp/graph/source> .\n'
    )


def test_n_triples_are_the_union_of_the_graphs() -> None:
    lines = written(formats.NTRIPLES).splitlines()
    assert len(lines) == 5
    assert lines == sorted(lines)
    assert not any("graph" in line for line in lines)


def test_rdf_xml_declares_only_the_prefixes_that_it_uses() -> None:
    text = written(formats.RDFXML)
    assert 'xmlns:skos="http://www.w3.org/2004/02/skos/core#"' in text
    assert 'xmlns:dcterms="http://purl.org/dc/terms/"' in text
    assert "xmlns:xsd" not in text
    assert "xmlns:plan" not in text


def test_rdf_xml_groups_by_subject() -> None:
    assert written(formats.RDFXML).count("rdf:about=") == 2


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.suffix)
def test_order_of_the_input_does_not_change_a_byte(format_: Format) -> None:
    shuffled = list(QUADS)
    random.Random(5).shuffle(shuffled)
    assert SERIALISER.write(shuffled, format_) == SERIALISER.write(QUADS, format_)


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.suffix)
def test_nothing_is_written_as_a_readable_document(format_: Format) -> None:
    content = SERIALISER.write([], format_)
    assert list(ox.parse(content, format=format_.rdf)) == []


@pytest.mark.parametrize("format_", [formats.TRIG, formats.NQUADS], ids=lambda f: f.suffix)
def test_formats_with_graphs_keep_them(format_: Format) -> None:
    assert set(ox.parse(written(format_), format=format_.rdf)) == set(QUADS)


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        (formats.TURTLE, "turtle"),
        (formats.NTRIPLES, "nt"),
        (formats.RDFXML, "xml"),
        (formats.JSONLD, "json-ld"),
    ],
    ids=lambda value: getattr(value, "suffix", value),
)
def test_formats_without_graphs_hold_the_same_triples(format_: Format, name: str) -> None:
    wanted = {ox.Triple(q.subject, q.predicate, q.object) for q in QUADS}
    assert {q.triple for q in ox.parse(written(format_), format=format_.rdf)} == wanted
    union = "".join(f"{triple} .\n" for triple in wanted)
    assert set(rdflib.Graph().parse(data=written(format_), format=name)) == set(
        rdflib.Graph().parse(data=union, format="nt")
    )


def test_jsonld_has_the_part_of_the_context_that_it_uses() -> None:
    used = json.loads(written(formats.JSONLD))["@context"]
    assert used == {name: CONTEXT["@context"][name] for name in used}
    assert list(used) == ["@version", "dcterms", "id", "prefLabel", "skos", "type"]


def test_what_stands_in_a_page_is_the_same_as_a_document() -> None:
    assert SERIALISER.embedded(QUADS) == json.loads(written(formats.JSONLD))


def test_a_triple_of_two_graphs_is_written_once_where_there_are_no_graphs() -> None:
    first = QUADS[0]
    twice = [*QUADS, ox.Quad(first.subject, first.predicate, first.object, EDITORIAL)]
    assert SERIALISER.write(twice, formats.NTRIPLES) == SERIALISER.write(QUADS, formats.NTRIPLES)


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="not an RDF format: csv"):
        SERIALISER.write(QUADS, formats.CSV)


def test_a_blank_node_is_refused() -> None:
    quad = ox.Quad(ox.BlankNode("b"), LABEL, ox.Literal("無名", language="ja"))
    with pytest.raises(TypeError, match="not an IRI or a literal"):
        SERIALISER.write([quad], formats.TURTLE)


def test_json_is_indented_and_keeps_japanese_readable() -> None:
    assert json_bytes({"名称": ["霞市"]}) == '{\n "名称": [\n  "霞市"\n ]\n}\n'.encode()
