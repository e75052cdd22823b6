from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from publish.formats import RDF_FORMATS, TURTLE
from publish.rdf import namespaces as ns
from publish.release.release import Release
from publish.web.routes.lists import PAGE, page_of
from tests.web.conftest import Page, link_header, triples

LIST = "/doc/municipality"


def test_a_list_is_cut_into_pages_that_end() -> None:
    members = tuple(map(str, range(2 * PAGE + 1)))
    pages = [page_of(members, number) for number in range(5)]
    assert pages[0] is pages[4] is None
    assert [len(page.members) for page in pages if page] == [PAGE, PAGE, 1]
    assert pages[1] and pages[1].neighbours() == {"first": 1, "next": 2, "last": 3}
    assert pages[3] and pages[3].neighbours() == {"first": 1, "prev": 2, "last": 3}
    assert pages[3].first_place == 2 * PAGE + 1


def test_a_list_of_nothing_has_one_empty_page() -> None:
    page = page_of((), 1)
    assert page and page.members == ()
    assert page_of((), 2) is None


def test_following_next_visits_every_thing_once(client: FlaskClient, release: Release) -> None:
    kind = release.shapes.kind("municipality")
    assert kind
    seen: list[str] = []
    address: list[str] = [f"{LIST}.ja.html"]
    while address:
        answer = client.get(address[0], headers={"Accept": "text/html"})
        assert answer.status_code == 200
        seen += [href for href in Page(answer.text).links if href.startswith(f"{LIST}/")]
        address = link_header(answer.headers.getlist("Link"), "next")
    assert len(seen) == len(set(seen)) == 179


@pytest.mark.parametrize("number", ["0", "5", "-1", "x", "1.0", "１", "99999999999999999999", ""])
def test_a_page_that_is_not_there_is_404(client: FlaskClient, number: str) -> None:
    assert client.get(LIST, query_string={"page": number}).status_code == 404


def test_the_first_page_has_one_address(client: FlaskClient) -> None:
    plain, numbered = client.get(LIST), client.get(f"{LIST}?page=1")
    assert plain.headers["Content-Location"] == numbered.headers["Content-Location"]
    assert plain.headers["ETag"] == numbered.headers["ETag"]


def test_pages_have_their_own_variants(client: FlaskClient, release: Release) -> None:
    answer = client.get(f"{LIST}?page=2", headers={"Accept": "text/turtle"})
    assert answer.headers["Content-Location"] == f"{LIST}.ttl?page=2"
    links = answer.headers.getlist("Link")
    assert link_header(links, "prev") == [LIST]
    assert link_header(links, "next") == [f"{LIST}?page=3"]
    assert link_header(links, "last") == [f"{LIST}?page=4"]
    assert link_header(links, "canonical") == [release.iris.base + f"{LIST}?page=2"[1:]]
    first = client.get(f"{LIST}.ttl")
    assert first.headers["ETag"] != answer.headers["ETag"]


def test_the_data_twins_of_a_list_say_the_same(client: FlaskClient, release: Release) -> None:
    address = "/doc/pillar"
    said = [
        triples(client.get(f"{address}.{format_.suffix}").data, format_) for format_ in RDF_FORMATS
    ]
    assert all(lines == said[0] for lines in said)


def test_the_data_twin_of_a_list_says_types_and_labels(
    client: FlaskClient, release: Release
) -> None:
    lines = triples(client.get("/doc/region.ttl").data, TURTLE)
    sorachi = release.iris.thing("region", "sorachi")
    assert f'<{sorachi}> <{ns.SKOS}prefLabel> "空知地域"@ja .' in lines
    assert f"<{sorachi}> <{ns.RDF}type> <{release.iris.of('ontology#Region')}> ." in lines


def test_the_table_of_a_type_is_whole(client: FlaskClient, release: Release) -> None:
    answer = client.get(LIST, headers={"Accept": "text/csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Location"] == f"{LIST}.csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 179
    sapporo = next(
        row for row in rows if row["iri"] == release.iris.thing("municipality", "011002")
    )
    assert sapporo["prefLabel_ja"] == "札幌市"
    assert sapporo["prefLabel_en"] == "Sapporo"


def test_a_page_of_a_list_is_not_a_table(client: FlaskClient) -> None:
    assert client.get(f"{LIST}.csv?page=2").status_code == 404
    assert client.get(f"{LIST}?page=2", headers={"Accept": "text/csv"}).status_code == 406


def test_every_type_has_a_list_and_is_on_the_index(client: FlaskClient, release: Release) -> None:
    links = Page(client.get("/doc.en.html").text).links
    for kind in release.shapes.kinds:
        address = f"/doc/{kind.segment}"
        assert f"{address}.en.html" in links
        assert client.get(address).status_code == 200


def test_the_index_names_the_classes_as_data(client: FlaskClient, release: Release) -> None:
    lines = triples(client.get("/doc.ttl").data, TURTLE)
    assert any(release.iris.of("ontology#Pillar") in line and "label" in line for line in lines)


@pytest.mark.parametrize("path", ["/doc/", "/doc/nothing", "/doc/pillar/", "/doc/pillar.pdf"])
def test_a_list_that_does_not_exist_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
