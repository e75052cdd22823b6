"""The answers to batches of queries, as the two versions of the specification write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from publish.i18n import Language
from publish.reconcile.queries import Batch, Query
from publish.reconcile.schema import Type
from publish.reconcile.service import Found, Reconciler


def types_as_json(types: Iterable[Type], language: Language) -> list[dict[str, str]]:
    """Return types with their names."""
    return [{"id": one.id, "name": one.name.in_(language)} for one in types]


def results_02(
    reconciler: Reconciler, batch: Batch, language: Language
) -> dict[str, dict[str, Any]]:
    """Return the answers to a batch of version 0.2, by the keys of its queries."""
    keys = batch.keys or ()
    return {
        key: {"result": result_02(reconciler, query, language)}
        for key, query in zip(keys, batch.queries, strict=True)
    }


def result_02(reconciler: Reconciler, query: Query, language: Language) -> list[dict[str, Any]]:
    """Return the candidates of a query of version 0.2."""
    return [
        _as_json(reconciler, one, language)
        | {"features": [{"id": f.id, "value": f.value} for f in one.features]}
        for one in reconciler.answer(query)
    ]


def results_10(reconciler: Reconciler, batch: Batch, language: Language) -> dict[str, Any]:
    """Return the answers to a batch of version 1.0, in the order of its queries."""
    return {"results": [_result_10(reconciler, query, language) for query in batch.queries]}


def _result_10(reconciler: Reconciler, query: Query, language: Language) -> dict[str, Any]:
    wanted = query.language or language
    candidates = [
        _as_json(reconciler, one, wanted)
        | {
            "lang": wanted,
            "features": [
                {"id": f.id, "name": reconciler.feature_name(f).in_(wanted), "value": f.value}
                for f in one.features
            ],
        }
        for one in reconciler.answer(query)
    ]
    return {"candidates": candidates}


def _as_json(reconciler: Reconciler, found: Found, language: Language) -> dict[str, Any]:
    one = found.candidate
    return {
        "id": one.iri,
        "name": one.name.in_(language),
        "description": reconciler.description(one).in_(language),
        "score": one.score,
        "match": one.automatic,
        "type": types_as_json(reconciler.schema.types_of(one.kind), language),
    }
