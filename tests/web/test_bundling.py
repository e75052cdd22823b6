"""Set-up bundles the query editor by npm; without npm it goes on, and says what is lacking."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.real import ROOT

BUNDLE = "publish/web/static/workbench.js"
#: What the recipe needs beside npm and node.
PROGRAMS = ("sh", "cp", "mkdir", "rm")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The Makefile with the sources of the editor, and nothing else."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "publish" / "web" / "editor", tmp_path / "publish" / "web" / "editor")
    (tmp_path / "publish" / "web" / "static").mkdir()
    return tmp_path


def make(project: Path, *more: Path) -> str:
    """Make the bundle with few programs at hand; return what is said of it."""
    programs = project / "bin"
    programs.mkdir()
    for name in PROGRAMS:
        (programs / name).symlink_to(shutil.which(name) or "")
    for path in more:
        (programs / path.name).symlink_to(path)
    done = subprocess.run(
        [shutil.which("make") or "", BUNDLE],
        cwd=project,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr


def test_without_npm_set_up_goes_on_and_says_so_in_both_languages(project: Path) -> None:
    said = make(project)
    assert "npm がないため" in said and "Without npm" in said
    assert not (project / BUNDLE).exists()


def test_when_npm_fails_set_up_goes_on_and_says_so_in_both_languages(project: Path) -> None:
    said = make(project, _failing(project))
    assert "作れませんでした" in said and "could not make the query editor" in said
    assert not (project / BUNDLE).exists()


def _failing(project: Path) -> Path:
    npm = project / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    return npm
