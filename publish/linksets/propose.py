"""Links that could be made: the things of another data set matched with ours, for a person to review.

The matcher says how well names and codes fit. A position, where both have one, speaks for what is
near and against what is far: it tells namesakes apart that names alone leave open.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publish.browse.csvw_tables import csv_for_excel
from publish.i18n import LANGUAGES, Language, Text
from publish.linksets.links import CLOSE, EXACT
from publish.linksets.target_data import Entry
from publish.rdf import namespaces as ns
from publish.search.candidate import LINE, Candidate, Evidence, Wanted
from publish.search.codes import code_in
from publish.search.matcher import Matcher

#: Candidates for one thing of theirs that are put before a person, and the least score of one.
_MOST, _LEAST = 3, 50.0
#: Names of one thing that are looked up.
_NAMES = 4
#: Kilometres within which an area can have the same place for its centre, and beyond which none can.
_NEAR, _FAR = 30.0, 80.0
_EARTH = 6371.0
#: Things with codes by which it is found out whether their codes are the ones we have.
_SAMPLE = 300
#: The columns of the table: role, heading.
COLUMNS = (
    ("ours", Text("このデータのIRI", "our_iri")),
    ("name", Text("このデータの名称", "our_name")),
    ("theirs", Text("相手のIRI", "their_iri")),
    ("label", Text("相手の名称", "their_label")),
    ("score", Text("一致スコア", "score")),
    ("relation", Text("関係（案）", "proposed_relation")),
    ("reasons_ja", Text("判断理由（日本語）", "reasons_ja")),
    ("reasons_en", Text("判断理由（英語）", "reasons_en")),
    ("automatic", Text("自動", "automatic")),
    ("accept", Text("採用", "accept")),
)
_FLAGS = {True: Text("はい", "yes"), False: Text("いいえ", "no")}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a thing of theirs could be one of ours: how well it fits, and why."""

    ours: str
    name: Text
    theirs: str
    label: str
    score: float
    relation: str
    reasons: tuple[Text, ...]
    automatic: bool


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a data set of others could be linked to."""

    rows: tuple[Proposal, ...]
    entries: int
    #: things of theirs that nothing fits, and those that are linked already
    unmatched: int
    known: int
    #: their codes are the ones that our things have
    coded: bool


class Proposer:
    """Proposes links to the things of a release."""

    def __init__(
        self,
        matcher: Matcher,
        points: Callable[[str], Point | None],
        kinds: tuple[str, ...] = (),
        *,
        coded: bool = False,
    ) -> None:
        self.matcher = matcher
        self.points = points
        self.kinds = kinds
        self.coded = coded

    def propose(self, entry: Entry) -> list[Proposal]:
        """Return the links that could be made to a thing of theirs, the best first."""
        best: dict[str, tuple[Candidate, str]] = {}
        evidence = self._evidence(entry)
        asked = [text for text, _ in entry.names[:_NAMES]] or list(_codes(entry))[:1]
        for text in asked:
            for one in self.matcher.match(Wanted(text, self.kinds, evidence, limit=_MOST + 2)):
                known = best.get(one.iri)
                if known is None or _rank(one) > _rank(known[0]):
                    best[one.iri] = (one, text)
        told = [_with_position(self, entry, one, text) for one, text in best.values()]
        told = [one for one in told if one.score >= _LEAST]
        told.sort(key=lambda one: (not one.automatic, -one.score, one.ours))
        return list(_settled(told))[:_MOST]

    def _evidence(self, entry: Entry) -> tuple[Evidence, ...]:
        codes = tuple(_codes(entry)) if self.coded else ()
        return (Evidence("code", codes),) if codes else ()


def _rank(candidate: Candidate) -> tuple[bool, float]:
    return candidate.automatic, candidate.score


def _codes(entry: Entry) -> Iterator[str]:
    """Yield the codes of a thing that are well-formed ones of local governments, with six digits."""
    yield from (code.six for text in entry.codes if (code := code_in(text)))


def _settled(told: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield the proposals for one thing: none is automatic if two are."""
    several = sum(one.automatic for one in told) > 1
    for one in told:
        doubtful = several and one.automatic
        yield _doubted(one, _SEVERAL) if doubtful else one


def _doubted(one: Proposal, reason: Text) -> Proposal:
    return replace(one, automatic=False, relation=CLOSE, reasons=(*one.reasons, reason))


# -- Positions ------------------------------------------------------------------------------------


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points on the earth taken as a sphere (haversine).

    >>> round(kilometres((35.0, 139.0), (36.0, 139.0)))
    111
    """
    latitudes = math.radians(one[0]), math.radians(other[0])
    north, east = latitudes[1] - latitudes[0], math.radians(other[1] - one[1])
    half = math.sin(north / 2) ** 2
    half += math.cos(latitudes[0]) * math.cos(latitudes[1]) * math.sin(east / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, half)))


def _with_position(proposer: Proposer, entry: Entry, one: Candidate, text: str) -> Proposal:
    """Return a candidate as a proposal, with what the positions say."""
    here, there = proposer.points(one.iri), entry.point
    score, automatic, reasons = one.score, one.automatic, list(one.reasons)
    if here and there:
        away = kilometres(here, there)
        said = f"{away:.0f}" if away >= 1 else "1"
        if away > _FAR:
            score, automatic = min(score, LINE) * 0.6, False
            reasons.insert(0, _AWAY.format(away=said))
        elif away <= _NEAR:
            automatic = automatic or score >= LINE
            reasons.append(_CLOSE_BY.format(away=said))
    relation = EXACT if automatic else CLOSE
    return Proposal(
        one.iri, one.name, entry.iri, text, round(score, 1), relation, tuple(reasons), automatic
    )


_AWAY = Text("位置が約{away}km離れています。", "Its position is about {away} km away.")
_CLOSE_BY = Text("位置が近くにあります（約{away}km）。", "Its position is near (about {away} km).")
_SEVERAL = Text("ほかにも合うものがあります。", "Others fit as well.")
_TAKEN = Text(
    "同じものに、ほかの候補（{others}件）も自動で対応します。",
    "Other things of theirs ({others}) would be linked to it, too.",
)


# -- All things -----------------------------------------------------------------------------------


def proposed(
    entries: Sequence[Entry],
    matcher: Matcher,
    points: Callable[[str], Point | None],
    kinds: tuple[str, ...],
    linked: Iterable[str],
    progress: Callable[[int], object] = lambda _: None,
) -> Proposals:
    """Return the links that could be made, by our IRI; `linked` are theirs that have one already."""
    known = set(linked)
    waiting = [entry for entry in entries if entry.iri not in known]
    coded = _are_ours(waiting, matcher)
    proposer = Proposer(matcher, points, kinds, coded=coded)
    rows, unmatched = list[Proposal](), 0
    for number, entry in enumerate(waiting):
        if not number % 100:
            progress(number)
        found = proposer.propose(entry)
        unmatched += not found
        rows += found
    rows = [_shared(one, rows_of_ours) for one, rows_of_ours in _beside(rows)]
    rows.sort(key=lambda one: (one.ours, not one.automatic, -one.score, one.theirs))
    return Proposals(tuple(rows), len(entries), unmatched, len(entries) - len(waiting), coded)


def _are_ours(entries: Iterable[Entry], matcher: Matcher) -> bool:
    """Tell whether their codes are those of local governments: what has one of ours fits by name."""
    votes: Counter[bool] = Counter()
    for entry in entries:
        codes = list(_codes(entry))
        if not codes or not entry.names:
            continue
        best = matcher.match(Wanted(entry.names[0][0], (), limit=_MOST))
        with_code = {thing.iri for thing in matcher.index.coded([*codes, *(c[:5] for c in codes)])}
        if best and best[0].score >= LINE:
            votes[bool(with_code & {one.iri for one in best})] += 1
        if votes.total() >= _SAMPLE:
            break
    return votes[True] > votes[False]


def _beside(rows: Sequence[Proposal]) -> Iterator[tuple[Proposal, int]]:
    """Yield each proposal with how many others are automatic for the same thing of ours."""
    many = Counter(one.ours for one in rows if one.automatic)
    for one in rows:
        yield one, many[one.ours] - one.automatic


def _shared(one: Proposal, others: int) -> Proposal:
    return _doubted(one, _TAKEN.format(others=others)) if others and one.automatic else one


# -- The table ------------------------------------------------------------------------------------


def as_table(found: Proposals, language: Language) -> bytes:
    """Return the proposals as CSV for spreadsheet programs: to review, and to mark what is accepted.

    It begins with a byte order mark, and no cell can be taken for a formula.
    """
    headings = tuple(heading.in_(language) for _, heading in COLUMNS)
    return csv_for_excel([headings, *(_cells(one, language) for one in found.rows)])


def _cells(one: Proposal, language: Language) -> tuple[str, ...]:
    ja, en = (" ".join(reason.in_(tongue) for reason in one.reasons) for tongue in LANGUAGES)
    return (
        one.ours,
        one.name.in_(language),
        one.theirs,
        one.label,
        f"{one.score:.1f}",
        ns.shorten(one.relation, ns.PREFIXES) or one.relation,
        ja,
        en,
        _FLAGS[one.automatic].in_(language),
        "",
    )


_SUMMARY = Text(
    "{entries}件のうち、候補のあるもの{found}件（自動で対応できるもの{automatic}件）、"
    "候補のないもの{unmatched}件、リンク済み{known}件。",
    "Of {entries} things, {found} have candidates ({automatic} fit automatically), "
    "{unmatched} have none, {known} are linked already.",
)


def summary(found: Proposals) -> Text:
    """Return in one sentence what was found."""
    return _SUMMARY.format(
        entries=found.entries,
        found=len({one.theirs for one in found.rows}),
        automatic=sum(one.automatic for one in found.rows),
        unmatched=found.unmatched,
        known=found.known,
    )
