"""A reviewed table becomes a linkset that validates, is published, and leads to their things."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publish.build import build
from publish.cli.main import main
from publish.rdf.terms import node, triples
from publish.release.release import current
from publish.settings import Settings
from tests.support.linked import linked_project
from tests.support.projects import IRIS, settings_for

DUMP = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
<https://example.org/place/1> rdfs:label "霞市"@ja .
<https://example.org/place/2> rdfs:label "ハマ町"@ja .
<https://example.org/place/3> rdfs:label "無関係な名称"@ja .
"""
TARGET = "https://example.org/place/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = linked_project(tmp_path_factory.mktemp("accepting") / "project")
    build(settings_for(project))
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "project", symlinks=True))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def _proposed(project: Path, *options: str) -> Path:
    dump, table = project / "theirs.ttl", project / "proposed.csv"
    dump.write_text(DUMP, "utf-8")
    releases = project / "releases"
    given: list[str | Path] = [
        "--releases",
        releases,
        "--type",
        "town",
        "--output",
        table,
        *options,
    ]
    done = run("links", "propose", dump, *given)
    assert done.exit_code == 0, done.output
    return table


def _marked(table: Path, mark: str = "はい") -> Path:
    """Mark every row as accepted, as a person would in a spreadsheet program."""
    header, *rows = csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig")))
    output = io.StringIO(newline="")
    csv.writer(output).writerows([header, *([*row[:-1], mark] for row in rows)])
    table.write_bytes(output.getvalue().encode("cp932" if "はい" in mark else "utf-8"))
    return table


def _accepted(project: Path, table: Path, *options: str) -> Result:
    return run(
        *("links", "accept", table, "--project", project, "--base", IRIS.base),
        *("--linkset", "example-places", "--target", TARGET, "--confidence", "high"),
        *("--method-ja", "名称で照合し、人が確かめた。", "--method-en", "By name, reviewed."),
        *("--title-ja", "例の地名", "--title-en", "Example places", *options),
    )


def test_accepted_rows_become_links_that_are_published(project: Path) -> None:
    done = _accepted(project, _marked(_proposed(project)))
    assert done.exit_code == 0, done.output
    assert "リンクを" in done.output and "Wrote" in done.output
    settings: Settings = settings_for(project)
    build(settings)
    store = current(settings.releases).store
    found = {o.value for s, _, o in triples(store, node(IRIS.thing("town", "992011")))}
    assert f"{TARGET}1" in found
    assert list(
        triples(store, node(f"{TARGET}1"), None, node(IRIS.thing("linkset", "example-places")))
    )


def test_a_linkset_that_exists_is_not_overwritten_unasked(project: Path) -> None:
    table = _marked(_proposed(project))
    assert _accepted(project, table).exit_code == 0
    again = _accepted(project, table)
    assert again.exit_code == 1
    assert "--force" in again.output
    assert _accepted(project, table, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("mark", "said"), [("", "採用された行がありません"), ("perhaps", "とも読めません")]
)
def test_a_table_without_a_clear_mark_makes_no_links(project: Path, mark: str, said: str) -> None:
    done = _accepted(project, _marked(_proposed(project), mark))
    assert done.exit_code == 1
    assert said in done.output
    assert not (project / "data" / "links.example-places.ttl").exists()


def test_a_broken_iri_in_the_table_is_told_with_its_line(project: Path) -> None:
    table = _marked(_proposed(project))
    table.write_bytes(table.read_bytes().replace(b"https://example.org/place/1", b"not an iri"))
    done = _accepted(project, table)
    assert done.exit_code == 1
    assert "proposed.csv:2" in done.output
    assert "cannot be the IRI of a target" in done.output


def test_a_wrong_key_or_type_is_wrong_usage(project: Path) -> None:
    table = _marked(_proposed(project))
    wrong = run(
        *(
            "links",
            "accept",
            table,
            "--project",
            project,
            "--linkset",
            "Not A Key",
            "--target",
            TARGET,
        ),
        *("--method-ja", "x", "--method-en", "x", "--confidence", "high"),
    )
    assert wrong.exit_code == 2
    unknown = run(
        "links",
        "propose",
        project / "theirs.ttl",
        "--releases",
        project / "releases",
        "--type",
        "planet",
    )
    assert unknown.exit_code == 2


def test_the_summary_counts_what_was_found_in_both_languages(project: Path) -> None:
    done = run(
        "links", "propose", _dump(project), "--releases", project / "releases", "--type", "town"
    )
    assert done.exit_code == 0
    assert "3件のうち" in done.output and "Of 3 things" in done.output


def _dump(project: Path) -> Path:
    dump = project / "theirs.ttl"
    dump.write_text(DUMP, "utf-8")
    return dump
