"""A small data set in three graphs, for the workers to answer from."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from publish.sparql.pool import Data

BASE = "https://data.example.jp/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIXES = {"skos": SKOS, "ex": f"{BASE}terms#", "unused": "http://unused.example/"}
#: towns, each with two labels and a number
TOWNS = 300
#: points of a net in which each leads to each
POINTS = 40


def small(directory: Path) -> Data:
    """Return the data set, written as two files of N-Quads."""
    plain, packed = directory / "towns.nq", directory / "net.nq.gz"
    plain.write_text("".join(_towns()), "utf-8")
    packed.write_bytes(gzip.compress("".join(_net()).encode()))
    return Data(BASE, (plain, packed), prefixes=PREFIXES)


def _towns() -> Iterator[str]:
    source, editorial = f"<{BASE}graph/source>", f"<{BASE}graph/editorial>"
    for number in range(TOWNS):
        town = f"<{BASE}id/town/{number}>"
        yield f'{town} <{SKOS}prefLabel> "第{number}町, 「最新」 {{}}"@ja {source} .\n'
        yield f'{town} <{SKOS}prefLabel> "Town \\"{number}\\""@en {editorial} .\n'
        yield f'{town} <{BASE}terms#number> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> {source} .\n'
        yield f"{town} <{BASE}terms#page> <https://town.example/?a=1,2&b={number}> {source} .\n"
        if number:
            yield f"{town} <{SKOS}related> <{BASE}id/town/{number - 1}> {editorial} .\n"


def _net() -> Iterator[str]:
    for start in range(POINTS):
        for end in range(POINTS):
            if start != end:
                yield f"<{BASE}point/{start}> <{BASE}terms#to> <{BASE}point/{end}> <{BASE}graph/net> .\n"


#: statements in all graphs together
STATEMENTS = TOWNS * 5 - 1 + POINTS * (POINTS - 1)
