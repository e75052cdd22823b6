"""Whether a client of others gets what it wants: `python bench/reconciler_client.py ENDPOINT`.

Asks a reconciliation service (http://127.0.0.1:8000/reconcile of a running server) for the names of
every municipality of this repository's data by the package reconciler (pip install reconciler; it
brings pandas, and is no dependency): by name alone, and with the region beside. Prints how many are
matched, and how many of these rightly.
"""

from __future__ import annotations

import csv
import importlib
import sys
import time
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"


def main() -> None:
    """Ask and print."""
    try:
        pandas: Any = importlib.import_module("pandas")
        client: Any = importlib.import_module("reconciler")
    except ImportError:
        sys.exit("pip install reconciler")
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as source:
        table = pandas.DataFrame(csv.DictReader(source))
    for title, mapping in (("name", None), ("name and region", {"region": table["region_slug"]})):
        begun = time.perf_counter()
        found = client.reconcile(
            table["name_ja"],
            type_id="municipality",
            property_mapping=mapping,
            reconciliation_endpoint=sys.argv[1],
        )
        seconds = time.perf_counter() - begun
        right = wrong = 0
        codes = dict(zip(table["name_ja"], table["lg_code"], strict=True))
        for _, row in found[found["match"].eq(True)].iterrows():
            same = str(row["id"]).endswith(codes[row["input_value"]])
            right, wrong = right + same, wrong + (not same)
        print(
            f"{title}: {len(table)} asked, {right} matched rightly, {wrong} wrongly, {seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
