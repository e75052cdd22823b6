"""What checking and proposing links costs: `python bench/links.py RELEASES`.

Checks a made-up linkset of 100,000 links, all right and all wrong, and proposes links to the things
of the current release in RELEASES for 10,000 things with real names and positions, from memory.
Prints processor seconds.
"""

from __future__ import annotations

import sys
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from publish.linksets.propose import proposed  # noqa: E402
from publish.linksets.target_data import Entry  # noqa: E402
from publish.linksets.validate import of_quads  # noqa: E402
from publish.release.release import current  # noqa: E402
from tests.linksets import test_validate as upkeep  # noqa: E402
from tests.support.projects import IRIS  # noqa: E402
from tests.support.spellings import variants  # noqa: E402

LINKS, THINGS = 100_000, 10_000


def main() -> None:
    """Measure and print."""
    upkeep.LINKS_OF_MANY = LINKS
    for title, form in (("right", "C{:06}"), ("wrong", "C{:06}X")):
        quads = upkeep.many_links(form)
        begun = time.process_time()
        found = of_quads(quads, IRIS, {}).found
        print(f"check, {LINKS} {title}: {time.process_time() - begun:.1f} s, {len(found)} flaws")
    matcher = current(Path(sys.argv[1])).matcher
    names = islice(cycle(variants()), THINGS)
    entries = [
        Entry(f"https://example.org/{number}", ((one.text, "ja"),), (), (43.0, 142.0))
        for number, one in enumerate(names)
    ]
    begun = time.process_time()
    rows = proposed(entries, matcher, lambda _: (43.0, 142.0), ("municipality",), ()).rows
    print(f"propose, {THINGS} things: {time.process_time() - begun:.1f} s, {len(rows)} rows")


if __name__ == "__main__":
    main()
