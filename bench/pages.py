"""Measure what each kind of page costs the server, and how long it is. Prints a Markdown table.

    python bench/pages.py [RELEASES]

Asks the application in this process, without a network, for pages of the current release in
RELEASES (default: one of this repository's data, built for the purpose): of each kind as many as
there are, at most 40, in both languages. "First" is the processor time of a page that nobody has
asked for; "again" that of one that is kept. What happens once after the start is a row of its own.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from publish.browse.lists import members  # noqa: E402
from publish.build import build  # noqa: E402
from publish.release.release import Release, current  # noqa: E402
from publish.settings import Settings  # noqa: E402
from publish.web.app.render import prepare  # noqa: E402
from server import create_app  # noqa: E402

MOST = 40
LANGUAGES = ("ja", "en")
PAGES = {
    "home": "index",
    "about": "about",
    "charts": "charts",
    "help": "help",
    "help: harvest": "help/harvest",
    "help: query": "help/query",
    "help: link": "help/link",
    "types": "doc",
    "search": "search",
    "vocabulary": "ontology",
    "code lists": "codelists",
    "shapes": "shapes",
    "quality": "quality",
    "catalogue": "catalog",
    "VoID": "void",
    "downloads": "dump",
    "changes": "changes",
    "release": "release/RELEASE",
    "SPARQL": "sparql",
    "graph": "graph/source",
}


def addresses(release: Release) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of page with stems of its pages, relative to the base."""
    for name, stem in PAGES.items():
        yield name, [stem.replace("RELEASE", release.id)]
    for kind in release.shapes.kinds:
        own = members(release.store, release.iris, kind)
        step = -(-len(own) // MOST) or 1
        documents = [release.iris.document_of(iri) or "" for iri in own[::step]]
        yield f"list: {kind.segment}", [f"doc/{kind.segment}"]
        if documents:
            yield kind.segment, [release.iris.relative(one) or "" for one in documents]


def asked(client: FlaskClient, address: str) -> tuple[float, int] | None:
    """Return milliseconds of processor time and bytes, or None if there is no such page."""
    begun = time.process_time()
    answer = client.get(address, headers={"Accept": "text/html"})
    took = (time.process_time() - begun) * 1000
    return (took, len(answer.data)) if answer.status_code == 200 else None


def measured(client: FlaskClient, paths: list[str]) -> str:
    """Return the cells of a row: pages, first, again, kB."""
    first = [found for path in paths if (found := asked(client, path))]
    again = [found for path in paths if (found := asked(client, path))]
    if not first:
        return "| 0 | | | | | |"
    times = [[took for took, _ in found] for found in (first, again)]
    cells = [f"{call(row):.1f}" for row in times for call in (median, max)]
    largest = max(size for _, size in first) / 1000
    return f"| {len(first)} | {' | '.join(cells)} | {largest:.0f} |"


def main() -> None:
    """Print the table."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "releases"
    if len(sys.argv) < 2:
        build(Settings(project=ROOT, releases=given))
    release = current(given)
    prepare()  # as the server does before it listens
    client = create_app(Settings(releases=given, cache_mib=256)).test_client()
    print("| page | asked | first: median ms | max | again: median ms | max | kB at most |")
    print("|---|---|---|---|---|---|---|")
    begun = asked(client, f"{release.iris.root}index.ja.html")
    assert begun is not None
    print(f"| home, first request after the start | 1 | {begun[0]:.1f} | | | | |", flush=True)
    for name, stems in addresses(release):
        paths = [f"{release.iris.root}{s}.{language}.html" for s in stems for language in LANGUAGES]
        print(f"| {name} {measured(client, paths)}", flush=True)


if __name__ == "__main__":
    main()
