"""What exists is documented, in both languages, and what is documented exists."""

from __future__ import annotations

import dataclasses
import re
import tomllib

import click
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from publish import __version__
from publish.cli.main import main
from publish.release.release import Release
from publish.settings import Settings
from tests.support.real import BASE, ROOT
from tests.whole import expected

READMES = ("README.md", "README.ja.md")
#: Sections of README.md and of README.ja.md, in their order.
SECTIONS = (
    ("Two commands", "二つのコマンド"),
    ("Ten things to try", "試してみる"),
    ("Where things are", "アドレスの一覧"),
    ("Editing the data", "データの編集"),
    ("The command `lodpub`", "コマンド lodpub"),
    ("Publish your own data", "自分のデータを公開する"),
    ("How it is built", "仕組み"),
    ("Licences and credits", "ライセンスと出典"),
)
#: Options that every verb has; they are told once, with the settings.
COMMON = {"--project", "--releases", "--base", "--lang", "--help"}


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(name: str, heading: str) -> str:
    """Return the part of a README below one of its headings."""
    return text_of(name).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def addresses(name: str) -> set[str]:
    """Return the addresses in the table of a README, with `{}` for what varies."""
    heading = SECTIONS[2][READMES.index(name)]
    cells = [line.split("|")[1] for line in section(name, heading).splitlines() if "|" in line]
    found = [address for cell in cells for address in re.findall(r"`(/[^`]*)`", cell)]
    return {re.sub(r"\{[^}]*\}", "{}", address) for address in found}


def routes(app: Flask) -> set[str]:
    """Return the routes of the server, with `{}` for what varies.

    Left out: a document's fixed representations, files named for their content, parts of pages.
    """
    rules = {str(rule) for rule in app.url_map.iter_rules()}
    fixed = {rule for rule in rules if re.search(r"\.<suffix>$|-<|^/static/", rule)}
    return {re.sub(r"<[^>]*>", "{}", rule) for rule in rules - fixed}


def without_suffix(address: str) -> str:
    return re.sub(r"\.jsonld$", "", address)


def commands() -> dict[str, click.Command]:
    """Return every command by its name, those of a group behind the group's."""
    return {
        name: command
        for verb, one in main.commands.items()
        for name, command in (
            {f"{verb} {below}": inner for below, inner in one.commands.items()}.items()
            if isinstance(one, click.Group)
            else [(verb, one)]
        )
    }


COMMANDS = commands()


# -- Both READMEs ------------------------------------------------------------------------------


def test_both_readmes_have_the_same_sections() -> None:
    english, japanese = (re.findall(r"^## (.+)$", text_of(name), re.M) for name in READMES)
    assert list(zip(english, japanese, strict=True)) == list(SECTIONS)


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_is_documented_with_its_options(name: str, verb: str) -> None:
    heading = SECTIONS[4][READMES.index(name)]
    (row,) = re.findall(rf"^\| `lodpub {verb}\b.*$", section(name, heading), re.M)
    options = {
        text
        for parameter in COMMANDS[verb].params
        if isinstance(parameter, click.Option)
        for text in parameter.opts
        if text.startswith("--")
    }
    assert [option for option in sorted(options - COMMON) if option not in row] == []


@pytest.mark.parametrize("name", READMES)
def test_no_verb_is_documented_that_does_not_exist(name: str) -> None:
    verbs = set(re.findall(r"`(?:\.venv/bin/)?lodpub ([a-z]+)", text_of(name)))
    assert verbs
    assert verbs - main.commands.keys() == set()


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("field", dataclasses.fields(Settings), ids=lambda field: field.name)
def test_every_setting_is_documented_with_its_default(
    name: str, field: dataclasses.Field[object]
) -> None:
    heading = SECTIONS[4][READMES.index(name)]
    variable = f"LODPUB_{field.name.upper()}"
    (row,) = re.findall(rf"^\| `{variable}` \|.*$", section(name, heading), re.M)
    default = row.split("|")[2].strip().strip("`")
    assert default == str(field.default)


@pytest.mark.parametrize("name", READMES)
def test_no_setting_is_documented_that_does_not_exist(name: str) -> None:
    known = {f"LODPUB_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    assert set(re.findall(r"LODPUB_[A-Z_]+", text_of(name))) == known


@pytest.mark.parametrize("name", READMES)
def test_every_route_is_documented(app: Flask, name: str) -> None:
    known = {without_suffix(address) for address in addresses(name)}
    assert sorted(routes(app) - known) == []


@pytest.mark.parametrize("name", READMES)
def test_no_address_is_documented_that_does_not_exist(app: Flask, name: str) -> None:
    known = {without_suffix(address) for address in addresses(name)}
    assert sorted(known - routes(app)) == []


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("credit", expected.CREDITS)
def test_credits_are_in_the_readmes(name: str, credit: str) -> None:
    def plain(text: str) -> str:
        return text.replace("（", " (").replace("）", ")").removesuffix(")")

    assert plain(credit) in plain(text_of(name))


@pytest.mark.parametrize(
    ("name", "disclaimer"),
    [
        ("README.md", "not an official publication of Hokkaido"),
        ("README.ja.md", "北海道の公式な刊行物ではありません"),
    ],
)
def test_readmes_say_that_this_is_no_official_publication(name: str, disclaimer: str) -> None:
    assert disclaimer in text_of(name)


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("target", ["run", "test"])
def test_the_two_commands_exist_and_are_documented(name: str, target: str) -> None:
    assert f"make {target}" in text_of(name)
    assert re.search(rf"^{target}:", text_of("Makefile"), re.M)


@pytest.mark.parametrize("name", READMES)
def test_links_to_files_lead_to_files(name: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text_of(name)) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


# -- Examples ----------------------------------------------------------------------------------


def examples(name: str) -> str:
    return "\n".join(re.findall(r"^```(?:sh|python)\n(.*?)^```", text_of(name), re.M | re.S))


@pytest.mark.parametrize("name", READMES)
def test_addresses_in_the_examples_answer(client: FlaskClient, name: str) -> None:
    found = set(re.findall(rf"{BASE}[a-z.][\w./-]*", examples(name)))
    asked = found - {f"{BASE}sparql", f"{BASE}ontology"}
    assert len(asked) >= 6
    statuses = {address: client.get(address).status_code for address in asked}
    assert {
        address: code for address, code in statuses.items() if code not in (200, 302, 303)
    } == {}


@pytest.mark.parametrize("name", READMES)
def test_queries_in_the_examples_find_something(release: Release, name: str) -> None:
    text = examples(name)
    queries = re.findall(r"query=([^']+)'", text) + re.findall(r'setQuery\("""(.+?)"""', text, re.S)
    queries += re.findall(r"^echo '([^']+)'", text, re.M)
    assert queries
    for query in queries:
        found = release.store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        assert list(found), query


# -- Changes and versions ----------------------------------------------------------------------


def test_the_version_is_the_same_everywhere() -> None:
    assert tomllib.loads(text_of("pyproject.toml"))["project"]["version"] == __version__


def test_changes_are_told_under_ontology_data_and_software() -> None:
    headings = re.findall(r"^##+ .+$", text_of("CHANGELOG.md"), re.M)
    assert headings[0] == "## Unreleased" or re.match(r"## \d+\.\d+\.\d+", headings[0])
    assert headings[1:4] == ["### Ontology", "### Data", "### Software"]
