"""Where an answer leads: links of the header and of a page, and what else a page holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from publish.doctor.http import Visit, absolute

#: Longer headers and pages are not looked through to the end.
_LONGEST_HEADER = 1 << 16
_LONGEST_PAGE = 1 << 21
_LINK = re.compile(r'<([^<>"]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]*))?)*)')
_PARAMETER = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s",;]*))')
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
JSON_LD = "application/ld+json"


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its relations and what it says of its target."""

    url: str
    relations: frozenset[str]
    type: str = ""
    language: str = ""
    text: str = ""


@dataclass
class _Content:
    """What was gathered of a page."""

    language: str = ""
    links: list[Link] = field(default_factory=list)
    anchors: list[Link] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)


def header_links(visit: Visit) -> list[Link]:
    """Return the links of the Link header (RFC 8288); malformed ones are left out."""
    header = ", ".join(visit.headers.get_list("link"))[:_LONGEST_HEADER]
    found = []
    for target, rest in _LINK.findall(header):
        stated = {name.lower(): a or b for name, a, b in _PARAMETER.findall(rest)}
        if url := absolute(visit.url, target):
            relations = frozenset(stated.get("rel", "").lower().split())
            found.append(Link(url, relations, stated.get("type", ""), stated.get("hreflang", "")))
    return found


class _Page(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = base
        self._inside: str | None = None
        self._text: list[str] = []
        self._href = ""
        self.content = _Content()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.content.language = given.get("lang", "")
        elif tag == "base" and (base := absolute(self._base, given.get("href", ""))):
            self._base = base
        elif tag == "link" and (url := absolute(self._base, given.get("href", ""))):
            relations = frozenset(given.get("rel", "").lower().split())
            link = Link(url, relations, given.get("type", ""), given.get("hreflang", ""))
            self.content.links.append(link)
        elif tag == "a" and "href" in given:
            self._begin("a", given["href"])
        elif tag == "script" and given.get("type", "").partition(";")[0].strip() == JSON_LD:
            self._begin("script", "")

    def _begin(self, tag: str, href: str) -> None:
        self._inside, self._href, self._text = tag, href, []

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != self._inside:
            return
        self._inside = None
        text = "".join(self._text)
        if tag == "script":
            self.content.scripts.append(text)
        elif url := absolute(self._base, self._href):
            self.content.anchors.append(Link(url, frozenset(), text=text.strip()[:200]))


@lru_cache(maxsize=64)
def _page(body: bytes, url: str) -> _Content:
    parser = _Page(url)
    parser.feed(body[:_LONGEST_PAGE].decode("utf-8", "replace"))
    return parser.content


def _content(visit: Visit) -> _Content:
    return _page(visit.body, visit.url) if visit.media_type in _PAGES else _Content()


def links(visit: Visit) -> list[Link]:
    """Return the links that an answer states in its header and, if a page, in its head."""
    return header_links(visit) + _content(visit).links


def anchors(visit: Visit) -> list[Link]:
    """Return the links that a reader of a page can follow."""
    return _content(visit).anchors


def embedded(visit: Visit) -> list[str]:
    """Return the JSON-LD scripts of a page."""
    return _content(visit).scripts


def page_language(visit: Visit) -> str:
    """Return the `lang` of a page's root element, or an empty string."""
    return _content(visit).language


def related(visit: Visit, relation: str) -> list[Link]:
    """Return the links of an answer that have a relation."""
    return [link for link in links(visit) if relation in link.relations]
