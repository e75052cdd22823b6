"""Shared values are told with the table that they are from."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.catalog import distributions
from publish.formats import CSV, JSON, RDF_FORMATS, RESULT_FORMATS, Format
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node, texts
from tests.support.projects import IRIS

EU = "http://publications.europa.eu/resource/authority/"
SUBJECT = node(IRIS.of("catalog#dataset"))


def told(value: str) -> set[Triple]:
    """Return what is said when a value is referred to."""
    return set(distributions.described([(SUBJECT, node(ns.DCAT + "theme"), node(value))]))


@pytest.mark.parametrize(
    "format_", [*RDF_FORMATS, *RESULT_FORMATS, CSV, JSON], ids=lambda f: f.suffix
)
def test_each_format_has_a_file_type_with_a_name(format_: Format) -> None:
    iri = distributions.file_type(format_)
    assert iri.startswith(f"{EU}file-type/")
    said = told(iri)
    assert (node(iri), TYPE, node(ns.DCTERMS + "MediaTypeOrExtent")) in said
    assert {p.value for s, p, _ in said if s.value == iri} >= {ns.SKOS + "prefLabel"}


def test_file_types_of_rdf_are_those_of_the_table() -> None:
    codes = {f.suffix: distributions.file_type(f).rpartition("/")[2] for f in RDF_FORMATS}
    assert codes == {
        "ttl": "RDF_TURTLE",
        "jsonld": "JSON_LD",
        "rdf": "RDF_XML",
        "nt": "RDF_N_TRIPLES",
        "trig": "RDF_TRIG",
        "nq": "RDF_N_QUADS",
    }


@pytest.mark.parametrize(
    ("value", "scheme"),
    [
        (f"{EU}data-theme/GOVE", f"{EU}data-theme"),
        (f"{EU}planned-availability/STABLE", f"{EU}planned-availability"),
        (
            "http://purl.org/adms/licencetype/Attribution",
            "http://purl.org/adms/licencetype/1.0",
        ),
    ],
)
def test_a_value_is_a_concept_of_its_table_and_the_table_has_a_title(
    value: str, scheme: str
) -> None:
    said = told(value)
    assert (node(value), node(ns.SKOS + "inScheme"), node(scheme)) in said
    assert (node(scheme), TYPE, node(ns.SKOS + "ConceptScheme")) in said
    assert {o.value for s, p, o in said if s.value == scheme and p.value == ns.DCTERMS + "title"}


def test_a_table_itself_is_no_concept() -> None:
    said = told(distributions.THEMES)
    assert (node(distributions.THEMES), TYPE, node(ns.SKOS + "ConceptScheme")) in said
    assert ns.SKOS + "Concept" not in {o.value for _, _, o in said}


def test_media_types_and_the_algorithm_have_their_kind() -> None:
    media_type = "https://www.iana.org/assignments/media-types/text/turtle"
    assert told(media_type) == {
        (node(media_type), TYPE, node(ns.DCTERMS + "MediaType")),
        (node(media_type), node(ns.RDFS + "label"), ox.Literal("text/turtle")),
    }
    algorithm = node(distributions.SHA256)
    assert told(distributions.SHA256) == {(algorithm, TYPE, node(ns.SPDX + "ChecksumAlgorithm"))}


@pytest.mark.parametrize("value", [IRIS.thing("town", "992011"), "https://example.com/", EU])
def test_of_anything_else_nothing_is_said(value: str) -> None:
    assert told(value) == set()


def test_a_text_refers_to_nothing() -> None:
    theme = f"{EU}data-theme/GOVE"
    assert (
        list(distributions.described(texts(SUBJECT, ns.DCTERMS + "title", Text(theme, theme))))
        == []
    )
