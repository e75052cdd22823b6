"""Reconciliation over HTTP: version 0.2 as its clients speak it, and the draft of version 1.0.

`reconcile` and `reconcile/{ja,en}` speak 0.2, with everything in parameters of one address;
`reconcile/v1` speaks 1.0, with an address for each thing to ask. Both have what clients show while
a person chooses: completions, flyouts, previews.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import MethodNotAllowed

from publish.errors import BatchError
from publish.formats import HTML, JSON, JSONLD, NTRIPLES, RDFXML, TURTLE
from publish.i18n import LANGUAGES, Language, Text
from publish.reconcile.extend import (
    Extender,
    Extension,
    Wish,
    extended_02,
    extended_10,
    read_extension,
)
from publish.reconcile.manifest import BATCH_SIZE, DRAFT, SERVICES, SUGGESTED, Announcement, Service
from publish.reconcile.queries import (
    MOST_CANDIDATES,
    MOST_QUERIES,
    Batch,
    JsonValue,
    read_batch,
    read_batch_02,
    read_batch_10,
    read_json,
    read_query,
)
from publish.reconcile.schema import Property, Schema, Type
from publish.reconcile.service import (
    FEATURES,
    Found,
    Reconciler,
    Step,
    demonstration,
    result_02,
    results_02,
    results_10,
    types_as_json,
)
from publish.search.candidate import Candidate
from publish.search.normalize import LONGEST
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, not_found, refused
from publish.web.app.render import render
from publish.web.app.requests import (
    MOST_BYTES,
    body_of_json,
    bound_body,
    kept,
    refusal_of,
    take_turn,
    told,
    written,
)
from publish.web.app.respond import CURRENT, Resource, answer, link, redirected
from publish.web.app.site import Site
from publish.web.app.view import View
from publish.web.http import assets

blueprint = Blueprint("reconcile", __name__)

_ROOT = "/reconcile/<any(ja,en,v1):root>"
#: Parameters of version 0.2 that ask something; without one of them the manifest is wanted.
_QUERIES, _QUERY, _EXTEND = "queries", "query", "extend"
_ASKING = (_QUERIES, _QUERY, _EXTEND)
#: Queries, and cells of an extension, that count as one query to the SPARQL endpoint.
_QUERIES_PER_TURN, _CELLS_PER_TURN = 50, 500
_ONE_OF_THEM = Text(
    "「queries」「query」「extend」のいずれか一つを送ってください。",
    'Send one of "queries", "query" and "extend".',
)
_NO_FORM = Text(
    "本文は application/x-www-form-urlencoded 又は application/json で送ってください。",
    "Send the content as application/x-www-form-urlencoded or as application/json.",
)
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_ACCEPT_POST = ", ".join((_FORMS[0], JSON.media_type))


@blueprint.errorhandler(BatchError)
def unreadable(error: BatchError) -> Response:
    """Refuse what cannot be read, with its place."""
    return refused(refusal_of(error))


@blueprint.route("/reconcile", methods=["GET", "POST"])
@blueprint.get("/reconcile.<suffix>")
def front(suffix: str | None = None) -> Response:
    """Answer queries of version 0.2; to those who ask none, announce or explain the service."""
    service = SERVICES["ja"]
    if suffix is None and _is_asked():
        return _asked(site(), service)
    here = site()
    resource = Resource(
        "reconcile",
        (JSON, HTML, *_DESCRIBED),
        page=_page,
        data=lambda format_: (
            written(_announcement(here).manifest(service))
            if format_ == JSON
            else here.release.serialiser.write(_service_quads(here), format_)
        ),
    )
    return answer(here, resource, suffix)


#: Forms in which the catalogue's description of the service is had at its own address, which is the
#: catalogue's `dcat:endpointDescription` of it.
_DESCRIBED = (TURTLE, JSONLD, RDFXML, NTRIPLES)


def _service_quads(here: Site) -> list[ox.Quad]:
    """Return what the catalogue says of the service."""
    service = ox.NamedNode(here.iris.of("catalog#reconcile"))
    return [quad for quad in here.catalogue if quad.subject == service]


@blueprint.route(_ROOT, methods=["GET", "POST"])
def service(root: str) -> Response:
    """Announce a service, or answer queries of version 0.2."""
    chosen, here = SERVICES[root], site()
    if chosen.version != DRAFT and _is_asked():
        return _asked(here, chosen)
    if request.method == "POST":
        raise MethodNotAllowed(valid_methods=("GET", "HEAD", "OPTIONS"))
    return kept(here, written(_announcement(here).manifest(chosen)))


@blueprint.post(f"{_ROOT}/match")
def match(root: str) -> Response:
    """Answer a batch of version 1.0."""
    chosen, here = _draft(root), site()
    batch = read_batch_10(read_json(body_of_json(), _QUERIES))
    return _matched(here, chosen, batch)


@blueprint.post(f"{_ROOT}/extend")
def extend(root: str) -> Response:
    """Answer with values of properties, as version 1.0 has it."""
    chosen, here = _draft(root), site()
    return _extended(here, chosen, read_extension(read_json(body_of_json(), _EXTEND)))


@blueprint.get(f"{_ROOT}/extend/propose")
def propose(root: str) -> Response:
    """Answer with the properties that things of a type have."""
    chosen, here = SERVICES[root], site()
    schema, asked = here.reconciler.schema, request.args.get("type", "")[:LONGEST]
    type_ = schema.type_of(asked)
    properties = schema.proposed(type_) if type_ else tuple(schema.properties.values())
    limit = request.args.get("limit", "")
    most = int(limit) if limit.isdecimal() and len(limit) < 6 else None
    listed = [
        {"id": one.id, "name": one.name.in_(chosen.language)}
        | ({"description": one.description.in_(chosen.language)} if one.description else {})
        for one in properties[:most]
    ]
    said: dict[str, Any] = {"type": asked, "properties": listed}
    return kept(here, written(said | ({} if most is None else {"limit": most})))


@blueprint.get("/reconcile/view")
def view() -> Response:
    """Lead to the document about the thing that an id of a service names."""
    here = site()
    found = here.reconciler.identified(request.args.get("id", "")[:LONGEST])
    document = here.iris.document_of(found.iri) if found else None
    if document is None:
        raise not_found()
    return redirected(here.iris.path(document), 303, CURRENT)


def _draft(root: str) -> Service:
    chosen = SERVICES[root]
    if chosen.version != DRAFT:
        raise not_found()
    return chosen


def _is_asked() -> bool:
    return request.method == "POST" or any(name in request.args for name in _ASKING)


def _announcement(here: Site) -> Announcement:
    logo = here.theme.icon or assets.address("icon.svg")
    return Announcement(here.iris, here.reconciler.schema, here.title, logo)


# -- questions of version 0.2 --------------------------------------------------------------------


def _asked(here: Site, chosen: Service) -> Response:
    """Return the answer to what the parameters, or the JSON of the body, ask."""
    if request.method == "POST" and request.is_json:
        batch = read_batch(read_json(body_of_json(), _QUERIES))
        return _matched(here, chosen, batch)
    given = _parameters()
    asking = [name for name in _ASKING if name in given]
    if len(asking) != 1:
        raise Refusal(400, _ONE_OF_THEM)
    (name,) = asking
    text = given[name]
    if name == _EXTEND:
        return _extended(here, chosen, read_extension(read_json(text, _EXTEND)))
    if name == _QUERIES:
        return _matched(here, chosen, read_batch_02(read_json(text, _QUERIES)))
    query = read_query(_single(given))
    take_turn(1 / _QUERIES_PER_TURN)
    return told({"result": result_02(here.reconciler, query, chosen.language)})


def _parameters() -> MultiDict[str, str]:
    if request.method != "POST":
        return request.args
    bound_body()
    if request.mimetype not in _FORMS:
        raise Refusal(415, _NO_FORM, headers={"Accept-Post": _ACCEPT_POST})
    return request.form or request.args


def _single(given: MultiDict[str, str]) -> JsonValue:
    """Return a single query, as clients of version 0.1 send it: as JSON, or in parameters."""
    text = given[_QUERY]
    if text.lstrip().startswith("{"):
        return read_json(text, _QUERY)
    said: dict[str, Any] = {"query": text}
    if given.get("type"):
        said["type"] = given.getlist("type")
    if given.get("limit"):
        said["limit"] = read_json(given["limit"], "limit").value
    return JsonValue(said, _QUERY)


def _matched(here: Site, chosen: Service, batch: Batch) -> Response:
    """Return the answers to a batch, in the form of the version that it is in."""
    take_turn(max(1, len(batch.queries)) / _QUERIES_PER_TURN)
    reconciler: Reconciler = here.reconciler
    if batch.keys is None:
        return told(results_10(reconciler, batch, chosen.language))
    return told(results_02(reconciler, batch, chosen.language))


def _extended(here: Site, chosen: Service, extension: Extension) -> Response:
    take_turn(max(1, len(extension.ids) * len(extension.wishes)) / _CELLS_PER_TURN)
    if chosen.version == DRAFT:
        extender = Extender(here.reconciler, chosen.language, tells_language=True)
        return told(extended_10(extender, extension))
    return told(extended_02(Extender(here.reconciler, chosen.language), extension))


# -- the page --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A query of the example as the page shows it."""

    json: str
    #: where it is answered, relative to the base
    path: str
    found: tuple[Found, ...]


def _shown(step: Step, path: str, language: Language) -> Shown:
    queries = json.dumps({"q0": step.as_json(language)}, ensure_ascii=False)
    return Shown(queries, f"{path}?{urlencode({_QUERIES: queries}, quote_via=quote)}", step.found)


def _page(view: View) -> str:
    reconciler = view.site.reconciler
    schema = reconciler.schema
    path = "reconcile" if view.language == "ja" else "reconcile/en"
    return view.render(
        "reconcile.html",
        service=view.site.iris.of(path),
        draft=view.site.iris.of("reconcile/v1"),
        steps=[
            _shown(step, path, view.language) for step in demonstration(reconciler, view.language)
        ],
        description=reconciler.description,
        types=list(schema.types.values()),
        coded={one.id for one in schema.coded},
        schema=schema,
        properties=list(schema.properties.values()),
        features=FEATURES,
        limits={
            "batch": BATCH_SIZE,
            "queries": MOST_QUERIES,
            "candidates": MOST_CANDIDATES,
            "bytes": MOST_BYTES,
            "text": LONGEST,
        },
    )


# -- What clients of reconciliation show while a person chooses -----------------------------------

_WHAT = f"<any({','.join(SUGGESTED)}):what>"
#: Suggestions in an answer, and how far `cursor` goes on.
_USUAL, _FURTHEST = 10, 200
#: Properties that a preview shows.
_SHOWN = 5
_MOST_VALUES = 3
#: A preview may stand in a frame of any site: that is what it is for. It has no scripts, forms or
#: links that change anything, and is the same for everybody, so that nothing can be gained by a
#: frame around it. No other answer of the site may be framed.
_FRAMED = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors *"
)
_TOO_LONG = Text("文字列が長すぎます（上限 {most} 字）。", "The text is too long (at most {most}).")
_NO_NUMBER = Text(
    "「{name}」には0以上の整数を指定してください。", '"{name}" must be a whole number.'
)


@blueprint.get(f"{_ROOT}/suggest/{_WHAT}")
def suggest(root: str, what: str) -> Response:
    """Answer with entities, types or properties whose name or id begins with what was typed."""
    chosen, here = SERVICES[root], site()
    prefix = _text("prefix")
    skipped = min(_number("cursor", 0), _FURTHEST)
    most = min(_number("limit", _USUAL), MOST_CANDIDATES)
    schema = here.reconciler.schema
    if what == "entity":
        found = [
            _entity(here, one, chosen.language) for one in _entities(here, prefix, skipped + most)
        ]
    elif what == "type":
        announced = Announcement(here.iris, schema, here.title, "")
        found = [announced.type_(one, chosen.language) for one in schema.find_types(prefix)]
    else:
        listed = schema.find_properties(prefix, _properties(schema))
        found = [_property(one, chosen.language) for one in listed]
    end = skipped + most if prefix or what == "entity" else None
    return kept(here, written({"result": found[skipped:end]}))


def _text(name: str) -> str:
    text = request.args.get(name, "")
    if len(text) > LONGEST:
        raise Refusal(400, _TOO_LONG.format(most=LONGEST))
    return text


def _number(name: str, default: int) -> int:
    text = request.args.get(name, "").strip()
    if text and not (text.isdecimal() and len(text) < 10):
        raise Refusal(400, _NO_NUMBER.format(name=name))
    return int(text) if text else default


def _types(schema: Schema) -> list[Type]:
    """Return the types to which suggestions are restricted; unknown ones count for nothing."""
    asked = [*request.args.getlist("type"), *request.args.getlist("schema")]
    known = (schema.type_of(id_) for id_ in asked)
    return [one for one in known if one]


def _entities(here: Site, prefix: str, most: int) -> list[Candidate]:
    kinds = [kind for type_ in _types(here.reconciler.schema) for kind in type_.kinds]
    identified = here.reconciler.identified(prefix)
    if identified:
        return [identified]
    return list(here.matcher.suggest(prefix, kinds, most)) if prefix.strip() else []


def _entity(here: Site, one: Candidate, language: Language) -> dict[str, Any]:
    types = here.reconciler.schema.types_of(one.kind)
    return {
        "id": one.iri,
        "name": one.name.in_(language),
        "description": here.reconciler.description(one).in_(language),
        "notable": types_as_json(types[:1], language),
    }


def _properties(schema: Schema) -> list[Property]:
    types = _types(schema)
    if not types:
        return list(schema.properties.values())
    each = (one for type_ in types for one in schema.proposed(type_))
    return list({one.id: one for one in each}.values())


def _property(one: Property, language: Language) -> dict[str, Any]:
    said = {"id": one.id, "name": one.name.in_(language)}
    return said | ({"description": one.description.in_(language)} if one.description else {})


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a thing, a type or a property in short."""

    name: Text
    told: Text | None
    #: the page about it, relative to the base
    page: str | None = None
    rows: tuple[tuple[Text, tuple[str, ...]], ...] = ()


@blueprint.get(f"{_ROOT}/flyout/{_WHAT}")
def flyout(root: str, what: str) -> Response:
    """Answer with a piece of HTML about an entity, a type or a property (version 0.2)."""
    chosen, here, id_ = SERVICES[root], site(), _text("id")
    card = _cards(here, chosen, id_).get(what)
    if card is None:
        raise not_found()
    html = render("flyout.html", chosen.language, card=card, other=_other(chosen.language))
    return kept(here, written({"id": id_, "html": html}))


@blueprint.get(f"{_ROOT}/preview")
def preview(root: str) -> Response:
    """Answer with a small page about an entity, for a frame in a page of others."""
    chosen, here, id_ = SERVICES[root], site(), _text("id")
    card = _cards(here, chosen, id_).get("entity")
    if card is None:
        raise not_found()
    page = render(
        "preview.html",
        chosen.language,
        card=card,
        other=_other(chosen.language),
        address=f"{here.iris.root}{card.page}.{chosen.language}.html",
        style=f"{here.iris.root}{assets.address('style.css')}",
        site_title=here.title.in_(chosen.language),
    )
    response = kept(here, page.encode(), HTML.content_type)
    response.headers["Content-Security-Policy"] = _FRAMED
    response.headers["Content-Language"] = chosen.language
    response.headers.add("Link", link(here.iris.of(card.page or ""), "canonical"))
    return response


def _other(language: Language) -> Language:
    return next(one for one in LANGUAGES if one != language)


def _cards(here: Site, chosen: Service, id_: str) -> dict[str, Card]:
    """Return what an id names, as each of what it can be."""
    schema = here.reconciler.schema
    thing, type_, property_ = (
        here.reconciler.identified(id_), schema.type_of(id_), schema.property_of(id_)
    )  # fmt: skip
    found: dict[str, Card] = {}
    if thing:
        found["entity"] = _card(here, chosen, thing)
    if type_:
        found["type"] = Card(type_.name, type_.description)
    if property_:
        found["property"] = Card(property_.name, property_.description)
    return found


def _card(here: Site, chosen: Service, thing: Candidate) -> Card:
    kind = here.reconciler.schema.types[thing.kind].name
    place = thing.where if thing.where and thing.where != kind else None
    told = Text(f"{kind.ja}（{place.ja}）", f"{kind.en} ({place.en})") if place else kind
    document = here.iris.document_of(thing.iri) or thing.iri
    return Card(thing.name, told, here.iris.relative(document), tuple(_rows(here, chosen, thing)))


def _rows(here: Site, chosen: Service, thing: Candidate) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Yield the first properties of a thing with a few values each, by name.

    What is said already, by its name, its type or another property, is not said again.
    """
    schema, language = here.reconciler.schema, chosen.language
    extender = Extender(here.reconciler, language)
    type_ = schema.types[thing.kind]
    known, shown = {thing.name.in_(language), type_.name.in_(language)}, 0
    for one in schema.proposed(type_):
        wish = Wish(one.id, limit=_MOST_VALUES, content="name")
        values = extender.values(thing.iri, wish)
        said = tuple(str(next(iter(value.values()))) for value in values)
        if not known.issuperset(said):
            shown += 1
            yield one.name, said
        known.update(said)
        if shown == _SHOWN:
            return
