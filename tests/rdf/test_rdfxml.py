"""What RDF/XML can say, and RDF/XML, read by the parsers that read most of it: Expat, rdflib."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from publish.rdf import namespaces as ns
from publish.rdf import rdfxml
from publish.rdf.rdfxml import Unsayable, is_property, named, proposed
from publish.rdf.terms import TYPE, is_iri, node
from tests.support.projects import UNSAYABLE

ABOUT = node("http://a.example/thing?x=1&y='2'")
PREFIXES = {"p": "http://p.example/#", "skos": ns.SKOS}
#: Properties that XML can name, with the part that does.
SAYABLE = {
    "http://p.example/#_2024": "_2024",
    "http://p.example/#収容定員": "収容定員",
    "http://p.example/#area-%28m2%29x": "x",
    "http://p.example/2024/price": "price",
    "http://p.example/?q=a&b=c": "c",
    "urn:example:1a": "a",
    "http://p.example/#a.b-c_d\u00b7": "a.b-c_d\u00b7",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#_1": "_1",
    "http://p.example/#xml": "xml",
}
_SYNTAX = (
    "RDF Description ID about parseType resource li nodeID datatype aboutEach aboutEachPrefix bagID"
)


def written(statements: list[ox.Triple], prefixes: dict[str, str] = PREFIXES) -> bytes:
    return b"".join(rdfxml.written(statements, prefixes))


def said(predicate: str, object_: ox.NamedNode | ox.Literal | ox.BlankNode) -> list[ox.Triple]:
    return [ox.Triple(ABOUT, node(predicate), object_)]


def is_read_back(statements: list[ox.Triple], prefixes: dict[str, str] = PREFIXES) -> bool:
    """Tell whether rdflib reads from RDF/XML what it reads from N-Triples."""
    lines = "".join(f"{statement} .\n" for statement in statements)
    found = rdflib.Graph().parse(data=written(statements, prefixes), format="xml")
    return isomorphic(found, rdflib.Graph().parse(data=lines, format="nt"))


# -- Names -------------------------------------------------------------------------------------


def _characters() -> Iterator[str]:
    """Yield the characters of the Basic Multilingual Plane that an IRI can have."""
    for code in range(0x21, 0x10000):
        if not 0xD800 <= code < 0xE000 and is_iri(f"urn:x:{chr(code)}"):
            yield chr(code)


def _is_name(name: str) -> bool:
    """Tell whether Expat takes a name for that of an element, alone and whole."""
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: found.append(name)
    try:
        parser.Parse(f"<{name}/>".encode(), True)
    except expat.ExpatError:
        return False
    return found == [name]


def test_no_character_of_a_name_is_one_that_expat_refuses() -> None:
    characters = list(_characters())
    assert len(characters) > 50_000
    inside = {c for c in characters if named(f"http://p.example/#a{c}") == (PREFIXES["p"], f"a{c}")}
    first = {c for c in characters if named(f"http://p.example/#{c}") == (PREFIXES["p"], c)}
    assert [c for c in inside if not _is_name(f"a{c}")] == []
    assert [c for c in first if not _is_name(c)] == []
    # about as many as the tables of the fourth edition have
    assert len(inside) > 33_000 and len(first) > 32_000
    assert first < inside


def test_rdflib_reads_every_property_that_has_one_character_of_the_plane_at_its_end() -> None:
    # every seventh of them, for rdflib takes its time; Expat, on which it stands, is asked for all
    properties = [
        iri
        for character in islice(_characters(), 0, None, 7)
        for iri in (f"http://p.example/#{character}", f"http://p.example/#a{character}")
        if is_property(iri)
    ]
    document = written([ox.Triple(ABOUT, node(iri), ABOUT) for iri in properties])
    graph = rdflib.Graph().parse(data=document, format="xml")
    assert {str(predicate) for predicate in graph.predicates()} == set(properties)


@pytest.mark.parametrize("iri", UNSAYABLE)
def test_a_property_without_a_name_for_xml_is_refused_before_it_is_written(iri: str) -> None:
    assert not is_property(iri)
    with pytest.raises(Unsayable) as caught:
        written(said(iri, ox.Literal("1")))
    assert caught.value.cause == iri


@pytest.mark.parametrize("word", _SYNTAX.split())
def test_a_word_of_rdf_xml_itself_is_no_property_and_has_none_near(word: str) -> None:
    assert not is_property(ns.RDF + word)
    assert proposed(ns.RDF + word) is None


@pytest.mark.parametrize(("iri", "name"), SAYABLE.items())
def test_a_property_with_a_name_is_read_back(iri: str, name: str) -> None:
    assert named(iri) == (iri.removesuffix(name), name)
    assert is_read_back(said(iri, ox.Literal("値", language="ja")))


@pytest.mark.parametrize(("iri", "near"), UNSAYABLE.items())
def test_an_iri_near_is_proposed(iri: str, near: str | None) -> None:
    assert proposed(iri) == near
    assert near is None or is_property(near)


# -- What is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("class_", [*UNSAYABLE, *SAYABLE])
def test_a_class_need_not_have_a_name(class_: str) -> None:
    assert is_read_back(said(TYPE.value, node(class_)))
    label = ox.Triple(ABOUT, node(ns.SKOS + "prefLabel"), ox.Literal("名", language="ja"))
    assert is_read_back([*said(TYPE.value, node(class_)), label])


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\n\td", "<a>&amp;]]>\"'", " 　", "", "\x7f\x85\u2028", "𠮷\U0001fffe\ue000"]
)
def test_a_text_is_read_back_as_it_is(text: str) -> None:
    for literal in (
        ox.Literal(text),
        ox.Literal(text, language="ja"),
        ox.Literal(text, datatype=node("http://p.example/?a&b")),
    ):
        document = written(said(ns.SKOS + "note", literal))
        assert [quad.object for quad in ox.parse(document, format=ox.RdfFormat.RDF_XML)] == [
            literal
        ]
        assert is_read_back(said(ns.SKOS + "note", literal))


@pytest.mark.parametrize("code", [0, 1, 7, 8, 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0xFFFE, 0xFFFF])
def test_a_character_that_xml_has_not_is_refused(code: int) -> None:
    with pytest.raises(Unsayable, match=f"U\\+{code:04X}"):
        written(said(ns.SKOS + "note", ox.Literal(f"東京{chr(code)}都")))


def test_the_characters_that_are_refused_are_those_that_expat_refuses() -> None:
    wrong = []
    for code in (*range(1, 0xD800), *range(0xE000, 0x10000)):
        parser = expat.ParserCreate()
        try:
            parser.Parse(f"<a>{chr(code)}</a>".replace("<<", "&lt;<").replace("&<", "<").encode())
            fine = True
        except expat.ExpatError:
            fine = False
        if fine == bool(rdfxml.forbidden_in(chr(code))):
            wrong.append(hex(code))
        assert rdfxml.has_forbidden(chr(code).encode()) == bool(rdfxml.forbidden_in(chr(code)))
    assert wrong == []


def test_blank_nodes_are_read_back_whatever_they_are_called() -> None:
    one, other = ox.BlankNode("1"), ox.BlankNode("b1")
    predicate = node(ns.SKOS + "related")
    assert is_read_back([ox.Triple(one, predicate, other), ox.Triple(other, predicate, one)])


@pytest.mark.parametrize(
    "object_",
    [
        ox.Literal("x", language="ja", direction=ox.BaseDirection.LTR),
        ox.Triple(ABOUT, TYPE, ABOUT),
    ],
)
def test_what_only_rdf_1_2_has_is_refused(object_: ox.Literal | ox.Triple) -> None:
    with pytest.raises(Unsayable):
        written([ox.Triple(ABOUT, node(ns.SKOS + "note"), object_)])


@pytest.mark.parametrize("prefix", ["", "rdf", "xml", "xmlns", "XMLa", "2024", "𠮷", "・"])
def test_a_prefix_that_xml_has_not_is_not_used(prefix: str) -> None:
    assert is_read_back(said("http://q.example/a", ABOUT), {prefix: "http://q.example/"})


def test_of_a_list_only_the_prefixes_that_are_used_are_declared() -> None:
    statements = said("http://p.example/#a", ABOUT)
    assert b"xmlns:skos" not in written(statements)
    assert b"xmlns:skos" in b"".join(rdfxml.written(iter(statements), PREFIXES))


# -- Documents of others -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "element", ["2024", "oxprefix:", "面積㎡", "収容・定員", "a/b", "p:a:b", "q:unbound", "𠮷"]
)
def test_xml_that_expat_cannot_read_is_told_with_its_line(element: str) -> None:
    document = f'<r xmlns:oxprefix="urn:x" xmlns:p="urn:p">\n<{element}/>\n</r>'
    with pytest.raises(ValueError, match=r"XML: .* line 2"):
        rdfxml.check(io.BytesIO(document.encode()))


def test_xml_that_expat_can_read_is_fine() -> None:
    rdfxml.check(io.BytesIO(written(said(ns.SKOS + "note", ABOUT))))
