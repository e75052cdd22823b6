"""Compare the endpoint with the Oxigraph server and rdflib-endpoint, same data, same run.

    python bench/sparql.py [SECONDS [ROUNDS [QUERY ...]]]

Needs a current release in releases/, the program wrk, and a virtual environment whose
interpreter is named in PEERS with the PyPI packages oxigraph and rdflib-endpoint[cli]
(they are no part of our lock file). Servers run one at a time in turn, all idle but one; each
figure is the median over the rounds. Prints Markdown tables.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from publish.release.release import current

RELEASE = current(Path("releases"))
BASE = RELEASE.iris.base
PREFIXES = (
    f"PREFIX s5: <{BASE}ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
    "PREFIX dcterms: <http://purl.org/dc/terms/> "
)
QUERIES = {
    "describe": f"DESCRIBE <{BASE}id/initiative/telemedicine>",
    "list": "SELECT ?i ?l { ?i s5:pillar ?p ; skos:prefLabel ?l . ?p skos:notation 'pillar-1' }",
    "group": "SELECT ?r (COUNT(?m) AS ?n) { ?m a s5:Municipality ; geo:sfWithin ?r . "
    "?r a s5:Region } GROUP BY ?r",
    "text": "SELECT ?s ?l { ?s skos:prefLabel ?l FILTER(CONTAINS(?l, '医療')) }",
    "top": "SELECT ?m ?c { ?m a s5:Municipality ; dcterms:identifier ?c } ORDER BY DESC(?c) LIMIT 20",
    "optional": "SELECT ?i ?l ?d { ?i a s5:Activity ; skos:prefLabel ?l "
    "OPTIONAL { ?i dcterms:date ?d } }",
    "path": f"SELECT ?x {{ ?x geo:sfWithin+ <{BASE}id/prefecture/01> }}",
    "construct": "CONSTRUCT { ?m skos:prefLabel ?l } { ?m a s5:Municipality ; skos:prefLabel ?l }",
    "count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "heavy": "SELECT (COUNT(*) AS ?n) { ?a a s5:Municipality . ?b a s5:Municipality . "
    "?a skos:prefLabel ?l . ?b geo:sfWithin ?r }",
    "ask": f"ASK {{ <{BASE}id/stage/planned> a s5:Stage }}",
}
PEERS = os.environ.get("PEERS", "python3")
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 2
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
if len(sys.argv) > 3:
    QUERIES = {name: QUERIES[name] for name in sys.argv[3:]}


@dataclass(frozen=True)
class Server:
    """A server under test: how to start it, and where it answers."""

    name: str
    command: list[str]
    address: str
    environment: dict[str, str]

    @contextmanager
    def running(self) -> Iterator[None]:
        process = subprocess.Popen(
            self.command,
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self.wait()
            yield
        finally:
            process.terminate()
            process.wait(20)

    def wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(self.url("ASK {}"), timeout=5).read()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError(f"{self.name} did not start")

    def url(self, query: str) -> str:
        return f"{self.address}?query={urllib.parse.quote(PREFIXES + query, safe='')}"


def servers(directory: Path) -> list[Server]:
    """Return the servers, with the data loaded where they keep it on disk."""
    data = directory / "all.nt"
    lines = {
        line.rsplit(" <", 1)[0] + " .\n"
        for file in RELEASE.data_files()
        for line in file.read_text("utf-8").splitlines()
    }
    data.write_text("".join(sorted(lines)), "utf-8")
    bin_ = Path(PEERS).parent
    store = directory / "oxigraph"
    oxigraph = str(bin_ / "oxigraph")
    subprocess.run([oxigraph, "load", "-l", str(store), "-f", str(data)], check=True,
                   capture_output=True)  # fmt: skip
    ours = [str(Path(sys.executable).parent / "lodpub"), "serve", "--port"]
    quiet = {"LODPUB_RATE": "0"}
    return [
        Server("oxigraph", [oxigraph, "serve-read-only", "-l", str(store), "-b", "127.0.0.1:8701"],
               "http://127.0.0.1:8701/query", {}),
        Server("rdflib-endpoint", [str(bin_ / "rdflib-endpoint"), "serve", "--port", "8702",
               str(data)], "http://127.0.0.1:8702/", {}),
        Server("lodpub, cache off", [*ours, "8703"], "http://127.0.0.1:8703/sparql",
               quiet | {"LODPUB_CACHE_MIB": "0"}),
        Server("lodpub", [*ours, "8704"], "http://127.0.0.1:8704/sparql", quiet),
    ]  # fmt: skip


def load(url: str, connections: int = 4) -> tuple[float, float, float]:
    """Return requests per second, and the median and 99th percentile of their times in ms."""
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{SECONDS}s",
        "--latency",
        "--timeout",
        "30s",
        url,
    ]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed:
        raise RuntimeError(printed)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    return float(rate[1]) if rate else 0.0, _time(printed, "50%"), _time(printed, "99%")


def _time(printed: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", printed)
    factors = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    return float(found[1]) * factors[found[2]] if found else float("nan")


Figures = dict[tuple[str, str], list[tuple[float, float, float]]]


def compare(candidates: list[Server]) -> Figures:
    """Return for each server and query the figures of all rounds."""
    figures: Figures = {}
    for _ in range(ROUNDS):
        for server in candidates:
            with server.running():
                for name, query in QUERIES.items():
                    figures.setdefault((server.name, name), []).append(load(server.url(query)))
    return figures


def table(figures: Figures, candidates: list[Server]) -> str:
    """Return requests/s, p50 and p99 as a table, with our ratio to the Oxigraph server."""
    names = [server.name for server in candidates]
    lines = ["| query | " + " | ".join(names) + " | off/oxigraph | on/oxigraph |",
             "|---" * (len(names) + 3) + "|"]  # fmt: skip
    for query in QUERIES:
        medians = {
            name: [statistics.median(column) for column in zip(*figures[name, query], strict=True)]
            for name in names
        }
        cells = [f"{rate:,.0f}/s · {p50:.2f} · {p99:.2f}" for rate, p50, p99 in medians.values()]
        peer = medians["oxigraph"][0]
        ratios = [f"{medians[n][0] / peer:.2f}" for n in ("lodpub, cache off", "lodpub")]
        lines.append(f"| {query} | " + " | ".join([*cells, *ratios]) + " |")
    return "\n".join(lines)


RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def beside_a_runaway(server: Server) -> str:
    """Return p99 of a quick query on a quiet server, and beside a query that does not end."""
    url = server.url(next(iter(QUERIES.values())))
    with server.running():
        load(url)
        quiet = load(url)
        runaway = subprocess.Popen(["curl", "-s", "-m", str(SECONDS + 3), server.url(RUNAWAY)],
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        time.sleep(1)
        beside = load(url)
        runaway.wait()
    return f"| {server.name} | {quiet[0]:,.0f}/s, p99 {quiet[2]:.2f} ms | {beside[0]:,.0f}/s, p99 {beside[2]:.2f} ms |"


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as directory:
        candidates = servers(Path(directory))
        print(
            f"Release {RELEASE.id}, {RELEASE.manifest.triples} triples; wrk -t1 -c4 -d{SECONDS}s,"
        )
        print(f"median of {ROUNDS} rounds. Cells: requests/s · p50 ms · p99 ms.\n")
        print(table(compare(candidates), candidates))
        print("\n| beside a runaway query | quiet | beside |\n|---|---|---|")
        for server in (candidates[2], candidates[3]):
            print(beside_a_runaway(server))


if __name__ == "__main__":
    main()
