"""publish.rdf.known_terms: which terms well-known vocabularies have."""

from __future__ import annotations

import json

import pytest

from publish.rdf import namespaces as ns
from publish.rdf.known_terms import FILE, RDFLIB, is_unknown, nearest, terms


@pytest.mark.parametrize(
    "name",
    [
        "dcterms:subject",
        "skos:prefLabel",
        "prov:wasDerivedFrom",
        "schema:address",
        "schema:funding",
        "schema:3DModel",
        "dcat:version",
        "dcat:DatasetSeries",
        "geo:sfWithin",
        "geo:asGeoJSON",
        "wgs:long",
        "vcard:hasEmail",
        "dash:KeyInfoRole",
        "sh:SPARQLRule",
        "sf:MultiPolygon",
        "time:ProperInterval",
        "xsd:gYearMonth",
        "xsd:dateTimeStamp",
        "vs:term_status",
        "rdf:_12",
        "rdf:li",
        "void:class",
    ],
)
def test_a_term_that_exists_is_known(name: str) -> None:
    assert not is_unknown(ns.expand(name) or "")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("dcterms:subjet", "dcterms:subject"),
        ("dcterms:Subject", "dcterms:subject"),
        ("skos:preflabel", "skos:prefLabel"),
        ("skos:exactmatch", "skos:exactMatch"),
        ("prov:wasDerivedFrm", "prov:wasDerivedFrom"),
        ("schema:adress", "schema:address"),
        ("foaf:hompage", "foaf:homepage"),
        ("org:Organisation", "org:Organization"),
        ("geo:sfWithn", "geo:sfWithin"),
        ("wgs:lon", "wgs:long"),
        ("dcat:keywords", "dcat:keyword"),
        ("xsd:gYearMont", "xsd:gYearMonth"),
        ("xsd:datetime", "xsd:dateTime"),
        ("owl:sameas", "owl:sameAs"),
        ("time:hasBegining", "time:hasBeginning"),
        ("vcard:hasEmial", "vcard:hasEmail"),
        ("sh:minLenght", "sh:minLength"),
        ("void:Datset", "void:Dataset"),
    ],
)
def test_a_term_that_does_not_exist_is_told_with_the_one_that_was_meant(
    name: str, meant: str
) -> None:
    iri = ns.expand(name) or ""
    assert is_unknown(iri)
    assert nearest(iri) == ns.expand(meant)


@pytest.mark.parametrize(
    ("iri", "meant"),
    [
        ("https://purl.org/dc/terms/title", ns.DCTERMS + "title"),
        ("https://www.w3.org/2004/02/skos/core#prefLabel", ns.SKOS + "prefLabel"),
        ("https://www.w3.org/2002/07/owl#sameAs", ns.OWL + "sameAs"),
        ("https://xmlns.com/foaf/0.1/nmae", ns.FOAF + "name"),
        ("https://www.w3.org/ns/org#Organization", ns.ORG + "Organization"),
    ],
)
def test_an_address_with_the_other_scheme_is_nobodys(iri: str, meant: str) -> None:
    assert is_unknown(iri)
    assert nearest(iri) == meant


def test_schema_org_is_known_under_both_schemes() -> None:
    assert not is_unknown("https://schema.org/address")
    assert nearest("https://schema.org/adress") == "https://schema.org/address"


@pytest.mark.parametrize(
    "iri",
    [
        "http://schema.org/",
        "http://schema.org/version/latest/schemaorg.ttl",
        ns.SKOS,
        "http://www.w3.org/2004/02/skos/core",
        "https://vocab.example/v#A",
        ns.SPDX + "checksumValue",
        "urn:x:y",
    ],
)
def test_what_is_no_term_or_in_no_known_vocabulary_is_left_alone(iri: str) -> None:
    assert not is_unknown(iri)


def test_the_file_adds_to_what_rdflib_knows_and_repeats_nothing() -> None:
    more = json.loads(FILE.read_text("utf-8"))
    assert set(more) <= set(ns.PREFIXES.values())
    for space, names in more.items():
        assert names == sorted(names) and not set(names) & RDFLIB.get(space, frozenset())
    unchecked = {prefix for prefix, space in ns.PREFIXES.items() if space not in terms()}
    assert unchecked == {"adms", "dash", "dcatap", "spdx"}


def test_nothing_is_proposed_for_what_is_like_no_term() -> None:
    assert nearest(ns.DCTERMS + "qqqqqq") is None
