"""What a release says of itself: identity, counts, and a checksum for each file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from publish.errors import Place, ReleaseError
from publish.i18n import Text

NAME = "manifest.json"
#: Raised whenever a serialiser, rule or template changes the bytes of a release.
OUTPUT_VERSION = 6
_CHUNK = 1 << 20

HOW_TO_VERIFY = Text(
    "このリリースは「lodpub verify」にアドレス又はディレクトリを渡せば確かめられる。手で確かめるには、"
    "files の各ファイルのSHA-256（sha256）と大きさ（size）を比べる。dump/ のファイルは、そこで"
    "「sha256sum -c SHA256SUMS」を実行してもよい。content_hash は、dump/all.nq の全てのIRI（及び"
    "xsd:anyURI型のリテラル）の先頭の <BASE を <base:/ に置き換え、行をバイト順に並べ、各行をLFで"
    "終え、全体のSHA-256を求めたものである。BASE は base の値である。",
    '"lodpub verify" checks this release, given its address or directory. By hand: compare SHA-256 '
    "(sha256) and bytes (size) of each of the files; for those in dump/, sha256sum -c SHA256SUMS "
    "does it there. content_hash: take dump/all.nq, replace <BASE by <base:/ in every IRI (and in "
    "literals of type xsd:anyURI), sort the lines bytewise, end each with LF, and take the "
    "SHA-256; BASE is the value of base.",
)


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a release: path inside it, bytes, SHA-256 in hex."""

    path: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of manifest.json."""

    release: str
    base: str
    content_hash: str
    output_version: int
    #: date of the data (from the sources, never the clock) and its version, if stamped
    modified: str | None
    version: str | None
    preview: bool
    graphs: Mapping[str, int]
    files: tuple[File, ...]

    @property
    def triples(self) -> int:
        """Return the number of triples of the content."""
        return sum(self.graphs.values())

    def dumps(self) -> tuple[File, ...]:
        """Return the files that are dumps."""
        return tuple(file for file in self.files if file.path.startswith("dump/"))

    def file(self, path: str) -> File | None:
        """Return the entry of a file, or None."""
        return next((file for file in self.files if file.path == path), None)

    def write(self, directory: Path) -> None:
        """Write manifest.json into a release's directory."""
        content = msgspec.to_builtins(self) | msgspec.to_builtins({"how_to_verify": HOW_TO_VERIFY})
        text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
        (directory / NAME).write_text(text + "\n", "utf-8")

    @classmethod
    def read(cls, directory: Path) -> Manifest:
        """Return the manifest of a release; raises ReleaseError if there is none to read."""
        path = directory / NAME
        try:
            content = json.loads(path.read_text("utf-8"))
            content.pop("how_to_verify")
            return msgspec.convert(content, cls)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReleaseError(
                Text(
                    "リリースが読めません（{why}）。", "The release is unreadable ({why})."
                ).format(why=error),
                Text(
                    "「lodpub build」で作り直してください。", 'Make it again with "lodpub build".'
                ),
                Place(str(path)),
            ) from error


def release_id(content_hash_: str, base: str, others: Iterable[bytes]) -> str:
    """Return the id of a release: the first 12 hex digits of a hash over what determines it.

    `others` are the sources that are not content but change the bytes of a release: catalogue,
    withdrawals, shapes and example queries.
    """
    hashes = (hashlib.sha256(source).hexdigest() for source in others)
    parts = (content_hash_, base, *hashes, str(OUTPUT_VERSION))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def described(directory: Path, path: Path) -> File:
    """Return the manifest entry of a file in a release's directory."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return File(str(path.relative_to(directory)), path.stat().st_size, digest.hexdigest())
