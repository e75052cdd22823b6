"""The data set about itself: the catalogue (DCAT) and the VoID description."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import pyoxigraph as ox
from flask import Blueprint, Response

from publish.catalog.schemaorg import Described
from publish.catalog.void import void_quads
from publish.formats import CSV, GZIP, HTML, JSONLD, NTRIPLES, RDFXML, TURTLE, ZSTD, Format
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE
from publish.web.app.base_path import site
from publish.web.app.respond import CURRENT, Resource, answer, redirected
from publish.web.app.site import Site
from publish.web.app.view import Link, View
from publish.web.views import facts

blueprint = Blueprint("catalog", __name__)

_FORMATS = (HTML, TURTLE, JSONLD, RDFXML, NTRIPLES)
_TABLE = f".{CSV.suffix}"
_ENDS = tuple(f".{one.suffix}" for one in (GZIP, ZSTD))
Quads = Callable[[], Iterable[ox.Quad]]


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def catalog(suffix: str | None = None) -> Response:
    """Answer with the catalogue: data sets, files and services (DCAT 3)."""
    here = site()

    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(here.catalogue, format_)

    return answer(here, Resource("catalog", _FORMATS, page=_catalog_page, data=data), suffix)


@blueprint.get("/void")
@blueprint.get("/void.<suffix>")
def void(suffix: str | None = None) -> Response:
    """Answer with the VoID description."""
    here = site()
    return answer(here, _resource(here, "void", lambda: void_quads(here.store, here.iris)), suffix)


@blueprint.get("/.well-known/void")
def well_known() -> Response:
    """Lead to the VoID description (RFC 8615; "Describing Linked Datasets", section 7.2)."""
    return redirected(f"{site().iris.root}void", 302, CURRENT)


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a data set: the fragments of distribution and checksum, address, bytes."""

    file: str
    anchor: str
    checksum: str
    href: str
    size: int


@dataclass(frozen=True, slots=True)
class Section:
    """Something that the page of the catalogue describes; data sets have downloads by format."""

    anchor: str
    iri: str
    link: Link
    rows: list[facts.Row]
    downloads: tuple[tuple[str, tuple[Download, ...]], ...] = ()
    #: the fragment of the joint conditions of its files, which are told one by one
    joint: str | None = None


#: Shown as headings and tables, or the same for all: not among the rows.
_NOT_IN_ROWS = {
    TYPE.value,
    *(ns.DCTERMS + name for name in ("title", "hasPart", "isPartOf", "subject")),
    *(ns.DCAT + name for name in ("distribution", "dataset", "service", "servesDataset")),
    ns.FOAF + "primaryTopic",
    ns.SPDX + "checksum",
}


def _catalog_page(view: View) -> str:
    by_subject: dict[str, list[ox.Quad]] = {}
    for quad in view.site.catalogue:
        by_subject.setdefault(_subject(quad), []).append(quad)
    quads = (quad for found in by_subject.values() for quad in found)
    described = Described.by(quads, view.site.iris, view.language)
    whole, start = view.site.dataset, view.site.iris.of("catalog")
    parts = described.iris_of(whole, ns.DCTERMS + "hasPart")
    services = described.iris_of(start, ns.DCAT + "service")

    def sections(iris: Iterable[str]) -> list[Section]:
        return [_section(view, described, iri, by_subject.get(iri, [])) for iri in iris]

    of_whole, *of_parts = sections([whole, *parts])
    shown = {whole, *parts, *services}
    others = sorted(iri for iri in by_subject if _is_other(view, iri) and iri not in shown)
    own = [of_whole, *(_own(one, of_whole) for one in of_parts)]
    groups = (sections([start]), own, sections(services), sections(others))
    seen: set[str] = set()
    (catalog,), data_sets, services_, others_ = (
        [replace(one, rows=facts.linked_once(one.rows, seen)) for one in group] for group in groups
    )
    return view.render(
        "catalog.html", catalog=catalog, data_sets=data_sets, services=services_, others=others_
    )


def _own(part: Section, whole: Section) -> Section:
    """Return a part with what it does not share with the whole."""
    shared = {(row.iri, row.values) for row in whole.rows}
    return replace(part, rows=[row for row in part.rows if (row.iri, row.values) not in shared])


def _is_other(view: View, iri: str) -> bool:
    """Tell whether something of the catalogue is neither a file nor its checksum."""
    address, _, fragment = (view.site.iris.relative(iri) or "").partition("#")
    return address == "catalog" and bool(fragment) and not fragment.startswith(_IN_TABLES)


_JOINT = "rights-of-"
#: Shown in the tables of data sets, or (joint conditions) one by one.
_IN_TABLES = ("distribution-", "checksum-", _JOINT)


def _section(view: View, described: Described, iri: str, quads: Iterable[ox.Quad]) -> Section:
    said = [quad for quad in quads if quad.predicate.value not in _NOT_IN_ROWS]
    downloads = tuple(_downloads(described, iri))
    return Section(
        _anchor(view, "catalog", iri),
        iri,
        view.named(iri),
        [_readable(row) for row in facts.property_rows(view, said)],
        downloads,
        _joint(described, iri),
    )


def _readable(row: facts.Row) -> facts.Row:
    """Return a row in which sentences are text, also where they are the names of links."""
    values = (
        replace(value, href=None, external=False) if len(value.text) > _SENTENCE else value
        for value in row.values
    )
    return replace(row, values=tuple(values))


#: Longer names of links are sentences.
_SENTENCE = 60


def _joint(described: Described, dataset: str) -> str | None:
    """Return the fragment of the conditions that all files of a data set have, if it has any."""
    files = described.iris_of(dataset, ns.DCAT + "distribution")[:1]
    found = [iri for file in files for iri in described.iris_of(file, ns.DCTERMS + "rights")]
    fragments = [iri.rpartition("#")[2] for iri in found]
    return next((one for one in fragments if one.startswith(_JOINT)), None)


def _downloads(described: Described, dataset: str) -> Iterator[tuple[str, tuple[Download, ...]]]:
    """Yield the files of a data set by name, those of one form together; tables come last."""
    found = described.iris_of(dataset, ns.DCAT + "distribution")
    files = [(_download(described, iri), iri) for iri in found]
    files.sort(key=lambda pair: (pair[0].file.endswith(_TABLE), pair[0].file))
    for _, group in groupby(files, key=lambda pair: _plain(pair[0].file)):
        alike = list(group)
        yield described.text(alike[0][1], ns.DCTERMS + "title") or "", tuple(f for f, _ in alike)


def _plain(file: str) -> str:
    return next((file.removesuffix(end) for end in _ENDS if file.endswith(end)), file)


def _download(described: Described, iri: str) -> Download:
    address = described.iris_of(iri, ns.DCAT + "downloadURL")[0]
    return Download(
        anchor=iri.rpartition("#")[2],
        checksum=described.iris_of(iri, ns.SPDX + "checksum")[0].rpartition("#")[2],
        href=described.iris.path(address),
        file=address.rpartition("/")[2],
        size=int(described.text(iri, ns.DCAT + "byteSize") or 0),
    )


def _resource(here: Site, path: str, quads: Quads) -> Resource:
    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(quads(), format_)

    def page(view: View) -> str:
        found = list(quads())
        tables = {name: list(_counts(view, path, found, name)) for name in _COUNTED}
        alone = _in_sections(found)
        return view.render(
            "statements.html", subjects=list(_subjects(view, path, alone)), tables=tables
        )

    return Resource(path, _FORMATS, page=page, data=data)


@dataclass(frozen=True, slots=True)
class Count:
    """A class or a property, and how often it is used: its fragment, its IRI there, numbers."""

    anchor: str
    iri: str
    link: Link
    numbers: tuple[str, ...]


#: What partitions a data set in VoID, and what is counted of each part.
_COUNTED = {
    "class": ("entities",),
    "property": ("triples", "distinctSubjects", "distinctObjects"),
}


def _counts(view: View, path: str, quads: Iterable[ox.Quad], name: str) -> Iterator[Count]:
    """Yield the whole data set by class or by property, which a page shows as a table."""
    parts: dict[str, dict[str, str]] = {}
    of_whole: set[str] = set()
    for quad in quads:
        value = str(getattr(quad.object, "value", ""))
        parts.setdefault(_subject(quad), {})[quad.predicate.value] = value
        if quad.predicate.value == f"{ns.VOID}{name}Partition" and view.site.dataset == _subject(
            quad
        ):
            of_whole.add(value)
    for iri, said in sorted(parts.items()):
        if iri in of_whole and (counted := said.get(ns.VOID + name)):
            numbers = tuple(said.get(ns.VOID + number, "") for number in _COUNTED[name])
            yield Count(_anchor(view, path, iri), iri, view.named(counted), numbers)


def _in_sections(quads: Collection[ox.Quad]) -> list[ox.Quad]:
    """Return the statements about no partition; the page of downloads has the downloads."""
    partitions = {f"{ns.VOID}{name}Partition" for name in _COUNTED}
    apart = {getattr(q.object, "value", "") for q in quads if q.predicate.value in partitions}
    partitions.add(ns.VOID + "dataDump")
    return [
        quad
        for quad in quads
        if quad.predicate.value not in partitions and _subject(quad) not in apart
    ]


def _subjects(
    view: View, path: str, quads: Iterable[ox.Quad]
) -> Iterable[tuple[str, str, list[facts.Row]]]:
    """Yield (anchor, IRI, rows) for each subject, the data set first, then by IRI."""
    first = [view.site.dataset, view.site.iris.of(path)]
    ordered = sorted(set(quads), key=lambda quad: _place(_subject(quad), first))
    seen: set[str] = set()
    for iri, group in groupby(ordered, key=_subject):
        yield (
            _anchor(view, path, iri),
            iri,
            facts.linked_once(facts.property_rows(view, group), seen),
        )


def _subject(quad: ox.Quad) -> str:
    return str(getattr(quad.subject, "value", ""))


def _place(iri: str, first: list[str]) -> tuple[int, str]:
    return (first.index(iri) if iri in first else len(first)), iri


def _anchor(view: View, path: str, iri: str) -> str:
    """Return the fragment of an IRI of this page, else an anchor made of the whole IRI."""
    address, _, fragment = (view.site.iris.relative(iri) or "").partition("#")
    return fragment if fragment and address == path else iri
