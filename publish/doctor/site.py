"""What a stranger's site has: descriptions, things, files to download, a SPARQL endpoint.

All of it is found by the site's links, its well-known places and its own descriptions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from publish.doctor import html
from publish.doctor.http import Visit, Visitor, absolute, bare, host_of
from publish.doctor.rdf import Reader
from publish.doctor.rdf_process import UNPACKING, Reading, unpacked
from publish.errors import SettingError
from publish.formats import (
    GZIP,
    HTML,
    JSONLD,
    NTRIPLES,
    RDF_FORMATS,
    RDFXML,
    TURTLE,
    ZSTD,
    Format,
    by_media_type,
    by_suffix,
)
from publish.i18n import Text
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


#: What asks for RDF, whatever the kind; a page only if there is nothing else.
ANY_RDF = (
    "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, "
    "application/n-triples;q=0.7, application/trig;q=0.6, text/html;q=0.1"
)
_SECONDS = 30.0
#: How many links are tried in the search for one thing.
_TRIED = 6
_RDF_TYPES = frozenset(f.media_type for f in (TURTLE, JSONLD, RDFXML, NTRIPLES))
_CATALOG_WORDS = ("catalog", "dcat", "カタログ")
_SCHEMA_CONTEXT = ("http://schema.org", "https://schema.org")


class Site:
    """A site to look at. Everything is fetched when it is needed, and only once."""

    def __init__(self, url: str, visitor: Visitor, reader: Reader) -> None:
        if not host_of(url) or "@" in urlsplit(url).netloc:
            raise SettingError(_NO_URL.format(url=url), _GIVE_URL)
        self.url = url
        self.visitor = visitor
        self._reader = reader
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}/"
        self._read: dict[tuple[str, str, str], Reading] = {}

    def read(self, visit: Visit) -> Reading:
        """Return what an answer says as RDF."""
        if visit.problem or visit.is_cut:
            return Reading(visit.problem or _CUT)
        body = visit.body
        if visit.media_type in (JSONLD.media_type, "application/json"):
            body, problem = self._inlined(body, visit.url)
            if problem:
                return Reading(problem)
        key = (sha256(body).hexdigest(), visit.media_type, visit.url)
        if key not in self._read:
            seconds = min(_SECONDS, self.visitor.left())
            self._read[key] = self._reader.read(body, visit.media_type, visit.url, seconds)
        return self._read[key]

    def read_embedded(self, script: str, base: str) -> Reading:
        """Return what JSON-LD in a page says."""
        body, problem = self._inlined(script.encode(), base)
        if problem:
            return Reading(problem)
        seconds = min(_SECONDS, self.visitor.left())
        return self._reader.read(body, JSONLD.media_type, base, seconds)

    def _inlined(self, body: bytes, base: str) -> tuple[bytes, Text | None]:
        """Return JSON-LD with the contexts that it names put in: parsers fetch nothing."""
        try:
            content = json.loads(body)
        except (ValueError, RecursionError) as error:
            return body, _NO_JSON.format(why=str(error)[:200] or type(error).__name__)
        nodes = content if isinstance(content, list) else [content]
        for node in nodes:
            if isinstance(node, dict) and "@context" in node:
                node["@context"], problem = self._context(node["@context"], base)
                if problem:
                    return body, problem
        return json.dumps(content).encode(), None

    def _context(self, context: Any, base: str) -> tuple[Any, Text | None]:
        if isinstance(context, list):
            found = [self._context(one, base) for one in context[:8]]
            return [one for one, _ in found], next((p for _, p in found if p), None)
        if not isinstance(context, str):
            return context, None
        if context.rstrip("/") in _SCHEMA_CONTEXT:
            return {"@vocab": ns.SCHEMA}, None  # the one that all pages name; it is large
        visit = self.visitor.follow(absolute(base, context) or context, JSONLD.media_type)[-1]
        try:
            return json.loads(visit.body)["@context"], None
        except (ValueError, KeyError, TypeError, RecursionError):
            return None, _NO_CONTEXT.format(url=context, why=visit.problem or visit.status)

    def described(self, url: str) -> tuple[Visit, Reading]:
        """Return the RDF that a URL leads to, by negotiation or by its links to other formats."""
        final = self.visitor.follow(url, ANY_RDF)[-1]
        if final.media_type == HTML.media_type and final.is_fine:
            for link in html.related(final, "alternate")[:_TRIED]:
                if link.type.partition(";")[0] in _RDF_TYPES:
                    other = self.visitor.follow(link.url, link.type)[-1]
                    if (reading := self.read(other)).triples:
                        return other, reading
        return final, self.read(final)

    @cached_property
    def front(self) -> tuple[Visit, Reading]:
        """The RDF at the URL that was given."""
        return self.described(self.url)

    @cached_property
    def page(self) -> Visit:
        """The page at the URL that was given."""
        return self.visitor.follow(self.url, HTML.media_type)[-1]

    def led(self, *words: str) -> list[str]:
        """Return where the front page leads by links that have one of some words."""
        found = [*html.links(self.page), *html.anchors(self.page), *html.links(self.front[0])]
        urls = (
            link.url
            for link in found
            if any(word in f"{link.url} {link.text}".lower() for word in words)
        )
        return list(dict.fromkeys(urls))[:_TRIED]

    @cached_property
    def void(self) -> tuple[Visit, Reading] | None:
        """The VoID description, wherever it was found."""
        return next(self._having("Dataset", ns.VOID, self._void_places()), None)

    def _void_places(self) -> Iterator[str]:
        yield self.well_known
        yield self.url
        yield urljoin(self.url, ".well-known/void")
        for visit in (self.front[0], self.page):
            yield from (link.url for link in html.related(visit, "describedby")[:_TRIED])
        yield from self.led("void")

    @property
    def well_known(self) -> str:
        """Return where VoID is found on any host ("Describing Linked Datasets", 7.2)."""
        return self.origin + ".well-known/void"

    @cached_property
    def catalog(self) -> tuple[Visit, Reading] | None:
        """The catalogue in DCAT, wherever it was found."""
        places = list(dict.fromkeys(self._catalog_places()))
        return next(self._having("Catalog", ns.DCAT, iter(places)), None) or next(
            self._having("Dataset", ns.DCAT, iter(places)), None
        )

    def _catalog_places(self) -> Iterator[str]:
        yield self.url
        if self.void:
            yield self.void[0].url
            yield from self.void_sets[:_TRIED]
        for visit in (self.front[0], self.page):
            yield from (link.url for link in html.related(visit, "describedby")[:_TRIED])
        yield from self.led(*_CATALOG_WORDS)
        # where the DCAT plug-in of CKAN, the most frequent catalogue, has it
        yield urljoin(self.url, "catalog.ttl")

    def _having(
        self, class_: str, vocabulary: str, places: Iterator[str]
    ) -> Iterator[tuple[Visit, Reading]]:
        for place in places:
            if host_of(place) not in self.visitor.hosts:
                self.visitor.may(place)
                continue
            found = self.described(place)
            if found[1].of_type(vocabulary + class_):
                yield found

    @cached_property
    def void_sets(self) -> list[str]:
        """The data sets that VoID describes with a number of triples, the whole first."""
        if not self.void:
            return []
        reading = self.void[1]
        sizes = {
            name: max(map(number, reading.about(name).get(ns.VOID + "triples", [])), default=0)
            for name in reading.of_type(ns.VOID + "Dataset")
        }
        parts = {*reading.values(ns.VOID + "subset"), *reading.values(ns.VOID + "classPartition")}
        parts |= {*reading.values(ns.VOID + "propertyPartition")}
        return sorted(sizes, key=lambda name: (name in parts, -sizes[name], name))

    @cached_property
    def whole(self) -> tuple[str, dict[str, list[str]]]:
        """The data set that VoID is about, with what VoID says of it; empty without one."""
        if not self.void or not self.void_sets:
            return "", {}
        return self.void_sets[0], self.void[1].about(self.void_sets[0])

    @cached_property
    def downloads(self) -> tuple[Download, ...]:
        """What can be downloaded, by the catalogue and VoID."""
        catalog = self.catalog[1] if self.catalog else Reading()
        return downloads_of(catalog, self.whole[1].get(ns.VOID + "dataDump", []), self.whole[0])

    @cached_property
    def endpoint(self) -> str:
        """The URL of the SPARQL endpoint, or an empty string."""
        return next((e for e in self._endpoints() if self.visitor.may(e)), "")

    def _endpoints(self) -> Iterator[str]:
        visit, reading = self.front
        if reading.of_type(ns.SD + "Service"):
            yield from (reading.values(ns.SD + "endpoint") or [visit.url])
        for found in filter(None, (self.void, self.catalog)):
            yield from found[1].values(ns.VOID + "sparqlEndpoint")
            yield from found[1].values(ns.SD + "endpoint")
            yield from (u for u in found[1].values(ns.DCAT + "endpointURL") if "sparql" in u)
        yield from (bare(link).partition("?")[0] for link in self.led("/sparql"))

    @cached_property
    def things(self) -> tuple[str, ...]:
        """Things to look up: the URL given if it is one, then examples and a sample."""
        return tuple(t for t in dict.fromkeys(self._things()) if self.visitor.may(t))[:12]

    def _things(self) -> Iterator[str]:
        chain = self.visitor.follow(self.url, ANY_RDF)
        topics = self.front[1].values(ns.FOAF + "primaryTopic")
        if self.url in topics or chain[0].status == 303 or "#" in self.url:
            yield self.url
        examples = self.whole[1].get(ns.VOID + "exampleResource", [])
        yield from (e for e in examples if bare(e) != bare(self.whole[0]))
        if not examples:
            descriptions = {bare(v[0].url) for v in (self.void, self.catalog) if v}
            spaces = tuple(self.whole[1].get(ns.VOID + "uriSpace", [self.origin]))
            sample = [*self.front[1].sample, *(self.dump[1].sample if self.dump else ())]
            for one in sample:
                if one.startswith(spaces) and bare(one) not in descriptions:
                    yield one

    @cached_property
    def dump(self) -> tuple[Visit, Reading] | None:
        """The smallest dump of the whole that can be read."""
        from_whole = [d for d in self.downloads if d.format and d.is_of(self.whole[0])]
        for download in sorted(from_whole, key=lambda d: d.weight)[:3]:
            visit = self.visitor.follow(download.url)[-1]
            if visit.is_fine and download.format:
                reading = self.read_as(visit, download.format)
                if not reading.problem:
                    return visit, reading
        return None

    def read_as(self, visit: Visit, format_: Format) -> Reading:
        """Return what a file says in a format that is known from elsewhere than its type."""
        body = visit.body
        if format_ == JSONLD and not visit.problem:
            try:
                body = unpacked(body)
            except UNPACKING as error:
                return Reading(_NO_JSON.format(why=error))
        told = httpx.Headers({**visit.headers, "content-type": format_.media_type})
        return self.read(replace(visit, headers=told, body=body))


def number(value: str) -> int:
    """Return a number of the data as an integer, 0 if it is none."""
    return int(value) if value.isascii() and value.isdecimal() else 0


_NO_URL = Text("「{url}」は http(s) のURLではありません。", '"{url}" is not an http(s) URL.')
_GIVE_URL = Text(
    "利用者名を含まない http:// 又は https:// のURLを指定してください。",
    "Give a URL that begins with http:// or https:// and has no user name.",
)
_CUT = Text(
    "大きすぎるため途中までしか取得していません", "too large: only its beginning was fetched"
)
_NO_JSON = Text("JSONではありません（{why}）", "not JSON ({why})")
_NO_CONTEXT = Text(
    "JSON-LDのコンテキスト {url} が得られません（{why}）",
    "the JSON-LD context {url} cannot be had ({why})",
)
