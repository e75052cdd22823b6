"""Verifying a release from the web: a real server, and servers that mean no good."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publish.cli.releases import verify_command
from publish.errors import ReleaseError
from publish.release.dumps import SUMS, checksums
from publish.release.manifest import NAME, File
from publish.release.release import Release, current
from publish.release.verify.download import download
from publish.release.verify.findings import Limits
from publish.settings import Settings
from tests.support.served import Served, serving

#: What a server answers: status, headers, body.
Answer = tuple[int, dict[str, str], bytes]
ID = "0123456789ab"


@pytest.fixture(scope="module")
def served(
    settings: Settings, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    assert release.id
    with serving(settings.releases, tmp_path_factory.mktemp("real") / "log", workers=1) as found:
        yield found


@pytest.fixture(scope="module")
def kasumi_served(kasumi: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("small") / "log"
    with serving(kasumi / "releases", log, root="/lod/", workers=1) as found:
        yield found


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verify_command, [str(one) for one in arguments])


@contextmanager
def answering(answer: Callable[[str], Answer]) -> Iterator[str]:
    """Serve what a function of the path gives; yield the base."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving_files(directory: Path, place: str) -> Iterator[str]:
    """Serve the manifest of a copied release, and its dumps, with no page or catalogue."""

    def answer(path: str) -> Answer:
        name = path.removeprefix("/")
        file = directory / (NAME if name.startswith("release/") else name.replace(place, "dump/"))
        return (200, {}, file.read_bytes()) if file.is_file() else (404, {}, b"")

    with answering(answer) as base:
        yield base


# -- A real server -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["release/{id}.json", ""])
def test_a_release_is_verified_in_everything_from_the_web(
    served: Served, release: Release, path: str
) -> None:
    result = run(f"http://{served.host}/{path.format(id=release.id)}", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "failed" not in result.stdout
    assert "not checked" not in result.stdout
    assert release.id in result.stdout


@pytest.mark.parametrize(
    "path", ["/release/{id}.json", "/release/{id}", "/catalog", "/catalog.ttl", "/", ""]
)
def test_manifest_page_catalogue_and_base_lead_to_a_release_whose_base_is_elsewhere(
    kasumi_served: Served, kasumi: Path, path: str
) -> None:
    id_ = current(kasumi / "releases").id
    result = run(f"http://{kasumi_served.host}/lod{path.format(id=id_)}", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert id_ in result.stdout


def test_what_is_downloaded_is_the_release_and_nothing_else(
    served: Served, release: Release, tmp_path: Path
) -> None:
    download(f"http://{served.host}/release/{release.id}.json", tmp_path, Limits())
    names = {path.name for path in tmp_path.iterdir()}
    dumps = {path.name for path in (release.path / "dump").iterdir()}
    assert names == dumps | {NAME, "catalog.ttl", "context.jsonld"}
    assert (tmp_path / NAME).read_bytes() == (release.path / NAME).read_bytes()


def test_a_release_that_is_not_there_is_explained(served: Served) -> None:
    result = run(f"http://{served.host}/release/{ID}.json")
    assert result.exit_code == 1
    assert "リリースがありません" in result.stderr and "there is no release" in result.stderr


def test_a_release_larger_than_allowed_is_not_downloaded(served: Served, release: Release) -> None:
    result = run(f"http://{served.host}/release/{release.id}.json", "--max-mib", 1)
    assert result.exit_code == 1
    assert "--max-mib" in result.stderr


# -- Damage, and servers that mean no good -----------------------------------------------------


@pytest.fixture
def copy(kasumi: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree((kasumi / "releases" / "current").resolve(), tmp_path / "release"))


def test_without_catalogue_and_context_the_rest_is_verified(copy: Path) -> None:
    (copy / "context.jsonld").unlink()
    id_ = json.loads((copy / NAME).read_text("utf-8"))["release"]
    with serving_files(copy, f"dump/{id_}/") as base:
        result = run(f"{base}release/{id_}.json", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "there is no catalogue" in result.stdout
    assert "JSON-LD not checked" not in result.stdout


@pytest.mark.parametrize("damage", ["flip", "missing", "longer"])
def test_damage_on_the_way_is_found(copy: Path, damage: str) -> None:
    id_ = json.loads((copy / NAME).read_text("utf-8"))["release"]
    path = copy / "dump" / "all.nt.zst"
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(content + b"x" if damage == "longer" else content[:-1] + b"\0")
    with serving_files(copy, f"dump/{id_}/") as base:
        result = run(f"{base}release/{id_}.json", "--lang", "en")
    assert result.exit_code == 1
    assert "all.nt.zst" in result.stdout


def test_the_manifest_of_another_release_is_refused(copy: Path) -> None:
    with serving_files(copy, f"dump/{ID}/") as base:
        result = run(f"{base}release/{ID}.json")
    assert result.exit_code == 1
    assert "another release" in result.stderr


def test_a_redirect_to_another_host_is_not_followed(tmp_path: Path) -> None:
    visited: list[str] = []

    def other(path: str) -> Answer:
        visited.append(path)
        return 200, {}, b"{}"

    with (
        answering(other) as elsewhere,
        answering(lambda path: (302, {"Location": elsewhere + path[1:]}, b"")) as base,
        pytest.raises(ReleaseError, match="redirects to"),
    ):
        download(f"{base}release/{ID}.json", tmp_path, Limits())
    assert visited == []


def test_a_redirect_in_a_circle_ends(tmp_path: Path) -> None:
    with (
        answering(lambda path: (302, {"Location": path}, b"")) as base,
        pytest.raises(ReleaseError, match="too many redirects"),
    ):
        download(f"{base}release/{ID}.json", tmp_path, Limits())


@pytest.mark.parametrize("location", ["", "/elsewhere", f"/dump/{ID}/other", "/dump/../SHA256SUMS"])
def test_latest_that_leads_to_no_release_is_explained(tmp_path: Path, location: str) -> None:
    with (
        answering(lambda _: (302, {"Location": location}, b"")) as base,
        pytest.raises(ReleaseError, match="HTTP 302"),
    ):
        download(base, tmp_path, Limits())


@pytest.mark.parametrize("name", ["../../evil", "/etc/cron.d/evil", "a/b"])
def test_a_name_that_leads_out_of_the_directory_is_refused(tmp_path: Path, name: str) -> None:
    place = tmp_path / "inside" / "place"
    place.mkdir(parents=True)
    sums = checksums([File(name, 1, "0" * 64)])

    def answer(path: str) -> Answer:
        return (200, {}, sums) if path.endswith(SUMS) else (404, {}, b"")

    with answering(answer) as base, pytest.raises(ReleaseError, match="cannot be used"):
        download(f"{base}release/{ID}.json", place, Limits())
    assert [path.name for path in place.iterdir()] == [SUMS]


def test_an_answer_without_end_is_cut_at_the_limit(tmp_path: Path) -> None:
    with (
        answering(lambda _: (200, {}, b"x" * 9_000_000)) as base,
        pytest.raises(ReleaseError, match="exceeds the limit"),
    ):
        download(f"{base}release/{ID}.json", tmp_path, Limits(bytes=1 << 20))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1 << 20


def test_an_answer_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with (
        answering(lambda _: (200, {}, b"x")) as base,
        pytest.raises(ReleaseError, match="takes too long"),
    ):
        download(f"{base}release/{ID}.json", tmp_path, Limits(seconds=-1))


def test_a_content_coding_is_not_undone(tmp_path: Path) -> None:
    """What says to be gzip is kept as it came: nothing can grow on the way."""
    with (
        answering(lambda _: (200, {"Content-Encoding": "gzip"}, b"not gzip")) as base,
        pytest.raises(ReleaseError),
    ):
        download(f"{base}release/{ID}.json", tmp_path, Limits())
    assert (tmp_path / NAME).read_bytes() == b"not gzip"


def test_a_server_that_is_not_there_is_explained() -> None:
    with answering(lambda _: (200, {}, b"")) as base:
        gone = base
    result = run(gone)
    assert result.exit_code == 1
    assert "取得できません" in result.stderr and "cannot be downloaded" in result.stderr
