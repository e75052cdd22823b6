"""The releases as an Atom feed (RFC 4287): the same bytes each time, and no clock.

A moment is the day of the data as it is stamped, at 00:00 UTC, the same that `Last-Modified`
says. A release without a stamp has no day, so it is not in the feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from publish.formats import ATOM, GZIP, HTML, JSON, RDF_FORMATS, ZSTD, by_suffix
from publish.i18n import LANGUAGES, Text
from publish.iris import Iris
from publish.release.manifest import Manifest
from publish.release.parts import WHOLE

#: Most releases in a feed, newest first; older ones are at /changes and have pages of their own.
MOST = 50
NAMESPACE = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
#: What XML 1.0 cannot hold, not even escaped.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = "xml:lang"


@dataclass(frozen=True, slots=True)
class About:
    """What a feed says of itself: names in both languages, and who publishes the data."""

    title: Text
    description: Text | None
    author: Text
    author_iri: str | None
    licence: str | None
    #: day of the data set, for a feed without entries
    day: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A stamped release, what changed in it, and the address of its comparison, if there is one."""

    manifest: Manifest
    summary: Text
    changes: str | None = None


def atom(iris: Iris, about: About, entries: Iterable[Entry]) -> bytes:
    """Return the feed of releases, given newest first."""
    listed = [entry for entry in entries if entry.manifest.modified][:MOST]
    # unqualified names and a declaration by hand: ElementTree's registry of prefixes is global
    feed = Element("feed", {"xmlns": NAMESPACE, _LANGUAGE: "ja"})
    _text(feed, "id", iris.of("changes"))
    _text(feed, "title", str(_TITLE.format(title=about.title)))
    if about.description:
        _text(feed, "subtitle", str(about.description))
    days = [entry.manifest.modified or "" for entry in listed]
    _text(feed, "updated", _moment(max(days, default=about.day)))
    author = SubElement(feed, "author")
    _text(author, "name", str(about.author))
    if about.author_iri:
        _text(author, "uri", about.author_iri)
    _link(feed, "self", iris.of("changes.atom"), ATOM.media_type)
    _pages(feed, iris, "changes")
    if about.licence:
        _link(feed, "license", about.licence)
    for entry in listed:
        _entry(feed, iris, entry)
    indent(feed, " ")
    declared: bytes = tostring(feed, "utf-8", xml_declaration=True)
    return declared + b"\n"


_TITLE = Text("{title}のリリース", "Releases of {title}")
_NAME = Text("リリース {name}", "Release {name}")


def _entry(feed: Element, iris: Iris, entry: Entry) -> None:
    manifest = entry.manifest
    day, path = manifest.modified or "", f"release/{manifest.release}"
    name = ", ".join(filter(None, (manifest.version, day, manifest.release)))
    element = SubElement(feed, "entry")
    _text(element, "id", iris.of(path))
    _text(element, "title", str(_NAME.format(name=name)))
    _text(element, "updated", _moment(day))
    _pages(element, iris, path)
    _link(element, "describedby", iris.of(f"{path}.json"), JSON.media_type)
    if entry.changes:
        _link(element, "related", iris.of(entry.changes))
    for file in manifest.dumps():
        file_name = file.path.removeprefix("dump/")
        if file_name.startswith(f"{WHOLE}."):
            address = iris.dump(manifest.release, file_name)
            _link(element, "enclosure", address, _media_type(file_name), length=str(file.size))
    content = SubElement(element, "content", {"type": "xhtml"})
    div = SubElement(content, "div", {"xmlns": _XHTML})
    for language in LANGUAGES:
        tags: dict[str, str] = {"lang": language, _LANGUAGE: language}
        SubElement(div, "p", tags).text = _fit(entry.summary.in_(language))


def _pages(element: Element, iris: Iris, path: str) -> None:
    for language in LANGUAGES:
        page = iris.page(path, language)
        _link(element, "alternate", page, HTML.media_type, hreflang=language)


def _link(
    element: Element, relation: str, href: str, type_: str | None = None, **more: str
) -> None:
    given = {"rel": relation, "href": href} | ({"type": type_} if type_ else {}) | more
    SubElement(element, "link", given)


def _media_type(name: str) -> str | None:
    found = by_suffix(name.rpartition(".")[2], (*RDF_FORMATS, GZIP, ZSTD))
    return found.media_type if found else None


def _text(element: Element, name: str, text: str) -> None:
    SubElement(element, name).text = _fit(text)


def _fit(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return _UNFIT.sub("\ufffd", text)


def _moment(day: str) -> str:
    """Return the beginning of a day as RFC 3339 writes it; a year or month begins, too.

    >>> _moment("2031-04-01"), _moment("2031-04")
    ('2031-04-01T00:00:00Z', '2031-04-01T00:00:00Z')
    """
    return f"{day[:10]}{'0000-01-01'[len(day[:10]) :]}T00:00:00Z"
