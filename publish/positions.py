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
        #: identity of a term that was just read -> the line on which it begins
        self.begins: dict[int, int] = {}

    def makeStatement(self, quadruple: Any, why: Any | None = None) -> None:
        _, predicate, subject, object_ = quadruple
        line = self.begins.get(id(object_))
        if line is not None:  # the inner statements of a list have no place of their own
            self.lines.setdefault((str(subject), str(predicate), str(object_)), line)


class _Parser(SinkParser):
    """Tells the recorder on which line each object begins."""

    def __init__(self, sink: _Recorder, base: str, text: str) -> None:
        super().__init__(sink, baseURI=URIRef(base), turtle=True)
        self.recorder = sink
        self.newlines = [match.start() for match in re.finditer("\n", text)]

    def object(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        start = self.skipSpace(argstr, i)
        end = super().object(argstr, i, res)
        if end >= 0:
            self.recorder.begins[id(res[-1])] = bisect_right(self.newlines, start) + 1
        return end


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
    except BadSyntax:
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
