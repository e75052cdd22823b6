"""A local government code -> the thing that has it now, through mergers and withdrawals.

What replaced what is only what the release states: `dcterms:isReplacedBy`, `dcterms:replaces`, and
the successors of what was withdrawn. A code that no thing has and no withdrawal names is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from publish.errors import CodeError
from publish.i18n import Text
from publish.iris import Iris
from publish.project.withdrawn import Withdrawal, Withdrawals
from publish.rdf import namespaces as ns
from publish.rdf.terms import node, triples
from publish.search.codes import Code, code_in, read_code, with_lost_zero
from publish.search.index import Index

_UNKNOWN = Text(
    "コード「{code}」のものは、このデータにありません。",
    'Nothing in this data has the code "{code}".',
)
_LOST_ZERO = Text(
    "コード「{digits}」は{count}桁です。先頭の0が落ちているなら、コードは {code} です。",
    'The code "{digits}" has {count} digits. If a zero was lost at its beginning, it is {code}.',
)
_GONE = Text(
    "コード「{code}」のものは、{date}に公開を終えました。理由：{reason}",
    'What had the code "{code}" was withdrawn on {date}. Reason: {reason}',
)
_REPLACED = Text(
    "コード「{code}」は、ほかのものに引き継がれたもののコードです。",
    'The code "{code}" is that of something which others have taken the place of.',
)


@dataclass(frozen=True, slots=True)
class Located:
    """What a code leads to: the thing that has it now, or why there is none."""

    asked: str
    #: the IRIs of the things; several if what had the code was split
    iris: tuple[str, ...] = ()
    #: the IRI of what had the code before, if its place was taken
    old: str | None = None
    #: why the things are not what had the code
    because: Text | None = None
    problem: Text | None = None
    #: codes that may have been meant
    meant: tuple[str, ...] = ()
    #: there was such a thing, and nothing took its place
    is_gone: bool = False


class Successors:
    """The codes of one release."""

    def __init__(
        self, index: Index, store: ox.Store, iris: Iris, withdrawn: Withdrawals
    ) -> None:  # fmt: skip
        self.index = index
        self.store = store
        self.iris = iris
        self.withdrawn = withdrawn

    def locate(self, text: str) -> Located:
        """Return what a code leads to: of two, five or six digits, of full or half width."""
        try:
            code = read_code(text)
        except CodeError as error:
            return self._malformed(text, error)
        if code.repaired:
            said = _LOST_ZERO.format(digits=code.digits, count=len(code.digits), code=code.six)
            return Located(text, problem=said, meant=self._known(code))
        written = [code.digits, code.five, code.six]
        things = [thing.iri for thing in self.index.coded(written)]
        gone = [one for one in self.withdrawn.values() if one.key in written]
        if things or gone:
            return self._followed(text, code, sorted({*things}), gone)
        lost = with_lost_zero(code)
        meant = self._known(lost) if lost else ()
        return Located(text, problem=_UNKNOWN.format(code=code.digits), meant=meant)

    def _malformed(self, text: str, error: CodeError) -> Located:
        digits = "".join(filter(str.isdecimal, text))
        code = code_in(digits[:5]) if len(digits) == 6 else None
        meant = self._known(code) if code else ()
        return Located(text, problem=error.problems[0].text, meant=meant)

    def _known(self, code: Code) -> tuple[str, ...]:
        """Return a code with its check digit, if it leads to something here."""
        return (code.six,) if self.index.coded([code.five, code.six]) else ()

    def _followed(
        self, text: str, code: Code, things: list[str], gone: list[Withdrawal]
    ) -> Located:  # fmt: skip
        first = min(gone, key=lambda one: one.name, default=None)
        if first and not things:
            said = _GONE.format(code=code.digits, date=first.date, reason=first.reason)
            things = [self.iris.thing(first.type, first.key)]
        else:
            said = _REPLACED.format(code=code.digits)
        last = {one for iri in things for one in self._last(iri)}
        current = sorted(one for one in last if not self._withdrawal(one))
        if current == things:
            return Located(text, tuple(things))
        if not current:
            return Located(text, old=things[0], problem=said, is_gone=True)
        return Located(text, tuple(current), things[0], said)

    def _last(self, iri: str) -> list[str]:
        """Return what has taken the place of a thing in the end; itself if nothing has."""
        found, seen, waiting = set[str](), {iri}, [iri]
        while waiting:
            one = waiting.pop()
            following = self._next(one)
            if not following:
                found.add(one)
            waiting.extend(following - seen)
            seen |= following
        return sorted(found) or [iri]

    def _next(self, iri: str) -> set[str]:
        """Return the things of ours that took the place of one."""
        withdrawal = self._withdrawal(iri)
        if withdrawal:
            successor = withdrawal.successor_iri(self.iris)
            return {successor} if successor else set()
        after = triples(self.store, node(iri), node(ns.DCTERMS + "isReplacedBy"))
        before = triples(self.store, None, node(ns.DCTERMS + "replaces"), node(iri))
        found = {object_.value for _, _, object_ in after} | {s.value for s, _, _ in before}
        return {one for one in found if self.iris.thing_parts(one)}

    def _withdrawal(self, iri: str) -> Withdrawal | None:
        return self.withdrawn.get(self.iris.thing_parts(iri) or ("", ""))
