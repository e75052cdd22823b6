"""The word for the kind of area is told from the name, in each script, and left alone elsewhere."""

from __future__ import annotations

import pytest

from publish.search.normalize import keys_of
from publish.search.placenames import (
    DESIGNATORS,
    PlaceElsewhere,
    designator_of,
    parted,
    spellings,
    text_of,
)


@pytest.mark.parametrize(
    ("text", "core", "designator"),
    [
        ("余市町", "余市", "town"),
        ("札幌市", "札幌", "city"),
        ("訓子府町", "訓子府", "town"),
        ("モリマチ", "モリ", "town"),
        ("りくべつちょう", "リクベツ", "town"),
        ("ﾄﾏﾘﾑﾗ", "トマリ", "village"),
        ("Tomari Mura", "Tomari", "village"),
        ("Yoichi-cho", "Yoichi", "town"),
        ("Chūō-ku", "Chūō", "ward"),
        ("City of Sapporo", "Sapporo", "city"),
        ("Sorachi Subprefecture", "Sorachi", "region"),
        ("Sorachi General Subprefectural Bureau", "Sorachi", "region"),
        ("空知総合振興局", "空知", "region"),
        ("空知管内", "空知", "region"),
        ("空知郡", "空知", "district"),
        ("静岡県", "静岡", "prefecture"),
    ],
)
def test_a_designator_is_taken_off(text: str, core: str, designator: str) -> None:
    assert [(one.core, one.designator) for one in parted(text)] == [(core, designator)]


@pytest.mark.parametrize("text", ["北海道", "町", "市", "余市余", "Sapporo", "cho", "Hokkaidō", ""])
def test_what_has_none_is_left_whole(text: str) -> None:
    assert parted(text) == ()


def test_a_prefecture_whose_name_is_nothing_without_its_ending_is_one_all_the_same() -> None:
    assert designator_of("北海道") == designator_of("東京都") == "prefecture"
    assert designator_of("道") == ""


def test_every_kind_of_area_is_named_in_both_languages() -> None:
    for one in DESIGNATORS:
        assert text_of(one.name).ja and text_of(one.name).en


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("⻑野町", "長野町"),
        ("長野町", "⻑野町"),
        ("葛城市", "葛\U000e0100城市"),
        ("礪波市", "砺波市"),
        ("神戸市", "神戸市"),
    ],
)
def test_places_elsewhere_are_known_in_any_characters(listed: str, asked: str) -> None:
    places = (PlaceElsewhere("霞県", "", listed, "ナガノマチ"),)
    assert set(keys_of(asked)) <= {one.key for one in spellings(places)}
