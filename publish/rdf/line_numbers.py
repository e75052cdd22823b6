"""The line on which a Turtle file states something.

pyoxigraph reads fast but tells no positions, so a file is read a second time, by rdflib, only
when a message needs a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import MutableSequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from rdflib import Dataset, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser

Lines = dict[tuple[str, str, str], int]


class _Recorder(RDFSink):
    """Notes the line of each statement's object instead of storing the statement."""

    def __init__(self) -> None:
        super().__init__(Dataset(default_union=True).default_graph)
        self.lines: Lines = {}
        #: lines of the objects whose statements come next
        self.of_objects: list[int] = []

    def makeStatement(self, quadruple: Any, why: Any | None = None) -> None:
        if self.of_objects:  # else it is an inner statement of a list
            line = self.of_objects.pop(0)
            _, predicate, subject, object_ = (self.normalise(None, term) for term in quadruple)
            self.lines.setdefault((str(subject), str(predicate), str(object_)), line)


class _Parser(SinkParser):
    """Tells the recorder on which line each object begins."""

    def __init__(self, sink: _Recorder, base: str, text: str) -> None:
        super().__init__(sink, baseURI=URIRef(base), turtle=True)
        self.recorder = sink
        self.newlines = [match.start() for match in re.finditer("\n", text)]
        #: the object lists that are being read, one inside the other, with the lines
        self.open: list[tuple[MutableSequence[Any], list[int]]] = []

    def objectList(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        self.open.append((res, []))
        end = super().objectList(argstr, i, res)
        _, self.recorder.of_objects = self.open.pop()
        return end

    def object(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        if self.open and self.open[-1][0] is res:  # else it is a subject, or stands in a list
            start = self.skipSpace(argstr, i)
            self.open[-1][1].append(bisect_right(self.newlines, start) + 1)
        return super().object(argstr, i, res)


def lines_of(path: Path, base: str) -> Lines:
    """Return (subject, predicate, object) as plain strings -> line, counted from 1.

    A file that rdflib cannot read to its end gives the lines up to that point.
    """
    return _lines_of(path.read_text("utf-8-sig"), base)


@lru_cache(maxsize=8)
def _lines_of(text: str, base: str) -> Lines:
    sink = _Recorder()
    try:
        _Parser(sink, base, text).loadBuf(text)
    except (BadSyntax, IndexError):  # the second at the end of a text that breaks off
        return sink.lines
    return sink.lines


def line_of(path: Path, base: str, subject: str, predicate: str = "", object_: str = "") -> int:
    """Return the line of the best match: the triple, else the predicate, else the subject.

    Returns 1 where the file does not mention the subject at all.
    """
    candidates = [(key, line) for key, line in lines_of(path, base).items() if key[0] == subject]
    for wanted in ((subject, predicate, object_), (subject, predicate), (subject,)):
        lines = [line for key, line in candidates if key[: len(wanted)] == wanted]
        if lines:
            return min(lines)
    return 1
