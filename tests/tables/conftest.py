"""Tables for tests of linking, and what becomes of them."""

from __future__ import annotations

from typing import Any

from publish.release.release import Release
from publish.tables.columns import Wish
from publish.tables.grid import Limits
from publish.tables.job import Assignment, Output, carried_out
from publish.tables.link import Outcome


def parcel(release: Release, table: str | bytes, name: str = "table.csv", **asked: Any) -> Output:
    """Return what is handed back for a table; `columns` and `kinds` are what a person says."""
    wish = Wish(asked.pop("columns", {}), asked.pop("kinds", ()))
    data = table if isinstance(table, bytes) else table.encode()
    assignment = Assignment(name, wish=wish, **asked)
    return carried_out(assignment, data, release.target, Limits())


def outcomes(release: Release, table: str, **asked: Any) -> tuple[Outcome, ...]:
    return parcel(release, table, **asked).table.outcomes


def states(release: Release, table: str, **asked: Any) -> list[str]:
    """Return the state of each row with the key of what it is linked to."""
    return [
        f"{one.state} {one.chosen.iri.rpartition('/')[2] if one.chosen else ''}".strip()
        for one in outcomes(release, table, **asked)
    ]


def used(release: Release, table: str, **asked: Any) -> dict[str, str]:
    """Return the headings of the columns that are used, by role."""
    found = parcel(release, table, **asked).table
    return {use.role: found.grid.headings[use.column] for use in found.layout.uses}
