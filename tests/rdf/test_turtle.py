"""Readable Turtle and TriG: exact expected text."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node
from publish.rdf.turtle import trig, turtle

ID = "https://data.example.jp/id/"
PREFIXES = {
    "skos": ns.SKOS,
    "xsd": ns.XSD,
    "dcterms": ns.DCTERMS,
    "plan": ID + "plan/",
    "id": ID,
    "kv": "https://data.example.jp/ontology#",
}
LABEL = node(ns.SKOS + "prefLabel")
TIMES = node("https://data.example.jp/ontology#times")
PLAN = node(ID + "plan/remote-care")
JA = ox.Literal("「遠隔見守り」の推進", language="ja")
EN = ox.Literal("Promotion of “remote care”", language="en")


def typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=node(ns.XSD + datatype))


def test_a_thing_is_a_block_with_type_first_and_japanese_before_english() -> None:
    triples: list[Triple] = [
        (PLAN, LABEL, EN),
        (PLAN, LABEL, JA),
        (PLAN, TIMES, typed("3", "integer")),
        (PLAN, node(ns.DCTERMS + "date"), typed("2030-08", "gYearMonth")),
        (PLAN, TYPE, node("https://data.example.jp/ontology#Plan")),
    ]
    assert turtle(triples, PREFIXES) == (
        "PREFIX dcterms: <http://purl.org/dc/terms/>\n"
        "PREFIX kv: <https://data.example.jp/ontology#>\n"
        "PREFIX plan: <https://data.example.jp/id/plan/>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
        "\n"
        "plan:remote-care a kv:Plan ;\n"
        '    dcterms:date "2030-08"^^xsd:gYearMonth ;\n'
        '    skos:prefLabel "「遠隔見守り」の推進"@ja ,\n'
        '        "Promotion of “remote care”"@en ;\n'
        "    kv:times 3 .\n"
    )


def test_subjects_are_sorted_and_parted_by_an_empty_line() -> None:
    triples: list[Triple] = [
        (node(ID + "b"), TYPE, node(ns.SKOS + "Concept")),
        (node(ID + "a"), TYPE, node(ns.SKOS + "Concept")),
    ]
    assert turtle(triples, {"id": ID, "skos": ns.SKOS}) == (
        "PREFIX id: <https://data.example.jp/id/>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "\n"
        "id:a a skos:Concept .\n"
        "\n"
        "id:b a skos:Concept .\n"
    )


def test_nothing_gives_an_empty_text() -> None:
    assert turtle([], PREFIXES) == ""
    assert trig([], PREFIXES) == ""


def test_a_prefix_that_only_stands_in_a_text_is_not_declared() -> None:
    triples: list[Triple] = [(node("urn:x:1"), node("urn:x:2"), ox.Literal("see kv:Plan ; skos:x"))]
    assert turtle(triples, PREFIXES) == '<urn:x:1> <urn:x:2> "see kv:Plan ; skos:x" .\n'


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (ox.Literal("平易な文"), '"平易な文"'),
        (ox.Literal('引用"符"と\\と\n改行'), '"引用\\"符\\"と\\\\と\\n改行"'),
        (ox.Literal("カスミシ", language="ja-Hrkt"), '"カスミシ"@ja-hrkt'),
        (typed("-5", "integer"), "-5"),
        (typed("007", "integer"), "007"),
        (typed("五", "integer"), '"五"^^xsd:integer'),
        (typed("43.10", "decimal"), '"43.10"^^xsd:decimal'),
        (typed("true", "boolean"), '"true"^^xsd:boolean'),
        (typed("2030-08-01", "date"), '"2030-08-01"^^xsd:date'),
    ],
)
def test_a_literal_keeps_its_form(literal: ox.Literal, written: str) -> None:
    assert f" {written} .\n" in turtle([(PLAN, LABEL, literal)], PREFIXES)


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        (ID + "town/992011", "<https://data.example.jp/id/town/992011>"),
        (ID + "plan/2030-survey", "plan:2030-survey"),
        (ID + "plan/", "<https://data.example.jp/id/plan/>"),
        (ID + "plan/a.b", "<https://data.example.jp/id/plan/a.b>"),
        (ID + "plan/-a", "<https://data.example.jp/id/plan/-a>"),
        (ID + "plan/札幌", "<https://data.example.jp/id/plan/札幌>"),
        ("http://elsewhere.example/x", "<http://elsewhere.example/x>"),
    ],
)
def test_an_iri_is_shortened_only_where_that_needs_no_escapes(iri: str, written: str) -> None:
    assert turtle([(PLAN, LABEL, node(iri))], PREFIXES).endswith(f" skos:prefLabel {written} .\n")


def test_a_triple_given_twice_is_written_once() -> None:
    once = turtle([(PLAN, LABEL, JA)], PREFIXES)
    assert turtle([(PLAN, LABEL, JA), (PLAN, LABEL, JA)], PREFIXES) == once


def test_trig_has_a_block_for_each_graph_and_the_default_graph_first() -> None:
    source, editorial = node("https://x.jp/graph/source"), node("https://x.jp/graph/editorial")
    quads = [
        ox.Quad(PLAN, LABEL, JA, source),
        ox.Quad(PLAN, LABEL, EN, editorial),
        ox.Quad(PLAN, TYPE, node(ns.SKOS + "Concept")),
    ]
    prefixes = {"skos": ns.SKOS, "plan": ID + "plan/", "graph": "https://x.jp/graph/"}
    assert trig(quads, prefixes) == (
        "PREFIX graph: <https://x.jp/graph/>\n"
        "PREFIX plan: <https://data.example.jp/id/plan/>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "\n"
        "plan:remote-care a skos:Concept .\n"
        "\n"
        "graph:editorial {\n"
        "\n"
        'plan:remote-care skos:prefLabel "Promotion of “remote care”"@en .\n'
        "\n"
        "}\n"
        "\n"
        "graph:source {\n"
        "\n"
        'plan:remote-care skos:prefLabel "「遠隔見守り」の推進"@ja .\n'
        "\n"
        "}\n"
    )


_IRIS = st.builds(
    lambda space, local: node(space + local),
    st.sampled_from([ID, ID + "plan/", ns.SKOS, "urn:example:"]),
    st.from_regex(r"[A-Za-z0-9_.~札幌%2F:-]{0,8}".replace("%2F", ""), fullmatch=True),
)
_LITERALS = st.one_of(
    st.builds(ox.Literal, st.text()),
    st.builds(ox.Literal, st.text(), language=st.sampled_from(["ja", "en", "ja-hrkt"])),
    st.builds(typed, st.text(), st.sampled_from(["integer", "date", "decimal", "anyURI"])),
)
_TRIPLES = st.lists(st.tuples(_IRIS, _IRIS, st.one_of(_IRIS, _LITERALS)), max_size=6)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_TRIPLES)
def test_whatever_is_written_reads_back_as_the_same_triples(triples: list[Triple]) -> None:
    text = turtle(triples, PREFIXES)
    read = {(q.subject, q.predicate, q.object) for q in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    assert read == set(triples)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_TRIPLES)
def test_order_of_the_input_does_not_matter(triples: list[Triple]) -> None:
    assert turtle(triples, PREFIXES) == turtle(list(reversed(triples)), PREFIXES)
