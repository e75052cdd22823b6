"""What the dumps of a release say, read anew: the same in every format, counted, divided, hashed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from publish.browse.csvw_tables import KEY
from publish.formats import CSV, JSONLD, NQUADS, RDF_FORMATS, RDFXML, TRIG
from publish.i18n import Text
from publish.rdf.canonical import content_hash
from publish.rdf.terms import TYPE, narrowed
from publish.release.dumps import EXCEL, METADATA
from publish.release.parts import WHOLE
from publish.release.verify.files import Holding
from publish.release.verify.findings import NO_MANIFEST, UNREADABLE, Finding, checked, unreadable

#: The longest cell of a table that is read.
_CELL = 1 << 24
_TABLE = f".{CSV.suffix}"
#: What the data sets say, by their names.
Contents = dict[str, "Content"]


@dataclass(frozen=True, slots=True)
class Content:
    """What a data set says: its triples and quads by digest, counts, and things by class."""

    triples: frozenset[bytes]
    quads: frozenset[bytes]
    graphs: Counter[str]
    things: dict[str, set[str]]


def formats_of(holding: Holding, name: str, contents: Contents) -> Finding:
    """Check that all formats of a data set say the same; put what they say into `contents`."""
    what = Text("{name} の全形式が同じグラフ", "all formats of {name} are the same graph")
    what = what.format(name=name)
    try:
        content = contents[name] = _content(holding.statements(name, NQUADS))
    except UNREADABLE as error:
        return Finding(what, False, unreadable(f"{name}.nq", error))
    wrong, unread = [], False
    for format_ in RDF_FORMATS:
        if format_ == RDFXML and f"{name}.{format_.suffix}" not in holding.stated():
            continue  # it cannot express everything, and `claims` compares with the catalogue
        try:
            if format_ == JSONLD and not holding.is_complete(name):
                unread = True
                continue
            found = _content(holding.statements(name, format_))
        except UNREADABLE as error:
            return Finding(what, False, unreadable(f"{name}.{format_.suffix}", error))
        quads_too = format_ in (TRIG, NQUADS)
        if found.triples != content.triples or (quads_too and found.quads != content.quads):
            wrong.append(f"{name}.{format_.suffix}")
    return checked(what, wrong, _number_of_triples(content, unread=unread))


def _number_of_triples(content: Content, *, unread: bool) -> Text:
    said = Text("{number}件の文", "{number} triples").format(number=len(content.triples))
    if not unread:
        return said
    without = Text(
        "{said}（context.jsonld がないためJSON-LDは未確認）",
        "{said} (JSON-LD not checked: there is no context.jsonld)",
    )
    return without.format(said=said)


def _content(quads: Iterable[ox.Quad]) -> Content:
    triples, whole, graphs = set[bytes](), set[bytes](), Counter[str]()
    things: dict[str, set[str]] = {}
    for quad in quads:
        subject, predicate, object_ = narrowed(quad)
        said = f"{subject} {predicate} {object_}"
        triples.add(_short(said))
        whole.add(_short(f"{said} {quad.graph_name}"))
        graphs[str(getattr(quad.graph_name, "value", ""))] += 1
        if predicate == TYPE:
            things.setdefault(object_.value, set()).add(subject.value)
    return Content(frozenset(triples), frozenset(whole), graphs, things)


def _short(said: str) -> bytes:
    return hashlib.blake2b(said.encode(), digest_size=16).digest()


def partition(contents: Contents) -> Finding:
    """Check that each statement of the whole is in one part, if there are parts."""
    what = Text("部分が全体をちょうど分けること", "the parts divide the whole")
    parts = [content.quads for name, content in contents.items() if name != WHOLE]
    if WHOLE not in contents:
        return Finding(what, False, Text("all がない", 'there is no "all"'))
    if not parts:
        return Finding(what, None, Text("部分はない", "there are no parts"))
    fine = frozenset[bytes]().union(*parts) == contents[WHOLE].quads
    fine = fine and sum(map(len, parts)) == len(contents[WHOLE].quads)
    return Finding(what, fine, Text("部分{n}個", "{n} parts").format(n=len(parts)))


def counts(holding: Holding, whole: Content | None) -> Finding:
    """Check the number of triples that the manifest states of each graph."""
    what = Text("グラフごとの件数", "triples of each graph")
    if holding.manifest is None:
        return Finding(what, None, NO_MANIFEST)
    wanted = {f"{holding.base}graph/{n}": size for n, size in holding.manifest.graphs.items()}
    found = dict(whole.graphs) if whole else {}
    wrong = sorted(iri for iri, _ in wanted.items() ^ found.items())
    right = Text("グラフ{n}個", "{n} graphs").format(n=len(found))
    return checked(what, dict.fromkeys(wrong), right)


def hash_(holding: Holding, expected: str | None) -> Finding:
    """Check the content hash, computed anew from the N-Quads of the whole."""
    what = Text("内容のハッシュ値", "content hash")
    if holding.base is None:
        fine = None if expected is None else False
        return Finding(what, fine, NO_MANIFEST)
    try:
        found = content_hash(holding.statements(WHOLE, NQUADS), holding.base)
    except UNREADABLE as error:
        return Finding(what, False, unreadable(f"{WHOLE}.nq", error))
    stated = holding.manifest.content_hash if holding.manifest else None
    return Finding(what, found == stated and expected in (None, found), Text(found, found))


def tables(holding: Holding, whole: Content | None) -> Finding:
    """Check that the tables have a row for each thing of their type."""
    what = Text("表の行", "rows of the tables")
    ends = (_TABLE, f"{EXCEL}{_TABLE}")
    names = [name for name in holding.stated() if name.endswith(METADATA)]
    wrong, rows = [], 0
    for name in (name.removesuffix(_TABLE + METADATA) for name in names):
        try:
            wanted = _members(holding, name, whole)
            found = [_keys(holding.place / f"{name}{end}") for end in ends]
        except (*UNREADABLE, csv.Error):
            wrong.append(name)
            continue
        rows += len(found[0])
        if set(found[0]) != wanted or len(found[0]) != len(wanted) or found[0] != found[1]:
            wrong.append(name)
    right = Text("表{tables}個、{rows}行", "{tables} tables, {rows} rows")
    return checked(what, wrong, right.format(tables=len(names), rows=rows))


def _members(holding: Holding, kind: str, whole: Content | None) -> set[str]:
    """Return the things that a table should have, by the class that its metadata give."""
    text = (holding.place / f"{kind}{_TABLE}{METADATA}").read_text("utf-8")
    columns = json.loads(text)["tableSchema"]["columns"]
    classes = [one["valueUrl"] for one in columns if one.get("propertyUrl") == TYPE.value]
    space = f"/id/{kind}/"
    things = whole.things.get(classes[0], set()) if whole and classes else set()
    return {iri for iri in things if space in iri}


def _keys(path: Path) -> list[str]:
    """Return the first cell of each row; raises ValueError if rows are not of one length."""
    csv.field_size_limit(_CELL)
    with io.TextIOWrapper(path.open("rb"), "utf-8-sig", newline="") as source:
        header, *rows = csv.reader(source, strict=True)
    if not header or any(len(row) != len(header) for row in rows):
        raise ValueError(KEY)
    return [row[0] for row in rows]
