"""Counts and maps in the language of a page; the small map on the page of a place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from publish.build import build
from publish.settings import Settings
from publish.web.views.figures import short_names
from server import create_app
from tests.support.covered import covered_project
from tests.support.projects import settings_for

PERSON = {"Accept": "text/html"}
both = pytest.mark.parametrize("language", ["ja", "en"])
#: A paper of four pages that leaves out the town 992046; there is no plan in 992038 either.
COVERED = "dcterms:coverage town:992011 , town:992020 , town:992038 ; schema:numberOfPages 4"
SILENT = {"ja": "この資料（4ページ）に記載なし", "en": "not in this document (4 pages)"}
NO_ZERO = {"ja": "0件という意味ではありません", "en": "This does not mean that there are none"}


def small_map(client: FlaskClient, thing: str, language: str = "en") -> str:
    answer = client.get(f"/doc/{thing}.{language}.html", headers=PERSON)
    assert answer.status_code == 200
    return answer.text.partition('<figure class="map place">')[2].partition("</figure>")[0]


def titles(text: str) -> list[str]:
    return re.findall(r"<a [^>]*><title>(.*?)</title>", text)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["霞地域", "浜地域"], ["霞", "浜"]),
        (["霞市", "浜町"], ["霞市", "浜町"]),
        (["North Area", "South Area"], ["North", "South"]),
        (["Hama", "Yama"], ["Hama", "Yama"]),
        (["地域", "浜地域"], ["地域", "浜地域"]),
        (["霞地域"], ["霞地域"]),
        ([], []),
    ],
)
def test_names_lose_what_all_of_them_end_in(names: list[str], expected: list[str]) -> None:
    assert short_names(names) == expected


def test_a_region_is_marked_among_the_others_which_are_linked(client: FlaskClient) -> None:
    found = small_map(client, "region/kushiro")
    assert len(titles(found)) == 13 and "Kushiro" not in titles(found)
    assert found.count('class="here"') == 1
    caption = found.partition("<figcaption>")[2]
    assert re.findall(r'href="/doc/region/([a-z]+)\.en\.html">', caption) == [
        "okhotsk", "tokachi", "nemuro",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("thing", "region"), [("municipality/012106", "Sorachi"), ("ward/011011", "Ishikari")]
)
def test_a_point_is_marked_inside_its_region_whose_neighbours_are_linked(
    client: FlaskClient, thing: str, region: str
) -> None:
    found = small_map(client, thing)
    assert found.count('<circle class="here"') == 1
    assert re.findall(r'class="within"[^>]*><title>(.*?)</title>', found) == [region]
    assert len(titles(found)) > 2
    assert f">{region}</a>" in found.partition("<figcaption>")[2]


def test_a_village_of_the_north_is_marked_by_its_outline(client: FlaskClient) -> None:
    found = small_map(client, "village/016951", "ja")
    assert found.count('<path class="here"') == 1
    assert re.findall(r'class="within"[^>]*><title>(.*?)</title>', found) == ["根室地域"]


def test_a_small_map_says_what_it_was_made_from(client: FlaskClient) -> None:
    assert "国土数値情報" in small_map(client, "region/sorachi", "ja")


def test_what_is_no_place_has_no_map(client: FlaskClient) -> None:
    assert small_map(client, "initiative/telemedicine") == ""


# -- What no document speaks of, and a true 0 -------------------------------------------------------


def client_of(directory: Path, document: str) -> FlaskClient:
    project = covered_project(directory, document)
    build(settings_for(project))
    return create_app(Settings(releases=project / "releases")).test_client()


@pytest.fixture(scope="module")
def excerpt(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The small project with a paper that says which towns it covers."""
    return client_of(tmp_path_factory.mktemp("excerpt") / "project", COVERED)


@pytest.fixture(scope="module")
def unknown(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The same with a paper that does not say it."""
    return client_of(tmp_path_factory.mktemp("unknown") / "project", "schema:numberOfPages 4")


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(f"/lod/{address}", headers=PERSON)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def table_of(client: FlaskClient, language: str) -> list[str]:
    page = client.get(f"/lod/charts.{language}.html", headers=PERSON).text
    body = page.partition('aria-labelledby="plan-town"')[2].partition("<tbody>")[2]
    cells = re.findall(r'<td class="number">(.*?)</td>', body.partition("</tbody>")[0])
    return [re.sub(r"<[^>]*>", "", cell) for cell in cells]


@both
def test_a_chart_tells_a_0_from_what_no_document_speaks_of(
    excerpt: FlaskClient, unknown: FlaskClient, language: str
) -> None:
    assert table_of(excerpt, language) == ["1", "2", "0", SILENT[language]]
    assert table_of(unknown, language) == ["1", "2", "0", "0"]
    assert SILENT[language] not in text_of(unknown, f"charts.{language}.html")


@both
@pytest.mark.parametrize("town", ["992011", "992020", "992038", "992046"])
def test_the_page_of_a_thing_tells_it(
    excerpt: FlaskClient, unknown: FlaskClient, town: str, language: str
) -> None:
    address = f"doc/town/{town}.{language}.html"
    told, plain = text_of(excerpt, address), text_of(unknown, address)
    zero = {"ja": "これを「実施する市町」とする計画 0件", "en": "0 items"}[language]
    assert (SILENT[language] in told) == (NO_ZERO[language] in told) == (town == "992046")
    assert (zero in told) == (town == "992038")
    assert (zero in plain) == (town in ("992038", "992046"))
    assert SILENT[language] not in plain


@both
def test_a_list_tells_it_beside_each_thing(
    excerpt: FlaskClient, unknown: FlaskClient, language: str
) -> None:
    assert text_of(excerpt, f"doc/town.{language}.html").count(SILENT[language]) == 1
    assert SILENT[language] not in text_of(unknown, f"doc/town.{language}.html")


@both
@pytest.mark.parametrize("town", ["992038", "992046"])
def test_a_list_narrowed_to_nothing_tells_it(
    excerpt: FlaskClient, unknown: FlaskClient, town: str, language: str
) -> None:
    address = f"doc/plan.{language}.html?town={town}"
    assert (NO_ZERO[language] in text_of(excerpt, address)) == (town == "992046")
    assert NO_ZERO[language] not in text_of(unknown, address)


@both
def test_a_thing_that_nothing_has_says_how_many_have_no_value_at_all(
    client: FlaskClient, small: FlaskClient, language: str
) -> None:
    name = {"ja": "「施策の柱」のない取組", "en": "Initiative without “pillar”"}[language]
    assert name in text_of_root(client, f"charts.{language}.html")
    assert name not in text_of(small, f"charts.{language}.html")


def text_of_root(client: FlaskClient, address: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(f"/{address}").text).split())
