"""One opened release with what pages need, and the picking up of newly built ones."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from publish import namespaces as ns
from publish import release as releases_
from publish.errors import LodpubError
from publish.iris import Iris
from publish.labels import Labels
from publish.languages import Text
from publish.listing import members
from publish.release import Release, prefixes_of
from publish.shapes import Field, Kind, Shapes
from publish.turtle import Prefixes
from publish.vocabulary import Vocabulary, read_vocabulary
from publish.web.conditional import moment
from publish.web.fingerprint import fingerprint

log = logging.getLogger(__name__)


#: Answers kept, however short they are: each takes some memory of its own.
_MOST_KEPT = 20_000


class Kept:
    """The most recently used answers, up to a number of bytes; 0 keeps none."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._size = 0
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return an answer by name, made now if it is not kept."""
        found = self.find(name)
        if found is not None:
            return found
        made = make()
        self.keep(name, made)
        return made

    def find(self, name: str) -> bytes | None:
        """Return an answer by name, or None if it is not kept."""
        with self._lock:
            if name in self._answers:
                self._answers.move_to_end(name)
            return self._answers.get(name)

    def keep(self, name: str, made: bytes) -> None:
        """Keep an answer, unless it is so large that it would push out all the others."""
        if len(made) * 8 > self.most:
            return
        with self._lock:
            self._size += len(made) - len(self._answers.get(name, b""))
            self._answers[name] = made
            while self._size > self.most or len(self._answers) > _MOST_KEPT:
                self._size -= len(self._answers.popitem(last=False)[1])


@dataclass(frozen=True)
class Site:
    """An opened release as the web sees it. Everything is read once, on first use."""

    release: Release
    kept: Kept

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

    @cached_property
    def labels(self) -> Labels:
        """Return the names of things."""
        return Labels(self.store)

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

    @cached_property
    def prefixes(self) -> Prefixes:
        """Return the prefixes of the release's RDF."""
        return prefixes_of(self.shapes)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the project's own vocabulary."""
        return read_vocabulary(self.store, self.iris)

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        return {}

    def members(self, kind: Kind) -> tuple[str, ...]:
        """Return the IRIs of the things of a type, in the order of its list."""
        if kind.segment not in self._members:
            self._members[kind.segment] = members(self.store, self.iris, kind)
        return self._members[kind.segment]

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
    def last_modified(self) -> datetime | None:
        """Return the day of the data, if it is stamped."""
        return moment(self.release.manifest.modified)

    def etag(self, variant: str) -> str:
        """Return the strong entity tag of a variant, given by its path and query."""
        return _etag(f"{self.release.id} {fingerprint()} {variant}")

    def open_all(self) -> tuple[object, ...]:
        """Read now what every request needs, so that none waits for it; return it."""
        release, shapes = self.release, self.shapes
        needed = (release.store, release.serialiser, release.withdrawn, shapes.kinds, shapes.fields)
        return (*needed, self.title, self.licence)


def _etag(text: str) -> str:
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


class Sites:
    """Hands out the site of the current release; opens a newly built one when it appears.

    `most` bounds the bytes of answers that a site keeps. `succeed` is told of it first, and may raise LodpubError to keep the old one.
    A request keeps the site that it was given: nothing is closed under it.
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
