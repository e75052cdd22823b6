"""Lists: `doc` (the types of things) and `doc/{type}` (the things of a type), in pages.

A list can be narrowed down by the facets of its type and put in an order. Each such state has one
address (see `publish.browse.facets`), with its twins: RDF has the things of the page, CSV all things
that are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request

from publish.browse import lists
from publish.browse.facets import (
    MOST_FACETS,
    MOST_VALUES,
    Fault,
    Index,
    Selection,
    facets_of,
    is_canonical,
    read,
)
from publish.browse.lists import BY_DATE, date_of
from publish.browse.queries import Wanted, query_of_list
from publish.formats import CSV, DOCUMENT_FORMATS, HTML, Format
from publish.i18n import Text
from publish.shacl.shapes import Field, Kind
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, Way, not_found
from publish.web.app.respond import CURRENT, Resource, answer, link, redirected, taken_apart
from publish.web.app.site import Site
from publish.web.app.view import Variant, View
from publish.web.views.facets import ORDERS, chips_of, choices_of, items_of
from publish.web.views.figures import counts_by

blueprint = Blueprint("lists", __name__)

#: Things on a page.
PAGE = 50
_INSTEAD = Text("この条件のない一覧", "the list without this condition")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, counted from 1."""

    number: int
    last: int
    total: int
    members: tuple[str, ...]

    @property
    def first_place(self) -> int:
        """Return the place in the whole list of the page's first thing, counted from 1."""
        return (self.number - 1) * PAGE + 1

    def neighbours(self) -> dict[str, int]:
        """Return the numbers of the pages around, by link relation."""
        around = {"first": 1, "prev": self.number - 1, "next": self.number + 1, "last": self.last}
        return {relation: page for relation, page in around.items() if 1 <= page <= self.last}


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
        return here.release.serialiser.write(lists.statements(here.store, classes), format_)

    return answer(here, Resource("doc", DOCUMENT_FORMATS, page=_types_page, data=data), suffix)


def _types_page(view: View) -> str:
    here = view.site
    kinds = [
        (kind, len(here.members(kind)), [view.said(f.label) for f in facets_of(here.shapes, kind)])
        for kind in here.shapes.kinds
    ]
    return view.render("types.html", kinds=kinds)


@blueprint.get("/doc/<name>")
def things(name: str) -> Response:
    """Answer with the things of a type that have what is chosen."""
    here = site()
    segment, suffix = taken_apart(name)
    kind = here.shapes.kind(segment)
    if kind is None:
        raise not_found()
    parameters = parse_qsl(request.query_string.decode("utf-8", "replace"), keep_blank_values=True)
    index = here.index(kind)
    selection = read(parameters, index)
    if isinstance(selection, Fault):
        raise _refusal(here, name, selection)
    changes_language = suffix == HTML.suffix and "lang" in request.args
    if not is_canonical(parameters, selection, index) and not changes_language:
        return redirected(f"{here.iris.root}doc/{name}{selection.query}", 302, CURRENT)
    found = index.found(selection.chosen, selection.sort)
    page = page_of(found, selection.page)
    if page is None:
        raise not_found()
    response = answer(here, List(here, kind, index, selection, found, page).resource(), suffix)
    if not selection.is_whole:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _refusal(here: Site, name: str, fault: Fault) -> Refusal:
    way = Way(f"{here.iris.root}doc/{name}{fault.instead.query}", _INSTEAD)
    return Refusal(fault.status, fault.said, (way,))


@dataclass(frozen=True, slots=True)
class List:
    """A list in a state: what was found, and one page of it."""

    site: Site
    kind: Kind
    index: Index
    selection: Selection
    found: tuple[str, ...]
    page: Page

    def resource(self) -> Resource:
        """Return the page with its twins. A table is of the whole list: it has no pages."""
        path = f"doc/{self.kind.segment}"
        root, around = self.site.iris.root, self.page.neighbours()
        return Resource(
            path,
            (*DOCUMENT_FORMATS, CSV) if self.page.number == 1 else DOCUMENT_FORMATS,
            page=self._html,
            data=self._data,
            query=self.selection.query,
            links=tuple(
                link(f"{root}{path}{self.selection.on_page(number).query}", relation)
                for relation, number in around.items()
                if self.page.last > 1
            ),
        )

    def _data(self, format_: Format) -> bytes:
        if format_ == CSV:
            return lists.table(self.site.store, self.kind, self.found)
        stated = lists.statements(self.site.store, self.page.members)
        return self.site.release.serialiser.write(stated, format_)

    def _html(self, view: View) -> str:
        index, selection = self.index, self.selection
        whole = Selection(selection.choices, selection.sort)
        return view.render(
            "list.html",
            kind=self.kind,
            page=self.page,
            whole=len(index.members),
            selection=selection,
            here=f"doc/{self.kind.segment}",
            choices=choices_of(view, self.kind, index, selection),
            chips=chips_of(view, self.kind, index, selection, counted=not self.found),
            orders=[order for order in ORDERS if order in index.orders],
            has_facets=bool(index.divisions),
            has_readings=index.has_readings,
            items=items_of(view, index, self.page.members, self._dated()),
            counted=counts_by(view, self.kind, self.page.members),
            most={"facets": MOST_FACETS, "values": MOST_VALUES},
            table=view.path(f"doc/{self.kind.segment}.{Variant(CSV).suffix}{whole.query}"),
            sparql=self._query(view),
        )

    def _dated(self) -> Field | None:
        """Return the property that the list is sorted by, if that is a date."""
        if self.selection.sort != BY_DATE:
            return None
        path = date_of(self.kind)
        return next((field for field in self.kind.fields if field.path == path), None)

    def _query(self, view: View) -> str:
        """Return the query that finds what the page shows."""
        here, chosen = self.site, self.selection.chosen
        divisions = [self.index.by_name[name] for name in chosen]
        values = tuple(
            (one.facet, tuple(one.values[one.numbers[key]] for key in chosen[one.facet.name]))
            for one in divisions
        )
        wanted = Wanted(self.kind, values, self.selection.sort)
        offset = self.page.first_place - 1
        return query_of_list(here.iris, wanted, view.language, here.prefixes, PAGE, offset)
