"""Each file of a release is a distribution of its data set.

Shared values are told with the table that they are from.
"""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest

from publish.catalog import distributions
from publish.catalog.distributions import (
    TAKEN_OVER,
    distribution_iri,
    distribution_triples,
    name_of,
)
from publish.formats import CSV, GZIP, JSON, RDF_FORMATS, RESULT_FORMATS, TURTLE, ZSTD, Format
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Term, Triple, node, texts
from publish.release.dumps import Dump
from publish.release.manifest import File
from publish.release.parts import WHOLE, Part
from publish.shacl.shapes import Kind
from tests.support.projects import IRIS, KV

PART = Part(IRIS.of("catalog#dataset"), WHOLE)
TOWN = Kind("town", f"{KV}Town", f"{KV}TownShape", Text("市町", "town"), 1, ())
RELEASE = "0123456789ab"
LICENCE = node("https://creativecommons.org/licenses/by/4.0/")


def dump(name: str, **more: object) -> Dump:
    given = {"part": PART, "format": TURTLE} | more
    return Dump(File(f"dump/{name}", 12, "ab" * 32), **given)  # type: ignore[arg-type]


def said(one: Dump) -> dict[str, set[str]]:
    """Return the values of each property of a file's distribution, in short."""
    taken: dict[str, list[Term]] = {name: [] for name in TAKEN_OVER}
    taken[ns.DCTERMS + "license"] = [LICENCE]
    taken[ns.DCTERMS + "conformsTo"] = [node(IRIS.of("ontology"))]
    found = defaultdict[str, set[str]](set)
    title = Text("霞県の計画データ", "Plans of Kasumi Prefecture")
    for subject, predicate, object_ in distribution_triples(IRIS, RELEASE, one, title, taken):
        if subject == distribution_iri(IRIS, one.name):
            found[ns.shorten(predicate.value, ns.PREFIXES) or ""].add(object_.value)
    return found


EXCEL = dump("town.excel.csv", format=CSV, kind=TOWN, for_excel=True)


@pytest.mark.parametrize(
    ("one", "ja", "en"),
    [
        (dump("all.ttl"), "Turtle", "Turtle"),
        (dump("all.ttl.gz", compression=GZIP), "Turtle（gzip圧縮）", "Turtle (gzip)"),
        (dump("town.csv", format=CSV, kind=TOWN), "市町（CSV）", "town (CSV)"),
        (EXCEL, "市町（CSV、Excel用）", "town (CSV for Excel)"),
    ],
)
def test_files_are_called_by_form_and_tables_by_what_they_list(one: Dump, ja: str, en: str) -> None:
    assert name_of(one) == Text(ja, en)


def test_the_iri_names_the_file_and_not_the_release() -> None:
    assert distribution_iri(IRIS, "all.ttl.gz").value == IRIS.of("catalog#distribution-all-ttl-gz")


def test_descriptions_say_what_is_in_the_file() -> None:
    assert said(dump("all.ttl.zst", compression=ZSTD))["dcterms:description"] == {
        "「霞県の計画データ」の全ての記述を収めたファイル。形式はTurtle。Zstandard圧縮。",
        "All statements of “Plans of Kasumi Prefecture” as Turtle. Compressed (Zstandard).",
    }


def test_rdf_conforms_to_ontology_and_shapes() -> None:
    assert said(dump("all.ttl"))["dcterms:conformsTo"] == {IRIS.of("ontology"), IRIS.of("shapes")}


def test_a_table_has_its_metadata_and_one_for_excel_has_none() -> None:
    table = said(dump("town.csv", format=CSV, kind=TOWN))
    assert table["dcterms:conformsTo"] == {"https://www.w3.org/TR/tabular-metadata/"}
    assert table["wdrs:describedby"] == {IRIS.dump(RELEASE, "town.csv-metadata.json")}
    assert not {"dcterms:conformsTo", "wdrs:describedby"} & said(EXCEL).keys()


def test_compression_is_told_by_its_registered_media_type() -> None:
    iana = "https://www.iana.org/assignments/media-types/application/"
    assert said(dump("all.ttl.gz", compression=GZIP))["dcat:compressFormat"] == {f"{iana}gzip"}
    assert said(dump("all.ttl.zst", compression=ZSTD))["dcat:compressFormat"] == {f"{iana}zstd"}
    assert "dcat:compressFormat" not in said(dump("all.ttl"))


def test_what_the_data_set_has_is_taken_over() -> None:
    found = said(dump("all.ttl"))
    assert found["dcterms:license"] == {LICENCE.value}
    assert "dcterms:modified" not in found


# -- Shared values are told with the table that they are from -------------------------------------

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
