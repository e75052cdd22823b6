"""What the rows of a page are called, and how their values are shown."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.web.reading import Page


def page_at(client: FlaskClient, path: str) -> Page:
    return Page(client.get(path).text)


def test_a_property_has_the_name_that_the_type_of_the_thing_gives_it(client: FlaskClient) -> None:
    # dcterms:hasPart: initiatives of a project, passages of a document
    text = page_at(client, "/doc/initiative/telemedicine.ja.html").text
    assert "「含まれる取組」として" in text
    assert "「出典箇所」として" not in text


@pytest.mark.parametrize(("language", "name"), [("ja", "識別子"), ("en", "Identifier")])
def test_what_types_name_differently_has_a_neutral_name_elsewhere(
    client: FlaskClient, language: str, name: str
) -> None:
    # dcterms:identifier: the code of a municipality, the year of a fiscal year
    html = client.get(f"/catalog.{language}.html").text
    names = re.findall(r'<dt><a href="http://purl.org/dc/terms/identifier">(.*?)</a></dt>', html)
    assert set(names) == {name}


def test_japanese_that_the_data_do_not_tag_is_marked_on_an_english_page(
    client: FlaskClient,
) -> None:
    html = client.get("/doc/activity/expert-panel-meetings-2020.en.html").text
    assert '<span lang="ja">R2年度：５回</span>' in html


def test_code_keeps_its_lines(client: FlaskClient) -> None:
    html = client.get("/catalog.ja.html").text
    assert "<pre><code>PREFIX" in html


def test_names_of_types_and_properties_begin_with_a_capital_in_english(client: FlaskClient) -> None:
    html = client.get("/doc/municipality.en.html").text
    assert "<h1>Municipality</h1>" in html
    assert ">Local government code<" in client.get("/doc/municipality/012106.en.html").text
