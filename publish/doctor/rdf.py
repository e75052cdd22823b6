"""The process that reads strangers' RDF, seen from the doctor."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from publish.doctor.rdf_process import Reading, said
from publish.formats import RDF_FORMATS, by_media_type
from publish.i18n import Text
from publish.sparql.messages import DATA, HEADER_SIZE, QUERY, frame, header, message


class Reader:
    """Reads documents in a process that is begun anew when one of them has broken it."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, body: bytes, media_type: str, base: str, seconds: float) -> Reading:
        """Return what a document says; it may be packed by gzip or zstd.

        `media_type` chooses the parser; a type that is no RDF, a mistake in the document and a
        limit that is reached are told as `problem`.
        """
        if by_media_type(media_type, RDF_FORMATS) is None:
            return Reading(_NO_RDF.format(type=media_type or "–"))
        # blank nodes that look alike take a time that grows without bound to tell apart
        for canonical in (True, False):
            task = {"type": media_type, "base": base, "canonical": canonical}
            answer = self._asked(message(QUERY, task) + frame(DATA, body), max(seconds / 2, 1))
            if answer is not None:
                return said(answer)
        return Reading(_UNREADABLE)

    def _asked(self, task: bytes, seconds: float) -> bytes | None:
        """Return the child's answer, or None if it ended or had to be ended."""
        child = self._child = self._child or _begun()
        assert child.stdin is not None and child.stdout is not None
        timer = threading.Timer(seconds, child.kill)
        timer.start()
        answer = None
        try:
            with suppress(BrokenPipeError):
                child.stdin.write(task)
                child.stdin.flush()
                start = child.stdout.read(HEADER_SIZE)
                if len(start) == HEADER_SIZE:
                    length = header(start)[1]
                    whole = child.stdout.read(length)
                    answer = whole if len(whole) == length else None
        finally:
            timer.cancel()
            if answer is None:
                self._end()
        return answer

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


def _begun() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-s", "-P", "-m", "publish.doctor.rdf_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C.UTF-8"},
        cwd="/",
    )


_NO_RDF = Text("RDFではありません（{type}）", "not RDF ({type})")
_UNREADABLE = Text(
    "解析できません（構造が深すぎるか、大きすぎるか、時間がかかりすぎます）",
    "cannot be parsed (nested too deeply, too large, or too slow)",
)
