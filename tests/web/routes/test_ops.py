from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Page


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_service_pages_are_not_stored(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_metrics_count_answers_by_status(client: FlaskClient) -> None:
    def counted(status: int) -> int:
        lines = client.get("/metrics").text.splitlines()
        name = f'lodpub_http_requests_total{{status="{status}"}} '
        return next((int(line.removeprefix(name)) for line in lines if name in line), 0)

    before = counted(404)
    client.get("/nothing")
    assert counted(404) == before + 1


def test_assets_are_named_by_their_content(client: FlaskClient) -> None:
    style, *_ = Page(client.get("/").text).all("link", rel="stylesheet")
    answer = client.get(style["href"])
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("/static/style.css", "/static/", "/static/../server.py"):
        assert client.get(path).status_code == 404
