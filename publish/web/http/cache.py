"""Answers kept in memory, up to a number of bytes, for those who ask for the same."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sized
from typing import Generic, TypeVar

from cachetools import LRUCache

#: Answers kept, however short they are: each takes some memory of its own.
_MOST_KEPT = 20_000

_Answer = TypeVar("_Answer", bound=Sized)


class Kept(Generic[_Answer]):
    """The most recently used answers, up to a number of bytes, their `len`; 0 keeps none."""

    def __init__(self, most: int) -> None:
        self.most = most
        least = most // _MOST_KEPT
        self._answers = LRUCache[Hashable, _Answer](most, lambda answer: max(len(answer), least))
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, name: Hashable, make: Callable[[], _Answer]) -> _Answer:
        """Return an answer by name, made now if it is not kept."""
        found = self.find(name)
        if found is not None:
            return found
        made = make()
        self.keep(name, made)
        return made

    def find(self, name: Hashable) -> _Answer | None:
        """Return an answer by name, or None if it is not kept."""
        with self._lock:
            return self._answers.get(name)

    def takes(self, size: int) -> bool:
        """Tell whether an answer of so many bytes leaves room for others."""
        return size * 8 <= self.most

    def keep(self, name: Hashable, made: _Answer) -> None:
        """Keep an answer, unless it is so large that it would push out all the others."""
        if self.takes(len(made)):
            with self._lock:
                self._answers[name] = made
