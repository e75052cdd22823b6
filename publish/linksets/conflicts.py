"""Where links contradict each other or come from nothing: what is wrong in more than an IRI.

Links are compared two by two, and followed from one to the next: skos:exactMatch is transitive
(SKOS Reference, S45), and disjoint with skos:broadMatch and skos:relatedMatch (S46). So nothing of ours may come out as the same as another thing of ours.
Besides, each link has to come from a thing that there is, and to belong to one linkset.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import islice

from publish.i18n import Text
from publish.linksets.links import APART, MAPPINGS, SAME, Crosslinks, Flaw, Link
from publish.project.withdrawn import Withdrawals
from publish.rdf import namespaces as ns

#: Steps of a chain that a message tells, and chains that are told of things that come out the same.
_TOLD = 8
_MOST_CHAINS = 20


def contradictions(crosslinks: Crosslinks) -> Iterator[Flaw]:
    """Yield the contradictions that two links make."""
    yield from _two_of_ours(crosslinks)
    yield from _two_of_theirs(crosslinks)
    yield from _two_relations(crosslinks)


# -- Two links ------------------------------------------------------------------------------------

_OURS = Text(
    "「{object}」が、別々のもの（{subjects}）と同じだとされています。",
    '"{object}" is said to be the same as different things of ours ({subjects}).',
)
_CHOOSE_OURS = Text(
    "正しい一つを残し、他は削除するか、closeMatch や broadMatch に改めてください。",
    "Keep the right one; remove the others, or make them closeMatch or broadMatch.",
)
_THEIRS = Text(
    "{subject} が、同じデータセットの別々のもの（{objects}）と同じだとされています。",
    "{subject} is said to be the same as different things of one data set ({objects}).",
)
_CHOOSE_THEIRS = Text(
    "同じものを表す一つを残し、他は削除するか、別の関係に改めてください。",
    "Keep the one that means the same; remove the others, or give them another relation.",
)
_DISJOINT = Text(
    "{subject} と「{object}」の間に、両立しない関係（{predicates}）があります。",
    '{subject} and "{object}" have relations that exclude each other ({predicates}).',
)
_RELATIONS = Text(
    "{subject} と「{object}」の間に、二つの関係（{predicates}）があります。",
    '{subject} and "{object}" have two relations ({predicates}).',
)
_ONE_RELATION = Text("正しい関係を一つだけ残してください。", "Keep only the relation that is true.")


def _two_of_ours(crosslinks: Crosslinks) -> Iterator[Flaw]:
    found: dict[str, dict[str, Link]] = defaultdict(dict)
    for link in crosslinks.outgoing:
        if link.predicate in SAME:
            found[link.object].setdefault(link.subject, link)
    for object_, links in found.items():
        if len(links) > 1:
            subjects = ", ".join(_short(crosslinks, one) for one in links)
            what = _OURS.format(object=object_, subjects=subjects)
            yield Flaw("ours", "error", what, _CHOOSE_OURS, tuple(links.values()))


def _two_of_theirs(crosslinks: Crosslinks) -> Iterator[Flaw]:
    """Yield a flaw for two of one data set; a warning only if their linksets are different ones.

    Two linksets may lead to what a data set itself tells apart, such as editions of a code list.
    """
    found: dict[tuple[str, str], dict[str, tuple[Link, str]]] = defaultdict(dict)
    for link in crosslinks.outgoing:
        for linkset in crosslinks.linksets_of(link) if link.predicate in SAME else ():
            if linkset.target:
                of_target = found[link.subject, linkset.target]
                of_target.setdefault(link.object, (link, linkset.iri))
    for (subject, _), links in found.items():
        if len(links) > 1:
            what = _THEIRS.format(subject=_short(crosslinks, subject), objects=", ".join(links))
            listed = tuple(link for link, _ in links.values())
            apart = len({linkset for _, linkset in links.values()}) == len(links)
            yield Flaw("theirs", "warning" if apart else "error", what, _CHOOSE_THEIRS, listed)


def _two_relations(crosslinks: Crosslinks) -> Iterator[Flaw]:
    found: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in crosslinks.links:
        found[link.subject, link.object].append(link)
    for (subject, object_), links in found.items():
        if len(links) < 2:
            continue
        used = {link.predicate for link in links}
        excluded = bool(used & SAME and used & APART) or len(used & APART) > 1
        text = _DISJOINT if excluded else _RELATIONS
        names = ", ".join(_name(link.predicate) for link in links)
        what = text.format(subject=_short(crosslinks, subject), object=object_, predicates=names)
        if excluded:
            yield Flaw("disjoint", "error", what, _ONE_RELATION, tuple(links))
        else:
            yield Flaw("relations", "warning", what, _ONE_RELATION, tuple(links))


# -- Chains ---------------------------------------------------------------------------------------

_CHAIN = Text(
    "リンクをたどると、別々のものである {one} と {other} が同じになります（{path}）。",
    "Followed from one to the next, links make {one} and {other} the same ({path}).",
)
_CROSSING = Text(
    "リンクをたどると同じになる {one} と「{other}」の間に、{predicate} の関係もあります（{path}）。",
    '{one} and "{other}", which links make the same, also have the relation {predicate} ({path}).',
)
_BREAK = Text(
    "たどったリンクのうち、正しくないものを削除するか、closeMatch に改めてください。",
    "Of the links on the way, remove the one that is wrong, or make it closeMatch.",
)


class _Same:
    """What the exact links make the same, when they are followed (union-find)."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._parents: dict[str, str] = {}
        self._steps: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            one, other = self.of(link.subject), self.of(link.object)
            self._parents[max(one, other)] = min(one, other)
            self._steps[link.subject].append(link)
            self._steps[link.object].append(link)

    def of(self, iri: str) -> str:
        """Return the IRI that stands for all that are the same as this one."""
        root = iri
        while (parent := self._parents.setdefault(root, root)) != root:
            root = parent
        while (parent := self._parents[iri]) != root:
            self._parents[iri], iri = root, parent
        return root

    def ours(self, crosslinks: Crosslinks) -> Iterator[list[str]]:
        """Yield our things that come out as the same, where there are several."""
        groups: dict[str, list[str]] = defaultdict(list)
        for iri in sorted(self._steps):
            if crosslinks.is_ours(iri):
                groups[self.of(iri)].append(iri)
        yield from (group for group in groups.values() if len(group) > 1)

    def way(self, start: str, end: str) -> list[Link]:
        """Return the shortest chain of links between two that are the same."""
        came: dict[str, Link | None] = {start: None}
        waiting = deque([start])
        while waiting and end not in came:
            here = waiting.popleft()
            for link in self._steps[here]:
                there = _other_end(link, here)
                if there not in came:
                    came[there] = link
                    waiting.append(there)
        way, here = list[Link](), end
        while (step := came[here]) is not None:
            way.append(step)
            here = _other_end(step, here)
        return way[::-1]


def _other_end(link: Link, here: str) -> str:
    return link.subject if link.object == here else link.object


def chains(crosslinks: Crosslinks) -> Iterator[Flaw]:
    """Yield what links contradict when they are followed, each with the links on the way."""
    exact = [link for link in crosslinks.links if link.predicate in SAME]
    same = _Same(exact)
    direct = _Same(link for link in crosslinks.outgoing if link.predicate in SAME)
    for group in same.ours(crosslinks):
        for one, other in islice(_told_apart(group, direct), _MOST_CHAINS):
            way = same.way(one, other)
            what = _CHAIN.format(
                one=_short(crosslinks, one),
                other=_short(crosslinks, other),
                path=_told(crosslinks, one, way),
            )
            yield Flaw("chain", "error", what, _BREAK, tuple(way))
    pairs = {(link.subject, link.object) for link in exact}
    for link in crosslinks.links:
        if link.predicate not in APART or (link.subject, link.object) in pairs:
            continue
        if same.of(link.subject) == same.of(link.object):
            yield _crossing(crosslinks, link, same.way(link.subject, link.object))


def _told_apart(group: list[str], direct: _Same) -> Iterator[tuple[str, str]]:
    """Yield the first of a group with each other that no common target makes the same at once."""
    seen = {direct.of(group[0])}
    for other in group[1:]:
        if direct.of(other) not in seen:
            seen.add(direct.of(other))
            yield group[0], other


def _crossing(crosslinks: Crosslinks, link: Link, way: list[Link]) -> Flaw:
    what = _CROSSING.format(
        one=_short(crosslinks, link.subject),
        other=_short(crosslinks, link.object),
        predicate=_name(link.predicate),
        path=_told(crosslinks, link.subject, way),
    )
    return Flaw("crossing", "error", what, _BREAK, (link, *way))


def _told(crosslinks: Crosslinks, start: str, way: list[Link]) -> str:
    """Return a chain as a message tells it."""
    told, here = [_short(crosslinks, start)], start
    for link in way[:_TOLD]:
        here = _other_end(link, here)
        told.append(_short(crosslinks, here))
    return " = ".join([*told, "…"] if len(way) > _TOLD else told)


def _short(crosslinks: Crosslinks, iri: str) -> str:
    return crosslinks.iris.relative(iri) or iri


def _name(predicate: str) -> str:
    return ns.shorten(predicate, ns.PREFIXES) or predicate


# -- Strays ---------------------------------------------------------------------------------------

_WITHDRAWN = Text(
    "リンク元の {subject} は、{date} に取り下げられています。",
    "The link is from {subject}, which was withdrawn on {date}.",
)
_MOVE = Text(
    "リンクを削除するか、後継の {successor} に移してください。",
    "Remove the link, or move it to the successor {successor}.",
)
_REMOVE = Text("リンクを削除してください。", "Remove the link.")
_UNKNOWN = Text(
    "リンク元の {subject} は、どこにも記述されていません。",
    "The link is from {subject}, which is described nowhere.",
)
_DESCRIBE = Text(
    "キーの綴りを確かめるか、その記述を追加してください。",
    "Check the spelling of its key, or describe it.",
)
_HOMELESS = Text(
    "リンク先「{object}」は、どのリンクセットにも入っていません。",
    'The target "{object}" is in no linkset.',
)
_PUT_IN = Text(
    "リンク先の void:inDataset に、リンクセットのIRI（id/linkset/…）を書いてください。",
    "Give the target the IRI of a linkset (id/linkset/…) in void:inDataset.",
)
_PREDICATE = Text(
    "述語 {predicate} が、「{object}」のリンクセット（{linksets}）の述語と違います。",
    'The predicate {predicate} is not that of the linkset of "{object}" ({linksets}).',
)
_SAME_PREDICATE = Text(
    "述語を直すか、その述語のリンクセットに入れてください。",
    "Correct the predicate, or put the target in a linkset that has it.",
)
_TWO_SETS = Text(
    "{subject} から「{object}」への同じリンクが、二つ以上のリンクセット（{linksets}）にあります。",
    'The same link from {subject} to "{object}" is in several linksets ({linksets}).',
)
_ONE_SET = Text(
    "リンク先の void:inDataset を一つだけ残してください。",
    "Leave one value of void:inDataset for the target.",
)
_EMPTY = Text(
    "リンクセット {linkset} には、リンクが一つもありません。", "The linkset {linkset} has no links."
)
_FILL = Text(
    "リンクを加えるか、リンクセットの記述を削除してください。",
    "Add its links, or remove the description of the linkset.",
)


def strays(crosslinks: Crosslinks, withdrawals: Withdrawals) -> Iterator[Flaw]:
    """Yield links from what there is not, links in no linkset or several, linksets without any."""
    used = set[str]()
    for link in crosslinks.outgoing:
        origin = _origin(crosslinks, link, withdrawals)
        if origin:
            yield origin
        linksets = crosslinks.linksets_of(link)
        used |= {one.iri for one in linksets}
        if not linksets and link.predicate in MAPPINGS:
            yield _outside(crosslinks, link)
        elif len(linksets) > 1:
            names = ", ".join(_short(crosslinks, one.iri) for one in linksets)
            subject = _short(crosslinks, link.subject)
            what = _TWO_SETS.format(subject=subject, object=link.object, linksets=names)
            yield Flaw("linksets", "warning", what, _ONE_SET, (link,))
    for iri in crosslinks.linksets:
        if iri not in used:
            what = _EMPTY.format(linkset=_short(crosslinks, iri))
            yield Flaw("empty", "warning", what, _FILL, about=iri)


def _origin(crosslinks: Crosslinks, link: Link, withdrawals: Withdrawals) -> Flaw | None:
    """Return what is wrong with the thing that a link is from."""
    if link.subject in crosslinks.known:
        return None
    subject = _short(crosslinks, link.subject)
    parts = crosslinks.iris.thing_parts(link.subject)
    gone = withdrawals.get(parts) if parts else None
    if gone is None:
        return Flaw("unknown", "error", _UNKNOWN.format(subject=subject), _DESCRIBE, (link,))
    what = _WITHDRAWN.format(subject=subject, date=gone.date)
    remedy = _MOVE.format(successor=f"id/{gone.successor}") if gone.successor else _REMOVE
    return Flaw("withdrawn", "error", what, remedy, (link,))


def _outside(crosslinks: Crosslinks, link: Link) -> Flaw:
    """Return the flaw of a link that is in no linkset."""
    named = [iri for iri in crosslinks.members.get(link.object, ()) if iri in crosslinks.linksets]
    if not named:
        return Flaw("homeless", "error", _HOMELESS.format(object=link.object), _PUT_IN, (link,))
    what = _PREDICATE.format(
        predicate=_name(link.predicate),
        object=link.object,
        linksets=", ".join(_short(crosslinks, iri) for iri in named),
    )
    return Flaw("predicate", "error", what, _SAME_PREDICATE, (link,))
