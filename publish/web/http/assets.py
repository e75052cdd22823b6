"""Hashes of what is installed, by which caches tell an upgrade.

Static files are served under names that carry that of their content, so that they never change;
one of all the software is part of every entity tag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import publish

_PACKAGE = Path(publish.__file__).parent
#: Suffixes of the files that make the answers.
_KINDS = {".py", ".html", ".css", ".js", ".svg", ".po"}
DIRECTORY = Path(__file__).parents[1] / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@lru_cache(maxsize=1)
def published() -> dict[str, Path]:
    """Return the static files by the names under which they are served."""
    return {named(path): path for path in sorted(DIRECTORY.iterdir()) if path.is_file()}


def named(path: Path) -> str:
    """Return the name under which a file is served: another one for other content."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return f"{path.stem}-{digest}{path.suffix}"


def exists(name: str) -> bool:
    """Tell whether there is such a file; what is bundled by npm may be lacking."""
    return any(path.name == name for path in published().values())


@lru_cache(maxsize=64)
def address(name: str) -> str:
    """Return the address of a static file, relative to the base."""
    found = next(served for served, path in published().items() if path.name == name)
    return f"static/{found}"


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
