"""publish.browse.figures: what is drawn, and the queries that count it."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.browse.figures import Figure, Form, answer, figures_of, query_of
from publish.build import check
from publish.errors import GraphError
from publish.release.release import Release, current
from publish.shacl.shapes import Shapes, prefixes_of, read_shapes
from tests.support.projects import BASE, IRIS, append, edit, settings_for, write_project
from tests.support.real import rows

FIGURE = """
PREFIX qb: <http://purl.org/linked-data/cube#>
<charts#plans> a qb:DataStructureDefinition ;
    rdfs:label "町ごとの計画"@ja , "Plans by town"@en ;
    dcterms:subject kv:Plan ;
    qb:component [ qb:dimension kv:town ] .
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


def shapes_of(project: Path) -> Shapes:
    return read_shapes(project, IRIS)


def figure(release: Release, name: str) -> Figure:
    return next(one for one in figures_of(release.shapes) if one.name == name)


def answered(release: Release, name: str) -> list[dict[str, str]]:
    """Return the answer to a figure's query, IRIs of ours shortened to their last part."""
    prefixes = prefixes_of(release.shapes)
    asked = query_of(figure(release, name), release.shapes, prefixes, "en")
    return [
        {key: value.removeprefix(release.iris.of("id/")) for key, value in row.values.items()}
        for row in answer(release.store, asked, release.content_graphs)
    ]


# -- Which figures there are ----------------------------------------------------------------------


def test_the_figures_of_this_project_are_those_beside_its_shapes(release: Release) -> None:
    assert [(one.name, one.form, one.kind.segment) for one in figures_of(release.shapes)] == [
        ("by-pillar", Form.BARS, "initiative"),
        ("by-region", Form.BARS, "initiative"),
        ("by-topic-and-stage", Form.GRID, "initiative"),
        ("activities", Form.LINE, "activity"),
    ]


def test_a_figure_says_what_a_reader_must_know(release: Release) -> None:
    found = figure(release, "by-region")
    assert (found.title.ja, found.title.en) == ("地域ごとの取組", "Initiatives by region")
    assert found.caption and found.note
    assert [kind.segment for kind in found.apart] == ["village"]
    assert found.sources == (release.iris.of("catalog#source-n03"),)


def test_a_project_without_figures_gets_what_its_first_type_suggests(project: Path) -> None:
    found = figures_of(shapes_of(project))
    assert [one.name for one in found] == ["plan-town", "plan-subject"]
    assert found[0].title.ja == "計画の数（実施する市町別）"
    assert [one.form for one in found] == [Form.BARS, Form.BARS]


def test_dates_suggest_a_time_line(project: Path) -> None:
    edit(
        project / "shapes" / "plan.ttl",
        "shape:Plan-hasStep .",
        "shape:Plan-hasStep , shape:Plan-date .",
    )
    append(
        project / "shapes" / "plan.ttl",
        "shape:Plan-date a sh:PropertyShape ; sh:path dcterms:date ; sh:datatype xsd:date .\n",
    )
    assert [one.form for one in figures_of(shapes_of(project))][-1] == Form.LINE


def test_a_project_that_names_a_figure_gets_that_one_only(project: Path) -> None:
    append(project / "shapes" / "plan.ttl", FIGURE)
    (found,) = figures_of(shapes_of(project))
    assert (found.name, found.title.en) == ("plans", "Plans by town")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dcterms:subject kv:Plan ;", "dcterms:subject kv:Nothing ;"),
        ("dcterms:subject kv:Plan ;", ""),
        ("qb:dimension kv:town ", "qb:dimension kv:nothing "),
        ("qb:component [ qb:dimension kv:town ] .", "rdfs:comment 'none'@en ."),
        (
            "[ qb:dimension kv:town ]",
            "[ qb:dimension kv:town ] , [ qb:dimension dcterms:subject ] , [ qb:dimension kv:hasStep ]",
        ),
    ],
)
def test_a_figure_that_counts_nothing_known_stops_the_build_and_says_where_it_stands(
    project: Path, old: str, new: str
) -> None:
    assert old in FIGURE
    append(project / "shapes" / "plan.ttl", FIGURE.replace(old, new))
    with pytest.raises(GraphError) as raised:
        check(settings_for(project))
    (problem,) = raised.value.problems
    assert BASE + "charts#plans" in problem.what.en
    assert problem.place is not None and problem.place.file == "shapes/plan.ttl"
    assert problem.place.line


# -- What they count ------------------------------------------------------------------------------


def test_values_of_a_type_of_ours_are_all_counted_the_empty_ones_too(release: Release) -> None:
    found = answered(release, "by-region")
    assert len(found) == 14
    assert [row["value"] for row in found][:4] == [
        "region/sorachi", "region/ishikari", "region/shiribeshi", "region/iburi",
    ]  # fmt: skip
    assert [row["count"] for row in found] == ["3"] * 4 + ["0"] * 10
    assert found[0]["name"] == "Sorachi"


def test_code_lists_are_counted_in_the_order_of_their_codes(release: Release) -> None:
    assert [(row["name"], row["count"]) for row in answered(release, "by-pillar")] == [
        ("Living", "5"),
        ("Industry", "6"),
        ("Public administration", "0"),
        ("Data use", "0"),
        ("Infrastructure", "1"),
    ]


def test_counts_by_two_properties_are_those_of_an_independent_query(release: Release) -> None:
    independent = rows(
        release.store,
        """
        PREFIX s5: <ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?i ?topic ?stage WHERE {
          ?i a s5:Initiative ; dcterms:subject ?topic ; s5:stage ?stage
        }""",
    )
    pairs = [(topic, stage) for _, topic, stage in set(independent)]
    found = answered(release, "by-topic-and-stage")
    assert len(found) == 36
    assert {(f"id/{r['row']}", f"id/{r['column']}"): int(r["count"]) for r in found} == {
        pair: pairs.count(pair) for pair in pairs
    }


def test_a_time_line_has_every_thing_with_its_date_and_period(release: Release) -> None:
    found = answered(release, "activities")
    assert len(found) == 60
    dated = [(row["date"], row["period"], row["start"]) for row in found if "date" in row]
    assert dated == [
        ("2020-08", "fiscal-year/2020", "2020-04-01"),
        ("2020-08", "fiscal-year/2020", "2020-04-01"),
        ("2020-10", "fiscal-year/2020", "2020-04-01"),
        ("2021-03", "fiscal-year/2020", "2020-04-01"),
    ]
    assert sum("period" not in row for row in found) == 7


def test_values_of_no_type_of_ours_are_counted_where_they_are_used(kasumi: Path) -> None:
    found = current(kasumi / "releases")
    assert [(row["name"], row["count"]) for row in answered(found, "plan-subject")] == [
        ("care", "1"),
        ("robotics", "1"),
    ]
    assert [(row["name"], row["count"]) for row in answered(found, "plan-town")] == [
        ("Kasumi", "1"),
        ("Hama", "2"),
    ]


def test_a_query_declares_the_prefixes_that_it_uses_and_no_others(release: Release) -> None:
    prefixes = prefixes_of(release.shapes)
    asked = query_of(figure(release, "by-pillar"), release.shapes, prefixes, "ja")
    declared = {line.split()[1] for line in asked.splitlines() if line.startswith("PREFIX")}
    assert declared == {"dcterms:", "s5:", "schema:", "skos:"}
    assert 'FILTER(LANG(?name) = "ja")' in asked
    assert release.iris.base not in asked.partition("SELECT")[2]
