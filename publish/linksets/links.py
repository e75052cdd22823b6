"""What a data set links to: its links, its linksets, the data sets of others, and what can be wrong.

A link is a statement by a mapping property of SKOS or owl:sameAs, or by the predicate of a linkset
that its object is said to be in (`void:inDataset`). Method, confidence and the code in the targets'
IRIs are said of linksets by properties of the project's own vocabulary, known by their local names.

What the checks of links can find wrong is a `Flaw`, each kind with its title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pyoxigraph as ox

from publish.i18n import Text
from publish.iris import Iris
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE, Triple

EXACT = ns.SKOS + "exactMatch"
CLOSE = ns.SKOS + "closeMatch"
#: Say that two IRIs stand for the same thing.
SAME = frozenset({EXACT, ns.OWL + "sameAs"})
#: Say that they do not: SKOS makes them disjoint with skos:exactMatch (condition S46).
APART = frozenset(ns.SKOS + name for name in ("broadMatch", "narrowMatch", "relatedMatch"))
MAPPINGS = SAME | APART | {CLOSE}
#: What the predicates of linksets say of the target.
RELATIONS = {
    EXACT: Text("同じもの", "the same"),
    CLOSE: Text("近いもの", "close"),
    ns.SKOS + "narrowMatch": Text("より狭いもの", "narrower"),
    ns.SKOS + "broadMatch": Text("より広いもの", "broader"),
    ns.SKOS + "relatedMatch": Text("関連するもの", "related"),
    ns.OWL + "sameAs": Text("同一のもの", "identical"),
    ns.RDFS + "seeAlso": Text("参考になるもの", "see also"),
}

#: What projects' own vocabularies call what they say of linksets.
METHOD, CONFIDENCE, CODE = "linkMethod", "confidence", "targetCode"
_OWN = (METHOD, CONFIDENCE, CODE)
_LINKSET, _DATASET = ns.VOID + "Linkset", ns.VOID + "Dataset"
_PREDICATE, _TARGET = ns.VOID + "linkPredicate", ns.VOID + "objectsTarget"
_SPACE, _PATTERN = ns.VOID + "uriSpace", ns.VOID + "uriRegexPattern"
_MEMBER = ns.VOID + "inDataset"
_SAID = {_PREDICATE, _TARGET, _SPACE, _PATTERN}


class Link(NamedTuple):
    """A statement that a thing of ours (or of others) corresponds to one of others."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Linkset:
    """A set of links: their predicate, where they lead, how they were made, how sure they are."""

    iri: str
    predicates: tuple[str, ...]
    target: str | None
    #: properties of our things whose value stands in the IRIs that are linked to
    codes: tuple[str, ...]
    #: "high", "medium", "low", or what the project says
    confidence: str | None
    #: by language
    method: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """A data set of others: how its IRIs begin, and what they match."""

    iri: str
    spaces: tuple[str, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crosslinks:
    """All links of a data set in order, and what is said of where they lead."""

    iris: Iris
    links: tuple[Link, ...]
    #: the links from things of ours to things of others
    outgoing: tuple[Link, ...]
    linksets: Mapping[str, Linkset]
    targets: Mapping[str, Target]
    #: the linksets that an IRI of others is said to be in
    members: Mapping[str, tuple[str, ...]]
    #: our things that have a type, and the types
    known: Mapping[str, tuple[str, ...]]
    #: values of the properties that linksets name as codes, by our thing and property
    codes: Mapping[tuple[str, str], Set[str]]

    def is_ours(self, iri: str) -> bool:
        """Tell whether an IRI is that of a thing of ours."""
        return iri.startswith(self.iris.of("id/"))

    def linksets_of(self, link: Link) -> list[Linkset]:
        """Return the linksets that a link is in: its target is, and its predicate is theirs."""
        found = (self.linksets.get(iri) for iri in self.members.get(link.object, ()))
        return [one for one in found if one and link.predicate in one.predicates]


class _Said:
    """What is said of linksets, data sets and things, in one pass."""

    def __init__(self, iris: Iris) -> None:
        self.things = iris.of("id/")
        self.linksets: set[str] = set()
        self.datasets: set[str] = set()
        self.known: dict[str, set[str]] = defaultdict(set)
        self.members: dict[str, set[str]] = defaultdict(set)
        self.of: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.texts: dict[str, dict[str, str]] = defaultdict(dict)

    def hear(self, triple: Triple) -> None:
        """Note a statement that matters."""
        subject, predicate, object_ = triple[0].value, triple[1].value, triple[2]
        if predicate == TYPE.value:
            self._typed(subject, object_.value)
        elif predicate == _MEMBER:
            self.members[subject].add(object_.value)
        elif predicate in _SAID:
            self.of[subject, predicate].add(object_.value)
        elif predicate.endswith(_OWN):
            self._own(subject, ns.split(predicate)[1], object_)

    def _typed(self, subject: str, class_: str) -> None:
        if class_ == _LINKSET:
            self.linksets.add(subject)
        elif class_ == _DATASET:
            self.datasets.add(subject)
        if subject.startswith(self.things):
            self.known[subject].add(class_)

    def _own(self, subject: str, name: str, object_: ox.NamedNode | ox.Literal) -> None:
        if name == METHOD and isinstance(object_, ox.Literal):
            self.texts[subject][object_.language or ""] = object_.value
        elif name in _OWN:
            self.of[subject, name].add(object_.value)

    def values(self, subject: str, name: str) -> tuple[str, ...]:
        """Return what was said, in order."""
        return tuple(sorted(self.of.get((subject, name), ())))

    def linkset(self, iri: str) -> Linkset:
        """Return what is said of a linkset."""
        return Linkset(
            iri,
            self.values(iri, _PREDICATE),
            next(iter(self.values(iri, _TARGET)), None),
            self.values(iri, CODE),
            next(iter(self.values(iri, CONFIDENCE)), None),
            dict(sorted(self.texts.get(iri, {}).items())),
        )

    def target(self, iri: str) -> Target:
        """Return what is said of a data set of others."""
        return Target(iri, self.values(iri, _SPACE), self.values(iri, _PATTERN))


def crosslinks_of(triples: Iterable[Triple], iris: Iris) -> Crosslinks:
    """Return the links among the statements of a data set; the statements are read twice."""
    statements = triples if isinstance(triples, list | tuple) else list(triples)
    said = _Said(iris)
    for triple in statements:
        said.hear(triple)
    linksets = {iri: said.linkset(iri) for iri in sorted(said.linksets)}
    wanted = {predicate for one in linksets.values() for predicate in one.predicates} - MAPPINGS
    coded = {code for one in linksets.values() for code in one.codes}
    members = {iri: tuple(sorted(found)) for iri, found in said.members.items()}
    links: set[Link] = set()
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for subject, predicate, object_ in statements:
        path = predicate.value
        if isinstance(object_, ox.NamedNode) and (
            path in MAPPINGS or (path in wanted and object_.value in members)
        ):
            links.add(Link(subject.value, path, object_.value))
        elif path in coded and subject.value.startswith(said.things):
            codes[subject.value, path].add(object_.value)
    targets = {*said.datasets, *(one.target for one in linksets.values() if one.target)}
    things, in_order = said.things, tuple(sorted(links))
    return Crosslinks(
        iris,
        in_order,
        tuple(
            link
            for link in in_order
            if link.subject.startswith(things) and not link.object.startswith(things)
        ),
        linksets,
        {iri: said.target(iri) for iri in sorted(targets)},
        members,
        {iri: tuple(sorted(found)) for iri, found in said.known.items()},
        codes,
    )


# -- Flaws ----------------------------------------------------------------------------------------

Severity = Literal["error", "warning"]
#: What a flaw is, by its name in reports.
Kind = Literal[
    "whitespace",
    "normalisation",
    "encoding",
    "scheme",
    "slash",
    "space",
    "pattern",
    "code",
    "rule",
    "unruled",
    "repeated",
    "linksets",
    "ours",
    "theirs",
    "disjoint",
    "relations",
    "chain",
    "crossing",
    "withdrawn",
    "unknown",
    "homeless",
    "predicate",
    "empty",
]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is wrong with one or several links, or with a linkset or data set.

    `links` are those to look at, the one to correct first; with none, `about` is the IRI that the
    flaw is in.
    """

    kind: Kind
    severity: Severity
    what: Text
    remedy: Text
    links: tuple[Link, ...] = ()
    about: str = ""


#: The names of the groups in which reports list them.
TITLES: dict[Kind, Text] = {
    "whitespace": Text("IRIの中の空白", "white space in an IRI"),
    "normalisation": Text("正規化されていないIRI", "an IRI that is not normalised"),
    "encoding": Text("IRIの符号化の違い", "an IRI encoded differently"),
    "scheme": Text("httpとhttpsの違い", "http instead of https, or the other way round"),
    "slash": Text("末尾の「/」の違い", "a trailing slash too many or too few"),
    "space": Text("リンク先のものではないIRI", "an IRI that is not the target's"),
    "pattern": Text("リンク先の形と合わないIRI", "an IRI of another form than the target's"),
    "code": Text("コードの食違い", "another code than the thing's"),
    "rule": Text("読めない規則", "a rule that cannot be read"),
    "unruled": Text("IRIの形が示されていないリンク先", "a target without a rule for its IRIs"),
    "repeated": Text("重複したリンク", "a link stated twice"),
    "linksets": Text("二つのリンクセットにあるリンク", "a link in two linksets"),
    "ours": Text("一つのリンク先に二つのもの", "two of ours for one of theirs"),
    "theirs": Text("一つのものに二つのリンク先", "two of theirs for one of ours"),
    "disjoint": Text("両立しない関係", "relations that exclude each other"),
    "relations": Text("同じ組に二つの関係", "two relations of the same pair"),
    "chain": Text("たどると同じになる別のもの", "different things made the same by a chain"),
    "crossing": Text("たどると両立しない関係", "relations that a chain makes exclude each other"),
    "withdrawn": Text("取り下げたものからのリンク", "a link from something withdrawn"),
    "unknown": Text("記述のないものからのリンク", "a link from something unknown"),
    "homeless": Text("リンクセットに入っていないリンク先", "a target in no linkset"),
    "predicate": Text("リンクセットの述語との違い", "another predicate than the linkset's"),
    "empty": Text("リンクのないリンクセット", "a linkset without links"),
}
SEVERITIES: dict[Severity, Text] = {
    "error": Text("誤り", "error"),
    "warning": Text("注意", "warning"),
}
