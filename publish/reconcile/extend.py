"""Data extension: the values of properties of things that were reconciled, for columns of a table."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from publish.browse.samples import CODE as CODE_PROPERTY
from publish.i18n import Language, Text, known
from publish.rdf import namespaces as ns
from publish.rdf.terms import Term
from publish.reconcile.queries import CODE, MOST_QUERIES, JsonValue, check_count
from publish.reconcile.schema import Property
from publish.reconcile.service import Reconciler

#: Properties of one request, and values of one property of one thing.
MOST_PROPERTIES = 50
MOST_VALUES = 500
#: Cells (things times properties) of one request.
MOST_CELLS = 10_000
#: What holds the code of a thing: the first of these that it has.
_CODES = (CODE_PROPERTY, ns.SKOS + "notation", *ns.NUMBERS)
_INTEGERS = frozenset(
    ns.XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
        "unsignedByte",
    )
)  # fmt: skip
_NUMBERS = frozenset(ns.XSD + name for name in ("decimal", "double", "float"))
_DATE = re.compile(r"[0-9]{4,}-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12][0-9])")
_MOMENT = re.compile(
    rf"{_DATE.pattern}T(2[0-3]|[01][0-9]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
    r"(Z|[+-](2[0-3]|[01][0-9]):[0-5][0-9])?"
)

#: Settings of a property: how many values, texts in which language, and how things are told.
LIMIT, LANGUAGE, CONTENT = "limit", "language", "content"
LANGUAGES = {
    "": Text("サービスの言語（なければほかの言語）", "that of the service, else another"),
    "ja": Text("日本語", "Japanese"),
    "en": Text("英語", "English"),
    "all": Text("全て（よみを含む）", "all, readings too"),
}
CONTENTS = {
    "entity": Text("照合済みの値（名称とURI）", "reconciled values (name and URI)"),
    "name": Text("名称", "names"),
    "id": Text("URI", "URIs"),
}
SETTINGS = {
    LIMIT: (
        Text("値の数の上限", "most values"),
        Text("0は全て。", "0 means all."),
    ),
    LANGUAGE: (
        Text("文字列の言語", "language of texts"),
        Text("名称や説明に使う言語。", "The language of names and descriptions."),
    ),
    CONTENT: (
        Text("ものの表し方", "form of things"),
        Text("値がURIをもつものであるとき。", "Where the values are things that have URIs."),
    ),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A property that is wanted, and how."""

    id: str
    limit: int = 0
    language: str = ""
    content: str = "entity"


@dataclass(frozen=True, slots=True)
class Extension:
    """The things and properties of which values are wanted, each once."""

    ids: tuple[str, ...]
    wishes: tuple[Wish, ...]


def read_extension(sent: JsonValue) -> Extension:
    """Return a data extension query, the same in both versions; raises BatchError if it is none."""
    members = sent.object(required=("ids", "properties"))
    ids = [one.text() for one in members["ids"].list(MOST_QUERIES)]
    wishes = [_wish(one) for one in members["properties"].list(MOST_PROPERTIES)]
    each = {wish.id: wish for wish in wishes}
    check_count(sent.place, len(ids) * len(each), MOST_CELLS)
    return Extension(tuple(dict.fromkeys(ids)), tuple(each.values()))


def _wish(sent: JsonValue) -> Wish:
    members = sent.object(required=("id",))
    name, given = members["id"].text(), members.get("settings", {}).object()
    return Wish(
        name,
        limit=_number(given.get(LIMIT, 0)),
        language=given.get(LANGUAGE, "").choice(LANGUAGES),
        content=given.get(CONTENT, "entity").choice(CONTENTS),
    )


def _number(sent: JsonValue) -> int:
    """Return a limit: clients send it as a number or, from a form, as text; 0 means none."""
    value = sent.value
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:9])
    return 0 if value in (0, "") else JsonValue(value, sent.place).count()


@dataclass(frozen=True)
class Extender:
    """Fetches values from the release that a reconciler answers from."""

    reconciler: Reconciler
    language: Language
    #: 1.0 tells the language of each text
    tells_language: bool = False

    def meta(self, extension: Extension) -> list[dict[str, Any]]:
        """Return what the wanted properties are: their names, and the type of their values."""
        return [self._meta(wish) for wish in extension.wishes]

    def _meta(self, wish: Wish) -> dict[str, Any]:
        found = self.reconciler.schema.property_of(wish.id)
        if found is None:
            return {"id": wish.id, "name": wish.id}
        said: dict[str, Any] = {"id": wish.id, "name": found.name.in_(self.language)}
        if found.kind and wish.content == "entity":
            type_ = self.reconciler.schema.types[found.kind]
            said["type"] = {"id": type_.id, "name": type_.name.in_(self.language)}
        return said

    def row(self, id_: str, extension: Extension) -> dict[str, list[dict[str, Any]]]:
        """Return the values of the wanted properties of a thing, by property.

        A thing or a property that does not exist has no values.
        """
        thing = self.reconciler.identified(id_)
        return {
            wish.id: list(self.values(thing.iri, wish)) if thing else []
            for wish in extension.wishes
        }

    def values(self, iri: str, wish: Wish) -> Iterator[dict[str, Any]]:
        """Yield the values of a property of a thing, as the specification writes them."""
        found = self.reconciler.schema.property_of(wish.id)
        terms = self._terms(iri, found) if found else []
        chosen = list(_in_language(terms, wish.language, self.language))
        most = min(wish.limit or MOST_VALUES, MOST_VALUES)
        yield from (self._value(term, wish) for term in chosen[:most])

    def _terms(self, iri: str, property_: Property) -> list[Term]:
        labels = self.reconciler.schema.labels
        if property_.id == CODE:
            each = (labels.values(iri, path) for path in _CODES)
            return next(filter(None, each), [])
        if property_.path:
            return labels.values(iri, property_.path)
        index = self.reconciler.matcher.index
        thing = index.thing(iri)
        holders = index.things(sorted(index.insides(thing.id))) if thing else {}
        tied = [one for _, one in sorted(holders.items()) if one.kind == property_.kind]
        return [ox.NamedNode(one.iri) for one in tied]

    def _value(self, term: Term, wish: Wish) -> dict[str, Any]:
        if isinstance(term, ox.NamedNode):
            return self._thing(term.value, wish)
        said: dict[str, Any] = _literal(term)
        if "str" in said and term.language and self.tells_language:
            said["lang"] = term.language
        return said

    def _thing(self, iri: str, wish: Wish) -> dict[str, Any]:
        """Return a thing of ours as an entity; what others describe has only its IRI here."""
        schema = self.reconciler.schema
        name = schema.labels.name(iri, known(wish.language) or self.language)
        if name is None or wish.content == "id":
            return {"str": iri}
        said: dict[str, Any] = {"str": name.text}
        if wish.content == "entity":
            if not schema.release.iris.thing_parts(iri):
                return {"str": iri}
            said = {"id": iri, "name": name.text}
        return said | ({"lang": name.language} if self.tells_language and name.language else {})


def _in_language(terms: Iterable[Term], wanted: str, usual: Language) -> Iterator[Term]:
    """Yield values: of texts in several languages those of the wanted one, else of the next."""
    listed = list(terms)
    tags = {term.language for term in listed if isinstance(term, ox.Literal) and term.language}
    language = wanted or _nearest(sorted(tags), usual)
    for term in listed:
        tag = term.language if isinstance(term, ox.Literal) else None
        if not tag or tag == language or wanted == "all":
            yield term


def _nearest(tags: Sequence[str], language: Language) -> str | None:
    """Return the tag of a language, else one of its scripts (a reading), else any."""
    scripts = (tag for tag in tags if tag.startswith(f"{language}-"))
    found = language if language in tags else next(scripts, None)
    return found or next(iter(tags), None)


def _literal(term: ox.Literal) -> dict[str, Any]:
    """Return a literal as the specification writes it: number, date, else text."""
    value, datatype = term.value, term.datatype.value
    number = _number_of(value) if datatype in _NUMBERS or datatype in _INTEGERS else None
    if number is not None:
        return {"int": int(number)} if datatype in _INTEGERS else {"float": number}
    if datatype == ns.XSD + "date" and _DATE.fullmatch(value):
        # the specification has moments only; that of a day is its beginning
        return {"date": f"{value}T00:00:00Z"}
    if datatype == ns.XSD + "dateTime" and _MOMENT.fullmatch(value):
        return {"date": value}
    return {"str": value}


def _number_of(value: str) -> float | None:
    """Return the number that a literal holds, or None if JSON has none such."""
    try:
        found = float(value) if "." in value or "e" in value.lower() else int(value)
    except ValueError:
        return None
    return found if isinstance(found, int) or math.isfinite(found) else None


def extended_02(extender: Extender, extension: Extension) -> dict[str, Any]:
    """Return the answer of version 0.2."""
    rows = {id_: extender.row(id_, extension) for id_ in extension.ids}
    return {"meta": extender.meta(extension), "rows": rows}


def extended_10(extender: Extender, extension: Extension) -> dict[str, Any]:
    """Return the answer of version 1.0."""
    rows = [
        {
            "id": id_,
            "properties": [
                {"id": name, "values": values}
                for name, values in extender.row(id_, extension).items()
            ],
        }
        for id_ in extension.ids
    ]
    return {"meta": extender.meta(extension), "rows": rows}
