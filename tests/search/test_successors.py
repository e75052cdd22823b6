"""A code leads to what has it now; what was merged leads on, and nothing is made up."""

from __future__ import annotations

import pytest

from publish.browse.lists import members
from publish.release.release import Release
from publish.search.successors import Located, Successors
from tests.support import former
from tests.support.former import HAMA, KASUMI, build_former


def successors_of(release: Release) -> Successors:
    return Successors(release.matcher.index, release.store, release.iris, release.withdrawn)


@pytest.fixture(scope="module")
def successors(release: Release) -> Successors:
    return successors_of(release)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Successors:
    return successors_of(build_former(tmp_path_factory.mktemp("former") / "project"))


def paths(successors: Successors, located: Located) -> list[str]:
    return [successors.iris.relative(iri) or "" for iri in located.iris]


def test_every_code_of_the_release_leads_to_its_thing(
    successors: Successors, release: Release
) -> None:
    count = 0
    for type_ in ("municipality", "ward", "village"):
        for key in _keys(release, type_):
            for written in (key, key[:5], f" {key[:5]}-{key[5]} "):
                located = successors.locate(written)
                assert paths(successors, located) == [f"id/{type_}/{key}"], written
                assert located.old is None and located.problem is None
            count += 1
    assert count == 179 + 10 + 6


def _keys(release: Release, type_: str) -> list[str]:
    kind = release.shapes.kind(type_)
    assert kind
    return [iri.rpartition("/")[2] for iri in members(release.store, release.iris, kind)]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("01", "id/prefecture/01"),
        ("01000", "id/prefecture/01"),
        ("010006", "id/prefecture/01"),
        ("０１１００２", "id/municipality/011002"),
        ("０１１００", "id/municipality/011002"),
        ("01420", "id/region/sorachi"),
        ("014206", "id/region/sorachi"),
        ("０１４２０６", "id/region/sorachi"),
        ("013005", "id/region/ishikari"),
        ("01690", "id/region/nemuro"),
        ("016900", "id/region/nemuro"),
        ("011011", "id/ward/011011"),
        ("01695", "id/village/016951"),
    ],
)
def test_codes_of_two_five_and_six_digits_lead_to_a_thing(
    successors: Successors, written: str, path: str
) -> None:
    assert paths(successors, successors.locate(written)) == [path]


def test_a_wrong_check_digit_is_explained_with_the_right_one(successors: Successors) -> None:
    located = successors.locate("011003")
    assert located.iris == () and located.meant == ("011002",)
    assert located.problem
    assert "011002" in located.problem.ja and "check digit" in located.problem.en


def test_a_wrong_check_digit_of_nothing_here_suggests_nothing(successors: Successors) -> None:
    assert successors.locate("131011").meant == ()


def test_a_lost_zero_is_told_but_not_put_back(successors: Successors) -> None:
    for written in ("1100", "11002"):
        located = successors.locate(written)
        assert located.iris == () and located.problem
        assert located.meant == ("011002",)


@pytest.mark.parametrize("written", ["", "x", "札幌市", "0110", "1234567", "01100a", "13101", "99"])
def test_what_is_no_code_of_anything_here_leads_nowhere(
    successors: Successors, written: str
) -> None:
    located = successors.locate(written)
    assert located.iris == () and located.problem and not located.is_gone


@pytest.mark.parametrize(
    ("code", "leads_to"),
    [
        (former.MERGED, [HAMA]),
        (former.EARLIER, [KASUMI]),
        (former.REPLACED, [KASUMI]),
        (former.SPLIT, [KASUMI, HAMA]),
        (former.TAKEN, [HAMA]),
    ],
)
def test_an_old_code_leads_to_what_took_its_place(
    old: Successors, code: str, leads_to: list[str]
) -> None:
    for written in (code, code[:5]):
        located = old.locate(written)
        assert paths(old, located) == [f"id/town/{one}" for one in leads_to]
        assert located.old == old.iris.thing("town", code)
        assert located.because and located.problem is None


def test_the_reason_of_a_withdrawal_is_told(old: Successors) -> None:
    because = old.locate(former.MERGED).because
    assert because and "浜町に編入" in because.ja and "2031-04-01" in because.en


def test_what_nothing_took_the_place_of_is_gone(old: Successors) -> None:
    located = old.locate(former.DISSOLVED)
    assert located.is_gone and located.iris == () and located.problem


def test_a_present_code_is_not_an_old_one(old: Successors) -> None:
    located = old.locate(HAMA)
    assert paths(old, located) == [f"id/town/{HAMA}"] and located.old is None
