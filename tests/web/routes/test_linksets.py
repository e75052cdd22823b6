"""No broken link on the whole site: every page, what it leads to, and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient

from publish.browse.lists import members
from publish.release.release import Release, current
from publish.settings import Settings
from server import create_app
from tests.web.conftest import Page

PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
_PAGE = re.compile(r"\.(?P<language>ja|en)\.html")
#: Pages that are walked: not what shows the source of a format, of which there are thousands.
_WALKED = re.compile(r"[^.?]*\.(?:ja|en)\.html")
#: Of what is not walked, so many of each kind are asked for.
_SAMPLE = 4
#: Attributes that lead somewhere.
_LEADING = {"a": "href", "link": "href", "area": "href", "form": "action"} | dict.fromkeys(
    ("script", "img", "source", "use", "image"), "src"
)


@dataclass(frozen=True)
class Way:
    """A link as it stands on a page."""

    page: str
    tag: str
    address: str
    relation: str
    language: str


@dataclass
class Site:
    """What a walk over all pages of a language found."""

    client: FlaskClient
    root: str
    release: Release
    pages: dict[str, Page] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def walk(self, language: str, step: int = 1) -> None:
        """Visit the home page, every `step`th page of the sitemap, and pages that these lead to.

        With a step it does not go on from there.
        """
        waiting = [f"{self.root}index.{language}.html", *self._mapped(language)[::step]]
        known = set(waiting)
        while waiting:
            address = waiting.pop()
            for way in self._visited(address, language):
                path = way.address.partition("#")[0]
                if step == 1 and path not in known and self._is_walked(path, language):
                    known.add(path)
                    waiting.append(path)

    def _mapped(self, language: str) -> list[str]:
        """Return the pages of a language that the sitemaps name."""
        maps = self._located(f"{self.root}sitemap.xml")
        found = [page for map_ in maps for page in self._located(map_)]
        return [page for page in found if page.endswith(f".{language}.html")]

    def _located(self, address: str) -> list[str]:
        found = re.findall("<loc>(.*?)</loc>", self.client.get(address).text)
        return [self.root + one.removeprefix(self.release.iris.base) for one in found]

    def _is_walked(self, path: str, language: str) -> bool:
        own = path.startswith(self.root) and path.endswith(f".{language}.html")
        return own and _WALKED.fullmatch(path) is not None

    def _visited(self, address: str, language: str) -> list[Way]:
        answer = self.client.get(address, headers=PERSON)
        if answer.status_code != 200:
            self.faults.append(f"{address} {answer.status_code}")
            return []
        page = Page(answer.text)
        self.pages[address] = page
        found = [
            Way(address, tag, attributes[_LEADING[tag]], attributes.get("rel", ""), language)
            for tag, attributes in page.elements
            if tag in _LEADING and _LEADING[tag] in attributes
        ]
        self.ways += found
        return found

    def inside(self) -> dict[str, Way]:
        """Return one way to each address under the base."""
        base = self.release.iris.base
        found: dict[str, Way] = {}
        for way in self.ways:
            address = way.address.partition("#")[0]
            if address.startswith(base):
                address = self.root + address.removeprefix(base)
            if address.startswith("/"):
                found.setdefault(address, way)
        return found

    def ids(self, path: str) -> set[str]:
        """Return the names of the places on a page."""
        return {a["id"] for _, a in self.pages[path].elements if "id" in a}


def sample(addresses: list[str]) -> list[str]:
    """Return some of the addresses, spread evenly."""
    return sorted(addresses)[:: -(-len(addresses) // _SAMPLE)]


def kind_of(address: str) -> str:
    """Return what kind of address this is; each kind is sampled by itself."""
    path, _, query = address.partition("?")
    parameters = "&".join(sorted({name for name, _ in parse_qsl(query)}))
    directory = path.rpartition("/")[0].split("/")[:3]
    return f"{'/'.join(directory)} {path.rpartition('.')[2]} {parameters}"


@pytest.fixture(scope="module")
def real(settings: Settings, release: Release) -> Site:
    """The real site: all of its Japanese pages, and every tenth of the English ones."""
    found = Site(create_app(settings).test_client(), "/", release)
    found.walk("ja")
    found.walk("en", 10)
    return found


@pytest.fixture(scope="module")
def small_site(kasumi: Path) -> Site:
    releases = kasumi / "releases"
    client = create_app(Settings(releases=releases)).test_client()
    found = Site(client, "/lod/", current(releases))
    found.walk("ja")
    found.walk("en")
    return found


@pytest.fixture(params=["real", "small_site"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


def test_the_walk_sees_the_whole_site(real: Site, small_site: Site) -> None:
    for site in (real, small_site):
        kinds, iris = site.release.shapes.kinds, site.release.iris
        own = [iri for kind in kinds for iri in members(site.release.store, iris, kind)]
        documents = {f"{iris.path(iris.document_of(iri) or '')}.ja.html" for iri in own}
        assert documents - site.pages.keys() == set()
    assert len(real.pages) > 500 and len(small_site.pages) > 30


def test_every_page_answers(site: Site) -> None:
    assert site.faults == []


def test_every_address_that_a_page_names_answers(site: Site) -> None:
    kinds: dict[str, list[str]] = {}
    ways = site.inside()
    for address in ways:
        if address not in site.pages:
            kinds.setdefault(kind_of(address), []).append(address)
    chosen = [one for addresses in kinds.values() for one in sample(addresses)]
    assert len(chosen) > 60
    broken = [
        f"{address} {status} on {ways[address].page}"
        for address in chosen
        if (status := status_of(site.client, address)) != 200
    ]
    assert broken == []


def status_of(client: FlaskClient, address: str) -> int:
    """Return the status at the end of the redirects of an address."""
    for _ in range(3):
        answer = client.get(address, headers=PERSON, buffered=True)
        if answer.status_code not in (302, 303):
            return answer.status_code
        address = answer.headers["Location"]
    return answer.status_code


def test_every_fragment_is_a_place_on_its_page(site: Site) -> None:
    broken = set[str]()
    for way in site.ways:
        path, hash_, fragment = way.address.partition("#")
        target = (path or way.page).partition("?")[0]
        if (
            hash_
            and fragment
            and target in site.pages
            and unquote(fragment) not in site.ids(target)
        ):
            broken.add(f"{way.address} on {way.page}")
    assert sorted(broken) == []


def test_no_place_has_the_name_of_another(site: Site) -> None:
    twice = [
        f"{path}#{name}"
        for path, page in site.pages.items()
        for name, count in counted(page)
        if count > 1
    ]
    assert twice == []


def counted(page: Page) -> Iterator[tuple[str, int]]:
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    return ((name, names.count(name)) for name in set(names) if names.count(name) > 1)


def test_links_to_elsewhere_are_those_of_the_data_and_say_so(site: Site) -> None:
    known = stated(site.release)
    base = site.release.iris.base
    wrong = {
        f"{way.address} ({way.relation}) on {way.page}"
        for way in site.ways
        if urlsplit(way.address).scheme and not way.address.startswith(base)
        if way.address not in known
        or urlsplit(way.address).scheme not in ("http", "https")
        or (way.tag == "a" and "external" not in way.relation.split())
        or way.tag not in ("a", "link")
    }
    assert sorted(wrong) == []


def stated(release: Release) -> set[str]:
    """Return every IRI of the data, the catalogue and the shapes."""
    terms = {term for quad in release.store for term in (quad.subject, quad.predicate, quad.object)}
    shaped = {
        str(term)
        for triple in release.shapes.graph
        for term in triple
        if isinstance(term, rdflib.URIRef)
    }
    return {term.value for term in terms if isinstance(term, ox.NamedNode)} | shaped


def test_links_stay_in_the_language_of_their_page(site: Site) -> None:
    wrong = {
        f"{way.address} on {way.page}"
        for way in site.ways
        if way.tag == "a" and "alternate" not in way.relation.split()
        if (match := _PAGE.search(way.address.partition("?")[0]))
        and match["language"] != way.language
    }
    assert sorted(wrong) == []


def test_the_frame_leads_to_the_same_places_on_every_page(site: Site) -> None:
    frames = {(one.language, tuple(frame(one))) for one in site.pages.values()}
    assert sorted(language for language, _ in frames) == ["en", "ja"]
    japanese, english = (dict(frames)[language] for language in ("ja", "en"))
    assert [name.replace(".ja.html", ".en.html") for name in japanese] == list(english)


def frame(page: Page) -> list[str]:
    """Return where the links before and after the content of a page lead."""
    first = next(n for n, (tag, _) in enumerate(page.elements) if tag == "main")
    last = max(n for n, (tag, _) in enumerate(page.elements) if tag == "footer")
    outside = [a for n, (tag, a) in enumerate(page.elements) if tag == "a" and not first < n < last]
    return [a["href"] for a in outside if "alternate" not in a.get("rel", "").split()]
