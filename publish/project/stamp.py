"""The stamp: date, version, and the content hash they belong to, in `data/catalog.ttl`.

Dates come from the sources and never from the clock, so an official writes them with
`lodpub stamp`. They hold only as long as the content has the hash that stands beside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publish.errors import Place, SettingError, SourceError
from publish.i18n import Text
from publish.iris import Iris
from publish.project.dataset import CATALOG
from publish.project.turtle_files import read_turtle, shown
from publish.rdf import namespaces as ns

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]*")
#: The lines that are rewritten: each is the only one of its predicate in the file's data set.
_MODIFIED = re.compile(r'(?m)^(\s*dcterms:modified )"[^"]*"\^\^xsd:date( [;.]\r?)$')
_NUMBER = re.compile(r'(?m)^(\s*dcat:version )"[^"]*"( [;.]\r?)$')
_CHECKSUM = re.compile(r'(?m)^(\s*spdx:checksumValue )"[^"]*"\^\^xsd:hexBinary( [;.]\r?)$')


@dataclass(frozen=True, slots=True)
class Stamp:
    """Date (YYYY-MM-DD), version, and the content hash for which they were written."""

    modified: str | None
    version: str | None
    content_hash: str | None


def read_stamp(catalog: Path, iris: Iris) -> Stamp:
    """Return the stamp that `data/catalog.ttl` carries; what is missing is None."""
    said = {
        (s.triple[0].value, s.triple[1].value): s.triple[2].value
        for s in read_turtle(catalog, CATALOG, iris, catalog.parent.parent)
    }
    dataset, content = iris.of("catalog#dataset"), iris.of("catalog#content")
    return Stamp(
        said.get((dataset, ns.DCTERMS + "modified")),
        said.get((dataset, ns.DCAT + "version")),
        said.get((content, ns.SPDX + "checksumValue")),
    )


def write_stamp(catalog: Path, stamp: Stamp) -> None:
    """Write a stamp into `data/catalog.ttl`; everything else in the file stays as it is.

    Raises SettingError for a date or version of a wrong form, SourceError if the file has not
    exactly one line for each part.
    """
    if not _is_date(stamp.modified or ""):
        raise _unusable("--date", stamp.modified, "2026-04-01")
    if not _VERSION.fullmatch(stamp.version or ""):
        raise _unusable("--version", stamp.version, "1.1.0")
    text = catalog.read_bytes().decode()
    text = _replaced(catalog, text, _MODIFIED, f'"{stamp.modified}"^^xsd:date')
    text = _replaced(catalog, text, _NUMBER, f'"{stamp.version}"')
    text = _replaced(catalog, text, _CHECKSUM, f'"{stamp.content_hash}"^^xsd:hexBinary')
    catalog.write_bytes(text.encode())


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _unusable(option: str, value: str | None, example: str) -> SettingError:
    return SettingError(
        Text(
            "{option} の値「{value}」は使えません。", '"{value}" is no value for {option}.'
        ).format(option=option, value=value),
        Text("例えば {example} と書いてください。", "Write it like {example}.").format(
            example=example
        ),
    )


def _replaced(catalog: Path, text: str, line: re.Pattern[str], value: str) -> str:
    new, count = line.subn(lambda match: match[1] + value + match[2], text)
    if count != 1:
        raise SourceError(
            Text(
                "{predicate} の行が{count}行あります（1行だけ必要です）。",
                "There are {count} lines of {predicate}; exactly one is needed.",
            ).format(predicate=line.pattern.split("(\\s*")[1].split(" ")[0], count=count),
            Text(
                "1行に一つの述語として、その行だけに書いてください。",
                "Write the predicate once, on a line of its own.",
            ),
            Place(shown(catalog, catalog.parent.parent)),
        )
    return new
