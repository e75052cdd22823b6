"""publish.sparql.tokens: SPARQL cut into its terminals."""

from __future__ import annotations

import time

import pytest

from publish.sparql.tokens import mark, tokens


def _cut(query: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(query)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<http://a.example/#x>", "iri"),
        ("<>", "iri"),
        ("<施策/遠隔医療>", "iri"),
        (r"<http://a.example/\u3042>", "iri"),
        ('"a # b"', "string"),
        ("'it\\'s'", "string"),
        ('"""a "quoted" text\nwith lines"""', "string"),
        ("'''a''b'''", "string"),
        ('""', "string"),
        (r'"\u3042\U00020BB7"', "string"),
        ("@ja", "language"),
        ("@ja-Hrkt", "language"),
        ("?施策", "variable"),
        ("$x_1", "variable"),
        ("_:b.1", "node"),
        ("a:b", "name"),
        (":", "name"),
        ("a-b.c:", "name"),
        (r"a:b\,c\#d%20e:f", "name"),
        ("SELECT", "word"),
        ("a", "word"),
        ("10", "number"),
        (".5", "number"),
        ("1.5e-3", "number"),
        ("{", "mark"),
        ("^", "mark"),
    ],
)
def test_a_terminal_is_one_token(text: str, kind: str) -> None:
    assert _cut(f" {text} # comment") == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?s?p?o", ["?s", "?p", "?o"]),
        ("true.?s", ["true", ".", "?s"]),
        ("a.b-1 c", ["a", ".", "b", "-", "1", "c"]),
        ("?a<?b", ["?a", "<", "?b"]),
        ("<a b>", ["<", "a", "b", ">"]),
        ('"x"@ja^^a:b', ['"x"', "@ja", "^", "^", "a:b"]),
        ("1.a", ["1", ".", "a"]),
        ("a:b.", ["a:b", "."]),
        ("#c\r?x#d", ["?x"]),
        ("'a''b'", ["'a'", "'b'"]),
        ('"""a""""b"', ['"""a"""', '"b"']),
        # the rest of a string without an end is not read
        ("?x 'a ?y", ["?x", "'"]),
        ('?x """a"" ?y', ["?x", '"']),
    ],
)
def test_terminals_need_no_blank_between_them(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


def test_line_and_column_count_characters_from_one() -> None:
    query = "SELECT * {\n  ?施策 ?p 誤り\n}"
    found = mark(query, list(tokens(query))[5])
    assert (found.text, found.line, found.column) == ("誤り", 2, 10)


@pytest.mark.parametrize(
    "unit",
    ['"""a', "'", "<", "a.", "_:a....", "1.", "\\", "a:b%4", "x:..", "'''", "{", "<a", "@a-",
     "'\\", '"\\', "'''{'?\\", '"""\\', "(<", "VALUES{(", "#", "a:b\\", "?", "''\\u", "1e", "VALUES{", "あ-", "<http://a/", "'''\\z"],
)  # fmt: skip
def test_reading_takes_time_linear_in_length(unit: str) -> None:
    query = unit * (64_000 // len(unit))
    started = time.process_time()
    for _ in tokens(query):
        pass
    assert time.process_time() - started < 1.5
