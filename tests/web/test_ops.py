from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from publish.release import Release
from publish.web import ops
from tests.web.reading import Page

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


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


def test_robots_may_read_everything_but_queries(client: FlaskClient, release: Release) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /sparql" in lines
    assert f"Sitemap: {release.iris.of('sitemap.xml')}" in lines


def addresses(xml: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(xml).iter(f"{SITEMAP}loc")]


def test_the_sitemap_lists_every_thing_in_both_languages(
    client: FlaskClient, release: Release
) -> None:
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    found = addresses(answer.text)
    assert len(found) == len(set(found)) > 1000
    for language in ("ja", "en"):
        assert release.iris.of(f"doc/initiative/telemedicine.{language}.html") in found


def test_a_sitemap_that_the_client_has_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/sitemap.xml").headers["ETag"]
    again = client.get("/sitemap.xml", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_addresses_of_the_sitemap_answer(client: FlaskClient, release: Release) -> None:
    for address in addresses(client.get("/sitemap.xml").text)[::37]:
        assert client.get(release.iris.path(address)).status_code == 200


def test_a_large_sitemap_is_split(
    client: FlaskClient, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = addresses(client.get("/sitemap.xml").text)
    monkeypatch.setattr(ops, "MOST_IN_SITEMAP", 300)
    parts = addresses(client.get("/sitemap.xml?again").text)  # the first answer is kept
    assert parts[0] == release.iris.of("sitemap-1.xml")
    found = [one for part in parts for one in addresses(client.get(release.iris.path(part)).text)]
    assert found == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_assets_are_named_by_their_content(client: FlaskClient) -> None:
    (style,) = Page(client.get("/").text).all("link", rel="stylesheet")
    answer = client.get(style["href"])
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("/static/style.css", "/static/", "/static/../server.py"):
        assert client.get(path).status_code == 404
