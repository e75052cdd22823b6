"""The rows of a table -> what each is linked to, or what a person has to look at, and why.

Codes go before names, names before addresses. What speaks against a link (a code of another place,
another prefecture) is never outweighed in silence: such a row is left for a person, or unlinked.
Each combination of cells is looked up once. What a person decides about a row replaces its outcome.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from publish.i18n import Text
from publish.search.addresses import bare
from publish.search.candidate import Candidate, Evidence, Wanted
from publish.search.codes import Code
from publish.search.matcher import Matcher
from publish.search.normalize import folded, plain
from publish.search.scope import Scope
from publish.tables.columns import Coded, Layout, Wish, coded_in
from publish.tables.grid import Grid, shown
from publish.tables.headings import ADDRESS, CODE, DISTRICT, NAME, PREFECTURE, READING, REGION

State = Literal["matched", "review", "unmatched"]
Method = Literal["code", "name", "address", "publisher", "person", ""]
#: Below this a candidate has too little in common to be shown.
_WORTH_A_LOOK = 50.0
_REASONS = 4
_NO_NAME = Text("合うものがありません。", "Nothing fits.")
_CHOSEN = Text("人が確かめて選びました。", "Chosen by a person.")
_NONE_CHOSEN = Text("人が「該当なし」としました。", "A person found that none fits.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row."""

    state: State
    method: Method
    reason: Text
    candidates: tuple[Candidate, ...] = ()
    #: what the row is linked to, if it is
    chosen: Candidate | None = None

    @property
    def score(self) -> float | None:
        """Return how well the chosen or the best candidate fits; None if there is none."""
        best = self.chosen or next(iter(self.candidates), None)
        return best.score if best else None


@dataclass(frozen=True)
class Linked:
    """A table with what became of each of its rows, in their order."""

    grid: Grid
    layout: Layout
    outcomes: tuple[Outcome, ...]

    @cached_property
    def counts(self) -> Counter[State]:
        """Return how many rows there are in each state."""
        return Counter(outcome.state for outcome in self.outcomes)


def decided(table: Linked, choices: Mapping[int, str]) -> Linked:
    """Return a table with what a person decided: row number -> IRI of a candidate, "" for none.

    A choice that is not among the candidates of its row is left out.
    """
    outcomes = list(table.outcomes)
    for position, row in enumerate(table.grid.rows):
        iri = choices.get(row.number)
        if iri is not None:
            outcomes[position] = _decided(outcomes[position], iri)
    return replace(table, outcomes=tuple(outcomes))


def _decided(outcome: Outcome, iri: str) -> Outcome:
    if not iri:
        return Outcome("unmatched", "person", _NONE_CHOSEN, outcome.candidates)
    chosen = next((one for one in outcome.candidates if one.iri == iri), None)
    if chosen is None:
        return outcome
    return Outcome("matched", "person", _CHOSEN, outcome.candidates, chosen)


def outcome_of(found: tuple[Candidate, ...], method: Method) -> Outcome:
    """Return what becomes of a row for which these candidates were found, best first."""
    worth = tuple(one for one in found if one.score >= _WORTH_A_LOOK)
    if not worth:
        return Outcome("unmatched", "", _why(found) if found else _NO_NAME)
    best = worth[0]
    if best.automatic:
        return Outcome("matched", method, _why(worth), worth, best)
    return Outcome("review", method, _why(worth), worth)


def _why(found: tuple[Candidate, ...]) -> Text:
    return joined(found[0].reasons)


def joined(reasons: tuple[Text, ...]) -> Text:
    """Return the first reasons as one text, each once."""
    listed = list(dict.fromkeys(reasons))[:_REASONS]
    return Text("".join(one.ja for one in listed), " ".join(one.en for one in listed))


def told(outcome: Outcome, said: tuple[Text, ...]) -> Outcome:
    """Return an outcome that tells something more, first."""
    return replace(outcome, reason=joined((*said, outcome.reason))) if said else outcome


def doubted(outcome: Outcome, said: tuple[Text, ...]) -> Outcome:
    """Return an outcome that a person has to look at."""
    state: State = "review" if outcome.candidates else "unmatched"
    return replace(told(outcome, said), state=state, chosen=None)


# -- Linking rows ----------------------------------------------------------------------------------

#: Candidates that a person chooses from.
_CANDIDATES = 5
#: What has the form of a prefecture in front of a name; many a town ends in such a letter, too.
_PREFECTURE = re.compile(r"[^市区町村郡\s0-9]{2,3}?[都道府県](?=\s*[^市区町村郡\s])")
#: Where an address goes on to what no area is told by: numbers of blocks and houses.
_NUMBERS = re.compile(r"[0-9０-９\-－ー―]")
_LONGEST_ADDRESS = 40
#: Characters of a cell that are looked at; no name has more.
_LONGEST = 200
#: A region that is named by the office in charge of it.
_BUREAU = re.compile(r"(総合振興局|振興局|支庁|管内|地域)+$")
#: Rows after which the progress is told.
_TOLD = 200


class Cells(NamedTuple):
    """What a row says of the wanted thing, by role."""

    code: str = ""
    name: str = ""
    reading: str = ""
    address: str = ""
    prefecture: str = ""
    district: str = ""
    region: str = ""


Progress = Callable[[int], object]


def linked(
    grid: Grid,
    layout: Layout,
    matcher: Matcher,
    scope: Scope,
    wish: Wish,
    progress: Progress = lambda _: None,
) -> Linked:
    """Return a table with its rows linked; `progress` is told how many are done."""
    linker = Linker(matcher, scope, layout, wish.kinds)
    known: dict[Cells, Outcome] = {}
    columns = [layout.of(role) for role in _ROLES]
    outcomes = []
    for number, row in enumerate(grid.rows):
        if not number % _TOLD:
            progress(number)
        cells = _cells(["" if n is None else row.cells[n].strip()[:_LONGEST] for n in columns])
        outcome = known.get(cells)
        if outcome is None:
            outcome = known[cells] = linker.link(cells)
        outcomes.append(outcome)
    progress(len(grid.rows))
    return Linked(grid, layout, tuple(outcomes))


_ROLES = (CODE, NAME, READING, ADDRESS, PREFECTURE, DISTRICT, REGION)


def _cells(written: Sequence[str]) -> Cells:
    """Return what cells say, in the characters that are meant; codes as they are written."""
    code, *rest = written
    cells = Cells(code, *map(plain, rest))
    return cells._replace(address=_area(bare(cells.address)))


def _area(address: str) -> str:
    """Return the part of an address that names areas, so that houses of a street are one."""
    number = _NUMBERS.search(address)
    short = address[: number.start()] if number and number.start() > 1 else address
    return short[:_LONGEST_ADDRESS].strip()


class Linker:
    """Links what rows say to things of a release."""

    def __init__(
        self, matcher: Matcher, scope: Scope, layout: Layout, kinds: tuple[str, ...] = ()
    ) -> None:
        self.matcher = matcher
        self.scope = scope
        self.layout = layout
        self.first = kinds or scope.governments or scope.areas
        self.then = () if kinds else tuple(k for k in scope.areas if k not in self.first)
        code, name = layout.use(CODE), layout.use(NAME)
        #: codes, or names, are those of whoever made the data, and other columns say the place
        self.by_place = bool(code and code.is_publisher and layout.is_placed)
        self.name_is_publisher = bool(name and name.is_publisher and layout.is_placed)
        self._prefectures: dict[str, bool] = {}

    def link(self, cells: Cells) -> Outcome:
        """Return what becomes of a row that says so."""
        if not any((cells.code, cells.name, cells.reading, cells.address)):
            return Outcome("unmatched", "", _NOTHING)
        coded = coded_in(cells.code, zeros_lost=self.layout.zeros_lost, known=self.scope.digits)
        outside = self._outside(cells, coded)
        if outside:
            return Outcome("unmatched", "", outside)
        if self.by_place or self.name_is_publisher:
            return self._placed(cells, coded)
        if coded.code:
            return self._by_code(cells, coded, coded.code)
        found = self._named(cells)
        if found.state == "matched" and coded.is_doubtful:
            return self._despite(cells, coded, found)
        return told(found, coded.said)

    # -- codes

    def _by_code(self, cells: Cells, coded: Coded, code: Code) -> Outcome:
        name = _full(cells) or cells.reading
        if not name:
            found = self._asked(code.six, "code", self._evidence(cells))
            if found.state == "unmatched" and cells.address:
                return doubted(self._named(cells), (*coded.said, _NO_CODE.format(code=code.six)))
            if found.state == "unmatched":
                return Outcome("unmatched", "", _NO_CODE.format(code=code.six))
            return doubted(found, coded.said) if coded.is_doubtful else told(found, coded.said)
        evidence = (Evidence("code", (code.six,)), *self._evidence(cells))
        found = self._asked(name, "code", evidence)
        if found.state == "unmatched":
            found = self._asked(code.six, "code", self._evidence(cells))
            if found.state != "unmatched":
                found = doubted(found, (_OTHER_NAME.format(name=shown(name)),))
        if found.state == "unmatched":
            return Outcome("unmatched", "", _NO_CODE.format(code=code.six))
        return told(found, coded.said)

    def _despite(self, cells: Cells, coded: Coded, found: Outcome) -> Outcome:
        """Return a row whose name is clear, but whose code is wrong: fine if its digits agree."""
        near = self.matcher.match(Wanted(cells.code, self.first, (), _CANDIDATES))
        if found.chosen and found.chosen.iri in {one.iri for one in near}:
            return told(found, coded.said)
        return doubted(found, coded.said)

    # -- names and addresses

    def _named(self, cells: Cells) -> Outcome:
        """Return what a name, a reading or an address leads to: the first that leads to one thing."""
        evidence = self._evidence(cells)
        best: Outcome | None = None
        for text, method in (
            (_full(cells), "name"), (cells.reading, "name"), (cells.address, "address"),
        ):  # fmt: skip
            if not text:
                continue
            found = self._asked(text, "address" if method == "address" else "name", evidence)
            if found.state == "matched":
                return self._agreeing(found, best)
            if best is None or best.state == "unmatched":
                best = found
        return best or Outcome("unmatched", "", _NOTHING)

    def _agreeing(self, found: Outcome, before: Outcome | None) -> Outcome:
        """Return what was found, in doubt if what was asked before could be something else only."""
        if before is None or before.state == "unmatched" or found.chosen is None:
            return found
        if found.chosen.iri in {one.iri for one in before.candidates}:
            return found
        others = (*before.candidates, *found.candidates)
        return replace(doubted(found, (_DISAGREE,)), candidates=others[:_CANDIDATES])

    def _placed(self, cells: Cells, coded: Coded) -> Outcome:
        """Return what an address leads to, where code and name say who made the data."""
        code = cells.code if self.by_place else ""
        name = "" if self.name_is_publisher else cells.name
        inside = cells
        if code and coded.code and not cells.prefecture:
            inside = cells._replace(prefecture=self._prefecture(coded.code))
        found = self._named(
            inside._replace(code="", name=name, district="" if not name else cells.district)
        )
        if found.state != "unmatched":
            return found
        if coded.code and not coded.code.is_prefecture:
            found = self._asked(coded.code.six, "publisher", ())
        elif self.name_is_publisher and cells.name:
            found = self._asked(cells.name, "publisher", self._evidence(cells))
        return doubted(found, (_BY_PUBLISHER,)) if found.state != "unmatched" else found

    def _asked(self, text: str, method: Method, evidence: tuple[Evidence, ...]) -> Outcome:
        wanted = Wanted(text, self.first, evidence, _CANDIDATES, method == "address")
        found = self.matcher.match(wanted)
        if method == "address":
            found = tuple(one for one in found if _position(one, text) != 0)
        if self.then and method != "address" and not (found and found[0].automatic):
            wider = self.matcher.match(replace(wanted, kinds=self.then))
            if wider and wider[0].automatic and (not found or found[0].score < wider[0].score):
                found = wider
        outcome = outcome_of(found, method)
        if method == "address" and outcome.chosen and _position(outcome.chosen, text):
            name = outcome.chosen.name
            return doubted(outcome, (_NOT_WHOLE.format(name=name),))
        return outcome

    # -- where it is

    def _evidence(self, cells: Cells) -> tuple[Evidence, ...]:
        region = tuple(dict.fromkeys(filter(None, (cells.region, _BUREAU.sub("", cells.region)))))
        prefecture = (cells.prefecture,) if cells.prefecture and self.scope.prefectures else ()
        return tuple(Evidence("within", values) for values in (region, prefecture) if values)

    def _outside(self, cells: Cells, coded: Coded) -> Text | None:
        """Return why a row speaks of another prefecture than the data, or None if it does not."""
        if coded.code and coded.code.prefecture not in self.scope.digits and not self.by_place:
            return _OTHER_CODE.format(code=coded.code.six, digits=coded.code.prefecture)
        if not self.scope.prefectures:
            return None
        leading = _PREFECTURE.match(cells.address) or _PREFECTURE.match(cells.name)
        for value in (cells.prefecture, leading[0] if leading else ""):
            if value and not self._has_prefecture(value):
                return _OTHER_PREFECTURE.format(name=shown(value))
        return None

    def _prefecture(self, code: Code) -> str:
        """Return the name of the prefecture of a code, or an empty text if the data have none."""
        found = self.matcher.match(Wanted(code.prefecture, self.scope.prefectures, (), 1))
        return found[0].name.ja if found and self.scope.prefectures else ""

    def _has_prefecture(self, value: str) -> bool:
        if value not in self._prefectures:
            found = self.matcher.match(Wanted(value, self.scope.prefectures, (), 1))
            self._prefectures[value] = bool(found and found[0].automatic)
        return self._prefectures[value]


def _position(candidate: Candidate, address: str) -> int | None:
    """Return where an address has a name without its designator, None if it has the whole name.

    A part of a town may be called as an area is without its designator: at the beginning, where
    nothing says in what it is, that tells nothing (0); behind an area it may be meant.
    """
    name, whole = folded(candidate.matched), folded(address)
    return None if name in whole else max(whole.find(name[:-1]), 0)


def _full(cells: Cells) -> str:
    """Return the name with the district in front of it, as it is written."""
    name, district = cells.name, cells.district
    return f"{district}{name}" if name and district and district not in name else name


_NOT_WHOLE = Text(
    "住所に「{name}」とまでは書かれていません。", 'The address does not say "{name}" in full.'
)
_NOTHING = Text("コードも名称も住所もありません。", "There is neither code nor name nor address.")
_NO_CODE = Text("コード {code} はこのデータにありません。", "These data have no code {code}.")
_OTHER_NAME = Text(
    "コードの指すものの名称は「{name}」と合いません。",
    'What has the code is not called "{name}".',
)
_OTHER_CODE = Text(
    "コード {code} は、このデータの範囲にない都道府県（{digits}）のものです。",
    "The code {code} is of a prefecture ({digits}) that is not in these data.",
)
_OTHER_PREFECTURE = Text(
    "「{name}」はこのデータの範囲にありません。", '"{name}" is not in these data.'
)
_DISAGREE = Text("名称と住所が別のものを指します。", "Name and address lead to different things.")
_BY_PUBLISHER = Text(
    "所在地からは分からないので、データを作った団体で探しました。",
    "The place does not tell, so it was looked for by who made the data.",
)
