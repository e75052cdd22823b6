"""What becomes of the rows of a table that is linked, and what a person decides about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from publish.i18n import Text
from publish.search.candidate import Candidate
from publish.tables.columns import Layout
from publish.tables.grid import Grid

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
