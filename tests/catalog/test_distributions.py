"""Each file of a release is a distribution of its data set."""

from __future__ import annotations

from collections import defaultdict

import pytest

from publish.catalog.distributions import (
    TAKEN_OVER,
    distribution_iri,
    distribution_triples,
    name_of,
)
from publish.formats import CSV, GZIP, TURTLE, ZSTD
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term, node
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
