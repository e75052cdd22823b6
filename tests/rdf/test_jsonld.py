"""The JSON-LD context made from shapes, and JSON-LD in its terms: values keep their form."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.rdf import namespaces as ns
from publish.rdf.jsonld import Context, Writer
from publish.rdf.terms import TYPE, Triple, node
from publish.shacl.jsonld_context import context_of
from publish.shacl.shapes import Shapes, prefixes_of, read_shapes
from tests.support.projects import BASE, IRIS, KV, write_project

PLAN = node(IRIS.thing("plan", "remote-care"))
LABEL = node(ns.SKOS + "prefLabel")
JA = ox.Literal("「遠隔見守り」の推進", language="ja")
EN = ox.Literal("Promotion of “remote care”", language="en")


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Shapes:
    return read_shapes(write_project(tmp_path_factory.mktemp("jsonld") / "kasumi"), IRIS)


@pytest.fixture(scope="module")
def context(shapes: Shapes) -> Context:
    return context_of(shapes, prefixes_of(shapes))


@pytest.fixture(scope="module")
def writer(context: Context) -> Writer:
    return Writer(context)


def typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=node(ns.XSD + datatype))


def only_node(writer: Writer, *triples: Triple) -> dict[str, Any]:
    (found,) = json.loads(writer.write(triples))["@graph"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("term", "definition"),
    [
        ("id", "@id"),
        ("type", "@type"),
        ("kv", KV),
        ("skos", ns.SKOS),
        ("Plan", "kv:Plan"),
        ("prefLabel", {"@id": "skos:prefLabel", "@container": "@language"}),
        ("stepOf", {"@id": "kv:stepOf", "@type": "@id", "@container": "@set"}),
        ("times", {"@id": "kv:times", "@type": "xsd:integer", "@container": "@set"}),
        ("identifier", {"@id": "dcterms:identifier", "@container": "@set"}),
    ],
)
def test_the_context_defines_what_the_shapes_describe(
    context: Context, term: str, definition: object
) -> None:
    assert context["@context"][term] == definition


def test_a_property_named_like_a_type_of_things_keeps_its_name(context: Context) -> None:
    # both id/town/ and kv:town exist: the prefix of things must not take the property's name
    assert context["@context"]["town"]["@id"] == "kv:town"


def test_the_context_is_jsonld_1_1(context: Context) -> None:
    assert context["@context"]["@version"] == 1.1


def test_two_properties_with_one_local_name_get_two_terms(tmp_path: Path) -> None:
    project = write_project(tmp_path / "kasumi")
    more = f"""
        PREFIX sh: <{ns.SH}>
        <shapes#Other> sh:path <http://elsewhere.example/times> ; sh:nodeKind sh:IRI .
    """
    (project / "shapes" / "more.ttl").write_text(more, "utf-8")
    shapes = read_shapes(project, IRIS)
    terms = context_of(shapes, prefixes_of(shapes))["@context"]
    assert {terms["times"]["@id"], terms["kvTimes"]["@id"]} == {
        "kv:times",
        "http://elsewhere.example/times",
    }


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (ns.ORG + "times", "orgTimes"),
        (ns.SCHEMA + "times", "schemaTimes"),
        (KV + "times", "kvTimes"),
        ("http://elsewhere.example/times", "times2"),
        (ns.ORG + "others", "others"),
        (ns.DCTERMS + "type", "dctermsType"),
    ],
)
def test_a_name_that_is_taken_gets_the_prefix_if_there_is_one(
    tmp_path: Path, path: str, name: str
) -> None:
    project = write_project(tmp_path / "kasumi")
    more = "".join(
        f"<shapes#{number}> <{ns.SH}path> <{iri}> ; <{ns.SH}nodeKind> <{ns.SH}IRI> .\n"
        for number, iri in enumerate(("http://a.example/times", path))
    )
    (project / "shapes" / "more.ttl").write_text(more, "utf-8")
    shapes = read_shapes(project, IRIS)
    writer = Writer(context_of(shapes, prefixes_of(shapes)))
    assert writer.names[path] == name


def test_one_value_is_an_array_as_several_are(writer: Writer) -> None:
    town, other = IRIS.thing("town", "992011"), IRIS.thing("town", "992020")
    one: Triple = (PLAN, node(KV + "town"), node(town))
    two: Triple = (PLAN, node(KV + "town"), node(other))
    assert only_node(writer, one)["town"] == [town]
    assert only_node(writer, one, two)["town"] == [town, other]


def test_texts_are_language_maps_of_arrays(writer: Writer) -> None:
    found = only_node(writer, (PLAN, LABEL, EN), (PLAN, LABEL, JA))
    assert found["prefLabel"] == {
        "en": ["Promotion of “remote care”"],
        "ja": ["「遠隔見守り」の推進"],
    }


def test_types_are_an_array_of_terms_and_stand_behind_the_id(writer: Writer) -> None:
    found = only_node(writer, (PLAN, LABEL, JA), (PLAN, TYPE, node(KV + "Plan")))
    assert list(found) == ["id", "type", "prefLabel"]
    assert found["type"] == ["Plan"]


def test_a_typed_value_is_a_string_so_that_its_lexical_form_survives(writer: Writer) -> None:
    assert only_node(writer, (PLAN, node(KV + "times"), typed("03", "integer")))["times"] == ["03"]


def test_a_value_of_another_datatype_than_the_term_has_is_spelt_out(writer: Writer) -> None:
    found = only_node(writer, (PLAN, node(KV + "times"), typed("3.0", "decimal")))
    assert found == {
        "id": PLAN.value,
        "kv:times": [{"@value": "3.0", "@type": "xsd:decimal"}],
    }


def test_a_text_without_language_is_spelt_out_beside_the_language_map(writer: Writer) -> None:
    found = only_node(writer, (PLAN, LABEL, JA), (PLAN, LABEL, ox.Literal("R2.8")))
    assert found["prefLabel"] == {"ja": ["「遠隔見守り」の推進"]}
    assert found["skos:prefLabel"] == [{"@value": "R2.8"}]


def test_a_property_without_a_shape_is_written_by_prefix(writer: Writer) -> None:
    found = only_node(writer, (PLAN, node(ns.DCTERMS + "date"), typed("2030-08", "gYearMonth")))
    assert found["dcterms:date"] == [{"@value": "2030-08", "@type": "xsd:gYearMonth"}]


# -- The context in the document ---------------------------------------------------------------


def context_in(writer: Writer, *triples: Triple) -> dict[str, Any]:
    found = json.loads(writer.write(triples))["@context"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("predicate", "object_", "used"),
    [
        (LABEL, JA, {"prefLabel", "skos"}),
        (LABEL, ox.Literal("R2.8"), {"skos"}),
        (TYPE, node(KV + "Plan"), {"Plan", "kv"}),
        (TYPE, node(ns.SKOS + "Concept"), {"skos"}),
        (node(KV + "times"), typed("3", "integer"), {"times", "kv", "xsd"}),
        (node(KV + "times"), typed("3", "decimal"), {"kv", "xsd"}),
        (node(KV + "town"), node("http://elsewhere.example/"), {"town", "kv"}),
        (node(ns.DCTERMS + "date"), typed("2030-08", "gYearMonth"), {"dcterms", "xsd"}),
        (node("http://elsewhere.example/p"), node("http://elsewhere.example/"), set()),
    ],
)
def test_a_document_has_the_terms_and_prefixes_that_it_uses_and_no_others(
    writer: Writer, predicate: ox.NamedNode, object_: ox.NamedNode | ox.Literal, used: set[str]
) -> None:
    found = context_in(writer, (PLAN, predicate, object_))
    assert found.keys() == {"@version", "id", "type", *used}
    assert found == {name: writer.context[name] for name in found}


def test_the_context_stands_in_a_fixed_order(writer: Writer) -> None:
    triples: list[Triple] = [
        (PLAN, LABEL, JA), (PLAN, node(KV + "times"), typed("3", "integer")),
        (PLAN, TYPE, node(KV + "Plan")), (PLAN, node(ns.DCTERMS + "date"), JA),
    ]  # fmt: skip
    texts = {writer.write(order) for order in permutations(triples)}
    assert len(texts) == 1
    first, *rest = json.loads(texts.pop())["@context"]
    assert first == "@version" and rest == sorted(rest)


@pytest.mark.parametrize(
    "iri", ["skos:43.06,141.35", "kv:x", "xsd:integer", "dcterms:title", "skos:prefLabel"]
)
def test_an_iri_whose_scheme_is_also_a_prefix_keeps_its_meaning(writer: Writer, iri: str) -> None:
    triples: list[Triple] = [
        (node(iri), LABEL, JA), (PLAN, node(KV + "town"), node(iri)), (PLAN, TYPE, node(iri)),
        (PLAN, node(iri), typed("3", "integer")), (PLAN, LABEL, ox.Literal("x", datatype=node(iri))),
        (PLAN, node(KV + "times"), typed("3", "integer")), (PLAN, node(ns.SKOS + "note"), JA),
        (PLAN, node(ns.DCTERMS + "date"), node(iri)),
    ]  # fmt: skip
    assert_read_back(writer.write(triples), triples)


def assert_read_back(text: str, triples: list[Triple]) -> None:
    """Read JSON-LD by two libraries, of which neither can fetch anything."""
    quads = ox.parse(text, format=ox.RdfFormat.JSON_LD)
    assert {(q.subject, q.predicate, q.object) for q in quads} == set(triples)
    plain = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    wanted = rdflib.Graph().parse(data=plain, format="nt")
    assert set(rdflib.Graph().parse(data=text, format="json-ld")) == set(wanted)


def test_the_exact_text_of_a_document(writer: Writer) -> None:
    triples: list[Triple] = [
        (PLAN, TYPE, node(KV + "Plan")),
        (PLAN, LABEL, JA),
        (PLAN, node(ns.DCTERMS + "subject"), node(IRIS.thing("topic", "care"))),
    ]
    context, _, graph = writer.write(triples).partition("\n },\n")
    assert context.startswith('{\n "@context": {\n  "@version": 1.1,\n  "Plan": "kv:Plan",\n')
    assert graph == (
        ' "@graph": [\n'
        "  {\n"
        '   "id": "https://data.example.jp/lod/id/plan/remote-care",\n'
        '   "type": [\n'
        '    "Plan"\n'
        "   ],\n"
        '   "prefLabel": {\n'
        '    "ja": [\n'
        '     "「遠隔見守り」の推進"\n'
        "    ]\n"
        "   },\n"
        '   "subject": [\n'
        '    "https://data.example.jp/lod/id/topic/care"\n'
        "   ]\n"
        "  }\n"
        " ]\n"
        "}\n"
    )


_IRIS = st.sampled_from(
    [
        BASE + "id/plan/a",
        BASE + "id/town/992011",
        BASE + "graph/source",
        KV + "Plan",
        ns.SKOS + "Concept",
        "http://elsewhere.example/札幌",
        "http://www.w3.org/2001/XMLSchema#",
        "urn:example:x",
    ]
).map(node)
_PROPERTIES = st.sampled_from(
    [
        KV + "times",
        KV + "town",
        KV + "stepOf",
        ns.SKOS + "prefLabel",
        ns.DCTERMS + "identifier",
        ns.DCTERMS + "date",
        "http://elsewhere.example/p",
        ns.RDF + "type",
    ]
).map(node)
# no line ends and controls: they are matters of the N-Triples reader, not of JSON
_TEXT = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Zl", "Zp"]))
_LITERALS = st.one_of(
    st.builds(ox.Literal, _TEXT),
    st.builds(ox.Literal, _TEXT, language=st.sampled_from(["ja", "en", "ja-hrkt"])),
    st.builds(typed, _TEXT, st.sampled_from(["integer", "gYearMonth", "boolean"])),
)


def _triples(value: ox.NamedNode | ox.Literal, subject: ox.NamedNode, p: ox.NamedNode) -> Triple:
    return subject, p, value if p != TYPE or isinstance(value, ox.NamedNode) else subject


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.builds(_triples, st.one_of(_IRIS, _LITERALS), _IRIS, _PROPERTIES), max_size=5))
def test_both_libraries_read_back_what_was_written(writer: Writer, triples: list[Triple]) -> None:
    assert_read_back(writer.write(triples), triples)
