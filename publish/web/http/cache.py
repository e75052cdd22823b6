"""Answers kept in memory, up to a number of bytes, for those who ask for the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

#: Answers kept, however short they are: each takes some memory of its own.
_MOST_KEPT = 20_000


class Kept:
    """The most recently used answers, up to a number of bytes; 0 keeps none."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._size = 0
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return an answer by name, made now if it is not kept."""
        found = self.find(name)
        if found is not None:
            return found
        made = make()
        self.keep(name, made)
        return made

    def find(self, name: str) -> bytes | None:
        """Return an answer by name, or None if it is not kept."""
        with self._lock:
            if name in self._answers:
                self._answers.move_to_end(name)
            return self._answers.get(name)

    def keep(self, name: str, made: bytes) -> None:
        """Keep an answer, unless it is so large that it would push out all the others."""
        if len(made) * 8 > self.most:
            return
        with self._lock:
            self._size += len(made) - len(self._answers.get(name, b""))
            self._answers[name] = made
            while self._size > self.most or len(self._answers) > _MOST_KEPT:
                self._size -= len(self._answers.popitem(last=False)[1])
