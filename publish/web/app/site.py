"""An opened release with what pages need of it, and the change to a newly built one."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from publish.browse.coverage import Coverage, coverages_of, rests_on_documents
from publish.browse.facets import Index, index_of
from publish.browse.figures import Figure, figures_of, kind_of_class
from publish.browse.labels import Labels
from publish.browse.lists import members
from publish.browse.vocabulary import Vocabulary, read_borrowed_vocabularies, read_vocabulary
from publish.catalog.ckan.packages import Packages, read_packages
from publish.catalog.graph import catalog_quads
from publish.catalog.schemaorg import landing_pages
from publish.errors import LodpubError
from publish.i18n import LANGUAGES, Text
from publish.iris import Iris
from publish.project.theme import LOGO
from publish.rdf import namespaces as ns
from publish.rdf.rdfxml import is_property
from publish.rdf.terms import node, triples
from publish.rdf.turtle import Prefixes
from publish.reconcile.schema import Schema
from publish.reconcile.service import Reconciler
from publish.release import release as releases_
from publish.release.release import Release
from publish.search.absent import Absence, absences_of
from publish.search.matcher import Matcher
from publish.search.search import Distinguisher, Formatter
from publish.shacl.explain import Group, groups_of
from publish.shacl.shapes import Field, Kind, Shapes, prefixes_of
from publish.web.app.theme import Theme, theme_of
from publish.web.drawing.map import Atlas
from publish.web.http.assets import fingerprint
from publish.web.http.cache import Kept
from publish.web.http.conditional import moment

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Site:
    """An opened release as the web sees it. Everything is read once, on first use."""

    release: Release
    kept: Kept[bytes]

    @property
    def iris(self) -> Iris:
        """Return the addresses under the release's base."""
        return self.release.iris

    @property
    def store(self) -> ox.Store:
        """Return all graphs."""
        return self.release.store

    @property
    def shapes(self) -> Shapes:
        """Return the shapes."""
        return self.release.shapes

    @property
    def matcher(self) -> Matcher:
        """Return what finds the things of the release."""
        return self.release.matcher

    @cached_property
    def reconciler(self) -> Reconciler:
        """Return what answers queries of reconciliation."""
        return Reconciler(self.matcher, Schema(self.release, self.labels, self.matcher))

    @cached_property
    def labels(self) -> Labels:
        """Return the names of things."""
        return Labels(self.store, self.release.borrowed)

    @cached_property
    def _fields(self) -> dict[str, Field]:
        """Return the properties that have one name, whatever the type that has them."""
        names: dict[str, set[Text]] = {}
        for kind in self.shapes.kinds:
            for field in kind.fields:
                names.setdefault(field.path, set()).add(field.name)
        fields = self.shapes.fields
        return {field.path: field for field in fields if len(names.get(field.path, ())) < 2}

    def field(self, path: str, subject: str = "") -> Field | None:
        """Return what the shapes say of a property: of this thing's, else where all agree."""
        kind = self.kind_of(subject)
        own = (field for field in kind.fields if field.path == path) if kind else iter(())
        return next(own, self._fields.get(path))

    def kind_of(self, iri: str) -> Kind | None:
        """Return the type of a thing, by its IRI."""
        parts = self.iris.thing_parts(iri)
        return self.shapes.kind(parts[0]) if parts else None

    def owner(self, iri: str, kind: Kind) -> str | None:
        """Return the first thing that has this one, of a certain type, as a part; None if none."""
        composite = (field for field in self.shapes.fields if field.composite)
        paths = (node(field.path) for field in composite if field.class_ in (None, kind.class_))
        owners = (
            subject.value
            for path in paths
            for subject, _, _ in triples(self.store, None, path, node(iri))
        )
        return min(owners, default=None)

    @cached_property
    def prefixes(self) -> Prefixes:
        """Return the prefixes of the release's RDF."""
        return prefixes_of(self.shapes)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the project's own vocabulary."""
        return read_vocabulary(self.store, self.iris)

    @cached_property
    def borrowed(self) -> tuple[Vocabulary, ...]:
        """Return the vocabularies of others that the project is validated against."""
        return read_borrowed_vocabularies(self.release.borrowed)

    @property
    def has_vocabulary(self) -> bool:
        """Tell whether there is a page that tells what the terms mean."""
        return self.vocabulary.is_served or bool(self.borrowed)

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        return {}

    def members(self, kind: Kind) -> tuple[str, ...]:
        """Return the IRIs of the things of a type, in the order of its list."""
        if kind.segment not in self._members:
            self._members[kind.segment] = members(self.store, self.iris, kind)
        return self._members[kind.segment]

    @cached_property
    def _indexes(self) -> dict[str, Index]:
        return {}

    def index(self, kind: Kind) -> Index:
        """Return the things of a type by what they can be told apart by, and in their orders."""
        if kind.segment not in self._indexes:
            members_ = self.members(kind)
            self._indexes[kind.segment] = index_of(self.store, self.shapes, kind, members_)
        return self._indexes[kind.segment]

    def names(self, iri: str) -> Text:
        """Return what a class, a property or a thing is called, in both languages."""
        kind, field = kind_of_class(self.shapes, iri), self.field(iri)
        if kind is not None:
            return kind.label
        if field is not None:
            return field.name
        ja, en = (self.labels.name(iri, language) for language in LANGUAGES)
        short = ns.shorten(iri, self.prefixes) or self.iris.relative(iri) or iri
        return Text(ja.text if ja else short, en.text if en else short)

    @cached_property
    def formatter(self) -> Formatter:
        """Return what puts into words what a search finds."""
        distinguisher = Distinguisher(self.store, self.shapes, self.names)
        return Formatter(self.iris, self.shapes, distinguisher, self.absences)

    @cached_property
    def absences(self) -> tuple[Absence, ...]:
        """Return what the data set says that its sources do not have."""
        return absences_of(self.labels, self.dataset)

    @cached_property
    def rules(self) -> tuple[Group, ...]:
        """Return the rules of the shapes in words."""
        return groups_of(self.shapes, self.names)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Return what is worth drawing."""
        return figures_of(self.shapes)

    @cached_property
    def _coverages(self) -> Mapping[str, Coverage]:
        return coverages_of(self.store, self.shapes, self.members)

    def coverage(self, counted: Kind, class_: str | None) -> Coverage | None:
        """Return of which things of a class there can be things of a type; None if of any."""
        return self._coverages.get(class_ or "") if rests_on_documents(counted) else None

    @cached_property
    def atlas(self) -> Atlas:
        """Return the outlines of places."""
        return Atlas(self.store, self.members, self.kind_of)

    @cached_property
    def dataset(self) -> str:
        """Return the IRI of the data set in the catalogue."""
        return self.iris.of("catalog#dataset")

    @cached_property
    def title(self) -> Text:
        """Return the data set's title; the site is named by it."""
        return self.labels.both(self.dataset, ns.DCTERMS + "title") or Text("", "")

    @cached_property
    def licence(self) -> str | None:
        """Return the IRI of the data set's licence."""
        return self.labels.value(self.dataset, ns.DCTERMS + "license")

    @cached_property
    def catalogue(self) -> tuple[ox.Quad, ...]:
        """Return what `{base}catalog` says."""
        return tuple(catalog_quads(self.release))

    @cached_property
    def landing_pages(self) -> dict[str, list[str]]:
        """Return the parts of the data set by the page that each has for itself."""
        return landing_pages(self.catalogue, self.iris)

    @cached_property
    def is_sayable(self) -> bool:
        """Tell whether RDF/XML can express each property of the release, as VoID counts them."""
        quads = self.store.quads_for_pattern(None, None, None, node(self.iris.graph("catalog")))
        said = [(quad.predicate.value, quad.object) for quad in quads]
        counted = {
            getattr(o, "value", "") for predicate, o in said if predicate == ns.VOID + "property"
        }
        return all(map(is_property, counted | {predicate for predicate, _ in said}))

    @cached_property
    def packages(self) -> Packages:
        """Return the data sets in CKAN's words."""
        stamped = self.release.manifest.modified is not None
        return read_packages(self.labels, self.iris, stamped=stamped)

    @cached_property
    def day(self) -> str | None:
        """Return the day that the catalogue gives the data set, stamped or not; None if none."""
        days = (self.labels.value(self.dataset, ns.DCTERMS + n) for n in ("modified", "issued"))
        return next(filter(None, days), None)

    @cached_property
    def theme(self) -> Theme:
        """Return the looks of the publisher."""
        publisher = self.labels.value(self.dataset, ns.DCTERMS + "publisher")
        owners = [owner for owner in (self.dataset, publisher) if owner]
        named = (self.labels.value(owner, logo) for owner in owners for logo in LOGO)
        return theme_of(self.release, next(filter(None, named), None))

    @cached_property
    def last_modified(self) -> datetime | None:
        """Return the day of the data, if it is stamped."""
        return moment(self.release.manifest.modified)

    def etag(self, variant: str) -> str:
        """Return the strong entity tag of a variant, given by its path and query."""
        return _etag(f"{self.release.id} {fingerprint()} {variant}")

    def open_all(self) -> tuple[object, ...]:
        """Read now what requests need and what takes long, so that none waits for it; return it."""
        release, shapes = self.release, self.shapes
        needed = (release.store, release.serialiser, release.withdrawn, shapes.kinds, shapes.fields)
        counted = {field.class_ for figure in self.figures for field in figure.fields}
        outlines = [self.atlas.outlines(one) for one in shapes.kinds if one.class_ in counted]
        slow = (
            self.catalogue,
            self.is_sayable,
            self.rules,
            self.vocabulary,
            self.borrowed,
            outlines,
        )
        return (*needed, self.title, self.licence, *slow)


def _etag(text: str) -> str:
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


class Sites:
    """Hands out the site of the current release; opens a newly built one when it appears.

    `most` bounds the bytes of answers that a site keeps. `succeed` is told of a new release first,
    and may raise LodpubError to keep the old one. A request keeps the site that it was given: nothing is closed under it.
    """

    def __init__(
        self,
        releases: Path,
        most: int,
        succeed: Callable[[Release], object] = lambda _: None,
    ) -> None:
        self.releases = releases
        self._succeed = succeed
        self._most = most
        self._site: Site | None = None
        self._refused: str | None = None
        self._lock = threading.Lock()

    def current(self) -> Site:
        """Return the site of the current release; raises ReleaseError if there is none."""
        site, wanted = self._site, releases_.current_id(self.releases)
        if site and wanted in (site.release.id, self._refused):
            return site
        if site and wanted:
            return self._renewed(site, wanted)
        with self._lock:
            self._site = self._site if wanted and self._site else self._open()
            return self._site

    def _renewed(self, site: Site, wanted: str) -> Site:
        """Return the new site; while another thread is opening it, the old one."""
        if not self._lock.acquire(blocking=False):
            return site
        try:
            renewed = self._open()
            self._succeed(renewed.release)
            self._site = site = renewed
        except (LodpubError, OSError, ValueError):
            log.exception("release %s cannot be opened; %s stays", wanted, site.release.id)
            self._refused = wanted
        finally:
            self._lock.release()
        return site

    def _open(self) -> Site:
        site = Site(releases_.current(self.releases), Kept(self._most))
        site.open_all()
        log.info("release %s opened (%s)", site.release.id, site.iris.base)
        return site
