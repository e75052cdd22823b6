"""The reviewed table of proposals -> a linkset in Turtle, for the project's `data/`.

Only rows that a person accepted become links. A linkset has one predicate, so links of several
relations become several linksets.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

import pyoxigraph as ox

from publish.errors import GridError, Place, Problem
from publish.i18n import Text
from publish.iris import Iris
from publish.linksets.links import CONFIDENCE, METHOD, RELATIONS
from publish.linksets.propose import COLUMNS
from publish.rdf import namespaces as ns
from publish.rdf.terms import is_iri
from publish.tables.grid import Grid, Row

_YES = {"yes", "y", "true", "1", "ok", "はい", "○", "◯", "〇", "✓", "✔", "レ", "可", "採用"}
_NO = {"", "no", "n", "false", "0", "-", "いいえ", "×", "✕", "不可", "不採用", "否"}
_MOST_PROBLEMS = 20
#: What the relations of one linkset are called in its key, where there are several.
_SHORT = {
    iri: name.removesuffix("Match").replace("seeAlso", "see-also").replace("sameAs", "same-as")
    for iri in RELATIONS
    for name in [iri.rpartition("#")[2]]
}
_BY_NAME = {
    alias.lower(): iri
    for iri in RELATIONS
    for alias in (iri, ns.shorten(iri, ns.PREFIXES) or iri, iri.rpartition("#")[2])
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that a person accepted: a link, and where it stands in the table."""

    ours: str
    theirs: str
    relation: str
    line: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The properties by which a project says how links were made, and how sure they are."""

    method: str | None
    confidence: str | None

    @classmethod
    def among(cls, declared: Iterable[str]) -> Terms:
        """Return those among the terms of a project's vocabularies, by their local names."""
        terms = sorted(declared)
        found = [
            next((iri for iri in terms if iri.endswith((f"#{name}", f"/{name}"))), None)
            for name in (METHOD, CONFIDENCE)
        ]
        return cls(*found)


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a linkset that is made."""

    key: str
    target: str
    #: what the target data set is called
    title: Text
    method: Text
    confidence: str
    #: nothing is said of the target data set in the project yet
    is_new: bool
    license: str | None = None


# -- Reading the table ----------------------------------------------------------------------------


def accepted_rows(grid: Grid, iris: Iris) -> tuple[Accepted, ...]:
    """Return the rows that were accepted, in the order of their links.

    Raises GridError, with a problem for each row, for a mark that is neither yes nor no, an IRI that
    is none or not under the base, a relation that is not known, or if nothing was accepted.
    """
    columns = {role: _column(grid, heading) for role, heading in COLUMNS}
    needed = ("ours", "theirs", "relation", "accept")
    missing = [heading for role, heading in COLUMNS if role in needed and columns[role] is None]
    if missing:
        raise GridError(_NO_COLUMN.format(name=missing[0]), _AS_PROPOSED, Place(grid.name, 1))
    found, problems = dict[tuple[str, str, str], Accepted](), list[Problem]()
    for row in grid.rows:
        cells = {role: _cell(row, columns[role]) for role in needed}
        mark = unicodedata.normalize("NFKC", cells["accept"]).strip().lower()
        problem = _problem(cells, mark, iris)
        if problem:
            problems.append(Problem(*problem, Place(grid.name, row.line)))
        elif mark in _YES:
            relation = _BY_NAME[cells["relation"].lower()]
            link = Accepted(cells["ours"], cells["theirs"], relation, row.line)
            found.setdefault((link.ours, link.relation, link.theirs), link)
    if problems:
        raise GridError.of(problems[:_MOST_PROBLEMS])
    if not found:
        raise GridError(_NOTHING, _MARK, Place(grid.name))
    return tuple(found[key] for key in sorted(found))


def _column(grid: Grid, heading: Text) -> int | None:
    in_japanese = grid.column(heading.ja)
    return grid.column(heading.en) if in_japanese is None else in_japanese


def _cell(row: Row, column: int | None) -> str:
    return "" if column is None else row.cells[column].strip()


def _problem(cells: Mapping[str, str], mark: str, iris: Iris) -> tuple[Text, Text] | None:
    """Return what is wrong with a row, and what to do; rows that are not accepted may be anything."""
    if mark in _NO:
        return None
    if mark not in _YES:
        return _UNKNOWN_MARK.format(mark=mark[:20]), _MARK
    if iris.thing_parts(cells["ours"]) is None:
        return _NOT_OURS.format(iri=cells["ours"][:80], base=iris.base), _GIVE_BASE
    if not is_iri(cells["theirs"]) or iris.relative(cells["theirs"]) is not None:
        return _NO_IRI.format(iri=cells["theirs"][:80]), _AS_PROPOSED
    if cells["relation"].lower() not in _BY_NAME:
        return _NO_RELATION.format(name=cells["relation"][:40]), _RELATIONS_ARE
    return None


_NO_COLUMN = Text("列「{name}」がありません。", 'The column "{name}" is missing.')
_AS_PROPOSED = Text(
    "「lodpub links propose」が書き出した表の見出しとIRIを、そのままにしてください。",
    'Leave headings and IRIs as "lodpub links propose" wrote them.',
)
_UNKNOWN_MARK = Text(
    "採用の欄の「{mark}」は、「はい」とも「いいえ」とも読めません。",
    'The mark "{mark}" means neither yes nor no.',
)
_MARK = Text(
    "採用する行の「採用」の欄に「はい」と書いてください。",
    'Write "yes" in the column accept of the rows that are right.',
)
_NOTHING = Text("採用された行がありません。", "No row was accepted.")
_NOT_OURS = Text(
    "「{iri}」は、このプロジェクト（{base}）のもののIRIではありません。",
    '"{iri}" is not the IRI of a thing of this project ({base}).',
)
_GIVE_BASE = Text(
    "表を作ったリリースの公開URLを --base で指定してください。",
    "Give the base of the release that the table was made with, by --base.",
)
_NO_IRI = Text("「{iri}」は相手のIRIとして使えません。", '"{iri}" cannot be the IRI of a target.')
_NO_RELATION = Text("関係「{name}」は使えません。", 'There is no relation "{name}".')
_RELATIONS_ARE = Text(
    "skos:exactMatch、skos:closeMatch、skos:broadMatch、skos:narrowMatch、skos:relatedMatch などにしてください。",
    "Use skos:exactMatch, skos:closeMatch, skos:broadMatch, skos:narrowMatch or skos:relatedMatch.",
)


# -- Writing the linkset --------------------------------------------------------------------------

_HEAD = """\
# {title_ja}へのリンク。「lodpub links propose」の候補を人が確かめ、「lodpub links accept」で作成した。
# Links to {title_en}: candidates of "lodpub links propose", reviewed by a person.

"""
_NAME = Text("{title}へのリンク", "Links to {title}")
_NAME_OF = Text("{title}へのリンク（{relation}）", "Links to {title} ({relation})")
_ABOUT = Text(
    "{title}のうち{relation}へのリンク。名称、コード、位置から候補を求め、人が確かめた。",
    "Links to what is {relation} in {title}: candidates by name, code and position, reviewed by a person.",
)
_SURE = {
    "high": Text("確度は高い。", "Confidence: high."),
    "medium": Text("確度は中程度。", "Confidence: medium."),
    "low": Text("確度は低い。", "Confidence: low."),
}
_PREFIXES = ("dcterms", "owl", "rdfs", "skos", "void")


def as_turtle(
    accepted: Iterable[Accepted], description: Description, terms: Terms, iris: Iris
) -> str:
    """Return the links as a Turtle file of the project, ours as relative IRIs: it fits any base."""
    by_relation: dict[str, list[Accepted]] = defaultdict(list)
    for link in accepted:
        by_relation[link.relation].append(link)
    keys = {
        relation: description.key if len(by_relation) == 1 else f"{description.key}-{short}"
        for relation, short in _SHORT.items()
        if relation in by_relation
    }
    title = description.title
    parts = [_HEAD.format(title_ja=_line(title.ja), title_en=_line(title.en))]
    parts += [ns.declared(ns.PREFIXES, _PREFIXES)]
    for relation, key in keys.items():
        parts.append(_linkset(key, relation, description, terms, iris, several=len(keys) > 1))
    if description.is_new:
        parts.append(
            _target(description, [link for links in by_relation.values() for link in links])
        )
    for relation, key in keys.items():
        parts.append("\n")
        parts += _links(by_relation[relation], relation, key, iris)
    return "".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())


def _linkset(
    key: str, relation: str, said: Description, terms: Terms, iris: Iris, *, several: bool
) -> str:
    words = RELATIONS[relation]
    name = (_NAME_OF if several else _NAME).format(title=said.title, relation=words)
    about = _ABOUT.format(title=said.title, relation=words)
    if terms.method is None:
        about = Text("{about}{method}", "{about} {method}").format(about=about, method=said.method)
    if terms.confidence is None:
        sure = _SURE[said.confidence]
        about = Text("{about}{sure}", "{about} {sure}").format(about=about, sure=sure)
    lines = [
        "a void:Linkset",
        f"skos:prefLabel {_in_both_languages(name)}",
        f"dcterms:description {_in_both_languages(about)}",
        f"void:linkPredicate {_short(relation)}",
        f"void:objectsTarget <{said.target}>",
    ]
    if terms.method:
        lines.append(f"{_relative(terms.method, iris)} {_in_both_languages(said.method)}")
    if terms.confidence:
        lines.append(f"{_relative(terms.confidence, iris)} {ox.Literal(said.confidence)}")
    return f"\n<id/linkset/{key}> " + " ;\n    ".join(lines) + " .\n"


def _target(said: Description, links: list[Accepted]) -> str:
    lines = [
        "a void:Dataset",
        f"dcterms:title {_in_both_languages(said.title)}",
        f"void:uriSpace {ox.Literal(_space(links))}",
    ]
    if said.license:
        lines.append(f"dcterms:license <{said.license}>")
    return f"\n<{said.target}> " + " ;\n    ".join(lines) + " .\n"


def _space(links: list[Accepted]) -> str:
    """Return how the IRIs that are linked to begin, up to the last character that divides one."""
    first, last = min(link.theirs for link in links), max(link.theirs for link in links)
    together = zip(first, last, strict=False)
    common = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], together))
    return ns.split(common)[0] or common


def _links(links: list[Accepted], relation: str, key: str, iris: Iris) -> Iterator[str]:
    for link in links:
        yield f"{_relative(link.ours, iris)} {_short(relation)} <{link.theirs}> .\n"
    yield "\n"
    for theirs in sorted({link.theirs for link in links}):
        yield f"<{theirs}> void:inDataset <id/linkset/{key}> .\n"


def _in_both_languages(text: Text) -> str:
    ja, en = ox.Literal(text.ja, language="ja"), ox.Literal(text.en, language="en")
    return f"{ja} , {en}"


def _short(iri: str) -> str:
    return ns.shorten(iri, {prefix: ns.PREFIXES[prefix] for prefix in _PREFIXES}) or f"<{iri}>"


def _relative(iri: str, iris: Iris) -> str:
    relative = iris.relative(iri)
    return f"<{iri if relative is None else relative}>"
