from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from publish.cli.linksets import links_command
from publish.cli.main import main
from tests.support.linked import LINKS, linked_project
from tests.support.projects import BASE, append


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["links", *map(str, arguments)])


def wrong(directory: Path) -> Path:
    project = linked_project(directory)
    append(project / LINKS, "\ntown:992020 skos:exactMatch wd:Q900004 .\n")
    return project


def test_check_of_right_links_ends_well_and_says_so_in_both_languages(tmp_path: Path) -> None:
    project = linked_project(tmp_path / "project")
    result = run("check", "--project", project, "--base", BASE)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "リンク5件（リンクセット4組）に、誤りはありません（注意0件）。",
        "5 links in 4 linksets: no errors, 0 warnings.",
    ]


def test_check_of_a_wrong_link_names_its_file_and_line_and_exits_with_1(tmp_path: Path) -> None:
    project = wrong(tmp_path / "project")
    lines = (project / LINKS).read_text("utf-8").splitlines()
    line = lines.index("town:992020 skos:exactMatch wd:Q900004 .") + 1
    result = run("check", "--project", project, "--base", BASE, "--lang", "en")
    assert result.exit_code == 1
    assert result.output.startswith(f"{LINKS}:{line}: error: The target")
    said = json.loads(run("check", "--project", project, "--base", BASE, "--format", "json").output)
    assert said["findings"][0]["places"] == [{"file": str(LINKS), "line": line}]


def test_check_without_a_project_looks_at_the_current_release(kasumi: Path) -> None:
    result = run("check", "--releases", kasumi / "releases", "--lang", "ja")
    assert result.exit_code == 0
    assert result.output.startswith("［注意］リンク先「http://www.wikidata.org/entity/Q2013」の")
    assert result.output.endswith("リンク1件（リンクセット1組）に、誤りはありません（注意1件）。\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "--format", "turtle"), 2),
        (("check", "--releases", "/nowhere"), 1),
        (("check", "--project", "/nowhere"), 1),
        (("check", "--project", ".", "--base", "nonsense"), 2),
    ],
)
def test_wrong_usage_and_what_is_not_there_have_their_own_exit_codes(
    arguments: tuple[str, ...], code: int
) -> None:
    assert run(*arguments).exit_code == code


@pytest.mark.parametrize("verb", links_command.commands)
def test_help_of_each_command_and_option_is_in_both_languages(verb: str) -> None:
    command = links_command.commands[verb]
    first = str(command.help).partition("\n")[0]
    helps = [first, *(str(p.help) for p in command.params if isinstance(p, click.Option))]
    for text in helps:
        japanese, slash, english = text.partition("/")
        assert slash and re.search("[ぁ-んァ-ヶ一-龠]", japanese) and english.strip(), text
