"""Things that were published and are no more: `data/withdrawn.csv` -> 410 Gone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from publish.iris import Iris
from publish.languages import Text
from publish.tables import read_table

FILE = "withdrawn.json"
SOURCE = Path("data/withdrawn.csv")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and why a thing was withdrawn, and what took its place, if anything did."""

    type: str
    key: str
    date: str
    reason_ja: str
    reason_en: str
    #: "type/key" of the successor, or empty
    successor: str

    @property
    def reason(self) -> Text:
        """Return the reason in both languages."""
        return Text(self.reason_ja, self.reason_en)

    def successor_iri(self, iris: Iris) -> str | None:
        """Return the IRI of the thing that took its place, or None."""
        return iris.of(f"id/{self.successor}") if self.successor else None


Withdrawals = dict[tuple[str, str], Withdrawal]


def read_source(project: Path) -> Withdrawals:
    """Return the withdrawals that a project states; none if it has no such table.

    Raises TableError if the table is malformed.
    """
    if not (project / SOURCE).exists():
        return {}
    rows = read_table(project / SOURCE, project).rows
    return _by_key(Withdrawal(**row) for _, row in rows)


def as_json(withdrawals: Withdrawals) -> str:
    """Return the withdrawals as the text of withdrawn.json."""
    entries = [asdict(withdrawals[key]) for key in sorted(withdrawals)]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def read(directory: Path) -> Withdrawals:
    """Return the withdrawals of a release."""
    entries = json.loads((directory / FILE).read_text("utf-8"))
    return _by_key(Withdrawal(**entry) for entry in entries)


def _by_key(entries: Iterable[Withdrawal]) -> Withdrawals:
    found: Withdrawals = {}
    for entry in entries:
        found[entry.type, entry.key] = entry
    return found
