"""The catalogue is a DCAT-AP 3 catalogue: by its own SHACL shapes, and by a table of what it asks for.

The shapes are not part of this repository; without them only the table is checked.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH

from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple, node
from publish.release.release import Release
from tests.support.published import catalogue, stamped_release
from tests.support.real import ROOT

SHAPES = ROOT.parent / "shared" / "specs" / "dcat-ap"
needs_shapes = pytest.mark.skipif(
    not SHAPES.is_dir(), reason=f"the SHACL shapes of DCAT-AP are not here: {SHAPES.name}/"
)
#: What DCAT-AP 3 asks of each class ("mandatory" and "recommended"), and what harvesters read.
WANTED = {
    "dcat:Catalog": """dcterms:title dcterms:description dcterms:publisher dcat:dataset dcat:service
        dcterms:issued dcterms:modified dcterms:language dcterms:license dcterms:spatial
        dcat:themeTaxonomy foaf:homepage""",
    "dcat:Dataset": """dcterms:title dcterms:description dcterms:identifier dcterms:publisher
        dcat:contactPoint dcat:distribution dcat:keyword dcat:theme dcterms:spatial dcterms:temporal
        dcterms:license dcterms:accessRights dcterms:accrualPeriodicity dcterms:language
        dcterms:issued dcterms:modified dcat:version dcat:landingPage dcterms:conformsTo""",
    "dcat:Distribution": """dcterms:title dcterms:description dcat:accessURL dcat:downloadURL
        dcat:mediaType dcterms:format dcat:byteSize spdx:checksum dcatap:availability adms:status
        dcterms:license dcterms:language dcterms:issued dcterms:modified""",
    "dcat:DataService": """dcterms:title dcterms:description dcat:endpointURL
        dcat:endpointDescription dcat:servesDataset dcterms:license dcterms:accessRights
        dcterms:publisher dcat:contactPoint dcat:theme dcat:keyword dcterms:conformsTo
        dcterms:format""",
    "foaf:Agent": "foaf:name dcterms:type",
    "spdx:Checksum": "spdx:algorithm spdx:checksumValue",
    "dcterms:LicenseDocument": "dcterms:title dcterms:type",
    "dcterms:Location": "dcat:bbox dcat:centroid",
    "dcterms:PeriodOfTime": "dcat:startDate dcat:endDate",
    "skos:Concept": "skos:prefLabel",
    "skos:ConceptScheme": "dcterms:title",
}
#: Rules of the file on controlled values that our data cannot keep, each for a reason.
REMAINING = {
    # the publisher is no body of the EU
    "http://purl.org/dc/terms/publisher",
    # the authority tables of the EU know no part of Japan, only the country
    "http://purl.org/dc/terms/spatial",
    # the rule wants https://spdx.org/…, but the namespace of SPDX begins with http:
    "http://spdx.org/rdf/terms#algorithm",
}


@pytest.fixture(scope="module", params=["real", "kasumi"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Release:
    if request.param == "real":
        real: Release = request.getfixturevalue("public_release")
        return real
    return stamped_release(tmp_path_factory.mktemp("dcat-ap") / "project")


@pytest.fixture(scope="module")
def said(release: Release) -> set[Triple]:
    return catalogue(release)


@pytest.fixture(scope="module")
def graph(said: set[Triple]) -> rdflib.Graph:
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in said)
    return rdflib.Graph().parse(data=lines, format="nt")


@pytest.mark.parametrize("class_", WANTED)
def test_everything_of_a_class_has_what_is_asked_of_it(said: set[Triple], class_: str) -> None:
    wanted_type = node(ns.expand(class_) or "")
    things = {s for s, p, o in said if p == TYPE and o == wanted_type}
    properties = {(s, p.value) for s, p, _ in said}
    lacking = [
        f"{thing.value}: {name}"
        for thing in sorted(things, key=str)
        for name in WANTED[class_].split()
        if (thing, ns.expand(name)) not in properties
    ]
    assert things
    assert lacking == []


def test_the_bounds_of_a_place_are_told_as_dcat_ap_takes_them(said: set[Triple]) -> None:
    """DCAT-AP 3 wants `locn:geometry` to be a thing (`dcterms:Location`); a box is a literal."""
    named = {predicate.value for _, predicate, _ in said}
    assert ns.DCAT + "bbox" in named
    assert ns.LOCN + "geometry" not in named


def _validated(graph: rdflib.Graph, *files: str) -> rdflib.Graph:
    """Return the report on a graph by the shapes of some files."""
    shapes = rdflib.Graph()
    for file in files:
        shapes.parse(SHAPES / file)
    for shape, predicate, property_ in list(shapes.triples((None, SH.property, None))):
        if (property_, None, None) not in shapes:  # named, but defined in no file
            shapes.remove((shape, predicate, property_))
    targets = set(shapes.objects(None, SH.targetClass)) & set(graph.objects(None, RDF.type))
    assert targets, "no shape has anything to look at"
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert isinstance(report, rdflib.Graph)
    return report


def _results(report: rdflib.Graph) -> Iterator[tuple[str, ...]]:
    for result in report.objects(None, SH.result):
        parts = (SH.resultSeverity, SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
        yield tuple(str(report.value(result, part)) for part in parts)


@needs_shapes
def test_nothing_violates_the_constraints_and_ranges_of_dcat_ap(graph: rdflib.Graph) -> None:
    assert sorted(_results(_validated(graph, "shapes.ttl", "range.ttl"))) == []


@needs_shapes
def test_nothing_that_dcat_ap_recommends_is_missing(graph: rdflib.Graph) -> None:
    assert sorted(_results(_validated(graph, "shapes_recommended.ttl"))) == []


@needs_shapes
def test_values_are_from_the_authority_tables_where_these_have_one(graph: rdflib.Graph) -> None:
    found = set(_results(_validated(graph, "mdr-vocabularies.shape.ttl")))
    assert {path for _, _, path, _, _ in found} == REMAINING


@needs_shapes
def test_no_property_of_an_older_dcat_ap_is_used(graph: rdflib.Graph) -> None:
    # of the status, the file wants the list of DCAT-AP 2, which DCAT-AP 3 has replaced
    found = set(_results(_validated(graph, "deprecateduris.ttl")))
    assert {path for _, _, path, _, _ in found} == {ns.ADMS + "status"}


@needs_shapes
def test_a_catalogue_with_a_fault_is_found_out(graph: rdflib.Graph) -> None:
    broken = rdflib.Graph() + graph
    broken.remove((None, rdflib.URIRef(ns.DCAT + "accessURL"), None))
    paths = {path for _, _, path, _, _ in _results(_validated(broken, "shapes.ttl"))}
    assert paths == {ns.DCAT + "accessURL"}
