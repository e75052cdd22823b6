"""What can go wrong, as one tree.

LodpubError                 anything this program raises on purpose
├── SettingError            a setting has a value that cannot be used
├── SourceError             the project's files are wrong; carries `problems`
│   ├── TurtleError         a Turtle file cannot be read
│   ├── TableError          a CSV file or its CSVW metadata cannot be read
│   └── GraphError          the files can be read, but not put together
├── ValidationError         a shape of severity sh:Violation is not met
├── CodeError               a code of a local government that is none
├── GridError               a table that somebody wants linked cannot be read
├── ReleaseError            no release, or a damaged one
├── BatchError              a request for reconciliation that cannot be read (see `status`)
└── QueryError              a SPARQL request that is not answered (see `status`)

Each error has its text in Japanese and English and says where it is and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from publish.i18n import Language, Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the project's files something stands.

    `line` counts from 1 (in a table: the line of the row, the header being line 1);
    `column` is a character position in Turtle and a column name in a table.
    """

    file: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    def as_json(self) -> dict[str, Any]:
        """Return the place as a JSON object without empty members."""
        members = {"file": self.file, "line": self.line, "column": self.column}
        return {name: value for name, value in members.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it (empty if `what` says it)."""

    what: Text
    remedy: Text
    place: Place | None = None

    @property
    def text(self) -> Text:
        """Return what is wrong and what to do, one after the other, without the place."""
        return Text(f"{self.what.ja}{self.remedy.ja}", f"{self.what.en} {self.remedy.en}".strip())

    def said(self, language: Language) -> str:
        """Return the problem as one line in one language."""
        where = f"{self.place}: " if self.place else ""
        remedy = self.remedy.in_(language)
        return f"{where}{self.what.in_(language)}" + (f" → {remedy}" if remedy else "")


class LodpubError(Exception):
    """Anything this program raises on purpose."""

    def __init__(self, what: Text, remedy: Text, place: Place | None = None) -> None:
        super().__init__(f"{place or ''} {what} → {remedy}".strip())
        self.problems: tuple[Problem, ...] = (Problem(what, remedy, place),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> LodpubError:
        """Return one error that carries several problems, first ones first."""
        listed = tuple(problems)
        first = listed[0]
        error = cls(first.what, first.remedy, first.place)
        error.problems = listed
        return error

    def said(self, language: Language) -> str:
        """Return all problems, a line each, in one language."""
        return "\n".join(problem.said(language) for problem in self.problems)


class SettingError(LodpubError):
    """A setting has a value that cannot be used."""


class SourceError(LodpubError):
    """The project's files are wrong."""


class TurtleError(SourceError):
    """A Turtle file cannot be read."""


class TableError(SourceError):
    """A CSV file or its CSVW metadata cannot be read."""


class GraphError(SourceError):
    """The files can be read, but not put together."""


class ValidationError(LodpubError):
    """A shape of severity sh:Violation is not met."""


class CodeError(LodpubError):
    """A code of a local government that is none, and what is wrong with it."""


class GridError(LodpubError):
    """A table that somebody wants linked cannot be read, or not be linked."""


class ReleaseError(LodpubError):
    """There is no release, or it is damaged."""


class BatchError(LodpubError):
    """A request for reconciliation that cannot be read; `where` tells which member is wrong."""

    def __init__(self, what: Text, remedy: Text, *, place: str, status: int = 400) -> None:
        super().__init__(what, remedy)
        self.status = status
        self.where = place


class QueryError(LodpubError):
    """A SPARQL request that is not answered; `status` is the HTTP status code.

    `line` and `column` tell where the query's text is wrong, if that is the cause.
    """

    def __init__(
        self,
        what: Text,
        remedy: Text,
        *,
        status: int,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(what, remedy)
        self.status = status
        self.line = line
        self.column = column
