"""The files of a catalogue are read with all that is said of them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from publish.doctor.rdf_process import Reading
from publish.doctor.site import Download, downloads_of
from publish.formats import JSONLD, NTRIPLES, TURTLE, Format

CATALOG = """
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
<s> dcat:distribution <d> .
<d> dcat:downloadURL <f.ttl.gz> ; dcat:byteSize "12.0" ; spdx:checksum <c> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/turtle> ;
  dcat:compressFormat <http://www.iana.org/assignments/media-types/application/gzip> .
<c> spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue "ABCD" .
<e> dcat:downloadURL <g> ; dcat:byteSize "many" .
"""
BASE = "http://a.example/"


def reading(turtle: str) -> Reading:
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=BASE)
    return Reading(triples=frozenset((q.subject, q.predicate, q.object) for q in quads))


def test_size_type_packing_and_checksum_are_read() -> None:
    first, second, third = downloads_of(reading(CATALOG), [BASE + "f.ttl.gz", BASE + "h.nt"], "s")
    assert first == Download(
        BASE + "f.ttl.gz", (BASE + "s",), BASE + "d", "text/turtle", "application/gzip", 12,
        (("sha256", "abcd"),),
    )  # fmt: skip
    assert (second.size, second.datasets) == (None, ())
    assert (third.url, third.datasets) == (BASE + "h.nt", ("s",))


@pytest.mark.parametrize(
    ("url", "media_type", "format_"),
    [
        (BASE + "x.nt.gz", "", NTRIPLES),
        (BASE + "x.jsonld.zst?a=b.ttl#c", "", JSONLD),
        (BASE + "x.csv", "", None),
        (BASE + "x", "text/turtle", TURTLE),
        (BASE + "x.ttl", "text/csv", None),
    ],
)
def test_the_type_stated_decides_before_the_name(
    url: str, media_type: str, format_: Format | None
) -> None:
    assert Download(url, (), media_type=media_type).format == format_
