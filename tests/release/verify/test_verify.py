"""Verifying a release: a sound one is found sound, and any damage is found."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner, Result

from publish.cli.releases import verify_command
from publish.errors import ReleaseError
from publish.release.dumps import METADATA, SUMS, checksums
from publish.release.manifest import NAME, File, Manifest, described
from publish.release.release import Release
from publish.release.verify.files import Holding, read_sums
from publish.release.verify.findings import Finding, Limits
from publish.release.verify.verify import verify
from publish.search.index import FILE as INDEX

#: Checks by the English name of what is looked at.
Found = dict[str, Finding]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verify_command, [str(one) for one in arguments])


def checks(directory: Path, **more: object) -> Found:
    found = list(verify(directory, Limits(), **more))  # type: ignore[arg-type]
    assert len({check.what.en for check in found}) == len(found)
    return {check.what.en: check for check in found}


def wrong(found: Found) -> list[str]:
    """Return what failed."""
    return [name for name, check in found.items() if check.fine is False]


@pytest.fixture
def copy(kasumi: Path, tmp_path: Path) -> Path:
    """A copy of the small release that may be damaged."""
    return Path(shutil.copytree((kasumi / "releases" / "current").resolve(), tmp_path / "release"))


@pytest.fixture
def downloads(copy: Path, tmp_path: Path) -> Path:
    """The dumps of the small release as somebody downloaded them, with their checksums only."""
    return Path(shutil.copytree(copy / "dump", tmp_path / "downloads"))


def restate(release: Path) -> None:
    """Let manifest and SHA256SUMS say of the dumps what is now true, as a forger would."""
    old = Manifest.read(release)
    paths = sorted(path for path in (release / "dump").iterdir() if path.name != SUMS)
    (release / "dump" / SUMS).write_bytes(checksums(described(release, path) for path in paths))
    files = [described(release, release / file.path) for file in old.files]
    content = json.loads((release / NAME).read_text("utf-8"))
    content["files"] = [{"path": f.path, "size": f.size, "sha256": f.sha256} for f in files]
    (release / NAME).write_text(json.dumps(content), "utf-8")


def repack(path: Path, content: bytes) -> None:
    """Write a file and its compressed forms."""
    path.write_bytes(content)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))
    path.with_name(f"{path.name}.zst").write_bytes(zstandard.compress(content))


# -- Sound ones --------------------------------------------------------------------------------


def test_a_sound_release_is_found_sound(kasumi: Path) -> None:
    found = checks(kasumi / "releases" / "current")
    assert wrong(found) == []
    assert found["all formats of all are the same graph"].fine
    assert found["rows of the tables"].found.en == "3 tables, 5 rows"
    assert found["the parts divide the whole"].fine is None


def test_the_release_of_the_real_data_is_sound_in_everything(release: Release) -> None:
    found = checks(release.path)
    assert [name for name, check in found.items() if check.fine is not True] == []
    assert found["content hash"].found.en == release.manifest.content_hash


def test_downloads_are_verified_by_their_checksums_alone(downloads: Path) -> None:
    found = checks(downloads)
    assert wrong(found) == []
    assert found["size and SHA-256 of the files"].fine
    assert found["content hash"].fine is None
    assert found["all formats of all are the same graph"].fine


@pytest.mark.parametrize("name", ["context.jsonld", None])
def test_json_ld_that_links_to_its_context_is_read_by_that_which_is_here(
    copy: Path, name: str | None
) -> None:
    """Releases of output version 4 and before have such dumps."""
    dump, context = copy / "dump" / "all.jsonld", copy / "context.jsonld"
    content = json.loads(dump.read_bytes())
    whole = content["@context"] | json.loads(context.read_bytes())["@context"]
    context.write_text(json.dumps({"@context": whole}))
    repack(dump, json.dumps(content | {"@context": "https://data.example.jp/c"}).encode())
    if name is None:
        context.unlink()
    found = checks(copy)["all formats of all are the same graph"]
    assert found.fine
    assert ("JSON-LD not checked" in found.found.en) == (name is None)


def test_downloads_beside_manifest_and_context_are_verified_by_them(
    downloads: Path, copy: Path
) -> None:
    for name in (NAME, "context.jsonld", "catalog.nq"):
        shutil.copy(copy / name, downloads / name)
    found = checks(downloads)
    assert wrong(found) == []
    assert found["content hash"].fine
    assert found["checksums and sizes in the catalogue"].fine
    assert "JSON-LD" not in found["all formats of all are the same graph"].found.en


def test_a_content_hash_known_from_elsewhere_decides(copy: Path) -> None:
    known = Manifest.read(copy).content_hash
    assert checks(copy, expected=known)["content hash"].fine
    assert wrong(checks(copy, expected="0" * 64)) == ["content hash"]


def test_rdf_xml_may_be_missing_if_nobody_claims_that_it_is_there(unsayable: Path) -> None:
    release = unsayable / "releases" / "current"
    assert not (release / "dump" / "all.rdf").exists()
    assert wrong(checks(release)) == []


def test_rdf_xml_that_the_catalogue_claims_is_missed(copy: Path) -> None:
    for path in (copy / "dump").glob("all.rdf*"):
        path.unlink()
    content = json.loads((copy / NAME).read_text("utf-8"))
    content["files"] = [f for f in content["files"] if not f["path"].startswith("dump/all.rdf")]
    (copy / NAME).write_text(json.dumps(content), "utf-8")
    restate(copy)
    assert wrong(checks(copy)) == ["checksums and sizes in the catalogue"]


# -- Damage ------------------------------------------------------------------------------------


def test_a_flipped_byte_of_any_file_is_found(copy: Path) -> None:
    """Each file in turn, at a place that differs from file to file; the index is published nowhere."""
    unlisted = (NAME, Path(INDEX).name)
    paths = sorted(path for path in copy.rglob("*") if path.is_file() and path.name not in unlisted)
    for number, path in enumerate(paths):
        content = path.read_bytes()
        place = number * 7919 % len(content)
        damaged = bytes([content[place] ^ 1])
        path.write_bytes(content[:place] + damaged + content[place + 1 :])
        try:
            found = wrong(checks(copy))
        except ReleaseError:  # a line of SHA256SUMS is no longer one
            assert path.name == SUMS
        else:
            assert found, path.name
        path.write_bytes(content)
    assert wrong(checks(copy)) == []


@pytest.mark.parametrize("name", ["all.ttl", "all.nq", "all.nq.gz", "town.csv", SUMS])
def test_a_missing_file_is_found(copy: Path, name: str) -> None:
    (copy / "dump" / name).unlink()
    found = checks(copy)
    assert f"dump/{name}" in found["size and SHA-256 of the files"].found.en


def test_a_missing_download_is_found(downloads: Path) -> None:
    (downloads / "all.rdf").unlink()
    assert "all.rdf" in checks(downloads)["size and SHA-256 of the files"].found.en


@pytest.mark.parametrize("name", ["dump/more.ttl", "more.txt", "shapes/more.ttl", "dump/.x"])
def test_an_extra_file_is_found(copy: Path, name: str) -> None:
    (copy / name).write_text("")
    assert wrong(checks(copy)) == ["no other files"]
    assert checks(copy)["no other files"].found.en == name


def test_a_link_out_of_the_release_is_not_followed(copy: Path, tmp_path: Path) -> None:
    path = copy / "dump" / "all.ttl"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert "size and SHA-256 of the files" in wrong(checks(copy))


def test_a_wrong_hash_in_the_manifest_is_found(copy: Path) -> None:
    manifest = copy / NAME
    file = Manifest.read(copy).file("dump/all.trig")
    assert file
    manifest.write_text(manifest.read_text("utf-8").replace(file.sha256, "0" * 64), "utf-8")
    assert wrong(checks(copy)) == [
        "manifest and SHA256SUMS agree",
        "size and SHA-256 of the files",
        "checksums and sizes in the catalogue",
    ]


@pytest.mark.parametrize(
    ("member", "value", "failed"),
    [
        ("content_hash", "0" * 64, "content hash"),
        ("graphs", {"source": 1}, "triples of each graph"),
        ("base", "https://other.example/", "content hash"),
        ("version", "9.9.9", "hash, version and date in the catalogue"),
        ("modified", "2031-04-02", "hash, version and date in the catalogue"),
    ],
)
def test_a_wrong_word_of_the_manifest_is_found(
    copy: Path, member: str, value: object, failed: str
) -> None:
    content = json.loads((copy / NAME).read_text("utf-8"))
    (copy / NAME).write_text(json.dumps(content | {member: value}), "utf-8")
    assert failed in wrong(checks(copy))


def test_a_wrong_checksum_in_the_catalogue_is_found(copy: Path) -> None:
    catalog = copy / "catalog.nq"
    file = Manifest.read(copy).file("dump/all.jsonld.zst")
    assert file
    catalog.write_text(catalog.read_text("utf-8").replace(file.sha256, "0" * 64), "utf-8")
    restate(copy)
    found = checks(copy)
    assert wrong(found) == ["checksums and sizes in the catalogue"]
    assert found["checksums and sizes in the catalogue"].found.en == "all.jsonld.zst"


def swapped_triples(place: Path) -> None:
    one = (place / "all.nt").read_bytes()
    repack(place / "all.nt", (place / "all.ttl").read_bytes())
    repack(place / "all.ttl", one)


def a_statement_less(place: Path) -> None:
    lines = (place / "all.nt").read_bytes().splitlines(keepends=True)
    repack(place / "all.nt", b"".join(lines[1:]))


def another_graph(place: Path) -> None:
    content = (place / "all.trig").read_bytes()
    repack(place / "all.trig", content.replace(b"\ngraph:source {", b"\ngraph:reference {"))


def other_context(place: Path) -> None:
    content = (place / "all.jsonld").read_bytes()
    repack(
        place / "all.jsonld", content.replace(b'"@id": "skos:prefLabel"', b'"@id": "skos:altLabel"')
    )


def entities(place: Path) -> None:
    content = (place / "all.rdf").read_bytes()
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 99 + b'">]>'
    repack(place / "all.rdf", content.replace(b"?>", b"?>" + bomb, 1))


def names_that_are_none(element: str) -> Callable[[Path], None]:
    """Return a change that writes a property as RDF libraries do that go by the fifth edition."""

    def change(place: Path) -> None:
        content = (place / "all.rdf").read_bytes()
        repack(place / "all.rdf", content.replace(b"skos:prefLabel", element.encode()))

    change.__name__ = element
    return change


def nesting(place: Path) -> None:
    repack(place / "all.jsonld", b"[" * 100_000)


def blank(place: Path) -> None:
    content = (place / "all.nq").read_bytes()
    repack(place / "all.nq", content + b"_:a <urn:b> <urn:c> <urn:d> .\n")


@pytest.mark.parametrize(
    "change",
    [
        swapped_triples, a_statement_less, another_graph, other_context, entities, nesting, blank,
        *map(names_that_are_none, ("skos:2024", "skos:", "skos:面積㎡", "skos:a・b", "skos:𠮷")),
    ],
)  # fmt: skip
def test_a_forged_dump_is_found_though_its_checksums_are_right(
    copy: Path, change: Callable[[Path], None]
) -> None:
    change(copy / "dump")
    restate(copy)
    found = checks(copy)
    assert "all formats of all are the same graph" in wrong(found)
    assert "size and SHA-256 of the files" not in wrong(found)


def test_a_compressed_file_of_something_else_is_found(copy: Path) -> None:
    for end, packed in ((".gz", gzip.compress(b"else")), (".zst", zstandard.compress(b"else"))):
        (copy / "dump" / f"all.nt{end}").write_bytes(packed)
    restate(copy)
    found = checks(copy)["compressed files hold the plain ones"]
    assert (found.fine, found.found.en) == (False, "all.nt.gz, all.nt.zst")


@pytest.mark.parametrize("end", [".gz", ".zst"])
def test_a_bomb_is_not_unpacked(copy: Path, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = bytes(64 << 20)
    bomb = gzip.compress(zeros) if end == ".gz" else zstandard.compress(zeros)
    (copy / "dump" / f"all.nt{end}").write_bytes(bomb)
    restate(copy)
    hashed: list[int] = []

    class Counting:
        """SHA-256 that tells how much it was given."""

        def __init__(self, *_: object) -> None:
            self.known = sha256()

        def update(self, chunk: bytes) -> None:
            hashed.append(len(chunk))
            self.known.update(chunk)

        def hexdigest(self) -> str:
            return self.known.hexdigest()

    sha256 = hashlib.sha256
    monkeypatch.setattr("publish.release.verify.verify.hashlib.sha256", Counting)
    found = checks(copy)
    assert found["compressed files hold the plain ones"].found.en == f"all.nt{end}"
    assert sum(hashed) < 4 << 20


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("992011,992011\r\n", ""),
        ("992011,992011\r\n", "992011,992011\r\nhttps://data.example.jp/lod/id/town/992012,1\r\n"),
        ("992011,992011\r\n", "992011,992011,more\r\n"),
        ("992011,992011\r\n", '992011,"992011\r\n'),
    ],
)
def test_a_table_with_other_rows_is_found(copy: Path, old: str, new: str) -> None:
    path = copy / "dump" / "town.csv"
    content = path.read_bytes().decode()
    assert old in content
    path.write_bytes(content.replace(old, new).encode())
    restate(copy)
    found = checks(copy)["rows of the tables"]
    assert (found.fine, found.found.en) == (False, "town")


def test_metadata_that_cannot_be_read_are_found(copy: Path) -> None:
    (copy / "dump" / f"town.csv{METADATA}").write_text("{")
    restate(copy)
    assert checks(copy)["rows of the tables"].found.en == "town"


def test_parts_that_do_not_divide_the_whole_are_found(release: Release, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(release.path, tmp_path / "release"))
    for path in sorted((copy / "dump").glob("links.*")):
        shutil.copy(path, path.with_name(path.name.replace("links", "ontology")))
    restate(copy)
    assert "the parts divide the whole" in wrong(checks(copy))


# -- What cannot be verified -------------------------------------------------------------------


def test_a_directory_without_checksums_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        list(verify(tmp_path, Limits()))
    assert "SHA256SUMS がありません" in caught.value.said("ja")
    assert "there is no SHA256SUMS" in caught.value.said("en")


@pytest.mark.parametrize(
    "line", ["x", "0" * 64 + " one space", f"{'0' * 63}  short", f"{'0' * 64}  a\n{'0' * 64}  a"]
)
def test_checksums_that_are_none_are_explained_with_their_line(tmp_path: Path, line: str) -> None:
    (tmp_path / SUMS).write_text(line + "\n")
    with pytest.raises(ReleaseError) as caught:
        read_sums(tmp_path / SUMS)
    assert f"line {line.count(chr(10)) + 1} is unreadable" in caught.value.said("en")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", ".hidden", "a\\b", "-n"])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / SUMS).write_bytes(checksums([File(name, 1, "0" * 64)]))
    with pytest.raises(ReleaseError, match="cannot be used"):
        Holding.open(tmp_path)


@pytest.mark.parametrize("limits", [Limits(bytes=1000), Limits(files=3)])
def test_more_than_is_allowed_is_not_read(copy: Path, limits: Limits) -> None:
    (check,) = verify(copy, limits)
    assert check.fine is False
    assert "--max-mib" in check.what.en


# -- The command -------------------------------------------------------------------------------


def test_the_command_tells_each_check_in_both_languages_and_ends_with_0(copy: Path) -> None:
    result = run(copy)
    assert result.exit_code == 0
    assert "余分なファイルがないこと / no other files" in result.stdout
    assert "正しい / ok" in result.stdout
    assert Manifest.read(copy).content_hash in result.stdout
    assert result.stdout.count("\n") == 1 + len(list(verify(copy, Limits())))


@pytest.mark.parametrize(
    ("language", "said", "other"), [("ja", "誤り", "failed"), ("en", "failed", "誤り")]
)
def test_damage_ends_with_1_and_is_told_in_the_chosen_language(
    copy: Path, language: str, said: str, other: str
) -> None:
    (copy / "dump" / "all.ttl").unlink()
    result = run(copy, "--lang", language)
    assert result.exit_code == 1
    assert said in result.stdout and other not in result.stdout
    assert "dump/all.ttl" in result.stdout


def test_what_is_no_release_ends_with_1(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "SHA256SUMS" in result.stderr


@pytest.mark.parametrize(
    "source", ["nowhere", "ftp://data.example.jp/", "https://", "http://[::1", "--max-mib=0"]
)
def test_wrong_usage_ends_with_2(source: str) -> None:
    assert run(source).exit_code == 2


def test_a_limit_and_a_known_hash_can_be_given(copy: Path) -> None:
    known = Manifest.read(copy).content_hash
    assert run(copy, "--max-mib", 1, "--content-hash", known).exit_code == 0
    assert run(copy, "--content-hash", "0" * 64).exit_code == 1
