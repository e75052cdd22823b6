"""A pool of worker processes that evaluate SPARQL.

    with pool.evaluate(Job(query, "json"), gone) as answer:
        for chunk in answer.chunks(): …

Each worker evaluates one query at a time.  One that takes too long, dies, or works for a client
that has left is killed, and a spare one that is ready takes its place at once.  All are started
by one thread, which lives as long as the pool: the kernel kills a worker together with the
thread that started it.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

from publish.sparql import failures
from publish.sparql.answer import Answer
from publish.sparql.failures import QueryFailed
from publish.sparql.messages import Data, Job, Limits
from publish.sparql.process import LOOK, NotStarted, Process

__all__ = ["Answer", "Data", "Job", "Limits", "Pool", "QueryFailed"]

#: seconds that a worker may need until it has its data
_STARTING = 120.0
#: seconds between attempts to start a worker, doubled after each failure
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 10.0


class Pool:
    """Workers with the same data; safe to use from any number of threads."""

    def __init__(self, data: Data, limits: Limits, count: int) -> None:
        self.limits = limits
        self._setup = data.setup(limits)
        self._count = count
        #: both conditions share the lock that guards everything below: `_change` wakes those in
        #: the line, `_work` the keeper
        lock = threading.Lock()
        self._change = threading.Condition(lock)
        self._work = threading.Condition(lock)
        self._idle: deque[Process] = deque()
        self._busy: dict[Process, str] = {}
        self._dead: list[Process] = []
        self._line: deque[tuple[object, str]] = deque()
        self._closed = False
        self._first_failure: NotStarted | None = None
        self._keeper = threading.Thread(target=self._keep, name="sparql-workers", daemon=True)

    @classmethod
    def start(cls, data: Data, limits: Limits, count: int) -> Pool:
        """Return a pool of `count` workers (and a spare), of which the first is ready.

        Raises ReleaseError if the data cannot be read, LodpubError if workers cannot be shut
        off from network and file system on this machine.
        """
        pool = cls(data, limits, count)
        pool._keeper.start()
        with pool._change:
            pool._change.wait_for(lambda: pool._idle or pool._first_failure)
        if pool._first_failure is not None:
            pool.close()
            found = pool._first_failure
            raise failures.cannot_start(found.kind, str(found), limits.memory_mib)
        return pool

    def evaluate(self, job: Job, gone: Callable[[], bool] | None = None) -> Answer:
        """Return the answer to a query, all of it or its first megabyte.

        `gone` tells whether the client has left; it is asked every half second.  Raises
        QueryFailed with what the client is to be told.
        """
        patience = time.monotonic() + self.limits.patience
        while True:
            process = self._lease(job.client, gone, patience)
            answer = Answer(job, self.limits, process, self._give_back)
            try:
                answer.begin(gone)
                return answer
            except BrokenPipeError:
                # it died while it had nothing to do; the next one has not
                self._give_back(process, False)
            except QueryFailed:
                raise
            except BaseException:
                self._give_back(process, False)
                raise

    def close(self) -> None:
        """End all workers and wait until they have ended; queries in work break off."""
        with self._change:
            self._closed = True
            for process in (*self._idle, *self._busy):
                process.kill()
            self._dead.extend(self._idle)
            self._idle.clear()
            self._change.notify_all()
            self._work.notify_all()
        self._keeper.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _lease(self, client: str, gone: Callable[[], bool] | None, patience: float) -> Process:
        """Wait for a worker and take it."""
        place = (object(), client)
        with self._change:
            if self._closed or self._is_full(client):
                raise failures.busy(self.limits.patience)
            self._line.append(place)
        try:
            while True:
                process = self._wait_for_turn(place, min(patience, time.monotonic() + LOOK))
                if process is not None:
                    return process
                if gone is not None and gone():
                    raise failures.client_left()
                if self._closed or time.monotonic() >= patience:
                    raise failures.busy(self.limits.patience)
        finally:
            with self._change:
                self._line.remove(place)
                self._change.notify_all()

    def _is_full(self, client: str) -> bool:
        """Tell whether the line has no place, or no more for this client, who may have half."""
        theirs = sum(place[1] == client for place in self._line) if client else 0
        return len(self._line) >= self.limits.queue or theirs >= max(1, self.limits.queue // 2)

    def _wait_for_turn(self, place: tuple[object, str], until: float) -> Process | None:
        with self._change:
            if not self._change.wait_for(
                lambda: self._closed or self._turn() == place, until - time.monotonic()
            ):
                return None
            if self._closed:
                return None
            process = self._idle.popleft()
            self._busy[process] = place[1]
            return process

    def _turn(self) -> tuple[object, str] | None:
        """Return the place in the line whose turn it is, if a worker is free.

        One client may not have all workers, so that somebody else's turn comes at once.
        """
        if not self._idle or len(self._busy) >= self._count:
            return None
        share = max(1, self._count - 1)
        working = Counter(self._busy.values())
        return next(
            (place for place in self._line if not place[1] or working[place[1]] < share), None
        )

    def _give_back(self, process: Process, reusable: bool) -> None:
        with self._change:
            self._busy.pop(process, None)
            if reusable and not self._closed:
                self._idle.append(process)
            else:
                process.kill()
                self._dead.append(process)
                self._work.notify_all()
            self._change.notify_all()

    def _keep(self) -> None:
        """Bury the dead and see that there are workers, until the pool is closed."""
        pause = _FIRST_PAUSE
        while self._wait_for_work():
            self._bury()
            if not self._is_short():
                continue
            try:
                process = Process.start(self._setup, _STARTING)
            except (NotStarted, OSError) as error:
                self._note(error)
                with self._work:
                    self._work.wait_for(lambda: self._closed, pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                pause = _FIRST_PAUSE
                self._give_back(process, True)
        self._bury()

    def _wait_for_work(self) -> bool:
        """Return True when there is something to do, False when the pool has come to its end."""
        with self._work:
            self._work.wait_for(
                lambda: (
                    self._dead
                    or (not self._closed and self._is_short())
                    or (self._closed and not self._busy)
                )
            )
            return not self._closed or bool(self._busy) or bool(self._dead)

    def _is_short(self) -> bool:
        return not self._closed and len(self._idle) + len(self._busy) <= self._count

    def _bury(self) -> None:
        with self._change:
            dead, self._dead = self._dead, []
        for process in dead:
            process.reap()

    def _note(self, error: NotStarted | OSError) -> None:
        with self._change:
            if not isinstance(error, NotStarted):
                error = NotStarted("died", str(error))
            self._first_failure = self._first_failure or error
            self._change.notify_all()
