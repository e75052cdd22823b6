"""Strangers' RDF is read in a process of its own, which they may break without harm."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
import zstandard

from publish.doctor.rdf import Reader

TURTLE, JSON_LD, XML = "text/turtle", "application/ld+json", "application/rdf+xml"
BASE = "http://a.example/doc"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
    '<rdf:Description rdf:about="http://x/a"><x:p>&m;</x:p></rdf:Description></rdf:RDF>'
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as found:
        yield found


def test_triples_are_counted_and_named_graphs_forgotten(reader: Reader) -> None:
    text = b"<g> { <a> a <C> . <a> <p> 1 } <h> { <a> a <C> . <b> <p> <a> }"
    reading = reader.read(text, "application/trig", BASE, 20)
    assert (reading.count, reading.subjects) == (3, 2)
    assert reading.classes == {"http://a.example/C": 1}
    assert reading.properties["http://a.example/p"] == 2
    assert reading.about("http://a.example/b") == {"http://a.example/p": ["http://a.example/a"]}
    assert reading.of_type("http://a.example/C") == ["http://a.example/a"]


def test_blank_nodes_get_the_same_names_whatever_they_were_called(reader: Reader) -> None:
    one = reader.read(b"<a> <p> [ <q> 1 ], [ <q> 2 ] .", TURTLE, BASE, 20)
    other = reader.read(b"_:x <q> 2 . _:y <q> 1 . <a> <p> _:x, _:y .", TURTLE, BASE, 20)
    assert one.digest == other.digest
    assert one.triples == other.triples
    assert len(one.blank) == 2


def test_a_mistake_is_told(reader: Reader) -> None:
    reading = reader.read(b"<a> <b>", TURTLE, BASE, 20)
    assert reading.problem is not None
    assert reading.problem.en.startswith("malformed: ")
    assert reading.problem.ja.startswith("構文の誤り：")


def test_a_page_is_no_rdf(reader: Reader) -> None:
    reading = reader.read(b"<!doctype html>", "text/html", BASE, 20)
    assert reading.problem is not None
    assert reading.problem.en == "not RDF (text/html)"


@pytest.mark.parametrize("packed", [gzip.compress, zstandard.compress])
def test_packed_files_are_unpacked(reader: Reader, packed: object) -> None:
    assert callable(packed)
    assert reader.read(packed(b"<a> <p> 1 ."), TURTLE, BASE, 20).count == 1


def test_a_packed_bomb_is_refused(reader: Reader) -> None:
    bomb = zstandard.compress(b"\0" * (300 << 20))
    reading = reader.read(bomb, TURTLE, BASE, 40)
    assert reading.problem is not None
    assert "bytes when unpacked" in reading.problem.en


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (b'{"http://x/p":' * 100_000, JSON_LD),
        (b'{"@context":{},"http://x/p":' * 5_000 + b"1" + b"}" * 5_000, JSON_LD),
        (b"<a> <p> " + b"<<( <a> <p> " * 50_000 + b"1" + b")>>" * 50_000 + b" .", TURTLE),
        (LAUGHS.encode(), XML),
    ],
    ids=["open", "nested", "quoted", "laughs"],
)
def test_a_hostile_document_does_not_end_the_doctor(
    reader: Reader, body: bytes, type_: str
) -> None:
    assert reader.read(body, type_, BASE, 4).problem is not None
    assert reader.read(b"<a> <p> 1 .", TURTLE, BASE, 20).count == 1


def test_blank_nodes_that_look_alike_are_given_up(reader: Reader) -> None:
    knot = "".join(f"_:{i} <p> _:{j} .\n" for i in range(12) for j in range(12) if i != j)
    reading = reader.read(knot.encode().replace(b"_:", b"_:b"), TURTLE, BASE, 4)
    assert (reading.problem, reading.count, reading.is_canonical) == (None, 132, False)


def test_triple_terms_are_not_read(reader: Reader) -> None:
    reading = reader.read(b"<a> <p> <<( <a> <p> 1 )>> .", TURTLE, BASE, 20)
    assert reading.problem is not None
    assert "triple terms" in reading.problem.en


@pytest.mark.parametrize(
    "element",
    ["x:2024", "oxprefix: xmlns:oxprefix='http://x/#1'", "x:面積㎡", "x:収容・定員", "x:𠮷"],
)
def test_rdf_xml_that_only_some_parsers_read_is_a_mistake(reader: Reader, element: str) -> None:
    text = (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
        f'<r:Description r:about="http://x/a"><{element} r:resource="http://x/b"/>'
        "</r:Description></r:RDF>"
    )
    reading = reader.read(text.encode(), XML, BASE, 20)
    assert reading.problem is not None
    assert "XML: not well-formed" in reading.problem.en
    fine = text.replace(element, "x:_2024")
    assert reader.read(fine.encode(), XML, BASE, 20).count == 1
