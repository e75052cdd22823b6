"""`/sameas` over HTTP: forms, languages, batches, caches, limits, hostile input."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import html5lib
import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.formats import RDF_FORMATS
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.settings import Settings
from publish.web.app.requests import MOST_ENTRIES, MOST_LIST_BYTES
from server import create_app
from tests.support.served import Served
from tests.support.succession import Succession
from tests.web.conftest import Page

ITEM = "http://www.wikidata.org/entity/Q37951"
PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
UNKNOWN = "http://www.wikidata.org/entity/Q1"
both = pytest.mark.parametrize("language", ["ja", "en"])
HOSTILE = [
    '"><script>alert(1)</script>',
    "javascript:alert(1)",
    "http://example.jp/\x00",
    "http://example.jp/\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "{{ 7*7 }}",
    "<" * 3000,
    "http://[::1/",
    "http://a:b:c/",
]


def said(answer: Any) -> Any:
    """Return the JSON of an answer."""
    return answer.json


def asked(client: FlaskClient, *uris: str, **headers: str) -> Any:
    query = "&".join(f"uri={quote(uri, safe='')}" for uri in uris)
    return client.get(f"/sameas?{query}", headers=PROGRAM | headers)


def posted(client: FlaskClient, body: str | bytes, type_: str, accept: str = "*/*") -> Any:
    headers = {"Content-Type": type_, "Accept": accept}
    return client.post("/sameas", data=body, headers=headers)


# -- one and several


def test_theirs_leads_to_ours_with_relation_linkset_and_confidence(
    client: FlaskClient, release: Release
) -> None:
    answer = asked(client, "https://www.wikidata.org/wiki/Q37951")
    assert answer.status_code == 200 and answer.content_type == "application/json"
    (result,) = said(answer)["results"]
    assert result["iri"] == ITEM and result["ours"] is False
    (link,) = result["links"]
    assert link["ours"] == release.iris.of("id/municipality/011002")
    assert link["name"] == {"ja": "札幌市", "en": "Sapporo"} and link["type"] == "municipality"
    assert link["relation"] == ns.SKOS + "exactMatch" and link["confidence"] == "high"
    assert link["linkset"]["iri"] == release.iris.of("id/linkset/wikidata-confirmed")
    assert set(link["linkset"]["name"]) == {"ja", "en"}


def test_ours_leads_to_all_of_theirs(client: FlaskClient, release: Release) -> None:
    (result,) = asked(client, release.iris.of("doc/municipality/011002")).json["results"]
    assert result["ours"] is True
    theirs = {link["theirs"] for link in result["links"]}
    assert {ITEM, "https://sws.geonames.org/2128291/"} <= theirs
    linksets = [link["linkset"]["iri"] for link in result["links"]]
    assert len(linksets) == len(set(linksets))


def test_several_are_answered_in_their_order_the_unknown_ones_too(client: FlaskClient) -> None:
    answer = asked(client, UNKNOWN, ITEM, "札幌市")
    assert answer.status_code == 200
    results = said(answer)["results"]
    assert [one["uri"] for one in results] == [UNKNOWN, ITEM, "札幌市"]
    assert [bool(one["links"]) for one in results] == [False, True, False]
    assert all({"ja", "en"} == set(one["problem"]) for one in (results[0], results[2]))


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.suffix)
def test_rdf_is_exactly_the_statements(client: FlaskClient, release: Release, format_: Any) -> None:
    thing = release.iris.of("id/municipality/011002")
    expected = {
        quad
        for quad in release.store.quads_for_pattern(
            ox.NamedNode(thing), None, None, ox.NamedNode(release.iris.graph("links"))
        )
    }
    answer = client.get(f"/sameas.{format_.suffix}?uri={quote(thing)}")
    assert answer.status_code == 200 and answer.content_type == format_.content_type
    found = set(ox.parse(answer.data, format=format_.rdf))
    if format_.suffix not in ("trig", "nq"):
        expected = {ox.Quad(q.subject, q.predicate, q.object) for q in expected}
    assert found == expected and found


def test_what_is_answered_in_one_form_is_linked_to_the_others(client: FlaskClient) -> None:
    answer = asked(client, ITEM)
    assert {"Accept", "Accept-Language"} <= set(answer.vary)
    links = answer.headers.getlist("Link")
    assert any("sameas.ttl?uri=" in one and "alternate" in one for one in links)
    assert answer.headers["Content-Location"].startswith("/sameas.json?uri=")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_an_answer_is_validated_by_its_entity_tag_and_head_is_get(client: FlaskClient) -> None:
    answer = asked(client, ITEM)
    again = asked(client, ITEM, **{"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    assert asked(client, ITEM, UNKNOWN).headers["ETag"] != answer.headers["ETag"]
    head = client.head(f"/sameas?uri={ITEM}", headers=PROGRAM)
    assert (head.status_code, head.headers["ETag"], head.data) == (200, answer.headers["ETag"], b"")


# -- what is not known


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("application/json", "application/problem+json"),
        ("text/turtle", "application/problem+json"),
        ("text/html", "text/html; charset=utf-8"),
        ("text/plain, application/json;q=0.5", "text/plain; charset=utf-8"),
    ],
)
def test_an_unknown_iri_is_404_with_the_reason(
    client: FlaskClient, accept: str, type_: str
) -> None:
    # "*": whatever exists; what does not exist is not "not modified"
    headers = {"Accept": accept, "If-None-Match": "*", "Accept-Language": "en"}
    answer = client.get(f"/sameas?uri={UNKNOWN}", headers=headers)
    assert (answer.status_code, answer.content_type) == (404, type_)
    assert "corresponds to" in answer.text
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers


def test_a_withdrawn_thing_is_410_with_its_successor(succession: Succession) -> None:
    client = create_app(Settings(releases=succession.releases)).test_client()
    uri = "https://data.example.jp/lod/id/plan/night-bus"
    successor = "https://data.example.jp/lod/id/plan/remote-care"
    answer = client.get(f"/lod/sameas?uri={uri}", headers=PROGRAM)
    assert answer.status_code == 410
    assert said(answer)["results"][0]["successor"] == successor
    assert f'<{successor}>; rel="successor-version"' in answer.headers.getlist("Link")
    page = client.get(f"/lod/sameas?uri={uri}", headers=PERSON)
    assert page.status_code == 410 and "/lod/doc/plan/remote-care.ja.html" in page.text


def test_without_an_iri_there_is_a_form_and_nothing_for_programs(client: FlaskClient) -> None:
    assert client.get("/sameas", headers=PERSON).status_code == 200
    refused = client.get("/sameas", headers=PROGRAM)
    assert refused.status_code == 400 and "uri=" in said(refused)["detail"]
    assert client.get("/sameas?uri=", headers=PROGRAM).status_code == 400
    assert client.get("/sameas.csv?uri=a").status_code == 404
    assert client.get("/sameas", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_looked_up_like_any_other_and_escaped(
    client: FlaskClient, text: str
) -> None:
    page = client.get("/sameas", query_string={"uri": text}, headers=PERSON)
    assert page.status_code == 404
    html5lib.HTMLParser(strict=True).parse(page.data, transport_encoding="utf-8")
    assert "<script>alert" not in page.text and 'href="javascript:' not in page.text
    sent = posted(client, json.dumps([text]), "application/json")
    assert sent.status_code == 200 and said(sent)["results"][0]["links"] == []


def test_half_a_surrogate_pair_is_no_text_and_breaks_nothing(client: FlaskClient) -> None:
    answer = posted(client, '["http://example.jp/\\ud800", "\\ud800"]', "application/json")
    assert answer.status_code == 200 and len(said(answer)["results"]) == 2


# -- batches


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (json.dumps({"uris": [ITEM, UNKNOWN]}), "application/json"),
        (json.dumps([ITEM, UNKNOWN]), "application/json; charset=utf-8"),
        (f"\ufeff{ITEM}\r\n\r\n {UNKNOWN}\n", "text/plain"),
        (f"uris={quote(ITEM)}%0D%0A{quote(UNKNOWN)}", "application/x-www-form-urlencoded"),
        (f"uri={quote(ITEM)}&uri={quote(UNKNOWN)}", "application/x-www-form-urlencoded"),
    ],
)
def test_a_list_is_read_as_json_lines_or_form(client: FlaskClient, body: str, type_: str) -> None:
    answer = posted(client, body.encode(), type_)
    assert answer.status_code == 200 and answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    assert [one["uri"] for one in said(answer)["results"]] == [ITEM, UNKNOWN]
    assert [len(one["links"]) for one in said(answer)["results"]] == [1, 0]


def test_a_list_is_answered_as_rdf_and_as_a_page(client: FlaskClient) -> None:
    turtle = posted(client, f"{ITEM}\n{UNKNOWN}", "text/plain", "text/turtle")
    assert turtle.content_type == "text/turtle; charset=utf-8"
    assert len(list(ox.parse(turtle.data, format=ox.RdfFormat.TURTLE))) == 1
    page = client.post("/sameas.en.html", data={"uris": f"{ITEM}\n{UNKNOWN}"})
    assert page.status_code == 200 and page.headers["Content-Language"] == "en"
    assert "Sapporo" in page.text and UNKNOWN in page.text
    html5lib.HTMLParser(strict=True).parse(page.data, transport_encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "type_", "status"),
    [
        ("", "text/plain", 400),
        ("\n \n", "text/plain", 400),
        (b"\xff\xfe", "text/plain", 400),
        ("{", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("[]", "application/json", 400),
        ("[1]", "application/json", 400),
        ('{"uri": "a"}', "application/json", 400),
        ("<a/>", "application/xml", 415),
        ("\n".join(["a:b"] * (MOST_ENTRIES + 1)), "text/plain", 413),
        ("a" * (MOST_LIST_BYTES + 1), "text/plain", 413),
        ("uris=" + "a" * MOST_LIST_BYTES, "application/x-www-form-urlencoded", 413),
    ],
)
def test_what_is_no_list_or_too_long_is_refused_in_both_languages(
    client: FlaskClient, body: str | bytes, type_: str, status: int
) -> None:
    answer = posted(client, body, type_)
    assert answer.status_code == status
    assert said(answer)["detail"] and said(answer)["detail_ja"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_full_batch_is_answered_over_http(served: Served, release: Release) -> None:
    uris = [
        f"https://www.wikidata.org/wiki/Q{number}"
        for number in range(37_000, 37_000 + MOST_ENTRIES)
    ]
    answer = served.request(
        "POST", (), {"Content-Type": "text/plain"}, "\n".join(uris), path="sameas"
    )
    assert answer.status == 200
    found = [one for one in said(answer)["results"] if one["links"]]
    assert release.iris.of("id/municipality/011002") in {one["links"][0]["ours"] for one in found}
    assert len(said(answer)["results"]) == MOST_ENTRIES


# -- pages


@both
@pytest.mark.parametrize("query", ["", f"?uri={ITEM}", f"?uri={ITEM}&uri=a"])
def test_the_page_is_html_without_an_error_in_its_language(
    client: FlaskClient, small: FlaskClient, language: str, query: str
) -> None:
    for asked_, root in ((client, "/"), (small, "/lod/")):
        answer = asked_.get(f"{root}sameas.{language}.html{query}")
        assert answer.status_code in (200, 404)
        html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
        page = Page(answer.text)
        assert page.language == language
        assert all(not href.startswith("/sameas") for href in page.links) or root == "/"


def test_the_small_project_finds_its_own(small: FlaskClient) -> None:
    answer = small.get("/lod/sameas?uri=https://www.wikidata.org/entity/Q900001", headers=PROGRAM)
    (link,) = said(answer)["results"][0]["links"]
    assert link["ours"] == "https://data.example.jp/lod/id/town/992011"
    assert "confidence" not in link


def test_crawlers_are_kept_from_answers(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /sameas?" in lines and "Disallow: /sameas.*?" in lines
