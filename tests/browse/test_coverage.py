"""publish.browse.coverage: what no document speaks of is told from a count of 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.browse.coverage import Coverage, coverages_of, rests_on_documents
from publish.browse.figures import answer, figures_of, query_of
from publish.browse.lists import members
from publish.build import build
from publish.i18n import Text
from publish.release.release import Release, current
from publish.shacl.shapes import Kind, prefixes_of
from tests.support.covered import covered_project
from tests.support.projects import IRIS, KV, settings_for

TOWN = IRIS.of("id/town/")
ONE_AND_THREE = "dcterms:coverage town:992011 , town:992020 , town:992038"


def built(tmp_path: Path, *documents: str) -> Release:
    project = covered_project(tmp_path / "project", *documents)
    build(settings_for(project))
    return current(project / "releases")


def coverages(release: Release) -> dict[str, Coverage]:
    def of(kind: Kind) -> tuple[str, ...]:
        return members(release.store, release.iris, kind)

    return dict(coverages_of(release.store, release.shapes, of))


@pytest.mark.parametrize(
    ("thing", "count", "is_silent"),
    [
        ("covered", 0, False),
        ("covered", 3, False),
        ("left-out", 0, True),
        # counted all the same, whatever the documents are said to cover: a number is a number
        ("left-out", 1, False),
        ("left-out", 1_000, False),
        ("", 0, True),
    ],
)
def test_only_what_is_neither_covered_nor_counted_is_silent(
    thing: str, count: int, is_silent: bool
) -> None:
    assert Coverage(("d",), frozenset({"covered"}), 2).is_silent(thing, count) is is_silent


@pytest.mark.parametrize(
    ("documents", "pages", "said"),
    [
        (1, None, Text("この資料に記載なし", "not in this document")),
        (1, 1, Text("この資料（1ページ）に記載なし", "not in this document (1 page)")),
        (1, 2, Text("この資料（2ページ）に記載なし", "not in this document (2 pages)")),
        (1, 1_200, Text("この資料（1,200ページ）に記載なし", "not in this document (1,200 pages)")),
        (3, None, Text("これらの資料（3点）に記載なし", "not in these 3 documents")),
        (
            3,
            12,
            Text(
                "これらの資料（3点、計12ページ）に記載なし",
                "not in these 3 documents (12 pages in all)",
            ),
        ),
    ],
)
def test_silence_is_told_with_documents_and_pages(
    documents: int, pages: int | None, said: Text
) -> None:
    names = tuple(f"d{number}" for number in range(documents))
    assert Coverage(names, frozenset(), pages).silence == said


@pytest.mark.parametrize(
    ("documents", "covered", "pages"),
    [
        ((f"{ONE_AND_THREE} ; schema:numberOfPages 4",), {"992011", "992020", "992038"}, 4),
        ((ONE_AND_THREE,), {"992011", "992020", "992038"}, None),
        (
            (
                "dcterms:coverage town:992011 ; schema:numberOfPages 4",
                "dcterms:coverage town:992046 ; schema:numberOfPages 8",
            ),
            {"992011", "992046"},
            12,
        ),
        (
            (
                "dcterms:coverage town:992011 ; schema:numberOfPages 4",
                "dcterms:coverage town:992046",
            ),
            {"992011", "992046"},
            None,
        ),
    ],
)
def test_documents_together_cover_what_each_of_them_covers(
    tmp_path: Path, documents: tuple[str, ...], covered: set[str], pages: int | None
) -> None:
    (found,) = coverages(built(tmp_path, *documents)).values()
    assert {iri.removeprefix(TOWN) for iri in found.covered} == covered
    assert len(found.documents) == len(documents)
    assert found.pages == pages


@pytest.mark.parametrize(
    "documents",
    [
        ("",),
        ("schema:numberOfPages 2",),
        ("", "schema:numberOfPages 2"),
        (ONE_AND_THREE, ""),
        ("", ONE_AND_THREE, ""),
    ],
)
def test_a_document_that_does_not_say_what_it_covers_may_speak_of_anything(
    tmp_path: Path, documents: tuple[str, ...]
) -> None:
    assert coverages(built(tmp_path, *documents)) == {}


def test_a_project_whose_shapes_know_no_coverage_has_none(kasumi: Path) -> None:
    release = current(kasumi / "releases")
    assert coverages(release) == {}
    assert not any(map(rests_on_documents, release.shapes.kinds))


def test_here_four_of_fourteen_regions_are_covered_by_two_pages(release: Release) -> None:
    found = coverages(release)
    (class_,) = found
    assert class_ == release.iris.of("ontology#Region")
    names = {iri.rpartition("/")[2] for iri in found[class_].covered}
    assert names == {"sorachi", "ishikari", "shiribeshi", "iburi"}
    assert found[class_].silence.en == "not in this document (2 pages)"


def test_only_what_says_where_it_is_from_depends_on_documents(release: Release) -> None:
    found = {kind.segment for kind in release.shapes.kinds if rests_on_documents(kind)}
    assert {"initiative", "activity", "pillar", "strategy"} <= found
    assert not found & {"region", "municipality", "ward", "village", "geometry", "organization"}


@pytest.mark.parametrize("by_coverage", [False, True])
def test_the_query_of_a_figure_has_a_column_that_tells_silence(
    tmp_path: Path, by_coverage: bool
) -> None:
    release = built(tmp_path, ONE_AND_THREE)
    figure = next(one for one in figures_of(release.shapes) if one.name == "plan-town")
    prefixes = prefixes_of(release.shapes)
    asked = query_of(figure, release.shapes, prefixes, "en", by_coverage=by_coverage)
    rows = answer(release.store, asked, release.content_graphs)
    assert [(row["name"], row.count) for row in rows] == [
        ("Kasumi", 1), ("Hama", 2), ("Yama", 0), ("Kawa", 0),
    ]  # fmt: skip
    told = [row["covered"] for row in rows]
    assert told == (["true", "true", "true", "false"] if by_coverage else [""] * 4)
    coverage = coverages(release)[KV + "Town"]
    silent = [coverage.is_silent(row["value"], row.count) for row in rows]
    assert silent == [False, False, False, True]
