"""The constraints of the shapes in words that people understand who have never heard of SHACL.

What is said follows https://www.w3.org/TR/shacl/#core-components. Property shapes of one path are
told together, as one item. A constraint for which there are no words here is told by the message
of its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from rdflib import RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from publish.i18n import Text
from publish.shacl import explain
from publish.shacl.explain import Naming
from publish.shacl.shapes import Shapes

_SEVERITIES = ("Violation", "Warning", "Info")
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True, slots=True)
class Rule:
    """One property shape, or one constraint by query, in words."""

    shape: str
    severity: str
    #: sentences without their full stops
    said: tuple[Text, ...]
    #: where words are lacking: the message that a breach of the rule gives
    message: Text | None


@dataclass(frozen=True, slots=True)
class Item:
    """What is asked of one property: how many values, and which."""

    path: str | None
    name: Text
    number: Text | None
    rules: tuple[Rule, ...]

    @property
    def severity(self) -> str:
        """Return how grave the gravest breach is."""
        return min((rule.severity for rule in self.rules), key=_SEVERITIES.index)


@dataclass(frozen=True, slots=True)
class Group:
    """A node shape: of what it speaks, and what it asks of it."""

    shape: str
    label: Text
    #: how it finds what it speaks of: the local name of a target property, with the target
    targets: tuple[tuple[str, str], ...]
    severity: str
    #: what is asked of the thing itself, such as the form of its IRI
    own: Rule | None
    items: tuple[Item, ...]
    #: constraints by query
    others: tuple[tuple[Text, Rule], ...]

    @property
    def count(self) -> int:
        """Return the number of its rules."""
        return bool(self.own) + len(self.others) + sum(len(item.rules) for item in self.items)

    def speaks_of(self, class_: str) -> bool:
        """Tell whether it is about the things of a class."""
        return ("targetClass", class_) in self.targets


def groups_of(shapes: Shapes, named: Naming) -> tuple[Group, ...]:
    """Return the node shapes that speak of something, those about types of things first."""
    graph = shapes.graph
    kinds = {kind.shape: number for number, kind in enumerate(shapes.kinds)}
    found = {shape for target in _TARGETS for shape in graph.subjects(target)}
    order = sorted(found, key=lambda shape: (kinds.get(str(shape), len(kinds)), str(shape)))
    return tuple(_group(shapes, shape, named) for shape in order)


def totals(shapes: Shapes) -> tuple[int, int]:
    """Return how many node shapes and how many rules there are, each rule counted once."""
    graph = shapes.graph
    properties = set(graph.subjects(SH.path)) & set(graph.objects(None, SH.property))
    queries = set(graph.objects(None, SH.sparql))
    groups = {shape for target in _TARGETS for shape in graph.subjects(target)}
    own = {shape for shape in groups if explain.is_constrained(graph, shape)}
    return len(groups), len(properties) + len(queries) + len(own)


def owners(groups: Iterable[Group]) -> dict[str, str]:
    """Return the group in which each rule comes first, by their shapes; several may share a rule."""
    found: dict[str, str] = {}
    for group in groups:
        told = (*(one for item in group.items for one in item.rules), *(r for _, r in group.others))
        for rule in told:
            found.setdefault(rule.shape, group.shape)
    return found


def _group(shapes: Shapes, shape: Node, named: Naming) -> Group:
    graph = shapes.graph
    queries = sorted(graph.objects(shape, SH.sparql), key=lambda one: _place(shapes, one))
    return Group(
        shape=str(shape),
        label=_text(graph, shape, RDFS.label) or named(str(shape)),
        targets=tuple(
            sorted(
                (str(target).rpartition("#")[2], str(value))
                for target in _TARGETS
                for value in graph.objects(shape, target)
            )
        ),
        severity=_severity(graph, shape),
        own=_rule(graph, shape, named) if explain.is_constrained(graph, shape) else None,
        items=tuple(_items(shapes, shape, named)),
        others=tuple(_by_query(graph, query, shape) for query in queries),
    )


def _place(shapes: Shapes, shape: Node) -> tuple[float, str]:
    return shapes.order_of(shape), str(shape)


def _items(shapes: Shapes, shape: Node, named: Naming) -> Iterator[Item]:
    """Yield the properties that a shape speaks of, in its order, each once."""
    by_path: dict[Node | None, list[Node]] = {}
    for one in sorted(shapes.graph.objects(shape, SH.property), key=lambda s: _place(shapes, s)):
        by_path.setdefault(shapes.graph.value(one, SH.path), []).append(one)
    for path, found in by_path.items():
        yield Item(
            path=str(path) if isinstance(path, URIRef) else None,
            name=shapes.name_of(found[0]),
            number=_number(shapes.graph, found),
            rules=_rules(shapes.graph, found, named),
        )


def _rules(graph: Graph, found: list[Node], named: Naming) -> tuple[Rule, ...]:
    """Return the rules of one path; what they say of languages is said once."""
    spoken = explain.by_language(graph, found, _least(graph, found))
    if spoken is None:
        return tuple(_rule(graph, one, named) for one in found)
    first, clause, _ = spoken
    return tuple(
        Rule(str(one), _severity(graph, one), (clause,) if one == first else (), None)
        for one in found
    )


def _rule(graph: Graph, shape: Node, named: Naming) -> Rule:
    said, is_all = explain.of(graph, shape, named)
    message = None if is_all else _text(graph, shape, SH.message)
    return Rule(str(shape), _severity(graph, shape), said, message)


def _by_query(graph: Graph, query: Node, shape: Node) -> tuple[Text, Rule]:
    """Return the name of a constraint by query, and the rule."""
    message = _text(graph, query, SH.message) or _text(graph, shape, SH.message)
    # a constraint has no severity of its own: that of its shape counts
    rule = Rule(str(query), _severity(graph, shape), (), message)
    return _text(graph, query, RDFS.label) or Text("照合", "Check"), rule


def _severity(graph: Graph, shape: Node) -> str:
    found = str(graph.value(shape, SH.severity) or "").rpartition("#")[2]
    return found if found in _SEVERITIES else "Violation"


def _text(graph: Graph, subject: Node, predicate: Node) -> Text | None:
    said = {
        term.language: str(term)
        for term in graph.objects(subject, predicate)
        if isinstance(term, Literal)
    }
    any_ = next(iter(said.values()), None)
    return None if any_ is None else Text(said.get("ja", any_), said.get("en", any_))


# -- How many values ------------------------------------------------------------------------------

_REQUIRED, _ADVISED, _OPTIONAL = (
    Text("必須", "Required"),
    Text("推奨", "Advised"),
    Text("任意", "Optional"),
)
_EXACTLY = Text("{least}つ", "exactly {least}")
_AT_LEAST = Text("{least}つ以上", "{least} or more")
_AT_MOST = Text("{most}つまで", "{most} at most")
_BETWEEN = Text("{least}つから{most}つまで", "{least} to {most}")
_NONE = Text("書かない", "Not to be given")
_JOINED = Text("{one}・{other}", "{one}, {other}")


def _number(graph: Graph, shapes: list[Node]) -> Text | None:
    """Return in words how many values the shapes of one path allow together.

    Shapes of others may demand more; so nothing is said where nothing is asked but a value be there
    or not, in a shape that only gives advice.
    """
    least = _least(graph, shapes)
    spoken = explain.by_language(graph, shapes, least)
    if spoken:
        return _REQUIRED if spoken[2] else _OPTIONAL
    counts = [_count(graph, one, SH.maxCount) for one in shapes]
    most = reduce(min, (count for count in counts if count is not None), 1_000_000)
    some = any(
        _count(graph, one, SH.qualifiedMinCount) or graph.value(one, SH.hasValue) is not None
        for one in shapes
    )
    is_must = any(_severity(graph, one) == "Violation" for one in shapes)
    if most == 0:
        return _NONE
    if not is_must and not least:
        return None
    word = (_REQUIRED if is_must else _ADVISED) if least or some else _OPTIONAL
    range_ = _range(least, most if most < 1_000_000 else None)
    return _JOINED.format(one=word, other=range_) if range_ else word


def _least(graph: Graph, shapes: list[Node]) -> int:
    return max((_count(graph, one, SH.minCount) or 0 for one in shapes), default=0)


def _range(least: int, most: int | None) -> Text | None:
    if most is None:
        return _AT_LEAST.format(least=least) if least else None
    if least == most:
        return _EXACTLY.format(least=least)
    return (_BETWEEN if least else _AT_MOST).format(least=least, most=most)


def _count(graph: Graph, shape: Node, predicate: Node) -> int | None:
    value = graph.value(shape, predicate)
    return int(str(value)) if value is not None and str(value).isdigit() else None
