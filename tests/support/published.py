"""Releases under a public base, whose catalogues a harvester would read, and how tests read them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from publish.build import build
from publish.catalog.graph import catalog_quads
from publish.project.stamp import Stamp, write_stamp
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple, narrowed
from publish.release.release import Release, current
from publish.settings import Settings
from tests.support.projects import build_project, settings_for
from tests.support.real import ROOT

PUBLIC = "https://data.example.jp/hokkaido/"
_PREFIXES = "".join(f"PREFIX {name}: <{space}> " for name, space in ns.PREFIXES.items())


def real_release(directory: Path) -> Release:
    """Return a release of this repository's data under a public base, made in a directory."""
    build(Settings(project=ROOT, releases=directory, base=PUBLIC))
    return current(directory)


def stamped_release(directory: Path) -> Release:
    """Return a release of the small project, whose date and version belong to its content."""
    content = build_project(directory).manifest.content_hash
    write_stamp(directory / "data" / "catalog.ttl", Stamp("2031-05-01", "1.0.1", content))
    build(settings_for(directory))
    return current(directory / "releases")


def catalogue(release: Release) -> set[Triple]:
    """Return what the address /catalog answers, without the graphs."""
    return {narrowed(quad) for quad in catalog_quads(release)}


def rows(triples: set[Triple], query: str, base: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT over triples, sorted; values only."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    found = store.query(_PREFIXES + query, base_iri=base)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(str(getattr(term, "value", "")) for term in row) for row in found)
