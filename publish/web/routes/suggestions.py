"""What clients of reconciliation show while a person chooses: completions, flyouts, previews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from publish.formats import HTML
from publish.i18n import LANGUAGES, Language, Text
from publish.reconcile.extend import Extender, Wish
from publish.reconcile.manifest import SERVICES, SUGGESTED, Announcement, Service
from publish.reconcile.queries import MOST_CANDIDATES
from publish.reconcile.replies import types_as_json
from publish.reconcile.schema import Property, Schema, Type
from publish.search.candidate import Candidate
from publish.search.normalize import LONGEST
from publish.web.app.base_path import site
from publish.web.app.problems import Refusal, not_found
from publish.web.app.render import render
from publish.web.app.requests import kept, written
from publish.web.app.respond import link
from publish.web.app.site import Site
from publish.web.http import assets

blueprint = Blueprint("suggestions", __name__)

_ROOT = "/reconcile/<any(ja,en,v1):root>"
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
