"""Which software makes the answers: part of every entity tag, so that an upgrade renews them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import publish

_PACKAGE = Path(publish.__file__).parent
_KINDS = {".py", ".html", ".css", ".js", ".svg", ".po"}


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return the SHA-256 of the installed version and of all its code, templates and assets."""
    digest = hashlib.sha256(publish.__version__.encode())
    for path in _files():
        digest.update(str(path.relative_to(_PACKAGE)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    yield from sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _KINDS)
