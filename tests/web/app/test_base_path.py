"""A base with a path, behind a reverse proxy."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from publish.formats import TURTLE
from publish.settings import Settings
from server import create_app
from tests.web.conftest import Page, link_header, triples

DOC = "/lod/doc/plan/remote-care"


def test_addresses_lie_under_the_path_of_the_base(small: FlaskClient) -> None:
    answer = small.get("/lod/id/plan/remote-care")
    assert (answer.status_code, answer.headers["Location"]) == (303, DOC)
    document = small.get(DOC, headers={"Accept": "text/turtle"})
    assert document.headers["Content-Location"] == f"{DOC}.ttl"
    links = document.headers.getlist("Link")
    assert f"{DOC}.jsonld" in link_header(links, "alternate")
    assert link_header(links, "describes") == ["https://data.example.jp/lod/id/plan/remote-care"]
    lines = triples(document.data, TURTLE)
    assert any(
        line.startswith("<https://data.example.jp/lod/doc/plan/remote-care>") for line in lines
    )


@pytest.mark.parametrize("path", ["/", "/doc/plan", "/id/plan/remote-care", "/healthz", "/lodx/"])
def test_nothing_is_answered_outside_the_base(small: FlaskClient, path: str) -> None:
    assert small.get(path).status_code == 404


def test_the_base_without_its_slash_leads_to_the_base(small: FlaskClient) -> None:
    answer = small.get("/lod")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/lod/")


def test_every_link_stays_under_the_base_and_answers(small: FlaskClient) -> None:
    seen, waiting = set[str](), {"/lod/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = small.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert answer.status_code == 200, path
        if answer.mimetype == "text/html":
            page = Page(answer.text)
            addresses = [*page.links, *(link["href"] for link in page.all("link"))]
            found = {href.partition("#")[0] for href in addresses if href.startswith("/")}
            assert all(href.startswith("/lod/") for href in found), path
            waiting |= found - seen - {"/lod/sparql"}
        answer.close()
    assert len(seen) > 100


def test_the_origin_has_its_robots_and_well_known_addresses(small: FlaskClient) -> None:
    for path in ("/robots.txt", "/lod/robots.txt"):
        answer = small.get(path)
        assert answer.status_code == 200
        assert "Disallow: /lod/sparql" in answer.text
    for path in ("/.well-known/void", "/lod/.well-known/void"):
        assert small.get(path).headers["Location"] == "/lod/void"


def test_the_host_of_the_request_never_reaches_the_answer(small: FlaskClient) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Accept": "text/html"}
    for path in ("/lod/", DOC, f"{DOC}.ttl", "/lod/id/plan/remote-care", "/lod/sitemap.xml"):
        answer = small.get(path, headers=headers)
        assert "evil" not in answer.text
        assert "evil" not in str(answer.headers)


def test_a_stripped_prefix_is_believed_of_a_known_proxy_only(kasumi: Path) -> None:
    headers = {"X-Forwarded-Prefix": "/lod"}
    for proxies, status in (("127.0.0.1", 200), ("192.0.2.1", 404), ("", 404)):
        client = create_app(Settings(releases=kasumi / "releases", proxies=proxies)).test_client()
        assert client.get("/doc/plan/remote-care", headers=headers).status_code == status
    assert client.get("/lod/doc/plan/remote-care").status_code == 200
