"""The project of this repository, to test the committed data with."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

ROOT = Path(__file__).parents[2]
#: The base of the release that conftest.py builds of it.
BASE = "http://127.0.0.1:8000/"


def rows(store: ox.Store, query: str) -> list[tuple[str | None, ...]]:
    """Return the rows of a SELECT over the union of all graphs; IRIs of ours are shortened."""
    found = store.query(query, use_default_graph_as_union=True, base_iri=BASE)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(_plain(term) for term in row) for row in found]


def _plain(term: object) -> str | None:
    value = getattr(term, "value", None)
    return None if value is None else str(value).removeprefix(BASE)


def number(store: ox.Store, query: str) -> int:
    return int(str(rows(store, query)[0][0]))
