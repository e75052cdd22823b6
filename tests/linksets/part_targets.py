"""publish.linksets.target_data: links to what a dump of theirs does not have."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from publish.errors import Place, SourceError
from publish.linksets.target_data import missing_targets
from publish.project.dataset import Dataset, read_dataset
from tests.support.projects import IRIS, append, write_project

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
