"""The constraints of the shapes in words that people understand who have never heard of SHACL.

A constraint becomes a clause, such as "5 digits" or "text in Japanese or English", as
https://www.w3.org/TR/shacl/#core-components says. Property shapes of one path are told together,
as one item. A constraint for which there are no words here is told by the message of its shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from rdflib import RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.shacl.shapes import TARGETS, Shapes

#: Gives the name of a class, a property, a value or a shape.
Naming = Callable[[str], Text]

#: What a shape says without constraining anything, or what is told elsewhere.
_SILENT = {
    *(
        str(SH[name])
        for name in (
            "path", "name", "description", "message", "severity", "order", "group", "property",
            "sparql", "rule", "minCount", "maxCount", "targetClass", "targetNode",
            "targetSubjectsOf", "targetObjectsOf", "qualifiedMinCount", "qualifiedMaxCount",
            "uniqueLang", "flags", "defaultValue", "deactivated", "prefixes", "declare",
        )
    ),
}  # fmt: skip

_DATATYPES = {
    ns.RDF + "langString": Text("言語を示した文字列", "text with a language"),
    ns.XSD + "string": Text("言語を示さない文字列", "text without a language"),
    ns.XSD + "boolean": Text("真か偽", "true or false"),
    ns.XSD + "integer": Text("整数", "a whole number"),
    ns.XSD + "decimal": Text("十進数", "a decimal number"),
    ns.XSD + "double": Text("数", "a number"),
    ns.XSD + "date": Text("年月日（例：2020-04-01）", "a date, such as 2020-04-01"),
    ns.XSD + "dateTime": Text("日時", "a date and time"),
    ns.XSD + "gYear": Text("西暦年（例：2020）", "a year, such as 2020"),
    ns.XSD + "gYearMonth": Text("年月（例：2020-08）", "a year and month, such as 2020-08"),
    ns.XSD + "anyURI": Text("アドレス（URI）の文字列", "an address written as text"),
    ns.XSD + "hexBinary": Text("十六進数", "hexadecimal digits"),
    ns.GEO + "wktLiteral": Text("図形（WKT）", "a geometry (WKT)"),
}
_LANGUAGES = {
    "ja": Text("日本語", "Japanese"),
    "en": Text("英語", "English"),
    "ja-hrkt": Text("仮名の読み", "kana readings"),
    "ja-latn": Text("ローマ字の読み", "romanised readings"),
}
_NODE_KINDS = {
    str(SH.IRI): Text("URIで書く", "written as a URI"),
    str(SH.Literal): Text("文字や数で書く", "written as text or a number"),
    str(SH.BlankNodeOrIRI): Text("URIで書く", "written as a URI"),
}
_BOUNDS = {
    str(SH.minInclusive): Text("{value}以上", "at least {value}"),
    str(SH.maxInclusive): Text("{value}以下", "at most {value}"),
    str(SH.minExclusive): Text("{value}より大きい", "more than {value}"),
    str(SH.maxExclusive): Text("{value}より小さい", "less than {value}"),
    str(SH.minLength): Text("{value}字以上", "{value} characters or more"),
    str(SH.maxLength): Text("{value}字以内", "{value} characters at most"),
}
_PAIRS = {
    str(SH.lessThan): Text("「{name}」より小さい", "less than “{name}”"),
    str(SH.lessThanOrEquals): Text("「{name}」以下", "not more than “{name}”"),
    str(SH.equals): Text("「{name}」と同じ", "the same as “{name}”"),
    str(SH.disjoint): Text("「{name}」と重ならない", "none of “{name}”"),
}
_PATTERNS = (
    (re.compile(r"\^\[0-9\]\{(\d+)\}\$"), Text("{n}桁の半角数字", "{n} digits")),
    (
        re.compile(r"\^\[0-9a-f\]\{(\d+)\}\$", re.IGNORECASE),
        Text("{n}桁の十六進数", "{n} hexadecimal digits"),
    ),
)
_CLASS = Text("「{name}」を指す", "refers to: {name}")
_ONE_OF = Text("次のいずれか：{values}", "one of: {values}")
_HAS_VALUE = Text("「{value}」を含む", "includes {value}")
_MEETS = Text("「{name}」の規則に合う", "meets the rules for “{name}”")
_NOT = Text("「{name}」ではない", "not: {name}")
_ANY_OF = Text("{name}のいずれか", "{name}")
_IN_LANGUAGE = Text("{names}の文字列", "text in {names}")
_PER_LANGUAGE = Text("同じ言語のものは1つだけ", "one per language")


def is_constrained(graph: Graph, shape: Node) -> bool:
    """Tell whether a node shape asks something of the thing itself, not of its properties."""
    return any(True for _ in _constraining(graph, shape))


def _constraining(graph: Graph, shape: Node) -> Iterator[tuple[str, Node]]:
    for predicate, value in graph.predicate_objects(shape):
        if str(predicate).startswith(ns.SH) and str(predicate) not in _SILENT:
            yield str(predicate), value


def _clauses(graph: Graph, shape: Node, named: Naming) -> tuple[tuple[Text, ...], bool]:
    """Return what a shape asks of values, and whether that is all that it asks.

    Counts are left out, but for those of qualified values.
    """
    found: dict[str, list[Node]] = {}
    for predicate, value in _constraining(graph, shape):
        found.setdefault(predicate, []).append(value)
    said, is_all = list[Text](), True
    if str(SH.languageIn) in found:
        found.pop(str(SH.datatype), None)  # the languages tell it
    if {str(SH["class"]), str(SH.pattern)} & found.keys():
        found.pop(str(SH.nodeKind), None)  # so do these: what the value refers to, or its form
    for predicate in sorted(found, key=_rank):
        for value in sorted(found[predicate], key=str):
            clause = _clause(graph, shape, predicate, value, named)
            said += [clause] if clause else []
            is_all = is_all and clause is not None
    if str(graph.value(shape, SH.uniqueLang)) == "true":
        said.append(_PER_LANGUAGE)
    return tuple(said), is_all


_FIRST = (
    "datatype", "languageIn", "class", "nodeKind", "pattern", "in", "minInclusive", "minExclusive",
    "minLength",
)  # fmt: skip
_ORDER = [str(SH[name]) for name in _FIRST]


def _rank(predicate: str) -> tuple[int, str]:
    return (_ORDER.index(predicate) if predicate in _ORDER else len(_ORDER), predicate)


def _clause(graph: Graph, shape: Node, predicate: str, value: Node, named: Naming) -> Text | None:
    name = predicate.removeprefix(ns.SH)
    make: dict[str, Callable[[], Text | None]] = {
        "datatype": lambda: _DATATYPES.get(str(value)) or named(str(value)),
        "languageIn": lambda: _IN_LANGUAGE.format(names=_listed(_languages(graph, value))),
        "class": lambda: _CLASS.format(name=named(str(value))),
        "nodeKind": lambda: _NODE_KINDS.get(str(value)),
        "pattern": lambda: _pattern(str(value)),
        "in": lambda: _ONE_OF.format(
            values=_enumerated([_value(one, named) for one in _members(graph, value)])
        ),
        "hasValue": lambda: _HAS_VALUE.format(value=_value(value, named)),
        "node": lambda: _with_name(_MEETS, _label(graph, value, named)),
        "not": lambda: _with_name(_NOT, _label(graph, value, named)),
        "or": lambda: _with_name(_ANY_OF, _alternatives(graph, value, named)),
        "xone": lambda: _with_name(_ANY_OF, _alternatives(graph, value, named)),
        "qualifiedValueShape": lambda: _qualified(graph, shape, value, named),
    }
    if name in make:
        return make[name]()
    if predicate in _BOUNDS:
        return _BOUNDS[predicate].format(value=value)
    return _PAIRS[predicate].format(name=named(str(value))) if predicate in _PAIRS else None


def _members(graph: Graph, head: Node) -> list[Node]:
    """Return the members of an RDF list."""
    return list(Collection(graph, head))


_ONCE_EACH = Text("{names}で1つずつ", "once in {names}")
_AT_MOST_ONCE_EACH = Text("{names}で1つずつまで", "once at most in {names}")


def _by_language(
    graph: Graph, shapes: Sequence[Node], least: int
) -> tuple[Node, Text, bool] | None:
    """Return what shapes of one path ask of its languages, if they ask for one text in each.

    That is: the shape that lists the languages, the clause, and whether all of them are required;
    `least` is the number of values that is required. None if they ask for something else.
    """
    first = next((one for one in shapes if _is_one_per_language(graph, one)), None)
    if first is None:
        return None
    tags = [str(tag) for tag in _members(graph, graph.value(first, SH.languageIn) or first)]
    required = {tag for one in shapes for tag in asked(graph, one)}
    others = [one for one in shapes if one != first and not asked(graph, one)]
    if others or (required and required != set(tags)):
        return None
    is_required = bool(required) or least == len(tags)
    names = _enumerated(_languages(graph, graph.value(first, SH.languageIn) or first), last=True)
    clause = _ONCE_EACH if is_required else _AT_MOST_ONCE_EACH
    return first, clause.format(names=names), is_required


def _is_one_per_language(graph: Graph, shape: Node) -> bool:
    has_list = graph.value(shape, SH.languageIn) is not None
    is_plain = {name for name, _ in _constraining(graph, shape)} <= _PLAIN
    return has_list and is_plain and str(graph.value(shape, SH.uniqueLang)) == "true"


_PLAIN = {str(SH.languageIn), str(SH.datatype), str(SH.nodeKind)}


def asked(graph: Graph, shape: Node) -> set[str]:
    """Return the language in which a shape asks for one text and nothing else, if it does."""
    nested = graph.value(shape, SH.qualifiedValueShape)
    tags = graph.value(nested, SH.languageIn) if nested is not None else None
    if tags is None or str(graph.value(shape, SH.qualifiedMinCount)) != "1":
        return set()
    return {str(tag) for tag in _members(graph, tags)}


def _languages(graph: Graph, found: Node) -> list[Text]:
    tags = (str(tag) for tag in _members(graph, found))
    return [_LANGUAGES.get(tag, Text(tag, tag)) for tag in tags]


def _pattern(pattern: str) -> Text | None:
    for known, words in _PATTERNS:
        if match := known.fullmatch(pattern):
            return words.format(n=match[1])
    return None


def _value(value: Node, named: Naming) -> Text:
    return named(str(value)) if isinstance(value, URIRef) else Text(str(value), str(value))


def bounds(graph: Graph, shape: Node, named: Naming) -> Text:
    """Return between which values a shape asks values to lie; empty if it does not."""
    said = [
        text
        for predicate in (*_BOUNDS, *_PAIRS)
        for value in sorted(graph.objects(shape, URIRef(predicate)), key=str)
        if (text := _clause(graph, shape, predicate, value, named))
    ]
    return Text("".join(one.ja for one in said), " and ".join(one.en for one in said))


def _with_name(text: Text, name: Text | None) -> Text | None:
    return text.format(name=name) if name else None


def _alternatives(graph: Graph, found: Node, named: Naming) -> Text | None:
    labels = [_label(graph, one, named) for one in _members(graph, found)]
    return None if None in labels else _listed([label for label in labels if label])


def _label(graph: Graph, shape: Node, named: Naming) -> Text | None:
    """Return what a shape within another asks, or its name; None if it has neither."""
    said = {
        term.language: str(term)
        for term in graph.objects(shape, RDFS.label)
        if isinstance(term, Literal)
    }
    if {"ja", "en"} <= said.keys():
        return Text(said["ja"], said["en"])
    clauses, _ = _clauses(graph, shape, named)
    if clauses:
        return _listed(clauses)
    return named(str(shape)) if isinstance(shape, URIRef) else None


def _listed(texts: Sequence[Text]) -> Text:
    """Return alternatives as one text: "日本語か英語", "Japanese or English"."""
    english = [text.en for text in texts]
    last = f" or {english.pop()}" if len(english) > 1 else ""
    return Text("か".join(text.ja for text in texts), ", ".join(english) + last)


def _enumerated(texts: Sequence[Text], *, last: bool = False) -> Text:
    """Return several texts as one, with "と" and "and" between them if `last`."""
    english = [text.en for text in texts]
    end = f" and {english.pop()}" if last and len(english) > 1 else ""
    joint = "と" if last else "、"
    return Text(joint.join(text.ja for text in texts), ", ".join(english) + end)


_INCLUDES = Text("{name}を{number}含む", "includes {number}: {name}")
_WITHOUT = Text("{name}を含まない", "without: {name}")


def _qualified(graph: Graph, shape: Node, value: Node, named: Naming) -> Text | None:
    """Return how many values must be of a certain form; None if the form has no words."""
    name = _label(graph, value, named)
    if name is None:
        return None
    least = int(str(graph.value(shape, SH.qualifiedMinCount) or 0))
    most = graph.value(shape, SH.qualifiedMaxCount)
    if str(most) == "0":
        return _WITHOUT.format(name=name)
    if most is None:
        number = Text(f"{least}つ以上", f"at least {least}")
    elif int(str(most)) == least:
        number = Text(f"ちょうど{least}つ", f"exactly {least}")
    else:
        number = Text(f"{most}つまで", f"at most {most}")
    return _INCLUDES.format(name=name, number=number)


# -- Groups, items and rules ----------------------------------------------------------------------

_SEVERITIES = ("Violation", "Warning", "Info")


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
    kinds = {kind.shape: number for number, kind in enumerate(shapes.kinds)}
    order = sorted(
        shapes.targeted(), key=lambda shape: (kinds.get(str(shape), len(kinds)), str(shape))
    )
    return tuple(_group(shapes, shape, named) for shape in order)


def totals(shapes: Shapes) -> tuple[int, int]:
    """Return how many node shapes and how many rules there are, each rule counted once."""
    graph = shapes.graph
    properties = set(graph.subjects(SH.path)) & set(graph.objects(None, SH.property))
    queries = set(graph.objects(None, SH.sparql))
    groups = shapes.targeted()
    own = {shape for shape in groups if is_constrained(graph, shape)}
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
                for target in TARGETS
                for value in graph.objects(shape, target)
            )
        ),
        severity=_severity(graph, shape),
        own=_rule(graph, shape, named) if is_constrained(graph, shape) else None,
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
    spoken = _by_language(graph, found, _least(graph, found))
    if spoken is None:
        return tuple(_rule(graph, one, named) for one in found)
    first, clause, _ = spoken
    return tuple(
        Rule(str(one), _severity(graph, one), (clause,) if one == first else (), None)
        for one in found
    )


def _rule(graph: Graph, shape: Node, named: Naming) -> Rule:
    said, is_all = _clauses(graph, shape, named)
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
    spoken = _by_language(graph, shapes, least)
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
