"""The SPARQL endpoint over HTTP: the ways to ask, and the forms of the answer."""

from __future__ import annotations

import csv
import io
import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from publish import formats
from publish.formats import RDF_FORMATS, RESULT_FORMATS, Format
from publish.iris import Iris
from publish.release.release import Release
from tests.support.real import BASE
from tests.support.served import FORM, Reply, Served
from tests.web.conftest import Page, triples

IRIS = Iris.at(BASE)
THING = IRIS.of("id/initiative/telemedicine")
#: Answers of one row: a text with all that needs care, and an IRI with a comma.
AWKWARD = (
    "SELECT ?text ?iri ?number ?none { VALUES (?text ?iri ?number ?none) "
    '{ ("札幌, \\"A&B\\"\\n<b>"@ja <http://example.org/a,b> 7 UNDEF) } }'
)
TEXT = '札幌, "A&B"\n<b>'
CONSTRUCT = f"CONSTRUCT {{ <{THING}> ?p ?o }} WHERE {{ <{THING}> ?p ?o }}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def results(answer: Reply) -> list[dict[str, str]]:
    assert answer.status == 200, answer.text
    return answer.rows


@pytest.fixture(params=["GET", "form", "direct"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def send(served: Served, way: str, query: str, *parameters: tuple[str, str]) -> Reply:
    if way == "GET":
        return served.request("GET", [("query", query), *parameters])
    if way == "form":
        return served.form([("query", query), *parameters])
    return served.direct(query, parameters=parameters)


# ---------------------------------------------------------------- ways to ask


def test_a_query_may_come_by_get_as_a_form_and_as_a_body(served: Served, way: str) -> None:
    (row,) = results(send(served, way, AWKWARD))
    assert row == {"text": TEXT, "iri": "http://example.org/a,b", "number": "7"}


def test_relative_iris_are_resolved_against_the_base(served: Served) -> None:
    assert served.ask("ASK { <id/initiative/telemedicine> ?p ?o }").json["boolean"] is True


GRAPHS = "SELECT DISTINCT ?g { { ?s ?p ?o BIND('default' AS ?g) } UNION { GRAPH ?g { ?s ?p ?o } } }"
_SOURCE, _LINKS = IRIS.of("graph/source"), IRIS.of("graph/links")


def test_graphs_of_the_request_make_up_the_data_set(served: Served, way: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    sizes = {
        name: int(
            results(send(served, way, count, *(("default-graph-uri", iri) for iri in iris)))[0]["n"]
        )
        for name, iris in {
            "all": [], "source": [_SOURCE], "links": [_LINKS], "both": [_SOURCE, _LINKS]
        }.items()
    }  # fmt: skip
    assert 0 < sizes["links"] < sizes["both"] < sizes["all"]
    assert sizes["both"] == sizes["source"] + sizes["links"]


def test_named_graphs_of_the_request_are_the_only_ones(served: Served, way: str) -> None:
    named = [("named-graph-uri", _SOURCE), ("named-graph-uri", _LINKS)]
    found = {row["g"] for row in results(send(served, way, GRAPHS, *named))}
    assert found == {_SOURCE, _LINKS}
    assert len(results(send(served, way, GRAPHS))) > 4


def test_graphs_of_the_request_go_before_those_of_the_query(served: Served) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{_SOURCE}> {{ ?s ?p ?o }}"
    assert results(served.ask(query))[0]["n"] != "0"
    other = served.ask(query, **{"default-graph-uri": "urn:nothing"})
    assert results(other)[0]["n"] == "0"


def test_a_graph_that_there_is_not_is_empty(served: Served) -> None:
    query = "SELECT * FROM <http://127.0.0.1:9/never> { ?s ?p ?o }"
    assert results(served.ask(query)) == []


def test_a_graph_that_is_no_iri_is_400(served: Served) -> None:
    assert served.ask("ASK {}", **{"default-graph-uri": "not an iri"}).status == 400


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json", "text/html"])
def test_head_has_the_headers_of_get_and_no_body(served: Served, accept: str) -> None:
    connection = HTTPConnection(served.host)
    found = []
    for method in ("HEAD", "GET", "HEAD"):
        query = urlencode({"query": AWKWARD, "method": accept})
        connection.request(method, f"/sparql?{query}", headers={"Accept": accept})
        answer = connection.getresponse()
        found.append(({k: v for k, v in answer.getheaders() if k != "Date"}, bool(answer.read())))
        assert answer.status == 200
    connection.close()
    assert found[0] == found[2] == (found[1][0], False)
    assert found[1][1] and found[1][0]["Content-Length"] != "0"


def test_head_of_a_long_answer_ends_at_once_and_the_connection_goes_on(served: Served) -> None:
    connection = HTTPConnection(served.host)
    query = urlencode({"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
    for _ in range(2):
        connection.request("HEAD", f"/sparql?{query}")
        answer = connection.getresponse()
        assert (answer.status, answer.read(), answer.headers["Content-Length"]) == (200, b"", None)
    connection.request("GET", "/healthz")
    assert connection.getresponse().read() == b"ok\n"
    connection.close()


def test_a_preflight_for_a_query_in_the_body_is_answered(served: Served) -> None:
    asked = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, accept",
    }
    answer = served.request("OPTIONS", headers=asked)
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"].lower()
    assert answer.headers["Access-Control-Allow-Credentials"] is None
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.headers["Accept-Post"] == f"application/sparql-query, {FORM}"


def test_every_answer_may_be_read_by_scripts_of_other_sites(served: Served) -> None:
    for answer in (served.ask("ASK {}"), served.ask("ASK {"), served.direct("x", "text/plain")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        exposed = answer.headers["Access-Control-Expose-Headers"].lower()
        assert "sparql-row-limit" in exposed and "etag" in exposed and "retry-after" in exposed


# ---------------------------------------------------------- forms of the answer


def test_rows_as_json(served: Served) -> None:
    answer = served.ask(AWKWARD, "application/sparql-results+json")
    assert answer.type == "application/sparql-results+json"
    (row,) = answer.json["results"]["bindings"]
    assert row["text"] == {"type": "literal", "value": TEXT, "xml:lang": "ja"}
    assert row["iri"] == {"type": "uri", "value": "http://example.org/a,b"}
    assert "none" not in row and "truncated" not in answer.json


def test_rows_as_xml(served: Served) -> None:
    answer = served.ask(AWKWARD, "application/sparql-results+xml")
    assert answer.type == "application/sparql-results+xml"
    name = "{http://www.w3.org/2005/sparql-results#}"
    tree = ElementTree.fromstring(answer.body)
    assert [found.text for found in tree.iter(f"{name}literal")] == [TEXT, "7"]
    assert [found.text for found in tree.iter(f"{name}uri")] == ["http://example.org/a,b"]


def test_rows_as_csv_are_quoted_by_rfc_4180(served: Served) -> None:
    answer = served.ask(AWKWARD, "text/csv")
    assert answer.type == "text/csv; charset=utf-8"
    header, row = csv.reader(io.StringIO(answer.text, newline=""), strict=True)
    assert dict(zip(header, row, strict=True)) == {
        "text": TEXT, "iri": "http://example.org/a,b", "number": "7", "none": ""
    }  # fmt: skip
    assert answer.body.endswith(b"\r\n") and b'"http://example.org/a,b"' in answer.body


def test_rows_as_tsv_are_terms_in_turtle(served: Served) -> None:
    answer = served.ask(AWKWARD, "text/tab-separated-values")
    assert answer.type == "text/tab-separated-values; charset=utf-8"
    header, row = answer.text.splitlines()
    found = dict(zip(header.split("\t"), row.split("\t"), strict=True))
    assert found["?iri"] == "<http://example.org/a,b>" and found["?none"] == ""
    assert found["?text"] == '"札幌, \\"A&B\\"\\n<b>"@ja'


def test_rows_as_a_page_are_a_table(served: Served) -> None:
    answer = served.ask(AWKWARD, BROWSER)
    assert answer.type == "text/html; charset=utf-8"
    assert answer.headers["Content-Language"] == "ja"
    page = Page(answer.text)
    assert len(page.all("th", scope="col")) == 4 and len(page.all("td")) == 4
    assert page.all("a", href="http://example.org/a,b") and page.all("span", lang="ja")
    assert TEXT in page.text and "<b>" not in answer.text.split("<table>")[1]


def test_a_page_is_in_the_language_that_is_asked_for(served: Served) -> None:
    for parameters, header in (({"lang": "en"}, "ja"), ({}, "en-GB")):
        answer = served.request(
            "GET",
            {"query": AWKWARD, **parameters},
            {"Accept": BROWSER, "Accept-Language": header},
        )
        assert answer.headers["Content-Language"] == Page(answer.text).language == "en"


@pytest.mark.parametrize(
    ("format_", "expected"),
    [(formats.SPARQL_JSON, '"boolean":true'), (formats.SPARQL_XML, "<boolean>true</boolean>"),
     (formats.CSV, "true"), (formats.TSV, "true"), (formats.HTML, "はい（true）")],
)  # fmt: skip
def test_the_answer_to_ask_comes_in_every_form(
    served: Served, format_: Format, expected: str
) -> None:
    answer = served.ask("ASK {}", format_.media_type)
    assert (answer.status, answer.type) == (200, format_.content_type)
    assert expected in answer.text


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=lambda format_: format_.suffix)
@pytest.mark.parametrize("query", [CONSTRUCT, f"DESCRIBE <{THING}>"])
def test_triples_come_in_every_rdf_format(served: Served, query: str, format_: Format) -> None:
    answer = served.ask(query, format_.media_type)
    assert (answer.status, answer.type) == (200, format_.content_type)
    expected = triples(served.ask(query, "application/n-triples").body, formats.NTRIPLES)
    assert triples(answer.body, format_) == expected
    assert len(expected) > 5


def test_triples_in_a_browser_are_a_page_and_no_download(served: Served) -> None:
    answer = served.ask(CONSTRUCT, BROWSER)
    assert answer.type == "text/html; charset=utf-8"
    assert "telemedicine" in Page(answer.text).text
    assert answer.headers["Content-Disposition"] is None


@pytest.mark.parametrize(
    ("accept", "of_rows", "of_triples"),
    [
        (None, formats.SPARQL_JSON, formats.TURTLE),
        ("*/*", formats.SPARQL_JSON, formats.TURTLE),
        ("application/json", formats.SPARQL_JSON, formats.JSONLD),
        ("application/xml", formats.SPARQL_XML, formats.RDFXML),
        ("text/turtle, application/sparql-results+xml", formats.SPARQL_XML, formats.TURTLE),
        ("application/n-triples, text/csv;q=0.1", formats.CSV, formats.NTRIPLES),
        ("application/rdf+xml, application/json;q=0.9", formats.SPARQL_JSON, formats.RDFXML),
        (BROWSER, formats.HTML, formats.HTML),
    ],
)
def test_the_form_of_the_query_decides_what_accept_chooses_among(
    served: Served, accept: str | None, of_rows: Format, of_triples: Format
) -> None:
    for query, expected in ((AWKWARD, of_rows), (CONSTRUCT, of_triples)):
        answer = served.ask(query, accept)
        assert (answer.status, answer.type) == (200, expected.content_type)
        assert {name.strip() for name in answer.headers["Vary"].split(",")} >= {"Accept"}


@pytest.mark.parametrize("parameter", ["format", "output"])
def test_a_parameter_goes_before_accept(served: Served, parameter: str) -> None:
    for format_ in RESULT_FORMATS:
        answer = served.ask(AWKWARD, "text/html", **{parameter: format_.suffix})
        assert answer.type == format_.content_type
    for format_ in RDF_FORMATS:
        answer = served.ask(CONSTRUCT, "text/html", **{parameter: format_.media_type})
        assert answer.type == format_.content_type
    assert served.ask(CONSTRUCT, "*/*", **{parameter: "json"}).type == "application/ld+json"
    assert served.ask(AWKWARD, "*/*", **{parameter: "html"}).type == "text/html; charset=utf-8"


def test_describe_is_bounded_and_has_the_names_of_neighbours_if_they_are_asked_for(
    served: Served,
) -> None:
    query = f"DESCRIBE <{THING}>"
    plain = triples(served.ask(query, "application/n-triples").body, formats.NTRIPLES)
    named = triples(served.ask(query, "application/n-triples", labels="1").body, formats.NTRIPLES)
    assert plain < named and len(named) < 500
    labels = {line for line in named - plain}
    assert all("prefLabel" in line or "label" in line or "title" in line for line in labels)
    assert any(f"<{IRIS.of('id/pillar/')}" in line for line in labels)


def test_one_answer_is_the_same_bytes_each_time(served: Served) -> None:
    query = f"CONSTRUCT WHERE {{ <{THING}> ?p ?o . ?o ?q ?r }}"
    answers = {served.direct(query).body for _ in range(3)}
    assert len(answers) == 1


# -------------------------------------------------------- the service describes itself


@pytest.mark.parametrize("format_", [formats.TURTLE, formats.JSONLD, formats.RDFXML])
def test_who_asks_nothing_gets_the_description_of_the_service(
    served: Served, format_: Format
) -> None:
    answer = served.request("GET", headers={"Accept": format_.media_type})
    assert (answer.status, answer.type) == (200, format_.content_type)
    assert answer.headers["ETag"] and answer.headers["SPARQL-Row-Limit"]
    assert answer.headers["X-Robots-Tag"] is None
    found = triples(answer.body, format_)
    service = IRIS.of("sparql")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert not [line for line in found if f"<{sd}feature>" in line]
    assert any(line.startswith(f"<{service}> <{sd}resultFormat>") for line in found)
    assert any("http://rdfs.org/ns/void#triples" in line for line in found)
    assert any(f"<{sd}name> <{_SOURCE}>" in line for line in found)


def test_a_browser_that_asks_nothing_gets_a_form(served: Served) -> None:
    page = Page(served.request("GET", headers={"Accept": BROWSER}).text)
    assert page.all("textarea", name="query") and page.all("form", method="get")


def test_the_description_is_in_the_store_too(served: Served) -> None:
    query = f"""PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT (COUNT(DISTINCT ?graph) AS ?graphs) (COUNT(DISTINCT ?prefix) AS ?prefixes) {{
          GRAPH <{IRIS.graph("catalog")}> {{
            <{IRIS.of("sparql")}> sd:defaultDataset/sd:namedGraph/sd:name ?graph ;
              sh:declare/sh:prefix ?prefix }} }}"""
    (row,) = results(served.ask(query))
    assert int(row["graphs"]) > 4 and int(row["prefixes"]) > 4


def test_every_format_that_is_advertised_is_given(served: Served) -> None:
    formats_ = "http://www.w3.org/ns/formats/"
    found = triples(
        served.request("GET", headers={"Accept": "application/n-triples"}).body, formats.NTRIPLES
    )
    advertised = {line for line in found if "#resultFormat>" in line}
    assert len(advertised) == len(RESULT_FORMATS) + len(RDF_FORMATS)
    assert all(formats_ in line for line in advertised)


def test_another_suffix_is_no_address(served: Served) -> None:
    assert served.request(path="sparql.ttl").status == 200
    assert served.request(path="sparql.exe").status == 404


def test_an_answer_can_be_parsed_by_a_program_that_knows_only_its_type(served: Served) -> None:
    answer = served.ask(CONSTRUCT)
    parsed = ox.parse(answer.body, format=ox.RdfFormat.from_media_type(answer.type))
    assert len(list(parsed)) > 5


# -- The default graph ----------------------------------------------------------------------------

_COUNTED = "(COUNT(*) AS ?n)"
_CATALOGUED = "?set a <http://www.w3.org/ns/dcat#Dataset>"
_CATALOG = f"<{BASE}graph/catalog>"


def _counted(served: Served, query: str, **more: str) -> int:
    (row,) = results(served.ask(query, **more))
    return int(row["n"])


def test_what_is_counted_is_what_void_and_the_dump_say(served: Served, release: Release) -> None:
    everything = _counted(served, f"SELECT {_COUNTED} {{ ?s ?p ?o }}")
    stated = _counted(
        served,
        f"SELECT ?n {{ GRAPH {_CATALOG} {{ <{BASE}catalog#dataset> <http://rdfs.org/ns/void#triples> ?n }} }}",
    )
    dump = (release.path / "dump" / "all.nt").read_bytes().count(b"\n")
    assert everything == stated == dump == release.manifest.triples


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        (f"{{ {_CATALOGUED} }}", False),
        (f"{{ GRAPH {_CATALOG} {{ {_CATALOGUED} }} }}", True),
        (f"{{ GRAPH ?g {{ {_CATALOGUED} }} }}", True),
        (f"FROM {_CATALOG} WHERE {{ {_CATALOGUED} }}", True),
        (f"FROM NAMED {_CATALOG} WHERE {{ GRAPH ?g {{ {_CATALOGUED} }} }}", True),
        (f"FROM <{_SOURCE}> WHERE {{ {_CATALOGUED} }}", False),
        # what the default graph holds does not depend on whether GRAPH is used beside it
        (f"{{ {_CATALOGUED} OPTIONAL {{ GRAPH ?g {{ ?set ?p ?o }} }} }}", False),
        (f"{{ GRAPH {_CATALOG} {{ {_CATALOGUED} }} FILTER EXISTS {{ {_CATALOGUED} }} }}", False),
        (f"# graph\n {{ {_CATALOGUED} }}", False),
        (f"{{ {_CATALOGUED} FILTER(STR(?set) != 'GRAPH') }}", False),
    ],
)
def test_the_catalogue_is_seen_only_where_it_is_named(
    served: Served, query: str, is_there: bool
) -> None:
    assert (_counted(served, f"SELECT {_COUNTED} {query}") > 0) == is_there


def test_the_protocol_names_the_catalogue_too(served: Served) -> None:
    query = f"SELECT {_COUNTED} {{ {_CATALOGUED} }}"
    assert _counted(served, query, **{"default-graph-uri": IRIS.graph("catalog")}) > 0


def test_a_query_with_graph_finds_as_much_as_one_without(served: Served) -> None:
    plain = _counted(served, f"SELECT {_COUNTED} {{ ?s ?p ?o }}")
    beside = _counted(
        served, f"SELECT {_COUNTED} {{ ?s ?p ?o OPTIONAL {{ GRAPH <urn:x> {{ ?s ?p ?o }} }} }}"
    )
    within = _counted(
        served, f"SELECT {_COUNTED} {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {_CATALOG}) }}"
    )
    assert plain == beside == within


# -- Aggregates that give nothing ----------------------------------------------------------------

_SOME = "VALUES (?g ?v ?t) { (1 2 'a') (1 UNDEF UNDEF) (2 3 'b') }"


@pytest.mark.parametrize(
    ("query", "helped"),
    [
        (f"SELECT ?g (SUM(?v) AS ?n) {{ {_SOME} }} GROUP BY ?g", True),
        (f"SELECT ?g (MIN(?v) AS ?n) (COUNT(*) AS ?m) {{ {_SOME} }} GROUP BY ?g", True),
        (f"SELECT (GROUP_CONCAT(?t) AS ?n) {{ {_SOME} }}", True),
        (f"SELECT (AVG(?t) AS ?n) {{ {_SOME} }}", True),
        (f"SELECT ?g (GROUP_CONCAT(?v; separator=', ') AS ?n) {{ {_SOME} }} GROUP BY ?g", True),
        (f"SELECT ?g (COUNT(?v) AS ?n) {{ {_SOME} }} GROUP BY ?g", False),
        (f"SELECT ?g ?v {{ {_SOME} }}", False),
        (f"SELECT (SUM(?g) AS ?n) {{ {_SOME} }}", False),
        ("ASK { BIND('(SUM(?x) AS ?y)' AS ?text) }", False),
    ],
)
def test_an_answer_leads_to_help_where_an_aggregate_gave_nothing(
    served: Served, query: str, helped: bool
) -> None:
    for _ in range(2):  # worked out, and kept
        answer = served.ask(query)
        link = answer.headers.get("Link", "")
        assert link == ('</help/query#aggregates>; rel="help"' if helped else "")
    assert "Link" not in served.ask(query, "text/csv").headers


def test_the_workbench_is_told_why_and_what_to_ask_instead(served: Served) -> None:
    query = f"SELECT (SUM(?v) AS ?n) (MAX(?g) AS ?m) {{ {_SOME} }}"

    def advised(query: str, *empty: str) -> Any:
        parameters = "&".join(f"empty={name}" for name in empty)
        address = f"http://{served.host}/sparql/advice.json?{parameters}"
        with urlopen(Request(address, query.encode(), method="POST")) as answer:
            return json.load(answer)

    found = advised(query, "n")
    assert found["query"] == query.replace("SUM(?v)", "SUM(COALESCE(?v, 0))")
    assert [sorted(note) for note in found["notes"]] == [["en", "ja"]]
    assert advised(query) == advised("no query", "n") == {"notes": [], "query": None}
