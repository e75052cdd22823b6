"""The code lists as a page shows them: names in both languages, uses, and lists to go on to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from publish.browse.codelists import CodeList, Entry, code_lists, users
from publish.browse.facets_ import Step
from publish.browse.labels import Said
from publish.i18n import LANGUAGES
from publish.rdf import namespaces as ns
from publish.shacl.shapes import Kind
from publish.web.app.view import Link, View

#: Entries of a code list that stand in its table; a longer one is a list of its own.
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Use:
    """How many things of a type have an entry as the value of a property; if there is one, their list."""

    kind: Kind
    #: what the property is called
    by: str
    count: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its names, in the page's language first."""

    entry: Entry
    link: Link
    names: tuple[Said, ...]
    above: Said | None
    definition: Said | None
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A code list; one without rows is too long for them and has a list instead."""

    list_: CodeList
    key: str
    link: Link
    names: tuple[Said, ...]
    definition: Said | None
    rows: tuple[Row, ...]
    whole: Link | None


def tables(view: View) -> tuple[Table, ...]:
    """Return the code lists: those of types of ours in their order, then others."""
    lists = _lists(view)
    uses = _uses(view, lists)
    order = {kind.segment: number for number, kind in enumerate(view.site.shapes.kinds)}
    found = [_table(view, one, uses) for one in lists]
    return tuple(sorted(found, key=lambda t: (not t.rows, order.get(t.key, len(order)), t.key)))


def _lists(view: View) -> tuple[CodeList, ...]:
    return code_lists(view.site.store, view.site.iris.of("id/"))


def _table(view: View, one: CodeList, uses: dict[str, list[Use]]) -> Table:
    is_short = len(one.entries) <= _MOST_SHOWN
    return Table(
        one,
        one.iri.rpartition("/")[2],
        view.named(one.iri),
        _names(view, one.iri),
        view.site.labels.text(one.iri, _DEFINITION, view.language),
        tuple(_row(view, entry, uses.get(entry.iri, [])) for entry in one.entries)
        if is_short
        else (),
        None if is_short else _whole(view, one),
    )


_DEFINITION = ns.SKOS + "definition"


def _whole(view: View, one: CodeList) -> Link | None:
    """Return the list of the type to which the entries of a code list belong."""
    kind = view.site.kind_of(one.entries[0].iri)
    return Link(view.page(f"doc/{kind.segment}"), view.said(kind.label)) if kind else None


def _row(view: View, entry: Entry, uses: list[Use]) -> Row:
    return Row(
        entry,
        view.named(entry.iri),
        _names(view, entry.iri),
        view.name(entry.above) if entry.above else None,
        view.site.labels.text(entry.iri, _DEFINITION, view.language),
        tuple(uses),
    )


def _names(view: View, iri: str) -> tuple[Said, ...]:
    """Return a name in each language, once each, the page's first."""
    order = sorted(LANGUAGES, key=lambda language: language != view.language)
    found = (view.site.labels.name(iri, language) for language in order)
    return tuple(dict.fromkeys(said for said in found if said))


def _uses(view: View, lists: Iterable[CodeList]) -> dict[str, list[Use]]:
    """Return which things have an entry, by the type of things and the property, for each entry."""
    found: dict[str, list[Use]] = {}
    for one in lists:
        for entry in one.entries if len(one.entries) <= _MOST_SHOWN else ():
            counts = users(view.site.store, view.site.iris, entry.iri)
            uses = (_use(view, entry.iri, *use) for use in counts.items())
            found[entry.iri] = sorted(filter(None, uses), key=lambda use: use.kind.order)
    return found


def _use(view: View, iri: str, by: tuple[str, str], count: int) -> Use | None:
    segment, path = by
    kind = view.site.shapes.kind(segment)
    field = next((field for field in kind.fields if field.path == path), None) if kind else None
    if kind is None or field is None:
        return None
    return Use(kind, view.said(field.name), count, _narrowed(view, kind, path, iri))


def _narrowed(view: View, kind: Kind, path: str, iri: str) -> str | None:
    """Return the list of the things of a type that have a value, if it can be narrowed by it."""
    for division in view.site.index(kind).divisions:
        if division.facet.path == (Step(path),):
            keys = (value.key for value in division.values if value.term.value == iri)
            query = next((urlencode({division.facet.name: key}) for key in keys), None)
            return f"{view.page(f'doc/{kind.segment}')}?{query}" if query else None
    return None
