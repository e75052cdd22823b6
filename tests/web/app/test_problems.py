from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from publish.settings import Settings
from server import create_app
from tests.web.conftest import Page


@pytest.fixture
def nothing(tmp_path: Path) -> FlaskClient:
    """A client of a server that has no release yet."""
    return create_app(Settings(releases=tmp_path)).test_client()


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (None, "application/problem+json"),
        ("*/*", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("application/problem+json", "application/problem+json"),
        ("text/turtle", "application/problem+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_a_problem_is_told_in_the_form_that_is_accepted(
    client: FlaskClient, accept: str | None, type_: str
) -> None:
    answer = client.get("/nothing", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == type_
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.vary.to_header() == "Accept, Accept-Language"


def test_a_problem_document_has_the_members_of_rfc_9457(client: FlaskClient) -> None:
    assert client.get("/doc/stage/none").get_json() == {
        "type": "about:blank",
        "title": "Not Found",
        "title_ja": "見つかりません",
        "status": 404,
        "detail": "Nothing is published at this address. Please check its spelling.",
        "detail_ja": ("このアドレスでは何も公開していません。アドレスの綴りを確かめてください。"),
        "instance": "/doc/stage/none",
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_problem_page_speaks_both_languages(client: FlaskClient, language: str) -> None:
    headers = {"Accept": "text/html", "Accept-Language": language}
    page = Page(client.get("/nothing", headers=headers).text)
    assert page.language == language
    assert "見つかりません" in page.text and "Not Found" in page.text
    assert page.all("meta", name="robots")[0]["content"] == "noindex"


def test_what_was_asked_for_is_shown_as_text(client: FlaskClient) -> None:
    answer = client.get('/"><script>alert(1)</script>', headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<script" not in answer.text


@pytest.mark.parametrize("path", ["/", "/doc/stage/under-way", "/id/stage/under-way", "/void.ttl"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_that_is_not_allowed_is_405(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_a_release_everything_but_health_is_503(nothing: FlaskClient) -> None:
    assert nothing.get("/healthz").status_code == 200
    assert nothing.get("/metrics").status_code == 200
    for path in ("/", "/readyz", "/doc/stage/under-way", "/void.ttl", "/robots.txt"):
        answer = nothing.get(path)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert "リリース" in answer.get_json()["detail_ja"]
    page = Page(nothing.get("/", headers={"Accept": "text/html"}).text)
    assert "503" in page.text


def test_an_unexpected_error_is_500_and_tells_no_secrets(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("secret path /etc/lodpub")

    monkeypatch.setattr("publish.web.routes.things.exists", fails)
    answer = client.get("/doc/stage/under-way?error=500")  # never asked before, so not kept
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_trouble_with_the_store_is_503(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("disk gone")

    monkeypatch.setattr("publish.web.routes.things.exists", fails)
    answer = client.get("/doc/stage/under-way?error=503")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
