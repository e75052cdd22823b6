"""Search, suggestions and OpenSearch over HTTP: forms, languages, limits, caches, robots."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import html5lib
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from publish.release.release import Release
from publish.search.search import LONGEST, MOST_SUGGESTED, PAGE
from tests.web.conftest import Page, link_header

PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
CURRENT = "public, max-age=60, must-revalidate"
#: The project's data, and the small project under a base with a path.
both_sites = pytest.mark.parametrize(("fixture", "root"), [("client", "/"), ("small", "/lod/")])
both = pytest.mark.parametrize("language", ["ja", "en"])
HOSTILE = [
    '"><script>alert(1)</script>',
    "'; DROP TABLE thing; --",
    '" OR "1"="1',
    "NEAR(a b) AND * OR ^",
    "{{ 7*7 }} ${7*7} %s %(x)s",
    "a\x00b\x1b[31m",
    "\u202egnirts\u202c",
    "".join(chr(0x300 + n % 100) for n in range(150)) + "a",
    "𠮷" * 100,
    "%",
    "*" * LONGEST,
    "(" * LONGEST,
    "-",
]


def page(client: FlaskClient, query: str, language: str = "ja", root: str = "/") -> Page:
    answer = client.get(f"{root}search.{language}.html?{query}", headers=PERSON)
    assert answer.status_code == 200, answer.text
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
    return Page(answer.text)


def results(client: FlaskClient, **query: str) -> Any:
    answer = client.get("/search.json", query_string=query)
    assert answer.status_code == 200
    return answer.json


def suggestions(client: FlaskClient, **query: str) -> list[dict[str, Any]]:
    answer = client.get("/suggest", query_string=query)
    assert answer.status_code == 200
    content: dict[str, Any] = answer.get_json()
    found: list[dict[str, Any]] = content["suggestions"]
    return found


def links(found: Page) -> list[str]:
    """Return where the results on a page lead, in their order."""
    pairs = zip(found.elements, found.elements[1:], strict=False)
    return [
        link["href"] for (tag, own), (_, link) in pairs if tag == "p" and own.get("class") == "what"
    ]


# -- Search for people ---------------------------------------------------------------------------


@both
def test_a_page_shows_what_is_found_with_names_and_reasons(
    client: FlaskClient, language: str
) -> None:
    found = page(client, f"q={quote('釧路町')}", language)
    assert found.language == language
    assert links(found)[0] == f"/doc/municipality/016616.{language}.html"
    assert "釧路町" in found.text and "Kushiro" in found.text
    assert "/id/municipality/016616" in found.text
    first = results(client, q="釧路町")["results"][0]
    assert first["reasons"][0][language] in found.text


@both
def test_a_page_of_results_is_not_for_search_engines_and_the_form_is(
    client: FlaskClient, language: str
) -> None:
    address = f"/search.{language}.html"
    for query, hidden in (("", False), ("?q=a", True), ("?type=region", True)):
        answer = client.get(address + query)
        robots = [meta["content"] for meta in Page(answer.text).all("meta", name="robots")]
        assert robots == (["noindex"] if hidden else [])
        assert ("X-Robots-Tag" in answer.headers) is hidden
        (canonical,) = Page(answer.text).all("link", rel="canonical")
        assert canonical["href"].endswith(address)


@both_sites
@both
def test_without_a_text_the_form_says_what_can_be_looked_for(
    request: pytest.FixtureRequest, fixture: str, root: str, language: str
) -> None:
    client: FlaskClient = request.getfixturevalue(fixture)
    found = page(client, "", language, root)
    examples = [link for link in found.links if link.startswith(f"{root}search.{language}.html?q=")]
    assert len(examples) >= 2
    for example in examples:
        answer = client.get(example, headers=PERSON)
        if answer.status_code == 303:  # a code
            assert client.get(answer.headers["Location"]).status_code == 200
        else:
            assert links(Page(answer.text)), example


def test_a_form_in_the_head_of_every_page_leads_to_the_search(small: FlaskClient) -> None:
    for path in ("index", "about", "doc/plan", "doc/plan/snow-robots", "search", "sparql"):
        for language in ("ja", "en"):
            found = Page(small.get(f"/lod/{path}.{language}.html").text)
            first = found.all("form", role="search")[0]
            assert first["action"] == f"/lod/search.{language}.html"
            assert found.all("input", id="find", name="q")
            (known,) = found.all("link", rel="search")
            assert known["href"] == f"/lod/opensearch.{language}.xml"
            assert known["type"] == "application/opensearchdescription+xml"


def test_the_home_page_has_a_large_box(client: FlaskClient) -> None:
    boxes = Page(client.get("/index.ja.html").text).all("input", name="q")
    assert [box["id"] for box in boxes] == ["find", "find-anything"]


def test_a_page_that_is_not_there_offers_to_search(client: FlaskClient) -> None:
    answer = client.get("/doc/municipality/nothing", headers=PERSON)
    assert answer.status_code == 404
    assert Page(answer.text).all("form", role="search", action="/search.ja.html")


@both
def test_where_nothing_is_found_there_are_ways_on(client: FlaskClient, language: str) -> None:
    found = page(client, f"q={quote('ぬるぽがっ')}", language)
    assert f"/doc/municipality.{language}.html" in found.links
    hints = {
        "ja": ("ローマ字", "2桁、5桁、6桁"),
        "en": ("Roman letters", "two, five or six digits"),
    }
    assert [hint for hint in hints[language] if hint not in found.text] == []


def test_what_another_type_would_find_is_said(client: FlaskClient) -> None:
    found = page(client, f"q={quote('札幌市')}&type=pillar")
    whole = f"/search.ja.html?q={quote('札幌市')}"
    assert found.links.count(whole) >= 1


def test_a_chosen_type_can_be_taken_back(client: FlaskClient) -> None:
    found = page(client, f"q={quote('札幌')}&type=ward")
    assert {link.split("/")[2] for link in links(found)} == {"ward"}
    (chosen,) = [one for one in found.all("option", value="ward") if "selected" in one]
    assert chosen
    assert f"/search.ja.html?q={quote('札幌')}" in found.links


def test_pages_follow_one_another_to_the_end(client: FlaskClient) -> None:
    seen: list[str] = []
    address: list[str] = [f"/search?q={quote('北')}"]
    while address:
        answer = client.get(address[0], headers=PERSON)
        assert answer.status_code == 200
        seen += links(Page(answer.text))
        address = link_header(answer.headers.getlist("Link"), "next")
    assert len(seen) == len(set(seen)) == results(client, q="北")["total"] > PAGE


# -- Codes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("012025", "municipality/012025"),
        ("01202", "municipality/012025"),
        ("０１２０２５", "municipality/012025"),
        ("01", "prefecture/01"),
    ],
)
@both
def test_a_code_leads_straight_to_its_thing(
    client: FlaskClient, code: str, path: str, language: str
) -> None:
    answer = client.get(f"/search.{language}.html", query_string={"q": code})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/doc/{path}.{language}.html"
    assert answer.headers["Cache-Control"] == CURRENT
    negotiated = client.get(
        "/search", query_string={"q": code}, headers=PERSON | {"Accept-Language": language}
    )
    assert negotiated.headers["Location"] == f"/doc/{path}.{language}.html"
    assert {"Accept", "Accept-Language"} <= set(negotiated.vary)


def test_a_program_is_told_what_a_code_leads_to(client: FlaskClient, release: Release) -> None:
    answer = client.get("/search", query_string={"q": "012025"}, headers=PROGRAM)
    assert answer.status_code == 200
    assert answer.get_json()["exact"] == release.iris.thing("municipality", "012025")


@both
def test_a_wrong_check_digit_is_explained_with_the_right_code(
    client: FlaskClient, language: str
) -> None:
    found = page(client, "q=012026", language)
    assert "012025" in found.text
    assert f"/doc/municipality/012025.{language}.html" in found.links
    assert "012025" in results(client, q="012026")["problem"][language]


def test_a_code_of_the_small_project_leads_to_its_town(small: FlaskClient) -> None:
    answer = small.get("/lod/search.ja.html?q=992011")
    assert answer.headers["Location"] == "/lod/doc/town/992011.ja.html"


# -- Search for programs -------------------------------------------------------------------------


def test_json_has_what_the_page_shows(client: FlaskClient, release: Release) -> None:
    answer = client.get("/search", query_string={"q": "函館"}, headers=PROGRAM)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Location"] == f"/search.json?q={quote('函館')}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    content = answer.get_json()
    assert {*content} >= {"query", "types", "page", "pages", "total", "facets", "results"}
    first = content["results"][0]
    assert {*first} == {
        *("id", "document", "name", "type", "description", "matched", "score", "reasons")
    }
    assert first["id"] == release.iris.thing("municipality", "012025")
    for hit in content["results"]:
        assert client.get(release.iris.path(hit["document"])).status_code == 200
    assert [
        link.removesuffix(".ja.html") for link in links(page(client, f"q={quote('函館')}"))
    ] == [release.iris.path(hit["document"]) for hit in content["results"]]


def test_the_same_search_has_one_tag_and_another_one_another(client: FlaskClient) -> None:
    one, other, third = (
        client.get(f"/search.json?{query}") for query in ("q=kushiro", "x=1&q=+kushiro", "q=esashi")
    )
    assert one.headers["ETag"] == other.headers["ETag"] != third.headers["ETag"]
    assert one.headers["Cache-Control"] == CURRENT
    again = client.get("/search.json?q=kushiro", headers={"If-None-Match": one.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/search?q=a", "/search.json?q=a", "/suggest?q=a", "/opensearch.xml"]
)
def test_head_has_the_headers_of_get(client: FlaskClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.data == b""
    assert sorted(get.headers) == sorted(head.headers)


def test_the_form_of_the_answer_is_chosen_by_the_header(client: FlaskClient) -> None:
    assert client.get("/search?q=a").mimetype == "text/html"
    assert client.get("/search?q=a", headers=PROGRAM).mimetype == "application/json"
    assert client.get("/search?q=a", headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/search.csv?q=a").status_code == 404
    assert client.post("/search", data={"q": "a"}).status_code == 405


@both
def test_the_language_follows_the_header(client: FlaskClient, language: str) -> None:
    answer = client.get("/search", headers=PERSON | {"Accept-Language": language})
    assert answer.headers["Content-Language"] == language
    assert set(answer.vary) >= {"Accept", "Accept-Language"}


# -- Limits --------------------------------------------------------------------------------------


def refused(answer: TestResponse, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    content: dict[str, Any] = answer.get_json()
    assert content["detail"] and content["detail_ja"]
    return content


@pytest.mark.parametrize("path", ["/search", "/suggest"])
def test_a_text_that_is_too_long_is_refused_in_both_languages(
    client: FlaskClient, path: str
) -> None:
    fitting, longer = "あ" * LONGEST, "あ" * (LONGEST + 1)
    assert client.get(path, query_string={"q": fitting}, headers=PROGRAM).status_code == 200
    said = refused(client.get(path, query_string={"q": longer}, headers=PROGRAM), 400)
    assert "200" in said["detail_ja"] and "201" in said["detail"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("/search?q=a&type=nothing", 400),
        ("/search?q=a&page=0", 404),
        ("/search?q=a&page=51", 404),
        ("/search?q=zzzzzz&page=2", 404),
        ("/suggest?q=a&limit=0", 400),
        (f"/suggest?q=a&limit={MOST_SUGGESTED + 1}", 400),
        ("/suggest?q=a&lang=fr", 400),
        ("/suggest?q=a&type=nothing", 400),
    ],
)
def test_what_is_out_of_bounds_is_refused(client: FlaskClient, query: str, status: int) -> None:
    refused(client.get(query, headers=PROGRAM), status)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_find_little_and_harm_nothing(client: FlaskClient, text: str) -> None:
    answer = client.get("/search.ja.html", query_string={"q": text}, headers=PERSON)
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
    assert "<script>alert" not in answer.text
    assert json.loads(client.get("/search.json", query_string={"q": text}).data)["page"] == 1
    assert client.get("/suggest", query_string={"q": text}).status_code == 200
    assert client.get("/suggest.opensearch", query_string={"q": text}).status_code == 200


@pytest.mark.parametrize("query", ["q=%FF%FE", "q=%", "q", "&&==&", "q=a" + "&x=y" * 500])
def test_odd_queries_are_read_as_far_as_they_can_be(client: FlaskClient, query: str) -> None:
    for path in ("/search.ja.html", "/search.json", "/suggest"):
        assert client.get(f"{path}?{query}").status_code == 200


# -- Suggestions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["はこ", "ハコダ", "函", "hako", "Hakodate"])
def test_the_beginning_of_a_name_is_completed(
    client: FlaskClient, release: Release, text: str
) -> None:
    found = suggestions(client, q=text, type="municipality")
    assert release.iris.thing("municipality", "012025") in [one["id"] for one in found]
    for one in found:
        assert {*one} == {*("id", "document", "name", "type", "description", "matched", "score")}
        assert {*one["name"]} == {*one["description"]} == {*one["type"]["name"]} == {"ja", "en"}
        assert one["type"]["id"] == "municipality"


def test_suggestions_are_as_many_as_wanted(client: FlaskClient) -> None:
    assert len(suggestions(client, q="し", limit="3")) == 3
    assert len(suggestions(client, q="し")) == 10
    assert suggestions(client, q="") == suggestions(client) == []


@both
def test_browsers_get_suggestions_in_the_form_of_opensearch(
    client: FlaskClient, language: str
) -> None:
    kind = "application/x-suggestions+json"
    query = {"q": "函館市", "type": "municipality", "lang": language}
    for path, headers in (("/suggest.opensearch", {}), ("/suggest", {"Accept": kind})):
        answer = client.get(path, query_string=query, headers=headers)
        assert answer.headers["Content-Type"] == kind
        text, names, lines, addresses = json.loads(answer.data)
        assert text == "函館市"
        assert names[0] == {"ja": "函館市", "en": "Hakodate"}[language]
        assert lines[0] and len(names) == len(lines) == len(addresses)
        assert addresses[0].endswith(f"/doc/municipality/012025.{language}.html")


def test_scripts_of_any_site_may_ask_and_caches_may_keep(client: FlaskClient) -> None:
    answer = client.get("/suggest?q=a&lang=ja", headers={"Origin": "https://form.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Cache-Control"] == CURRENT
    assert answer.headers["X-Robots-Tag"] == "noindex"
    again = client.get("/suggest?q=a&lang=ja", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_without_a_language_that_of_the_header_decides(client: FlaskClient) -> None:
    english = client.get("/suggest?q=a", headers={"Accept-Language": "en"})
    assert english.get_json()["language"] == "en"
    assert "Accept-Language" in english.vary
    stated = client.get("/suggest?q=a&lang=ja", headers={"Accept-Language": "en"})
    assert stated.get_json()["language"] == "ja"
    assert "Accept-Language" not in stated.vary
    assert stated.headers["ETag"] != english.headers["ETag"]


# -- OpenSearch and robots -----------------------------------------------------------------------


def test_the_description_is_negotiated_by_language(client: FlaskClient) -> None:
    kind = "application/opensearchdescription+xml; charset=utf-8"
    for language in ("ja", "en"):
        answer = client.get("/opensearch.xml", headers={"Accept-Language": language})
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Location"] == f"/opensearch.{language}.xml"
        assert "Accept-Language" in answer.vary
        assert answer.data == client.get(f"/opensearch.{language}.xml").data
    assert client.get("/opensearch.fr.xml").status_code == 404


@both_sites
@both
def test_what_the_description_names_answers(
    request: pytest.FixtureRequest, fixture: str, root: str, language: str, release: Release
) -> None:
    client: FlaskClient = request.getfixturevalue(fixture)
    described = ElementTree.fromstring(client.get(f"{root}opensearch.{language}.xml").data)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    (query,) = described.iter(f"{space}Query")
    for url in described.iter(f"{space}Url"):
        template = url.get("template") or ""
        address = template.replace("{searchTerms}", quote(query.get("searchTerms") or ""))
        path = address.replace("{startPage?}", "")[address.index("/", 8) :]
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.mimetype == url.get("type")
    (image,) = described.iter(f"{space}Image")
    text = image.text or ""
    assert client.get(text[text.index("/", 8) :]).status_code == 200


def test_robots_are_kept_from_results(client: FlaskClient) -> None:
    rules = client.get("/robots.txt").text.splitlines()
    for rule in ("/search?", "/search.*?", "/suggest"):
        assert f"Disallow: {rule}" in rules
    assert "/search.ja.html" in client.get("/sitemap-1.xml").text


# -- What the sources do not have -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("人口", "人口"),
        ("事業費", "予算"),
        ("予算", "予算"),
        ("KPI", "指標（KPI）"),
        ("担当課", "担当課"),
    ],
)
def test_a_search_for_what_the_source_does_not_have_says_so(
    client: FlaskClient, asked: str, name: str
) -> None:
    query = {"q": asked}
    found = client.get("/search.json", query_string=query).get_json()["absent"]
    assert [one["name"]["ja"] for one in found] == [name]
    for language in ("ja", "en"):
        page = client.get(f"/search.{language}.html", query_string=query).text
        assert found[0]["text"][language] in page
        assert f'href="/about.{language}.html#absent"' in page


@pytest.mark.parametrize("asked", ["遠隔医療", "札幌市", "関係人口", "xyz"])
def test_other_searches_say_nothing_of_it(client: FlaskClient, asked: str) -> None:
    assert "absent" not in client.get("/search.json", query_string={"q": asked}).get_json()
    assert "#absent" not in client.get("/search.ja.html", query_string={"q": asked}).text
