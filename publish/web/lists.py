"""Lists: `doc` (the types of things) and `doc/{type}` (the things of a type), in pages."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request

from publish import listing
from publish.formats import CSV, DOCUMENT_FORMATS, Format
from publish.origins import query_of_list
from publish.shapes import Kind
from publish.web.problems import not_found
from publish.web.respond import Resource, answer, link, taken_apart
from publish.web.site import Site
from publish.web.under import site
from publish.web.view import View

blueprint = Blueprint("lists", __name__)

#: Things on a page.
PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, counted from 1."""

    number: int
    last: int
    total: int
    members: tuple[str, ...]

    @property
    def query(self) -> str:
        """Return the page as part of an address; the first has none."""
        return query(self.number)

    @property
    def first_place(self) -> int:
        """Return the place in the whole list of the page's first thing, counted from 1."""
        return (self.number - 1) * PAGE + 1

    def neighbours(self) -> dict[str, int]:
        """Return the numbers of the pages around, by link relation."""
        around = {"first": 1, "prev": self.number - 1, "next": self.number + 1, "last": self.last}
        return {relation: page for relation, page in around.items() if 1 <= page <= self.last}


def query(number: int) -> str:
    """Return the query part of a page's address."""
    return f"?page={number}" if number > 1 else ""


def page_of(members: tuple[str, ...], number: int) -> Page | None:
    """Return a page of a list, or None if the list is not so long. An empty list has one page."""
    last = max(1, -(-len(members) // PAGE))
    if not 1 <= number <= last:
        return None
    return Page(number, last, len(members), members[(number - 1) * PAGE : number * PAGE])


@blueprint.get("/doc")
@blueprint.get("/doc.<suffix>")
def types(suffix: str | None = None) -> Response:
    """Answer with the types of things."""
    here = site()
    classes = [kind.class_ for kind in here.shapes.kinds]

    def data(format_: Format) -> bytes:
        return here.release.serialiser.write(listing.statements(here.store, classes), format_)

    return answer(here, Resource("doc", DOCUMENT_FORMATS, page=_types_page, data=data), suffix)


def _types_page(view: View) -> str:
    kinds = [(kind, len(view.site.members(kind))) for kind in view.site.shapes.kinds]
    return view.render("types.html", kinds=kinds)


@blueprint.get("/doc/<name>")
def things(name: str) -> Response:
    """Answer with the things of a type."""
    here = site()
    segment, suffix = taken_apart(name)
    kind = here.shapes.kind(segment)
    number = request.args.get("page", "1")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    if kind is None or not is_number:
        raise not_found()
    page = page_of(here.members(kind), int(number))
    if page is None:
        raise not_found()
    return answer(here, _resource(here, kind, page), suffix)


def _resource(here: Site, kind: Kind, page: Page) -> Resource:
    """Return the resource of a list's page. A table is of the whole list: it has no pages."""
    path = f"doc/{kind.segment}"

    def data(format_: Format) -> bytes:
        if format_ == CSV:
            return listing.table(here.store, kind, here.members(kind))
        return here.release.serialiser.write(listing.statements(here.store, page.members), format_)

    return Resource(
        path,
        (*DOCUMENT_FORMATS, CSV) if page.number == 1 else DOCUMENT_FORMATS,
        page=lambda view: view.render(
            "list.html",
            kind=kind,
            page=page,
            query=query,
            members=list(map(view.named, page.members)),
            sparql=query_of_list(here.iris, kind, view.language, PAGE, page.first_place - 1),
        ),
        data=data,
        query=page.query,
        links=tuple(
            link(f"{here.iris.root}{path}{query(number)}", relation)
            for relation, number in page.neighbours().items()
            if page.last > 1
        ),
    )
