from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from publish.browse.lists import members
from publish.formats import DOCUMENT_FORMATS, JSONLD, RDF_FORMATS, TURTLE
from publish.rdf import rdfxml
from publish.release.release import Release
from publish.settings import Settings
from server import create_app
from tests.web.conftest import Page, link_header, triples

DOC = "/doc/initiative/telemedicine"
THING = "/id/initiative/telemedicine"


@pytest.mark.parametrize("accept", [None, "", "*/*", "text/html", "text/turtle", "image/png"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_thing_leads_to_its_document_in_one_hop_whatever_is_accepted(
    client: FlaskClient, accept: str | None, method: str
) -> None:
    headers = {} if accept is None else {"Accept": accept}
    answer = client.open(THING, method=method, headers=headers)
    assert answer.status_code == 303
    assert answer.headers["Location"] == DOC
    assert answer.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert answer.vary.to_header() == "Accept, Accept-Language"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert link_header(answer.headers.getlist("Link"), "describedby") == [DOC]


def test_the_way_to_a_thing_has_exactly_one_redirect(client: FlaskClient) -> None:
    answer = client.get(THING, follow_redirects=True, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    assert [one.status_code for one in answer.history] == [303]


def test_a_document_is_negotiated_into_every_format(client: FlaskClient) -> None:
    for one in DOCUMENT_FORMATS:
        answer = client.get(DOC, headers={"Accept": one.media_type})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == one.content_type
        suffix = "ja.html" if one.suffix == "html" else one.suffix
        assert answer.headers["Content-Location"] == f"{DOC}.{suffix}"
        assert answer.vary.to_header() == "Accept, Accept-Language"
        fixed = client.get(f"{DOC}.{suffix}")
        assert fixed.data == answer.data
        assert fixed.headers["ETag"] == answer.headers["ETag"]
        assert "Vary" not in fixed.headers


def test_without_a_wish_the_page_comes_in_japanese(client: FlaskClient) -> None:
    answer = client.get(DOC)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Language"] == "ja"


@pytest.mark.parametrize("address", [DOC, f"{DOC}.html"])
@pytest.mark.parametrize(("wish", "language"), [("en-GB", "en"), ("ja", "ja"), ("fr", "ja")])
def test_the_language_of_a_page_is_negotiated(
    client: FlaskClient, address: str, wish: str, language: str
) -> None:
    answer = client.get(address, headers={"Accept": "text/html", "Accept-Language": wish})
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Content-Location"] == f"{DOC}.{language}.html"
    assert "Accept-Language" in answer.vary
    assert Page(answer.text).language == language


def test_a_language_in_the_address_is_not_overruled(client: FlaskClient) -> None:
    answer = client.get(f"{DOC}.en.html", headers={"Accept-Language": "ja"})
    assert answer.headers["Content-Language"] == "en"


def test_the_lang_parameter_leads_to_the_fixed_page(client: FlaskClient) -> None:
    answer = client.get(f"{DOC}.html?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{DOC}.en.html")
    assert client.get(f"{DOC}.html?lang=fr").status_code == 200


def test_a_document_names_all_its_forms_and_its_thing(
    client: FlaskClient, release: Release
) -> None:
    answer = client.get(f"{DOC}.ttl")
    links = answer.headers.getlist("Link")
    assert f'<{DOC}.en.html>; rel="alternate"; type="text/html"; hreflang="en"' in links
    assert f'<{DOC}.jsonld>; rel="alternate"; type="application/ld+json"' in links
    assert len(link_header(links, "alternate")) == len(RDF_FORMATS) - 1 + 2
    assert link_header(links, "canonical") == [release.iris.base + DOC[1:]]
    assert link_header(links, "describes") == [release.iris.base + THING[1:]]
    assert link_header(links, "describedby") == ["/void"]
    assert link_header(links, "license") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_every_alternate_exists_and_has_the_type_it_is_said_to_have(client: FlaskClient) -> None:
    for value in client.get(f"{DOC}.ja.html").headers.getlist("Link"):
        if 'rel="alternate"' in value:
            answer = client.get(value[1:].split(">")[0])
            assert answer.status_code == 200
            assert f'type="{answer.mimetype}"' in value


@pytest.mark.parametrize("suffix", ["ttl", "ja.html", "nq"])
def test_head_tells_the_same_as_get(client: FlaskClient, suffix: str) -> None:
    get, head = client.get(f"{DOC}.{suffix}"), client.head(f"{DOC}.{suffix}")
    assert head.status_code == get.status_code == 200
    assert head.data == b""
    assert sorted(head.headers) == sorted(get.headers)
    assert head.headers["Content-Length"] == str(len(get.data))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_the_client_has_already_is_not_sent_again(client: FlaskClient, method: str) -> None:
    first = client.get(DOC, headers={"Accept": "text/turtle"})
    again = client.open(
        DOC,
        method=method,
        headers={"Accept": "text/turtle", "If-None-Match": f'W/{first.headers["ETag"]}, "x"'},
    )
    assert again.status_code == 304
    assert again.data == b""
    for name in ("ETag", "Vary", "Cache-Control", "Content-Location"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" not in again.headers


def test_each_variant_has_an_entity_tag_of_its_own(client: FlaskClient) -> None:
    suffixes = ["ja.html", "en.html", *(format_.suffix for format_ in RDF_FORMATS)]
    tags = {client.get(f"{DOC}.{suffix}").headers["ETag"] for suffix in suffixes}
    assert len(tags) == len(suffixes)
    turtle = client.get(f"{DOC}.ttl").headers["ETag"]
    assert client.get(f"{DOC}.nt", headers={"If-None-Match": turtle}).status_code == 200


def test_a_conditional_request_for_nothing_is_404(client: FlaskClient) -> None:
    for path in ("/doc/initiative/none", "/doc/initiative/telemedicine.pdf"):
        assert client.get(path, headers={"If-None-Match": "*"}).status_code == 404


def test_what_cannot_be_had_is_406_with_what_can(client: FlaskClient) -> None:
    answer = client.get(DOC, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.vary.to_header() == "Accept, Accept-Language"
    offered = {way["href"]: way["type"] for way in answer.get_json()["alternatives"]}
    assert offered[f"{DOC}.ttl"] == "text/turtle"
    assert offered[f"{DOC}.en.html"] == "text/html"
    assert len(link_header(answer.headers.getlist("Link"), "alternate")) == len(offered)


@pytest.mark.parametrize(
    "path",
    [
        "/id/initiative/none",
        "/id/nothing/telemedicine",
        "/id/initiative/telemedicine/",
        "/id/initiative/Telemedicine",
        "/id/Initiative/telemedicine",
        "/id/initiative/telemedicine.ttl",
        "/id/initiative/",
        "/id/initiative",
        "/id",
        "/doc/initiative/telemedicine/",
        "/doc/initiative/TELEMEDICINE",
        "/doc/initiative/telemedicine.",
        "/doc/initiative/telemedicine.pdf",
        "/doc/initiative/telemedicine.fr.html",
        "/doc/initiative/telemedicine.ttl.ttl",
        "/doc/initiative/telemedicine.csv",
        "/doc/initiative/.ttl",
        "/doc/initiative/%E9%81%A0%E9%9A%94%E5%8C%BB%E7%99%82",
        "/doc/initiative/遠隔医療",
        "/doc/initiative/%FF%FE",
        "/doc/initiative/a%00b",
        "/doc/initiative/..%2f..%2fetc%2fpasswd",
        "/doc/initiative/../../manifest.json",
        "/doc/initiative/%3E%20%3C",
        "/doc/initiative/%22%3E%3Cscript%3E",
        "/doc/initiative/" + "a" * 5000,
        "//doc/initiative/telemedicine",
        "/doc//initiative/telemedicine",
    ],
)
def test_an_address_at_which_there_is_nothing_is_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in answer.text


def things(release: Release) -> list[str]:
    """Return one thing of each type."""
    found = [members(release.store, release.iris, kind)[:1] for kind in release.shapes.kinds]
    return [iri for some in found for iri in some]


def test_all_formats_of_a_document_say_the_same(client: FlaskClient, release: Release) -> None:
    for iri in things(release):
        document = release.iris.path(release.iris.document_of(iri) or "")
        said = {
            format_.suffix: triples(client.get(f"{document}.{format_.suffix}").data, format_)
            for format_ in RDF_FORMATS
        }
        turtle = said["ttl"]
        assert len(turtle) > 4
        assert {suffix for suffix, lines in said.items() if lines != turtle} == set(), document


def test_the_json_ld_in_a_page_says_what_the_turtle_says(
    client: FlaskClient, release: Release
) -> None:
    for iri in things(release):
        document = release.iris.path(release.iris.document_of(iri) or "")
        turtle = triples(client.get(f"{document}.ttl").data, TURTLE)
        for language in ("ja", "en"):
            embedded = Page(client.get(f"{document}.{language}.html").text).embedded
            content = json.dumps(embedded).encode()
            assert triples(content, JSONLD) == turtle, document


def test_provenance_survives_in_the_formats_with_graphs(
    client: FlaskClient, release: Release
) -> None:
    lines = client.get(f"{DOC}.nq").text.splitlines()
    graphs = {line.rsplit(" ", 2)[1] for line in lines}
    for name in ("source", "editorial", "derived"):
        assert f"<{release.iris.graph(name)}>" in graphs


class TestWithdrawn:
    """A thing that was withdrawn answers 410, and says when, why, and what follows it."""

    @pytest.mark.parametrize("path", ["/lod/id/plan/old-care", "/lod/doc/plan/old-care.ttl"])
    def test_as_problem_document(self, small: FlaskClient, path: str) -> None:
        answer = small.get(path)
        successor = "https://data.example.jp/lod/id/plan/remote-care"
        assert answer.status_code == 410
        assert answer.vary.to_header() == "Accept, Accept-Language"
        assert answer.get_json()["date"] == "2031-04-01"
        assert answer.get_json()["reason_ja"] == "「遠隔見守り」に統合"
        assert answer.get_json()["reason"] == "merged into “remote care”"
        assert answer.get_json()["successor"] == successor
        assert link_header(answer.headers.getlist("Link"), "successor-version") == [successor]

    def test_as_page(self, small: FlaskClient) -> None:
        answer = small.get("/lod/doc/plan/old-care", headers={"Accept": "text/html"})
        assert answer.status_code == 410
        page = Page(answer.text)
        assert "「遠隔見守り」に統合" in page.text
        assert "merged into “remote care”" in page.text
        assert "/lod/id/plan/remote-care" in page.links


class TestOneGraph:
    """`?graph=` is what one named graph says of a thing, in every format, and says so."""

    PART = f"{DOC}.ja.html?graph=source"

    def test_the_page_leads_to_each_graph_with_the_number_of_its_statements(
        self, client: FlaskClient
    ) -> None:
        page = Page(client.get(f"{DOC}.ja.html").text)
        for graph in ("source", "editorial", "derived"):
            (link,) = page.all("a", href=f"{DOC}.ja.html?graph={graph}")
            assert link["rel"] == "nofollow"

    def test_only_its_statements_are_shown(self, client: FlaskClient) -> None:
        html = client.get(self.PART).text
        assert "映像・動画" in html
        assert "実施予定" not in html
        main = html[html.index("<dl") : html.index("データとして取得")]
        assert 'class="badge of-source"' in main
        assert 'class="badge of-editorial"' not in main

    def test_the_page_says_so_and_leads_back(self, client: FlaskClient) -> None:
        page = Page(client.get(self.PART).text)
        assert "「資料」の印がある記述だけを示しています。" in page.text
        assert f"{DOC}.ja.html" in page.links
        (shown,) = page.all("a", **{"aria-current": "page"})
        assert shown["href"] == self.PART

    def test_the_canonical_address_is_that_of_the_whole(
        self, client: FlaskClient, release: Release
    ) -> None:
        for suffix, whole in (("ja.html", f"{DOC}.ja.html"), ("ttl", DOC)):
            answer = client.get(f"{DOC}.{suffix}?graph=source")
            found = link_header(answer.headers.getlist("Link"), "canonical")
            assert found == [release.iris.base + whole[1:]]
            assert answer.headers["X-Robots-Tag"] == "noindex"
        page = Page(client.get(self.PART).text)
        assert page.all("link", rel="canonical")[0]["href"].endswith(f"{DOC}.ja.html")
        assert page.all("meta", name="robots")[0]["content"] == "noindex"

    def test_the_twins_have_just_its_statements_in_every_format(
        self, client: FlaskClient, release: Release
    ) -> None:
        said = {
            format_.suffix: triples(
                client.get(f"{DOC}.{format_.suffix}?graph=source").data, format_
            )
            for format_ in RDF_FORMATS
        }
        assert all(lines == said["ttl"] for lines in said.values())
        whole = triples(client.get(f"{DOC}.ttl").data, TURTLE)
        about = {line for line in said["ttl"] if "?graph=source>" in line}
        assert said["ttl"] - about < whole
        quads = client.get(f"{DOC}.nq?graph=source").text.splitlines()
        graphs = {line.rsplit(" ", 2)[1] for line in quads if "?graph=source>" not in line}
        assert graphs == {f"<{release.iris.graph('source')}>"}

    def test_the_twins_say_that_they_are_a_part_of_which_whole(
        self, client: FlaskClient, release: Release
    ) -> None:
        turtle = triples(client.get(f"{DOC}.ttl?graph=source").data, TURTLE)
        document = release.iris.base + DOC[1:]
        part = "http://purl.org/dc/terms/isPartOf"
        assert f"<{document}?graph=source> <{part}> <{document}> ." in turtle

    def test_the_graphs_together_say_what_the_whole_says(
        self, client: FlaskClient, release: Release
    ) -> None:
        whole = client.get(f"{DOC}.nq").text.splitlines()
        found = set[str]()
        for graph in ("source", "editorial", "derived"):
            found |= set(client.get(f"{DOC}.nq?graph={graph}").text.splitlines())
        about_thing = {
            line for line in whole if line.startswith(f"<{release.iris.base}{THING[1:]}>")
        }
        assert about_thing and about_thing <= found

    def test_the_alternates_are_of_the_same_graph(self, client: FlaskClient) -> None:
        answer = client.get(self.PART)
        found = link_header(answer.headers.getlist("Link"), "alternate")
        assert found and all(one.endswith("?graph=source") for one in found)
        page = Page(answer.text)
        assert f"{DOC}.ttl?graph=source" in page.links
        assert f"{DOC}.ttl.ja.html?graph=source" in page.links
        assert f"{DOC}.en.html?graph=source" in page.links

    def test_its_source_can_be_read_on_screen(self, client: FlaskClient) -> None:
        html = client.get(f"{DOC}.ttl.ja.html?graph=source").text
        assert "一つのグラフの記述だけです。" in html
        assert "stage:planned" not in html
        assert "stage:planned" in client.get(f"{DOC}.ttl.ja.html").text

    @pytest.mark.parametrize("graph", ["reference", "nothing", "../source", "source&x", "%00"])
    def test_of_a_graph_that_says_nothing_there_is_none(
        self, client: FlaskClient, graph: str
    ) -> None:
        for suffix in ("ja.html", "ttl", "ttl.ja.html"):
            answer = client.get(f"{DOC}.{suffix}", query_string={"graph": graph})
            assert answer.status_code == 404
            assert DOC in [way["href"] for way in answer.get_json()["alternatives"]]

    def test_no_graph_leads_to_the_whole(self, client: FlaskClient) -> None:
        answer = client.get(f"{DOC}.ja.html?graph=")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{DOC}.ja.html")

    def test_the_language_is_kept_apart_from_the_graph(self, client: FlaskClient) -> None:
        answer = client.get(f"{DOC}.html?graph=source&lang=en")
        assert answer.headers["Location"] == f"{DOC}.en.html?graph=source"

    def test_where_one_graph_says_all_there_is_nothing_to_choose(self, client: FlaskClient) -> None:
        assert 'class="graphs"' not in client.get("/doc/geometry/region-sorachi.ja.html").text

    def test_kasumi(self, small: FlaskClient) -> None:
        path = "/lod/doc/plan/remote-care.ja.html"
        assert f"{path}?graph=editorial" in Page(small.get(path).text).links
        page = Page(small.get(f"{path}?graph=editorial").text)
        assert "Promotion of “remote care”" in page.text


# -- What RDF/XML cannot express -------------------------------------------------------------------

ODD, EVEN = "/lod/doc/plan/remote-care", "/lod/doc/plan/snow-robots"
_RDF_XML = "application/rdf+xml"


@pytest.fixture(scope="module")
def odd(unsayable: Path) -> FlaskClient:
    """A client of the small project in which one plan has properties without a name for XML."""
    return create_app(Settings(releases=unsayable / "releases")).test_client()


@pytest.mark.parametrize(
    ("address", "accept"),
    [
        (ODD, _RDF_XML), (ODD, "application/xml"), (f"{ODD}.rdf", None), (f"{ODD}.rdf", "*/*"),
        (f"{ODD}.rdf.ja.html", None), (f"{ODD}.rdf.html", "text/html"),
        (f"{ODD}.rdf?graph=source", None), (f"{ODD}?graph=source", _RDF_XML),
    ],
)  # fmt: skip
def test_a_document_that_rdf_xml_cannot_express_is_406_and_the_others_are_listed(
    odd: FlaskClient, address: str, accept: str | None
) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = odd.get(address, headers=headers)
    assert answer.status_code == 406
    links = answer.headers.getlist("Link")
    assert any(".ttl" in one and "text/turtle" in one for one in links)
    assert any(".jsonld" in one for one in links)
    assert not any(_RDF_XML in one for one in links)


def test_who_accepts_another_form_too_gets_that(odd: FlaskClient) -> None:
    wish = f"{_RDF_XML}, text/turtle;q=0.3"
    answer = odd.get(ODD, headers={"Accept": wish})
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    assert answer.headers["Content-Location"] == f"{ODD}.ttl"


@pytest.mark.parametrize("suffix", ["ttl", "ja.html", "en.html", "jsonld", "nq"])
def test_no_form_of_it_leads_to_rdf_xml(odd: FlaskClient, suffix: str) -> None:
    answer = odd.get(f"{ODD}.{suffix}")
    assert answer.status_code == 200
    assert not any(_RDF_XML in one for one in answer.headers.getlist("Link"))
    assert f"{ODD}.rdf" not in answer.text
    assert any("turtle" in one for one in answer.headers.getlist("Link")) or suffix == "ttl"


def test_other_documents_of_the_same_site_have_rdf_xml(odd: FlaskClient) -> None:
    answer = odd.get(EVEN, headers={"Accept": _RDF_XML})
    assert (answer.status_code, answer.mimetype) == (200, _RDF_XML)
    assert any(_RDF_XML in one for one in odd.get(f"{EVEN}.ttl").headers.getlist("Link"))
    catalog = odd.get("/lod/catalog.rdf")
    assert catalog.status_code == 200
    rdfxml.check(io.BytesIO(catalog.data))
