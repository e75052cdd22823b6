"""What somebody asks about a table, and the doing of it: a file in, what is handed back out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from publish.errors import GridError
from publish.i18n import Language, Text
from publish.search.matcher import Matcher
from publish.search.scope import Scope
from publish.tables.columns import Wish, layout_of
from publish.tables.grid import Limits
from publish.tables.intake import read_table
from publish.tables.job import Parcel
from publish.tables.link import linked
from publish.tables.outcomes import decided

_LONGEST_NAME = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Target:
    """The data that a table is linked to."""

    matcher: Matcher
    scope: Scope
    #: types of things by the segment of their IRIs
    kinds: Mapping[str, Text]
    #: IRI of the data set
    dataset: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """How a table is to be read, linked and handed back."""

    #: name of the file; directories are left out
    name: str
    language: Language = "ja"
    wish: Wish = field(default_factory=Wish)
    encoding: str | None = None
    sheet: str | None = None
    #: what a person decided: number of a row -> IRI of a candidate, or "" for none
    choices: Mapping[int, str] = field(default_factory=dict)
    #: the rows' IRIs, and the relation by its short name (`publish.tables.export_rdf`)
    template: str | None = None
    relation: str | None = None

    @property
    def file(self) -> str:
        """Return the name of the file without directories."""
        name = PurePath(self.name.replace("\\", "/")).name[-_LONGEST_NAME:]
        return _CONTROL.sub("", name).lstrip(".") or "table"


#: Told (rows done, rows in all).
Progress = Callable[[int, int], object]


def carried_out(
    assignment: Assignment,
    data: bytes,
    target: Target,
    limits: Limits,
    progress: Progress = lambda done, total: None,
) -> Parcel:
    """Return what is handed back for a file.

    Raises GridError for a file that cannot be read, columns and types that do not exist, and a
    template for subjects that cannot be used.
    """
    _check(assignment.wish.kinds, target.kinds)
    grid = read_table(
        data, assignment.file, limits, encoding=assignment.encoding, sheet=assignment.sheet
    )
    wish, scope, matcher = assignment.wish, target.scope, target.matcher
    layout = layout_of(grid, matcher, scope, wish)
    total = len(grid.rows)
    table = linked(grid, layout, matcher, scope, wish, lambda done: progress(done, total))
    parcel = Parcel(
        decided(table, assignment.choices) if assignment.choices else table,
        assignment.language,
        target.kinds,
        target.dataset,
        assignment.template,
        assignment.relation,
    )
    return parcel.named()


def _check(wanted: tuple[str, ...], kinds: Mapping[str, Text]) -> None:
    for name in wanted:
        if name not in kinds:
            listed = ", ".join(kinds)
            raise GridError(
                Text("種別「{name}」はありません。", 'There is no type "{name}".').format(
                    name=name[:60]
                ),
                Text("ある種別：{names}", "These exist: {names}").format(names=listed),
            )
