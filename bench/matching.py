"""How fast names are found among a million: `python bench/matching.py [LABELS]`.

Makes places with names in kanji, kana, Roman letters and English, from a fixed seed, writes their
index, and measures matching, suggesting and searching; each against the same question asked of a
plain scan of SQLite (`LIKE '%…%'` over the names), the peer in the same run.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from publish.iris import Iris
from publish.project.csvw import read_table
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, node
from publish.search.candidate import Wanted
from publish.search.index import FILE, Index, write_index
from publish.search.matcher import Matcher
from publish.shacl.shapes import Shapes, read_shapes

ROOT = Path(__file__).parents[1]
BASE = "http://127.0.0.1:8000/"
_TYPES = (("町", "チョウ", "Cho"), ("村", "ムラ", "Mura"), ("市", "シ", "Shi"))


def syllables() -> dict[str, list[str]]:
    """Return pieces of real names: kanji, kana, letters, for names that look like names."""
    rows = read_table(ROOT / "data" / "municipalities.csv", ROOT).rows
    names = [row["name_ja"][:-1] for _, row in rows]
    kana = [row["name_kana"] for _, row in rows]
    return {
        "kanji": sorted({letter for name in names for letter in name}),
        "kana": sorted({one[at : at + 2] for one in kana for at in range(0, len(one) - 2, 2)}),
        "latin": sorted(
            {row["name_romaji"][at : at + 3].lower() for _, row in rows for at in (0, 3)}
        ),
    }


def content(labels: int) -> ox.Store:
    """Return places with four names each."""
    chance, pieces, store = random.Random(1), syllables(), ox.Store()
    quads = []
    pref, alt = node(ns.SKOS + "prefLabel"), node(ns.SKOS + "altLabel")
    kind, code = node(f"{BASE}ontology#Municipality"), node(ns.DCTERMS + "identifier")
    for number in range(labels // 4):
        subject = node(f"{BASE}id/municipality/{number:07d}")
        ending = _TYPES[number % 3]
        kanji = "".join(chance.choices(pieces["kanji"], k=chance.randint(2, 4))) + ending[0]
        kana = "".join(chance.choices(pieces["kana"], k=chance.randint(2, 3))) + ending[1]
        latin = "".join(chance.choices(pieces["latin"], k=chance.randint(2, 3))).title()
        graph = node(f"{BASE}graph/reference")
        quads += [
            ox.Quad(subject, TYPE, kind, graph),
            ox.Quad(subject, TYPE, node(ns.GEO + "Feature"), graph),
            ox.Quad(subject, pref, ox.Literal(kanji, language="ja"), graph),
            ox.Quad(subject, alt, ox.Literal(kana, language="ja-hrkt"), graph),
            ox.Quad(subject, alt, ox.Literal(f"{latin} {ending[2]}", language="ja-latn"), graph),
            ox.Quad(subject, pref, ox.Literal(latin, language="en"), graph),
            ox.Quad(subject, code, ox.Literal(f"{number:07d}"), graph),
        ]
    store.bulk_extend(quads)
    return store


def measured(ask: Callable[[str], object], texts: list[str]) -> tuple[float, float, float]:
    """Return median, 99th percentile and longest of the times, in milliseconds."""
    times = []
    for text in texts:
        begun = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - begun) * 1000)
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1]


def main() -> None:
    """Measure and print."""
    labels = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    shapes: Shapes = read_shapes(ROOT, Iris.at(BASE))
    store = content(labels)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / FILE
        begun = time.perf_counter()
        write_index(path, store, shapes, f"{BASE}graph/derived", ())
        seconds = time.perf_counter() - begun
        size = path.stat().st_size / 1e6
        print(
            f"{labels} labels: index in {seconds:.1f} s, {size:.0f} MB, SQLite {sqlite3.sqlite_version}"
        )
        matcher = Matcher(Index(path), store, Iris.at(BASE), {"@context": {}})
        names = [
            row
            for row in sqlite3.connect(path).execute(
                "SELECT text FROM name ORDER BY (id * 7919) % 100003 LIMIT 400"
            )
        ]
        texts = [name for (name,) in names]
        wrong = [text[:-2] + text[-1:] if len(text) > 3 else text for text in texts]
        begun_texts = [text[: max(1, len(text) // 2)] for text in texts]
        single = sorted({text[0] for text in texts})
        database = sqlite3.connect(path)

        def scan(text: str) -> object:
            return database.execute(
                "SELECT thing FROM name WHERE text LIKE ? LIMIT 10", (f"%{text}%",)
            ).fetchall()

        for title, ask, asked in (
            ("match, as written", lambda t: matcher.match(Wanted(t)), texts),
            ("match, a letter missing", lambda t: matcher.match(Wanted(t)), wrong),
            (
                "match, as an address",
                lambda t: matcher.match(Wanted(t, is_address=True)),
                [f"{t}1丁目2番" for t in texts],
            ),
            ("suggest, half a name", lambda t: matcher.suggest(t), begun_texts),
            ("suggest, one letter", lambda t: matcher.suggest(t), single),
            ("search, as written", lambda t: matcher.search(t), texts),
            ("search, one letter", lambda t: matcher.search(t), single),
            ("peer: LIKE scan", scan, texts[:40]),
        ):
            median, late, longest = measured(ask, asked)
            print(
                f"{title:26} median {median:8.2f} ms, p99 {late:8.2f} ms, longest {longest:8.2f} ms ({len(asked)})"
            )


if __name__ == "__main__":
    main()
