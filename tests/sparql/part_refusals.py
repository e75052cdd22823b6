"""publish.sparql.guard: what is turned away before it costs anything, and in which words."""

from __future__ import annotations

import pytest

from publish.errors import QueryError
from publish.sparql.guard import DEEPEST, LONGEST, MOST_SLASHES, MOST_STEPS, refuse


def _refused(query: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        refuse(query)
    return caught.value


def test_an_ordinary_query_passes_and_is_known() -> None:
    inspection = refuse("SELECT ?s { ?s a <http://a.example/#b> } LIMIT 10")
    assert inspection.form == "SELECT"
    assert not inspection.volatile


@pytest.mark.parametrize(
    ("query", "status", "line", "column", "ja", "en"),
    [
        (
            "SELECT *\n{ SERVICE <a> {} }",
            403,
            2,
            3,
            "SERVICEは使えません",
            "SERVICE cannot be used",
        ),
        ("LOAD <http://a.example/>", 403, 1, 1, "読み取り専用", "read-only"),
        ("SELECT * {} ; DROP ALL", 403, 1, 15, "読み取り専用", "read-only"),
        ("SELECT * {\n ?s ?p 'a }", 400, 2, 8, "終わっていません", "does not end"),
        ("SELECT　* {}", 400, 1, 7, "全角", "half-width"),
        (r"\u0053ELECT * {}", 400, 1, 1, "文字列とIRIの中だけ", "strings and IRIs only"),
        ("ASK { FILTER(?a<?b)#>\n}", 400, 1, 16, "「より小さい」", "less than"),
        ("ASK { ?s ex:p ?o }", 400, 1, 10, "「ex:」が宣言されていません", '"ex:" is not declared'),
    ],
)
def test_a_refusal_says_where_and_what_in_both_languages(
    query: str, status: int, line: int, column: int, ja: str, en: str
) -> None:
    error = _refused(query)
    assert (error.status, error.line, error.column) == (status, line, column)
    assert ja in error.said("ja")
    assert en in error.said("en")


def test_the_declaration_of_a_well_known_prefix_is_given() -> None:
    remedy = _refused("SELECT * { ?s skos:prefLabel ?o }").problems[0].remedy
    assert "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>" in remedy.en


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * (DEEPEST + 1) + "}" * (DEEPEST + 1),
        "SELECT * { FILTER" + "(" * 5_000 + "1" + ")" * 5_000 + "}",
        "SELECT (" + "STR(" * 800 + "1" + ")" * 800 + " AS ?x) {}",
        "SELECT * { ?s ?p " + "[<a:p> " * 500 + "1" + "]" * 500 + " }",
        "SELECT * { ?s " + "/".join(["<a:p>"] * (MOST_SLASHES + 2)) + " ?o }",
        "SELECT * { ?s ?p ?o FILTER(" + "!" * (MOST_STEPS + 1) + "?o) }",
        "SELECT * { ?s ?p ?o FILTER(" + "-" * (MOST_STEPS + 1) + "1) }",
        "SELECT * { ?s " + "^" * (MOST_STEPS + 1) + "<a:p> ?o }",
        "SELECT * { " + "OPTIONAL {}" * 2_600 + " }",
        "SELECT * { " + "{} UNION " * 5_000 + "{} }",
        "SELECT " + "(1 AS ?x)" * 2_600 + " {}",
        "DESCRIBE " + "<a:b>" * 2_600,
        "SELECT * { " + "." * 50_000 + "}",
    ],
)
def test_what_would_end_or_stall_the_engines_parser_is_refused(query: str) -> None:
    assert len(query) < LONGEST
    error = _refused(query)
    assert error.status == 400
    assert "複雑すぎ" in error.said("ja")


def test_long_lists_of_values_pass() -> None:
    values = " ".join(f"<http://a.example/{n}>" for n in range(2_000))
    refuse(f"SELECT * {{ VALUES ?x {{ {values} }} ?x ?p -1 }}")
    refuse(f"SELECT * {{ ?x ?p ?o FILTER(?x IN ({values.replace(' ', ', ')})) }}")


def test_a_query_that_is_too_long_in_bytes_is_refused_with_413() -> None:
    comment = "#" + "あ" * (LONGEST // 3)
    error = _refused(f"ASK {{}} {comment}")
    assert error.status == 413
    assert "65,536" in error.said("en")
    refuse(f"ASK {{}} {comment}", longest=LONGEST * 2)


def test_halves_of_a_character_do_not_break_the_refusal() -> None:
    assert _refused("ASK { ?s ?p \ud800 }").status == 400
