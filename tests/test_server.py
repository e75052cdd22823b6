"""Every address of the site, by the client and over a real connection."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress.server import create_server

from publish.release.release import Release
from server import HEADERS, PARTS

HTML = "text/html; charset=utf-8"
TURTLE = "text/turtle; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
CURRENT = "public, max-age=60, must-revalidate"

#: address, status, type, cache control
ADDRESSES = [
    ("/", 200, HTML, CURRENT),
    ("/index.ttl", 200, TURTLE, CURRENT),
    ("/about", 200, HTML, CURRENT),
    ("/id/stage/under-way", 303, TEXT, CURRENT),
    ("/doc/stage/under-way", 200, HTML, CURRENT),
    ("/doc/stage/under-way.ttl", 200, TURTLE, CURRENT),
    ("/doc/stage/under-way.nt", 200, "application/n-triples", CURRENT),
    ("/doc/stage/under-way.jsonld", 200, "application/ld+json", CURRENT),
    ("/doc/stage/under-way.rdf", 200, "application/rdf+xml", CURRENT),
    ("/doc/stage/under-way.trig", 200, "application/trig", CURRENT),
    ("/doc/stage/under-way.nq", 200, "application/n-quads", CURRENT),
    ("/doc/stage/under-way.html", 200, HTML, CURRENT),
    ("/doc/stage/under-way.ja.html", 200, HTML, CURRENT),
    ("/doc/stage/under-way.html?lang=ja", 302, TEXT, CURRENT),
    ("/doc", 200, HTML, CURRENT),
    ("/doc/stage", 200, HTML, CURRENT),
    ("/doc/stage.csv", 200, "text/csv; charset=utf-8", CURRENT),
    ("/ontology", 200, HTML, CURRENT),
    ("/ontology.ttl", 200, TURTLE, CURRENT),
    ("/shapes", 200, HTML, CURRENT),
    ("/shapes.ttl", 200, TURTLE, CURRENT),
    ("/context.jsonld", 200, "application/ld+json", CURRENT),
    ("/graph/links", 200, HTML, CURRENT),
    ("/catalog", 200, HTML, CURRENT),
    ("/void", 200, HTML, CURRENT),
    ("/.well-known/void", 302, TEXT, CURRENT),
    ("/dump", 200, HTML, CURRENT),
    ("/dump/latest/all.ttl", 302, TEXT, "no-cache"),
    ("/robots.txt", 200, TEXT, CURRENT),
    ("/sitemap.xml", 200, "application/xml; charset=utf-8", CURRENT),
    ("/healthz", 200, TEXT, "no-store"),
    ("/readyz", 200, TEXT, "no-store"),
    ("/metrics", 200, "text/plain; version=0.0.4; charset=utf-8", "no-store"),
]


@pytest.mark.parametrize(("path", "status", "type_", "cache"), ADDRESSES)
def test_every_address_answers_as_it_should(
    client: FlaskClient, path: str, status: int, type_: str, cache: str
) -> None:
    get, head = client.get(path), client.head(path)
    assert get.status_code == head.status_code == status
    assert get.headers["Content-Type"] == type_
    assert get.headers["Cache-Control"] == cache
    for name, value in HEADERS.items():
        assert get.headers[name] == value
    assert head.data == b""
    assert sorted(head.headers.keys()) == sorted(get.headers.keys())


def test_every_route_is_in_the_table_of_parts(app: Flask) -> None:
    registered = {blueprint.name for blueprint in app.blueprints.values()}
    assert registered == {part.blueprint.name for part in PARTS}
    assert all(part.purpose for part in PARTS)
    assert all("." in rule.endpoint for rule in app.url_map.iter_rules())


@pytest.mark.parametrize("path", ["/doc/stage/under-way", "/id/stage/under-way", "/void"])
def test_a_preflight_is_answered(client: FlaskClient, path: str) -> None:
    headers = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = client.options(path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_importing_the_server_opens_nothing(tmp_path: Path) -> None:
    import server

    assert not any(isinstance(value, Flask) for value in vars(server).values())


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The address of a real server."""
    server: Any = create_server(app, host="127.0.0.1", port=0, threads=4)

    def run() -> None:
        # closing its socket is how the loop of this server is ended
        with suppress(OSError):
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.effective_port}"
    server.close()
    thread.join()


def test_a_program_reaches_the_data_by_the_name_of_a_thing(address: str, release: Release) -> None:
    request = urllib.request.Request(
        f"http://{address}/id/initiative/telemedicine", headers={"Accept": "text/turtle"}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.url == f"http://{address}/doc/initiative/telemedicine"
        assert answer.headers["Content-Type"] == TURTLE
        assert release.iris.base in answer.read().decode()


@pytest.mark.parametrize(
    "path", ["/doc/stage/under-way.ja.html", "/void.ttl", "/dump/latest/all.ttl", "/nothing"]
)
def test_over_a_connection_head_has_the_headers_of_get_and_no_body(address: str, path: str) -> None:
    connection = HTTPConnection(address)
    found = []
    for method in ("HEAD", "GET", "HEAD"):
        connection.request(method, path)
        answer = connection.getresponse()
        body = answer.read()
        found.append({k: v for k, v in answer.getheaders() if k != "Date"})
        assert bool(body) is (method == "GET")
    connection.close()
    assert found[0] == found[1] == found[2]
    assert found[1]["Content-Length"]


def test_over_a_connection_304_has_no_body(address: str) -> None:
    connection = HTTPConnection(address)
    connection.request("GET", "/void.ttl")
    first = connection.getresponse()
    first.read()
    for _ in range(2):
        connection.request("GET", "/void.ttl", headers={"If-None-Match": first.headers["ETag"]})
        again = connection.getresponse()
        assert (again.status, again.read()) == (304, b"")
    connection.close()


@pytest.mark.parametrize("path", ["/%E9%81%A0%E9%9A%94", "/doc/stage/%FF", "/%00", "/%2e%2e/x"])
def test_over_a_connection_odd_paths_are_404(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(f"http://{address}{path}")
    with raised.value as answer:
        assert answer.code == 404
        assert json.loads(answer.read())["status"] == 404


def test_many_clients_at_once_get_whole_answers(address: str) -> None:
    def fetch() -> None:
        with urllib.request.urlopen(f"http://{address}/graph/reference.nt") as answer:
            sizes.append(len(answer.read()))

    sizes: list[int] = []
    threads = [threading.Thread(target=fetch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sizes) == 8 and len(set(sizes)) == 1
