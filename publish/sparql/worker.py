"""The process in which queries are evaluated: `python -m publish.sparql.worker`.

It reads frames (see `messages`) from standard input and answers on standard output, one query at
a time.  Before the data is opened it gives up network, processes and writing (see `sandbox`); it
never opens them again.  `process` starts it and ends it, by closing its input or by killing it,
also when a query takes too long: the engine cannot be interrupted.
"""

from __future__ import annotations

import gc
import gzip
import json
import math
import os
import resource
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from publish.formats import RDF_FORMATS, RESULT_FORMATS, SPARQL_XML, by_suffix
from publish.rdf.rdfxml import Unsayable
from publish.sparql import sandbox
from publish.sparql.guard import inspect
from publish.sparql.messages import (
    DATA,
    END,
    ERROR,
    HEADER_SIZE,
    QUERY,
    READY,
    SETUP,
    frame,
    header,
    message,
)
from publish.sparql.results import (
    Outlet,
    Tally,
    Unwritable,
    XmlOutlet,
    with_labels,
    write_solutions,
    write_triples,
)
from publish.sparql.syntax_errors import find_mistake

UNSAFE, UNREADABLE = 3, 4
#: RocksDB asks for 48 beyond its own; a store in memory needs none but the pipes
_FILES_ON_DISK, _FILES_IN_MEMORY = 1024, 16
#: share of its free address space that a worker may keep after a query before it is replaced
_KEPT = 0.5

Request = Mapping[str, Any]


class Refused(Exception):
    """A query that this process does not answer; `kind` says why, see `failures.reported`."""

    def __init__(self, kind: str, **details: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.details = details


class Room:
    """The address space that this process has, and what of it queries have left behind."""

    def __init__(self, memory_mib: int) -> None:
        self._file = os.open("/proc/self/statm", os.O_RDONLY)
        free = (memory_mib << 20) // resource.getpagesize() - self._pages()
        self._most = self._pages() + free * _KEPT

    def is_short(self) -> bool:
        """Tell whether too little is left for other queries."""
        return self._pages() > self._most

    def _pages(self) -> int:
        return int(os.pread(self._file, 64, 0).split()[0])


def main() -> int:
    """Answer queries until standard input ends; return the exit status."""
    # meant for the server, which ends its workers when they have answered
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    setup = _receive(SETUP)
    if setup is None:
        return 0
    try:
        files = _FILES_ON_DISK if setup["store"] else _FILES_IN_MEMORY
        sandbox.enter(setup["parent"], setup["memory_mib"], files)
        data = _open(setup)
    except sandbox.Unsafe as error:
        _send(message(ERROR, {"kind": "unsafe", "cause": str(error)}))
        return UNSAFE
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        _send(message(ERROR, {"kind": "unreadable", "cause": str(error) or "MemoryError"}))
        return UNREADABLE
    gc.collect()
    gc.freeze()
    room = Room(setup["memory_mib"])
    _send(message(READY, {}))
    while (request := _receive(QUERY)) is not None:
        _answer(data, setup, request, room)
    return 0


@dataclass(frozen=True, slots=True)
class Opened:
    """The data: all graphs, and those that the default graph unites.

    The engine unites either all graphs of a store or those it is told one by one, and the second
    takes some six times as long in joins.  So what fits into memory is there a second time,
    without the graphs that stand apart, for queries that name no graph.
    """

    whole: Store
    #: None where the data is on disk
    united: Store | None
    #: the graphs that the default graph unites
    graphs: list[Any]

    def query(self, text: str, base: str, given: dict[str, Any]) -> Any:
        """Evaluate a query; `given` is the data set of the protocol, if it says one."""
        if given or _has_from(text):
            return self.whole.query(text, base_iri=base, **given)
        if self.united is not None and "graph" not in text.lower():
            return self.united.query(text, base_iri=base, use_default_graph_as_union=True)
        return self.whole.query(text, base_iri=base, default_graph=self.graphs)


def _open(setup: Request) -> Opened:
    """Open the store directory, or load the N-Quads files into memory."""
    apart = [NamedNode(name) for name in setup["apart"]]
    whole, united = _loaded(setup), None
    if not setup["store"]:
        united = _loaded(setup)
        for graph in apart:
            united.remove_graph(graph)
    graphs = [name for name in whole.named_graphs() if isinstance(name, NamedNode)]
    return Opened(whole, united, [name for name in graphs if name not in apart])


def _loaded(setup: Request) -> Store:
    if setup["store"]:
        return Store.read_only(setup["store"])
    store = Store()
    for name in setup["nquads"]:
        with _reading(Path(name)) as file:
            # `bulk_load` is no faster here and reserves 200 MiB of address space
            store.load(file, RdfFormat.N_QUADS, lenient=True)
    return store


def _reading(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _answer(data: Opened, setup: Request, request: Request, room: Room) -> None:
    _allow_cpu(request["cpu"])
    tally = Tally(request["rows"], request["bytes"])
    suffix = request["suffix"]
    outlet = (XmlOutlet if suffix == SPARQL_XML.suffix else Outlet)(_hand_on, tally)
    try:
        _evaluate(data, setup, request, outlet, tally)
    except Refused as error:
        _send(message(ERROR, {"kind": error.kind, **error.details}))
        return
    rest = outlet.rest()
    end = {
        "rows": tally.rows,
        "bytes": tally.bytes,
        "truncated": tally.truncated,
        "worn": room.is_short(),
    }
    _send((frame(DATA, rest) if rest else b"") + message(END, end))


def _evaluate(data: Opened, setup: Request, request: Request, outlet: Outlet, tally: Tally) -> None:
    """Write the answer; raises Refused for whatever the engine says against the query."""
    try:
        results = _query(data, setup, request)
        _write(data.whole, setup, request, results, outlet, tally)
    except SyntaxError as error:
        raise Refused(**asdict(find_mistake(request["query"]))) from error
    except (Unwritable, Unsayable) as error:
        raise Refused("unwritable", cause=str(error)) from error
    except MemoryError as error:
        raise Refused("memory") from error
    except (OSError, RuntimeError, ValueError) as error:
        forbidden = inspect(request["query"]).forbidden
        if forbidden is not None:
            raise Refused("service", **asdict(forbidden)) from error
        kind = "unreadable" if isinstance(error, OSError) else "evaluation"
        raise Refused(kind, cause=str(error)) from error


def _query(data: Opened, setup: Request, request: Request) -> Any:
    graphs = {
        name: [_graph(iri) for iri in request[name]] for name in ("default_graph", "named_graphs")
    }
    # A data set given by the protocol has nothing but what it names; one given by FROM would be
    # overridden by the union (https://www.w3.org/TR/sparql11-protocol/#dataset).
    given: dict[str, Any] = dict(graphs) if any(graphs.values()) else {}
    return data.query(request["query"], setup["base"], given)


def _has_from(query: str) -> bool:
    return "from" in query.lower() and inspect(query).dataset


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise Refused("graph", text=iri) from error


def _write(
    store: Store, setup: Request, request: Request, results: Any, outlet: Outlet, tally: Tally
) -> None:
    suffix = request["suffix"]
    table = by_suffix(suffix, RESULT_FORMATS)
    graph = by_suffix(suffix, RDF_FORMATS)
    if isinstance(results, QueryTriples) and graph is not None and graph.rdf is not None:
        triples = with_labels(results, store) if request["labels"] else results
        write_triples(triples, graph.rdf, setup["prefixes"], outlet, tally)
    elif isinstance(results, QuerySolutions) and table is not None and table.results is not None:
        write_solutions(results, suffix, table.results, outlet, tally)
    elif isinstance(results, QueryBoolean) and table is not None and table.results is not None:
        tally.rows = 1
        outlet.write(results.serialize(format=table.results) or b"")
    else:
        raise Refused("form", text=suffix)


def _allow_cpu(seconds: float) -> None:
    """Let the kernel end this process when a query has used its share of the processor.

    It is the second line behind the server's clock, for the case that the server is stuck.
    """
    used = math.ceil(sum(os.times()[:2]))
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (used + math.ceil(seconds) + 1, hard))


def _hand_on(piece: bytes) -> None:
    _send(frame(DATA, piece))


def _send(data: bytes) -> None:
    waiting = memoryview(data)
    while waiting:
        waiting = waiting[os.write(1, waiting) :]


def _receive(kind: bytes) -> dict[str, Any] | None:
    """Return the content of the next frame, or None if the server has gone."""
    start = _read(HEADER_SIZE)
    if start is None:
        return None
    found, length = header(start)
    payload = _read(length)
    if payload is None or found != kind:
        return None
    content: dict[str, Any] = json.loads(payload)
    return content


def _read(length: int) -> bytes | None:
    data = bytearray()
    while len(data) < length:
        piece = os.read(0, length - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)


if __name__ == "__main__":
    try:
        status = main()
    except BrokenPipeError:
        status = 0
    # The store is not taken down in order: that takes time and serves nobody.
    sys.stderr.flush()
    os._exit(status)
