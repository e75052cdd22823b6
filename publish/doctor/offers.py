"""The files that a catalogue offers for download, with all it says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.doctor.rdf_process import Reading
from publish.formats import GZIP, RDF_FORMATS, ZSTD, Format, by_media_type, by_suffix
from publish.rdf import namespaces as ns

_IANA = "iana.org/assignments/media-types/"
#: Of a file whose size is not stated: as if it were rather large.
_UNKNOWN = 1 << 24


@dataclass(frozen=True, slots=True)
class Download:
    """A file: where it is, of which data sets, and what is said of it."""

    url: str
    datasets: tuple[str, ...]
    distribution: str = ""
    #: media type of the content, of its packing
    media_type: str = ""
    compression: str = ""
    size: int | None = None
    #: algorithm in lower case, e.g. sha256 -> value
    checksums: tuple[tuple[str, str], ...] = ()

    @property
    def format(self) -> Format | None:
        """Return the RDF format, by the media type stated, else by the name; or None."""
        if self.media_type:
            return by_media_type(self.media_type, RDF_FORMATS)
        name = self.url.partition("#")[0].partition("?")[0]
        for packing in (GZIP, ZSTD):
            name = name.removesuffix(f".{packing.suffix}")
        return by_suffix(name.rpartition(".")[2], RDF_FORMATS)

    @property
    def weight(self) -> int:
        """Return the size by which smaller files are taken first."""
        return _UNKNOWN if self.size is None else self.size

    def is_of(self, dataset: str) -> bool:
        """Tell whether it is a file of a data set, or of no data set that is known."""
        return dataset in self.datasets or not self.datasets


def downloads_of(catalog: Reading, dumps: Iterable[str], whole: str) -> tuple[Download, ...]:
    """Return the files of a catalogue, then those that only VoID names (of the data set `whole`)."""
    found: dict[str, Download] = {}
    for distribution in catalog.subjects_with(ns.DCAT + "downloadURL"):
        stated = catalog.about(distribution)
        datasets = catalog.subjects_with(ns.DCAT + "distribution", distribution)
        for url in stated[ns.DCAT + "downloadURL"]:
            found[url] = Download(
                url,
                tuple(datasets),
                distribution,
                _type(stated.get(ns.DCAT + "mediaType", [])),
                _type(stated.get(ns.DCAT + "compressFormat", [])),
                _size(stated.get(ns.DCAT + "byteSize", [])),
                tuple(_checksums(catalog, stated.get(ns.SPDX + "checksum", []))),
            )
    for url in dumps:
        found.setdefault(url, Download(url, (whole,)))
    return tuple(found.values())


def _type(values: list[str]) -> str:
    return values[0].partition(_IANA)[2] or values[0] if values else ""


def _size(values: list[str]) -> int | None:
    try:
        return int(float(values[0])) if values else None
    except (ValueError, OverflowError):
        return None


def _checksums(catalog: Reading, checksums: list[str]) -> Iterable[tuple[str, str]]:
    for checksum in checksums:
        stated = catalog.about(checksum)
        for algorithm in stated.get(ns.SPDX + "algorithm", []):
            name = algorithm.rpartition("_")[2].lower().replace("-", "")
            for value in stated.get(ns.SPDX + "checksumValue", []):
                yield name, value.lower()
