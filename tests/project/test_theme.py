"""What of a project's `theme/` becomes part of a release, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build import build
from publish.errors import SourceError
from publish.project.theme import read_theme
from tests.support.projects import append, settings_for, write_project

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


def put(project: Path, name: str, content: str = SVG) -> Path:
    """Write a file of the theme."""
    path = project / "theme" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def test_a_project_without_a_theme_has_none(tmp_path: Path) -> None:
    assert read_theme(tmp_path) == {}


def test_the_files_of_a_theme_are_read_by_name(tmp_path: Path) -> None:
    put(tmp_path, "theme.css", ":root { --key: #004400; }")
    put(tmp_path, "logo.svg")
    assert list(read_theme(tmp_path)) == ["theme/logo.svg", "theme/theme.css"]
    assert read_theme(tmp_path)["theme/logo.svg"] == SVG.encode()


@pytest.mark.parametrize("name", ["logo.html", "script.js", "Logo.svg", "ロゴ.svg", ".hidden.css"])
def test_other_kinds_and_names_are_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    with pytest.raises(SourceError) as refused:
        read_theme(tmp_path)
    (problem,) = refused.value.problems
    assert str(problem.place) == f"theme/{name}"
    assert name in problem.what.ja and name in problem.what.en and ".svg" in problem.remedy.en


def test_directories_inside_are_refused(tmp_path: Path) -> None:
    (tmp_path / "theme" / "more.css").mkdir(parents=True)
    with pytest.raises(SourceError):
        read_theme(tmp_path)


def test_a_logo_that_is_not_there_stops_the_build_and_names_the_line(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    catalog = project / "data" / "catalog.ttl"
    append(catalog, "\ncatalog:dataset <http://schema.org/logo> <theme/logo.svg> .\n")
    with pytest.raises(SourceError) as refused:
        build(settings_for(project))
    (problem,) = refused.value.problems
    assert "theme/logo.svg" in problem.what.ja
    assert problem.place and problem.place.file == "data/catalog.ttl"
    assert problem.place.line == len(catalog.read_text("utf-8").splitlines())


def test_the_theme_is_in_the_manifest_and_in_the_id_of_the_release(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    plain = build(settings_for(project)).manifest
    put(project, "theme.css", ":root { --key: #004400; }")
    green = build(settings_for(project)).manifest
    put(project, "theme.css", ":root { --key: #440000; }")
    red = build(settings_for(project)).manifest
    assert len({plain.release, green.release, red.release}) == 3
    assert plain.content_hash == red.content_hash
    assert plain.file("theme/theme.css") is None
    file = red.file("theme/theme.css")
    assert file and (project / "releases" / red.release / file.path).stat().st_size == file.size
