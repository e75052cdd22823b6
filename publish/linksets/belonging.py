"""Whether links come from things that there are, and belong to one linkset each."""

from __future__ import annotations

from collections.abc import Iterator

from publish.i18n import Text
from publish.linksets.flaws import Flaw
from publish.linksets.links import MAPPINGS, Crosslinks, Link
from publish.project.withdrawn import Withdrawals
from publish.rdf import namespaces as ns

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
        predicate=ns.shorten(link.predicate, ns.PREFIXES) or link.predicate,
        object=link.object,
        linksets=", ".join(_short(crosslinks, iri) for iri in named),
    )
    return Flaw("predicate", "error", what, _SAME_PREDICATE, (link,))


def _short(crosslinks: Crosslinks, iri: str) -> str:
    return crosslinks.iris.relative(iri) or iri
