"""What a release says of itself, and how to check it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import msgspec
import pytest

from publish.errors import ReleaseError
from publish.release.manifest import OUTPUT_VERSION, File, Manifest, described, release_id
from tests.support.projects import BASE, build_project

MANIFEST = Manifest(
    release="0123456789ab",
    base="https://data.example.jp/lod/",
    content_hash="ab" * 32,
    output_version=1,
    modified="2031-04-01",
    version="1.0.0",
    preview=False,
    graphs={"editorial": 2, "source": 5},
    files=(File("catalog.nq", 4, "cd" * 32), File("dump/all.nq", 9, "ef" * 32)),
)


def altered(**more: object) -> str:
    """Return the manifest as it would be written, with other values."""
    return json.dumps(msgspec.to_builtins(MANIFEST) | {"how_to_verify": {}} | more)


WRONG_SIZE = altered(files=[{"path": "a", "size": "9", "sha256": "b"}])
WRONG_COUNT = altered(graphs={"source": "5"})
WRONG_BASE = altered(base=None)


def test_a_written_manifest_is_read_back(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)
    assert Manifest.read(tmp_path) == MANIFEST


def test_the_file_is_sorted_json_that_says_how_to_verify_it(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)
    text = (tmp_path / "manifest.json").read_text("utf-8")
    content = json.loads(text)
    assert list(content) == sorted(content)
    assert content["how_to_verify"].keys() == {"ja", "en"}
    for said in content["how_to_verify"].values():
        assert all(word in said for word in ("dump/all.nq", "lodpub verify", "SHA256SUMS"))
    assert text.endswith("}\n")


def test_triples_are_the_sum_of_the_graphs() -> None:
    assert MANIFEST.triples == 7


def test_files_are_found_by_path() -> None:
    assert MANIFEST.file("dump/all.nq") == File("dump/all.nq", 9, "ef" * 32)
    assert MANIFEST.file("dump/all.zip") is None
    assert MANIFEST.dumps() == (File("dump/all.nq", 9, "ef" * 32),)


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "{",
        "[]",
        "{}",
        '"text"',
        "1",
        "null",
        '{"how_to_verify": 1, "files": []}',
        '{"how_to_verify": 1, "files": [1]}',
        WRONG_SIZE,
        WRONG_COUNT,
        WRONG_BASE,
    ],
)
def test_a_release_without_readable_manifest_is_explained(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(ReleaseError) as caught:
        Manifest.read(tmp_path)
    said = caught.value.said("ja")
    assert said.startswith(f"{tmp_path}/manifest.json: リリースが読めません")
    assert "lodpub build" in said


def test_a_file_is_described_by_path_size_and_hash(tmp_path: Path) -> None:
    (tmp_path / "dump").mkdir()
    path = tmp_path / "dump" / "all.ttl"
    path.write_bytes(b"abc")
    assert described(tmp_path, path) == File(
        "dump/all.ttl", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_the_id_is_made_of_content_base_other_sources_and_output_version() -> None:
    sources = ["霞県".encode(), b"shapes"]
    hashes = [hashlib.sha256(source).hexdigest() for source in sources]
    parts = ("ab" * 32, BASE, *hashes, str(OUTPUT_VERSION))
    wanted = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    assert release_id("ab" * 32, BASE, sources) == wanted


def test_the_id_changes_with_each_of_its_parts() -> None:
    ids = {
        release_id("ab" * 32, BASE, [b"1"]),
        release_id("cd" * 32, BASE, [b"1"]),
        release_id("ab" * 32, "https://other.example/", [b"1"]),
        release_id("ab" * 32, BASE, [b"2"]),
    }
    assert len(ids) == 4
    assert all(re.fullmatch("[0-9a-f]{12}", id_) for id_ in ids)


def test_the_manifest_lists_every_file_of_the_release_with_its_true_hash(tmp_path: Path) -> None:
    manifest = build_project(tmp_path / "kasumi").manifest
    directory = tmp_path / "kasumi" / "releases" / manifest.release
    found = {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_file() and path.name not in ("manifest.json", "names.sqlite")
    }
    assert {file.path: file.sha256 for file in manifest.files} == found
    assert [file.path for file in manifest.files] == sorted(found)


@pytest.mark.parametrize("base", [BASE, "http://127.0.0.1:8000/"])
def test_the_content_hash_can_be_recomputed_from_the_n_quads_dump(
    tmp_path: Path, base: str
) -> None:
    # exactly what the manifest's `how_to_verify` says, with no code of this program
    manifest = build_project(tmp_path / "kasumi", base).manifest
    dump = tmp_path / "kasumi" / "releases" / "current" / "dump" / "all.nq"
    text = dump.read_text("utf-8").replace(f"<{base}", "<base:/")
    text = re.sub(
        rf'"{re.escape(base)}([^"]*"\^\^<http://www\.w3\.org/2001/XMLSchema#anyURI>)',
        r'"base:/\1',
        text,
    )
    lines = sorted(line.encode() + b"\n" for line in text.splitlines())
    assert hashlib.sha256(b"".join(lines)).hexdigest() == manifest.content_hash
