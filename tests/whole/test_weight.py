"""Pages stay light: whatever has the most to say, its page is read on a slow line, too."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.browse.lists import members
from publish.release.release import Release
from publish.settings import Settings
from server import create_app

#: Bytes of the longest page, not counting outlines of areas.
MOST = 120_000
PAGES = (
    "index",
    "about",
    "charts",
    "help",
    "help/harvest",
    "help/query",
    "help/link",
    "doc",
    "search",
    "ontology",
    "shapes",
    "catalog",
    "void",
    "dump",
    "changes",
    "sparql",
    "release/RELEASE",
    "graph/source",
    "graph/catalog",
)
#: The data of an outline in SVG.
_OUTLINE = re.compile(rb' d="[^"]*"')
both = pytest.mark.parametrize("language", ["ja", "en"])


def weight(client: FlaskClient, address: str) -> int:
    """Return the bytes of a page without the outlines of areas."""
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, address
    return len(_OUTLINE.sub(b"", answer.data))


def heaviest(release: Release) -> list[str]:
    """Return of each type the thing about which, and of which, the most is said."""
    store, iris = release.store, release.iris

    def said(iri: str) -> int:
        term = ox.NamedNode(iri)
        about = store.quads_for_pattern(term, None, None)
        return sum(1 for quads in (about, store.quads_for_pattern(None, None, term)) for _ in quads)

    found = (members(store, iris, kind) for kind in release.shapes.kinds)
    return [max(own, key=said) for own in found if own]


@both
def test_every_kind_of_page_is_light(client: FlaskClient, release: Release, language: str) -> None:
    weights = {
        page: weight(client, f"/{page.replace('RELEASE', release.id)}.{language}.html")
        for page in PAGES
    }
    assert {page: size for page, size in weights.items() if size >= MOST} == {}


@both
def test_a_page_of_results_is_light(client: FlaskClient, language: str) -> None:
    assert 10_000 < weight(client, f"/search.{language}.html?q=%E5%8C%97") < MOST


@both
def test_the_page_of_what_has_most_to_say_is_light(
    client: FlaskClient, release: Release, language: str
) -> None:
    things = heaviest(release)
    assert len(things) > 15
    weights = {
        iri: weight(
            client, f"{release.iris.path(release.iris.document_of(iri) or '')}.{language}.html"
        )
        for iri in things
    }
    assert {iri: size for iri, size in weights.items() if size >= MOST} == {}


@both
def test_every_list_is_light(client: FlaskClient, release: Release, language: str) -> None:
    weights = {
        kind.segment: weight(client, f"/doc/{kind.segment}.{language}.html")
        for kind in release.shapes.kinds
    }
    assert {name: size for name, size in weights.items() if size >= MOST} == {}


def test_what_a_page_needs_beside_itself_is_light(client: FlaskClient, settings: Settings) -> None:
    html = client.get("/index.ja.html").text
    needed = re.findall(r'(?:<script src|rel="stylesheet" href)="([^"]+)"', html)
    assert len(needed) >= 2
    sizes = {
        address: len(create_app(settings).test_client().get(address).data) for address in needed
    }
    assert sum(sizes.values()) < MOST
    assert all(sizes.values())
