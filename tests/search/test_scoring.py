"""A text is read in every way that names and areas allow, and in no more than can be followed."""

from __future__ import annotations

import pytest

from publish.release.release import Release
from publish.search.index import Index
from publish.search.scoring import Wording, area_of, wordings


@pytest.fixture(scope="module")
def index(release: Release) -> Index:
    return release.matcher.index


def _read(index: Index, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.name, tuple(area.text for area in one.areas)) for one in wordings(text, index)]


@pytest.mark.parametrize(
    ("text", "name", "areas"),
    [
        ("北海道空知郡上富良野町", "上富良野町", ("北海道", "空知郡")),
        ("北海道 札幌市 中央区", "中央区", ("北海道", "札幌市")),
        ("十勝清水町", "清水町", ("十勝",)),
        ("泊村（後志）", "泊村", ("後志",)),
        ("泊村 [古宇郡]", "泊村", ("古宇郡",)),
        ("Mori, Hokkaido, Japan", "Mori", ("Hokkaido",)),
        ("Hokkaido Mori", "Mori", ("Hokkaido",)),
        ("Tomari Shiribeshi", "Tomari", ("Shiribeshi",)),
        ("ほっかいどうもりまち", "もりまち", ("ほっかいどう",)),
        ("Kushiro (town)", "Kushiro town", ()),
        ("釧路（町）", "釧路町", ()),
        ("ホッカイドウソラチグンカミフラノチョウ", "カミフラノチョウ", ("ホッカイドウ",)),
        ("静岡県森町", "森町", ("静岡県",)),
        ("京都府京都市北区", "北区", ("京都府", "京都市")),
    ],
)
def test_areas_are_taken_off_a_name(
    index: Index, text: str, name: str, areas: tuple[str, ...]
) -> None:
    assert (name, areas) in _read(index, text)


@pytest.mark.parametrize("text", ["訓子府町", "上川町", "石狩市", "北海道"])
def test_the_text_as_it_is_comes_first(index: Index, text: str) -> None:
    assert wordings(text, index)[0] == Wording(text)


def test_an_area_is_known_or_not(index: Index) -> None:
    known, unknown = area_of("空知総合振興局", index), area_of("静岡県", index)
    assert known is not None and known.is_known
    assert unknown is not None and not unknown.is_known
    assert area_of("日本", index) is None


def test_the_ways_to_read_a_text_are_bounded(index: Index) -> None:
    assert len(wordings("北海道" * 100, index)) <= 24
    assert len(wordings("北海道 " * 100, index)) <= 24
    assert len(wordings("(" * 400, index)) <= 24
