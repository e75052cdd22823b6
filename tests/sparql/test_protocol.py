"""publish.sparql.protocol: the parameters of a request -> what is asked, or a 4xx that says why not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish import formats
from publish.errors import QueryError
from publish.formats import RDF_FORMATS, RESULT_FORMATS
from publish.sparql.protocol import Asked, asked, named_format, offered, query_in

ASK = ("query", "ASK {}")


def refusal(*pairs: tuple[str, str], required: bool = False) -> QueryError:
    with pytest.raises(QueryError) as raised:
        asked(pairs, required=required)
    return raised.value


def test_a_request_without_a_query_asks_nothing() -> None:
    assert asked([]) is None
    assert asked([("lang", "en")]) is None


def test_a_post_must_have_a_query() -> None:
    assert refusal(required=True).status == 400


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_query_is_400(text: str) -> None:
    error = refusal(("query", text))
    assert (error.status, "query" in str(error)) == (400, True)


def test_two_queries_are_400_even_if_they_are_the_same() -> None:
    assert refusal(ASK, ASK).status == 400


def test_graphs_may_be_named_several_times() -> None:
    found = asked(
        [
            ASK,
            ("default-graph-uri", "urn:a"),
            ("default-graph-uri", "urn:b"),
            ("named-graph-uri", "urn:c"),
            ("named-graph-uri", "urn:d"),
        ]
    )
    assert found is not None
    assert (found.default_graphs, found.named_graphs) == (("urn:a", "urn:b"), ("urn:c", "urn:d"))


def test_a_graph_without_a_name_as_old_forms_send_it_is_none() -> None:
    assert asked([ASK, ("default-graph-uri", "")]) == Asked("ASK {}")


@pytest.mark.parametrize("name", ["update", "using-graph-uri", "using-named-graph-uri"])
def test_an_update_is_403_and_says_that_the_endpoint_is_read_only(name: str) -> None:
    error = refusal(ASK, (name, "DELETE WHERE { ?s ?p ?o }"))
    assert error.status == 403
    assert "read-only" in str(error) and "読み取り専用" in str(error)


@pytest.mark.parametrize(("text", "seconds"), [("5", 5.0), ("0.5", 0.5), ("", None)])
def test_a_time_limit_is_read(text: str, seconds: float | None) -> None:
    found = asked([ASK, ("timeout", text)])
    assert found is not None and found.seconds == seconds


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "1e999", "ten", "5s"])
def test_a_time_limit_that_is_none_is_400(text: str) -> None:
    assert refusal(ASK, ("timeout", text)).status == 400


@pytest.mark.parametrize(
    ("text", "wanted"), [("1", True), ("true", True), ("0", False), ("", False)]
)
def test_labels_can_be_asked_for(text: str, wanted: bool) -> None:
    found = asked([ASK, ("labels", text)])
    assert found is not None and found.labels is wanted


def test_format_goes_before_output_and_case_does_not_matter() -> None:
    found = asked([ASK, ("output", "xml"), ("format", " CSV ")])
    assert found is not None and found.formats == ("csv", "xml")


@pytest.mark.parametrize("name", ["", "auto"])
def test_a_format_that_names_nothing_leaves_the_choice_to_accept(name: str) -> None:
    assert asked([ASK, ("format", name)]) == Asked("ASK {}")


def test_a_parameter_said_twice_is_400_unless_it_says_the_same() -> None:
    assert refusal(ASK, ("timeout", "1"), ("timeout", "2")).status == 400
    assert asked([ASK, ("timeout", "1"), ("timeout", "1")]) == Asked("ASK {}", seconds=1)


def test_of_several_formats_the_first_that_can_be_had_is_meant() -> None:
    """SPARQLWrapper sends its own name for one, and then a list of media types."""
    sent = [("format", "rdf+thing"), ("format", "a/b, application/rdf+xml"), ("output", "ttl")]
    found = asked([ASK, *sent])
    assert found is not None
    assert named_format(found.formats, offered("CONSTRUCT")) == formats.RDFXML


def test_the_query_is_found_for_the_page_that_says_what_is_wrong() -> None:
    assert query_in([("a", "b"), ("query", "x"), ("query", "y")]) == "x"
    assert query_in([]) == ""


@pytest.mark.parametrize("form", ["SELECT", "ASK", None])
def test_rows_are_offered_as_results(form: str | None) -> None:
    assert offered(form) == (*RESULT_FORMATS, formats.HTML)
    assert offered(form, pages=False) == RESULT_FORMATS


@pytest.mark.parametrize("form", ["CONSTRUCT", "DESCRIBE"])
def test_triples_are_offered_as_rdf(form: str) -> None:
    assert offered(form) == (*RDF_FORMATS, formats.HTML)


NAMES = [
    ("json", formats.SPARQL_JSON, formats.JSONLD),
    ("xml", formats.SPARQL_XML, formats.RDFXML),
    ("csv", formats.CSV, None),
    ("tsv", formats.TSV, None),
    ("html", formats.HTML, formats.HTML),
    ("turtle", None, formats.TURTLE),
    ("n3", None, formats.TURTLE),
    ("rdf+xml", None, formats.RDFXML),
    ("json-ld", None, formats.JSONLD),
    ("nt", None, formats.NTRIPLES),
    ("trig", None, formats.TRIG),
    ("nq", None, formats.NQUADS),
    ("application/sparql-results+json", formats.SPARQL_JSON, None),
    ("application/sparql-results+xml; charset=utf-8", formats.SPARQL_XML, None),
    ("text/csv", formats.CSV, None),
    ("text/turtle", None, formats.TURTLE),
    ("application/json", formats.SPARQL_JSON, formats.JSONLD),
    ("text/html", formats.HTML, formats.HTML),
    ("klingon", None, None),
]


@pytest.mark.parametrize(("name", "of_rows", "of_triples"), NAMES)
def test_a_format_has_the_names_that_clients_of_other_endpoints_send(
    name: str, of_rows: formats.Format | None, of_triples: formats.Format | None
) -> None:
    for form, expected in (("SELECT", of_rows), ("CONSTRUCT", of_triples)):
        if expected is not None:
            assert named_format([name], offered(form)) == expected
            continue
        with pytest.raises(QueryError) as raised:
            named_format([name], offered(form))
        assert raised.value.status == 406


def test_every_format_is_known_by_its_suffix_and_its_media_type() -> None:
    for form in ("SELECT", "CONSTRUCT"):
        for format_ in offered(form):
            assert named_format([format_.suffix], offered(form)) == format_
            assert named_format([format_.media_type], offered(form)) == format_


def test_a_plus_that_nobody_encoded_is_one_all_the_same() -> None:
    found = asked([ASK, ("format", "application/sparql-results json")])
    assert found is not None and found.formats == ("application/sparql-results+json",)


_names = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "format", "output", "timeout",
     "labels", "using-graph-uri", "lang", "x"]
)  # fmt: skip
_values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["ASK {}", "csv", "html", "1", "1e9", "urn:a", "text/turtle", "-0"]),
    st.floats().map(str),
)


@given(st.lists(st.tuples(_names, _values), max_size=6), st.booleans())
def test_whatever_the_parameters_are_the_answer_is_a_question_or_a_4xx(
    pairs: list[tuple[str, str]], required: bool
) -> None:
    try:
        found = asked(pairs, required=required)
    except QueryError as error:
        assert error.status in (400, 403)
        return
    named = [value for name, value in pairs if name == "query"]
    assert [found.query] == named if found else (named == [] and not required)
    if found and found.seconds is not None:
        assert 0 < found.seconds < math.inf


@given(st.text(max_size=30), st.sampled_from(["SELECT", "CONSTRUCT", None]))
def test_whatever_a_format_is_called_it_is_one_that_is_offered_or_406(
    name: str, form: str | None
) -> None:
    try:
        assert named_format([name], offered(form)) in offered(form)
    except QueryError as error:
        assert error.status == 406
