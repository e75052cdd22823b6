"""publish.sparql.results: rows counted exactly in what the engine writes, and cut at any of them."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from publish.formats import RESULT_FORMATS, by_suffix
from publish.sparql.results import Outlet, Rows, Tally, Unwritable, XmlOutlet, write_solutions

ROW = "{http://www.w3.org/2005/sparql-results#}result"

#: what could be taken for the end of a row in one format or another
_nasty = st.sampled_from(
    ["}},{", "}},{}", '"', '"}},{"', '\\"}},{"', "{},{}", "{}", "\\", "</result>", "\n", "\t",
     "]}", ',"', '}},{"a":{', "a,b", "\r\n", "", "]},", "x" * 50]
)  # fmt: skip
_value = st.one_of(
    st.none(),
    st.lists(_nasty, max_size=3).map("".join).map(Literal),
    st.sampled_from([NamedNode("http://a.example/x,y"), NamedNode("http://a.example/%7B%7D")]),
)
_table = st.lists(st.tuples(_value, _value), max_size=12)


def _solutions(rows: list[tuple[Literal | NamedNode | None, ...]]) -> QuerySolutions:
    lines = " ".join(
        "(" + " ".join("UNDEF" if value is None else str(value) for value in row) + ")"
        for row in rows
    )
    found = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {lines} }} }}")
    assert isinstance(found, QuerySolutions)
    return found


def _written(
    solutions: QuerySolutions, suffix: str, most_rows: int, most_bytes: int = 1 << 30
) -> tuple[bytes, Tally]:
    tally = Tally(most_rows, most_bytes)
    pieces: list[bytes] = []
    outlet = (XmlOutlet if suffix == "xml" else Outlet)(pieces.append, tally)
    format_ = by_suffix(suffix, RESULT_FORMATS)
    assert format_ is not None and format_.results is not None
    write_solutions(solutions, suffix, format_.results, outlet, tally)
    written = b"".join(pieces) + outlet.rest()
    assert tally.bytes == len(written)
    return written, tally


def _rows(suffix: str, written: bytes) -> int:
    if suffix == "json":
        return len(json.loads(written)["results"]["bindings"])
    if suffix == "xml":
        return len(list(ElementTree.fromstring(written).iter(ROW)))
    if suffix == "csv":
        return len(list(csv.reader(io.StringIO(written.decode(), newline="")))) - 1
    return written.count(b"\n") - 1


@pytest.mark.parametrize("suffix", ["json", "xml", "csv", "tsv"])
@settings(max_examples=60, deadline=None)
@given(rows=_table, most=st.integers(1, 13), piece=st.integers(1, 400))
def test_no_more_than_the_rows_allowed_are_written_whatever_stands_in_them(
    suffix: str, rows: list[tuple[Literal | NamedNode | None, ...]], most: int, piece: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # short pieces, so that they end anywhere in a row
        patch.setattr("publish.sparql.results.PIECE", piece)
        written, tally = _written(_solutions(rows), suffix, most)
    assert _rows(suffix, written) == tally.rows == min(most, len(rows))
    assert tally.truncated is (len(rows) > most)
    if suffix == "json":
        assert json.loads(written).get("truncated", False) is tally.truncated


@pytest.mark.parametrize("suffix", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("most", [1, 100, 20_000, 300_000])
def test_no_more_than_the_bytes_allowed_are_written(suffix: str, most: int) -> None:
    rows: list[tuple[Literal | NamedNode | None, ...]] = [
        (Literal("値" * 10), Literal(f"{n} }}}},{{")) for n in range(2_000)
    ]
    written, tally = _written(_solutions(rows), suffix, 1_000_000, most)
    whole = most > 200_000
    assert tally.truncated is not whole
    assert _rows(suffix, written) == tally.rows
    assert len(written) <= most + 200


def test_a_row_longer_than_many_pieces_is_passed_on_whole() -> None:
    # the longest field that Python's csv module reads
    rows: list[tuple[Literal | NamedNode | None, ...]] = [(Literal("長" * 130_000), None)] * 2
    for suffix in ("json", "xml", "csv", "tsv"):
        written, tally = _written(_solutions(rows), suffix, 10)
        assert (tally.rows, _rows(suffix, written)) == (2, 2)


def test_json_says_that_it_was_cut_off_after_the_results() -> None:
    rows: list[tuple[Literal | NamedNode | None, ...]] = [(Literal("a"), None)] * 2
    written, _ = _written(_solutions(rows), "json", 1)
    assert written == (
        b'{"head":{"vars":["a","b"]},"results":{"bindings":'
        b'[{"a":{"type":"literal","value":"a"}}]},"truncated":true}'
    )


def test_csv_quotes_iris_with_commas_and_whatever_rfc_4180_wants_quoted() -> None:
    rows: list[tuple[Literal | NamedNode | None, ...]] = [
        (NamedNode("http://a.example/x,y"), Literal("全国初, 「最新」")),
        (Literal('say "あ"'), Literal("line\nline\r\n")),
        (None, Literal("日本")),
    ]
    written, _ = _written(_solutions(rows), "csv", 10)
    assert written.decode() == (
        "a,b\r\n"
        '"http://a.example/x,y","全国初, 「最新」"\r\n'
        '"say ""あ""","line\nline\r\n"\r\n'
        ",日本\r\n"
    )


def test_an_empty_value_alone_in_its_row_is_no_empty_line_in_csv() -> None:
    found = Store().query('SELECT ?a { VALUES ?a { UNDEF "" "x" } }')
    assert isinstance(found, QuerySolutions)
    written, _ = _written(found, "csv", 10)
    assert written == b'a\r\n""\r\n""\r\nx\r\n'


def test_xml_keeps_carriage_returns_and_refuses_control_characters() -> None:
    written, _ = _written(_solutions([(Literal("a\r\nb"), None)]), "xml", 10)
    assert "".join(ElementTree.fromstring(written).itertext()) == "a\r\nb"
    for character in ("\x01", "\x0b", "\x1f", "\ufffe", "\uffff"):
        with pytest.raises(Unwritable):
            _written(_solutions([(Literal(f"a{character}b"), None)]), "xml", 10)


def test_rows_are_handed_on_in_pieces_of_64_kb() -> None:
    pieces: list[bytes] = []
    tally = Tally(1 << 30, 1 << 30)
    rows = Rows(Outlet(pieces.append, tally), tally)
    rows.write(b"?a\n")
    for _ in range(100):
        rows.write(b'"0123456789"\n' * 600)
    rows.finish()
    assert tally.rows == 60_000
    assert {len(piece) >= 65_536 for piece in pieces} == {True}
