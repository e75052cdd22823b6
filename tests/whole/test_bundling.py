"""Set-up takes query editor and design tokens from npm; without npm it goes on, and says so."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.real import ROOT

WEB = Path("publish/web")
#: What is made: the file, the directory of its sources, what is said when it cannot be made.
MADE = {
    "editor": ("workbench.js", "could not make the query editor", "the SPARQL page has a plain"),
    "design": ("tokens.css", "could not bring the design tokens", "use the built-in values"),
}
each = pytest.mark.parametrize("source", MADE)
#: What the recipe needs beside npm and node.
PROGRAMS = ("sh", "cp", "mkdir", "rm")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The Makefile with what it makes files of by npm, and nothing else."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for source in MADE:
        shutil.copytree(ROOT / WEB / source, tmp_path / WEB / source)
    (tmp_path / WEB / "static").mkdir()
    shutil.copy(ROOT / WEB / "static" / "style.css", tmp_path / WEB / "static")
    return tmp_path


def target(source: str) -> Path:
    return WEB / "static" / MADE[source][0]


def make(project: Path, source: str, *more: Path) -> str:
    """Make a file with few programs at hand; return what is said of it."""
    programs = project / "bin"
    programs.mkdir()
    for name in PROGRAMS:
        (programs / name).symlink_to(shutil.which(name) or "")
    for path in more:
        (programs / path.name).symlink_to(path)
    done = subprocess.run(
        [shutil.which("make") or "", str(target(source))],
        cwd=project,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr


@each
def test_without_npm_set_up_goes_on_and_says_so_in_both_languages(
    project: Path, source: str
) -> None:
    said = make(project, source)
    assert "npm がないため" in said and "Without npm" in said and MADE[source][2] in said
    assert not (project / target(source)).exists()


@each
def test_when_npm_fails_set_up_goes_on_and_says_so_in_both_languages(
    project: Path, source: str
) -> None:
    said = make(project, source, _failing(project))
    assert "ませんでした" in said and MADE[source][1] in said
    assert not (project / target(source)).exists()


def _failing(project: Path) -> Path:
    npm = project / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    return npm


#: What the package would declare.
DECLARED = """:root {
  --color-primitive-red-50: #fdeeee;
  --color-primitive-red-900: #ce0000;
  --color-semantic-error-2: var(--color-primitive-red-900);
}
"""


def _tokens(directory: Path, css: str) -> subprocess.CompletedProcess[str]:
    """Run the script that picks tokens over a stylesheet, with a small package in place."""
    node = shutil.which("node")
    if not node:
        pytest.skip("not installed: node (apt-get install nodejs)")
    package = directory / "node_modules" / "@digital-go-jp" / "design-tokens"
    (package / "dist").mkdir(parents=True)
    (package / "dist" / "tokens.css").write_text(DECLARED)
    (package / "package.json").write_text('{"version": "0.0.1"}')
    shutil.copy(ROOT / WEB / "design" / "tokens.js", directory)
    shutil.copy(ROOT / WEB / "design" / "package.json", directory)
    (directory / "styles").mkdir()
    (directory / "styles" / "style.css").write_text(css)
    return subprocess.run(
        [node, "tokens.js", "styles"], cwd=directory, capture_output=True, text=True
    )


def test_only_tokens_that_are_used_are_taken_with_those_they_refer_to(tmp_path: Path) -> None:
    done = _tokens(tmp_path, "a { color: var(--color-semantic-error-2, #ce0000) }")
    assert done.returncode == 0
    assert "--color-semantic-error-2" in done.stdout and "red-900: #ce0000;" in done.stdout
    assert "red-50" not in done.stdout
    assert "MIT" in done.stdout and "0.0.1" in done.stdout


def test_a_token_that_does_not_exist_is_a_mistake(tmp_path: Path) -> None:
    done = _tokens(tmp_path, "a { color: var(--color-primitive-pink-900, #ce0000) }")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--color-primitive-pink-900" in done.stderr
