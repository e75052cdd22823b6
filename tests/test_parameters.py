"""publish.sparql.protocol: whichever way a request is sent, the same parameters come out, or a 4xx."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import QueryError
from publish.sparql.protocol import DIRECT, FORM, MOST_BYTES, UPDATE, RequestParts, read

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


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("utf-8", "utf-8"), ("UTF8", "utf-8"), ('"utf-8"', "utf-8"), ("Shift_JIS", "shift_jis"),
     ("windows-31j", "cp932"), ("EUC-JP", "euc-jp"), ("utf-16", "utf-16"), ("utf-16le", "utf-16le")],
)  # fmt: skip
def test_the_charset_of_a_body_is_minded(charset: str, codec: str) -> None:
    content_type = f"Application/SPARQL-Query ; charset={charset}"
    assert read(post(content_type, QUERY.encode(codec))) == [("query", QUERY)]


def test_the_charset_of_a_form_is_minded() -> None:
    body = f"query={quote_plus(QUERY, encoding='euc-jp')}".encode()
    assert read(post(f"{FORM}; charset=euc-jp", body)) == [("query", QUERY)]


@pytest.mark.parametrize("body", [b"\xef\xbb\xbfASK{}", b"ASK{}"])
def test_a_byte_order_mark_is_no_part_of_a_query(body: bytes) -> None:
    assert read(post(DIRECT, body)) == [("query", "ASK{}")]
    assert read(RequestParts("GET", b"query=" + body)) == [("query", "ASK{}")]


@pytest.mark.parametrize(
    "charset", ["klingon", "idna", "punycode", "undefined", "hex", "rot13", "utf-7", "a\0b"]
)
def test_another_charset_is_415(charset: str) -> None:
    assert status(post(f"{DIRECT}; charset={charset}", b"xn--\xff")) == 415


@pytest.mark.parametrize(
    "sent",
    [
        post(DIRECT, b"ASK{ ?s ?p '\xff' }"),
        post(f"{DIRECT}; charset=shift_jis", b"ASK{ ?s ?p '\x81' }"),
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
