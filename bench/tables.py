"""Measure how fast `lodpub link` links tables, and how right. Prints Markdown tables.

    python bench/tables.py [RELEASES]

Tables are made of this repository's municipalities, and linked to the current release in RELEASES
(default: one of this repository's data, built for the purpose) by the command in a process of its
own: what is measured is all of it, the start, the reading and the writing, too.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from publish.build import build  # noqa: E402
from publish.release.release import current  # noqa: E402
from publish.settings import Settings  # noqa: E402
from publish.tables.grid import Limits  # noqa: E402
from publish.tables.job import Assignment, carried_out  # noqa: E402
from tests.support.municipalities import PREF, VARIANTS, municipalities, table  # noqa: E402


def repeated(rows: int, heading: str, cell: Callable[[dict[str, str], int], str]) -> Iterator[str]:
    towns = municipalities()
    yield heading
    for number in range(rows):
        yield cell(towns[number % len(towns)], number)


def codes_and_names(town: dict[str, str], number: int) -> str:
    return f"{town['lg_code']},{PREF},{town['name_ja']},{number}"


def names(town: dict[str, str], number: int) -> str:
    return f"{PREF},{town['name_ja']},{number}"


def addresses(town: dict[str, str], number: int) -> str:
    street = f"字第{number // 179}線" if number % 3 else "本町"
    return f"{number},施設{number},{PREF}{town['district_ja']}{town['name_ja']}{street}{number}番地"


TABLES: dict[str, tuple[int, str, Callable[[dict[str, str], int], str]]] = {
    "codes and names": (100_000, "全国地方公共団体コード,都道府県名,市区町村名,人口", codes_and_names),
    "prefectures and names": (100_000, "都道府県名,市区町村名,人口", names),
    "addresses": (100_000, "ID,名称,住所", addresses),
    "codes and names, a million": (1_000_000, "全国地方公共団体コード,都道府県名,市区町村名,人口", codes_and_names),
}  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        releases = Path(sys.argv[1]) if len(sys.argv) > 1 else built(Path(temporary))
        print_speed(releases, Path(temporary))
        print_accuracy(releases)


def built(directory: Path) -> Path:
    releases = directory / "releases"
    build(Settings(project=ROOT, releases=releases, base="http://127.0.0.1:8000/"))
    return releases


def print_speed(releases: Path, directory: Path) -> None:
    print("| table | rows | MB | into | seconds | rows/s | MiB |\n|---|---|---|---|---|---|---|")
    for name, (rows, heading, cell) in TABLES.items():
        path = directory / "table.csv"
        path.write_text("\n".join(repeated(rows, heading, cell)) + "\n", "utf-8")
        for suffix in ("csv", "xlsx") if rows <= 100_000 else ("csv",):
            seconds, mebibytes = run(releases, path, directory / f"out.{suffix}")
            size = path.stat().st_size / 1e6
            print(
                f"| {name} | {rows:,} | {size:.1f} | {suffix} | {seconds:.1f} "
                f"| {rows / seconds:,.0f} | {mebibytes:.0f} |",
                flush=True,
            )


def run(releases: Path, path: Path, output: Path) -> tuple[float, float]:
    """Return the seconds that the command takes, and the MiB that it has at most."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "publish", "link", str(path), "--releases", str(releases)]
    process = subprocess.Popen(
        [*command, "--output", str(output)], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, resident(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"failed: {command}")
    return time.monotonic() - begun, most


def resident(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0.0  # it has just ended
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def print_accuracy(releases: Path) -> None:
    """Print how many of the municipalities each way of writing is linked to, rightly or wrongly."""
    release = current(releases)
    space = release.iris.of("id/municipality/")
    towns = municipalities()
    print(
        "\n| written as | linked rightly | wrongly | to review | without a match |\n|---|---|---|---|---|"
    )
    total = [0, 0, 0, 0]
    for variant in VARIANTS:
        found = carried_out(Assignment("table.csv"), table(variant), release.target, Limits()).table
        linked = [
            one.chosen.iri == space + town["lg_code"]
            for one, town in zip(found.outcomes, towns, strict=True)
            if one.chosen
        ]
        counts = [
            sum(linked), len(linked) - sum(linked), found.counts["review"], found.counts["unmatched"],
        ]  # fmt: skip
        total = [a + b for a, b in zip(total, counts, strict=True)]
        print(f"| {variant} | {' | '.join(map(str, counts))} |")
    print(f"| all | {' | '.join(f'{n:,}' for n in total)} |")
    right, wrong = total[:2]
    print(f"\nPrecision {right / (right + wrong):.4f}, recall {right / sum(total):.4f}.")


if __name__ == "__main__":
    main()
