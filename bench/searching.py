"""How long search and suggestions take over HTTP: `python bench/searching.py HOST:PORT`.

Asks a server that is already running (with `LODPUB_CACHE_MIB=0`, or what is measured is its cache)
on one connection, for real names: whole, half, one letter, with a letter missing, in Roman letters,
and for codes. Prints a Markdown table, in milliseconds until the last byte.
"""

from __future__ import annotations

import statistics
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from publish.project.csvw import read_table  # noqa: E402

FORMS = {
    "suggestions (JSON)": "/suggest",
    "suggestions (OpenSearch)": "/suggest.opensearch",
    "search (JSON)": "/search.json",
    "search (page)": "/search.ja.html",
}


def texts() -> list[str]:
    """Return what is typed: seven texts for each municipality of this repository's data."""
    found = []
    for _, row in read_table(ROOT / "data" / "municipalities.csv", ROOT).rows:
        name, reading, roman = row["name_ja"], row["name_kana"], row["name_romaji"]
        half = name[: max(1, len(name) // 2)]
        found += [name, half, name[0], reading, reading[:-3] + reading[-2:], roman, row["lg_code"]]
    return found


def measured(connection: HTTPConnection, path: str, asked: list[str]) -> str:
    """Return the cells of a row: asked, median, 99th percentile, longest, kB at most."""
    times, most = [], 0
    for text in asked:
        begun = time.perf_counter()
        connection.request("GET", f"{path}?q={quote(text)}")
        answer = connection.getresponse()
        most = max(most, len(answer.read()))
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status not in (200, 303):
            raise SystemExit(f"{answer.status} for {text}")
    late = sorted(times)[int(len(times) * 0.99)]
    cells = (statistics.median(times), late, max(times))
    return f"| {len(times)} | {' | '.join(f'{cell:.1f}' for cell in cells)} | {most / 1000:.0f} |"


def main() -> None:
    """Print the table."""
    connection = HTTPConnection(sys.argv[1])
    measured(connection, "/index.ja.html", ["first"])  # opens the release
    print("| what | asked | median ms | p99 | longest | kB at most |")
    print("|---|---|---|---|---|---|")
    asked = texts()
    for name, path in FORMS.items():
        print(f"| {name} {measured(connection, path, asked)}", flush=True)


if __name__ == "__main__":
    main()
