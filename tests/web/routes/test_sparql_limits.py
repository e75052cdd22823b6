"""The SPARQL endpoint over HTTP: limits are announced, and no answer looks complete that is not."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from http.client import HTTPConnection, IncompleteRead
from urllib.parse import urlencode

import pytest

from publish import formats
from publish.formats import RDF_FORMATS, RESULT_FORMATS, Format
from tests.support.served import Reply, Served, eventually
from tests.web.conftest import Page

NUMBERS = " ".join(map(str, range(10)))
#: 100,000 rows of one digit: more than the strict server allows, and less than a megabyte of CSV.
_DIGITS = "".join(f" VALUES ?{name} {{ {NUMBERS} }}" for name in "abcde")
MANY = f"SELECT ?a {{{_DIGITS} }}"
#: as many rows, so wide that there are megabytes of them
WIDE = f'SELECT ?a ?x {{{_DIGITS} BIND("{"x" * 100}" AS ?x) }}'
TRIPLES = f'CONSTRUCT {{ <urn:s> <urn:p> ?y }} {{{_DIGITS} BIND(CONCAT("{"x" * 99}", STR(?a*10000+?b*1000+?c*100+?d*10+?e)) AS ?y) }}'
ENDLESS = "?p1 ?p2 ?p3 . ?q1 ?q2 ?q3 . ?r1 ?r2 ?r3 . ?s1 ?s2 ?s3"
NEVER = f"SELECT (COUNT(*) AS ?n) {{ {ENDLESS} }}"
#: ten megabytes at once, and then nothing for ever
STALLING = f"""SELECT ?x {{
  {{ {_DIGITS} FILTER(?a = 1) BIND("{"x" * 1000}" AS ?x) }}
  UNION {{ {ENDLESS} FILTER(STRLEN(CONCAT(STR(?p3), STR(?q3), STR(?r3), STR(?s3))) < 0) }} }}"""

#: Forms whose answers begin before they are whole: others cannot express everything.
BEGUN = [
    format_
    for format_ in (*RESULT_FORMATS, *RDF_FORMATS)
    if format_ not in (formats.SPARQL_XML, formats.RDFXML)
]


def problem(answer: Reply, status: int) -> str:
    assert (answer.status, answer.type) == (status, "application/problem+json"), answer.text[:200]
    return str(answer.json["detail"])


def test_the_row_limit_is_in_every_answer(strict: Served) -> None:
    who = {"X-Forwarded-For": strict.client()}
    limits = {
        strict.request("GET", parameters, who | headers).headers["SPARQL-Row-Limit"]
        for parameters in ({}, {"query": "ASK {}"}, {"query": "ASK {"}, {"query": NEVER})
        for headers in ({}, {"Accept": "text/turtle"})
    }
    assert limits == {"20000"}
    page = strict.request("GET", {"query": "SELECT ?x {}"}, who | {"Accept": "text/html"})
    assert page.headers["SPARQL-Row-Limit"] == "1000"


def test_a_short_answer_has_its_length_and_a_long_one_comes_in_chunks(served: Served) -> None:
    short, long = served.ask(MANY, "text/csv"), served.ask(WIDE, "text/csv")
    assert int(short.headers["Content-Length"]) == len(short.body) < 1 << 20
    assert long.headers["Content-Length"] is None
    assert long.headers["Transfer-Encoding"] == "chunked"
    assert len(long.text.splitlines()) == 100_001


def test_rows_beyond_the_limit_are_cut_off_and_json_says_so(strict: Served) -> None:
    for query in (MANY, WIDE):
        answer = strict.ask(query)
        assert answer.status == 200
        content = answer.json
        assert list(content) == ["head", "results", "truncated"]
        assert content["truncated"] is True
        assert len(content["results"]["bindings"]) == 20_000
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["ETag"] is None
    assert len(strict.ask(MANY).body) > 1 << 20


def test_an_answer_of_exactly_as_many_rows_is_whole(strict: Served) -> None:
    answer = strict.ask(f"{MANY} LIMIT 20000", "text/csv")
    assert (answer.status, len(answer.text.splitlines())) == (200, 20_001)
    assert answer.headers["ETag"] and answer.headers["SPARQL-Truncated"] is None
    assert "truncated" not in strict.ask(f"{MANY} LIMIT 20000").json


@pytest.mark.parametrize("format_", [formats.CSV, formats.TSV])
def test_other_forms_are_refused_while_nothing_has_been_sent(
    strict: Served, format_: Format
) -> None:
    detail = problem(strict.ask(MANY, format_.media_type), 413)
    assert "20000" in detail.replace(",", "")


@pytest.mark.parametrize(
    ("query", "format_"),
    [
        *[(WIDE, format_) for format_ in BEGUN if format_ in (formats.CSV, formats.TSV)],
        *[(TRIPLES, format_) for format_ in BEGUN if format_ in RDF_FORMATS],
    ],
    ids=lambda value: value.suffix if isinstance(value, Format) else "",
)
def test_other_forms_break_off_when_something_has_been_sent(
    strict: Served, query: str, format_: Format
) -> None:
    with pytest.raises(IncompleteRead) as raised:
        strict.ask(query, format_.media_type)
    assert len(raised.value.partial) > 1 << 20
    assert strict.fate(query) == "cut"


@pytest.mark.parametrize(
    ("query", "format_"), [(WIDE, formats.SPARQL_XML), (TRIPLES, formats.RDFXML)]
)
def test_of_a_form_that_cannot_express_everything_nothing_is_sent_before_the_end(
    served: Served, strict: Served, query: str, format_: Format
) -> None:
    problem(strict.ask(query, format_.media_type), 413)
    if format_ == formats.SPARQL_XML:
        problem(served.ask(STALLING, format_.media_type, timeout="0.7"), 503)


def test_a_page_has_a_thousand_rows_and_says_that_there_are_more(served: Served) -> None:
    answer = served.ask(MANY, "text/html")
    page = Page(answer.text)
    assert answer.status == 200 and answer.headers["SPARQL-Truncated"] == "true"
    assert answer.headers["ETag"] is None
    assert len(page.all("tr")) == 1001 and "これより多くの結果があります" in page.text
    triples = served.ask(TRIPLES, "text/html")
    assert triples.headers["SPARQL-Truncated"] == "true"
    assert "これより多くの結果があります" in Page(triples.text).text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_of_long_texts_is_a_page_or_refused(served: Served, method: str) -> None:
    def asked(length: int) -> Reply:
        query = f'SELECT ?a ?x {{{_DIGITS} BIND("{"x" * length}" AS ?x) }} LIMIT 900'
        return served.request(method, {"query": query}, {"Accept": "text/html"})

    page = asked(2000)
    assert (page.status, page.type) == (200, "text/html; charset=utf-8")
    assert int(page.headers["Content-Length"]) > 900 * 2000
    assert page.body.count(b"<td>") == (1800 if method == "GET" else 0)
    refused = asked(10_000)
    assert (refused.status, refused.type) == (413, "text/html; charset=utf-8")


def test_a_query_that_takes_too_long_is_503(strict: Served) -> None:
    answer = strict.ask(NEVER)
    assert "2 seconds" in problem(answer, 503)
    # it would be no quicker later
    assert answer.headers["Retry-After"] is None
    assert strict.fate(NEVER) == "timeout"


def test_a_client_may_set_itself_a_shorter_limit_but_no_longer_one(
    served: Served, strict: Served
) -> None:
    assert "0.5 seconds" in problem(served.ask(NEVER, timeout="0.5"), 503)
    assert "2 seconds" in problem(strict.ask(NEVER, timeout="100"), 503)


@pytest.mark.parametrize(
    "format_", [one for one in BEGUN if one in RESULT_FORMATS], ids=lambda format_: format_.suffix
)
def test_a_time_out_after_the_first_byte_breaks_the_answer_off(
    served: Served, format_: Format
) -> None:
    with pytest.raises(IncompleteRead) as raised:
        served.ask(STALLING, format_.media_type, timeout="0.7")
    assert len(raised.value.partial) > 2 << 20
    with suppress(json.JSONDecodeError):
        if format_ == formats.SPARQL_JSON:
            json.loads(raised.value.partial)
            pytest.fail("it can be taken for a whole answer")
    assert served.fate(STALLING) == "timeout"


def test_the_death_of_the_worker_after_the_first_byte_breaks_the_answer_off(
    served: Served,
) -> None:
    connection = HTTPConnection(served.host)
    connection.request("GET", f"/sparql?{urlencode({'query': STALLING})}")
    answer = connection.getresponse()
    assert answer.status == 200 and len(answer.read(100_000)) == 100_000
    before = served.workers()
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    with pytest.raises(IncompleteRead):
        answer.read()
    connection.close()
    assert served.fate(STALLING) in ("memory", "crashed")
    # the others were killed as well, though nobody had done them any harm
    assert eventually(lambda: served.ask("ASK { VALUES ?after { 1 } }").status == 200)


def http_1_0(served: Served, accept: str, **parameters: str) -> tuple[str, bytes]:
    """Return head and body of the answer to a client that knows no chunks."""
    request = f"GET /sparql?{urlencode(parameters)} HTTP/1.0\r\nAccept: {accept}\r\n\r\n"
    with served.opened(request.encode()) as connection:
        received = bytearray()
        while piece := connection.recv(1 << 20):
            received += piece
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    return head.decode(), body


def test_without_chunks_a_long_answer_has_its_length(served: Served) -> None:
    head, body = http_1_0(served, "text/csv", query=WIDE)
    assert head.startswith("HTTP/1.0 200")
    assert f"\r\nContent-Length: {len(body)}\r\n" in head and len(body) > 5 << 20


def test_without_chunks_an_answer_that_breaks_off_has_an_exact_status(
    served: Served, strict: Served
) -> None:
    head, _ = http_1_0(served, "text/csv", query=STALLING, timeout="0.7")
    assert head.startswith("HTTP/1.0 503")
    head, body = http_1_0(strict, "text/csv", query=WIDE)
    assert head.startswith("HTTP/1.0 413"), body.decode()


def test_a_client_that_leaves_frees_its_worker(served: Served) -> None:
    with served.opened(served.get(query=NEVER, timeout="19")):
        time.sleep(0.3)
    left = time.monotonic()
    assert eventually(lambda: served.fate(NEVER) == "client-left", 10)
    print(f"noticed after {time.monotonic() - left:.1f} s")


def test_a_client_that_leaves_in_the_middle_frees_its_worker(served: Served) -> None:
    with served.opened(served.get(query=STALLING, timeout="19")) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    assert eventually(lambda: served.fate(STALLING) == "client-left", 10)


def test_the_log_tells_what_a_query_cost_but_not_what_it_was(served: Served) -> None:
    query = 'SELECT ?x { VALUES ?x { "secret-1" "secret-2" } }'
    answers = [served.ask(query, "text/csv"), served.direct(query, parameters={"format": "csv"})]
    etag = {"If-None-Match": answers[0].headers["ETag"], "Accept": "text/csv"}
    served.request("GET", {"query": query, "x": "1"}, etag)
    first, again, known = served.noted(query)
    assert [first["fate"], again["fate"], known["fate"]] == ["ok", "cached", "not-modified"]
    assert first["query"] == again["query"] == known["query"]
    assert len(str(first["query"])) == 12
    assert (first["rows"], first["bytes"], first["form"]) == (2, len(answers[0].body), "csv")
    assert 0 < first["seconds"] < 5
    assert "secret" not in served.log.read_text("utf-8")


def test_the_log_tells_of_queries_that_were_refused(served: Served) -> None:
    query = "ASK { SERVICE <urn:x> {} }"
    served.ask(query)
    assert served.fate(query) == "refused"
