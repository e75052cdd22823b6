"""What is looked for -> the things of a release that fit, best first, with the reasons.

The same for search, suggestions, reconciliation and the linking of tables. Nothing here knows a
place: names, areas and codes are those of the index, designators and codes those of Japan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz.distance import OSA

from publish.errors import CodeError
from publish.i18n import Text
from publish.iris import Iris
from publish.rdf.jsonld import Context
from publish.search.addresses import Rests, bare, beginnings
from publish.search.candidate import BEST, Candidate, Page, Wanted
from publish.search.codes import Code, looks_like_code, read_code, with_lost_zero
from publish.search.evidence import Clues
from publish.search.index import Index, Spelt, Thing
from publish.search.normalize import is_japanese, keys_of, plain
from publish.search.placenames import Parted, designator_of, parted
from publish.search.scoring import (
    MARGIN,
    Asked,
    Scored,
    Wording,
    by_beginning,
    by_core,
    by_likeness,
    by_name,
    by_words,
    ranked,
    weigh_areas,
    weigh_elsewhere,
    wordings,
)

_CODE = Text("コード {code} が一致します。", "The code {code} is the same.")
_CODE_ZERO = Text(
    "先頭に0を補うとコード {code} と一致します。",
    "The same as the code {code}, with the zero put back at its beginning.",
)
_CODE_BEGINS = Text("コードが {code} で始まります。", "Its code begins with {code}.")
_BEGUN_BY = Text("「{name}」の先頭が一致します。", 'It begins as "{name}" does.')
_IN_NAME = Text("名称に語が含まれます。", "The words stand in its name.")
_IN_TEXT = Text("説明に語が含まれます。", "The words stand in its description.")
#: Most things that a search counts.
MOST_FOUND = 1000
#: Most candidates by name or code that come before those by words in a search.
_MOST_NAMED = 50
#: Names longer than this are not compared letter by letter.
_LONGEST_ALIKE = 40
_MOST_ALIKE = 60
#: Ways to read a text that are followed where each costs much.
_MOST_FOLLOWED = 6
#: A key begins with its kind and a colon.
_MARK = 2
#: From here on a candidate by name is good enough not to read the text as an address, and from
#: there on, not to look for names that are only alike.
_GOOD, _FAIR = 80.0, 60.0
_WORTH = 55.0
_WHOLE_CODE, _LOST_ZERO, _WRONG_CODE = 99.0, 95.0, 60.0
_BEGUN, _NAMED, _WORDS = 90.0, 50.0, 40.0
#: Areas whose scores differ by less are both read from one address; the smaller is meant.
_SAME_ADDRESS = 12.0


@dataclass(frozen=True, slots=True)
class _Parts:
    """A wording with its keys: of the whole name, and of the name without its designator."""

    wording: Wording
    names: tuple[str, ...]
    cores: dict[str, Parted]

    @property
    def keys(self) -> list[str]:
        """Return all keys."""
        return [*self.names, *self.cores]


class Matcher:
    """Finds the things of one release."""

    def __init__(self, index: Index, store: ox.Store, iris: Iris, context: Context) -> None:
        self.index = index
        self.clues = Clues(index, store, iris, context)
        self.rests = Rests(index)

    def match(self, wanted: Wanted) -> tuple[Candidate, ...]:
        """Return the candidates for a thing that is looked for, best first.

        Only the first can be automatic. Nothing is guessed: where several fit as well, or the name
        exists elsewhere too and nothing tells, the first is not automatic, and says why.
        """
        found: dict[int, Scored] = {}
        text = bare(wanted.text)
        if looks_like_code(text):
            _keep(found, self._coded(text))
        elif text:
            self._named(found, text, wanted)
        self.clues.weigh(found, wanted)
        for one in found.values():
            weigh_elsewhere(one)
        return ranked(self._without_bodies(found, wanted.kinds), wanted.limit)

    def _without_bodies(self, found: dict[int, Scored], kinds: Collection[str]) -> Iterator[Scored]:
        """Yield candidates of some types, but no body whose place fits about as well.

        Both have one name, by which the place is meant; by its own type the body is found.
        """
        own = {number: one for number, one in found.items() if _is_of(one, kinds)}
        bodies = self.index.bodies(own)
        for number, one in own.items():
            place = own.get(bodies.get(number, 0))
            if place is None or one.score - place.score >= MARGIN:
                yield one

    def _coded(self, text: str) -> Iterator[Scored]:
        """Yield the things with a code: as it is written, or what it stands for."""
        digits = plain(text).replace(" ", "").replace("-", "")
        exact = self.index.coded([digits])
        yield from (by_words(thing, BEST, _CODE.format(code=digits)) for thing in exact)
        try:
            code = read_code(text)
        except CodeError as error:
            wrong = self.index.coded([digits[:5]]) if len(digits) == 6 else []
            yield from (_wrong(thing, error) for thing in wrong)
            return
        yield from self._read(code)
        lost = None if exact else with_lost_zero(code)
        yield from self._read(lost) if lost else ()

    def _read(self, code: Code) -> Iterator[Scored]:
        points, reason = (_LOST_ZERO, _CODE_ZERO) if code.repaired else (_WHOLE_CODE, _CODE)
        for thing in self.index.coded([code.five, code.six]):
            yield by_words(thing, points, reason.format(code=code.six))

    def _named(self, found: dict[int, Scored], text: str, wanted: Wanted) -> None:
        parts = [_parts(wording) for wording in wordings(text, self.index)]
        spelt = self._spelt(key for part in parts for key in part.keys)
        for part in parts:
            _keep(found, self._judged(part, _by_name(part, spelt)))
        if wanted.is_address or not _has_good(found, wanted.kinds):
            _keep(found, self._beginning(parts, wanted, found))
        if not _has_good(found, wanted.kinds, _FAIR):
            for part in parts[:_MOST_FOLLOWED]:
                _keep(found, self._judged(part, self._alike(part)))

    def _spelt(self, keys: Iterable[str]) -> dict[str, list[Spelt]]:
        found: dict[str, list[Spelt]] = {}
        whole_first = sorted(self.index.spelt(sorted(set(keys))), key=lambda one: one.is_core)
        for spelt in whole_first:
            found.setdefault(spelt.key, []).append(spelt)
        return found

    def _judged(self, part: _Parts, scored: Iterable[Scored]) -> Iterator[Scored]:
        """Yield candidates with the areas of the wording counted, and with what is elsewhere."""
        listed = list(scored)
        elsewhere = tuple(self.index.elsewhere(part.keys)) if listed else ()
        core = next(iter(part.cores.values()), None)
        asked = Asked(part.wording.name, part.names, core, elsewhere)
        for one in listed:
            one.asked = asked
            if part.wording.areas:
                insides = self.index.insides(one.thing.id)
                weigh_areas(one, part.wording.areas, insides | {one.thing.id})
            yield one

    def _alike(self, part: _Parts) -> Iterator[Scored]:
        """Yield things whose names differ from the wanted one in a letter or two."""
        for key in part.names:
            near = self.index.alike(key, _MOST_ALIKE) if len(key) <= _LONGEST_ALIKE else []
            edits = {other: _edits(key, other) for other in near}
            close = [other for other, count in edits.items() if count is not None]
            for one in self.index.spelt(close):
                if not (one.is_core and part.cores):
                    length = max(len(one.key), len(key)) - _MARK
                    yield by_likeness(one, edits[one.key] or 0, length)

    def _beginning(
        self, parts: Sequence[_Parts], wanted: Wanted, named: dict[int, Scored]
    ) -> list[Scored]:
        """Return the smallest areas with whose names the text, as an address, begins.

        `named` are those that the whole text names: what they lie in is not meant either.
        """
        found: dict[int, Scored] = {}
        for part in parts:
            name = part.wording.name
            ends = beginnings(name[:-1]) if is_japanese(name) else {}
            for one in self.index.spelt(list(ends)):
                if one.thing.designator and designator_of(one.text) and not one.is_core:
                    written, rest = name[: ends[one.key]], name[ends[one.key] :]
                    begun = _parts(Wording(written, part.wording.areas))
                    scored = by_beginning(one, wanted.is_address, rest)
                    _keep(found, self._judged(begun, [scored]))
        fitting = [one for one in found.values() if _is_of(one, wanted.kinds)]
        both = [*fitting, *(one for one in named.values() if _is_of(one, wanted.kinds))]
        best = max((one.score for one in both), default=0.0)
        likely = [one for one in both if best - one.score < _SAME_ADDRESS]
        around = {holder for one in likely for holder in self.index.insides(one.thing.id)}
        smallest = [one for one in fitting if one.thing.id not in around]
        self.rests.weigh(smallest, [*found.values(), *named.values()], wanted.kinds)
        return smallest

    def suggest(
        self, text: str, kinds: Collection[str] = (), limit: int = 10
    ) -> tuple[Candidate, ...]:
        """Return what a text that is being typed may become, the likeliest first."""
        written = plain(text)
        found: dict[int, Scored] = {}
        if looks_like_code(written):
            for thing in self.index.code_beginning(written.replace(" ", ""), kinds, limit):
                _keep(found, [by_words(thing, _BEGUN, _CODE_BEGINS.format(code=written))])
        else:
            for wording in wordings(written, self.index)[:_MOST_FOLLOWED]:
                _keep(found, self._begun(wording, kinds, limit))
        if len(found) < limit:
            worded = self.index.worded(written, kinds, limit)
            _keep(found, self._worded({n: named for n, named in worded.items() if n not in found}))
        meant = self._without_bodies(found, kinds)
        ordered = sorted(meant, key=lambda one: (-one.score, one.thing.id))
        return tuple(one.candidate(automatic=False) for one in ordered[:limit])

    def _begun(self, wording: Wording, kinds: Collection[str], limit: int) -> Iterator[Scored]:
        """Yield things whose names go on as the wording begins, inside its areas."""
        areas = [area for area in wording.areas if area.is_known]
        if len(areas) < len(wording.areas):
            return
        for key in keys_of(wording.name):
            for one in self.index.beginning(key, kinds, limit * 8):
                share = (len(key) - _MARK) / max(len(one.key) - _MARK, 1)
                scored = by_words(one.thing, _WORDS + 60 * share, _BEGUN_BY.format(name=one.text))
                scored.matched, scored.language = one.text, one.language
                insides = self.index.insides(one.thing.id) if areas else frozenset()
                if all(area.holders & insides for area in areas):
                    yield scored

    def _worded(self, numbers: dict[int, bool]) -> Iterator[Scored]:
        things = self.index.things(numbers)
        for number, named in numbers.items():
            reason = (_NAMED, _IN_NAME) if named else (_WORDS, _IN_TEXT)
            yield by_words(things[number], *reason)

    def search(
        self, text: str, kinds: Collection[str] = (), limit: int = 20, offset: int = 0
    ) -> Page:
        """Return a page of everything that has to do with a text: by name or code, then by words.

        The order is the same on every page; counting stops at MOST_FOUND.
        """
        named = self.match(Wanted(text, tuple(kinds), limit=_MOST_NAMED))
        first = [one for one in named if one.score >= _WORTH]
        known = self.index.numbers([one.iri for one in first])
        worded = self.index.worded(plain(text), kinds, MOST_FOUND + 1)
        known |= self.index.bodies([*known, *worded]).keys()
        rest = [(number, where) for number, where in worded.items() if number not in known]
        past = max(0, offset - len(first))
        shown = dict(rest[past : past + max(0, limit - len(first[offset:]))])
        more = (one.candidate(automatic=False) for one in self._worded(shown))
        hits = (*first[offset : offset + limit], *more)
        count = len(first) + len(rest)
        return Page(hits, count if max(count, len(worded)) <= MOST_FOUND else None)


def _by_name(part: _Parts, spelt: dict[str, list[Spelt]]) -> Iterator[Scored]:
    for key in part.names:
        yield from (by_name(part.wording.name, one) for one in spelt.get(key, ()))
    for key, core in part.cores.items():
        scored = (by_core(core, one) for one in spelt.get(key, ()))
        yield from (one for one in scored if one)


def _parts(wording: Wording) -> _Parts:
    cores = {key: part for part in parted(wording.name) for key in keys_of(part.core)}
    return _Parts(wording, keys_of(wording.name), cores)


def _keep(found: dict[int, Scored], more: Iterable[Scored]) -> None:
    """Keep the best of what was found for each thing."""
    for one in more:
        known = found.get(one.thing.id)
        if known is None or one.score > known.score:
            found[one.thing.id] = one


def _is_of(scored: Scored, kinds: Collection[str]) -> bool:
    return not kinds or scored.thing.kind in kinds


def _has_good(found: dict[int, Scored], kinds: Collection[str], least: float = _GOOD) -> bool:
    return any(one.score >= least and _is_of(one, kinds) for one in found.values())


def _wrong(thing: Thing, error: CodeError) -> Scored:
    scored = by_words(thing, _WRONG_CODE, error.problems[0].what)
    scored.is_doubtful = True
    return scored


def _edits(key: str, other: str) -> int | None:
    """Return in how many letters two keys differ, or None if in too many for their length."""
    if key[:_MARK] != other[:_MARK]:
        return None
    length = min(len(key), len(other)) - _MARK
    few, several = (3, 7) if key[0] == "k" else (5, 9)
    most = 2 if length >= several else 1 if length >= few else 0
    edits = OSA.distance(key, other, score_cutoff=most)
    return edits if 0 < edits <= most else None
