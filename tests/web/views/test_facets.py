"""Lists narrowed down over HTTP: one address for each state, with its twins; no endless space."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qsl, unquote, urlsplit

import html5lib
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from publish.formats import RDF_FORMATS, TURTLE
from publish.rdf import namespaces as ns
from publish.release.release import Release
from tests.web.conftest import Page, link_header, triples

LIST = "/doc/initiative"
FARMS = "stage=planned&beneficiary=farmers&beneficiary=fishers"
EMPTY = "stage=under-way&region=sorachi"
PERSON = {"Accept": "text/html"}
both = pytest.mark.parametrize("language", ["ja", "en"])


def page(client: FlaskClient, query: str, language: str = "ja", kind: str = "initiative") -> Page:
    answer = client.get(f"/doc/{kind}.{language}.html?{query}", headers=PERSON)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def shown(found: Page, kind: str = "initiative") -> list[str]:
    """Return the keys of the things on a page."""
    start = f"/doc/{kind}/"
    links = [urlsplit(link).path for link in found.links if link.startswith(start)]
    return [link.removeprefix(start).partition(".")[0] for link in links]


def boxes(found: Page) -> dict[tuple[str, str], bool]:
    return {(b["name"], b["value"]): "checked" in b for b in found.all("input", type="checkbox")}


# -- Addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("beneficiary=fishers,farmers&stage=planned", FARMS),
        ("stage=&sort=name", "sort=name"),
        ("sort=name&stage=planned", "stage=planned&sort=name"),
        ("page=1&stage=", ""),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".en.html", ".csv"])
def test_another_form_of_an_address_leads_to_the_one(
    client: FlaskClient, asked: str, canonical: str, suffix: str
) -> None:
    answer = client.get(f"{LIST}{suffix}?{asked}")
    assert answer.status_code == 302
    expected = f"{LIST}{suffix}?{canonical}" if canonical else f"{LIST}{suffix}"
    assert answer.headers["Location"] == expected
    assert client.get(expected).status_code == 200


def test_parameters_that_mean_nothing_are_left_out_of_what_the_page_says(
    client: FlaskClient, release: Release
) -> None:
    answer = client.get(f"{LIST}.en.html?utm_source=letter&stage=planned")
    assert answer.status_code == 200
    assert "utm_source" not in answer.text
    canonical = release.iris.of("doc/initiative.en.html?stage=planned")
    assert link_header(answer.headers.getlist("Link"), "canonical") == [canonical]
    (said,) = Page(answer.text).all("link", rel="canonical")
    assert said["href"] == canonical


def test_a_value_that_does_not_exist_is_explained(client: FlaskClient) -> None:
    answer = client.get(f"{LIST}?stage=planned&pillar=nothing")
    assert answer.status_code == 404
    problem = answer.get_json(force=True)
    assert problem["detail"] == 'There is no value "nothing" of "pillar".'
    assert problem["detail_ja"] == "「施策の柱」の値に「nothing」はありません。"
    assert problem["alternatives"] == [{"href": f"{LIST}?stage=planned"}]


def test_a_value_of_the_code_list_that_nothing_has_is_no_mistake(client: FlaskClient) -> None:
    found = page(client, "region=tokachi")
    assert shown(found) == []


@pytest.mark.parametrize(
    "query",
    [
        "stage=planned&pillar=living&fiscalYear=2021&beneficiary=farmers",
        "&".join(
            f"beneficiary={key}"
            for key in ["businesses", "care-facilities", "farmers", "fishers", "food-businesses",
            "forestry-operators", "low-income-households", "medical-institutions",
            "municipalities", "newcomers", "older-people"]
        ),
    ],
    ids=["facets", "values"],
)  # fmt: skip
@both
def test_combinations_end_somewhere(client: FlaskClient, query: str, language: str) -> None:
    answer = client.get(
        f"{LIST}.{language}.html?{query}", headers=PERSON | {"Accept-Language": language}
    )
    assert answer.status_code == 400
    found = Page(answer.text)
    assert "Please choose fewer." in found.text and "条件を減らしてください。" in found.text
    (way,) = [link for link in found.links if "?" in link]
    assert client.get(way).status_code == 200


def test_a_state_has_no_page_beyond_its_end(client: FlaskClient) -> None:
    assert client.get(f"{LIST}?{FARMS}&page=2").status_code == 404
    assert client.get("/doc/municipality?municipalityType=town&page=4").status_code == 404


def test_following_next_visits_what_was_chosen_once_in_its_order(client: FlaskClient) -> None:
    query = "municipalityType=town&municipalityType=village&sort=name"
    address, seen = [f"/doc/municipality.ja.html?{query}"], list[str]()
    while address:
        answer = client.get(address[0], headers=PERSON)
        seen += shown(Page(answer.text), "municipality")
        address = link_header(answer.headers.getlist("Link"), "next")
    assert len(seen) == len(set(seen)) == 144
    table = client.get(f"/doc/municipality.csv?{query}")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["iri"].rpartition("/")[2] for row in rows] == seen


# -- Twins ----------------------------------------------------------------------------------------


def test_the_twins_of_a_state_are_of_that_state(client: FlaskClient, release: Release) -> None:
    keys = shown(page(client, FARMS))
    assert len(keys) == 3
    iris = {release.iris.thing("initiative", key) for key in keys}
    said = []
    for format_ in RDF_FORMATS:
        answer = client.get(f"{LIST}.{format_.suffix}?{FARMS}")
        said.append(triples(answer.data, format_))
        assert answer.headers["Content-Location"] == f"{LIST}.{format_.suffix}?{FARMS}"
    assert all(lines == said[0] for lines in said)
    type_ = f"<{ns.RDF}type>"
    assert {line.split("> ")[0][1:] for line in said[0] if type_ in line} == iris
    rows = csv.DictReader(io.StringIO(client.get(f"{LIST}.csv?{FARMS}").text))
    assert {row["iri"] for row in rows} == iris


def test_each_state_has_a_tag_of_its_own(client: FlaskClient) -> None:
    addresses = [
        LIST, f"{LIST}?{FARMS}", f"{LIST}?{FARMS}&sort=name", f"{LIST}.ttl?{FARMS}",
        f"{LIST}.ttl?stage=planned", f"{LIST}.csv?{FARMS}", f"{LIST}.csv",
    ]  # fmt: skip
    tags = {client.get(address, headers=PERSON).headers["ETag"] for address in addresses}
    assert len(tags) == len(addresses)


def test_a_state_names_its_twins_and_its_neighbours(client: FlaskClient) -> None:
    query = "municipalityType=town"
    links = client.get(f"/doc/municipality.ja.html?{query}&page=2").headers.getlist("Link")
    assert f"/doc/municipality.ttl?{query}&page=2" in link_header(links, "alternate")
    assert link_header(links, "prev") == link_header(links, "first")
    assert link_header(links, "prev") == [f"/doc/municipality?{query}"]
    assert link_header(links, "next") == [f"/doc/municipality?{query}&page=3"]
    found = page(client, f"{query}&page=2", kind="municipality")
    assert f"/doc/municipality.csv?{query}" in found.links


def test_the_page_opens_the_query_that_finds_what_it_shows(
    client: FlaskClient, release: Release
) -> None:
    found = page(client, FARMS)
    (opening,) = [link for link in found.links if "/sparql." in link and "query=" in link]
    query = dict(parse_qsl(urlsplit(opening).query))["query"]
    rows = release.store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    asked = [getattr(row["thing"], "value", "").rpartition("/")[2] for row in rows]
    assert asked == shown(found)


# -- What a reader sees ---------------------------------------------------------------------------


@both
@pytest.mark.parametrize("query", ["", FARMS, EMPTY, "sort=name", "region=sorachi&region=iburi"])
def test_each_state_is_html_without_an_error(
    client: FlaskClient, query: str, language: str
) -> None:
    answer = client.get(f"{LIST}.{language}.html?{query}", headers=PERSON)
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
    assert len(answer.data) < 100_000


def test_what_is_chosen_is_checked_and_what_finds_nothing_is_not_offered(
    client: FlaskClient,
) -> None:
    found = boxes(page(client, FARMS))
    chosen = [pair for pair, is_checked in found.items() if is_checked]
    assert chosen == parse_qsl(FARMS)
    assert ("region", "iburi") in found and ("region", "sorachi") not in found
    # what would be found beside the others of its own facet stays on offer
    assert ("stage", "under-way") in found


def test_the_form_sends_addresses_in_their_one_form(client: FlaskClient) -> None:
    found = page(client, "sort=name")
    assert [one["value"] for one in found.all("input", type="hidden", name="sort")] == ["name"]
    for facet in ("stage", "beneficiary", "subject"):
        offered = [key for name, key in boxes(found) if name == facet][-10:]
        sent = "&".join(f"{facet}={key}" for key in offered)
        assert client.get(f"{LIST}?{sent}&sort=name").status_code == 200


def test_each_condition_can_be_taken_back_by_a_link(client: FlaskClient) -> None:
    found = page(client, f"{FARMS}&sort=name-en", "en")
    assert f"{LIST}.en.html?stage=planned&beneficiary=fishers&sort=name-en" in found.links
    assert f"{LIST}.en.html?sort=name-en" in found.links
    assert "Target group: Farmers" in found.text
    assert "3 of 25" in found.text


def test_an_empty_result_tells_the_ways_out(client: FlaskClient) -> None:
    found = page(client, EMPTY, "en")
    assert "0 of 25" in found.text
    assert "Nothing meets all of these conditions." in found.text
    for way, number in (("region=sorachi", 3), ("stage=under-way", 5)):
        assert f"{LIST}.en.html?{way}" in found.links
        assert len(shown(page(client, way, "en"))) == number


def test_what_cannot_be_combined_any_more_is_not_offered(client: FlaskClient) -> None:
    found = page(client, "stage=planned&fiscalYear=2021&beneficiary=visitors", "en")
    assert {name for name, _ in boxes(found)} == {"stage", "fiscalYear", "beneficiary"}
    assert "Remove another condition to choose here." in found.text


def test_things_are_shown_with_the_values_by_which_they_differ(client: FlaskClient) -> None:
    japanese = page(client, "municipalityType=city", kind="municipality")
    assert "札幌市" in japanese.text and "石狩地域" in japanese.text
    english = page(client, "municipalityType=city", "en", kind="municipality")
    assert "Sapporo" in english.text and "Ishikari" in english.text
    assert "種別" not in english.text


def test_a_list_by_date_shows_the_dates(client: FlaskClient) -> None:
    assert "2021年3月" in page(client, "sort=date", kind="activity").text
    assert "March 2021" in page(client, "sort=date", "en", kind="activity").text


def test_the_title_tells_the_state(client: FlaskClient) -> None:
    html = client.get(f"{LIST}.ja.html?{FARMS}", headers=PERSON).text
    assert "<title>取組（実施予定、農業者、漁業者） – " in html


def test_the_language_switch_keeps_the_state(client: FlaskClient) -> None:
    assert f"{LIST}.en.html?{FARMS}" in page(client, FARMS).links
    redirected = client.get(f"{LIST}.html?{FARMS}&lang=en")
    assert redirected.headers["Location"] == f"{LIST}.en.html?{FARMS}"


# -- Crawlers, caches -----------------------------------------------------------------------------


@pytest.mark.parametrize("query", [FARMS, EMPTY, "sort=name", "stage=planned"])
def test_crawlers_keep_no_state_but_the_whole_list(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{LIST}.ja.html?{query}", headers=PERSON)
    assert Page(answer.text).all("meta", name="robots", content="noindex")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"{LIST}.csv?{query}").headers["X-Robots-Tag"] == "noindex"
    whole = client.get("/doc/municipality.ja.html?page=2", headers=PERSON)
    assert Page(whole.text).all("meta", name="robots") == []
    assert "X-Robots-Tag" not in whole.headers


@pytest.mark.parametrize("query", ["", FARMS, EMPTY, "municipalityType=town&page=2"])
def test_links_to_other_states_are_not_to_be_followed(client: FlaskClient, query: str) -> None:
    kind = "municipality" if "municipality" in query else "initiative"
    found = page(client, query, kind=kind)
    switch = [link for link in found.all("a", rel="alternate") if "hreflang" in link]
    states = [link for link in found.all("a") if f"/doc/{kind}." in link["href"]]
    states = [link for link in states if "?" in link["href"] and link not in switch]
    assert states or not query
    assert [link["href"] for link in states if "nofollow" not in link.get("rel", "")] == []


def test_the_server_keeps_one_answer_for_each_state_and_none_for_other_forms(
    app: Flask, client: FlaskClient
) -> None:
    for number in range(20):
        assert client.get(f"{LIST}?sort=name&stage=planned&x={number}").status_code == 302
    tags = {
        client.get(f"{LIST}.nt?stage=planned&sort=name&x={number}").headers["Content-Location"]
        for number in range(20)
    }
    assert tags == {f"{LIST}.nt?stage=planned&sort=name"}


# -- The small project ----------------------------------------------------------------------------


@both
def test_another_project_is_narrowed_down_by_its_own_properties(
    small: FlaskClient, language: str
) -> None:
    answer = small.get(f"/lod/doc/plan.{language}.html", headers=PERSON)
    html5lib.HTMLParser(strict=True).parse(answer.data, transport_encoding="utf-8")
    assert {name for name, _ in boxes(Page(answer.text))} == {"town", "subject"}
    narrowed = Page(small.get(f"/lod/doc/plan.{language}.html?town=992011", headers=PERSON).text)
    assert [link for link in narrowed.links if "/doc/plan/" in link] == [
        f"/lod/doc/plan/remote-care.{language}.html"
    ]
    turtle = small.get("/lod/doc/plan.ttl?subject=robotics").data
    assert all("snow-robots" in line for line in triples(turtle, TURTLE))


def test_a_type_without_facets_has_a_plain_list(small: FlaskClient) -> None:
    found = Page(small.get("/lod/doc/town.ja.html", headers=PERSON).text)
    assert found.all("form", **{"data-autosubmit": ""}) == [] and boxes(found) == {}
    assert len([link for link in found.links if "/doc/town/" in unquote(link)]) == 2
    assert small.get("/lod/doc/town?subject=care", headers=PERSON).status_code == 200
