"""The dumps: every data set in every format, read by parsers that are not ours, checksums, tables."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import zstandard
from rdflib.compare import isomorphic

from publish.formats import (
    CSV,
    GZIP,
    JSONLD,
    NQUADS,
    NTRIPLES,
    RDF_FORMATS,
    RDFXML,
    TRIG,
    TURTLE,
    ZSTD,
    Format,
)
from publish.rdf import namespaces as ns
from publish.rdf.serialize import Serialiser
from publish.rdf.terms import node, triples
from publish.release.dumps import EXCEL, METADATA, SUMS, checksums, dumps_of, write_dumps
from publish.release.manifest import File
from publish.release.parts import Part, read_parts
from publish.release.release import Release, current
from tests.support import node as nodejs
from tests.support.dumps import text_of, triples_of

QUADS = [
    ox.Quad(
        node("https://data.example.jp/id/town/992011"),
        node(ns.SKOS + "prefLabel"),
        ox.Literal("霞市", language="ja"),
        node("https://data.example.jp/graph/reference"),
    )
]
CONTENT = {"all": QUADS, "towns": QUADS}
TABLES = [("town.csv", b"iri\r\n"), ("town.csv-metadata.json", b"{}\n")]
SERIALISER = Serialiser({"skos": ns.SKOS}, {"@context": {}})
SUFFIXES = ["ttl", "jsonld", "rdf", "nt", "trig", "nq"]
PLAIN = [f"{name}.{suffix}" for name in CONTENT for suffix in SUFFIXES]
#: What rapper calls the formats that it reads.
RAPPER = {
    NTRIPLES: "ntriples",
    TURTLE: "turtle",
    RDFXML: "rdfxml",
    NQUADS: "nquads",
    TRIG: "trig",
}
#: The data sets of this repository.
DATA_SETS = ("all", "initiatives", "links", "ontology", "places")


def write(directory: Path) -> list[File]:
    return list(write_dumps(CONTENT, TABLES, SERIALISER, directory, lambda name: None))


@pytest.fixture
def small_release(kasumi: Path) -> Release:
    return current(kasumi / "releases")


# -- Files -------------------------------------------------------------------------------------


def test_each_data_set_is_written_in_each_format_plain_and_compressed(tmp_path: Path) -> None:
    found = [file.path for file in write(tmp_path)]
    packed = [f"{name}{end}" for name in PLAIN for end in ("", ".gz", ".zst")]
    wanted = [*packed, *(name for name, _ in TABLES), SUMS]
    assert found == sorted(f"dump/{name}" for name in wanted)
    assert sorted(path.name for path in (tmp_path / "dump").iterdir()) == sorted(wanted)


def test_progress_is_told_each_file_before_it_is_written(tmp_path: Path) -> None:
    told: list[tuple[str, bool]] = []
    place = tmp_path / "dump"
    write_dumps(
        CONTENT, TABLES, SERIALISER, tmp_path,
        lambda name: told.append((name, (place / name).exists())),
    )  # fmt: skip
    assert told == [(name, False) for name in (*PLAIN, *(name for name, _ in TABLES))]


def test_compressed_dumps_hold_the_plain_ones(tmp_path: Path) -> None:
    write(tmp_path)
    for name in PLAIN:
        plain = (tmp_path / "dump" / name).read_bytes()
        assert gzip.decompress((tmp_path / "dump" / f"{name}.gz").read_bytes()) == plain
        packed = (tmp_path / "dump" / f"{name}.zst").read_bytes()
        assert zstandard.ZstdDecompressor().decompress(packed) == plain


@pytest.mark.skipif(not shutil.which("zstd"), reason="zstd is not installed")
def test_the_command_zstd_finds_nothing_wrong(release: Release) -> None:
    files = [str(path) for path in sorted((release.path / "dump").glob("*.zst"))]
    assert len(files) == len(DATA_SETS) * len(SUFFIXES)
    subprocess.run(["zstd", "--test", "--quiet", *files], check=True)


def test_gzip_header_has_neither_time_nor_file_name_nor_system(tmp_path: Path) -> None:
    write(tmp_path)
    # RFC 1952: magic, method deflate, no flags, time 0, best compression, system unknown
    header = bytes.fromhex("1f8b 08 00 00000000 02 ff")
    assert (tmp_path / "dump" / "all.ttl.gz").read_bytes()[:10] == header


def test_zstandard_frames_state_their_length_and_a_checksum(tmp_path: Path) -> None:
    write(tmp_path)
    packed = (tmp_path / "dump" / "all.nt.zst").read_bytes()
    parameters = zstandard.get_frame_parameters(packed)
    assert parameters.content_size == (tmp_path / "dump" / "all.nt").stat().st_size
    assert parameters.has_checksum


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert write(tmp_path / "one") == write(tmp_path / "two")


def test_a_disk_that_is_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("publish.release.dumps._zstd", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path)


def test_checksums_are_sorted_by_name_and_name_no_directory() -> None:
    files = [File("dump/b.ttl", 1, "b" * 64), File("dump/a.ttl", 1, "a" * 64)]
    assert checksums(files) == f"{'a' * 64}  a.ttl\n{'b' * 64}  b.ttl\n".encode()


@pytest.mark.parametrize("which", ["release", "small_release"])
def test_sha256sum_finds_every_file_as_it_was(
    request: pytest.FixtureRequest, which: str, tmp_path: Path
) -> None:
    place = request.getfixturevalue(which).path / "dump"
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", SUMS], cwd=place, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    checked = {line.removesuffix(": OK") for line in done.stdout.splitlines()}
    assert checked == {path.name for path in place.iterdir()} - {SUMS}


def test_files_are_known_by_their_names(release: Release) -> None:
    graph = node(release.iris.graph("catalog"))
    parts = read_parts(triples(release.store, graph=graph), release.iris)
    found = {d.name: d for d in dumps_of(release.manifest.dumps(), parts, release.shapes)}
    zipped, table, excel = (found[n] for n in ("places.nt.gz", "ward.csv", f"ward{EXCEL}.csv"))
    assert (zipped.part.name, zipped.format, zipped.compression) == ("places", NTRIPLES, GZIP)
    assert found["all.trig.zst"].compression == ZSTD
    assert (table.part.name, table.format, table.kind) == ("places", CSV, excel.kind)
    assert (table.for_excel, excel.for_excel) == (False, True)
    assert SUMS not in found and f"ward.csv{METADATA}" not in found
    assert dumps_of([File("dump/other.ttl", 1, "")], parts, release.shapes) == ()


def test_without_parts_every_table_is_of_the_whole(small_release: Release) -> None:
    whole = (Part(small_release.iris.of("catalog#dataset"), "all"),)
    found = dumps_of(small_release.manifest.dumps(), whole, small_release.shapes)
    assert {dump.kind.segment for dump in found if dump.kind} == {"plan", "step", "town"}
    assert {dump.part for dump in found} == set(whole)


# -- What they say, by other parsers -----------------------------------------------------------


def void_triples(release: Release) -> dict[str, int]:
    """Return the number of triples of each data set, by name, as VoID states it."""
    found = {}
    for subject, _, number in triples(release.store, None, node(ns.VOID + "triples")):
        name = subject.value.removeprefix(release.iris.of("catalog#dataset"))
        if name in ("", *(f"-{part}" for part in DATA_SETS)):
            found[name.removeprefix("-") or "all"] = int(number.value)
    return found


def test_void_counts_every_data_set_and_the_manifest_agrees(release: Release) -> None:
    counted = void_triples(release)
    assert counted.keys() == {*DATA_SETS}
    assert counted["all"] == release.manifest.triples
    assert counted["all"] == sum(size for name, size in counted.items() if name != "all")


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (raptor2-utils) is not installed")
@pytest.mark.parametrize("format_", RAPPER, ids=lambda format_: format_.suffix)
def test_raptor_finds_in_each_data_set_as_many_triples_as_void_states(
    release: Release, format_: Format
) -> None:
    for name, size in void_triples(release).items():
        path = release.path / "dump" / f"{name}.{format_.suffix}"
        assert rapper_count(path, format_) == size, path.name


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (raptor2-utils) is not installed")
@pytest.mark.parametrize("format_", RAPPER, ids=lambda format_: format_.suffix)
def test_raptor_reads_the_small_data_set(small_release: Release, format_: Format) -> None:
    path = small_release.path / "dump" / f"all.{format_.suffix}"
    assert rapper_count(path, format_) == small_release.manifest.triples


def rapper_count(path: Path, format_: Format) -> int:
    done = subprocess.run(
        ["rapper", "--count", "--input", RAPPER[format_], str(path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "warning" not in done.stderr.lower() and "error" not in done.stderr.lower()
    match = re.search(r"Parsing returned (\d+) triple", done.stderr)
    assert match, done.stderr
    return int(match[1])


@pytest.mark.parametrize("name", DATA_SETS)
def test_jsonld_js_reads_the_same_graph(release: Release, name: str) -> None:
    assert jsonld_js(release, name) == triples_of(release, NTRIPLES, name)


def test_jsonld_js_reads_the_small_data_set(small_release: Release) -> None:
    assert jsonld_js(small_release, "all") == triples_of(small_release, NTRIPLES)


def jsonld_js(release: Release, name: str) -> set[object]:
    """Return what the reference implementation of JSON-LD reads, given no network."""
    done = subprocess.run(
        [*nodejs.command("quads.cjs"), str(release.path / "dump" / f"{name}.jsonld")],
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS)
    return {(quad.subject, quad.predicate, quad.object) for quad in found}


@pytest.mark.parametrize("name", DATA_SETS)
def test_all_formats_of_a_data_set_are_the_same_graph(release: Release, name: str) -> None:
    said = {f.suffix: triples_of(release, f, name) for f in RDF_FORMATS}
    assert [suffix for suffix in said if said[suffix] != said["nq"]] == []
    quads = [set(ox.parse(text_of(release, f, name), format=f.rdf)) for f in (TRIG, NQUADS)]
    assert quads[0] == quads[1]


@pytest.mark.parametrize("name", ["initiatives", "ontology"])
def test_rdflib_finds_all_formats_of_a_data_set_isomorphic(release: Release, name: str) -> None:
    graphs = [rdflib_graph(release, format_, name) for format_ in RDF_FORMATS]
    assert len(graphs[0]) == void_triples(release)[name]
    assert all(isomorphic(graph, graphs[0]) for graph in graphs)


def test_rdflib_finds_all_formats_of_the_small_data_set_isomorphic(
    small_release: Release,
) -> None:
    graphs = [rdflib_graph(small_release, format_, "all") for format_ in RDF_FORMATS]
    assert len(graphs[0]) == small_release.manifest.triples
    assert all(isomorphic(graph, graphs[0]) for graph in graphs)


def rdflib_graph(release: Release, format_: Format, name: str) -> rdflib.Graph:
    dataset = rdflib.Dataset()
    names = {JSONLD: "json-ld", RDFXML: "xml", NTRIPLES: "nt"}
    text = text_of(release, format_, name)
    dataset.parse(data=text, format=names.get(format_, RAPPER.get(format_)), publicID="urn:wrong:")
    graph = rdflib.Graph()
    for subject, predicate, object_, _ in dataset.quads():
        graph.add((subject, predicate, object_))
    return graph


def test_the_parts_divide_the_whole(release: Release) -> None:
    dumps = release.path / "dump"
    lines = {name: (dumps / f"{name}.nq").read_text("utf-8").splitlines() for name in DATA_SETS}
    parts = [line for name, found in lines.items() if name != "all" for line in found]
    assert sorted(parts) == lines["all"]
