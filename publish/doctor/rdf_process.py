"""The RDF that a stranger's server sent, read in a process of its own.

Hostile documents can end a parser, fill the memory or keep it busy for ever; all of that happens
to a child process, which has limits. `python -m publish.doctor.rdf_process` is that child.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

import pyoxigraph as ox
import zstandard

from publish.formats import RDF_FORMATS, RDFXML, by_media_type
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf import rdfxml
from publish.sparql.messages import DATA, HEADER_SIZE, frame, header

Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]
# publish.rdf.terms has it, too, but takes long to import: a process is started for each document
TYPE = ox.NamedNode(ns.RDF + "type")
_MEMORY = 4 << 30
_UNPACKED = 256 << 20
_MEMBERS = 1000
_PACKED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
#: More triples are counted, but not handed over.
MOST = 200_000
#: Blank nodes that look alike need time that grows without bound; with more, it is not tried.
_BLANK = 5_000
_SAMPLE = 24


@dataclass(frozen=True)
class Reading:
    """What a document says: its triples, whatever their graph, and their counts.

    `triples` is empty if there are more than `MOST`. Blank nodes have canonical names unless
    `is_canonical` is false. With a `problem`, there is nothing else.
    """

    problem: Text | None = None
    triples: frozenset[Triple] = frozenset()
    count: int = 0
    subjects: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    properties: dict[str, int] = field(default_factory=dict)
    #: the same for two documents exactly if they state the same triples
    digest: str = ""
    is_canonical: bool = True
    #: some subjects that are IRIs, evenly chosen
    sample: tuple[str, ...] = ()

    def about(self, subject: str) -> dict[str, list[str]]:
        """Return the values of a subject, IRIs and texts alike, by predicate."""
        found: dict[str, list[str]] = {}
        for predicate, value in self._by_subject.get(subject, ()):
            found.setdefault(predicate, []).append(value)
        return {predicate: sorted(values) for predicate, values in found.items()}

    @cached_property
    def _by_subject(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for s, p, o in self.triples:
            found.setdefault(s.value, []).append((p.value, o.value))
        return found

    def subjects_with(self, predicate: str, value: str | None = None) -> list[str]:
        """Return the subjects that have a predicate (with a value), sorted."""
        return sorted(
            {
                s.value
                for s, p, o in self.triples
                if p.value == predicate and (value is None or o.value == value)
            }
        )

    def of_type(self, class_: str) -> list[str]:
        """Return the instances of a class, sorted; a blank node by its name."""
        return self.subjects_with(TYPE.value, class_)

    def values(self, predicate: str) -> list[str]:
        """Return everything that stands as value of a predicate, sorted."""
        return sorted({o.value for _, p, o in self.triples if p.value == predicate})

    @property
    def blank(self) -> frozenset[str]:
        """Return the names of the blank nodes."""
        return frozenset(
            term.value
            for triple in self.triples
            for term in triple
            if isinstance(term, ox.BlankNode)
        )

    @property
    def iris(self) -> frozenset[str]:
        """Return all IRIs, wherever they stand."""
        return frozenset(
            term.value
            for triple in self.triples
            for term in triple
            if isinstance(term, ox.NamedNode)
        )


def said(answer: bytes) -> Reading:
    """Return the reading that the child process has written down."""
    head, _, triples = answer.partition(b"\n")
    stated: dict[str, Any] = json.loads(head)
    if "problem" in stated:
        return Reading(_MALFORMED.format(why=stated["problem"]))
    parsed = ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)
    stated["sample"] = tuple(stated["sample"])
    return Reading(triples=frozenset((q.subject, q.predicate, q.object) for q in parsed), **stated)


def main() -> None:
    """Read documents from standard input, one after the other, and say what they say.

    A task is a QUERY frame with type, base and whether to name blank nodes, then a DATA frame with
    the document; the answer is a DATA frame.
    """
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while start := source.read(HEADER_SIZE):
        task = json.loads(source.read(header(start)[1]))
        body = source.read(header(source.read(HEADER_SIZE))[1])
        target.write(frame(DATA, _told(body, task)))
        target.flush()


def _told(body: bytes, task: dict[str, Any]) -> bytes:
    try:
        return _answer(unpacked(body), task)
    except (SyntaxError, *UNPACKING) as error:
        return json.dumps({"problem": str(error)[:300]}).encode() + b"\n"


#: What can be wrong with a packed file.
UNPACKING = (ValueError, EOFError, OSError, zlib.error, zstandard.ZstdError)


def unpacked(body: bytes) -> bytes:
    """Return a file without its gzip or zstd packing; UNPACKING if it is damaged or too large."""
    kind = next((name for magic, name in _PACKED.items() if body.startswith(magic)), None)
    if kind is None:
        return body
    if kind == "gzip":
        content = b"".join(_members(body))
    else:
        with zstandard.ZstdDecompressor().stream_reader(body) as stream:
            content = stream.read(_UNPACKED + 1)
    if len(content) > _UNPACKED:
        raise ValueError(f"more than {_UNPACKED} bytes when unpacked")
    return content


def _members(body: bytes) -> Iterator[bytes]:
    """Yield the content of each member of a gzip file, a little more than the limit at most."""
    left = _UNPACKED + 1
    for _ in range(_MEMBERS):
        decompressor = zlib.decompressobj(47)
        content = decompressor.decompress(body, left)
        yield content
        left -= len(content)
        body = decompressor.unused_data.lstrip(b"\0")
        if left <= 0 or (decompressor.eof and not body):
            return
        if not decompressor.eof:
            raise EOFError("gzip: unexpected end")
    raise ValueError(f"gzip: more than {_MEMBERS} members")


def _answer(body: bytes, task: dict[str, Any]) -> bytes:
    format_ = by_media_type(task["type"], RDF_FORMATS)
    assert format_ is not None
    if format_ == RDFXML:
        rdfxml.check(io.BytesIO(body))  # the engine takes names that most parsers do not
    quads = set(_plain(ox.parse(body, format=format_.rdf, base_iri=task["base"])))
    blank = {t for q in quads for t in (q.subject, q.object) if isinstance(t, ox.BlankNode)}
    is_canonical = not blank or (task["canonical"] and len(blank) <= _BLANK)
    if blank and is_canonical:
        dataset = ox.Dataset(quads)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        quads = set(dataset)
    lines = sorted(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads)
    subjects = sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)})
    head = {
        "count": len(quads),
        "subjects": len({q.subject for q in quads}),
        "classes": Counter(getattr(q.object, "value", "") for q in quads if q.predicate == TYPE),
        "properties": Counter(q.predicate.value for q in quads),
        "digest": sha256("".join(lines).encode()).hexdigest(),
        "is_canonical": is_canonical,
        "sample": subjects[:: max(1, len(subjects) // _SAMPLE)][:_SAMPLE],
    }
    triples = ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES) if len(lines) <= MOST else b""
    assert triples is not None
    return json.dumps(head).encode() + b"\n" + triples


def _plain(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield quads as triples of RDF 1.1; ValueError if there is a triple term."""
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            raise ValueError("RDF 1.2 triple terms are not read")
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


_MALFORMED = Text("構文の誤り：{why}", "malformed: {why}")

if __name__ == "__main__":
    main()
