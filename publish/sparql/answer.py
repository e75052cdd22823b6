"""The answer to a query while it comes: held back, streamed, or cut.

Up to HELD bytes are held back before anything is given out, so that most answers are complete
and their length and status are known.  What comes after that goes into a temporary file as
fast as the worker makes it, and from there to the client at the client's pace: a slow reader
does not keep a worker, and memory stays flat.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import IO, Self

from publish.formats import SPARQL_JSON
from publish.sparql import failures
from publish.sparql.failures import Fate, QueryFailed
from publish.sparql.messages import DATA, END, Job, Limits
from publish.sparql.process import ClientLeft, Died, Overrun, Process

#: bytes held back before the first is given out
HELD = 1 << 20
#: bytes read at a time from the temporary file
_PIECE = 1 << 18


class Answer:
    """An answer; close it, or use it as a context manager, when it is no longer wanted.

    `complete` tells whether all of it has been held back: then `rows`, `bytes` and `truncated`
    are final.  Otherwise they are so after the last of `chunks`.
    """

    def __init__(
        self,
        job: Job,
        limits: Limits,
        process: Process,
        done: Callable[[Process, bool], None],
    ) -> None:
        self.suffix = job.suffix
        self.rows = 0
        self.bytes = 0
        self.truncated = False
        self.fate: Fate = "ok"
        #: seconds from the start of evaluation to the end of the answer or of the worker
        self.seconds = 0.0
        self._job = job
        self._limits = limits
        self._process = process
        self._done = done
        self._started = time.monotonic()
        self._until = self._started + job.time(limits)
        self._held: list[bytes] = []
        self._ended = False
        self._closed = False
        self._failure: QueryFailed | None = None
        self._spool: IO[bytes] | None = None
        self._spooled = 0
        self._change = threading.Condition()
        self.complete = False

    def begin(self, gone: Callable[[], bool] | None) -> None:
        """Take what is held back; raises QueryFailed if there is no answer to begin with.

        Raises BrokenPipeError if the worker has died before it could be asked.
        """
        self._process.ask(self._job.request(self._limits))
        held = 0
        with self._failing():
            while not self._ended and held < HELD:
                piece = self._next(gone)
                self._held.append(piece)
                held += len(piece)
            self.complete = self._ended
            if not self.complete:
                self._spool = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - outlives this
                threading.Thread(target=self._pump, name="sparql-answer", daemon=True).start()
        if self._failure is not None:
            self.close()
            raise self._failure

    @property
    def body(self) -> bytes:
        """Return all of a complete answer."""
        return b"".join(self._held)

    def chunks(self) -> Iterator[bytes]:
        """Yield the answer in pieces of 64 kB or more, but the last.

        Raises QueryFailed where the answer breaks off, also when a limit of length has been
        reached and the format cannot say so: the connection must then be aborted.
        """
        try:
            yield from self._held
            if not self.complete:
                yield from self._rest()
                if self.truncated and self.suffix != SPARQL_JSON.suffix:
                    self.fate = "cut"
                    raise failures.cut_off(self.rows)
        finally:
            self.close()

    def close(self) -> None:
        """Drop the answer; a worker that is still at it is ended."""
        with self._change:
            if self._closed:
                return
            self._closed = True
            if self._ended:
                self._drop_spool()
            else:
                # The process is still ours, for `_end` takes the lock before it gives it back.
                # `_pump` notices, and drops the file.
                self._process.kill()
            self._change.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _next(self, gone: Callable[[], bool] | None) -> bytes:
        """Return the next piece; the last one may be empty."""
        kind, payload = self._process.frame(self._until, gone)
        if kind == DATA:
            self.bytes += len(payload)
            return payload
        said = json.loads(payload)
        if kind != END:
            raise failures.reported(said, self._limits.memory_mib)
        self.rows, self.truncated = said["rows"], said["truncated"]
        self._end(reusable=not said["worn"])
        return b""

    def _end(self, *, reusable: bool) -> None:
        with self._change:
            self._ended = True
            self.seconds = time.monotonic() - self._started
        self._done(self._process, reusable and not self._process.slowed)

    @contextlib.contextmanager
    def _failing(self) -> Iterator[None]:
        """Turn whatever goes wrong with the worker into `_failure`."""
        try:
            yield
        except QueryFailed as error:
            self._fail(error)
        except ClientLeft:
            self._fail(failures.client_left())
        except Overrun:
            self._fail(failures.timed_out(self._job.time(self._limits)))
        except Died as error:
            self._fail(self._death(error))
        except OSError as error:  # the temporary file cannot be written
            self._fail(failures.crashed(str(error)))

    def _fail(self, failure: QueryFailed) -> None:
        self._failure, self.fate = failure, failure.fate
        self._end(reusable=failure.fate == "refused")

    def _death(self, error: Died) -> QueryFailed:
        if self._closed:
            return failures.client_left()
        if error.for_time:
            return failures.timed_out(self._job.time(self._limits))
        if error.for_memory:
            return failures.out_of_memory(self._limits.memory_mib)
        return failures.crashed(str(error))

    def _pump(self) -> None:
        """Move the answer from the worker to the temporary file."""
        assert self._spool is not None
        file = self._spool.fileno()
        with self._failing():
            while not self._ended:
                self._store(file, self._next(None))
        with self._change:
            if self._closed:
                self._drop_spool()
            self._change.notify_all()

    def _store(self, file: int, piece: bytes) -> None:
        waiting = memoryview(piece)
        while waiting:
            waiting = waiting[os.write(file, waiting) :]
        with self._change:
            self._spooled += len(piece)
            self._change.notify_all()

    def _rest(self) -> Iterator[bytes]:
        """Yield what goes through the temporary file."""
        given = 0
        while (length := self._ready(given)) > 0:
            assert self._spool is not None
            piece = os.pread(self._spool.fileno(), min(length, _PIECE), given)
            given += len(piece)
            yield piece
        if self._failure is not None:
            raise self._failure
        if self._closed:
            raise failures.client_left()

    def _ready(self, given: int) -> int:
        """Wait for a piece, or for the end; return how many bytes there are."""
        with self._change:
            self._change.wait_for(
                lambda: self._ended or self._closed or self._spooled - given >= _PIECE
            )
            return 0 if self._closed else self._spooled - given

    def _drop_spool(self) -> None:
        if self._spool is not None:
            self._spool.close()
            self._spool = None
