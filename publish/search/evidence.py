"""What is known of a wanted thing beside its name -> points for and against the candidates.

A clue is a code, something that the thing is in or tied to, given by the segment of its type
(`region`, `pillar`) or as `within`, or the value of a property.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from publish.errors import CodeError
from publish.i18n import Text
from publish.iris import Iris
from publish.rdf.jsonld import Context
from publish.rdf.terms import node
from publish.search.candidate import Evidence, Wanted
from publish.search.codes import read_code
from publish.search.index import Index, Thing
from publish.search.normalize import keys_of, plain
from publish.search.scoring import Scored, area_of, by_words

CODE = "code"
#: Anything that a thing is in, whatever its type.
WITHIN = "within"
_CODE = Text("コード {code} が一致します。", "The code {code} is the same.")
_OTHER_CODE = Text(
    "コードが違います（手がかりは{asked}、こちらは{own}）。",
    "It has another code ({own}, not {asked}).",
)
_CODE_ONLY = Text(
    "コード {code} は一致しますが、名称が違います。",
    "The code {code} is the same, but the name is another.",
)
_NO_CODE = Text("コード {code} はこのデータにありません。", "These data have no code {code}.")
_IN = Text("「{value}」に属します。", 'It belongs to "{value}".')
_NOT_IN = Text("「{value}」に属しません。", 'It does not belong to "{value}".')
_NOWHERE = Text(
    "「{value}」はこのデータにありません。", 'These data have nothing called "{value}".'
)
_HAS = Text("「{value}」が一致します。", '"{value}" is the same.')
_HAS_NOT = Text("「{value}」が一致しません。", '"{value}" is not the same.')
_HAS_NONE = Text("「{value}」は確かめられません。", '"{value}" cannot be checked for it.')
_TIED = Text(
    "名称の指定はなく、「{value}」に属します。", 'No name was given; it belongs to "{value}".'
)
_BY_CODE, _CODE_AND_NAME, _BY_TIE = 99.0, 99.0, 50.0
_AGAINST_CODE, _NOT_KNOWN, _WITHOUT = -45.0, -45.0, -10.0
#: Values of one clue that count.
_MOST_VALUES = 20


class Clues:
    """Weighs candidates by what is known beside their names."""

    def __init__(self, index: Index, store: ox.Store, iris: Iris, context: Context) -> None:
        self.index = index
        self.store = store
        self.iris = iris
        self.terms: dict[str, Any] = context["@context"]

    def weigh(self, found: dict[int, Scored], wanted: Wanted) -> None:
        """Count the evidence for each candidate; add what only the evidence tells of."""
        for evidence in wanted.evidence:
            values = [plain(value) for value in evidence.values if value.strip()][:_MOST_VALUES]
            if not values:
                continue
            if evidence.property == CODE:
                self._codes(found, values, wanted)
            elif evidence.property == WITHIN or evidence.property in self.index.kinds:
                self._ties(found, Evidence(evidence.property, tuple(values)), wanted)
            else:
                self._values(found, evidence.property, values)

    def _codes(self, found: dict[int, Scored], values: list[str], wanted: Wanted) -> None:
        asked = "、".join(values)
        things, faults = self._coded(values)
        for one in found.values():
            one.reasons += faults
            one.has_faulty_clue = one.has_faulty_clue or bool(faults)
            if one.thing.id in things:
                one.agrees(_CODE.format(code=asked))
                one.score, one.is_doubtful = max(one.score, _CODE_AND_NAME), False
            elif things:
                own = "、".join(self.index.codes_of(one.thing.id)) or "-"
                one.differs(_OTHER_CODE.format(asked=asked, own=own), _AGAINST_CODE)
            elif not faults:
                one.differs(_NO_CODE.format(code=asked), _NOT_KNOWN)
        for number, thing in things.items():
            if number not in found:
                found[number] = _by_code(thing, asked, named=bool(wanted.text.strip()))

    def _coded(self, values: Iterable[str]) -> tuple[dict[int, Thing], list[Text]]:
        """Return the things with the codes, by number, and what is wrong with the codes."""
        things: dict[int, Thing] = {}
        faults: list[Text] = []
        for value in values:
            exact = self.index.coded([value])
            try:
                code = read_code(value)
                exact += self.index.coded([code.five, code.six])
            except CodeError as error:
                faults += [] if exact else [error.problems[0].what]
            things |= {thing.id: thing for thing in exact}
        return things, faults

    def _ties(self, found: dict[int, Scored], clue: Evidence, wanted: Wanted) -> None:
        holders = self.holders(clue)
        value = "、".join(clue.values)
        for one in found.values():
            ties = self.index.insides(one.thing.id) | {one.thing.id}
            if holders & ties:
                one.agrees(_IN.format(value=value))
            elif holders:
                one.differs(_NOT_IN.format(value=value))
            else:
                one.differs(_NOWHERE.format(value=value), _NOT_KNOWN)
        if not wanted.text.strip() and not found and holders:
            for thing in self.index.held(sorted(holders), wanted.kinds, wanted.limit):
                found[thing.id] = by_words(thing, _BY_TIE, _TIED.format(value=value))

    def holders(self, clue: Evidence) -> frozenset[int]:
        """Return the numbers of what the values of a clue name: things of its type, districts."""
        found: set[int] = set()
        for value in clue.values:
            iri = value if ":" in value else self.iris.thing(clue.property, value)
            thing = self.index.thing(iri)
            coded, _ = self._coded([value]) if value.isdecimal() else ({}, [])
            area = area_of(value, self.index)
            found |= {thing.id} if thing else set(coded)
            found |= area.holders if area else set()
        kinds = self.index.kinds_of([number for number in found if number > 0])
        wrong = {
            number
            for number, kind in kinds.items()
            if clue.property != WITHIN and kind != clue.property
        }
        return frozenset(found - wrong or self._meant_by(wrong, clue.property))

    def _meant_by(self, others: Iterable[int], kind: str) -> Iterator[int]:
        """Yield what things of other types stand for: an office for the area that it is there for.

        They do where they are in or tied to one thing of the type, and to no more.
        """
        for number in sorted(others):
            tied = self.index.kinds_of([one for one in self.index.insides(number) if one > 0])
            meant = [one for one, its_kind in tied.items() if its_kind == kind]
            yield from meant if len(meant) == 1 else ()

    def _values(self, found: dict[int, Scored], name: str, values: list[str]) -> None:
        path = self._path(name)
        wanted = {key for value in values for key in keys_of(value)}
        shown = "、".join(values)
        own = {number: self._own(one.thing.iri, path) for number, one in found.items() if path}
        for number, values_ in own.items():
            if values_ & (wanted | set(values)):
                found[number].agrees(_HAS.format(value=shown))
            elif values_:
                found[number].differs(_HAS_NOT.format(value=shown))
            elif any(own.values()):  # where nothing has the property, it tells nothing
                found[number].differs(_HAS_NONE.format(value=shown), _WITHOUT)

    def _path(self, name: str) -> ox.NamedNode | None:
        """Return the property that a term of the context or an IRI stands for, or None."""
        if name.startswith(("http://", "https://")):
            return node(name)
        entry = self.terms.get(name)
        term = str(entry.get("@id") if isinstance(entry, dict) else entry or name)
        prefix, colon, local = term.partition(":")
        space = self.terms.get(prefix) if colon else None
        return node(f"{space}{local}") if isinstance(space, str) else None

    def _own(self, iri: str, path: ox.NamedNode) -> set[str]:
        """Return the values of a property of a thing as keys, and as they are; names for things."""
        found: set[str] = set()
        for quad in self.store.quads_for_pattern(node(iri), path, None):
            value = str(getattr(quad.object, "value", ""))
            found |= {value, *keys_of(value)}
            thing = self.index.thing(value)
            if thing:
                found |= {key for text in (thing.name.ja, thing.name.en) for key in keys_of(text)}
        return found


def _by_code(thing: Thing, code: str, named: bool) -> Scored:
    """Return a thing that only its code tells of: in doubt if a name was given that differs."""
    reason = _CODE_ONLY if named else _CODE
    scored = by_words(thing, 80.0 if named else _BY_CODE, reason.format(code=code))
    scored.is_doubtful = named
    scored.is_evidenced = True
    return scored
