"""One worker process, seen from the server."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from publish.sparql.messages import ERROR, HEADER_SIZE, QUERY, READY, SETUP, header, message

#: seconds between two looks at whether the client is still there
LOOK = 0.5
#: a query that takes so many seconds is a long one; its process then gets this priority
_LONG, _BEHIND = 1.0, 15
#: bytes that a pipe holds, where the system allows it: a worker need not wait for every piece
_PIPE = 1 << 20
_SET_PIPE_SIZE = 1031
_READ = 1 << 18


class Overrun(Exception):
    """The time is over."""


class ClientLeft(Exception):
    """Nobody waits for the answer any more."""


class Died(Exception):
    """The process has ended; `status` is its exit status, negative for a signal."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"exit status {status}: {said}" if said else f"exit status {status}")
        self.status = status

    @property
    def for_memory(self) -> bool:
        """Tell whether it could not have the memory it asked for."""
        # the engine aborts then
        return self.status == -signal.SIGABRT

    @property
    def for_time(self) -> bool:
        """Tell whether the kernel ended it for the processor time it used."""
        return self.status == -signal.SIGXCPU


class NotStarted(Exception):
    """A worker process could not be made ready; `kind` is that of its error frame."""

    def __init__(self, kind: str, cause: str) -> None:
        super().__init__(cause)
        self.kind = kind


def _environment() -> dict[str, str]:
    """Return the environment of a worker: nothing of the server's is its business."""
    return {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "LC_ALL": "C.UTF-8",
        # each thread that allocates would reserve 64 MiB of address space
        "MALLOC_ARENA_MAX": "1",
    }


class Process:
    """A worker process and the pipes to it; used by one thread at a time, but for `kill`."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        assert child.stdin is not None and child.stdout is not None and child.stderr is not None
        self._in, self._out, self._log = (
            child.stdin.fileno(),
            child.stdout.fileno(),
            child.stderr.fileno(),
        )
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN)
        self._read = bytearray()
        self._asked = False
        #: it has been put behind the others, which cannot be undone
        self.slowed = False

    @classmethod
    def start(cls, setup: Mapping[str, Any], seconds: float) -> Process:
        """Start a process and wait until it has its data; raises NotStarted.

        The calling thread must live as long as the process, which dies with it.
        """
        child = subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", "publish.sparql.worker"],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            cwd="/",
        )
        process = cls(child)
        try:
            process._prepare(setup, seconds)
        except BaseException:
            process.kill()
            process.reap()
            raise
        return process

    def _prepare(self, setup: Mapping[str, Any], seconds: float) -> None:
        with contextlib.suppress(OSError):
            fcntl.fcntl(self._out, _SET_PIPE_SIZE, _PIPE)
        try:
            self._send(message(SETUP, {**setup, "parent": os.getpid()}))
            kind, payload = self.frame(time.monotonic() + seconds)
        except Overrun as error:
            raise NotStarted("slow", f"not ready within {seconds} s") from error
        except (Died, BrokenPipeError) as error:
            raise NotStarted("died", str(self.obituary())) from error
        if kind == ERROR:
            said = json.loads(payload)
            raise NotStarted(said["kind"], said["cause"])
        assert kind == READY

    def ask(self, request: Mapping[str, Any]) -> None:
        """Hand over a query; raises BrokenPipeError if the process has ended meanwhile."""
        self._asked = True
        self._send(message(QUERY, request))

    def frame(self, until: float, gone: Callable[[], bool] | None = None) -> tuple[bytes, bytes]:
        """Return kind and payload of the next frame.

        Raises Overrun when the clock reaches `until`, ClientLeft when `gone` says so, and Died.
        """
        while True:
            if len(self._read) >= HEADER_SIZE:
                kind, length = header(bytes(self._read[:HEADER_SIZE]))
                end = HEADER_SIZE + length
                if len(self._read) >= end:
                    payload = bytes(self._read[HEADER_SIZE:end])
                    del self._read[:end]
                    return kind, payload
            self._wait(until, gone)
            piece = os.read(self._out, _READ)
            if not piece:
                raise self.obituary()
            self._read += piece

    def _wait(self, until: float, gone: Callable[[], bool] | None) -> None:
        """Wait for something to read."""
        begun = time.monotonic()
        while True:
            now = time.monotonic()
            if now >= until:
                raise Overrun
            if self._poll.poll(min(until - now, LOOK) * 1000):
                return
            if gone is not None and gone():
                raise ClientLeft
            if self._asked and not self.slowed and now - begun >= _LONG:
                self._slow_down()

    def _slow_down(self) -> None:
        """Let quick queries go first on the processors, so that a long one does not hold them."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._child.pid, _BEHIND)
        self.slowed = True

    def kill(self) -> None:
        """End the process at once; may be called from any thread, and again."""
        self._child.kill()

    def reap(self) -> None:
        """Wait for the end of a process that has been killed, and close the pipes to it."""
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout, self._child.stderr):
            if pipe is not None:
                pipe.close()

    def obituary(self) -> Died:
        """Return why the process has ended, which it has or is about to."""
        try:
            status = self._child.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._child.wait()
        os.set_blocking(self._log, False)
        try:
            said = os.read(self._log, 4096).decode(errors="replace")
        except BlockingIOError:
            said = ""
        return Died(status, said.strip().rpartition("\n")[2])

    def _send(self, data: bytes) -> None:
        waiting = memoryview(data)
        while waiting:
            waiting = waiting[os.write(self._in, waiting) :]
