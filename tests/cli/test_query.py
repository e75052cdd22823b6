"""A query from the command line: what is sent to an endpoint, and what becomes of its answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from publish.cli.query import as_table, ask_endpoint
from publish.errors import QueryError

QUERY = "SELECT ?s ?name { ?s ?p ?name }"
RESULTS = {
    "head": {"vars": ["s", "name"]},
    "results": {
        "bindings": [
            {
                "s": {"type": "uri", "value": "https://data.example.jp/id/town/992011"},
                "name": {"type": "literal", "value": "霞市", "xml:lang": "ja"},
            },
            {"s": {"type": "uri", "value": "https://data.example.jp/id/town/992020"}},
        ]
    },
}


@dataclass
class Endpoint:
    """An endpoint on this machine that gives one answer and remembers what it was asked."""

    url: str = ""
    status: int = 200
    answer: bytes = b""
    requests: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    found = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.requests.append((self.command, self.headers["Accept"], parse_qs(body)))
            self.send_response(found.status)
            self.send_header("Content-Length", str(len(found.answer)))
            self.end_headers()
            self.wfile.write(found.answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found.url = f"http://127.0.0.1:{server.server_port}/sparql"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("suffix", "accept"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("ttl", "text/turtle"),
        ("rdf", "application/rdf+xml"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("trig", "application/trig"),
        ("nq", "application/n-quads"),
        ("table", "application/sparql-results+json, text/turtle;q=0.9"),
    ],
)
def test_the_query_is_posted_and_the_format_asked_for_by_accept(
    endpoint: Endpoint, suffix: str, accept: str
) -> None:
    ask_endpoint(endpoint.url, QUERY, suffix)
    assert endpoint.requests == [("POST", accept, {"query": [QUERY]})]


def test_the_answer_comes_back_as_it_is(endpoint: Endpoint) -> None:
    endpoint.answer = "s,name\r\nhttps://data.example.jp/id/town/992011,霞市\r\n".encode()
    assert ask_endpoint(endpoint.url, QUERY, "csv") == endpoint.answer


def test_results_become_a_table(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    endpoint.answer = json.dumps(RESULTS).encode()
    assert ask_endpoint(endpoint.url, QUERY, "table").decode() == (
        "┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━┓\n"
        "┃ s                                      ┃ name ┃\n"
        "┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━┩\n"
        "│ https://data.example.jp/id/town/992011 │ 霞市 │\n"
        "│ https://data.example.jp/id/town/992020 │      │\n"
        "└────────────────────────────────────────┴──────┘\n"
    )


def test_a_table_shows_brackets_and_colons_as_they_stand() -> None:
    value = "[bold]見守り[/bold] :house:"
    results = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"value": value}}]}}
    assert value in as_table(json.dumps(results).encode()).decode()


@pytest.mark.parametrize(("boolean", "shown"), [(True, b"true\n"), (False, b"false\n")])
def test_the_answer_to_ask_is_a_word(boolean: bool, shown: bytes) -> None:
    assert as_table(json.dumps({"head": {}, "boolean": boolean}).encode()) == shown


@pytest.mark.parametrize(
    "answer", [b"<urn:s> <urn:p> <urn:o> .\n", b"", b"[]", b'{"@graph": []}', b"3"]
)
def test_what_are_no_results_is_shown_as_it_came(answer: bytes) -> None:
    assert as_table(answer) == answer


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 414, 500, 503])
def test_a_refusal_is_explained_in_both_languages(endpoint: Endpoint, status: int) -> None:
    endpoint.status = status
    with pytest.raises(QueryError) as caught:
        ask_endpoint(endpoint.url, QUERY, "json")
    assert caught.value.status == 502
    assert caught.value.said("ja").startswith(f"{endpoint.url} から答えが得られません（")
    assert caught.value.said("en").startswith(f"No answer from {endpoint.url} (")
    assert "\n" not in caught.value.said("en")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/sparql", "http://127.0.0.1:one/", "sparql", "http://[::1/"]
)
def test_an_address_that_leads_nowhere_is_explained(url: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask_endpoint(url, QUERY, "json")
    assert "URLと照会文を確かめてください。" in caught.value.said("ja")


def test_a_query_of_no_known_kind_is_left_to_the_endpoint(endpoint: Endpoint) -> None:
    endpoint.answer = b"s\r\n"
    assert ask_endpoint(endpoint.url, "これは照会文ではない", "csv") == b"s\r\n"
