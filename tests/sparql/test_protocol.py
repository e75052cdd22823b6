"""publish.sparql.protocol: the parameters of a request -> what is asked, or a 4xx that says why not."""

from __future__ import annotations

import math
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish import formats
from publish.errors import QueryError
from publish.formats import RDF_FORMATS, RESULT_FORMATS
from publish.sparql.protocol import (
    DIRECT,
    FORM,
    MOST_BYTES,
    UPDATE,
    Asked,
    RequestParts,
    asked,
    named_format,
    offered,
    query_in,
    read,
)

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


# -- Whichever way a request is sent, the same parameters come out, or a 4xx ----------------------

QUERY = 'SELECT ?x { ?x ?p "札幌 & + %" }'


def post(
    content_type: str | None, body: bytes, url: bytes = b"", encoding: str = ""
) -> RequestParts:
    return RequestParts("POST", url, content_type, encoding, body)


def status(sent: RequestParts) -> int:
    with pytest.raises(QueryError) as raised:
        read(sent)
    assert raised.value.problems[0].what.ja and raised.value.problems[0].remedy.en
    return raised.value.status


def test_a_query_is_read_from_the_url() -> None:
    assert read(RequestParts("GET", urlencode({"query": QUERY}).encode())) == [("query", QUERY)]


def test_a_query_is_read_from_a_form_after_the_parameters_of_the_url() -> None:
    body = urlencode({"query": QUERY}).encode()
    assert read(post(FORM, body, b"format=csv")) == [("format", "csv"), ("query", QUERY)]


def test_a_query_is_read_from_a_body_after_the_parameters_of_the_url() -> None:
    graphs = b"default-graph-uri=urn:a&default-graph-uri=urn:b"
    assert read(post(DIRECT, QUERY.encode(), graphs)) == [
        ("default-graph-uri", "urn:a"),
        ("default-graph-uri", "urn:b"),
        ("query", QUERY),
    ]


def test_characters_that_nobody_encoded_are_read_as_well() -> None:
    assert read(RequestParts("GET", "query=ASK{?札 ?b 'x=y'}".encode())) == [
        ("query", "ASK{?札 ?b 'x=y'}")
    ]


@pytest.mark.parametrize("type_", [DIRECT, FORM])
@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"', "us-ascii", "Utf_8"])
def test_a_body_is_utf_8(charset: str, type_: str) -> None:
    content_type = f"{type_.title()} ; charset={charset}"
    body = QUERY if type_ == DIRECT else f"query={quote_plus(QUERY)}"
    assert read(post(content_type, body.encode())) == [("query", QUERY)]


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin1", "windows-1252", "ISO8859-1", "cp1252"])
def test_a_charset_that_clients_say_of_every_body_passes_if_it_makes_no_difference(
    charset: str,
) -> None:
    assert read(post(f"{DIRECT}; charset={charset}", b"ASK{}")) == [("query", "ASK{}")]
    assert status(post(f"{DIRECT}; charset={charset}", b"ASK{?s ?p '\xe9'}")) == 415


@pytest.mark.parametrize("body", [b"\xef\xbb\xbfASK{}", b"ASK{}"])
def test_a_byte_order_mark_is_no_part_of_a_query(body: bytes) -> None:
    assert read(post(DIRECT, body)) == [("query", "ASK{}")]
    assert read(RequestParts("GET", b"query=" + body)) == [("query", "ASK{}")]


@pytest.mark.parametrize(
    "charset",
    ["klingon", "idna", "punycode", "undefined", "hex", "rot13", "utf-7", "a\0b", "utf-16",
     "UTF-16LE", "utf-32", "Shift_JIS", "windows-31j", "EUC-JP", "ISO-2022-JP"],
)  # fmt: skip
def test_another_charset_is_415(charset: str) -> None:
    assert status(post(f"{DIRECT}; charset={charset}", b"xn--\xff")) == 415


@pytest.mark.parametrize(
    "sent",
    [
        post(DIRECT, b"ASK{ ?s ?p '\xff' }"),
        post(DIRECT, "ASK{ ?s ?p '市' }".encode("shift_jis")),
        post(DIRECT, "ASK{ ?s ?p '市' }".encode("euc-jp")),
        post(f"{DIRECT}; charset=utf-8", QUERY.encode("utf-16")),
        post(DIRECT, QUERY.encode("utf-16")),
        post(DIRECT, "ASK{}".encode("utf-16-le")),
        post(FORM, "query=ASK{}".encode("utf-16-be")),
        post(DIRECT, QUERY.encode("utf-32")),
        post(FORM, f"query={quote_plus(QUERY, encoding='euc-jp')}".encode()),
        post(FORM, b"query=%FF"),
        RequestParts("GET", b"query=%FF"),
        RequestParts("GET", b"%FF=1"),
        RequestParts("GET", b"&".join([b"a=1"] * 2000)),
    ],
)
def test_what_cannot_be_decoded_is_400(sent: RequestParts) -> None:
    assert status(sent) == 400


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "application/json", "multipart/form-data; boundary=x", "nonsense",
     "a/b/c", "application/sparql-query-x"],
)  # fmt: skip
def test_another_type_of_body_is_415(content_type: str | None) -> None:
    assert status(post(content_type, b"ASK{}")) == 415


def test_a_compressed_body_is_415() -> None:
    assert status(post(DIRECT, b"\x1f\x8b", encoding="gzip")) == 415
    assert read(post(DIRECT, b"ASK{}", encoding="identity")) == [("query", "ASK{}")]


def test_an_update_in_the_body_is_403() -> None:
    assert status(post(UPDATE, b"DELETE WHERE { ?s ?p ?o }")) == 403


@pytest.mark.parametrize("content_type", [DIRECT, FORM])
def test_a_body_that_no_query_needs_is_413(content_type: str) -> None:
    assert status(post(content_type, b"x" * (MOST_BYTES + 1))) == 413


_types = st.one_of(
    st.sampled_from([DIRECT, FORM, UPDATE, f"{FORM}; charset=euc-jp", f"{DIRECT};charset*=x''y"]),
    st.text(max_size=30),
    st.builds(f"{DIRECT}; charset={{}}".format, st.text(max_size=12)),
)


@given(
    st.sampled_from(["GET", "HEAD", "POST"]),
    st.binary(max_size=60),
    st.none() | _types,
    st.sampled_from(["", "gzip", "identity"]),
    st.binary(max_size=60),
)
def test_nothing_that_is_sent_is_more_than_a_4xx(
    method: str, url: bytes, content_type: str | None, encoding: str, body: bytes
) -> None:
    try:
        pairs = read(RequestParts(method, url, content_type, encoding, body))
    except QueryError as error:
        assert error.status in (400, 403, 413, 415)
    else:
        assert all("�" not in name + value for name, value in pairs) or "�".encode() in url + body


@given(st.lists(st.tuples(st.text(max_size=10), st.text(max_size=20)), max_size=8))
def test_every_pair_survives_being_encoded(pairs: list[tuple[str, str]]) -> None:
    encodable = [(n, v) for n, v in pairs if not (n + v).startswith("\ufeff")]
    encodable = [(n, v) for n, v in encodable if not v.startswith("\ufeff") and _encodes(n + v)]
    encoded = urlencode(encodable).encode()
    expected = [(n, v) for n, v in encodable]
    assert read(RequestParts("GET", encoded)) == expected
    assert read(post(FORM, encoded)) == expected


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
