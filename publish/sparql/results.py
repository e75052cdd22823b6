"""Answers written by a worker: in every format, in large pieces, cut at a row when too long.

SELECT results in JSON, XML and TSV are written by the engine, three times as fast as Python
can, and their rows are counted in what it writes.  CSV is written here, for the engine leaves
IRIs with commas unquoted.  Memory stays flat, however long an answer is.

RDF answers of CONSTRUCT and DESCRIBE are written by the engine, too, but RDF/XML.  A small one is sorted, so
that Turtle groups it by subject and the same question gives the same bytes, and names only the
prefixes it uses.  A large one is written as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from publish.rdf import rdfxml

#: bytes handed on at a time
PIECE = 65_536


class Full(Exception):
    """The answer has reached its limit; what is written so far is a well-formed document."""


class Unwritable(Exception):
    """The answer has something that its format cannot express."""


@dataclass(slots=True)
class Tally:
    """How long an answer may become, and how long it is."""

    most_rows: int
    most_bytes: int
    rows: int = 0
    bytes: int = 0
    truncated: bool = False


class Outlet:
    """Gathers what is written into pieces and hands them on."""

    def __init__(self, hand_on: Callable[[bytes], None], tally: Tally) -> None:
        self._hand_on = hand_on
        self._tally = tally
        self._waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""
        self._waiting += data
        self._tally.bytes += len(data)
        if len(self._waiting) >= PIECE:
            self._hand_on(self.rest())
        return len(data)

    def flush(self) -> None:
        """Do nothing: the engine flushes at the end, and the rest goes out with the last frame."""

    def rest(self) -> bytes:
        """Return and forget what has not been handed on."""
        rest = bytes(self._waiting)
        self._waiting.clear()
        return rest


class XmlOutlet(Outlet):
    """An outlet for XML, which the engine writes with characters that XML does not have."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes; raise Unwritable at a control character."""
        if rdfxml.has_forbidden(data):
            raise Unwritable("control character")
        # a parser would take a bare carriage return for a line feed
        super().write(data.replace(b"\r", b"&#13;"))
        return len(data)


class Rows:
    """Counts the rows that the engine writes, and cuts after the last one allowed.

    The document is `head`, rows that each end in `mark`, and an end; `head` and `mark` are
    bytes that cannot stand in a value.  `tail` completes a document that is cut after a row.
    """

    head = b"\n"
    mark = b"\n"
    tail = b""

    def __init__(self, outlet: Outlet, tally: Tally) -> None:
        self._outlet = outlet
        self._tally = tally
        self._waiting = bytearray()
        self._enough = 0
        self._in_head = True

    def write(self, data: bytes, /) -> int:
        """Take some bytes; raise Full when the limit is reached."""
        if self._tally.truncated:
            # the engine tries once more to write what it has buffered
            raise Full
        self._waiting += data
        if len(self._waiting) >= self._enough:
            self._pass_on()
        return len(data)

    def flush(self) -> None:
        """Do nothing: `finish` passes on the rest."""

    def finish(self) -> None:
        """Pass on the end of the document; raise Full if it is beyond the limit."""
        self._pass_on()
        self._outlet.write(bytes(self._waiting))

    def _pass_on(self) -> None:
        if self._in_head:
            self._pass_head()
        end = 0 if self._in_head else self._last_end()
        if end:
            self._pass_rows(bytes(self._waiting[:end]))
            del self._waiting[:end]
        elif self._tally.bytes + len(self._waiting) > self._tally.most_bytes:
            self._cut(b"")
        # A row longer than a piece is looked at again at twice its length, not at every write.
        self._enough = max(PIECE, 2 * len(self._waiting))

    def _pass_head(self) -> None:
        head, found, rest = bytes(self._waiting).partition(self.head)
        if found:
            self._outlet.write(head + found)
            self._waiting[:] = rest
            self._in_head = False

    def _pass_rows(self, rows: bytes) -> None:
        number = self._number(rows)
        allowed = self._tally.most_rows - self._tally.rows
        if number > allowed:
            self._tally.rows += allowed
            self._cut(self._first(rows, allowed))
        if self._tally.bytes + len(rows) > self._tally.most_bytes:
            self._cut(b"")
        self._tally.rows += number
        self._outlet.write(rows)

    def _cut(self, rows: bytes) -> None:
        self._tally.truncated = True
        self._outlet.write(rows + self.tail)
        raise Full

    def _last_end(self) -> int:
        """Return the length of the rows that are complete."""
        found = self._waiting.rfind(self.mark)
        return found + len(self.mark) if found >= 0 else 0

    def _number(self, rows: bytes) -> int:
        return rows.count(self.mark)

    def _first(self, rows: bytes, number: int) -> bytes:
        ends = [0, *(match.end() for match in re.finditer(re.escape(self.mark), rows))]
        return rows[: ends[number]]


class TsvRows(Rows):
    """Rows of TSV, in whose values the engine escapes line feeds."""


class XmlRows(Rows):
    """Rows of the SPARQL results XML format, in whose values `<` is escaped."""

    head = b"<results>"
    mark = b"</result>"
    tail = b"</results></sparql>"


class JsonRows(Rows):
    """Rows of the SPARQL results JSON format, which have commas between them.

    Between two rows stands `}},{"variable":{`.  A value cannot have that, for in it every
    quotation mark has a backslash, and after its closing one comes `}` or `,`.  Counting is
    done on the punctuation alone, a quarter of the text.  Rows without any binding are `{}`;
    where that occurs, be it in a value, the text is read string by string instead.
    """

    head = b'"bindings":['
    tail = b']},"truncated":true}'
    _BETWEEN = b'}},{"'
    _OTHERS = bytes(set(range(256)) - set(b'{}":,\\'))
    _TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*+"|(?P<end>\})(?=,\{)', re.DOTALL)

    def finish(self) -> None:
        """Pass on the end of the document; raise Full if it is beyond the limit."""
        self._pass_on()
        rest = bytes(self._waiting)
        number = 0 if rest.startswith(b"]") else self._number(rest)
        allowed = self._tally.most_rows - self._tally.rows
        self._tally.rows += min(number, allowed)
        if number > allowed:
            self._cut(self._first(rest, allowed))
        self._outlet.write(rest)

    def _last_end(self) -> int:
        found = len(self._waiting)
        while (found := self._waiting.rfind(self._BETWEEN, 0, found)) >= 0:
            following = self._waiting[found + 5 : found + 6]
            if following and following not in b"},":
                return found + 2
            found += 4
        return 0

    def _number(self, rows: bytes) -> int:
        punctuation = rows.translate(None, self._OTHERS)
        if b"{}" in punctuation:
            return len(self._ends(rows)) + 1
        return punctuation.count(self._BETWEEN + b'":{') + 1

    def _first(self, rows: bytes, number: int) -> bytes:
        ends = [0, *self._ends(rows), len(rows)]
        return rows[: ends[number]]

    def _ends(self, rows: bytes) -> list[int]:
        """Return where rows end that another one follows, minding strings."""
        return [match.end() for match in self._TOKENS.finditer(rows) if match["end"]]


_BATCH = 256
_ROWS: dict[str, type[Rows]] = {"json": JsonRows, "xml": XmlRows, "tsv": TsvRows}


def write_solutions(
    solutions: QuerySolutions, suffix: str, engine: QueryResultsFormat, outlet: Outlet, tally: Tally
) -> None:
    """Write the answer to a SELECT query; raises Unwritable."""
    if suffix == "csv":
        _write_csv(solutions, outlet, tally)
        return
    rows = _ROWS[suffix](outlet, tally)
    try:
        solutions.serialize(cast(IO[bytes], rows), format=engine)
        rows.finish()
    except Full:
        pass


def _write_csv(solutions: QuerySolutions, outlet: Outlet, tally: Tally) -> None:
    """Write CSV by RFC 4180 and https://www.w3.org/TR/sparql11-results-csv-tsv/#csv."""
    outlet.write(",".join(variable.value for variable in solutions.variables).encode() + b"\r\n")
    coming = iter(solutions)
    while batch := list(islice(coming, _BATCH)):
        allowed = tally.most_rows - tally.rows
        lines = _csv_lines(batch[:allowed], single=len(solutions.variables) == 1)
        if len(batch) > allowed or tally.bytes + len(lines) > tally.most_bytes:
            tally.truncated = True
        if tally.bytes + len(lines) > tally.most_bytes:
            return
        outlet.write(lines)
        tally.rows += min(len(batch), allowed)
        if tally.truncated:
            return


def _csv_lines(batch: list[QuerySolution], *, single: bool) -> bytes:
    lines = [",".join([_csv_field(term) for term in solution]) for solution in batch]
    if single:
        # an empty line would be skipped by most readers
        lines = [line or '""' for line in lines]
    return "".join([line + "\r\n" for line in lines]).encode()


def _csv_field(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    if term is None:
        return ""
    value = str(term) if isinstance(term, (BlankNode, Triple)) else term.value
    # four searches are quicker than one regular expression
    if '"' in value or "," in value or "\n" in value or "\r" in value:
        return '"' + value.replace('"', '""') + '"'
    return value


# -- CONSTRUCT and DESCRIBE -----------------------------------------------------------------------

#: triples of an answer that is sorted
SORTED = 5_000
_LABELS = tuple(
    map(
        NamedNode,
        (
            "http://www.w3.org/2004/02/skos/core#prefLabel",
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://purl.org/dc/terms/title",
        ),
    )
)
_NAMESPACE = re.compile(r".*[#/]")


def write_triples(
    triples: Iterable[Triple],
    format_: RdfFormat,
    prefixes: Mapping[str, str],
    outlet: Outlet,
    tally: Tally,
) -> None:
    """Write triples as RDF, as many as are allowed; raises rdfxml.Unsayable."""
    coming = iter(triples)
    few = list(islice(coming, SORTED))
    after = next(coming, None)
    if after is None:
        few = sorted(dict.fromkeys(few), key=_order)
        prefixes = _used(few, prefixes)
        coming = iter(few)
    else:
        coming = chain(few, (after,), coming)
    if format_ == RdfFormat.RDF_XML:
        for piece in rdfxml.written(_allowed(coming, tally), prefixes):
            outlet.write(piece)
        return
    serialize(_allowed(coming, tally), cast(IO[bytes], outlet), format_, prefixes=dict(prefixes))


def with_labels(triples: Iterable[Triple], store: Store) -> Iterator[Triple]:
    """Yield the triples, and after each the names of the thing it leads to, if they are new."""
    seen = set()
    for triple in triples:
        yield triple
        thing = triple.object
        if isinstance(thing, NamedNode) and thing not in seen:
            seen.add(thing)
            for label in _LABELS:
                for quad in store.quads_for_pattern(thing, label, None, None):
                    yield quad.triple


def _allowed(triples: Iterator[Triple], tally: Tally) -> Iterator[Triple]:
    for triple in triples:
        if tally.rows >= tally.most_rows or tally.bytes > tally.most_bytes:
            tally.truncated = True
            return
        tally.rows += 1
        yield triple


def _order(triple: Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _used(triples: list[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    spaces = {
        found[0] for iri in _iris(triples) if (found := _NAMESPACE.match(iri.value)) is not None
    }
    return {prefix: space for prefix, space in prefixes.items() if space in spaces}


def _iris(triples: list[Triple]) -> Iterator[NamedNode]:
    for triple in triples:
        for term in triple:
            if isinstance(term, NamedNode):
                yield term
            elif isinstance(term, Literal):
                yield term.datatype
