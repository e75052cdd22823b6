"""One constraint of a shape -> a clause, such as "5 digits" or "text in Japanese or English"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rdflib import RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from publish.i18n import Text
from publish.rdf import namespaces as ns

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


def of(graph: Graph, shape: Node, named: Naming) -> tuple[tuple[Text, ...], bool]:
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


def by_language(graph: Graph, shapes: Sequence[Node], least: int) -> tuple[Node, Text, bool] | None:
    """Return what shapes of one path ask of its languages, if they ask for one text in each.

    That is: the shape that lists the languages, the clause, and whether all of them are required;
    `least` is the number of values that is required. None if they ask for something else.
    """
    first = next((one for one in shapes if _is_one_per_language(graph, one)), None)
    if first is None:
        return None
    tags = [str(tag) for tag in _members(graph, graph.value(first, SH.languageIn) or first)]
    asked = {tag for one in shapes for tag in _asked(graph, one)}
    others = [one for one in shapes if one != first and not _asked(graph, one)]
    if others or (asked and asked != set(tags)):
        return None
    is_required = bool(asked) or least == len(tags)
    names = _enumerated(_languages(graph, graph.value(first, SH.languageIn) or first), last=True)
    clause = _ONCE_EACH if is_required else _AT_MOST_ONCE_EACH
    return first, clause.format(names=names), is_required


def _is_one_per_language(graph: Graph, shape: Node) -> bool:
    has_list = graph.value(shape, SH.languageIn) is not None
    is_plain = {name for name, _ in _constraining(graph, shape)} <= _PLAIN
    return has_list and is_plain and str(graph.value(shape, SH.uniqueLang)) == "true"


_PLAIN = {str(SH.languageIn), str(SH.datatype), str(SH.nodeKind)}


def _asked(graph: Graph, shape: Node) -> set[str]:
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
    clauses, _ = of(graph, shape, named)
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
