"""The links to the data of others: how far they reach, how they were made, what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response

from publish.browse.labels import Said
from publish.formats import HTML, JSON, Format
from publish.i18n import LANGUAGES, Text
from publish.linksets.coverage import Coverage, Goal, Reach, Set
from publish.linksets.links import RELATIONS, TITLES
from publish.rdf import namespaces as ns
from publish.rdf.serialize import json_bytes
from publish.release.quality import LINK, query_of_missing
from publish.shacl.shapes import Kind
from publish.web.app.base_path import site
from publish.web.app.problems import not_found
from publish.web.app.respond import Resource, answer
from publish.web.app.site import Site
from publish.web.app.view import Link, View

blueprint = Blueprint("links", __name__)

#: Findings that the page shows; the rest are in the data.
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """How many things of a type have a link, and the query for those that have none."""

    list_: Link
    reach: Reach
    missing: tuple[Link, ...] = ()
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A linkset as the page shows it."""

    link: Link
    description: str
    #: what its predicates say, and their short names
    relations: tuple[tuple[str, str], ...]
    method: str
    set: Set
    rows: tuple[Row, ...]
    examples: tuple[tuple[Link, Link], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A data set of others with its linksets."""

    name: str
    home: Link | None
    licence: Link | None
    credit: Said | None
    goal: Goal
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]


@blueprint.get("/links")
@blueprint.get("/links.<suffix>")
def links(suffix: str | None = None) -> Response:
    """Answer with how far the links reach: for people, or as JSON."""
    here = site()
    found = here.release.linkage
    if found is None:
        raise not_found()  # built by a version that did not count

    def page(view: View) -> str:
        return _page(view, found)

    def data(_: Format) -> bytes:
        return json_bytes(_as_json(here, found))

    return answer(here, Resource("links", (HTML, JSON), page=page, data=data), suffix)


def _page(view: View, found: Coverage) -> str:
    return view.render(
        "links.html",
        linkage=found,
        sections=[_section(view, goal) for goal in found.goals],
        linksets=sum(len(goal.sets) for goal in found.goals),
        findings=found.findings[:_MOST_SHOWN],
        kinds=[(text, found.kinds.get(kind, 0)) for kind, text in TITLES.items()],
        manifest=view.site.release.manifest,
    )


def _section(view: View, goal: Goal) -> Section:
    labels = view.site.labels
    licence = labels.value(goal.iri, ns.DCTERMS + "license")
    return Section(
        view.said(view.site.names(goal.iri)),
        view.named(goal.iri) if goal.iri else None,
        view.named(licence) if licence else None,
        labels.text(goal.iri, ns.DCTERMS + "bibliographicCitation", view.language),
        goal,
        tuple(_row(view, reach, goal.iri) for reach in goal.reaches),
        tuple(_group(view, one) for one in goal.sets),
    )


def _group(view: View, one: Set) -> Group:
    description = view.site.labels.text(one.iri, ns.DCTERMS + "description", view.language)
    return Group(
        view.named(one.iri),
        description.text if description else "",
        tuple((view.said(_relation(view, path)), view.short(path)) for path in one.predicates),
        one.method.get(view.language, ""),
        one,
        tuple(_row(view, reach) for reach in one.reaches),
        tuple((view.named(link.subject), _as_it_is(link.object)) for link in one.examples),
    )


def _relation(view: View, predicate: str) -> Text:
    return RELATIONS.get(predicate) or view.site.names(predicate)


def _as_it_is(iri: str) -> Link:
    """Return a link that shows the IRI itself: its form is what matters here."""
    is_page = iri.startswith(("http://", "https://"))
    return Link(iri if is_page else None, iri, external=True)


def _row(view: View, reach: Reach, target: str = "") -> Row:
    kind = view.site.shapes.kind(reach.segment)
    assert kind is not None
    list_ = Link(view.page(f"doc/{kind.segment}"), view.said(kind.label))
    named = tuple(view.named(iri) for iri in reach.missing)
    query = _query(view, kind, target) if target and reach.linked < reach.things else None
    return Row(list_, reach, named, query)


def _query(view: View, kind: Kind, target: str) -> str:
    return view.opening(query_of_missing(view.site.iris, kind, LINK + target))


# -- As data --------------------------------------------------------------------------------------


def _as_json(here: Site, found: Coverage) -> dict[str, object]:
    return {
        "release": here.release.id,
        "contentHash": here.release.manifest.content_hash,
        "links": found.links,
        "targets": [_goal_member(here, goal) for goal in found.goals],
        "checks": {
            "conforms": found.conforms,
            "errors": found.errors,
            "warnings": found.warnings,
            "kinds": {
                kind: {"count": found.kinds.get(kind, 0), "name": text.as_json()}
                for kind, text in TITLES.items()
            },
            "findings": list(found.findings),
        },
    }


def _goal_member(here: Site, goal: Goal) -> Mapping[str, Any]:
    return {
        "iri": goal.iri or None,
        "name": here.names(goal.iri).as_json(),
        "license": here.labels.value(goal.iri, ns.DCTERMS + "license"),
        "uriSpace": list(goal.spaces),
        "uriRegexPattern": list(goal.patterns),
        "links": goal.links,
        "types": [_reach_member(reach) for reach in goal.reaches],
        "linksets": [_set_member(here, one) for one in goal.sets],
    }


def _set_member(here: Site, one: Set) -> Mapping[str, Any]:
    return {
        "iri": one.iri,
        "name": here.names(one.iri).as_json(),
        "linkPredicate": list(one.predicates),
        "confidence": one.confidence,
        "method": {language: one.method.get(language) for language in LANGUAGES},
        "links": one.links,
        "types": [_reach_member(reach) for reach in one.reaches],
        "examples": [link._asdict() for link in one.examples],
    }


def _reach_member(reach: Reach) -> Mapping[str, Any]:
    return {
        "type": reach.segment,
        "class": reach.class_,
        "things": reach.things,
        "linked": reach.linked,
        "missing": reach.things - reach.linked,
    }
