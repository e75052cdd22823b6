"""How often names are found: every municipality under every spelling, and every name elsewhere."""

from __future__ import annotations

from collections import Counter

import pytest

from publish.release.release import Release
from publish.search.candidate import Candidate, Wanted
from tests.support.spellings import Variant, elsewhere, misspelt, municipalities, variants


def _found(release: Release, variant: Variant, *kinds: str) -> tuple[Candidate, ...]:
    return release.matcher.match(Wanted(variant.text, kinds, is_address=variant.is_address))


def _is(candidate: Candidate, variant: Variant) -> bool:
    return candidate.iri.endswith(f"/municipality/{variant.key}")


def _fates(release: Release, *kinds: str) -> dict[Variant, str]:
    """Return what became of each variant: right or wrong if taken, first, among, or missing."""
    fates = {}
    for variant in variants():
        found = _found(release, variant, *kinds)
        if found and found[0].automatic:
            fates[variant] = "right" if _is(found[0], variant) else "wrong"
        elif found and _is(found[0], variant):
            fates[variant] = "first"
        else:
            fates[variant] = "among" if any(_is(one, variant) for one in found) else "missing"
    return fates


@pytest.fixture(scope="module")
def fates(release: Release) -> dict[Variant, str]:
    return _fates(release, "municipality")


def test_every_municipality_is_there_under_every_rule(fates: dict[Variant, str]) -> None:
    assert len(fates) > 5_000
    counted = Counter(variant.rule for variant in fates)
    assert {
        rule
        for rule in (
            "name",
            "katakana",
            "romaji",
            "kunrei",
            "address",
            "six digits",
            "selectors of glyphs",
        )
        if counted[rule] != 179
    } == set()


def test_what_is_taken_without_a_look_is_right(fates: dict[Variant, str]) -> None:
    assert [variant for variant, fate in fates.items() if fate == "wrong"] == []


def test_nothing_is_missing(fates: dict[Variant, str]) -> None:
    assert [variant for variant, fate in fates.items() if fate == "missing"] == []


def test_only_what_is_ambiguous_waits_for_a_look(fates: dict[Variant, str]) -> None:
    """A name that is unique in the country, in its script, is taken; the others never are."""
    waiting = {variant.key for variant, fate in fates.items() if fate in ("first", "among")}
    names = {row["lg_code"]: row for row in municipalities()}
    readings = Counter(row["name_kana"][:-1] for row in elsewhere())
    for key in waiting:
        row = names[key]
        twins = [one for one in municipalities() if one["name_en"] == row["name_en"]]
        cores = {one["name_ja"][:-1] for one in elsewhere()} | {
            one["prefecture_ja"][:-1] for one in elsewhere()
        }
        known = row["name_ja"][:-1] in cores or len(twins) > 1
        assert known or _sounds_like(row, readings), row["name_ja"]


def _sounds_like(row: dict[str, str], readings: Counter[str]) -> bool:
    core = (
        row["name_kana"]
        .removesuffix("シ")
        .removesuffix("チョウ")
        .removesuffix("マチ")
        .removesuffix("ムラ")
    )
    return any(reading.startswith(core) for reading in readings)


@pytest.mark.parametrize(
    "rule",
    ["prefecture and name", "name (region)", "address", "six digits", "address with postal code",
     "address with country"],
)  # fmt: skip
def test_with_prefecture_region_or_code_every_name_is_taken(
    fates: dict[Variant, str], rule: str
) -> None:
    assert {fate for variant, fate in fates.items() if variant.rule == rule} == {"right"}


def test_without_a_type_nothing_is_wrong_either(release: Release) -> None:
    assert {fate for fate in _fates(release).values()} <= {"right", "first", "among"}


def test_a_misspelt_name_is_found_but_never_taken_wrongly(release: Release) -> None:
    total = first = 0
    for variant in misspelt():
        found = _found(release, variant, "municipality")
        assert not (found and found[0].automatic and not _is(found[0], variant)), variant
        total += 1
        first += bool(found) and _is(found[0], variant)
    assert total > 400
    assert first / total > 0.9


@pytest.mark.parametrize("lost", ["\ue000", "\ufffd", "〓"])
def test_an_address_whose_municipality_lost_a_character_is_never_taken(
    release: Release, lost: str
) -> None:
    taken = []
    for row in municipalities():
        name = row["name_ja"]
        for at in range(len(name) - 1):
            broken = f"北海道{row['district_ja']}{name[:at]}{lost}{name[at + 1 :]}字中央4-5"
            found = release.matcher.match(Wanted(broken, is_address=True))
            taken += [(broken, found[0].name.ja)] if found and found[0].automatic else []
    assert taken == []


def test_no_name_of_a_place_elsewhere_is_taken(release: Release) -> None:
    """With and without its ending, in kana, and with all that it is in."""
    taken = []
    for row in elsewhere():
        name, whole = row["name_ja"], row["prefecture_ja"] + row["within_ja"] + row["name_ja"]
        for text in (name, name[:-1], row["name_kana"], whole):
            found = release.matcher.match(Wanted(text))
            taken += [(text, found[0].name.ja)] if found and found[0].automatic else []
    assert taken == []
