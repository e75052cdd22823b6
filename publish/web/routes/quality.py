"""What is known of the quality of a release: validation, completeness, where statements come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import pyoxigraph as ox
from flask import Blueprint, Response

from publish.browse.vocabulary import partitions
from publish.formats import HTML, JSON, NTRIPLES, RDFXML, TURTLE, Format
from publish.i18n import Text
from publish.rdf.serialize import json_bytes
from publish.release.quality import (
    LINK,
    Completeness,
    Quality,
    dqv_triples,
    query_of_missing,
    words,
)
from publish.shacl import report
from publish.shacl.explain import totals
from publish.shacl.report import SEVERITIES, Finding
from publish.shacl.shapes import Kind
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.respond import Resource, answer
from publish.web.app.site import Site
from publish.web.app.view import Link, View

blueprint = Blueprint("quality", __name__)

#: Validation results that a page shows; the rest are in the data.
_MOST_SHOWN = 50
_ORDER = ("source", "editorial", "reference", "links", "ontology", "derived")


@dataclass(frozen=True, slots=True)
class Cell:
    """How many things of a type have something, out of how many; None where it is not expected."""

    count: int
    of: int
    percent: int
    #: the query for those that lack it
    missing: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A type with a cell for each thing that is looked for."""

    kind: Kind
    list_: Link
    completeness: Completeness
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many statements a graph makes, and which part of all that is."""

    name: str
    link: Link
    count: int
    percent: float


@blueprint.get("/quality")
@blueprint.get("/quality.<suffix>")
def quality(suffix: str | None = None) -> Response:
    """Answer with what is known of the quality: for people, as JSON, and in the W3C's words."""
    here = site()
    if not here.release.quality.types:
        raise not_found()  # built by a version that did not count

    def data(format_: Format) -> bytes:
        if format_ == JSON:
            return json_bytes(_as_json(here))
        return here.release.serialiser.write(_quads(here), format_)

    formats = (HTML, TURTLE, JSON, RDFXML, NTRIPLES)
    return answer(here, Resource("quality", formats, page=_page, data=data), suffix)


def _page(view: View) -> str:
    here, found = view.site, view.site.release.quality
    targets = _targets(here, found)
    metrics = found.metrics
    rows = [_row(view, one, metrics) for one in found.types]
    verdict = report.read(here.release.path)
    return view.render(
        "quality.html",
        verdict=verdict,
        severities=[(name, len(verdict.of(name))) for name in SEVERITIES],
        findings=verdict.findings[:_MOST_SHOWN],
        totals=totals(here.shapes),
        metrics=[words(metric, targets) for metric in metrics],
        rows=rows,
        gaps=_gaps(rows, [words(metric, targets) for metric in metrics]),
        shares=_shares(view),
        graphs=[name for name in _ORDER if any(name in row.completeness.graphs for row in rows)],
        manifest=here.release.manifest,
    )


def _gaps(rows: list[Row], metrics: list[Text]) -> list[tuple[Text, list[tuple[Row, Cell]]]]:
    """Return, for each thing that is looked for, the types of which some things lack it."""
    found = [
        (metric, [(row, cell) for row in rows if (cell := row.cells[n]) and cell.missing])
        for n, metric in enumerate(metrics)
    ]
    return [(metric, cells) for metric, cells in found if cells]


def _row(view: View, one: Completeness, metrics: tuple[str, ...]) -> Row:
    kind = view.site.shapes.kind(one.segment)
    assert kind is not None
    return Row(
        kind,
        Link(view.page(f"doc/{kind.segment}"), view.said(kind.label)),
        one,
        tuple(_cell(view, kind, one, metric) for metric in metrics),
    )


def _cell(view: View, kind: Kind, one: Completeness, metric: str) -> Cell | None:
    if metric not in one.counts:
        return None
    missing = one.missing(metric)
    query = query_of_missing(view.site.iris, kind, metric) if missing else None
    href = view.opening(query) if query else None
    return Cell(one.counts[metric], one.things, one.percent(metric), href)


def _shares(view: View) -> list[Share]:
    graphs = view.site.release.manifest.graphs
    total = sum(graphs.values())
    order = {name: number for number, name in enumerate(_ORDER)}
    return [
        Share(
            name, view.named(view.site.iris.graph(name)), graphs[name], graphs[name] * 100 / total
        )
        for name in sorted(graphs, key=lambda name: (order.get(name, len(order)), name))
    ]


def _targets(here: Site, found: Quality) -> Mapping[str, Text]:
    """Return the names of the data sets that are linked to."""
    iris = (metric.removeprefix(LINK) for metric in found.metrics if metric.startswith(LINK))
    return {iri: here.names(iri) for iri in iris}


# -- As data --------------------------------------------------------------------------------------


def _as_json(here: Site) -> dict[str, object]:
    found, manifest = here.release.quality, here.release.manifest
    verdict = report.read(here.release.path)
    groups, rules = totals(here.shapes)
    targets = _targets(here, found)
    return {
        "release": manifest.release,
        "contentHash": manifest.content_hash,
        "validation": {
            "conforms": verdict.conforms,
            "focusNodes": verdict.focus_nodes,
            "shapes": groups,
            "rules": rules,
            "results": {name: len(verdict.of(name)) for name in SEVERITIES},
            "findings": [_finding(one) for one in verdict.findings],
        },
        "statements": dict(sorted(manifest.graphs.items())),
        "metrics": {metric: words(metric, targets).as_json() for metric in found.metrics},
        "types": msgspec.to_builtins(found.types),
    }


def _finding(one: Finding) -> dict[str, object]:
    return {
        "severity": one.severity,
        "focusNode": one.focus,
        "resultPath": one.path,
        "value": one.value,
        "sourceShape": one.shape,
        "message": one.message.as_json(),
        "place": one.place.as_json() if one.place else None,
    }


def _quads(here: Site) -> list[ox.Quad]:
    found = here.release.quality
    classes = {class_: part.value for class_, part in partitions(here.store, "class").items()}
    said = dqv_triples(found, here.iris, _targets(here, found), classes)
    return [ox.Quad(*triple) for triple in said]
