"""A release: a directory, complete and immutable, of which one is `current`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from publish.errors import Place, ReleaseError
from publish.i18n import Text
from publish.iris import Iris
from publish.linksets import coverage
from publish.project import example_queries, withdrawn
from publish.project.turtle_files import read_borrowed
from publish.rdf.jsonld import Context
from publish.rdf.serialize import Serialiser
from publish.release import quality
from publish.release.manifest import NAME, Manifest
from publish.search.index import FILE as INDEX
from publish.search.index import Index
from publish.search.matcher import Matcher
from publish.search.scope import Scope, scope_of
from publish.shacl.shapes import Shapes, prefixes_of, read_shapes
from publish.tables.job import Target

CURRENT = "current"
#: Files inside a release. All but those of the store and the index are listed in the manifest.
CONTENT_QUADS = "dump/all.nq"
CATALOG_QUADS = "catalog.nq"
CONTEXT = "context.jsonld"
STORE = "store"
_ID = re.compile("[0-9a-f]{12}")


@dataclass(frozen=True)
class Release:
    """An opened release. Everything is read once, on first use."""

    path: Path
    manifest: Manifest

    @classmethod
    def open(cls, path: Path) -> Release:
        """Return the release in a directory; raises ReleaseError if it cannot be read."""
        return cls(path, Manifest.read(path))

    @property
    def id(self) -> str:
        """Return the release's id, 12 hex digits."""
        return self.manifest.release

    @cached_property
    def iris(self) -> Iris:
        """Return the addresses under the base that the release was built for."""
        return Iris.at(self.manifest.base)

    @cached_property
    def store(self) -> ox.Store:
        """Return all graphs, graph/catalog too: in memory, or on disk where the build made it so."""
        if (self.path / STORE).is_dir():
            return ox.Store.read_only(str(self.path / STORE))
        store = ox.Store()
        for file in self.data_files():
            store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        return store

    @cached_property
    def content_graphs(self) -> tuple[ox.NamedNode, ...]:
        """Return the graphs that the default graph of a query unites: all but graph/catalog."""
        return tuple(ox.NamedNode(self.iris.graph(name)) for name in self.manifest.graphs)

    def data_files(self) -> tuple[Path, ...]:
        """Return the N-Quads files that hold all graphs together."""
        return (self.path / CONTENT_QUADS, self.path / CATALOG_QUADS)

    @cached_property
    def shapes(self) -> Shapes:
        """Return the shapes that the release was validated with."""
        return read_shapes(self.path, self.iris)

    @cached_property
    def borrowed(self) -> ox.Store:
        """Return what the release's copies of others' ontologies say; it is not served."""
        return read_borrowed(self.path, self.iris)

    @cached_property
    def context(self) -> Context:
        """Return the JSON-LD context."""
        context: Context = json.loads((self.path / CONTEXT).read_text("utf-8"))
        return context

    @cached_property
    def quality(self) -> quality.Quality:
        """Return how complete the content is; an older release does not say so."""
        path = self.path / quality.FILE
        return quality.read(path.read_text("utf-8")) if path.exists() else quality.Quality(())

    @cached_property
    def linkage(self) -> coverage.Coverage | None:
        """Return how far the links reach; None if the release is of a version that did not count."""
        path = self.path / coverage.FILE
        return coverage.read(path.read_text("utf-8")) if path.exists() else None

    @cached_property
    def withdrawn(self) -> withdrawn.Withdrawals:
        """Return what was withdrawn, by (type, key)."""
        return withdrawn.read(self.path)

    @cached_property
    def examples(self) -> tuple[example_queries.Example, ...]:
        """Return the example queries in their order."""
        files = sorted((self.path / example_queries.DIRECTORY).glob(f"*{example_queries.SUFFIX}"))
        return example_queries.read_examples(files, self.iris, self.path)

    @cached_property
    def matcher(self) -> Matcher:
        """Return what finds the things of the release; raises ReleaseError if it has no index."""
        return Matcher(Index(self.path / INDEX), self.store, self.iris, self.context)

    @cached_property
    def scope(self) -> Scope:
        """Return of which areas the release speaks."""
        return scope_of(self.store, self.iris, self.shapes)

    @cached_property
    def target(self) -> Target:
        """Return what somebody's table is linked to."""
        kinds = {kind.segment: kind.label for kind in self.shapes.kinds}
        return Target(self.matcher, self.scope, kinds, self.iris.of("catalog#dataset"))

    @cached_property
    def serialiser(self) -> Serialiser:
        """Return the writer of RDF with this release's prefixes and context."""
        return Serialiser(prefixes_of(self.shapes), self.context)


def current(releases: Path) -> Release:
    """Return the current release; raises ReleaseError if there is none."""
    link = releases / CURRENT
    if not link.exists():
        raise ReleaseError(
            Text("公開できるリリースがありません。", "There is no release to serve."),
            Text("先に「lodpub build」を実行してください。", 'Run "lodpub build" first.'),
            Place(str(link)),
        )
    return Release.open(link.resolve())


def current_id(releases: Path) -> str | None:
    """Return the id of the current release, or None; cheap enough to ask at each request."""
    try:
        return Path(os.readlink(releases / CURRENT)).name
    except OSError:
        return None


def make_current(releases: Path, release: str) -> None:
    """Switch the link `current` to a release in one atomic step.

    Raises ReleaseError if there is no such release.
    """
    if not _ID.fullmatch(release):
        raise ReleaseError(
            Text("「{id}」はリリースのIDではありません。", '"{id}" is no id of a release.').format(
                id=release
            ),
            Text(
                "「lodpub releases」の一覧から選んでください。",
                'Choose one that "lodpub releases" lists.',
            ),
        )
    Manifest.read(releases / release)
    aside = releases / f".{CURRENT}-{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(release)
    aside.replace(releases / CURRENT)


def all_of(releases: Path) -> Iterator[Manifest]:
    """Yield the manifests of the complete releases in a directory, by id."""
    for path in sorted(releases.iterdir()) if releases.is_dir() else ():
        if _ID.fullmatch(path.name) and (path / NAME).is_file():
            yield Manifest.read(path)
