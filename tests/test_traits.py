"""publish.search.search: namesakes are told apart by what the shapes take to be of interest."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.i18n import Text
from publish.release.release import Release, current
from publish.search.search import Distinguisher
from publish.web.app.site import Site
from publish.web.http.cache import Kept


def traits(release: Release, segment: str, key: str) -> Text:
    site = Site(release, Kept(0))
    kind = release.shapes.kind(segment)
    assert kind
    read = Distinguisher(release.store, release.shapes, site.names)
    return read.of(release.iris.thing(segment, key), kind)


@pytest.mark.parametrize(
    ("segment", "key", "expected"),
    [
        ("municipality", "014036", Text("村、後志地域", "village, Shiribeshi")),  # Tomari
        ("village", "016969", Text("根室地域", "Nemuro")),  # the other Tomari
        ("municipality", "012068", Text("市、釧路地域", "city, Kushiro")),
        ("municipality", "016616", Text("町、釧路地域", "town, Kushiro")),
        ("ward", "011011", Text("札幌市", "Sapporo")),
    ],
)
def test_namesakes_differ_in_their_traits(
    release: Release, segment: str, key: str, expected: Text
) -> None:
    assert traits(release, segment, key) == expected


def test_three_traits_are_told_at_most_and_none_that_is_one_of_many(release: Release) -> None:
    told = traits(release, "initiative", "telemedicine")
    assert told == Text(
        "2021年度に実施予定、暮らし、令和3年度",
        "Planned for fiscal year 2021, Living, Fiscal year 2021 (Reiwa 3)",
    )


def test_another_project_has_traits_of_its_own(kasumi: Path) -> None:
    release = current(kasumi / "releases")
    one_town = traits(release, "plan", "snow-robots")
    assert one_town.ja.startswith("浜町") and one_town.en.startswith("Hama")
    two_towns = traits(release, "plan", "remote-care")
    assert "浜町" not in two_towns.ja and "霞市" not in two_towns.ja


def test_without_facets_there_are_no_traits(kasumi: Path) -> None:
    assert traits(current(kasumi / "releases"), "town", "992011") == Text("", "")
