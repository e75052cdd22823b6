"""The files of a release as they lie in a directory, whoever put them there: read with distrust.

The directory is a release, or a place to which its dumps were downloaded, beside `SHA256SUMS` and,
where they are known, `manifest.json`, the catalogue and the JSON-LD context.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from publish.errors import Place, ReleaseError
from publish.formats import JSONLD, RDFXML, Format
from publish.i18n import Text
from publish.iris import KEY
from publish.rdf import rdfxml
from publish.release.dumps import DIRECTORY, SUMS
from publish.release.manifest import NAME, File, Manifest
from publish.release.release import CATALOG_QUADS, CONTEXT, STORE
from publish.search.index import DIRECTORY as INDEX

#: The catalogue as it is downloaded.
CATALOG_TURTLE = "catalog.ttl"
#: What may lie beside downloaded dumps.
_BESIDE = (NAME, CONTEXT, CATALOG_QUADS, CATALOG_TURTLE)
#: A name that leads nowhere else.
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
#: How JSON-LD begins that links to its context, and bytes that hold that.
_LINKED = re.compile(rb'\s*\{\s*"@context"\s*:\s*"')
_HEAD = 100
#: An XML document may only declare entities, which grow without bound, in one of these.
_DOCTYPE = b"<!DOCTYPE"


def is_name(name: str) -> bool:
    """Tell whether a name can be that of a dump: one that leads to no other directory."""
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True)
class Holding:
    """What there is: the directory, where the dumps are, and what is said of them.

    `sums` has the checksums by name of the dump; `manifest` is None if there is none.
    """

    directory: Path
    place: Path
    manifest: Manifest | None
    sums: Mapping[str, str]

    @classmethod
    def open(cls, directory: Path) -> Holding:
        """Return what a directory holds.

        Raises ReleaseError if there is neither manifest nor checksums, or one cannot be read.
        """
        inside = directory / DIRECTORY
        place = inside if inside.is_dir() else directory
        manifest = Manifest.read(directory) if (directory / NAME).exists() else None
        sums = read_sums(place / SUMS) if (place / SUMS).exists() else {}
        if manifest is None and not sums:
            raise _unusable(directory, Text("SHA256SUMS がありません", "there is no SHA256SUMS"))
        names = [file.path.removeprefix(f"{DIRECTORY}/") for file in _dumps(manifest)]
        wrong = [name for name in (*sums, *names) if not is_name(name)]
        if wrong:
            raise _unusable(directory, _bad_name(wrong[0]))
        return cls(directory, place, manifest, sums)

    @property
    def is_release(self) -> bool:
        """Tell whether this is a release as it was built, with all that belongs to it."""
        return self.place != self.directory

    @property
    def base(self) -> str | None:
        """Return the base of the IRIs, as the manifest says."""
        return self.manifest.base if self.manifest else None

    def stated(self) -> dict[str, str]:
        """Return the checksums of the dumps by name, of the manifest where there is one."""
        of_manifest = {
            file.path.removeprefix(f"{DIRECTORY}/"): file.sha256 for file in _dumps(self.manifest)
        }
        return of_manifest or dict(self.sums)

    def data_sets(self) -> list[str]:
        """Return the names of the data sets, of which the dumps are."""
        pattern = re.compile(rf"({KEY})\.nq")
        return sorted(match[1] for match in map(pattern.fullmatch, self.stated()) if match)

    def expected(self) -> Iterator[tuple[Path, int | None, str]]:
        """Yield (place, size if it is stated, SHA-256) of each file that there should be."""
        if self.manifest is None:
            for name, sha256 in self.sums.items():
                yield self.place / name, None, sha256
            return
        for file in self.manifest.files:
            is_dump = file.path.startswith(f"{DIRECTORY}/")
            path = self.directory / file.path
            if is_dump:
                path = self.place / file.path.removeprefix(f"{DIRECTORY}/")
            if is_dump or self.is_release:
                yield path, file.size, file.sha256

    def strangers(self) -> list[str]:
        """Return the files that nobody says to be there, by path."""
        known = {path for path, _, _ in self.expected()} | {self.place / SUMS}
        known |= {self.directory / name for name in _BESIDE[: 1 if self.is_release else None]}
        return sorted(
            path.relative_to(self.directory).as_posix()
            for path in self.directory.rglob("*")
            if (path.is_file() or path.is_symlink())
            and path not in known
            and not {self.directory / STORE, self.directory / INDEX} & {*path.parents}
        )

    def catalog(self) -> list[ox.Quad] | None:
        """Return the statements of the catalogue, or None if it is not there."""
        for name in (CATALOG_QUADS, CATALOG_TURTLE):
            if (self.directory / name).exists():
                return list(ox.parse(path=self.directory / name))
        return None

    def statements(self, name: str, format_: Format) -> Iterator[ox.Quad]:
        """Yield what a dump says; nothing is fetched to read it.

        Raises OSError, ValueError or SyntaxError if it cannot be read.
        """
        path = self.place / f"{name}.{format_.suffix}"
        if format_ == JSONLD:
            return ox.parse(self._complete(path.read_bytes()), format=format_.rdf)
        if format_ == RDFXML:
            if _DOCTYPE in path.read_bytes():
                raise ValueError("DOCTYPE")
            with path.open("rb") as source:
                rdfxml.check(source)
        return ox.parse(path=path, format=format_.rdf)

    def is_complete(self, name: str) -> bool:
        """Tell whether a JSON-LD dump can be read: with its own context, or that which is here."""
        path = self.place / f"{name}.{JSONLD.suffix}"
        with path.open("rb") as source:
            linked = _LINKED.match(source.read(_HEAD))
        return not linked or (self.directory / CONTEXT).exists()

    def _complete(self, content: bytes) -> bytes:
        """Return JSON-LD with its context; releases of output version 4 and before link to it."""
        linked = _LINKED.match(content)
        if linked is None:
            return content
        context = json.loads((self.directory / CONTEXT).read_text("utf-8"))["@context"]
        return json.dumps({**json.loads(content), "@context": context}).encode()


def _dumps(manifest: Manifest | None) -> Iterator[File]:
    for file in manifest.files if manifest else ():
        if file.path.startswith(f"{DIRECTORY}/"):
            yield file


def read_sums(path: Path) -> dict[str, str]:
    """Return the checksums by name that a file of `sha256sum` states.

    Raises ReleaseError if it is no such file.
    """
    found: dict[str, str] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except ValueError as error:
        raise _unusable(path, Text(str(error), str(error))) from error
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in found:
            why = Text("{number}行目が読めません", "line {number} is unreadable")
            raise _unusable(path, why.format(number=number))
        found[match[2]] = match[1]
    return found


def _bad_name(name: str) -> Text:
    return Text("ファイル名「{name}」は使えません", 'file name "{name}" cannot be used').format(
        name=name[:80]
    )


def _unusable(path: Path, why: Text) -> ReleaseError:
    return ReleaseError(
        Text(
            "リリースを確かめられません（{why}）。", "The release cannot be verified ({why})."
        ).format(why=why),
        Text(
            "リリースのディレクトリ、又はダンプとSHA256SUMSのあるディレクトリを指定してください。",
            "Give the directory of a release, or one with dumps and their SHA256SUMS.",
        ),
        Place(str(path)),
    )
