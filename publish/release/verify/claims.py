"""What the catalogue says of the files and the content of a release, compared with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import narrowed
from publish.release.dumps import DIRECTORY, METADATA, SUMS
from publish.release.manifest import Manifest
from publish.release.verify.files import Holding
from publish.release.verify.findings import NO_MANIFEST, UNREADABLE, Check, checked, unreadable

_WHAT_FILES = Text("カタログに記載のSHA-256と大きさ", "checksums and sizes in the catalogue")
_WHAT_HASH = Text("カタログに記載のハッシュ値・版・日付", "hash, version and date in the catalogue")
_NO_CATALOG = Text("カタログがない", "there is no catalogue")
_OTHER = Text("カタログは別のリリースのもの", "the catalogue is that of another release")
#: subject -> property -> values
_Said = Mapping[str, Mapping[str, list[str]]]


def claims(holding: Holding) -> Iterator[Check]:
    """Yield whether the catalogue states of each dump, and of the content, what is true."""
    manifest = holding.manifest
    try:
        said = _said(holding)
    except UNREADABLE as error:
        yield Check(_WHAT_FILES, False, unreadable("catalog", error))
        return
    if manifest is None or said is None:
        why = NO_MANIFEST if manifest is None else _NO_CATALOG
        # a release as it was built has its catalogue
        yield Check(_WHAT_FILES, False if holding.is_release else None, why)
        return
    stated = _stated(said, f"{manifest.base}{DIRECTORY}/{manifest.release}/")
    if not stated and not holding.is_release:
        yield Check(_WHAT_FILES, None, _OTHER)
        return
    yield _files(holding, manifest, stated)
    yield _content(manifest, said)


def _said(holding: Holding) -> _Said | None:
    quads = holding.catalog()
    if quads is None:
        return None
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in map(narrowed, quads):
        found[subject.value][predicate.value].append(object_.value)
    return found


def _stated(said: _Said, place: str) -> dict[str, tuple[str, str]]:
    """Return (SHA-256, size) by name of the distributions whose files are at a place."""
    found = {}
    for properties in said.values():
        for address in properties.get(ns.DCAT + "downloadURL", ()):
            if address.startswith(place):
                checksums = properties.get(ns.SPDX + "checksum", ())
                values = [v for c in checksums for v in _value(said, c)]
                sizes = properties.get(ns.DCAT + "byteSize", ())
                found[address.removeprefix(place)] = "".join(values), "".join(sizes)
    return found


def _value(said: _Said, checksum: str) -> list[str]:
    return list(said.get(checksum, {}).get(ns.SPDX + "checksumValue", ()))


def _files(holding: Holding, manifest: Manifest, stated: dict[str, tuple[str, str]]) -> Check:
    """Check what is stated of each file that is a form of the data, and that each is stated."""
    true = {
        file.path.removeprefix(f"{DIRECTORY}/"): (file.sha256, str(file.size))
        for file in manifest.dumps()
        if not file.path.endswith((METADATA, SUMS))
    }
    wrong = sorted(name for name, _ in true.items() ^ stated.items())
    right = Text("配布物{n}個", "{n} distributions").format(n=len(stated))
    return checked(_WHAT_FILES, dict.fromkeys(wrong), right)


def _content(manifest: Manifest, said: _Said) -> Check:
    dataset = said.get(f"{manifest.base}catalog#dataset", {})
    hashes = [v for c in dataset.get(ns.SPDX + "checksum", ()) for v in _value(said, c)]
    true = {
        "content_hash": ([manifest.content_hash], hashes),
        "version": (_listed(manifest.version), dataset.get(ns.DCAT + "version", [])),
        "modified": (_listed(manifest.modified), dataset.get(ns.DCTERMS + "modified", [])),
    }
    wrong = [name for name, (wanted, found) in true.items() if wanted != found]
    said_ = " ".join(filter(None, (manifest.content_hash, manifest.version, manifest.modified)))
    return checked(_WHAT_HASH, wrong, Text(said_, said_))


def _listed(value: str | None) -> list[str]:
    return [value] if value else []
