"""The help pages: whole, true, and every command on them run as it stands there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

import html5lib
import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.release.release import Release
from publish.settings import Settings
from publish.web.views.tutorials import AGENT
from server import create_app
from tests.support import node
from tests.support.browser import NARROW, WIDE, Browser, axe
from tests.support.projects import build_project
from tests.support.real import BASE
from tests.support.served import Served, free_port, serving
from tests.support.theirs import ESTAT, WIKIDATA, Theirs, standing_in
from tests.web.conftest import Page

PAGES = ["help", "help/harvest", "help/query", "help/link"]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
every = pytest.mark.parametrize("path", PAGES)
both = pytest.mark.parametrize("language", ["ja", "en"])


@dataclass(frozen=True)
class Shown:
    """A command on a page: what it is handed to, its text, and what the page says it prints."""

    name: str
    runs: str
    text: str
    prints: str


@dataclass(frozen=True)
class Place:
    """A served site, and the variables with which commands reach it, and nothing else."""

    base: str
    served: Served
    variables: dict[str, str]
    #: the stand-in for the endpoints of others
    theirs: Theirs | None = None

    def html(self, path: str, language: str) -> str:
        answer = self.served.request(path=f"{path}.{language}.html")
        assert answer.status == 200
        return answer.text


@pytest.fixture(scope="module")
def theirs() -> Iterator[Theirs]:
    with standing_in() as found:
        yield found


@pytest.fixture(scope="module")
def real(served: Served, theirs: Theirs) -> Place:
    """The real release; its base is another port, so commands reach the server as their proxy."""
    variables = {"http_proxy": f"http://{served.host}", "no_proxy": theirs.host}
    return Place(BASE, served, variables, theirs)


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The small project, built for the address at which it is served."""
    directory = tmp_path_factory.mktemp("help") / "project"
    host = f"127.0.0.1:{free_port()}"
    base = f"http://{host}/lod/"
    build_project(directory, base)
    log = directory / "log"
    with serving(directory / "releases", log, root="/lod/", workers=1, bind=host) as found:
        yield Place(base, replace(found, host=host), {"no_proxy": "127.0.0.1"})


def commands(html: str) -> list[Shown]:
    """Return the commands on a page in their order, with what the page says they print."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    prints = {
        element.get("data-prints"): "".join(element.itertext())
        for element in tree.iter("samp")
        if element.get("data-prints")
    }
    return [
        Shown(
            element.get("id"),
            element.get("data-run"),
            "".join(element.itertext()),
            prints.get(element.get("id"), ""),
        )
        for element in tree.iter("pre")
        if element.get("data-run")
    ]


def run(shown: Shown, place: Place, directory: Path) -> str:
    """Run a command and return what it prints; it fails if any of its lines does."""
    text = shown.text
    if shown.name.startswith("comunica"):  # knows of no proxy
        node.command("")
        endpoint = f"http://{place.served.host}{place.served.root}sparql"
        text = text.replace(f"{place.base}sparql", endpoint)
    if place.theirs:  # there is no Internet here
        for endpoint in (WIKIDATA, ESTAT):
            text = text.replace(endpoint, place.theirs.endpoint)
    programs = (Path(sys.executable).parent, node.CLIENTS / "node_modules" / ".bin")
    environment = os.environ | {
        "PATH": os.pathsep.join([*map(str, programs), os.environ["PATH"]]),
        "LC_ALL": "C.UTF-8",
        "https_proxy": "http://127.0.0.1:9",
        **place.variables,
    }
    argument = {
        "sh": ["bash", "-euo", "pipefail", "-c"],
        "python": [sys.executable, "-c"],
    }
    done = subprocess.run(
        [*argument[shown.runs], text],
        cwd=directory, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, f"{shown.name}: {done.stderr}{done.stdout}"
    return done.stdout


def get(place: Place, address: str) -> tuple[int, bytes]:
    """Ask for an address as it stands on a page."""
    proxies = {"http": place.variables.get("http_proxy", "")}
    opener = build_opener(ProxyHandler({k: v for k, v in proxies.items() if v}))
    with opener.open(address) as answer:
        return answer.status, answer.read()


def triples(shown: Shown, place: Place) -> set[tuple[str, str, str]]:
    """Read a document that a page shows; its contexts are fetched from where it says."""
    content = shown.text
    if shown.runs == "jsonld":
        read = json.loads(content)
        address, *more = read["@context"]
        context = json.loads(get(place, address)[1])["@context"]
        content = json.dumps(read | {"@context": [context, *more]})
    format_ = ox.RdfFormat.TURTLE if shown.runs == "turtle" else ox.RdfFormat.JSON_LD
    found = ox.parse(content, format=format_)
    return {(q.subject.value, q.predicate.value, q.object.value) for q in found}


# -- What is shown is true -----------------------------------------------------------------------


def check(place: Place, path: str, directory: Path) -> list[str]:
    """Run everything on a page, in order and in one directory; return the names of what ran."""
    shown = commands(place.html(path, "ja"))
    for one in shown:
        if one.runs in ("turtle", "jsonld"):
            ((_, relation, thing),) = triples(one, place)
            assert relation == "http://purl.org/dc/terms/spatial"
            assert get(place, thing)[0] == 200
        elif one.runs == "html":  # test_search_browser.py types into it
            (address,) = re.findall(r"fetch\(`([^?`]+)\?", one.text)
            assert get(place, f"{address}?q=a")[0] == 200
        else:
            assert one.prints in run(one, place, directory), one.name
    return [one.name for one in shown]


@every
def test_the_commands_of_the_real_site_do_what_the_page_says(
    real: Place, path: str, tmp_path: Path
) -> None:
    assert check(real, path, tmp_path)


@every
def test_the_commands_of_another_site_do_what_the_page_says(
    abroad: Place, path: str, tmp_path: Path
) -> None:
    assert check(abroad, path, tmp_path)


def test_each_kind_of_user_is_shown_what_there_is(real: Place, abroad: Place) -> None:
    names = {
        path: [{one.name for one in commands(place.html(path, "en"))} for place in (real, abroad)]
        for path in PAGES
    }
    harvest = {"catalogue", "unchanged", "ckan", "dump", "verify", "feed", "sitemap"}
    assert names["help/harvest"] == [harvest, harvest]
    query = {"curl", "wrapper", "notebook", "comunica", "graphs"}
    assert names["help/query"] == [query, query]
    link = {"thing", "jsonld", "turtle", "table", "codes", "mine", "join", "others"}
    link |= {"suggest", "search", "form", "sameas", "government"}
    joining = {"join-1", "comunica-1", "join-2", "comunica-2"}
    assert names["help/link"] == [link | joining | {"gone"}, link | {"gone"}]


@every
def test_commands_say_what_they_print_and_are_the_same_in_both_languages(
    real: Place, path: str
) -> None:
    japanese, english = (commands(real.html(path, language)) for language in ("ja", "en"))
    assert japanese == english
    silent = {one.name for one in japanese if not one.prints}
    assert silent <= {"mine", "turtle", "jsonld", "form"}


@every
def test_commands_talk_to_this_site_only(real: Place, abroad: Place, path: str) -> None:
    for place in (real, abroad):
        for one in commands(place.html(path, "ja")):
            text = re.sub(r"^PREFIX .*$", "", one.text, flags=re.M)
            if one.runs in ("sh", "python"):
                # these name something, and nobody asks there
                text = re.sub(r"SERVICE <(.*)>", r"\1", text)
                text = re.sub(r"<[^>]*>|uri=\S+|^AGENT = .*$", "", text, flags=re.M)
                addresses = re.findall(r"https?://[^\s'\"<>]+", text)
                assert addresses or one.name == "mine"
                others = [a for a in addresses if not a.startswith(place.base)]
                assert set(others) <= ({WIKIDATA, ESTAT} if joins(one) else set())


def joins(shown: Shown) -> bool:
    return re.fullmatch(r"(join|comunica)-\d+", shown.name) is not None


def joining(place: Place) -> list[Shown]:
    return [one for one in commands(place.html("help/link", "ja")) if joins(one)]


def test_a_client_joins_our_data_with_that_of_others(
    real: Place, theirs: Theirs, tmp_path: Path
) -> None:
    first, second = (f"{BASE}id/municipality/{code}" for code in ("011002", "012025"))
    estat = "http://data.e-stat.go.jp/lod/sac/"
    found = {one.name: run(one, real, tmp_path).splitlines() for one in joining(real)}
    assert found["join-1"] == [f"{first} 札幌市 A市", f"{second} 函館市 B市"]
    assert found["join-2"] == [f"{first} 札幌市 101", f"{second} 函館市 102"]
    assert {line.replace("<", "").replace(">", "") for line in found["comunica-1"]} == {
        "uri,other,value",
        f"{first},{estat}C01100-19731201,A市",
        f"{first},{estat}C01100-19731201,A-shi",
        f"{second},{estat}C01202-20051001,B市",
        f"{second},{estat}C01202-20051001,B-shi",
    }
    assert {line.replace("<", "").replace(">", "") for line in found["comunica-2"]} == {
        "uri,other,value",
        f"{first},http://www.wikidata.org/entity/Q37951,101",
        f"{second},http://www.wikidata.org/entity/Q26418,102",
    }


def test_a_join_asks_others_for_what_is_wanted_only_and_says_who_asks(
    real: Place, theirs: Theirs, tmp_path: Path
) -> None:
    for one in joining(real):
        theirs.asked.clear()
        run(one, real, tmp_path)
        rows = [query for query, _ in theirs.asked if "COUNT(*)" not in query]
        assert rows
        if one.runs == "sh":  # about one thing each
            assert len(rows) <= 4
            assert not [query for query in rows if "?other" in query]
        else:
            assert all("VALUES" in query for query in rows)
            assert all(query.count("<http") <= 50 + 2 for query in rows)
            assert all(len(quote(query)) < 8_000 for query in rows)
            assert {agent for _, agent in theirs.asked} == {AGENT}


def test_a_data_set_without_an_endpoint_is_not_joined(abroad: Place) -> None:
    html = abroad.html("help/link", "ja")
    assert joining(abroad) == [] and 'id="joining"' not in html


def test_the_endpoint_itself_asks_nobody(served: Served, theirs: Theirs) -> None:
    theirs.asked.clear()
    query = f"SELECT * {{ SERVICE <{theirs.endpoint}> {{ ?s ?p ?o }} }}"
    assert served.ask(query).status == 403
    assert theirs.asked == []


# -- Pages ---------------------------------------------------------------------------------------


@every
@both
def test_a_help_page_is_html_without_an_error_in_its_language(
    client: FlaskClient, small: FlaskClient, path: str, language: str
) -> None:
    for asked, root in ((client, "/"), (small, "/lod/")):
        answer = asked.get(f"{root}{path}.{language}.html")
        assert answer.status_code == 200
        html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
        page = Page(answer.text)
        assert page.language == language
        assert [href for href in page.links if href.endswith(f".{other(language)}.html")] == [
            f"{root}{path}.{other(language)}.html"
        ]


def other(language: str) -> str:
    return "en" if language == "ja" else "ja"


@every
def test_english_help_has_no_unmarked_japanese(client: FlaskClient, path: str) -> None:
    html = client.get(f"/{path}.en.html").text
    html = re.sub(r"<(script|head|code)\b.*?</\1>", "", html, flags=re.S)
    marked = re.sub(r'<(\w+)[^>]*\blang="ja(-\w+)?"[^>]*>.*?</\1>', "", html, flags=re.S)
    assert JAPANESE.findall(re.sub(r"<[^>]*>", "", marked)) == []


@every
def test_help_of_another_publisher_knows_nothing_of_this_one(small: FlaskClient, path: str) -> None:
    text = small.get(f"/lod/{path}.ja.html").text
    assert "北海道" not in text and "127.0.0.1" not in text
    assert "https://data.example.jp/lod/" in text or path == "help/query"


def test_the_tutorial_states_the_limits_of_this_very_server(release: Release) -> None:
    directory = release.path.parent

    def page(**given: int) -> str:
        client = create_app(Settings.read({}, releases=directory, **given)).test_client()
        return client.get("/help/query.en.html").text

    assert "7 seconds" in page(query_seconds=7) and "7 seconds" not in page(query_seconds=8)
    assert "4,321 rows" in page(rows=4321)
    assert "99 per minute" in page(rate=99) and "No limit" in page(rate=0)


def test_two_servers_with_other_limits_have_other_entity_tags(release: Release) -> None:
    tags = {
        create_app(Settings(releases=release.path.parent, rows=rows))
        .test_client()
        .get("/help/query.ja.html")
        .headers["ETag"]
        for rows in (10, 20)
    }
    assert len(tags) == 2


def test_the_overview_lists_every_format_with_its_suffix(client: FlaskClient) -> None:
    page = Page(client.get("/help.ja.html").text)
    suffixes = {href.rpartition(".")[2] for href in page.links if href.startswith("/doc/")}
    assert {"ttl", "jsonld", "rdf", "nt", "trig", "nq", "csv"} <= suffixes
    for media_type in ("text/turtle", "application/ld+json", "application/n-quads", "text/csv"):
        assert media_type in page.text


@pytest.mark.parametrize("path", ["/help/nothing", "/help.ttl", "/help/query.csv", "/help/"])
def test_there_is_no_other_help(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


# -- In a browser --------------------------------------------------------------------------------


@every
@both
def test_help_has_no_barrier_and_fits_the_window(
    browser: Browser, path: str, language: str
) -> None:
    script, reason = axe()
    dark, width = (False, WIDE) if language == "ja" else (True, NARROW)
    seen = browser.see(f"{path}.{language}.html", language, script, dark=dark, width=width)
    assert seen.too_wide <= 0
    assert seen.console == []
    assert seen.headings[0] == 1 and seen.headings.count(1) == 1
    if reason:
        pytest.skip(reason)
    assert seen.barriers == []


def test_each_command_has_a_button_that_copies_it(browser: Browser) -> None:
    browser.open("help/query.en.html", "en")
    commands_ = browser.all("pre[data-run]")
    named = [button.accessible_name for button in browser.all(".command .copy")]
    assert len(named) == len(commands_) == len(set(named))
