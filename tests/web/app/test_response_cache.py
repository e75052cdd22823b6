"""A repeated request has the same answer as the first, without Flask."""

from __future__ import annotations

import dataclasses

from flask import Flask
from flask.testing import FlaskClient

from publish.release.release import Release
from publish.settings import Settings
from publish.web.app.response_cache import ResponseCache
from publish.web.routes.ops import Metrics
from server import create_app

THING = "/doc/region/sorachi.ttl"


def kept(app: Flask) -> int:
    assert isinstance(app.wsgi_app, ResponseCache)
    return len(app.wsgi_app._kept)


def test_the_second_answer_has_the_headers_and_bytes_of_the_first(
    app: Flask, client: FlaskClient
) -> None:
    first = client.get(THING)
    number = kept(app)
    second = client.get(THING)
    assert number == kept(app) > 0
    assert (first.status, first.data) == (second.status, second.data)
    assert sorted(first.headers) == sorted(second.headers)


def test_forms_and_languages_are_kept_apart(client: FlaskClient) -> None:
    path = "/doc/region/sorachi"
    asked = [{"Accept": "text/turtle"}, {"Accept": "application/ld+json"}]
    asked += [{"Accept": "text/html", "Accept-Language": language} for language in ("ja", "en")]
    for _ in range(2):
        answers = [client.get(path, headers=headers) for headers in asked]
        assert len({answer.headers["ETag"] for answer in answers}) == 4
        assert [answer.content_type.partition(";")[0] for answer in answers] == [
            "text/turtle", "application/ld+json", "text/html", "text/html",
        ]  # fmt: skip


def test_a_known_entity_tag_gets_304_with_the_same_caching_headers(client: FlaskClient) -> None:
    first = client.get(THING)
    again = client.get(THING, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Content-Location"):
        assert again.headers[name] == first.headers[name]
    assert "Content-Length" not in again.headers


def test_head_has_no_body_and_the_length_of_get(client: FlaskClient) -> None:
    first = client.get(THING)
    head = client.head(THING)
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(first.data))


def test_errors_redirects_and_service_pages_are_not_kept(app: Flask, client: FlaskClient) -> None:
    number = kept(app)
    for path in ("/nothing", "/id/region/sorachi", "/readyz", "/dump/latest/all.ttl"):
        client.get(path)
    assert kept(app) == number


def test_repeated_answers_are_counted_and_logged_too(app: Flask, client: FlaskClient) -> None:
    client.get(THING)
    metrics: Metrics = app.config["METRICS"]
    before = metrics.lines()
    client.get(THING)
    assert metrics.lines() != before


def test_long_addresses_count_as_well_as_short_answers(
    settings: Settings, release: Release
) -> None:
    assert release.id
    app = create_app(dataclasses.replace(settings, cache_mib=2))
    for number in range(60):
        assert app.test_client().get(f"{THING}?x={'x' * 60_000}{number}").status_code == 200
    # half of the two megabytes are for answers as they were sent
    assert 10 < kept(app) < 20
