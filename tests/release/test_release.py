"""A release is a complete, immutable directory, and one of them is current."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from publish import build as building
from publish import formats
from publish.build import build
from publish.errors import ReleaseError
from publish.formats import RDF_FORMATS, TURTLE, Format
from publish.rdf.terms import Triple, narrowed
from publish.release.release import Release, all_of, current, current_id, make_current
from tests.support.dumps import text_of, triples_of
from tests.support.projects import IRIS, KV, build_project, edit, settings_for, write_project


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    project = tmp_path_factory.mktemp("release") / "kasumi"
    build_project(project)
    return current(project / "releases")


@pytest.fixture(scope="module")
def content(release: Release) -> set[Triple]:
    """Return the triples of the content, as N-Quads hold them."""
    path = release.path / "dump" / "all.nq"
    return {narrowed(quad) for quad in ox.parse(path=path, format=ox.RdfFormat.N_QUADS)}


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, str, str]:
    """Return a directory with two releases, and the ids of the older and of the current one."""
    settings = settings_for(write_project(tmp_path / "kasumi"))
    older = build(settings).manifest.release
    edit(settings.project / "data" / "towns.csv", "浜町", "濱町")
    return settings.releases, older, build(settings).manifest.release


# -- The dumps agree ---------------------------------------------------------------------------


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda f: f.suffix)
def test_every_dump_holds_the_same_triples_for_pyoxigraph(
    release: Release, content: set[Triple], format_: Format
) -> None:
    assert triples_of(release, format_) == content


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        (formats.TURTLE, "turtle"),
        (formats.NTRIPLES, "nt"),
        (formats.RDFXML, "xml"),
        (formats.JSONLD, "json-ld"),
        (formats.TRIG, "trig"),
        (formats.NQUADS, "nquads"),
    ],
    ids=lambda value: getattr(value, "suffix", ""),
)
def test_every_dump_holds_the_same_triples_for_rdflib(
    release: Release, content: set[Triple], format_: Format, name: str
) -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=text_of(release, format_), format=name)
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in content)
    wanted = set(rdflib.Graph().parse(data=lines, format="nt"))
    assert {(s, p, o) for s, p, o, _ in dataset.quads()} == wanted


@pytest.mark.skipif(not shutil.which("rapper"), reason="raptor2-utils is not installed")
@pytest.mark.parametrize(
    ("suffix", "name"), [("ttl", "turtle"), ("nt", "ntriples"), ("rdf", "rdfxml")]
)
def test_a_third_program_reads_as_many_triples(release: Release, suffix: str, name: str) -> None:
    path = release.path / "dump" / f"all.{suffix}"
    read = subprocess.run(
        ["rapper", "--count", "--input", name, path],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"Parsing returned {release.manifest.triples} triples" in read.stderr
    assert "Error" not in read.stderr


@pytest.mark.parametrize("suffix", ["trig", "nq"])
def test_dumps_with_graphs_keep_each_statement_in_its_graph(release: Release, suffix: str) -> None:
    path = release.path / "dump" / f"all.{suffix}"
    counts: dict[str, int] = {}
    for quad in ox.parse(path=path):
        name = str(release.iris.graph_name(getattr(quad.graph_name, "value", "")))
        counts[name] = counts.get(name, 0) + 1
    assert counts == {
        "derived": 1,
        "editorial": 7,
        "links": 9,
        "ontology": 55,
        "reference": 13,
        "source": 12,
    }
    assert counts == release.manifest.graphs


def test_trig_and_n_quads_hold_the_same_quads(release: Release) -> None:
    dumps = release.path / "dump"
    assert set(ox.parse(path=dumps / "all.trig")) == set(ox.parse(path=dumps / "all.nq"))


# -- Reading a release -------------------------------------------------------------------------


def test_the_store_holds_content_and_catalogue(release: Release) -> None:
    graphs = {
        release.iris.graph_name(str(getattr(g, "value", ""))) for g in release.store.named_graphs()
    }
    assert graphs == {*release.manifest.graphs, "catalog"}
    catalog = release.store.quads_for_pattern(None, None, None, ox.NamedNode(IRIS.graph("catalog")))
    lines = (release.path / "catalog.nq").read_text("utf-8").splitlines()
    assert len(list(catalog)) == len(lines)


def test_a_large_release_has_the_same_store_on_disk(
    tmp_path: Path, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "LARGE", 50)
    build_project(tmp_path / "kasumi")
    large = current(tmp_path / "kasumi" / "releases")
    assert (large.path / "store").is_dir()
    assert {str(quad) for quad in large.store} == {str(quad) for quad in release.store}
    assert large.manifest == release.manifest


def test_a_release_remembers_its_base_shapes_and_context(release: Release) -> None:
    assert release.iris == IRIS
    assert [kind.segment for kind in release.shapes.kinds] == ["plan", "step", "town"]
    assert release.context["@context"]["kv"] == KV


def test_its_serialiser_writes_things_by_prefix(release: Release) -> None:
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    town = ox.NamedNode(IRIS.thing("town", "992020"))
    quads = release.store.quads_for_pattern(town, label, None)
    assert release.serialiser.write(quads, TURTLE).decode() == (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "PREFIX town: <https://data.example.jp/lod/id/town/>\n"
        "\n"
        'town:992020 skos:prefLabel "浜町"@ja ,\n'
        '        "Hama"@en .\n'
    )


def test_a_directory_that_is_no_release_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="リリースが読めません"):
        Release.open(tmp_path)


# -- Current -----------------------------------------------------------------------------------


def test_without_a_build_there_is_no_current_release(tmp_path: Path) -> None:
    assert current_id(tmp_path) is None
    with pytest.raises(ReleaseError) as caught:
        current(tmp_path)
    assert caught.value.said("en") == (
        f'{tmp_path}/current: There is no release to serve. → Run "lodpub build" first.'
    )


def test_a_link_to_a_deleted_release_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("0123456789ab")
    with pytest.raises(ReleaseError, match="There is no release to serve"):
        current(tmp_path)


def test_the_last_build_is_current(two: tuple[Path, str, str]) -> None:
    releases, older, newer = two
    assert older != newer
    assert current_id(releases) == newer
    assert current(releases).id == newer


def test_going_back_is_switching_the_link(two: tuple[Path, str, str]) -> None:
    releases, older, _ = two
    make_current(releases, older)
    assert current(releases).id == older
    town = ox.NamedNode(IRIS.thing("town", "992020"))
    names = {str(q.object) for q in current(releases).store.quads_for_pattern(town, None, None)}
    assert '"浜町"@ja' in names


def test_the_link_is_relative_so_that_the_directory_can_be_moved(
    two: tuple[Path, str, str], tmp_path: Path
) -> None:
    releases, _, newer = two
    moved = releases.rename(tmp_path / "moved")
    assert current(moved).id == newer


@pytest.mark.parametrize("name", ["current", "", ".", "../kasumi", "0123456789ab", "すべて"])
def test_switching_to_what_is_no_release_changes_nothing(
    two: tuple[Path, str, str], name: str
) -> None:
    releases, _, newer = two
    with pytest.raises(ReleaseError):
        make_current(releases, name)
    assert current(releases).id == newer


def test_switching_leaves_nothing_behind(two: tuple[Path, str, str]) -> None:
    releases, older, newer = two
    make_current(releases, older)
    assert sorted(path.name for path in releases.iterdir()) == sorted([older, newer, "current"])


def test_a_left_over_of_an_interrupted_switch_does_no_harm(two: tuple[Path, str, str]) -> None:
    releases, older, _ = two
    (releases / f".current-{os.getpid()}").symlink_to("nowhere")
    make_current(releases, older)
    assert current_id(releases) == older


def test_a_reader_never_finds_the_link_missing_while_it_is_switched(
    two: tuple[Path, str, str],
) -> None:
    releases, older, newer = two
    seen: set[str | None] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.add(current_id(releases))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(200):
        make_current(releases, older)
        make_current(releases, newer)
    done.set()
    watcher.join()
    assert seen <= {older, newer}


def test_all_complete_releases_are_listed_by_id(two: tuple[Path, str, str]) -> None:
    releases, older, newer = two
    (releases / "0123456789ab").mkdir()
    (releases / ".build-xyz").mkdir()
    assert [manifest.release for manifest in all_of(releases)] == sorted([older, newer])


def test_a_directory_that_does_not_exist_holds_no_releases(tmp_path: Path) -> None:
    assert list(all_of(tmp_path / "none")) == []
