"""A state of a list: what is chosen, in which order, which page; and its address.

Each state has one address. Facets stand in the order of the shape and their values in the order of
the code list, one parameter for each value (so a form sends them), then `sort`, then `page`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from publish.browse.facets import Division, Index
from publish.browse.lists import BY_CODE
from publish.i18n import Text

#: Facets that may be combined, and values of each.
MOST_FACETS, MOST_VALUES = 3, 10
_LONGEST = 60

_UNKNOWN = Text(
    "「{facet}」の値に「{key}」はありません。",
    'There is no value "{key}" of "{facet}".',
)
_NO_ORDER = Text("「{key}」という並べ方はありません。", 'There is no order "{key}".')
_TOO_MANY = Text(
    "絞り込みの条件は{facets}項目まで、一つの項目につき{values}件までです。条件を減らしてください。",
    "A list can be narrowed by at most {facets} properties, with at most {values} values of each. "
    "Please choose fewer.",
).format(facets=MOST_FACETS, values=MOST_VALUES)
_NO_PAGE = Text("このページはありません。", "There is no such page.")


@dataclass(frozen=True, slots=True)
class Selection:
    """A state of a list, in its one form. Keys of values by the names of their facets."""

    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = BY_CODE
    page: int = 1

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return the keys of the chosen values, by facet."""
        return dict(self.choices)

    @property
    def is_whole(self) -> bool:
        """Tell whether all things are listed, in the order by code."""
        return not self.choices and not self.sort

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the address."""
        found = [(name, key) for name, keys in self.choices for key in keys]
        found += [("sort", self.sort)] if self.sort else []
        return [*found, ("page", str(self.page))] if self.page > 1 else found

    @property
    def query(self) -> str:
        """Return the query part of the address, with "?" if it is not empty."""
        written = urlencode(self.parameters, quote_via=quote)
        return f"?{written}" if written else ""

    def without(self, facet: str, key: str | None = None) -> Selection:
        """Return the first page of what is found without one value, or all values, of a facet."""
        kept = (
            (name, tuple(one for one in keys if name != facet or key not in (None, one)))
            for name, keys in self.choices
        )
        left = tuple((name, keys) for name, keys in kept if keys and (name != facet or key))
        return Selection(left, self.sort)

    def cleared(self) -> Selection:
        """Return the first page of everything, in the same order."""
        return Selection((), self.sort)

    def in_order(self, sort: str) -> Selection:
        """Return the first page of the same in an order."""
        return Selection(self.choices, sort)

    def on_page(self, number: int) -> Selection:
        """Return another page of the same."""
        return replace(self, page=number)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no such state, the HTTP status that says so, and a state that there is."""

    status: int
    said: Text
    instead: Selection


def is_canonical(parameters: Iterable[tuple[str, str]], selection: Selection, index: Index) -> bool:
    """Tell whether an address is the one of its state; parameters that mean nothing do not count."""
    meant = {*index.by_name, "sort", "page"}
    given = [pair for pair in parameters if pair[0] in meant and pair != ("page", "1")]
    return given == selection.parameters


def read(parameters: Sequence[tuple[str, str]], index: Index) -> Selection | Fault:
    """Return the state that the parameters of an address mean, in whatever order they stand.

    Several values may also stand in one parameter, with commas between them.
    """
    choices: list[tuple[str, tuple[str, ...]]] = []
    for division in index.divisions:
        name = division.facet.name
        keys = set(_keys(division, [value for key, value in parameters if key == name]))
        unknown = sorted(keys - division.numbers.keys())
        if unknown:
            label, said = division.facet.label, unknown[0][:_LONGEST]
            instead = Selection(tuple(choices))
            return Fault(404, _UNKNOWN.format(facet=label, key=said), instead)
        if keys:
            choices.append((name, tuple(sorted(keys, key=division.numbers.__getitem__))))
    if len(choices) > MOST_FACETS or any(len(keys) > MOST_VALUES for _, keys in choices):
        fewer = ((name, keys[:MOST_VALUES]) for name, keys in choices[:MOST_FACETS])
        return Fault(400, _TOO_MANY, Selection(tuple(fewer)))
    return _with_order(parameters, Selection(tuple(choices)), index)


def _keys(division: Division, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (value,) if value in division.numbers else filter(None, value.split(","))


def _with_order(
    parameters: Sequence[tuple[str, str]], selection: Selection, index: Index
) -> Selection | Fault:
    named: dict[str, str] = {}
    for name, value in parameters:
        named.setdefault(name, value)
    sort, page = named.get("sort", BY_CODE), named.get("page", "1")
    if sort not in index.orders:
        return Fault(404, _NO_ORDER.format(key=sort[:_LONGEST]), selection)
    selection = selection.in_order(sort)
    if not (page.isascii() and page.isdigit() and 0 < len(page) < 10 and int(page)):
        return Fault(404, _NO_PAGE, selection)
    return selection.on_page(int(page))
