"""A SPARQL endpoint on the loopback interface that stands in for those of other data sets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

WIKIDATA = "https://query.wikidata.org/sparql"
ESTAT = "https://data.e-stat.go.jp/lod/sparql/alldata/query"
#: The populations and names are made up; the IRIs and properties are written as theirs are.
TRIPLES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sac: <http://data.e-stat.go.jp/lod/sac/>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
wd:Q37951 wdt:P1082 101 .
wd:Q26418 wdt:P1082 102 .
sac:C01100-19731201 rdfs:label "A市"@ja , "A-shi"@en .
sac:C01202-20051001 rdfs:label "B市"@ja , "B-shi"@en .
"""
#: How many other things have a value: whoever asks for all of them gets more than is wanted.
OTHERS = 100_000


@dataclass
class Theirs:
    """A running stand-in, and what it was asked: the query and the User-Agent of each request."""

    host: str
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        return f"http://{self.host}/sparql"


def _store() -> ox.Store:
    others = "".join(
        f"<http://www.wikidata.org/entity/Q9{number:08}> "
        f'<http://www.wikidata.org/prop/direct/P1082> "{number}" .\n'
        f"<http://data.e-stat.go.jp/lod/sac/C9{number:08}> "
        f'<http://www.w3.org/2000/01/rdf-schema#label> "{number}"@ja .\n'
        for number in range(OTHERS)
    )
    store = ox.Store()
    store.bulk_load((TRIPLES + others).encode(), format=ox.RdfFormat.TURTLE)
    return store


@contextmanager
def standing_in() -> Iterator[Theirs]:
    """Answer queries by GET and POST, as the SPARQL protocol says, in JSON only."""
    store, asked = _store(), list[tuple[str, str]]()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, form: str) -> None:
            query = parse_qs(form).get("query", [""])[0]
            if not query or "SERVICE" in query:
                self.send_error(400)
                return
            asked.append((query, self.headers["User-Agent"]))
            found = store.query(query)
            assert isinstance(found, ox.QuerySolutions)
            content = found.serialize(format=ox.QueryResultsFormat.JSON)
            assert content is not None
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Theirs(f"127.0.0.1:{server.server_address[1]}", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
