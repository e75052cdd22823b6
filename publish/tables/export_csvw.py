"""What turns a table into linked data as it is: CSVW metadata, and a JSON-LD context.

The metadata follow the "Metadata Vocabulary for Tabular Data". Columns are called c1, c2, …, for
headings can be anything; properties that no vocabulary has are `#heading` of the file itself, as
CSVW has it where nothing is said. So nothing has to be invented, and nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from publish.browse.csvw_tables import by_language
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.serialize import json_bytes
from publish.tables.export_csv import ADDED, URI, LinkedTable
from publish.tables.export_rdf import Relation, Subjects
from publish.tables.grid import Grid
from publish.tables.headings import ADDRESS, CODE, KEY, LATITUDE, LONGITUDE, NAME, READING, THING
from publish.tables.link import Linked

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_FORMS = (("integer", _INTEGER), ("decimal", _DECIMAL), ("date", _DAY))
#: What the columns mean, by what they are used for; for rows that are the areas themselves too.
_MEANT = {
    THING: ns.SCHEMA + "name",
    KEY: ns.DCTERMS + "identifier",
    ADDRESS: ns.SCHEMA + "address",
    LATITUDE: ns.WGS + "lat",
    LONGITUDE: ns.WGS + "long",
}
_MEANT_OF_AREAS = {
    CODE: ns.DCTERMS + "identifier",
    NAME: ns.SCHEMA + "name",
    READING: ns.SCHEMA + "alternateName",
}
_TERM = re.compile(r"[^@:/#][^:/#]*")
_TITLE = Text("{name}（リンク済み）", "{name}, linked")


def names_of(grid: Grid) -> tuple[str, ...]:
    """Return what the columns are called in CSVW."""
    return tuple(f"c{number}" for number in range(1, len(grid.headings) + 1))


def meanings(table: Linked, relation: Relation) -> dict[int, str]:
    """Return the properties that columns stand for, by position, where a vocabulary has one."""
    meant = {**_MEANT, **(_MEANT_OF_AREAS if relation.is_same else {})}
    found: dict[int, str] = {}
    for role, iri in meant.items():
        column = table.layout.of(role)
        if column is not None:
            found.setdefault(column, iri)
    return found


def csvw_of_linked(linked: LinkedTable, url: str, subjects: Subjects, relation: Relation) -> bytes:
    """Return the metadata of the linked table as CSV at an address: the link is a column of it."""
    table = linked.table
    own = [*_columns(table, relation)]
    headings = linked.headings[len(own) :]
    added = [
        _link_column(heading, relation) if name == URI else _told_column(name, heading)
        for (name, _), heading in zip(ADDED, headings, strict=True)
    ]
    dialect = {"encoding": "utf-8", "delimiter": ",", "header": True}
    return _metadata(table, url, subjects, [*own, *added], dialect)


def csvw_of_own(
    linked: LinkedTable, url: str, subjects: Subjects, relation: Relation
) -> bytes | None:
    """Return the metadata of the table as it was brought, at an address; None if there are none.

    The file says where its rows lead only if each leads somewhere and the code in one column ends
    the IRI; the link is a virtual column then.
    """
    table = linked.table
    start = _start(table)
    if start is None or table.grid.form.encoding is None:
        return None
    column = table.layout.of(CODE) or 0
    link = {
        "name": "link",
        "virtual": True,
        "propertyUrl": relation.iri,
        "valueUrl": f"{start}{{{names_of(table.grid)[column]}}}",
    }
    form = table.grid.form
    dialect: dict[str, Any] = {
        "encoding": form.encoding, "delimiter": form.delimiter, "header": True,
    }  # fmt: skip
    if table.grid.has_separator_line:
        dialect["skipRows"] = 1
    if table.grid.has_blanks:
        dialect["skipBlankRows"] = True
    return _metadata(table, url, subjects, [*_columns(table, relation), link], dialect)


def _start(table: Linked) -> str | None:
    """Return what stands before the code in the IRIs of all rows, or None if they differ."""
    column = table.layout.of(CODE)
    if column is None:
        return None
    starts = set()
    for row, outcome in zip(table.grid.rows, table.outcomes, strict=True):
        code, iri = row.cells[column], outcome.chosen.iri if outcome.chosen else ""
        if not (code.isascii() and code.isalnum() and iri.endswith(f"/{code}")):
            return None
        starts.add(iri.removesuffix(code))
    return starts.pop() if len(starts) == 1 else None


def _metadata(
    table: Linked,
    url: str,
    subjects: Subjects,
    columns: list[dict[str, Any]],
    dialect: dict[str, Any],
) -> bytes:
    title = _TITLE.format(name=table.grid.name)
    return json_bytes(
        {
            "@context": "http://www.w3.org/ns/csvw",
            "url": url,
            "dc:title": by_language(title),
            "dialect": dialect,
            "tableSchema": {"aboutUrl": subjects.renamed(names_of(table.grid)), "columns": columns},
        }
    )  # fmt: skip


def _columns(table: Linked, relation: Relation) -> Iterator[dict[str, Any]]:
    grid, meant = table.grid, meanings(table, relation)
    coded = {table.layout.of(role) for role in (CODE, KEY)}
    for position, (name, heading) in enumerate(zip(names_of(grid), grid.headings, strict=True)):
        column: dict[str, Any] = {"name": name}
        if heading:
            column["titles"] = heading
        datatype = None if position in coded else _datatype(grid, position)
        if datatype:
            column["datatype"] = datatype
        column["propertyUrl"] = meant.get(position) or f"#{quote(heading or name, safe='')}"
        yield column


def _datatype(grid: Grid, position: int) -> str | None:
    """Return the datatype that all cells of a column have, or None if they are just texts."""
    cells = [row.cells[position] for row in grid.rows if row.cells[position]]
    if not cells:
        return None
    return next((name for name, form in _FORMS if all(map(form.fullmatch, cells))), None)


def _link_column(heading: str, relation: Relation) -> dict[str, Any]:
    return {
        "name": URI,
        "titles": heading,
        "propertyUrl": relation.iri,
        "valueUrl": f"{{+{URI}}}",
    }


def _told_column(name: str, heading: str) -> dict[str, Any]:
    """Return the description of a column about the link, which says nothing of what the row is."""
    return {"name": name, "titles": heading, "suppressOutput": True}


def context_of(linked: LinkedTable, relation: Relation) -> bytes:
    """Return a JSON-LD context for the rows as objects whose members are called as the headings.

    A heading that JSON-LD would take for something else (one with a colon or a slash) is left out.
    """
    grid, meant = linked.table.grid, meanings(linked.table, relation)
    terms: dict[str, Any] = {"@version": 1.1, "@vocab": "#"}
    for position, heading in enumerate(grid.headings):
        if _TERM.fullmatch(heading) and heading not in terms:
            terms[heading] = _term(grid, position, meant.get(position), heading)
    for (name, _), heading in zip(ADDED, linked.headings[len(grid.headings) :], strict=True):
        terms[heading] = {"@id": relation.iri, "@type": "@id"} if name == URI else None
    return json_bytes({"@context": terms})


def _term(grid: Grid, position: int, iri: str | None, heading: str) -> dict[str, str]:
    term = {"@id": iri or quote(heading, safe="")}
    datatype = _datatype(grid, position) if iri in (ns.WGS + "lat", ns.WGS + "long") else None
    return {**term, "@type": ns.XSD + datatype} if datatype else term
