"""The search as browsers and search clients learn of it: an OpenSearch 1.1 description.

A description has its names in one language, so there is one for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from publish.formats import HTML, JSON, OPENSEARCH, SUGGESTIONS
from publish.i18n import LANGUAGES, Language, Text
from publish.iris import Iris

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
#: Most characters of names (OpenSearch 1.1 draft 6, 4.1).
_SHORT, _LONG = 16, 48
_DESCRIPTION = Text(
    "{title}に収めたものを、名称、よみ、ローマ字、コードで探します。",
    "Finds what is in {title} by name, reading, romanised name or code.",
)
_LONG_NAME = Text("{title}の検索", "Search {title}")


@dataclass(frozen=True, slots=True)
class About:
    """What a description says: the site's name, an icon, an example, who gives the answers."""

    title: Text
    #: address of an SVG image
    icon: str
    #: something that is found
    example: Text | None
    attribution: Text | None


def describe(iris: Iris, about: About, language: Language) -> bytes:
    """Return the description in a language; the same bytes each time."""
    title = about.title.in_(language)
    root = Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    _add(root, "ShortName", _cut(title, _SHORT))
    _add(root, "Description", _DESCRIPTION.in_(language).format(title=title))
    long = _LONG_NAME.in_(language).format(title=title)
    _add(root, "LongName", _cut(long, _LONG))
    _add(root, "Image", about.icon, height="16", width="16", type="image/svg+xml")
    page = iris.page("search", language)
    for type_, address in (
        (HTML.media_type, f"{page}?q={{searchTerms}}&page={{startPage?}}"),
        (JSON.media_type, iris.of("search.json?q={searchTerms}&page={startPage?}")),
    ):
        _add(root, "Url", "", type=type_, template=address)
    suggested = f"suggest.{SUGGESTIONS.suffix}?q={{searchTerms}}&lang={language}"
    _add(
        root, "Url", "", rel="suggestions", type=SUGGESTIONS.media_type,
        template=iris.of(suggested),
    )  # fmt: skip
    own = iris.of(f"opensearch.{language}.xml")
    _add(root, "Url", "", rel="self", type=OPENSEARCH.media_type, template=own)
    if about.example:
        _add(root, "Query", "", role="example", searchTerms=about.example.in_(language))
    if about.attribution:
        _add(root, "Attribution", about.attribution.in_(language))
    for one in LANGUAGES:
        _add(root, "Language", one)
    _add(root, "InputEncoding", "UTF-8")
    _add(root, "OutputEncoding", "UTF-8")
    indent(root, " ")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text or None


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, at most so long, and where there are blanks, whole words.

    >>> _cut("Hello wide world", 16), _cut("Hello wide, wide world", 16), _cut("あいうえお", 3)
    ('Hello wide world', 'Hello wide,', 'あいう')
    """
    if len(text) <= most:
        return text
    whole = text[: most + 1].rpartition(" ")[0]
    return whole if len(whole) > most // 2 else text[:most]
