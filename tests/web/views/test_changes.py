"""The statements of a comparison, as a page shows them."""

from __future__ import annotations

import pytest

from publish.release.diff import Change, Difference, compare
from publish.release.release import Release
from publish.web.app.site import Site
from publish.web.app.view import View
from publish.web.http.cache import Kept
from publish.web.views import changes
from publish.web.views.changes import shown
from tests.support.projects import IRIS
from tests.support.succession import Succession


@pytest.fixture(scope="module")
def releases(succession: Succession) -> list[Release]:
    return [Release.open(succession.releases / id_) for id_ in succession.ids]


@pytest.fixture(scope="module")
def view(releases: list[Release]) -> View:
    return View(Site(releases[2], Kept(0)), "ja", "changes/a..b")


@pytest.fixture(scope="module")
def edited(releases: list[Release]) -> Difference:
    return compare(releases[0], releases[1])


def test_statements_stand_in_the_order_of_the_shape_with_the_old_value_first(
    view: View, edited: Difference
) -> None:
    things, left_out = shown(view, edited)
    assert left_out == 0
    robots = things[1]
    assert [(line.is_added, line.row.name, line.value.text) for line in robots.lines] == [
        (False, "名称", "除雪ロボットの導入"),
        (True, "名称", "除雪ロボットの活用"),
    ]
    assert {line.value.graph for line in robots.lines} == {"source"}


def test_both_languages_of_a_text_are_shown(view: View, edited: Difference) -> None:
    bus = shown(view, edited)[0][0]
    texts = [line.value.text for line in bus.lines if line.row.name == "名称"]
    assert sorted(texts) == ["Night bus", "夜間バス"]


def test_what_vanished_or_was_withdrawn_comes_first(view: View, releases: list[Release]) -> None:
    things, _ = shown(view, compare(releases[0], releases[2]))
    assert [thing.change.fate for thing in things] == ["withdrawn", "changed"]
    back, _ = shown(view, compare(releases[1], releases[0]))
    assert [thing.change.fate for thing in back] == ["vanished", "changed"]


def test_nothing_leads_to_what_vanished(view: View, releases: list[Release]) -> None:
    vanished = shown(view, compare(releases[1], releases[0]))[0][0]
    assert (vanished.link.href, vanished.link.text) == (None, "夜間バス")


def test_a_withdrawn_thing_leads_to_where_it_says_so_and_to_its_successor(
    view: View, releases: list[Release]
) -> None:
    withdrawn = shown(view, compare(releases[1], releases[2]))[0][0]
    assert withdrawn.link.href == "/lod/doc/plan/night-bus.ja.html"
    assert withdrawn.successor is not None
    assert withdrawn.successor.text == "「遠隔見守り」の推進"


def test_a_thing_without_a_name_in_the_language_has_its_other_name_or_its_key(
    view: View, edited: Difference
) -> None:
    english = Change(IRIS.thing("plan", "a"), "plan", "changed", {"en": "Plan A"})
    nameless = Change(IRIS.thing("plan", "b"), "plan", "changed", {})
    both = Difference(edited.old, edited.new, (english, nameless))
    links = [thing.link for thing in shown(view, both)[0]]
    assert [(link.text, link.language) for link in links] == [
        ("Plan A", "en"),
        ("計画 b", "ja"),
    ]


def test_a_long_comparison_is_cut_and_says_so(
    view: View, edited: Difference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_STATEMENTS", 3)
    things, left_out = shown(view, edited)
    assert (len(things), left_out) == (1, 1)
    assert (len(things[0].lines), things[0].left_out) == (3, 2)


def test_many_things_are_cut_and_counted(
    view: View, edited: Difference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_THINGS", 1)
    things, left_out = shown(view, edited)
    assert (len(things), left_out) == (1, 1)
