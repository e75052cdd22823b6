"""RDF as text, cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.formats import JSONLD, NQUADS, NTRIPLES, RDF_FORMATS, RDFXML, TRIG, TURTLE, Format
from publish.web.drawing.highlight import Piece, pieces

TURTLES = """PREFIX s5: <http://a.example/ontology#>
PREFIX : <http://a.example/id/>

:care a s5:Plan ;
    s5:times 5 ;
    s5:name "遠隔\\"医療\\""@ja , "a:b"^^s5:Text ;
    s5:see <http://b.example/x?y=1#z> .
"""
JSON = """{"@context": "http://a.example/context.jsonld", "n" : ["a \\" : b", 5, true]}"""
XML = (
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:s5="http://a.example/o#">'
    '<rdf:Description rdf:about="http://a.example/id?a=1&amp;b=2"><s5:name xml:lang="ja">遠隔 = "x"'
    "</s5:name></rdf:Description></rdf:RDF>"
)


def of_kind(text: str, format_: Format, kind: str) -> list[str]:
    return [piece.text for piece in pieces(text, format_) if piece.kind == kind]


@pytest.mark.parametrize("format_", RDF_FORMATS)
@given(text=st.text(alphabet=st.sampled_from('<>"\\:@#_ab{}[]?=/. \n遠')))
def test_joined_the_pieces_are_the_text_whatever_it_is(format_: Format, text: str) -> None:
    joined = "".join(piece.text for piece in pieces(text, format_))
    assert joined == text


@pytest.mark.parametrize(
    ("text", "format_"),
    [(TURTLES, TURTLE), (TURTLES, TRIG), (JSON, JSONLD), (XML, RDFXML), ("", TURTLE)],
)
def test_nothing_is_lost(text: str, format_: Format) -> None:
    assert "".join(piece.text for piece in pieces(text, format_)) == text


def test_turtle_has_iris_in_full_and_by_prefix() -> None:
    found = {piece.text: piece.iri for piece in pieces(TURTLES, TURTLE) if piece.kind == "iri"}
    assert found["s5:Plan"] == "http://a.example/ontology#Plan"
    assert found[":care"] == "http://a.example/id/care"
    assert found["<http://b.example/x?y=1#z>"] == "http://b.example/x?y=1#z"
    assert found["s5:"] is None


def test_turtle_has_texts_and_keywords() -> None:
    assert of_kind(TURTLES, TURTLE, "text") == ['"遠隔\\"医療\\""', "@ja", '"a:b"']
    assert of_kind(TURTLES, TURTLE, "word") == ["PREFIX", "PREFIX", "a"]


def test_a_prefix_that_is_not_declared_stands_for_nothing() -> None:
    assert Piece("x:y", "iri", None) in pieces("x:y x:y x:y .", TURTLE)


@pytest.mark.parametrize("format_", [NTRIPLES, NQUADS])
def test_lines_of_triples_have_iris_and_texts(format_: Format) -> None:
    text = '<http://a.example/s> <http://a.example/p> "<http://no.example/>"@en .\n'
    assert of_kind(text, format_, "iri") == ["<http://a.example/s>", "<http://a.example/p>"]
    assert of_kind(text, format_, "text") == ['"<http://no.example/>"', "@en"]


def test_json_tells_keys_from_values() -> None:
    assert of_kind(JSON, JSONLD, "key") == ['"@context":', '"n" :']
    assert of_kind(JSON, JSONLD, "text") == ['"a \\" : b"']
    assert Piece('"http://a.example/context.jsonld"', "iri", "http://a.example/context.jsonld") in (
        pieces(JSON, JSONLD)
    )


def test_xml_has_tags_attributes_and_iris() -> None:
    assert of_kind(XML, RDFXML, "word")[:2] == ["<rdf:RDF", "<rdf:Description"]
    assert "rdf:about" in of_kind(XML, RDFXML, "key")
    iris = [piece.iri for piece in pieces(XML, RDFXML) if piece.kind == "iri"]
    assert iris == ["http://a.example/o#", "http://a.example/id?a=1&b=2"]
