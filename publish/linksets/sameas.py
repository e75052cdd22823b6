"""Which of ours is which of theirs: the links of a release, looked up from either side.

Nothing is inferred and nothing is fetched: an answer is made of statements of the release. Of two
links to the same target nothing follows, and a link is not turned round: `narrowMatch` says that
what they have is narrower than what we have, whichever side was asked for.

An IRI is looked up in all the ways in which it can be written. Only what makes no difference, or
what a data set says of its own IRIs, is evened out (RFC 3986, section 6; RFC 3987, section 5.3):
case of scheme and host, a default port, percent-encoding, the Unicode form, http and https, a slash
at the end, and the several beginnings (`void:uriSpace`) of one data set. A query and a fragment
stay as they are: with another one, it is another IRI.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from urllib.parse import quote, unquote_to_bytes

import pyoxigraph as ox

from publish.browse.describe import exists
from publish.browse.samples import RELATIONS
from publish.i18n import Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawal, Withdrawals
from publish.rdf import namespaces as ns
from publish.rdf.terms import node, triples

#: Longer ones are not looked up.
LONGEST = 2048
_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://(?P<host>[^/?#\x00-\x20<>\"{}|\\^`\ud800-\udfff]*))?(?P<rest>[^\x00-\x20<>\"{}|\\^`\ud800-\udfff]*)"
)
_ENCODED = re.compile("(?:%[0-9A-Fa-f]{2})+")
#: Never worth encoding, so the same as encoded (RFC 3986, section 2.3).
_UNRESERVED = re.compile("[A-Za-z0-9._~-]")
_PORTS = {"http": "80", "https": "443"}
#: Namespaces that stand for each other: what follows them is the same thing.
Spaces = Iterable[Sequence[str]]


def tidied(text: str) -> str | None:
    """Return an absolute IRI as it is usually written, or None if the text is none.

    >>> tidied(" HTTP://Example.JP:80/%e6%9c%ad%E5%B9%8c ")
    'http://example.jp/札幌'
    """
    bare = text.strip().removeprefix("<").removesuffix(">")
    match = _PARTS.fullmatch(bare) if len(bare) <= LONGEST else None
    if match is None:
        return None
    scheme, host, rest = match["scheme"].lower(), match["host"], match["rest"]
    if scheme in _PORTS:
        if not host:
            return None
        host = host.removesuffix(f":{_PORTS[scheme]}")
    authority = "" if host is None else f"//{_lowered(host)}"
    return unicodedata.normalize("NFC", f"{scheme}:{authority}{_decoded(rest)}")


def notations(text: str, spaces: Spaces = ()) -> tuple[str, ...]:
    """Return the ways to write an IRI, the given one first; none if the text is no IRI.

    >>> notations("https://example.jp/a", [("http://example.jp/", "http://example.jp/page/")])[2:4]
    ('https://example.jp/a/', 'http://example.jp/a')
    """
    tidy = tidied(text)
    if tidy is None:
        return ()
    given = text.strip().removeprefix("<").removesuffix(">")
    found = {given: None, tidy: None}
    for iri in (tidy, *_in_other_spaces(tidy, [*spaces])):
        for scheme, slash in product(_schemes(iri), (False, True)):
            written = scheme + iri.partition(":")[2]
            written = _other_end(written) if slash else written
            # all of them with Japanese as it is, and then percent-encoded
            found |= {written: None, _encoded(written): None}
    return tuple(found)


def local(iri: str, spaces: Iterable[str]) -> str | None:
    """Return what follows the longest of some namespaces in a tidied IRI, or None.

    >>> local("https://example.jp/page/a", ["http://example.jp/", "http://example.jp/page/"])
    'a'
    """
    bare = _schemeless(iri)
    heads = sorted((_schemeless(tidied(space) or space) for space in spaces), key=len)
    found = (bare[len(head) :] for head in reversed(heads) if bare.startswith(head))
    return next(found, None)


def _in_other_spaces(iri: str, spaces: Spaces) -> list[str]:
    return [
        (tidied(space) or space) + name
        for group in spaces
        if len(group) > 1 and (name := local(iri, group))
        for space in group
    ]


def _schemeless(iri: str) -> str:
    scheme, _, rest = iri.partition(":")
    return rest if scheme in _PORTS else iri


def _schemes(iri: str) -> tuple[str, ...]:
    scheme = iri.partition(":")[0]
    return (
        f"{scheme}:",
        *(f"{other}:" for other in _PORTS if scheme in _PORTS and other != scheme),
    )


def _other_end(iri: str) -> str:
    """Return an IRI with a slash at its end, or without the one it has."""
    if "?" in iri or "#" in iri or not iri.startswith(("http:", "https:")):
        return iri
    return iri[:-1] if iri.endswith("/") else f"{iri}/"


def _lowered(host: str) -> str:
    user, at, name = host.rpartition("@")
    return f"{user}{at}{name.lower()}"


def _decoded(rest: str) -> str:
    return _ENCODED.sub(lambda match: _as_iri(match[0]), rest)


def _as_iri(encoded: str) -> str:
    """Return encoded octets as an IRI has them: decoded where they are text and mean no more.

    What is no UTF-8 stays as it is; what has a meaning in an IRI, like %2F, stays encoded.
    """
    try:
        text = unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return encoded.upper()
    return "".join(one if _is_plain(one) else quote(one, safe="") for one in text)


def _is_plain(character: str) -> bool:
    if character.isascii():
        return _UNRESERVED.fullmatch(character) is not None
    return character.isprintable() and unicodedata.category(character) not in ("Zs", "Co")


def _encoded(iri: str) -> str:
    """Return an IRI as a URI: what is not ASCII percent-encoded (RFC 3987, section 3.1)."""
    return "".join(one if one.isascii() else quote(one, safe="") for one in iri)


# -- Links looked up -------------------------------------------------------------------------------

_IN = ns.VOID + "inDataset"
_PREDICATE = ns.VOID + "linkPredicate"
_NO_IRI = Text(
    "「{text}」は、絶対IRI（http:// や https:// などで始まるもの）ではありません。",
    '"{text}" is not an absolute IRI, one that begins with http:// or https:// or the like.',
)
_CODE_HINT = Text(
    "コードなら {address} で調べられます。", "To look up a code, use {address}."
)  # fmt: skip
_UNKNOWN = Text(
    "「{text}」に対応するものは、このデータにありません。",
    'Nothing in this data corresponds to "{text}".',
)
_NONE_OF_OURS = Text(
    "「{text}」は、このサイトのIRIの形ですが、公開していません。",
    '"{text}" looks like an IRI of this site, but nothing is published under it.',
)
_GONE = Text(
    "「{text}」は、{date}に公開を終えました。理由：{reason}",
    '"{text}" was withdrawn on {date}. Reason: {reason}',
)
#: As much of what was asked for as a message repeats.
_SHOWN = 200


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """A statement that ties a thing of ours to one of another data set."""

    ours: str
    relation: str
    theirs: str
    graph: str
    linkset: str | None = None
    #: "high", "medium" or "low", where the linkset says so
    confidence: str | None = None

    @property
    def quad(self) -> ox.Quad:
        """Return the statement in its graph."""
        return ox.Quad(
            node(self.ours), node(self.relation), node(self.theirs), node(self.graph)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an IRI: how it is written here, the ties it has, or why there are none."""

    asked: str
    iri: str | None = None
    #: it is one of ours, so that the ties lead away from it
    is_ours: bool = False
    ties: tuple[Tie, ...] = ()
    problem: Text | None = None
    withdrawal: Withdrawal | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether there is such a thing, of ours or tied to one of ours."""
        return self.problem is None


class Identities:
    """The links of one release."""

    def __init__(self, store: ox.Store, iris: Iris, withdrawn: Withdrawals) -> None:
        self.store = store
        self.iris = iris
        self.withdrawn = withdrawn

    def find(self, text: str) -> Answer:
        """Return what corresponds to an IRI, of ours or of theirs, however it is written.

        The IRI as it was given counts first; other ways to write it only if it is not known.
        """
        tidy = tidied(text)
        if tidy is None:
            return Answer(text, problem=self._no_iri(text))
        ours = self._ours(text)
        if ours:
            return self._of_ours(text, ours)
        for written in notations(text, self.spaces):
            ties = self._to(written)
            if ties:
                return Answer(text, written, ties=ties)
        if self._is_inside(text):
            return Answer(text, problem=_said(_NONE_OF_OURS, text))
        return Answer(text, problem=_said(_UNKNOWN, text))

    @cached_property
    def spaces(self) -> tuple[tuple[str, ...], ...]:
        """Return the namespaces of each data set that linksets lead to, where it has several."""
        found: dict[str, set[str]] = {}
        for _, _, target in triples(self.store, None, node(ns.VOID + "objectsTarget")):
            if isinstance(target, ox.NamedNode):
                spaces = triples(self.store, target, node(ns.VOID + "uriSpace"))
                found[target.value] = {space.value for _, _, space in spaces}
        return tuple(tuple(sorted(found[one])) for one in sorted(found) if len(found[one]) > 1)

    @cached_property
    def relations(self) -> frozenset[str]:
        """Return the properties that tie ours to theirs: the usual ones, those of linksets."""
        stated = {term.value for _, _, term in triples(self.store, None, node(_PREDICATE))}
        return frozenset(stated.union(RELATIONS))

    @cached_property
    def examples(self) -> tuple[Tie, ...]:
        """Return a tie of each linkset that has any, in the order of the linksets' IRIs."""
        firsts: dict[str, str] = {}
        for target, _, linkset in triples(self.store, None, node(_IN)):
            known = firsts.setdefault(linkset.value, target.value)
            firsts[linkset.value] = min(known, target.value)
        ties = (tie for one in sorted(firsts) for tie in self._to(firsts[one])[:1])
        return tuple(dict.fromkeys(ties))

    def _no_iri(self, text: str) -> Text:
        said, digits = _said(_NO_IRI, text), "".join(text.split())
        if not digits.isdecimal() or len(digits) > 6:
            return said
        hint = _CODE_HINT.format(address=self.iris.of(f"code/{digits}"))
        return Text(said.ja + hint.ja, f"{said.en} {hint.en}")

    def _is_inside(self, text: str) -> bool:
        return any(self.iris.relative(written) is not None for written in notations(text))

    def _ours(self, text: str) -> tuple[str, str] | None:
        """Return type and key of the thing of ours that an IRI, or the document about it, names."""
        for written in notations(text):
            found = self.iris.thing_parts(written) or self._documented(written)
            if found:
                return found
        return None

    def _documented(self, iri: str) -> tuple[str, str] | None:
        head, _, rest = (self.iris.relative(iri) or "").partition("/")
        if head != "doc":
            return None
        path = rest.partition("#")[0].partition("?")[0]
        return self.iris.thing_parts(self.iris.of(f"id/{path.partition('.')[0]}"))

    def _of_ours(self, text: str, parts: tuple[str, str]) -> Answer:
        iri = self.iris.thing(*parts)
        withdrawal = self.withdrawn.get(parts)
        if withdrawal:
            gone = _GONE.format(text=_cut(text), date=withdrawal.date, reason=withdrawal.reason)
            return Answer(text, iri, is_ours=True, problem=gone, withdrawal=withdrawal)
        if not exists(self.store, iri):
            return Answer(text, is_ours=True, problem=_said(_NONE_OF_OURS, text))
        return Answer(text, iri, is_ours=True, ties=self._ties(node(iri), None))

    def _to(self, iri: str) -> tuple[Tie, ...]:
        try:
            target = node(iri)
        except ValueError:  # what the engine takes for no IRI, no statement has
            return ()
        return self._ties(None, target)

    def _ties(self, ours: ox.NamedNode | None, theirs: ox.NamedNode | None) -> tuple[Tie, ...]:
        quads = self.store.quads_for_pattern(ours, None, theirs)
        return tuple(sorted({tie for quad in quads if (tie := self._tie(quad))}))

    def _tie(self, quad: ox.Quad) -> Tie | None:
        """Return a statement as a tie, or None if it is another kind of statement."""
        ours, relation, theirs = (
            getattr(term, "value", "") for term in (quad.subject, quad.predicate, quad.object)
        )
        is_link = relation in self.relations and isinstance(quad.object, ox.NamedNode)
        if not is_link or self.iris.relative(theirs) is not None:
            return None
        if self.iris.thing_parts(ours) is None or not isinstance(quad.graph_name, ox.NamedNode):
            return None
        linkset = self._linkset(theirs, relation)
        confidence = self._confidence(linkset) if linkset else None
        return Tie(ours, relation, theirs, quad.graph_name.value, linkset, confidence)

    def _linkset(self, theirs: str, relation: str) -> str | None:
        """Return the linkset of a target whose links have this relation, or None."""
        linksets = (term for _, _, term in triples(self.store, node(theirs), node(_IN)))
        fitting = (
            linkset.value
            for linkset in linksets
            if isinstance(linkset, ox.NamedNode)
            and next(triples(self.store, linkset, node(_PREDICATE), node(relation)), None)
        )
        return min(fitting, default=None)

    def _confidence(self, linkset: str) -> str | None:
        """Return how sure a linkset is: the property is the project's own, known by its name."""
        said = triples(self.store, node(linkset))
        found = (o.value for _, p, o in said if p.value.endswith(("#confidence", "/confidence")))
        return min(found, default=None)


def _said(text: Text, asked: str) -> Text:
    return text.format(text=_cut(asked))


def _cut(text: str) -> str:
    return readable(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def readable(text: str) -> str:
    """Return a text without the characters that no page can hold, or that would disturb it."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text)
