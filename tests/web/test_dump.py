from __future__ import annotations

import gzip
import hashlib

import pytest
from flask.testing import FlaskClient

from publish.release import Release

IMMUTABLE = "public, max-age=31536000, immutable"


def test_every_dump_is_served_as_the_manifest_says(client: FlaskClient, release: Release) -> None:
    assert release.manifest.dumps()
    for file in release.manifest.dumps():
        name = file.path.removeprefix("dump/")
        answer = client.get(f"/dump/{release.id}/{name}", buffered=True)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == IMMUTABLE
        assert answer.headers["ETag"] == f'"{file.sha256}"'
        assert answer.headers["Content-Length"] == str(file.size)
        disposition = f'attachment; filename="{release.id}-{name}"'
        assert answer.headers["Content-Disposition"] == disposition
        assert hashlib.sha256(answer.data).hexdigest() == file.sha256
        assert "Last-Modified" not in answer.headers


def test_dumps_have_the_type_of_their_format(client: FlaskClient, release: Release) -> None:
    plain = client.get(f"/dump/{release.id}/all.ttl", buffered=True)
    zipped = client.get(f"/dump/{release.id}/all.ttl.gz", buffered=True)
    assert plain.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert zipped.headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in zipped.headers
    assert gzip.decompress(zipped.data) == plain.data


def test_a_part_of_a_dump_can_be_had(client: FlaskClient, release: Release) -> None:
    path = f"/dump/{release.id}/all.nt"
    answer = client.get(path, headers={"Range": "bytes=10-19"}, buffered=True)
    assert answer.status_code == 206
    assert answer.data == client.get(path, buffered=True).data[10:20]
    assert client.get(path, headers={"Range": "bytes=999999999-"}, buffered=True).status_code == 416


def test_a_dump_that_the_client_has_is_not_sent_again(
    client: FlaskClient, release: Release
) -> None:
    path = f"/dump/{release.id}/all.nt"
    tag = client.head(path, buffered=True).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == IMMUTABLE
    assert again.headers["ETag"] == tag


def test_latest_leads_to_the_current_release(client: FlaskClient, release: Release) -> None:
    answer = client.get("/dump/latest/all.ttl.gz")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/dump/{release.id}/all.ttl.gz"
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


def test_the_page_of_the_dumps_leads_to_all_of_them(client: FlaskClient, release: Release) -> None:
    text = client.get("/dump.ja.html").text
    for file in release.manifest.dumps():
        assert f'href="/dump/{release.id}/{file.path.removeprefix("dump/")}"' in text
        assert file.sha256 in text


def test_the_page_of_a_release_tells_its_hash(client: FlaskClient, release: Release) -> None:
    answer = client.get(f"/release/{release.id}")
    assert release.manifest.content_hash in answer.text
    assert client.get(f"/release/{release.id}.en.html").status_code == 200
