"""publish.sparql.syntax_errors: the place of a mistake, found with the engine's own parser."""

from __future__ import annotations

import time

import pytest
from pyoxigraph import Store

from publish.sparql.syntax_errors import Kind, find_mistake


@pytest.mark.parametrize(
    ("query", "text", "line", "column"),
    [
        ("SELECT ?s WERE { ?s ?p ?o }", "WERE", 1, 11),
        ("SELECT ?s, ?o { ?s ?p ?o }", ",", 1, 10),
        ("SELECT * {\n  ?s ?p \"日本語\" .\n  ?s 日本語 ?o\n}", "日本語", 3, 6),
        ("SELECT ？s {}", "？s", 1, 8),
        ("SELECT * { ?s ?p ?o FILTER(?o > 3 }", "}", 1, 35),
        ("SELECT * { ?s ?p ?o FILTER(FOO(?o)) }", "FOO", 1, 28),
        ("SELECT * { ?s ?p ?o } }", "}", 1, 23),
        ("SELECT * { ?s ?p } # end", "}", 1, 18),
        ("SELECT * { ?s ?p ?o } LIMIT 10 ORDER BY ?s", "ORDER", 1, 32),
        ("SELECT * { ?s <http://a.example/%zz> ?o }", "<http://a.example/%zz>", 1, 15),
        ("SELECT COUNT(?s) { ?s ?p ?o }", "COUNT", 1, 8),
        ("hello", "hello", 1, 1),
    ],
)  # fmt: skip
def test_the_first_terminal_that_cannot_stand_there_is_named(
    query: str, text: str, line: int, column: int
) -> None:
    mistake = find_mistake(query)
    assert (mistake.kind, mistake.text) == ("unexpected", text)
    assert (mistake.line, mistake.column) == (line, column)


@pytest.mark.parametrize(
    ("query", "kind", "text"),
    [
        ("", "early", ""),
        (" # nothing", "early", ""),
        ("SELECT * { ?s ?p ?o", "early", ""),
        ("DESCRIBE", "early", ""),
        ("SELECT * { ?s ?p ?o } ORDER BY", "early", ""),
        ("SELECT * { ?s ?p ?o BIND(1 AS ?s) }", "bound", "?s"),
        ("SELECT ?s (COUNT(*) AS ?n) {}", "meaning", "The SELECT contains a variable that is unbound"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "meaning", "SELECT * is not authorized with GROUP BY"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", "meaning", "Duplicated variable name in SELECT"),
    ],
)  # fmt: skip
def test_other_mistakes_are_told_apart(query: str, kind: Kind, text: str) -> None:
    mistake = find_mistake(query)
    assert (mistake.kind, mistake.text) == (kind, text)


def test_the_search_never_plans_or_evaluates_anything() -> None:
    query = "SELECT * { " + "?s ?p ?o . " * 400 + "} x"
    with pytest.raises(SyntaxError):
        Store().query(query)
    started = time.process_time()
    assert find_mistake(query).text == "x"
    assert time.process_time() - started < 1
