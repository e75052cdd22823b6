"""Another data set is read in every form it comes in, bounded, and nothing in it leads elsewhere."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.errors import GridError, Place, SourceError
from publish.linksets.target_data import Entry, Limits, missing_targets, read_entries
from publish.project.dataset import Dataset, read_dataset
from tests.support.projects import IRIS, append, write_project

TURTLE = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <http://schema.org/>
PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#>
<https://example.org/1> rdfs:label "Kasumi"@en , "霞市"@ja ; dcterms:identifier "992011" ;
    wgs:lat "35.5" ; wgs:long "139.5" .
<https://example.org/2> schema:name "浜町" ; schema:geo <https://example.org/2#at> .
<https://example.org/2#at> schema:latitude 36.0 ; schema:longitude 140.0 .
<https://example.org/3> dcterms:creator "nobody" .
"""
ENTRIES = (
    Entry("https://example.org/1", (("霞市", "ja"), ("Kasumi", "en")), ("992011",), (35.5, 139.5)),
    Entry("https://example.org/2", (("浜町", ""),), (), (36.0, 140.0)),
)
FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def _all(_: str) -> bool:
    return True


def _written(directory: Path, name: str, content: str | bytes) -> Path:
    path = directory / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_dump_is_read_in_every_form(tmp_path: Path, suffix: str, packed: bool) -> None:
    triples = [quad.triple for quad in ox.parse(TURTLE.encode(), format=ox.RdfFormat.TURTLE)]
    content = ox.serialize(triples, format=FORMS[suffix])
    assert content is not None
    name = f"theirs.{suffix}" + (".gz" if packed else "")
    path = _written(tmp_path, name, gzip.compress(content) if packed else content)
    assert read_entries(path, _all) == ENTRIES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_table_is_read_by_its_headings(tmp_path: Path, encoding: str) -> None:
    text = (
        "iri,名称,全国地方公共団体コード,緯度,経度\nhttps://example.org/1,霞市,992011,35.5,139.5\n"
    )
    path = _written(tmp_path, "theirs.csv", text.encode(encoding))
    (entry,) = read_entries(path, _all)
    assert entry == Entry("https://example.org/1", (("霞市", ""),), ("992011",), (35.5, 139.5))


def test_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    path = _written(tmp_path, "theirs.ttl", TURTLE)
    assert read_entries(path, lambda iri: iri.endswith("/2")) == ENTRIES[1:]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("theirs.doc", "x", "形式は読めません"),
        ("theirs.ttl", "<https://example.org/1> <x> .", "読めません"),
        ("theirs.ttl.gz", b"\x1f\x8bx", "読めません"),
        ("theirs.csv", "a,b\n1,2\n", "IRIの列"),
        ("theirs.csv", "iri,name\nKasumi,霞市\n", "IRIではありません"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(GridError) as caught:
        read_entries(_written(tmp_path, name, content), _all)
    problem = caught.value.problems[0]
    assert said in problem.what.ja
    assert problem.what.en and problem.place is not None
    assert problem.place.file == name


@pytest.mark.parametrize(
    "limits", [Limits(bytes=10), Limits(unpacked=10), Limits(triples=2), Limits(things=1)]
)
def test_a_dump_over_a_limit_is_refused(tmp_path: Path, limits: Limits) -> None:
    with pytest.raises(GridError) as caught:
        read_entries(_written(tmp_path, "theirs.ttl", TURTLE), _all, limits)
    assert "大きすぎます" in caught.value.said("ja")


def test_a_packed_dump_that_swells_is_refused_before_it_fills_memory(tmp_path: Path) -> None:
    swollen = gzip.compress(b"# " + b"x" * 50_000_000)
    with pytest.raises(GridError):
        read_entries(_written(tmp_path, "theirs.ttl.gz", swollen), _all, Limits(unpacked=1 << 20))


def test_entities_made_of_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><r>&b;</r>'
    with pytest.raises(GridError) as caught:
        read_entries(_written(tmp_path, "theirs.rdf", bomb), _all)
    assert "実体" in caught.value.said("ja")


def test_a_context_somewhere_else_is_not_fetched(tmp_path: Path) -> None:
    content = '{"@context": "http://127.0.0.1:9/context", "@id": "https://example.org/1"}'
    with pytest.raises(GridError):
        read_entries(_written(tmp_path, "theirs.jsonld", content), _all)


# -- Links to what a dump of theirs does not have -------------------------------------------------

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Thing>"
WIKIDATA = "http://www.wikidata.org/entity/"


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """The small project: 霞市 is linked to Q900001, and the linkset to Q2013."""
    return read_dataset(write_project(tmp_path / "kasumi"), IRIS)


def _dump(directory: Path, *lines: str) -> Path:
    path = directory / "theirs.nt"
    lines = (*lines, f"<{WIKIDATA}Q2013> {TYPE}")
    path.write_text("".join(f"{line} .\n" for line in lines), "utf-8")
    return path


def test_a_target_that_they_describe_is_fine(dataset: Dataset, tmp_path: Path) -> None:
    assert missing_targets(dataset, [_dump(tmp_path, f"<{WIKIDATA}Q900001> {TYPE}")]) == []


def test_a_target_that_they_lack_is_named_with_its_row(dataset: Dataset, tmp_path: Path) -> None:
    (problem,) = missing_targets(dataset, [_dump(tmp_path, f"<{WIKIDATA}Q900002> {TYPE}")])
    assert problem.what.ja == f"リンク先「{WIKIDATA}Q900001」は、リンク先のデータにありません。"
    assert problem.what.en == f'"{WIKIDATA}Q900001" is not in the data that it links to.'
    assert problem.place == Place("data/towns.csv", 2, "wikidata")


def test_a_dump_says_nothing_of_places_where_it_describes_nothing(
    dataset: Dataset, tmp_path: Path
) -> None:
    linking = f"<{WIKIDATA}Q1> <http://rdfs.org/ns/void#inDataset> <https://example.org/w>"
    (tmp_path / "w.nt").write_text(f"{linking} .\n<http://www.wikidata.org/prop/P1> {TYPE} .\n")
    assert missing_targets(dataset, [tmp_path / "w.nt"]) == []
    assert missing_targets(dataset, []) == []


def test_things_of_ours_are_not_looked_up_there(tmp_path: Path) -> None:
    project = write_project(tmp_path / "kasumi")
    append(project / "data" / "source.plans.ttl", "\nplan:snow-robots kv:town town:992011 .\n")
    dump = tmp_path / "ours.nt"
    dump.write_text(f"<{IRIS.of('id/town/1')}> {TYPE} .\n")
    assert missing_targets(read_dataset(project, IRIS), [dump]) == []


def test_several_dumps_and_compressed_ones_are_read(dataset: Dataset, tmp_path: Path) -> None:
    first = _dump(tmp_path, f"<{WIKIDATA}Q900002> {TYPE}")
    packed = tmp_path / "more.nt.gz"
    packed.write_bytes(gzip.compress(f"<{WIKIDATA}Q900001> {TYPE} .\n".encode()))
    assert missing_targets(dataset, [first, packed]) == []
    assert len(missing_targets(dataset, [first])) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dump.nt", b"no triple"),
        ("dump.csv", b"a,b\n"),
        ("dump.nt.gz", b"not compressed"),
        ("dump.nt.gz", gzip.compress(b"<a:b> <a:c> <a:d> .\n" * 99, mtime=0)[:-9]),
    ],
)
def test_an_unreadable_dump_is_refused_with_its_name(
    dataset: Dataset, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        missing_targets(dataset, [path])
    (problem,) = caught.value.problems
    assert problem.place == Place(str(path))
    assert ".nt" in problem.remedy.ja
