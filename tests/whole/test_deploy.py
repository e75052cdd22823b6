"""The files of deploy/ do what they say, with the nginx and systemd of this machine."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.real import ROOT
from tests.support.served import Served, eventually, free_port

DEPLOY = ROOT / "deploy"
#: Where Debian puts programs for administrators, which are not on everybody's path.
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"
HOST = "data.example.jp"
_MAIN = """
pid {here}/pid; error_log {here}/error.log; {user}
events {{ }}
http {{
    access_log off;
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/f; uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;
    include {here}/site.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Site:
    """Where nginx listens, and the certificate that it shows."""

    port: int
    certificate: Path


def needed(name: str) -> str:
    """Return the path of a program; skip the test where it is not installed (`.ci/run` does)."""
    found = shutil.which(name, path=PATH)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def _site(here: Path, port: int, upstream: str) -> str:
    """Return deploy/nginx.conf with what its first lines say to change, and nothing else."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    changes = {
        "/lod/society5/": "/lod/",
        "example.jp;": f"{HOST};",
        "/etc/ssl/example.jp": f"{here}/site",
        "/etc/nginx/lodpub_proxy.conf": str(DEPLOY / "lodpub_proxy.conf"),
        "/var/cache/nginx/lodpub": f"{here}/cache",
        "server 127.0.0.1:8000;": f"server {upstream};",
        "listen 443": f"listen {port}",
        "listen [::]:443": f"listen [::1]:{port}",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def nginx(kasumi_served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small project, https://data.example.jp/lod/, behind nginx."""
    program, here, port = needed("nginx"), tmp_path_factory.mktemp("nginx"), free_port()
    subprocess.run(
        [needed("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
         "-keyout", here / "site.key", "-out", here / "site.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    (here / "site.conf").write_text(_site(here, port, kasumi_served.host), "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (here / "nginx.conf").write_text(_MAIN.format(here=here, user=user), "utf-8")
    command = [
        program,
        "-p",
        str(here),
        "-c",
        str(here / "nginx.conf"),
        "-e",
        str(here / "start.log"),
    ]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        assert eventually(lambda: _listens(port)), (here / "error.log").read_text("utf-8")
        yield Site(port, here / "site.pem")
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fetched(site: Site, path: str, *options: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body as curl gets them over HTTP/2, trusting only our certificate."""
    done = subprocess.run(
        [needed("curl"), "-s", "-i", "--http2", "--cacert", site.certificate,
         "--connect-to", f"{HOST}:443:127.0.0.1:{site.port}", *options, f"https://{HOST}{path}"],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    head, _, body = done.stdout.decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    assert first.startswith("HTTP/2 ")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split()[1]), headers, body


def test_a_thing_leads_to_its_document_under_the_public_base(nginx: Site) -> None:
    status, headers, _ = fetched(nginx, "/lod/id/town/992011", "-H", "Accept: text/turtle")
    assert status == 303
    assert headers["location"].startswith(
        ("/lod/doc/town/992011", f"https://{HOST}/lod/doc/town/992011")
    )


def test_a_document_is_cached_by_form_and_confirmed_by_its_tag(nginx: Site) -> None:
    forms: dict[str, str] = {}
    for _ in range(2):
        for form in ("text/turtle", "application/ld+json", "text/html"):
            status, headers, body = fetched(nginx, "/lod/doc/town/992011", "-H", f"Accept: {form}")
            assert (status, headers["content-type"].partition(";")[0]) == (200, form)
            assert forms.setdefault(form, body) == body
            tag = headers["etag"]
    status, _, body = fetched(
        nginx, "/lod/doc/town/992011", "-H", "Accept: text/html", "-H", f"If-None-Match: {tag}"
    )
    assert (status, body) == (304, "")


def test_a_query_passes_by_get_and_by_post(nginx: Site) -> None:
    query = "query=SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    accept = ("-H", "Accept: text/csv", "--data-urlencode", query)
    answers = [fetched(nginx, "/lod/sparql", *more, *accept) for more in ((), ("-G",))]
    assert [status for status, _, _ in answers] == [200, 200]
    assert answers[0][2] == answers[1][2]
    assert int(answers[0][2].split()[1]) > 90


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/robots.txt", 200), ("/.well-known/void", 302), ("/lod/", 200), ("/", 404), ("/lod/x", 404)],
)
def test_what_is_answered_at_the_root_of_the_host(nginx: Site, path: str, expected: int) -> None:
    assert fetched(nginx, path)[0] == expected


def test_the_head_of_a_dump_tells_what_the_dump_has(nginx: Site) -> None:
    _, _, listed = fetched(nginx, "/lod/dump/latest/SHA256SUMS", "-L")
    assert "all.nt" in listed
    address = "/lod/dump/latest/all.nt"
    (_, head, _), (_, got, body) = fetched(nginx, address, "-I"), fetched(nginx, address)
    if "location" in got:
        address = re.sub(r"^https://[^/]+", "", got["location"])
        (_, head, _), (_, got, body) = fetched(nginx, address, "-I"), fetched(nginx, address)
    assert head["etag"] == got["etag"]
    assert int(head["content-length"]) == len(body.encode())


def test_the_unit_is_one_that_systemd_accepts(tmp_path: Path) -> None:
    text = (DEPLOY / "lodpub.service").read_text("utf-8")
    program = Path(sys.executable)
    text = text.replace("/srv/lodpub/.venv/bin/lodpub", str(program)).replace(
        "/srv/lodpub", str(ROOT)
    )
    (tmp_path / "lodpub.service").write_text(text, "utf-8")
    done = subprocess.run(
        [needed("systemd-analyze"), "verify", "--man=no", tmp_path / "lodpub.service"],
        capture_output=True,
        text=True,
    )
    mine = [line for line in done.stderr.splitlines() if "lodpub.service" in line]
    assert (done.returncode, mine) == (0, []), done.stderr


def test_the_readme_tells_to_install_every_file_that_is_there() -> None:
    text = (DEPLOY / "README.md").read_text("utf-8")
    assert {path.name for path in DEPLOY.iterdir()} - {"README.md"} == {
        name for name in re.findall(r"`([\w.]+)`", text) if (DEPLOY / name).exists()
    }
