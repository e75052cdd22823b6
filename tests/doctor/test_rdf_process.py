"""What a reading tells of the triples of a document, and how packed files are unpacked."""

from __future__ import annotations

import gzip

import pyoxigraph as ox
import pytest
import zstandard

from publish.doctor.rdf_process import UNPACKING, Reading, unpacked

A, B, P = (ox.NamedNode(f"http://a.example/{name}") for name in "abp")
READING = Reading(
    triples=frozenset({(A, P, ox.Literal("2")), (A, P, ox.Literal("1")), (B, P, ox.BlankNode("x"))})
)


def test_values_are_found_by_subject_and_by_predicate_in_order() -> None:
    assert READING.about(A.value) == {P.value: ["1", "2"]}
    assert READING.about("http://a.example/none") == {}
    assert READING.values(P.value) == ["1", "2", "x"]
    assert READING.subjects_with(P.value, "x") == [B.value]


def test_blank_nodes_and_iris_are_told_apart() -> None:
    assert READING.blank == {"x"}
    assert READING.iris == {A.value, B.value, P.value}


@pytest.mark.parametrize("content", [b"", b"plain", b"x" * 100_000])
def test_what_was_packed_is_unpacked(content: bytes) -> None:
    assert unpacked(gzip.compress(content)) == content
    assert unpacked(zstandard.compress(content)) == content
    assert unpacked(content) == content


def test_several_members_of_gzip_are_one_file() -> None:
    assert unpacked(gzip.compress(b"a") + gzip.compress(b"b")) == b"ab"


def test_a_file_that_breaks_off_is_damaged() -> None:
    with pytest.raises(UNPACKING):
        unpacked(gzip.compress(b"x" * 1000)[:-9])
