from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import csvw
import pytest
import zstandard
from flask.testing import FlaskClient

from publish.formats import RDF_FORMATS
from publish.release.dumps import METADATA, SUMS
from publish.release.release import Release
from publish.settings import Settings
from server import create_app
from tests.support.served import Served
from tests.web.conftest import Page, link_header

IMMUTABLE = "public, max-age=31536000, immutable"
TABLE = "municipality.csv"


def test_every_dump_is_served_as_the_manifest_says(client: FlaskClient, release: Release) -> None:
    assert len(release.manifest.dumps()) > 100
    for file in release.manifest.dumps():
        name = file.path.removeprefix("dump/")
        answer = client.get(f"/dump/{release.id}/{name}", buffered=True)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == IMMUTABLE
        assert answer.headers["ETag"] == f'"{file.sha256}"'
        assert answer.headers["Content-Length"] == str(file.size)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Content-Encoding" not in answer.headers
        assert hashlib.sha256(answer.data).hexdigest() == file.sha256
        assert "Last-Modified" not in answer.headers


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        *((f"places.{format_.suffix}", format_.content_type) for format_ in RDF_FORMATS),
        ("all.ttl.gz", "application/gzip"),
        ("all.ttl.zst", "application/zstd"),
        (TABLE, "text/csv; charset=utf-8; header=present"),
        ("municipality.excel.csv", "text/csv; charset=utf-8; header=present"),
        (TABLE + METADATA, "application/csvm+json"),
        (SUMS, "text/plain; charset=utf-8"),
    ],
)
def test_dumps_have_the_type_of_their_format(
    client: FlaskClient, release: Release, name: str, type_: str
) -> None:
    for method in (client.get, client.head):
        answer = method(f"/dump/{release.id}/{name}", buffered=True)
        assert answer.headers["Content-Type"] == type_


def test_compressed_dumps_hold_the_plain_ones(client: FlaskClient, release: Release) -> None:
    plain, zipped, packed = (
        client.get(f"/dump/{release.id}/all.ttl{end}", buffered=True).data
        for end in ("", ".gz", ".zst")
    )
    assert gzip.decompress(zipped) == plain
    assert zstandard.ZstdDecompressor().decompress(packed) == plain


@pytest.mark.parametrize("name", ["all.ttl", "all.nq.gz", TABLE, "municipality.excel.csv"])
def test_data_are_saved_under_the_name_that_checksums_and_metadata_know(
    client: FlaskClient, release: Release, name: str
) -> None:
    answer = client.head(f"/dump/{release.id}/{name}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("name", [SUMS, TABLE + METADATA])
def test_what_is_to_be_read_is_shown(client: FlaskClient, release: Release, name: str) -> None:
    answer = client.head(f"/dump/{release.id}/{name}")
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'


def test_a_table_leads_to_its_metadata_and_back(client: FlaskClient, release: Release) -> None:
    place = f"/dump/{release.id}/"
    table = client.head(place + TABLE).headers.getlist("Link")
    assert table == [f'<{TABLE}{METADATA}>; rel="describedby"; type="application/csvm+json"']
    metadata = client.get(place + TABLE + METADATA, buffered=True)
    assert link_header(metadata.headers.getlist("Link"), "describes") == [TABLE]
    assert json.loads(metadata.data)["url"] == TABLE
    # the metadata do not describe the table for Excel
    assert client.head(f"{place}municipality.excel.csv").headers.getlist("Link") == []


def test_a_table_and_its_metadata_are_read_as_csvw_from_the_network(
    served: Served, release: Release, tmp_path: Path
) -> None:
    for name in (TABLE, TABLE + METADATA):
        answer = served.request(path=f"dump/{release.id}/{name}")
        assert answer.headers["Content-Length"] == str(len(answer.body))
        (tmp_path / name).write_bytes(answer.body)
    table: Any = csvw.Table.from_file(tmp_path / (TABLE + METADATA))
    assert len(list(table.iterdicts())) == 179


def test_a_part_of_a_dump_can_be_had(client: FlaskClient, release: Release) -> None:
    path = f"/dump/{release.id}/all.nt"
    whole = client.get(path, buffered=True)
    answer = client.get(path, headers={"Range": "bytes=10-19"}, buffered=True)
    assert answer.status_code == 206
    assert answer.data == whole.data[10:20]
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    assert answer.headers["Content-Length"] == "10"
    last = client.get(path, headers={"Range": "bytes=-5"}, buffered=True)
    assert last.data == whole.data[-5:]
    assert client.get(path, headers={"Range": "bytes=999999999-"}, buffered=True).status_code == 416


def test_a_download_goes_on_only_if_the_file_is_the_same(
    client: FlaskClient, release: Release
) -> None:
    path = f"/dump/{release.id}/all.nt.zst"
    tag = client.head(path).headers["ETag"]
    same = client.get(path, headers={"Range": "bytes=9-", "If-Range": tag}, buffered=True)
    other = client.get(path, headers={"Range": "bytes=9-", "If-Range": '"other"'}, buffered=True)
    assert (same.status_code, other.status_code) == (206, 200)
    assert same.data == other.data[9:]


def test_head_tells_all_that_get_does(served: Served, release: Release) -> None:
    for name in ("all.nq", "all.nq.zst", TABLE, SUMS):
        path = f"dump/{release.id}/{name}"
        head, get = served.request("HEAD", path=path), served.request(path=path)
        assert head.body == b""
        assert head.headers["Content-Length"] == str(len(get.body))
        dull = {"date"}
        assert {k.lower(): v for k, v in head.headers.items() if k.lower() not in dull} == {
            k.lower(): v for k, v in get.headers.items() if k.lower() not in dull
        }


def test_a_dump_that_the_client_has_is_not_sent_again(
    client: FlaskClient, release: Release
) -> None:
    path = f"/dump/{release.id}/all.nt"
    tag = client.head(path, buffered=True).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == IMMUTABLE
    assert again.headers["ETag"] == tag


@pytest.mark.parametrize("name", ["all.ttl.gz", TABLE, SUMS])
def test_latest_leads_to_the_current_release(
    client: FlaskClient, release: Release, name: str
) -> None:
    answer = client.get(f"/dump/latest/{name}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/dump/{release.id}/{name}"
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "nothing.ttl",
        "../manifest.json",
        "..%2fmanifest.json",
        "%2e%2e/manifest.json",
        "/etc/passwd",
        "all.ttl/",
        "all.ttl%00",
        "",
    ],
)
@pytest.mark.parametrize("which", ["latest", "current"])
def test_only_files_that_the_manifest_lists_exist(
    client: FlaskClient, release: Release, which: str, name: str
) -> None:
    directory = release.id if which == "current" else which
    assert client.get(f"/dump/{directory}/{name}").status_code == 404


@pytest.mark.parametrize("id_", ["000000000000", "..", "%2e%2e", "current", "x" * 300, "%00"])
def test_a_release_that_does_not_exist_is_404(client: FlaskClient, id_: str) -> None:
    assert client.get(f"/dump/{id_}/all.ttl").status_code == 404
    assert client.get(f"/release/{id_}").status_code == 404
    assert client.get(f"/release/{id_}.json").status_code == 404


def test_the_dumps_of_a_release_before_the_current_one_stay(
    kasumi: Path, release: Release, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    shutil.copytree(kasumi / "releases", releases, symlinks=True)
    shutil.copytree(release.path, releases / release.id)
    client = create_app(Settings(releases=releases)).test_client()
    for file in release.manifest.dumps()[:3]:
        answer = client.get(f"/lod/dump/{release.id}/{file.path[5:]}", buffered=True)
        assert hashlib.sha256(answer.data).hexdigest() == file.sha256
    manifest = client.get(f"/lod/release/{release.id}.json", buffered=True)
    assert manifest.data == (release.path / "manifest.json").read_bytes()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_of_the_dumps_leads_to_all_of_them(
    client: FlaskClient, release: Release, language: str
) -> None:
    page = Page(client.get(f"/dump.{language}.html").text)
    for file in release.manifest.dumps():
        assert f"/dump/{release.id}/{file.path.removeprefix('dump/')}" in page.links
        if not file.path.endswith((SUMS,)):
            assert file.sha256 in page.text
    assert {"all", "initiatives", "links", "ontology", "places"} <= {
        attributes["id"] for attributes in page.all("h2")
    }


def test_the_page_of_a_small_data_set_has_one_group(small: FlaskClient) -> None:
    page = Page(small.get("/lod/dump.ja.html").text)
    assert [one["id"] for one in page.all("h2")] == ["all", "tables", "verify"]


def test_the_page_of_a_release_tells_its_hash(client: FlaskClient, release: Release) -> None:
    answer = client.get(f"/release/{release.id}")
    assert release.manifest.content_hash in answer.text
    assert client.get(f"/release/{release.id}.en.html").status_code == 200
    links = Page(answer.text).links
    for file in release.manifest.dumps():
        assert f"/dump/{release.id}/{file.path.removeprefix('dump/')}" in links


def test_the_manifest_of_a_release_is_the_file_as_it_was_built(
    client: FlaskClient, release: Release
) -> None:
    path = f"/release/{release.id}.json"
    answer = client.get(path, buffered=True)
    content = (release.path / "manifest.json").read_bytes()
    assert answer.data == content
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == IMMUTABLE
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=tag, buffered=True).status_code == 304
    head = client.head(path)
    assert head.headers["Content-Length"] == str(len(content)) and head.data == b""
    negotiated = client.get(f"/release/{release.id}", headers={"Accept": "application/json"})
    assert negotiated.data == content
    assert negotiated.headers["Content-Location"] == path


def test_a_manifest_and_the_checksums_agree(client: FlaskClient, release: Release) -> None:
    manifest = json.loads(client.get(f"/release/{release.id}.json", buffered=True).data)
    sums = client.get(f"/dump/{release.id}/{SUMS}", buffered=True).text
    lines = [line.split("  ") for line in sums.splitlines()]
    told = {name: sha256 for sha256, name in lines}
    assert told == {
        file["path"].removeprefix("dump/"): file["sha256"]
        for file in manifest["files"]
        if file["path"].startswith("dump/") and not file["path"].endswith(SUMS)
    }
