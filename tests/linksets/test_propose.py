"""Links are proposed with reasons; what a name leaves open is left to a person, or to a position."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from publish.linksets.links import CLOSE, EXACT
from publish.linksets.propose import Point, Proposal, Proposals, as_table, kilometres, proposed
from publish.linksets.target_data import Entry
from publish.release.release import Release

KINDS = ("municipality", "village")
POINTS = {"014036": (43.06, 140.5), "016969": (43.88, 145.5), "016365": (43.0, 142.88)}
#: (name, codes, position) -> key of ours that may be taken without a look, or None
THEIRS: tuple[tuple[str, tuple[str, ...], Point | None, str | None], ...] = (
    ("札幌市", ("011002",), None, "011002"),
    ("函館", (), None, "012025"),
    ("ｵﾀﾙｼ", (), None, "012033"),
    ("瀧川市", (), None, "012254"),
    ("Asahikawa City", (), None, "012041"),
    ("Sibetu-si", (), None, "012203"),
    ("北海道余市郡余市町", (), None, "014087"),
    ("ニセコ", (), None, "013951"),
    ("上の国町", (), None, "013625"),
    ("", ("015466",), None, "015466"),
    ("伊達市", ("012335",), None, "012335"),
    ("森町", (), None, None),
    ("伊達市", (), None, None),
    ("静岡県森町", (), None, None),
    ("北杜市", (), None, None),
    ("Esashi", (), None, None),
    ("泊村", (), None, None),
    ("泊村", (), (43.05, 140.52), "014036"),
    ("泊村", (), (43.9, 145.4), "016969"),
    ("清水町", (), (35.1, 138.9), None),
    ("Hakodte", (), None, None),
    ("=HYPERLINK(1)", (), None, None),
)


def _entries() -> list[Entry]:
    return [
        Entry(f"https://example.org/{n:02}", ((name, "ja"),) if name else (), codes, point)
        for n, (name, codes, point, _) in enumerate(THEIRS)
    ]


def _point(iri: str) -> Point | None:
    return POINTS.get(iri.rpartition("/")[2])


@pytest.fixture(scope="module")
def found(release: Release) -> Proposals:
    return proposed(_entries(), release.matcher, _point, KINDS, ())


def _of(found: Proposals, number: int) -> list[Proposal]:
    return [one for one in found.rows if one.theirs == f"https://example.org/{number:02}"]


@pytest.mark.parametrize("number", range(len(THEIRS)))
def test_what_is_sure_is_automatic_and_nothing_else(found: Proposals, number: int) -> None:
    """Codes count, since that of 札幌市 shows that theirs are the ones we have."""
    wanted = THEIRS[number][3]
    automatic = [one.ours.rpartition("/")[2] for one in _of(found, number) if one.automatic]
    assert automatic == ([wanted] if wanted else [])


def test_what_is_automatic_is_the_same_and_the_rest_is_near(found: Proposals) -> None:
    assert {one.relation for one in found.rows if one.automatic} == {EXACT}
    assert {one.relation for one in found.rows if not one.automatic} == {CLOSE}


def test_every_row_has_its_reasons_in_both_languages(found: Proposals) -> None:
    assert all(reason.ja and reason.en for one in found.rows for reason in one.reasons)
    assert all(one.reasons for one in found.rows)


def test_a_position_far_away_speaks_against_a_name(found: Proposals) -> None:
    (shimizu,) = _of(found, 19)
    assert "km離れています" in shimizu.reasons[0].ja
    assert shimizu.score < 60


def test_a_second_thing_for_the_same_one_of_ours_makes_both_doubtful(release: Release) -> None:
    twice = [Entry(f"https://example.org/{n}", (("札幌市", "ja"),)) for n in "ab"]
    found = proposed(twice, release.matcher, _point, KINDS, ())
    assert [one.automatic for one in found.rows] == [False, False]
    assert "1件" in found.rows[0].reasons[-1].ja


def test_what_is_linked_already_is_left_out(release: Release) -> None:
    entry = Entry("https://example.org/a", (("札幌市", "ja"),))
    found = proposed([entry], release.matcher, _point, KINDS, [entry.iri])
    assert (found.rows, found.known) == ((), 1)


def test_the_order_does_not_depend_on_that_of_the_dump(release: Release) -> None:
    entries = _entries()
    one = proposed(entries, release.matcher, _point, KINDS, ())
    other = proposed(entries[::-1], release.matcher, _point, KINDS, ())
    assert one.rows == other.rows


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_table_has_no_formula_and_room_for_a_mark(found: Proposals, language: str) -> None:
    text = as_table(found, "ja" if language == "ja" else "en").decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert header[-1] == {"ja": "採用", "en": "accept"}[language]
    assert len(rows) == len(found.rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert {row[-1] for row in rows} == {""}


_Distance = Callable[[Point, Point], float]


def test_a_distance_is_that_on_the_earth() -> None:
    measured: _Distance = kilometres
    assert round(measured((43.06, 141.35), (35.68, 139.69))) == pytest.approx(832, abs=5)
    assert measured((43.0, 141.0), (43.0, 141.0)) == 0
