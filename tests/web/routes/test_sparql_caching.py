"""The SPARQL endpoint over HTTP: an answer that is known is not worked out again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.served import Reply, Served

QUERY = "SELECT * { VALUES (?a ?b) { (1 2) (3 4) } }"
CURRENT = "public, max-age=60, must-revalidate"


def again(served: Served, answer: Reply, query: str, accept: str, **more: str) -> Reply:
    headers = {"Accept": accept, "If-None-Match": answer.headers["ETag"]}
    return served.request("GET", {"query": query, **more}, headers)


@contextmanager
def workers_asleep(served: Served) -> Iterator[None]:
    """Stop the workers for a while, so that only what needs none is answered."""
    stopped = served.workers()
    for worker in stopped:
        os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        for worker in stopped:
            os.kill(worker, signal.SIGCONT)


@pytest.mark.parametrize(
    "accept", ["application/sparql-results+json", "text/csv", "text/html", "*/*"]
)
def test_a_client_that_has_an_answer_is_told_so(served: Served, accept: str) -> None:
    answer = served.ask(QUERY, accept)
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Cache-Control"] == CURRENT
    for more in ({}, {"x": "goes the long way"}):
        known = again(served, answer, QUERY, accept, **more)
        assert (known.status, known.body) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "SPARQL-Row-Limit"):
            assert known.headers[name] == answer.headers[name]


def test_each_variant_has_a_tag_of_its_own(served: Served) -> None:
    variants = [
        served.ask(query, accept, **more).headers["ETag"]
        for query in (QUERY, f"{QUERY} ", f"{QUERY}#")
        for accept in ("application/sparql-results+json", "text/csv", "text/html")
        for more in (
            {},
            {"default-graph-uri": "urn:a"},
            {"named-graph-uri": "urn:a"},
            {"labels": "1"},
        )
    ]
    assert None not in variants
    assert len(set(variants)) == len(variants)
    english = served.ask(QUERY, "text/html", lang="en").headers["ETag"]
    assert english != served.ask(QUERY, "text/html", lang="ja").headers["ETag"]


def test_a_tag_of_another_variant_does_not_count(served: Served) -> None:
    answer = served.ask(QUERY, "text/csv")
    assert again(served, answer, QUERY, "text/tab-separated-values").status == 200
    assert again(served, answer, f"{QUERY} ", "text/csv").status == 200


def test_whatever_way_a_query_is_sent_its_answer_has_the_same_tag(served: Served) -> None:
    tags = {
        answer.headers["ETag"]
        for answer in (served.ask(QUERY), served.form({"query": QUERY}), served.direct(QUERY))
    }
    assert len(tags) == 1


def test_a_known_answer_needs_no_worker(served: Served) -> None:
    query = "SELECT ?x { VALUES ?x { 1 2 3 } }"
    first = [served.ask(query, accept) for accept in ("text/csv", "text/html")]
    with workers_asleep(served):
        second = [served.ask(query, accept) for accept in ("text/csv", "text/html")]
        posted = served.direct(query, parameters={"format": "csv"})
        known = again(served, first[0], query, "text/csv", x="1")
    assert [answer.body for answer in first] == [answer.body for answer in second]
    assert posted.body == first[0].body
    assert known.status == 304


def test_any_answer_that_there_is_is_known_to_who_asks_for_none(served: Served) -> None:
    anything = {"If-None-Match": "*"}
    fresh = "SELECT ?y { VALUES ?y { 4 5 } }"
    for _ in range(2):
        assert served.request("GET", {"query": fresh}, anything).status == 304
    assert served.request("GET", {"query": "SELECT ?y {"}, anything).status == 400


@pytest.mark.parametrize(
    "query",
    ["SELECT (NOW() AS ?x) {}", "SELECT (rand() AS ?x) {}", "SELECT (UUID() AS ?x) {}",
     "SELECT (STRUUID() AS ?x) {}", "SELECT (BNODE() AS ?x) {}"],
)  # fmt: skip
def test_an_answer_that_changes_is_not_kept(served: Served, query: str) -> None:
    for accept in ("text/csv", "text/html"):
        answers = [served.ask(query, accept) for _ in range(2)]
        assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
        assert {answer.headers["ETag"] for answer in answers} == {None}
        assert "BNODE" in query or answers[0].body != answers[1].body
    # not even to somebody who says that anything will do
    assert served.request("GET", {"query": query}, {"If-None-Match": "*"}).status == 200


def test_a_word_in_a_text_does_not_make_an_answer_change(served: Served) -> None:
    assert served.ask('SELECT ("NOW()" AS ?now) { }').headers["ETag"]


def test_what_failed_is_not_kept(served: Served) -> None:
    for answer in (served.ask("ASK {"), served.ask("ASK {}", "a/b")):
        assert answer.headers["Cache-Control"] == "no-store" and answer.headers["ETag"] is None


def test_a_post_is_answered_whatever_it_says_of_tags(served: Served) -> None:
    tag = served.ask(QUERY).headers["ETag"]
    for condition in (tag, "*"):
        assert served.form({"query": QUERY}, If_None_Match=condition).status == 200
