"""Of which areas a release speaks, as its codes tell."""

from __future__ import annotations

from pathlib import Path

from publish.release.release import Release, current


def test_types_with_codes_of_local_governments_are_told_from_other_areas(
    release: Release,
) -> None:
    scope = release.scope
    assert scope.governments == ("prefecture", "municipality", "ward", "village")
    assert {*scope.areas} - {*scope.governments} == {"region"}
    assert scope.prefectures == ("prefecture",)
    assert scope.digits == {"01"}


def test_a_project_without_prefectures_has_a_scope_too(kasumi: Path) -> None:
    scope = current(kasumi / "releases").scope
    assert scope.governments == scope.areas == ("town",)
    assert scope.prefectures == ()
    assert scope.digits == {"99"}
