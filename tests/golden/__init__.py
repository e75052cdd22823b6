"""What a release of the small project consists of, by SHA-256, to notice when bytes change.

`python -m tests.golden` writes it anew; that is right after OUTPUT_VERSION was raised, or after
the small project itself was changed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from publish.release.manifest import OUTPUT_VERSION

PATH = Path(__file__).parent / "kasumi.json"
#: Compressed files, and with them the checksums of all files, depend on versions of zlib and
#: Zstandard, too; what they hold is that of the plain ones.
_ZIPPED = (b"-gz>", b"-zst>")
_LEFT_OUT = ("manifest.json", "dump/SHA256SUMS")


def figures(project: Path) -> dict[str, Any]:
    """Return output version, hash of the sources, and hash of each file of the current release."""
    release = project / "releases" / "current"
    files = {path.relative_to(release).as_posix(): path for path in _files(release)}
    return {
        "output_version": OUTPUT_VERSION,
        "sources": _sources(project),
        "files": {
            name: hashlib.sha256(_steady(path)).hexdigest()
            for name, path in files.items()
            if path.suffix not in (".gz", ".zst", ".sqlite") and name not in _LEFT_OUT
        },
    }


def _sources(project: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(project):
        relative = path.relative_to(project).as_posix()
        if not relative.startswith("releases/"):
            digest.update(relative.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def _steady(path: Path) -> bytes:
    lines = path.read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if not any(one in line for one in _ZIPPED))


def read() -> dict[str, Any]:
    """Return the figures that are checked in."""
    content: dict[str, Any] = json.loads(PATH.read_text("utf-8"))
    return content
