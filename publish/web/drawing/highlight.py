"""RDF as text, cut into pieces that a page tells apart: IRIs, texts, keywords, all the rest.

Joined, the pieces are the text again, whatever it is.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from publish.formats import JSONLD, RDFXML, Format
from publish.sparql import tokens

_JSON = re.compile(r'"(?:[^"\\]|\\.)*+"(?P<key>\s*:)?', re.DOTALL)
_XML = re.compile(
    r"(?P<comment><[?!][^>]*>)|(?P<tag></?[^\s>/=]+)|(?P<key>[\w:.-]+)(?==\")|\"(?P<value>[^\"]*)\""
)
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
_PREFIX = re.compile(r"(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_KEYWORDS = {"a", "prefix", "base", "graph", "true", "false"}


class Piece(NamedTuple):
    """A piece of text: what it is ("", "iri", "text", "key", "word"), and the IRI it stands for."""

    text: str
    kind: str = ""
    iri: str | None = None


def pieces(text: str, format_: Format) -> Iterator[Piece]:
    """Yield the pieces of a text in one of the RDF formats."""
    if format_ == JSONLD:
        return _json(text)
    return _xml(text) if format_ == RDFXML else _turtle(text)


def _turtle(text: str) -> Iterator[Piece]:
    """Turtle, TriG, N-Triples and N-Quads have the terminals of SPARQL."""
    prefixes = dict(_PREFIX.findall(text))
    end = 0
    for token in tokens.tokens(text):
        if token.start > end:
            yield Piece(text[end : token.start])
        yield _token(token, prefixes)
        end = token.start + len(token.text)
    yield Piece(text[end:])


def _token(token: tokens.Token, prefixes: dict[str, str]) -> Piece:
    if token.kind == "iri":
        return Piece(token.text, "iri", token.text[1:-1])
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        space = prefixes.get(prefix)
        return Piece(token.text, "iri", space + local if space and local else None)
    if token.kind in ("string", "language"):
        return Piece(token.text, "text")
    is_word = token.kind == "word" and token.text.lower() in _KEYWORDS
    return Piece(token.text, "word" if is_word else "")


def _json(text: str) -> Iterator[Piece]:
    end = 0
    for match in _JSON.finditer(text):
        yield Piece(text[end : match.start()])
        end = match.end()
        if match["key"]:
            yield Piece(match[0], "key")
            continue
        said = _unquoted(match[0])
        is_iri = _ADDRESS.fullmatch(said)
        yield Piece(match[0], "iri", said) if is_iri else Piece(match[0], "text")
    yield Piece(text[end:])


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text


def _xml(text: str) -> Iterator[Piece]:
    end = 0
    for match in _XML.finditer(text):
        yield Piece(text[end : match.start()])
        end = match.end()
        value = match["value"]
        if value is not None:
            said = html.unescape(value)
            is_iri = _ADDRESS.fullmatch(said)
            yield Piece(match[0], "iri", said) if is_iri else Piece(match[0], "text")
        else:
            yield Piece(match[0], "word" if match["tag"] else "key")
    yield Piece(text[end:])
