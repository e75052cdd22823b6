"""Things that were published and are no more: `data/withdrawn.csv` -> 410 Gone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from publish.errors import Place, Problem, ReleaseError, TableError
from publish.i18n import Text
from publish.iris import Iris
from publish.project.csvw import metadata_of, read_table
from publish.project.turtle_files import shown

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
    def name(self) -> str:
        """Return "type/key", as the table writes a successor."""
        return f"{self.type}/{self.key}"

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
    table = read_table(project / SOURCE, project)
    names = [field.name for field in fields(Withdrawal)]
    missing = [name for name in names if name not in table.schema.names]
    if missing:
        raise TableError.of(_missing(project, name) for name in missing)
    return _by_key(Withdrawal(**{name: row[name] for name in names}) for _, row in table.rows)


def _missing(project: Path, name: str) -> Problem:
    return Problem(
        Text("列「{name}」がありません。", 'Column "{name}" is missing.').format(name=name),
        Text(
            "取り下げの表には type、key、date、reason_ja、reason_en、successor の列が必要です。",
            "The table needs the columns type, key, date, reason_ja, reason_en and successor.",
        ),
        Place(shown(metadata_of(project / SOURCE), project)),
    )


def as_json(withdrawals: Withdrawals) -> str:
    """Return the withdrawals as the text of withdrawn.json."""
    entries = [asdict(withdrawals[key]) for key in sorted(withdrawals)]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def read(directory: Path) -> Withdrawals:
    """Return the withdrawals of a release.

    Raises ReleaseError if its list cannot be read: without it, 410 would turn into 404.
    """
    path = directory / FILE
    try:
        entries = json.loads(path.read_text("utf-8"))
        return _by_key(Withdrawal(**entry) for entry in entries)
    except (OSError, ValueError, TypeError) as error:
        raise ReleaseError(
            Text(
                "取り下げの一覧が読めません（{why}）。",
                "The list of withdrawn things is unreadable ({why}).",
            ).format(why=error),
            Text("「lodpub build」で作り直してください。", 'Make it again with "lodpub build".'),
            Place(str(path)),
        ) from error


def _by_key(entries: Iterable[Withdrawal]) -> Withdrawals:
    found: Withdrawals = {}
    for entry in entries:
        found[entry.type, entry.key] = entry
    return found
