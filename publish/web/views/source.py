"""The RDF of a document as a page to read, for browsers that would only save it as a file.

It stands at the address of the RDF with a page's suffix after it: `doc/stage/done.ttl.ja.html` is
`doc/stage/done.ttl` shown in Japanese. Keys have no dots, so that is no other thing's address. What
is shown is what the file has, line by line; of a long one the beginning, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from publish.formats import HTML, RDF_FORMATS, Format, by_suffix
from publish.web.app.respond import Resource
from publish.web.app.view import View
from publish.web.drawing.highlight import Piece, pieces

#: Most bytes of markup that a page shows, but always the first line.
_MOST = 80_000


@dataclass(frozen=True, slots=True)
class Listing:
    """The beginning of a text as markup, and how much of it that is."""

    markup: Markup
    shown: int
    lines: int
    size: int


def taken_off(suffix: str | None) -> tuple[Format | None, str | None]:
    """Return the format whose source a suffix asks to show, and the rest of the suffix.

    >>> taken_off("ttl.ja.html")[1], taken_off("ja.html"), taken_off("ttl")
    ('ja.html', (None, 'ja.html'), (None, 'ttl'))
    """
    first, dot, rest = (suffix or "").partition(".")
    format_ = by_suffix(first, RDF_FORMATS) if dot else None
    return (format_, rest) if format_ else (None, suffix)


def shown(document: Resource, format_: Format, about: str) -> Resource:
    """Return the page that shows a document about a thing in a format."""
    write = document.data
    assert write is not None
    return Resource(
        f"{document.path}.{format_.suffix}",
        (HTML,),
        page=lambda view: _page(view, document, format_, about, write),
        query=document.query,
    )


def _page(
    view: View,
    document: Resource,
    format_: Format,
    about: str,
    write: Callable[[Format], bytes],
) -> str:
    return view.render(
        "source.html",
        format=format_,
        formats=[one for one in document.formats if one != HTML],
        about=about,
        name=view.name(about),
        kind=view.site.kind_of(about),
        whole=document,
        listing=listing(view, write(format_), format_),
    )


def listing(view: View, content: bytes, format_: Format) -> Listing:
    """Return RDF as markup in which the IRIs of ours are links."""
    text = content.decode()
    lines: list[str] = []
    room = _MOST
    for line in _lines(view, text, format_):
        room -= len(line.encode())
        if room < 0 and lines:
            break
        lines.append(line)
    return Listing(Markup("".join(lines)), len(lines), text.count("\n"), len(content))


def _lines(view: View, text: str, format_: Format) -> Iterator[str]:
    """Yield lines of markup; no element goes over the end of a line."""
    line: list[str] = []
    for piece in pieces(text, format_):
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                yield "".join(line) + "\n"
                line = []
            if part:
                line.append(_marked(view, Piece(part, piece.kind, piece.iri)))
    if line:
        yield "".join(line)


def _is_ours(view: View, iri: str) -> bool:
    """Tell whether something answers at an IRI of ours; at a namespace that ends in "/", nothing."""
    return view.site.iris.relative(iri) is not None and not iri.endswith("/")


def _marked(view: View, piece: Piece) -> str:
    text = escape(piece.text)
    if piece.iri and _is_ours(view, piece.iri):
        return f'<a href="{escape(view.href(piece.iri) or "")}">{text}</a>'
    return f'<span class="{piece.kind}">{text}</span>' if piece.kind else str(text)
