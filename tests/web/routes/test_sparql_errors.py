"""The SPARQL endpoint over HTTP: what it refuses, with which status, and how it says so."""

from __future__ import annotations

import io
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as running
from hypothesis import strategies as st

from publish.rdf import rdfxml
from publish.sparql.answer import HELD
from publish.sparql.guard import LONGEST
from publish.sparql.protocol import MOST_BYTES
from tests.support.projects import UNSAYABLE
from tests.support.served import DIRECT, FORM, Reply, Served
from tests.web.conftest import Page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JAPANESE = range(0x3040, 0xFFFF)


def problem(answer: Reply, status: int) -> dict[str, object]:
    """Return a problem document, of which everything that all of them have is checked."""
    assert (answer.status, answer.type) == (status, "application/problem+json"), answer.text
    content: dict[str, object] = answer.json
    assert content["status"] == status
    for name in ("title", "detail", "hint"):
        said, japanese = str(content[name]), str(content[f"{name}_ja"])
        assert said and not any(ord(letter) in JAPANESE for letter in said.partition('"')[0])
        assert any(ord(letter) in JAPANESE for letter in japanese)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["ETag"] is None
    assert answer.headers["SPARQL-Row-Limit"].isdecimal()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in answer.headers["Vary"]
    return content


@pytest.mark.parametrize(
    "pairs",
    [
        [("query", "ASK {}"), ("query", "ASK {}")],
        [("query", "")],
        [("query", "ASK {}"), ("timeout", "soon")],
        [("query", "ASK {}"), ("timeout", "1"), ("timeout", "2")],
        [("query", "ASK {}"), ("default-graph-uri", "<urn:a>")],
        [(f"p{number}", "") for number in range(2000)],
    ],
)
def test_malformed_parameters_are_400(served: Served, pairs: list[tuple[str, str]]) -> None:
    problem(served.request("GET", pairs), 400)
    problem(served.form(pairs), 400)


def test_a_post_without_a_query_is_400(served: Served) -> None:
    problem(served.form({}), 400)
    problem(served.form({"format": "csv"}), 400)
    problem(served.direct(""), 400)


def test_one_query_in_the_url_and_one_in_the_body_are_400(served: Served) -> None:
    problem(served.direct("ASK {}", parameters={"query": "ASK {}"}), 400)
    answer = served.request(
        "POST", {"query": "ASK {}"}, {"Content-Type": FORM}, urlencode({"query": "ASK {}"})
    )
    problem(answer, 400)


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * {\n  ?s ?p ?o\n} LIMIT x", 3, 9),
        ("SELECT * WHERE {\n  ?s ?p \n}", 3, 1),
        ("SELEKT * { ?s ?p ?o }", 1, 1),
        ("SELECT *　{ ?s ?p ?o }", 1, 9),
        ("ASK { ?s foaf:name ?o }", 1, 10),
        ('ASK { ?s ?p "open }', 1, 13),
        ("SELECT ?x { ?s ?p ?o", 1, 21),
    ],
)
def test_a_mistake_is_told_with_line_column_and_a_hint(
    served: Served, query: str, line: int, column: int
) -> None:
    for accept in (None, "text/turtle", "text/csv") if "SELEKT" in query else (None,):
        content = problem(served.ask(query, accept), 400)
        assert (content["line"], content["column"]) == (line, column)


def test_a_prefix_that_is_not_declared_is_told_with_its_namespace(served: Served) -> None:
    content = problem(served.ask("ASK { ?s foaf:name ?o }"), 400)
    assert "PREFIX foaf: <http://xmlns.com/foaf/0.1/>" in str(content["hint"])


def test_a_query_that_is_too_long_is_413(served: Served) -> None:
    query = f"ASK {{ ?s ?p '{'x' * LONGEST}' }}"
    problem(served.direct(query), 413)
    problem(served.form({"query": query}), 413)
    problem(served.direct("x" * (MOST_BYTES + 1)), 413)


def test_what_is_far_too_long_is_refused_before_it_is_read(served: Served) -> None:
    connection = HTTPConnection(served.host)
    connection.putrequest("POST", "/sparql")
    connection.putheader("Content-Type", DIRECT)
    connection.putheader("Content-Length", str(1 << 40))
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Content-Type"]) == (413, "application/problem+json")
    connection.close()
    too_long = served.request("GET", {"query": "x" * 100_000})
    assert (too_long.status, too_long.type) == (431, "application/problem+json")
    assert too_long.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("type_", ["text/plain", "application/json", "multipart/form-data"])
def test_another_type_of_body_is_415_with_those_that_are_taken(served: Served, type_: str) -> None:
    answer = served.direct("ASK {}", type_)
    problem(answer, 415)
    assert answer.headers["Accept-Post"] == f"{DIRECT}, {FORM}"


def test_a_compressed_body_and_an_unknown_charset_are_415(served: Served) -> None:
    sent = {"Content-Type": DIRECT, "Content-Encoding": "gzip"}
    problem(served.request("POST", headers=sent, body=b"\x1f\x8b"), 415)
    problem(served.direct("ASK {}", f"{DIRECT}; charset=klingon"), 415)


@pytest.mark.parametrize(
    ("codec", "charset", "status"),
    [
        ("utf-16", "", 400),
        ("utf-16-le", "", 400),
        ("utf-16-be", "; charset=UTF-8", 400),
        ("utf-16", "; charset=UTF-16", 400),
        ("shift_jis", "", 400),
        ("shift_jis", "; charset=Shift_JIS", 415),
        ("euc-jp", "; charset=EUC-JP", 415),
    ],
)
def test_a_body_that_is_no_utf_8_is_refused(
    served: Served, codec: str, charset: str, status: int
) -> None:
    body = 'SELECT ?x { VALUES ?x { "札幌" } }'.encode(codec)
    content = problem(served.direct(body, f"{DIRECT}{charset}"), status)
    assert "UTF-8" in str(content["hint"])


@pytest.mark.parametrize(
    ("query", "accept"),
    [("ASK {}", "text/turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"), ("ASK {}", "a/b")],
)
def test_what_cannot_be_had_in_the_form_asked_for_is_406(
    served: Served, query: str, accept: str
) -> None:
    content = problem(served.ask(query, accept), 406)
    assert "text/html" in str(content["hint"])
    problem(served.ask(query, "*/*", format="klingon"), 406)
    problem(served.form({"query": query}, Accept=accept), 406)


_MANY = "{ SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 30000 }"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("query", "accept"),
    [
        *((f"CONSTRUCT {{ ?a ?b ?c . ?x <{iri}> 1 }}", "application/rdf+xml") for iri in UNSAYABLE),
        ('CONSTRUCT { ?a ?b ?c . ?x <urn:a> "\\u0007" }', "application/rdf+xml"),
        ('SELECT ?a ?b ?c ?d ("\\uFFFE" AS ?y)', "application/sparql-results+xml"),
    ],
)
def test_what_xml_cannot_express_is_406_however_late_it_comes(
    served: Served, query: str, accept: str, method: str
) -> None:
    """The first branch alone is longer than what is held back of other answers."""
    last = "BIND(<urn:x> AS ?x)"
    where = f"WHERE {{ {{ {_MANY} }} UNION {{ {last} }} }}"
    answer = served.request(method, {"query": f"{query} {where}"}, headers={"Accept": accept})
    assert answer.status == 406
    if method == "GET":
        problem(answer, 406)


def test_a_long_answer_in_rdf_xml_has_its_length_and_is_whole(served: Served) -> None:
    answer = served.ask(f"CONSTRUCT {{ ?a ?b ?c . ?d ?e ?f }} WHERE {_MANY}", "application/rdf+xml")
    assert (answer.status, answer.headers["Content-Length"]) == (200, str(len(answer.body)))
    assert len(answer.body) > HELD
    rdfxml.check(io.BytesIO(answer.body))


@pytest.mark.parametrize(
    "answer",
    [
        lambda served: served.form({"update": "DELETE WHERE { ?s ?p ?o }"}),
        lambda served: served.request("GET", {"update": "CLEAR ALL"}),
        lambda served: served.direct("CLEAR ALL", "application/sparql-update"),
        lambda served: served.direct("CLEAR ALL"),
        lambda served: served.ask("LOAD <http://127.0.0.1:9/>"),
        lambda served: served.ask("PREFIX x: <urn:> INSERT DATA { x:a x:b x:c }"),
        lambda served: served.ask("ASK {} ; DROP ALL"),
        lambda served: served.form({"query": "ASK {}", "using-graph-uri": "urn:a"}),
    ],
)
def test_an_update_is_403_and_says_that_the_endpoint_is_read_only(
    served: Served, answer: object
) -> None:
    assert callable(answer)
    content = problem(answer(served), 403)
    assert "read-only" in str(content["detail"]) and "読み取り専用" in str(content["detail_ja"])


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_405(served: Served, method: str) -> None:
    answer = served.request(method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert answer.headers["SPARQL-Row-Limit"]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"query": "ASK { <x }"}, 400),
        ({"query": "ASK { SERVICE <urn:a> {} }"}, 403),
        ({"query": "ASK {} # <script>", "format": "turtle"}, 406),
        ({"query": "SELECT ?x { " + "#" * LONGEST}, 413),
    ],
)
def test_a_browser_gets_a_page_that_says_so_and_keeps_the_query(
    served: Served, parameters: dict[str, str], status: int
) -> None:
    answer = served.form(parameters, Accept=BROWSER, Accept_Language="ja")
    assert (answer.status, answer.type) == (status, "text/html; charset=utf-8")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"
    page = Page(answer.text)
    assert page.all("div", role="alert")
    assert parameters["query"] in page.text and "<script>" not in answer.text


def test_a_browser_that_sends_the_query_as_a_body_gets_it_back_too(served: Served) -> None:
    answer = served.request(
        "POST", headers={"Content-Type": DIRECT, "Accept": BROWSER}, body="ASK { 札幌 }"
    )
    assert "ASK { 札幌 }" in Page(answer.text).text


def test_who_wants_plain_text_gets_the_place_and_the_hint_as_well(served: Served) -> None:
    answer = served.direct("ASK { ?s ?p }")
    said = answer.json
    plain = served.request(
        "POST", headers={"Content-Type": DIRECT, "Accept": "text/plain"}, body="SELEKT {}"
    )
    assert plain.type == "text/plain; charset=utf-8"
    assert plain.text.startswith("400 ") and "\n1:1\n" in plain.text
    assert said["hint"] and len(plain.text.splitlines()) == 6


def test_a_problem_names_its_address_with_the_path_of_the_base(kasumi_served: Served) -> None:
    content = problem(kasumi_served.ask("ASK {"), 400)
    assert content["instance"] == "/lod/sparql"
    assert kasumi_served.ask("ASK {}").status == 200


def test_pages_of_queries_are_not_for_search_engines(served: Served) -> None:
    for answer in (served.ask("ASK {}"), served.ask("ASK {"), served.direct("ASK {}")):
        assert answer.headers["X-Robots-Tag"] == "noindex"


_names = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "format", "output", "timeout",
     "labels", "lang"]
)  # fmt: skip
_values = st.one_of(
    st.sampled_from(
        ["ASK {}", "SELECT * {}", "SELECT (1 AS ?x) {}", "CONSTRUCT {} {}", "DESCRIBE <urn:a>",
         "csv", "html", "ttl", "1", "urn:a", "ja"]
    ),
    st.text(max_size=15),
)  # fmt: skip
_headers = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.sampled_from(["*/*", BROWSER, "text/turtle", "text/csv;q=0.3", ";;,", "a"]),
        "Accept-Language": st.sampled_from(["en", "ja;q=0.1", "*"]),
        "If-None-Match": st.sampled_from(["*", '"x"', "x"]),
        "X-Forwarded-For": st.sampled_from(["::1", "a, b", "1.2.3.4:5"]),
        "Content-Type": st.sampled_from([FORM, DIRECT, "text/plain", f"{DIRECT}; charset=x"]),
    },
)


@running(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    pairs=st.lists(st.tuples(_names, _values), max_size=4),
    headers=_headers,
    body=st.sampled_from([b"", b"ASK {}", b"query=ASK%20%7B%7D", b"query=%FF", b"\xff"]),
)
def test_whatever_is_sent_the_answer_is_an_answer_or_a_4xx(
    served: Served,
    method: str,
    pairs: list[tuple[str, str]],
    headers: dict[str, str],
    body: bytes,
) -> None:
    encodable = [(name, value.encode("utf-8", "ignore").decode()) for name, value in pairs]
    answer = served.request(method, encodable, headers, body if method == "POST" else None)
    assert answer.status in (200, 304, 400, 403, 406, 413, 415), answer.text
    assert answer.headers["SPARQL-Row-Limit"]
    names = [name for name, _ in pairs]
    if "update" in names:
        assert answer.status in (400, 403, 415)
    if method != "POST" and names.count("query") > 1:
        assert answer.status in (400, 403)
