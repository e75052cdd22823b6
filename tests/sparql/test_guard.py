"""publish.sparql.guard: what the terminals of a query tell, whatever dress the words wear."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from pyparsing import ParseException
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parser import parseUpdate

from publish.errors import QueryError
from publish.sparql.guard import (
    DEEPEST,
    LONGEST,
    MOST_SLASHES,
    MOST_STEPS,
    MOST_TOKENS,
    Fault,
    Form,
    inspect,
    refuse,
)

A = "PREFIX a: <http://a.example/> "
HOST = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT*{}", "SELECT"),
        ("prefix a: <b> base <c> #ASK\nask {}", "ASK"),
        ("Construct where {}", "CONSTRUCT"),
        ("DESCRIBE<a>", "DESCRIBE"),
        ("PREFIX a: <b> INSERT DATA {}", "UPDATE"),
        ("WITH <a> DELETE {} WHERE {}", "UPDATE"),
        ("", None),
        ("{}", None),
        ("HELLO", None),
        ("'SELECT'", None),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(query: str, form: Form | None) -> None:
    assert inspect(query).form == form


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT*{{SERVICE{HOST}{{}}}}",
        f"SELECT * {{ sErViCe SILENT {HOST} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE#comment\n{HOST} {{}} }}",
        "SELECT * { ?s ?p ?g . SERVICE ?g {} }",
        f"SELECT * {{ ?s ?p 'x'SERVICE{HOST}{{}} }}",
        f"SELECT * {{ ?s ?p 1.SERVICE{HOST}{{}} }}",
        f"SELECT * {{ ?s ?p 1e1SERVICE{HOST}{{}} }}",
        f"SELECT * {{ ?s ?p trueSERVICE {HOST} {{}} }}",
        f"SELECT * {{ FILTER EXISTS {{ SERVICE {HOST} {{}} }} }}",
        f"SELECT * {{ FILTER(?a > 1 || NOT EXISTS {{ ?s ?p ?o . SERVICE {HOST} {{}} }}) }}",
        f"SELECT * {{ {{ SELECT ?s {{ OPTIONAL {{ SERVICE {HOST} {{}} }} }} }} }}",
        f"SELECT * {{ {{}} UNION {{ GRAPH ?g {{ MINUS {{ SERVICE {HOST} {{}} }} }} }} }}",
        f"ASK {{ # '\n SERVICE {HOST} {{}} }} # '",
        f"ASK {{ ?s ?p '''\n''' . SERVICE {HOST} {{}} ?s ?p '''\n''' }}",
        f'ASK {{ ?s ?p "\\\\" . SERVICE {HOST} {{}} ?s ?p "\\\\" }}',
        f"ASK {{ ?s ?p <http://a/#'> . SERVICE {HOST} {{}} ?s ?p <http://a/#'> }}",
        # the engine reads keywords without a boundary
        A + "SELECT * { SERVICEa:b {} }",
        A + "SELECT * { SERVICESILENTa:b {} }",
        "PREFIX SERVICEa: <http://a/> SELECT * { SERVICEa:b {} }",
    ],
)
def test_a_call_of_service_is_found_in_any_dress(query: str) -> None:
    found = inspect(query).forbidden
    assert found is not None
    assert "SERVICE" in found.text.upper()
    line = query.split("\n")[found.line - 1]
    assert line[found.column - 1 :].startswith(found.text)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?SERVICE $LOAD { ?SERVICE ?insert ?DELETE }",
        "SELECT * { ?s ?p 'SERVICE' , \"LOAD\" , '''DROP\nSERVICE''' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://a.example/> {}",
        "SELECT * { <http://a.example/SERVICE> <SERVICE> <urn:x:LOAD#SERVICE> }",
        A + "SELECT * { a:SERVICE a:x.SERVICE a:INSERT }",
        A + "SELECT * { ?s a:SERVICE%20{} }".replace("{}", ""),
        "PREFIX service: <http://a/> SELECT * { ?s service:a service:b ; service:c ?o }",
        "PREFIX service: <http://a/> SELECT * FROM service:g { GRAPH service:g { ?s ?p ?o } }",
        "PREFIX service: <http://a/> DESCRIBE service:a { ?s ?p ?o }",
        "SELECT * { _:SERVICE ?p 'x'@service }",
        "SELECT * { VALUES ?x { <http://a/(SERVICE)#x> } }",
    ],
)
def test_the_words_may_stand_in_strings_iris_comments_and_names(query: str) -> None:
    inspection = inspect(query)
    assert inspection.forbidden is None
    assert inspection.fault is None


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a> <b> <c> }",
        "delete where { ?s ?p ?o }",
        f"LOAD {HOST}",
        "Drop All",
        "CLEAR GRAPH <a>",
        "COPY <a> TO <b>",
        "ADD <a> TO <b>",
        "SELECT * {} ; DROP ALL",
        A + "WITH a:g INSERT {} WHERE {}",
    ],
)
def test_an_update_is_found(query: str) -> None:
    assert inspect(query).forbidden is not None


@pytest.mark.parametrize(
    ("query", "fault", "text"),
    [
        # what the engine takes for a comment hides from a reader of the longest match, and back
        ("SELECT * { FILTER(?a<?b)SERVICE#>\n<http://a/>{} }", "angle", "<?b)SERVICE#>"),
        ("SELECT * { FILTER(?a<'b>')SERVICE <c> {} FILTER(?d='e') }", "angle", "<'b>"),
        ("SELECT * { FILTER(?a<<http://x#>)SERVICE <c> {} }", "angle", "<http://x#>"),
        # at a bad escape the engine reads an empty string and another one instead of a long one
        ('SELECT * { VALUES ?x {"""a" } SERVICE <b> {} #\\z"""', "string", '"'),
        ('SELECT * { VALUES ?x {"""a" } SERVICE <b> {} #\\uD800"""', "string", '"'),
        (r"SELECT * { \u0053ERVICE <http://a/> {} }", "escape", "\\"),
        ("SELECT * { ?s ?p 'a }", "string", "'"),
        ("SELECT * { ?s ?p 'a\nb' }", "string", "'"),
        ("SELECT　* {}", "stray", "　"),
        ("SELECT * {} \x00", "stray", "\x00"),
        ("SELECT * { ?s skos:prefLabel ?o }", "prefix", "skos:prefLabel"),
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_a_fault(
    query: str, fault: Fault, text: str
) -> None:
    found = inspect(query).fault
    assert found is not None
    assert (found[0], found[1].text) == (fault, text)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(?a < ?b && ?c > 3) }",
        "SELECT * { FILTER(?a<?b&&?c>3) }",
        "SELECT * { FILTER(?a = <http://a/#b> || ?a IN (<http://a/#c>, <http://a/(d)>)) }",
        "SELECT * { VALUES (?a ?b) { (1 <http://a/#b>) (<http://a/#c> <http://a/'d'>) } }",
        "SELECT * { ?a (<http://a/#b>/<http://a/#c>)|^<http://a/#d> ?b }",
        "SELECT (COUNT(DISTINCT <http://a/#b>) AS ?n) { ?s ?p 'a', 'b' }",
        "SELECT ('''a''' AS ?x) ('' AS ?y) { ?s ?p '','' }",
    ],
)
def test_ordinary_queries_have_no_fault(query: str) -> None:
    assert inspect(query).fault is None


@pytest.mark.parametrize(
    ("query", "volatile"),
    [
        ("SELECT (now() AS ?x) {}", True),
        ("SELECT * { FILTER(RAND () < 1) }", True),
        ("SELECT (STRUUID() AS ?x) (UUID() AS ?y) {}", True),
        ("SELECT (BNODE('a') AS ?x) {}", True),
        ("SELECT * {} ORDER BYRAND()", True),
        ("SELECT ?now { ?s ?p 'RAND()' } # UUID()", False),
        (A + "SELECT * { ?s a:NOW <urn:uuid:NOW> }", False),
    ],
)
def test_functions_whose_value_changes_are_seen(query: str, volatile: bool) -> None:
    assert inspect(query).volatile is volatile


@pytest.mark.parametrize(
    ("query", "dataset"),
    [
        ("SELECT * FROM <g> {}", True),
        ("SELECT (1 AS ?x)FROM NAMED<g>{}", True),
        ("CONSTRUCTFROM <g> WHERE {}", True),
        ("PREFIX FROMx: <http://a/> SELECT * FROMx:g {}", True),
        ("PREFIX from: <http://a/> DESCRIBE from:g", False),
        ("PREFIX from: <http://a/> SELECT * { ?s from:g 'FROM' }", False),
        ("SELECT ?FROM {}", False),
    ],
)
def test_a_data_set_given_in_the_query_is_seen(query: str, dataset: bool) -> None:
    assert inspect(query).dataset is dataset


def test_nesting_groups_and_operators_are_counted() -> None:
    inspection = inspect("SELECT (1+2*?x AS ?y) { { ?s a/b/c ?o FILTER((?o) = -1) } }")
    assert (inspection.depth, inspection.steps, inspection.slashes) == (4, 9, 2)


def test_values_are_not_counted_as_operators() -> None:
    values = " ".join(f"({n} -{n})" for n in range(1, 2000))
    inspection = inspect(f"SELECT * {{ VALUES (?x ?y) {{ {values} }} }}")
    assert inspection.steps == 3


@pytest.mark.parametrize("unit", ["(", "a ", "+", "'a' ", "?x ", "<a> ", ", ", "x:y "])
def test_a_query_of_64_kb_is_read_in_little_time(unit: str) -> None:
    query = unit * (64_000 // len(unit))
    started = time.process_time()
    inspection = inspect(query)
    assert time.process_time() - started < 0.5
    assert inspection.length <= MOST_TOKENS + 1
    assert inspection.depth <= DEEPEST + 1
    assert inspection.steps <= MOST_STEPS + 1


# -- rdflib's parser as the oracle ------------------------------------------------------------

_words = st.sampled_from(["SERVICE", "service", "LOAD", "Insert", "DROP", "Delete", "FROM", "x"])
_blank = st.sampled_from([" ", "\n", "\t ", " # SERVICE {\n", "\n#'\n", ' #"\n'])
_variable = st.builds("?{}".format, _words)
_quotes = st.sampled_from(["'", '"', "'''", '"""'])
_contents = st.sampled_from(
    ["", " {", "#", "\\n", "\\\\", "\\Q", "\\Q ?x <b>", "日本", "x\\\\\\Q} #"]
)


def _quoted(quote: str, word: str, content: str) -> str:
    return quote + word + content.replace("Q", quote[0]) + quote


_string = st.builds(_quoted, _quotes, _words, _contents)
_iri = st.builds("<http://a.example/{}{}>".format, _words, st.sampled_from(["", "#x", "/'", "(y)"]))
_name = st.builds("{}{}".format, st.sampled_from(["a:", "service:", ":"]), _words)
_node = st.one_of(_variable, _iri, _name)
_object = st.one_of(_node, _string, st.sampled_from(["1", "2.5", "true", "'x'@ja", "[]"]))
_triple = st.builds("{} {} {}".format, _node, st.one_of(_node, st.just("a")), _object)
_filter = st.builds("FILTER({}<{} && {} != {})".format, _variable, _variable, _variable, _string)
_other_case = st.sampled_from(["SERVICE", "service", "Service", "sErVICE"])
_silent = st.sampled_from(["", "SILENT "])


# rdflib's parser does not end on a SERVICE in a SERVICE, so what stands in one is flat
_flat = st.builds(
    lambda pieces, blank: _group(pieces, blank),
    st.lists(st.one_of(_triple, _filter), max_size=3),
    _blank,
)
_service = st.builds("{}{}{}{}{}".format, _other_case, _blank, _silent, _iri, _flat)


def _deeper(groups: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    piece = st.one_of(
        st.builds("OPTIONAL {}".format, groups),
        st.builds("{} UNION {}".format, groups, groups),
        st.builds("MINUS {}".format, groups),
        st.builds("GRAPH {} {}".format, st.one_of(_variable, _iri), groups),
        st.builds("FILTER EXISTS {}".format, groups),
        st.builds("FILTER({} = 1 || NOT EXISTS {})".format, _variable, groups),
        st.builds("{{ SELECT * WHERE {} }}".format, groups),
        _service,
        _service,
    )
    return st.builds(_group, st.lists(st.one_of(_triple, _filter, piece), max_size=3), _blank)


def _group(pieces: list[str], blank: str) -> str:
    return (
        "{ " + blank.join(f"{piece} ." if piece[0] in "?<:as" else piece for piece in pieces) + " }"
    )


_groups = st.recursive(_flat, _deeper, max_leaves=6)
_PROLOGUE = "PREFIX a: <http://a/> PREFIX : <http://b/> PREFIX service: <http://s/>\n"


def _calls_service(node: Any) -> bool:
    if getattr(node, "name", None) == "ServiceGraphPattern":
        return True
    parts = node.values() if isinstance(node, dict) else node
    return isinstance(node, (dict, list, tuple)) and any(map(_calls_service, parts))


@settings(max_examples=80, deadline=None)
@given(_groups, st.sampled_from(["SELECT *", "ASK", "CONSTRUCT { ?s a ?o }", "DESCRIBE ?x"]))
def test_service_is_found_exactly_where_rdflibs_algebra_has_it(group: str, head: str) -> None:
    query = f"{_PROLOGUE}{head} WHERE {group}"
    try:
        algebra = prepareQuery(query).algebra
    except ParseException:
        # rdflib looks for the text of SERVICE a second time, minding neither strings nor IRIs
        reject()
    inspection = inspect(query)
    assert inspection.fault is None
    assert inspection.form == head.split()[0]
    assert (inspection.forbidden is not None) == _calls_service(algebra)


_data = st.builds("{{ {} }}".format, st.builds("{} {} {}".format, _iri, _name, _string))
_updates = st.one_of(
    st.builds("INSERT DATA {}".format, _data),
    st.builds("delete data {}".format, _data),
    st.builds("DELETE WHERE {}".format, _data),
    st.builds("WITH {} INSERT {} WHERE {}".format, _iri, _data, _data),
    st.builds("LOAD SILENT {}".format, _iri),
    st.builds("{} GRAPH {}".format, st.sampled_from(["CLEAR", "Drop", "CREATE"]), _iri),
    st.builds("{} {} TO {}".format, st.sampled_from(["COPY", "move", "ADD"]), _iri, _iri),
)


@settings(max_examples=60, deadline=None)
@given(_updates)
def test_whatever_rdflib_parses_as_an_update_is_one(update: str) -> None:
    text = _PROLOGUE + update
    parseUpdate(text)
    inspection = inspect(text)
    assert inspection.form == "UPDATE"
    assert inspection.forbidden is not None


# -- What is turned away before it costs anything, and in which words -----------------------------


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


#: Rows of VALUES as people who link tables send them, with the head and the end of their query.
TABLES = {
    "codes": ("SELECT * { VALUES ?c {", '"012025" ', "} ?s ?p ?c }"),
    "rows": ("SELECT * { VALUES (?c ?n) {", '("012025" "函館市"@ja)\n', "} ?s ?p ?c }"),
    "IRIs": ("SELECT * { VALUES ?s {", "<http://127.0.0.1:8000/id/municipality/012025> ", "} ?s ?p ?o }"),
    "names": ("PREFIX m: <http://a.example/> SELECT * { VALUES ?s {", "m:012025 m: ", "} ?s ?p ?o }"),
    "typed": ("SELECT * { VALUES (?c) {", "('1'^^<http://www.w3.org/2001/XMLSchema#int>) # 1\n", "} }"),
    "numbers": ("SELECT * { VALUES (?a ?b) {", "(-1 +2.5e3)", "} }"),
    "unbound": ("SELECT * { VALUES (?a ?b) {", "(UNDEF true)", "} }"),
    "behind": ("SELECT * { ?s ?p ?c } VALUES ?c {", '"""a\n"b"""', "}"),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_a_megabyte_passes_as_values(name: str) -> None:
    head, row, end = TABLES[name]
    rows = (LONGEST - 200) // len(row.encode())
    inspection = refuse(head + row * rows + end)
    assert inspection.length < 60
    assert inspection.form == "SELECT"
    assert inspection.steps <= 4


@pytest.mark.parametrize("name", TABLES)
def test_what_stands_behind_values_is_read_as_always(name: str) -> None:
    head, row, end = TABLES[name]
    few = head + row * 3 + end
    assert _refused(few + " SERVICE <http://a.example/> {}").status == 403
    assert _refused(few + " 'no end").status == 400
    assert inspect(few + " NOW()").volatile
    assert inspect(f"{head}{row * 3}SERVICEex:a {{ }} {end}").forbidden is not None


@pytest.mark.parametrize(
    ("data", "fault"),
    [('"a" "b', "string"), ("m:1 n:2 m:3", "prefix"), (":a", "prefix"), ("<a> \\u0041", "escape"),
     ("(1 2) ¥", "stray"), ("'a' 'b\n'", "string"), ("1　2", "stray")],
)  # fmt: skip
def test_what_is_wrong_among_values_is_told_with_its_place(data: str, fault: str) -> None:
    inspection = inspect(f"PREFIX m: <urn:m:> SELECT * {{ VALUES ?x {{ 1 2\n{data} }} }}")
    assert inspection.fault is not None
    kind, mark = inspection.fault
    assert (kind, mark.line) == (fault, 2)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { VALUES ?x { " + "(" * 500_000,
        "SELECT * { VALUES ?x { " + "(1 " * 300_000,
        "SELECT * { VALUES ?x { " + "[] " * 300_000,
        "SELECT * { VALUES ?x { " + "?y " * 300_000,
        "SELECT * { FILTER(?x IN (" + "'a', " * 200_000 + "'b')) }",
        "SELECT * { " + "?s ?p ?o . " * 80_000 + "}",
    ],
)
def test_a_long_text_that_is_no_table_is_refused_in_little_time(query: str) -> None:
    started = time.process_time()
    assert _refused(query).status == 400
    assert time.process_time() - started < 2


def test_a_query_that_is_too_long_in_bytes_is_refused_with_413() -> None:
    comment = "#" + "あ" * (LONGEST // 3)
    error = _refused(f"ASK {{}} {comment}")
    assert error.status == 413
    assert "1,048,576" in error.said("en")
    refuse(f"ASK {{}} {comment}", longest=LONGEST * 2)


def test_halves_of_a_character_do_not_break_the_refusal() -> None:
    assert _refused("ASK { ?s ?p \ud800 }").status == 400
