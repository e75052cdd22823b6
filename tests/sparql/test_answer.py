"""publish.sparql.answer and what workers write: every form in every format, whole, streamed and cut."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode, Triple, parse
from rdflib import Graph

from publish.formats import RDF_FORMATS, by_suffix
from publish.sparql.answer import HELD, Answer
from publish.sparql.pool import Job, Limits, Pool, QueryFailed
from tests.sparql.conftest import BASE, SKOS, STATEMENTS, TOWNS, small
from tests.support.projects import UNSAYABLE

RESULT = "{http://www.w3.org/2005/sparql-results#}"
#: a million rows and more, none of which the engine has to look for
ENDLESS = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """A pool of one worker (and its spare)."""
    data = small(tmp_path_factory.mktemp("data"))
    with Pool.start(data, Limits(seconds=20, rows=100_000), 1) as pool:
        yield pool


def _body(pool: Pool, query: str, suffix: str = "json", **job: object) -> bytes:
    with pool.evaluate(Job(query, suffix, **job)) as answer:  # type: ignore[arg-type]
        return b"".join(answer.chunks())


def _rows(pool: Pool, query: str, **job: object) -> list[dict[str, str]]:
    bindings = json.loads(_body(pool, query, "json", **job))["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def _triples(pool: Pool, query: str, suffix: str, **job: object) -> list[Triple]:
    format_ = by_suffix(suffix, RDF_FORMATS)
    assert format_ is not None
    return [quad.triple for quad in parse(_body(pool, query, suffix, **job), format_.rdf)]


def _count(pool: Pool, query: str, **job: object) -> int:
    return int(_rows(pool, query, **job)[0]["n"])


# -- formats --------------------------------------------------------------------------------------

FIRST_TOWNS = f"""PREFIX skos: <{SKOS}> PREFIX ex: <{BASE}terms#>
    SELECT ?name ?page ?next {{ ?town ex:number ?n ; ex:page ?page
      FILTER(?n < 3) OPTIONAL {{ ?town skos:related ?next FILTER(?n = 2) }}
      ?town skos:prefLabel ?name FILTER(LANG(?name) = "ja") }} ORDER BY ?n"""
NAMES = [f"第{number}町, 「最新」 {{}}" for number in range(3)]
PAGES = [f"https://town.example/?a=1,2&b={number}" for number in range(3)]


def test_rows_in_json(pool: Pool) -> None:
    answer = json.loads(_body(pool, FIRST_TOWNS))
    assert answer["head"] == {"vars": ["name", "page", "next"]}
    rows = answer["results"]["bindings"]
    assert [row["name"] for row in rows] == [
        {"type": "literal", "value": name, "xml:lang": "ja"} for name in NAMES
    ]
    assert [row.get("next", {}).get("value") for row in rows] == [None, None, f"{BASE}id/town/1"]


def test_rows_in_xml(pool: Pool) -> None:
    document = ElementTree.fromstring(_body(pool, FIRST_TOWNS, "xml"))
    assert [node.text for node in document.iter(f"{RESULT}literal")] == NAMES
    assert [node.text for node in document.iter(f"{RESULT}uri")][:2] == PAGES[:2]


def test_rows_in_csv(pool: Pool) -> None:
    text = _body(pool, FIRST_TOWNS, "csv").decode()
    assert text.count("\r\n") == 4
    rows = list(csv.reader(io.StringIO(text, newline="")))
    ends = ["", "", f"{BASE}id/town/1"]
    assert rows == [
        ["name", "page", "next"],
        *map(list, zip(NAMES, PAGES, ends, strict=True)),
    ]


def test_rows_in_tsv(pool: Pool) -> None:
    head, *rows = _body(pool, FIRST_TOWNS, "tsv").decode().splitlines()
    assert head == "?name\t?page\t?next"
    assert [row.split("\t")[:2] for row in rows] == [
        [f'"{name}"@ja', f"<{page}>"] for name, page in zip(NAMES, PAGES, strict=True)
    ]


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        ("json", b'{"head":{},"boolean":false}'),
        ("csv", b"false"),
        ("tsv", b"false"),
        (
            "xml",
            b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            b"<head></head><boolean>false</boolean></sparql>",
        ),
    ],
)
def test_a_truth_value_in_every_format(pool: Pool, suffix: str, expected: bytes) -> None:
    assert _body(pool, "ASK { ?s ?s ?s }", suffix) == expected


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld", "trig", "nq"])
@pytest.mark.parametrize("limit", ["LIMIT 7", ""])
def test_triples_in_every_format(pool: Pool, suffix: str, limit: str) -> None:
    template = f"CONSTRUCT {{ ?s <{SKOS}prefLabel> ?o }} {{ ?s <{SKOS}prefLabel> ?o }}"
    triples = _triples(pool, f"{template} ORDER BY ?o {limit}", suffix)
    assert len(triples) == len(set(triples)) == (7 if limit else 2 * TOWNS)
    assert Triple(
        NamedNode(f"{BASE}id/town/0"),
        NamedNode(f"{SKOS}prefLabel"),
        Literal('Town "0"', language="en"),
    ) in set(triples)


@pytest.mark.parametrize("suffix", ["ttl", "rdf", "jsonld"])
def test_other_parsers_read_the_triples(pool: Pool, suffix: str) -> None:
    names = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
    body = _body(pool, f"DESCRIBE <{BASE}id/town/5>", suffix)
    assert len(Graph().parse(data=body, format=names[suffix])) == 5


def test_small_turtle_is_sorted_and_names_the_prefixes_it_uses(pool: Pool) -> None:
    query = f"DESCRIBE <{BASE}id/town/2> <{BASE}id/town/1>"
    body = _body(pool, query, "ttl").decode()
    assert body == _body(pool, query, "ttl").decode()
    assert "@prefix skos:" in body
    assert "@prefix ex:" in body
    assert "unused" not in body
    assert body.count(f"<{BASE}id/town/2>") == 1
    assert body.index(f"\n<{BASE}id/town/1>") < body.index(f"\n<{BASE}id/town/2>")


def test_a_description_can_have_the_names_of_neighbours(pool: Pool) -> None:
    query = f"DESCRIBE <{BASE}id/town/2>"
    assert len(_triples(pool, query, "ttl")) == 5
    named = _triples(pool, query, "ttl", labels=True)
    assert len(named) == 7
    subjects = {str(triple.subject) for triple in named}
    assert subjects == {f"<{BASE}id/town/2>", f"<{BASE}id/town/1>"}


@pytest.mark.parametrize(
    ("query", "suffix", "cause"),
    [
        ('SELECT ("a\\u0001b" AS ?x) {}', "xml", "control character"),
        ("CONSTRUCT { ?s <http://a.example/1> 1 } { ?s ?p ?o }", "rdf", "http://a.example/1"),
        ('CONSTRUCT { ?s ?p "\\u0007" } { ?s ?p ?o }', "rdf", "U+0007"),
        ('CONSTRUCT { ?s ?p "a"@ja--ltr } { ?s ?p ?o }', "rdf", "@ja--ltr"),
        *((f"CONSTRUCT {{ ?s <{iri}> 1 }} {{ ?s ?p ?o }}", "rdf", iri) for iri in UNSAYABLE),
    ],
)
def test_what_a_format_cannot_express_is_said_not_written(
    pool: Pool, query: str, suffix: str, cause: str
) -> None:
    with pytest.raises(QueryFailed) as caught:
        pool.evaluate(Job(query, suffix))
    assert caught.value.status == 406
    assert cause in caught.value.said("en")


@pytest.mark.parametrize(
    ("query", "suffix"), [("SELECT * {}", "ttl"), ("ASK {}", "nt"), ("DESCRIBE <a:b>", "json")]
)
def test_a_format_of_another_form_is_refused(pool: Pool, query: str, suffix: str) -> None:
    with pytest.raises(QueryFailed) as caught:
        pool.evaluate(Job(query, suffix))
    assert (caught.value.status, caught.value.fate) == (406, "refused")


# -- the data set ---------------------------------------------------------------------------------

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
IN_GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
SOURCE, NET = f"{BASE}graph/source", f"{BASE}graph/net"
NOWHERE = "http://127.0.0.1:9/graph"


def test_the_default_graph_is_all_graphs_together(pool: Pool) -> None:
    assert _count(pool, COUNT) == STATEMENTS
    assert _count(pool, IN_GRAPHS) == 3


@pytest.mark.parametrize(
    ("clauses", "statements", "graphs"),
    [
        (f"FROM <{SOURCE}>", 3 * TOWNS, 0),
        ("FROM <graph/source>", 3 * TOWNS, 0),
        (f"FROM NAMED <{SOURCE}>", 0, 1),
        (f"FROM <{SOURCE}> FROM <{NET}> FROM NAMED <{NET}>", 3 * TOWNS + 1560, 1),
        (f"FROM <{NOWHERE}>", 0, 0),
        (f"FROM <{NOWHERE}> FROM NAMED <file:///etc/passwd>", 0, 0),
    ],
)
def test_from_means_those_graphs_and_no_others(
    pool: Pool, clauses: str, statements: int, graphs: int
) -> None:
    assert _count(pool, COUNT.replace("{", clauses + " {")) == statements
    assert _count(pool, IN_GRAPHS.replace("{ GRAPH", clauses + " { GRAPH")) == graphs


@pytest.mark.parametrize(
    ("default", "named", "statements", "graphs"),
    [
        ((SOURCE,), (), 3 * TOWNS, 0),
        ((), (SOURCE, NET), 0, 2),
        ((SOURCE, NET), (NET,), 3 * TOWNS + 1560, 1),
        ((NOWHERE,), (), 0, 0),
    ],
)
def test_graphs_of_the_request_override_those_of_the_query(
    pool: Pool, default: tuple[str, ...], named: tuple[str, ...], statements: int, graphs: int
) -> None:
    given = {"default_graphs": default, "named_graphs": named}
    for clauses in ("", f"FROM <{NET}> FROM NAMED <{NET}>"):
        assert _count(pool, COUNT.replace("{", clauses + " {"), **given) == statements
        assert _count(pool, IN_GRAPHS.replace("{ GRAPH", clauses + " { GRAPH"), **given) == graphs


def test_a_graph_that_is_no_iri_is_refused(pool: Pool) -> None:
    with pytest.raises(QueryFailed, match="no IRI of a graph") as caught:
        pool.evaluate(Job(COUNT, "json", default_graphs=("not an iri",)))
    assert caught.value.status == 400


# -- mistakes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "line", "column", "ja"),
    [
        ("SELECT * {\n ?s ?p 誤り }", 2, 8, "「誤り」は、ここには書けません"),
        ("SELECT ？s {}", 1, 8, "全角"),
        ("SELECT * { ?s ?p ?o", 1, 20, "途中で終わっています"),
        ("SELECT * { ?s ?p ?o BIND(1 AS ?s) }", 1, 31, "既に使われています"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40, "GROUP BY"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    pool: Pool, query: str, line: int, column: int, ja: str
) -> None:
    with pytest.raises(QueryFailed) as caught:
        pool.evaluate(Job(query, "json"))
    error = caught.value
    assert (error.status, error.line, error.column) == (400, line, column)
    assert ja in error.said("ja")
    assert error.fate == "refused"


# -- long answers ---------------------------------------------------------------------------------


def test_an_answer_of_less_than_a_megabyte_is_complete_and_counted(pool: Pool) -> None:
    with pool.evaluate(Job("SELECT * { ?s ?p ?o }", "tsv")) as answer:
        assert answer.complete
        assert (answer.rows, answer.truncated, answer.fate) == (STATEMENTS, False, "ok")
        assert len(answer.body) == answer.bytes
        assert b"".join(answer.chunks()) == answer.body


def test_a_short_answer_may_be_cut_off_and_says_so(pool: Pool) -> None:
    for suffix in ("json", "csv", "ttl"):
        query = "CONSTRUCT WHERE { ?s ?p ?o }" if suffix == "ttl" else "SELECT * { ?s ?p ?o }"
        with pool.evaluate(Job(query, suffix, rows=10)) as answer:
            assert (answer.complete, answer.rows, answer.truncated) == (True, 10, True)
            assert list(answer.chunks())


def test_a_long_answer_in_json_says_after_the_results_that_it_was_cut_off(pool: Pool) -> None:
    with pool.evaluate(Job(ENDLESS, "json")) as answer:
        assert not answer.complete
        body = b"".join(answer.chunks())
    assert (answer.rows, answer.truncated, answer.bytes) == (100_000, True, len(body))
    assert body.endswith(b']},"truncated":true}')
    assert len(json.loads(body)["results"]["bindings"]) == 100_000


@pytest.mark.parametrize("suffix", ["xml", "csv", "tsv", "nt", "ttl"])
def test_a_long_answer_in_another_format_breaks_off_so_that_it_never_looks_whole(
    pool: Pool, suffix: str
) -> None:
    head = "CONSTRUCT { ?a ?d ?c }" if suffix in ("nt", "ttl") else "SELECT ?a ?b ?c ?d"
    query = f"{head} {{ ?a ?b ?c . ?d ?e ?f }}"
    length = 0
    with pool.evaluate(Job(query, suffix, rows=30_000)) as answer:
        assert not answer.complete
        with pytest.raises(QueryFailed, match="30,000 rows") as caught:
            for chunk in answer.chunks():
                length += len(chunk)
    assert caught.value.fate == answer.fate == "cut"
    assert length > HELD


def test_exactly_as_many_rows_as_allowed_are_no_cut(pool: Pool) -> None:
    with pool.evaluate(Job(f"{ENDLESS} LIMIT 20000", "csv", rows=20_000)) as answer:
        body = b"".join(answer.chunks())
    assert (answer.rows, answer.truncated) == (20_000, False)
    assert body.count(b"\r\n") == 20_001


def test_pieces_have_64_kb_or_more(pool: Pool) -> None:
    with pool.evaluate(Job(f"{ENDLESS} LIMIT 50000", "json")) as answer:
        pieces = list(answer.chunks())
    assert len(pieces) > 10
    assert min(map(len, pieces[:-1])) >= 65_536 - 1_000


def test_a_slow_reader_does_not_keep_the_worker(pool: Pool) -> None:
    answer = pool.evaluate(Job(f"{ENDLESS} LIMIT 100000", "json"))
    chunks = answer.chunks()
    read = len(next(chunks))
    deadline = time.monotonic() + 15
    while not answer._ended and time.monotonic() < deadline:
        time.sleep(0.05)
    started = time.monotonic()
    assert _count(pool, COUNT) == STATEMENTS
    assert time.monotonic() - started < 1
    for chunk in chunks:
        read += len(chunk)
    assert (answer.bytes, answer.rows) == (read, 100_000)


def _break_off(pool: Pool, query: str, act: Callable[[Answer], None]) -> QueryFailed:
    answer = pool.evaluate(Job(query, "json"))
    chunks = answer.chunks()
    next(chunks)
    act(answer)
    with pytest.raises(QueryFailed) as caught:
        for _ in chunks:
            pass
    assert _count(pool, COUNT) == STATEMENTS
    return caught.value


def test_a_worker_that_dies_in_mid_stream_breaks_the_answer_off(pool: Pool) -> None:
    query = ENDLESS.replace("?a ?b", "(CONCAT(STR(?a), STR(?c)) AS ?x) ?a ?b", 1)
    error = _break_off(pool, query, lambda answer: answer._process.kill())
    assert (error.fate, error.status) == ("crashed", 503)


def test_a_full_disk_breaks_the_answer_off(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    # it fills up once the answer has begun: before, there would be no answer to break off
    error = _break_off(pool, ENDLESS, lambda _: monkeypatch.setattr(Answer, "_store", full))
    assert "No space left" in error.said("en")


def test_dropping_an_answer_frees_its_worker_and_its_file(pool: Pool) -> None:
    gc.collect()  # files that other tests left open are closed now or never
    before = _open_files()
    for _ in range(3):
        answer = pool.evaluate(Job(ENDLESS, "json"))
        chunks = answer.chunks()
        next(chunks)
        chunks.close()  # type: ignore[attr-defined]
        started = time.monotonic()
        assert _count(pool, COUNT) == STATEMENTS
        assert time.monotonic() - started < 1
    pool.evaluate(Job(ENDLESS, "json")).close()
    deadline = time.monotonic() + 5
    while (_answering() or _open_files() > before) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _open_files() <= before
    assert not _answering()


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def _answering() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "sparql-answer"]
