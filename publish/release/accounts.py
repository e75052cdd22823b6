"""A comparison of two releases as JSON, Turtle (ActivityStreams 2.0) and text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from publish.i18n import Language, Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawal
from publish.rdf import namespaces as ns
from publish.rdf.serialize import json_bytes
from publish.rdf.terms import TYPE, Term, Triple, narrowed, node
from publish.rdf.turtle import Prefixes, turtle
from publish.release.diff import FATES, Change, Counts, Difference, Fate, graph_in, parsed
from publish.shacl.shapes import Shapes

#: Raised whenever the form of the JSON changes, so that nothing older is read as if it were this.
VERSION = 1
_AS = "https://www.w3.org/ns/activitystreams#"
#: What the Activity Vocabulary calls what became of a thing.
_ACTIVITIES: dict[Fate, str] = {
    "added": "Create",
    "changed": "Update",
    "withdrawn": "Delete",
    "vanished": "Delete",
}
FATE_NAMES: dict[Fate, Text] = {
    "added": Text("追加", "added"),
    "changed": Text("変更", "changed"),
    "withdrawn": Text("取り下げ", "withdrawn"),
    "vanished": Text("記録なく消失", "vanished"),
}
#: Longest value that the text shows.
_MOST_CHARACTERS = 160


def address(old: str, new: str) -> str:
    """Return the address of a comparison of two releases, relative to the base."""
    return f"changes/{old}..{new}"


def as_json(difference: Difference) -> bytes:
    """Return a comparison with all its statements about things as JSON."""
    iris = Iris.at(difference.new.base)
    others = difference.other_removed, difference.other_added
    content = {
        "version": VERSION,
        "from": asdict(difference.old),
        "to": asdict(difference.new),
        **counted(difference.counts),
        "things": [_thing(change, iris) for change in difference.things],
        "others": {"removed": len(others[0]), "added": len(others[1])},
    }
    return json_bytes(content)


def counted(counts: Counts) -> dict[str, Any]:
    """Return counts as members of a JSON object."""
    return {
        "counts": {fate: counts.of(fate) for fate in FATES},
        "types": {
            type_: {fate: found.get(fate, 0) for fate in FATES}
            for type_, found in sorted(counts.types.items())
        },
        "triples": {"removed": counts.removed, "added": counts.added},
        "graphs": {
            graph: {"removed": removed, "added": added}
            for graph, (removed, added) in counts.graphs.items()
        },
    }


def _thing(change: Change, iris: Iris) -> dict[str, Any]:
    members: dict[str, Any] = {
        "iri": change.iri,
        "type": change.type,
        "fate": change.fate,
        "names": change.names,
    }
    if change.withdrawal:
        members["withdrawal"] = withdrawal_as_json(change.withdrawal, iris)
    members["removed"] = [_statement(line, iris) for line in change.removed]
    members["added"] = [_statement(line, iris) for line in change.added]
    return members


def withdrawal_as_json(withdrawal: Withdrawal, iris: Iris) -> dict[str, Any]:
    """Return when and why something was withdrawn, and its successor's IRI, as a JSON object."""
    return {
        "iri": iris.thing(withdrawal.type, withdrawal.key),
        "date": withdrawal.date,
        "reason": {"ja": withdrawal.reason_ja, "en": withdrawal.reason_en},
        "successor": withdrawal.successor_iri(iris),
    }


def _statement(line: str, iris: Iris) -> dict[str, Any]:
    """Return a statement; its object has the form of the SPARQL 1.1 Query Results JSON Format."""
    _, predicate, object_ = narrowed(parsed([line])[0])
    return {
        "graph": graph_in(line, iris),
        "predicate": predicate.value,
        "object": _term(object_),
    }


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == ns.XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def as_turtle(difference: Difference, prefixes: Prefixes) -> str:
    """Return a comparison as a collection of activities, one for each thing, in Turtle.

    The statements themselves are in the N-Quads; here is what happened to which thing.
    """
    return turtle(_activities(difference), prefixes | {"as": _AS})


def _activities(difference: Difference) -> Iterator[Triple]:
    iris = Iris.at(difference.new.base)
    whole = node(iris.of(address(difference.old.release, difference.new.release)))
    yield whole, TYPE, node(_AS + "Collection")
    yield whole, node(_AS + "totalItems"), _number(len(difference.things))
    for side in (difference.old, difference.new):
        yield whole, node(ns.PROV + "wasDerivedFrom"), node(iris.of(f"release/{side.release}"))
    for change in difference.things:
        part = (iris.relative(change.iri) or "").removeprefix("id/").replace("#", "/")
        activity = node(f"{whole.value}#{part}")
        yield whole, node(_AS + "items"), activity
        yield activity, TYPE, node(_AS + _ACTIVITIES[change.fate])
        yield activity, node(_AS + "object"), node(change.iri)
        for language, name in change.names.items():
            yield activity, node(_AS + "name"), ox.Literal(name, language=language)
        if change.withdrawal:
            yield from _withdrawal(change.withdrawal, activity, node(change.iri), iris)


def _withdrawal(
    withdrawal: Withdrawal, activity: ox.NamedNode, thing: ox.NamedNode, iris: Iris
) -> Iterator[Triple]:
    day = ox.Literal(withdrawal.date, datatype=node(ns.XSD + "date"))
    yield activity, node(ns.DCTERMS + "date"), day
    yield activity, node(_AS + "summary"), ox.Literal(withdrawal.reason_ja, language="ja")
    yield activity, node(_AS + "summary"), ox.Literal(withdrawal.reason_en, language="en")
    successor = withdrawal.successor_iri(iris)
    if successor:
        yield thing, node(ns.DCTERMS + "isReplacedBy"), node(successor)


def _number(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=node(ns.XSD + "nonNegativeInteger"))


def as_text(
    difference: Difference, shapes: Shapes, prefixes: Prefixes, language: Language | None
) -> str:
    """Return a comparison for people, in one language or with both beside each other."""
    return "\n".join(_Writer(difference, shapes, prefixes, language).lines()) + "\n"


class _Writer:
    """Writes a comparison as lines of text."""

    def __init__(
        self,
        difference: Difference,
        shapes: Shapes,
        prefixes: Prefixes,
        language: Language | None,
    ) -> None:
        self.difference = difference
        self.shapes = shapes
        self.prefixes = prefixes
        self.language = language
        self.iris = Iris.at(difference.new.base)

    def lines(self) -> Iterator[str]:
        """Yield the lines: the releases, the counts, and each thing with its statements."""
        counts = self.difference.counts
        yield " → ".join(map(self._release, (self.difference.old, self.difference.new)))
        if counts.is_empty:
            yield self.said(Text("内容に変更はありません。", "The content is the same."))
            return
        for type_, found in sorted(counts.types.items()):
            told = (f"{self.said(FATE_NAMES[f])} {found[f]}" for f in FATES if found.get(f))
            yield f"{self._type(type_)}: {', '.join(told)}"
        for graph, (removed, added) in counts.graphs.items():
            yield f"graph/{graph}: -{removed} +{added}"
        for change in self.difference.things:
            yield ""
            yield from self._thing(change)
        yield from self._others()

    def said(self, text: Text) -> str:
        """Return a text in the chosen language, or in both."""
        return text.in_(self.language) if self.language else str(text)

    def _release(self, side: Any) -> str:
        told = ", ".join(part for part in (side.version, side.modified) if part)
        return f"{side.release} ({told})" if told else str(side.release)

    def _type(self, type_: str) -> str:
        kind = self.shapes.kind(type_)
        return f"{self.said(kind.label)} ({type_})" if kind else type_

    def _thing(self, change: Change) -> Iterator[str]:
        told = (text for tag, text in change.names.items() if self.language in (None, tag))
        name = " / ".join(told)
        address_ = (self.iris.relative(change.iri) or change.iri).removeprefix("id/")
        yield f"{self.said(FATE_NAMES[change.fate])}: {address_}  {name}".rstrip()
        if change.withdrawal:
            successor = f" → {change.withdrawal.successor}" if change.withdrawal.successor else ""
            yield f"  {change.withdrawal.date} {self.said(change.withdrawal.reason)}{successor}"
        yield from self._statements("-", change.removed)
        yield from self._statements("+", change.added)

    def _others(self) -> Iterator[str]:
        removed, added = self.difference.other_removed, self.difference.other_added
        if removed or added:
            name = Text("ほかの主語についての文", "statements about other subjects")
            yield ""
            yield f"{self.said(name)}: -{len(removed)} +{len(added)}"

    def _statements(self, sign: str, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            _, predicate, object_ = narrowed(parsed([line])[0])
            value = _shortened(self._short(object_))
            yield f"  {sign} [{graph_in(line, self.iris)}] {self._short(predicate)} {value}"

    def _short(self, term: Term) -> str:
        if not isinstance(term, ox.NamedNode):
            return str(term)
        relative = self.iris.relative(term.value)
        known = ns.shorten(term.value, self.prefixes)
        return known or (str(term) if relative is None else f"<{relative}>")


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
