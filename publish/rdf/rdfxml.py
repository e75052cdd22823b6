"""What RDF/XML can say, and RDF/XML: one rule for dumps, documents, catalogue and answers.

RDF/XML writes a property as the name of an element (RDF 1.1 XML Syntax, section 2.2), so the end of
its IRI must be a name of XML. The engine goes by XML 1.0, fifth edition; most parsers that read
RDF/XML (Expat, so rdflib and whatever stands on it; Xerces) know the names of the fourth edition
alone. What counts is therefore found by trying: the engine writes a statement with the property, and
Expat must read the same IRI from it. Texts, too, can hold characters that XML has not (section 2.2
of XML 1.0).

The engine writes what it cannot name as `<oxprefix: …>`, which is no XML, and names things by
classes that have no name; so the rest is written here. Worker processes import this: it needs little.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter
from typing import Protocol
from urllib.parse import unquote
from xml.parsers import expat

import pyoxigraph as ox

from publish.rdf import namespaces as ns

#: Characters that XML 1.0 cannot hold, not even as references; then the same in UTF-8.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROLS = tuple(bytes((code,)) for code in range(32) if code not in b"\t\n\r")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
#: A character that no namespace and no local name has; Expat puts it between the two.
_BETWEEN = "\n"
_CHUNK = 1 << 20
_TYPE = ox.NamedNode(ns.RDF + "type")
#: Words of an older RDF/XML, which name no element (RDF 1.1 XML Syntax, section 6.2.2).
_OLD = tuple(ns.RDF + name for name in ("aboutEach", "aboutEachPrefix", "bagID"))
_STRING = ns.XSD + "string"
#: Lines that are looked at, and handed on, together.
_LINES = 256


class Unsayable(ValueError):
    """A statement that RDF/XML cannot express; `cause` is the property's IRI, or what else."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class _Read(Protocol):
    def read(self, size: int, /) -> bytes: ...


# -- What can be said -----------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def named(iri: str) -> tuple[str, str] | None:
    """Return an IRI as namespace and name of an XML element, as every parser reads it, or None."""
    about = ox.NamedNode("urn:x")
    elements: list[str] = []
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.StartElementHandler = lambda name, _: elements.append(name)
    try:
        triple = ox.Triple(about, ox.NamedNode(iri), ox.Literal(""))
        parser.Parse(ox.serialize((triple,), format=ox.RdfFormat.RDF_XML) or b"", True)
    except (ValueError, OSError, expat.ExpatError):
        return None  # no IRI at all; a word of RDF/XML itself, as rdf:li; no name of XML
    space, _, name = elements[-1].rpartition(_BETWEEN)
    return (space, name) if space + name == iri and iri not in _OLD else None


def is_property(iri: str) -> bool:
    """Tell whether RDF/XML can say statements with this property to every parser."""
    return named(iri) is not None


def forbidden_in(text: str) -> str | None:
    """Return the first character of a text that XML cannot hold, as `U+0007`, or None."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def has_forbidden(written: bytes) -> bool:
    """Tell whether UTF-8 has characters that XML cannot hold."""
    # Looking for one byte after the other is twice as fast as one regular expression.
    return any(code in written for code in _CONTROLS) or (
        b"\xef" in written and any(two in written for two in _NONCHARACTERS)
    )


def check(source: _Read) -> None:
    """Raise ValueError, with line and column, if Expat cannot read a document as XML."""
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    try:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"XML: {error}") from error


# -- Writing --------------------------------------------------------------------------------------


def written(statements: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield RDF/XML; what follows each other about the same subject makes one element.

    Of the prefixes only those are declared that are used, if the statements are a list, else all.
    Raises Unsayable at a statement that RDF/XML (that of RDF 1.1) cannot express.
    """
    usable = {prefix: space for prefix, space in prefixes.items() if _is_prefix(prefix)}
    if isinstance(statements, list):
        used = {split[0] for split in map(named, _elements(statements)) if split}
        usable = {prefix: space for prefix, space in usable.items() if space in used}
    spaces = {ns.RDF: "rdf"}
    for prefix, space in sorted(usable.items()):
        spaces.setdefault(space, prefix)
    lines = _Writer(spaces).lines(statements)
    while some := "".join(islice(lines, _LINES)).encode():
        if has_forbidden(some):
            raise Unsayable(forbidden_in(some.decode()) or "")
        yield some


def _is_prefix(prefix: str) -> bool:
    """Tell whether a prefix of Turtle is one of XML, too, and not reserved (Namespaces in XML, 3)."""
    is_reserved = prefix == "rdf" or prefix.lower().startswith("xml")
    return named(f"urn:{prefix}") == ("urn:", prefix) and not is_reserved


def _elements(statements: Iterable[ox.Triple]) -> Iterator[str]:
    """Yield the IRIs that may become names of elements."""
    for statement in statements:
        yield statement.predicate.value
        if statement.predicate == _TYPE and isinstance(statement.object, ox.NamedNode):
            yield statement.object.value


class _Writer:
    """Writes descriptions, with the prefixes of some namespaces."""

    def __init__(self, spaces: Mapping[str, str]) -> None:
        self.spaces = spaces
        self._known: dict[str, tuple[str, str] | None] = {}

    def lines(self, statements: Iterable[ox.Triple]) -> Iterator[str]:
        declared = (f' xmlns:{name}="{_attribute(iri)}"' for iri, name in self.spaces.items())
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{"".join(declared)}>\n'
        for subject, group in groupby(statements, key=attrgetter("subject")):
            yield from self._description(subject, group)
        yield "</rdf:RDF>\n"

    def _description(self, subject: object, statements: Iterator[ox.Triple]) -> Iterator[str]:
        """Yield what is said of a subject; its type names the element, if it comes first and can."""
        first = next(statements)
        class_ = first.object if first.predicate == _TYPE else None
        element = self._element(class_.value) if isinstance(class_, ox.NamedNode) else None
        start, end = element or ("rdf:Description", "rdf:Description")
        yield f"\t<{start} {_reference(subject, 'rdf:about')}>\n"
        if element is None:
            yield self._property(first)
        yield from map(self._property, statements)
        yield f"\t</{end}>\n"

    def _property(self, statement: ox.Triple) -> str:
        element = self._element(statement.predicate.value)
        if element is None:
            raise Unsayable(statement.predicate.value)
        start, end = element
        object_ = statement.object
        if not isinstance(object_, ox.Literal):
            return f"\t\t<{start} {_reference(object_, 'rdf:resource')}/>\n"
        if language := object_.language:
            kind = f' xml:lang="{language}"'
            if object_.direction:  # RDF 1.2
                raise Unsayable(str(object_))
        else:
            datatype = object_.datatype.value
            kind = "" if datatype == _STRING else f' rdf:datatype="{_attribute(datatype)}"'
        return f"\t\t<{start}{kind}>{_text(object_.value)}</{end}>\n"

    def _element(self, iri: str) -> tuple[str, str] | None:
        """Return (what stands in the start tag, in the end tag) of an element, or None."""
        if iri not in self._known:
            self._known[iri] = self._tags(named(iri))
        return self._known[iri]

    def _tags(self, split: tuple[str, str] | None) -> tuple[str, str] | None:
        if split is None:
            return None
        space, name = split
        if space in self.spaces:
            return (f"{self.spaces[space]}:{name}",) * 2
        return f'{name} xmlns="{_attribute(space)}"', name


def _reference(term: object, attribute_: str) -> str:
    if isinstance(term, ox.NamedNode):
        return f'{attribute_}="{_attribute(term.value)}"'
    if isinstance(term, ox.BlankNode):
        return f'rdf:nodeID="b{term.value}"'  # a name of XML does not begin with a digit
    raise Unsayable(str(term))


def _attribute(iri: str) -> str:
    """Return an IRI as it stands in an attribute; it has no quotation marks, and no `<`."""
    return iri.replace("&", "&amp;")


def _text(value: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # a parser would take a bare carriage return for a line feed (XML 1.0, section 2.11)
    return value.replace("\r", "&#13;")


# -- A better IRI ---------------------------------------------------------------------------------


def proposed(iri: str) -> str | None:
    """Return an IRI near to one that is no property, which is one; None if there is none near.

    >>> proposed("http://a.example/#2024"), proposed("http://a.example/#area-%28m2%29")
    ('http://a.example/#_2024', 'http://a.example/#area-m2')
    """
    end = iri.find("#") + 1 or max(iri.rfind("/"), iri.rfind(":")) + 1
    space, local = iri[:end], unicodedata.normalize("NFKC", unquote(iri[end:]))
    name = "".join(_as_name(space, character) for character in local)
    name = re.sub("-{2,}", "-", name).strip("-.")
    name = name or "-".join(f"u{ord(character):X}" for character in local) or "value"
    candidates = () if space == ns.RDF else (space + name, f"{space}_{name}")
    return next((found for found in candidates if _keeps(found, end)), None)


def _keeps(iri: str, end: int) -> bool:
    """Tell whether an IRI is a property whose name for XML is all that follows its namespace."""
    return is_property(iri) and is_property(f"urn:{iri[end:]}")


def _as_name(space: str, character: str) -> str:
    """Return a character if names can have it, else a hyphen, or its number if it is a letter."""
    if is_property(f"{space}a{character}"):
        return character
    return f"u{ord(character):X}" if character.isalnum() else "-"
