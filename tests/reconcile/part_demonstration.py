"""publish.reconcile.service: an example of reconciliation from the data."""

from __future__ import annotations

from pathlib import Path

from publish.reconcile.service import demonstration
from publish.release.release import Release, current
from tests.support.reconciliation import reconciler_of


def test_it_shows_a_name_that_two_have_and_what_tells_them_apart(release: Release) -> None:
    steps = demonstration(reconciler_of(release), "ja")
    assert [step.as_json("ja") for step in steps] == [
        {"query": "泊村"},
        {"query": "泊村", "properties": [{"pid": "region", "v": "後志地域"}]},
        {"query": "泊村", "properties": [{"pid": "region", "v": "根室地域"}]},
    ]
    automatic = [[one.candidate.automatic for one in step.found] for step in steps]
    assert automatic == [[False, False], [True, False], [True, False]]
    ids = {step.found[0].candidate.iri for step in steps[1:]}
    assert len(ids) == 2


def test_it_speaks_the_language_of_the_page(release: Release) -> None:
    steps = demonstration(reconciler_of(release), "en")
    assert steps[1].as_json("en") == {
        "query": "Tomari",
        "properties": [{"pid": "region", "v": "Shiribeshi"}],
    }
    assert steps[1].found[0].candidate.automatic


def test_data_without_namesakes_show_one_name(kasumi: Path) -> None:
    (step,) = demonstration(reconciler_of(current(kasumi / "releases")), "ja")
    assert step.found[0].candidate.name.ja == step.query.names[0]
