"""How tests read answers: triples of any format, pages as elements."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pyoxigraph as ox

from publish.formats import Format

VOID_ELEMENTS = {"meta", "link", "img", "br", "hr", "input"}


def triples(content: bytes, format_: Format) -> set[str]:
    """Return the triples that an answer states, as N-Triples lines, whatever their graph."""
    found = ox.parse(content, format=format_.rdf, base_iri="urn:wrong:")
    return {f"{quad.subject} {quad.predicate} {quad.object} ." for quad in found}


class Page(HTMLParser):
    """A page taken apart; elements that are not closed in order are an error."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == [], f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # titles inside drawings are names of their parts, not of the page
        kind = "svg title" if tag == "title" and "svg" in self.open else tag
        self.elements.append((kind, {name: value or "" for name, value in attrs}))
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> in {self.open}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        else:
            self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """Return the attributes of the elements of a kind that have certain attributes."""
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and wanted.items() <= attributes.items()
        ]

    @property
    def language(self) -> str:
        return self.all("html")[0]["lang"]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a")]

    @property
    def embedded(self) -> Any:
        """Return the JSON-LD in the page."""
        (script,) = self.scripts
        return json.loads(script)


def link_header(values: list[str], relation: str) -> list[str]:
    """Return the targets of the Link headers with a relation."""
    wanted = f'; rel="{relation}"'
    return [value[1:].split(">")[0] for value in values if wanted in value]
