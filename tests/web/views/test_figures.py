"""Counts and maps in the language of a page; the small map on the page of a place."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from publish.web.views.figures import short_names

PERSON = {"Accept": "text/html"}


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
