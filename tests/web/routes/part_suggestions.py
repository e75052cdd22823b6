"""Completions, flyouts and previews for clients of reconciliation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from publish.reconcile.manifest import PREVIEW_HEIGHT, PREVIEW_WIDTH
from tests.support.browser import browsing, missing
from tests.support.reading import Page
from tests.support.reconciliation import faults, needs_specification
from tests.support.served import Served

HAKODATE = "http://127.0.0.1:8000/id/municipality/012025"
SCHEMAS = {"entity": "entities", "type": "types", "property": "properties"}


def suggested(
    client: FlaskClient, what: str, root: str = "ja", **given: Any
) -> list[dict[str, Any]]:
    answer = client.get(f"/reconcile/{root}/suggest/{what}", query_string=given)
    assert answer.status_code == 200 and answer.json
    found: list[dict[str, Any]] = answer.json["result"]
    return found


def ids(client: FlaskClient, what: str, **given: Any) -> list[str]:
    return [one["id"] for one in suggested(client, what, **given)]


@needs_specification
@pytest.mark.parametrize("what", SCHEMAS)
@pytest.mark.parametrize("prefix", ["", "は", "市", "Ko", HAKODATE, "region", "no such", "\x00%_*"])
def test_suggestions_are_valid_in_both_versions(
    client: FlaskClient, what: str, prefix: str
) -> None:
    for root, version in (("ja", "0.2"), ("en", "0.2"), ("v1", "1.0-draft")):
        answer = client.get(f"/reconcile/{root}/suggest/{what}", query_string={"prefix": prefix})
        assert faults(version, f"suggest-{SCHEMAS[what]}-response", answer.json) == []


def test_things_are_found_by_the_beginning_of_a_name_or_by_id(client: FlaskClient) -> None:
    for prefix in ("はこだ", "函館", "hakoda", "01202", HAKODATE, "municipality/012025"):
        assert HAKODATE in ids(client, "entity", prefix=prefix), prefix
    assert ids(client, "entity", prefix="") == []
    (first, *_) = suggested(client, "entity", "en", prefix="函館")
    assert first["name"] == "Hakodate" and first["notable"] == [
        {"id": "municipality", "name": "municipality"}
    ]


def test_things_can_be_restricted_to_a_type_and_gone_through(client: FlaskClient) -> None:
    of_type = ids(client, "entity", prefix="くしろ", type="municipality")
    assert of_type and all("/municipality/" in one for one in of_type)
    first = ids(client, "entity", prefix="北海道", limit=3)
    assert len(first) == 3
    assert ids(client, "entity", prefix="北海道", limit=2, cursor=1) == first[1:]
    assert ids(client, "entity", prefix="北海道", cursor=10**8) == []


def test_an_empty_prefix_gives_all_types_and_properties(client: FlaskClient) -> None:
    assert len(ids(client, "type")) == 20
    assert len(ids(client, "property")) > 50
    of_towns = ids(client, "property", type="municipality")
    assert of_towns[:3] == ["code", "prefecture", "region"] and "stage" not in of_towns
    assert ids(client, "property", prefix="コード", schema="municipality")[0] == "code"
    assert ids(client, "type", prefix="市町村") == ["municipality"]


@pytest.mark.parametrize("given", ["prefix=" + "a" * 501, "cursor=-1", "cursor=x", "limit=1.5"])
def test_what_cannot_be_used_is_refused(client: FlaskClient, given: str) -> None:
    answer = client.get(f"/reconcile/ja/suggest/entity?{given}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_suggestions_can_be_kept(client: FlaskClient) -> None:
    address = "/reconcile/ja/suggest/entity?prefix=" + quote("函館")
    first = client.get(address)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("what", "id_", "text"),
    [("entity", HAKODATE, "函館市"), ("type", "municipality", "市町村"),
     ("type", "s5:AdministrativeUnit", "行政区域"), ("property", "district", "郡")],
)  # fmt: skip
def test_a_flyout_tells_of_things_types_and_properties(
    client: FlaskClient, what: str, id_: str, text: str
) -> None:
    answer = client.get(f"/reconcile/ja/flyout/{what}", query_string={"id": id_}).json
    assert answer and answer["id"] == id_
    assert text in answer["html"] and "<script" not in answer["html"]
    missing_ = client.get(f"/reconcile/ja/flyout/{what}", query_string={"id": "<b>none"})
    assert missing_.status_code == 404


@pytest.mark.parametrize(("root", "language"), [("ja", "ja"), ("en", "en"), ("v1", "ja")])
def test_a_preview_is_a_small_page_without_scripts(
    client: FlaskClient, root: str, language: str
) -> None:
    answer = client.get(f"/reconcile/{root}/preview", query_string={"id": HAKODATE})
    assert answer.content_type == "text/html; charset=utf-8"
    page = Page(answer.text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "form", "iframe", "object"}
    assert ("html", {"lang": language}) in page.elements
    assert "012025" in answer.text and len(answer.data) < 4000
    assert client.get(f"/reconcile/{root}/preview?id=none").status_code == 404


def test_only_a_preview_may_be_framed_and_it_may_do_nothing(client: FlaskClient) -> None:
    def policy(address: str) -> str:
        return client.get(address).headers["Content-Security-Policy"]

    framed = policy(f"/reconcile/ja/preview?id={HAKODATE}")
    assert "frame-ancestors *" in framed
    assert (
        "default-src 'none'" in framed
        and "script-src" not in framed
        and "form-action 'none'" in framed
    )
    for address in ("/reconcile.ja.html", "/reconcile/ja/preview?id=none", "/"):
        assert "frame-ancestors 'none'" in policy(address)


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_a_preview_is_shown_in_a_frame_of_another_site_and_fits(
    served: Served, tmp_path: Path
) -> None:
    """The page around it is one of another origin; a page of ours stays empty there."""
    with other_site(tmp_path / "site") as other, browsing(other, tmp_path / "profile") as browser:

        def framed(path: str) -> str:
            address = f"http://{served.host}/{path}"
            size = f'width="{PREVIEW_WIDTH}" height="{PREVIEW_HEIGHT}"'
            page = f'<!DOCTYPE html><iframe src="{address}" {size}></iframe>'
            (tmp_path / "site" / "frame.html").write_text(page)
            browser.open(f"frame.html?{quote(path)}")
            browser.driver.switch_to.frame(browser.one("iframe"))
            return browser.one("body").text

        for id_ in ("municipality/012025", "initiative/telemedicine", "village/016969"):
            for root in ("ja", "en"):
                assert framed(f"reconcile/{root}/preview?id={id_}")
                low = "return document.documentElement.scrollHeight"
                assert browser.driver.execute_script(low) <= PREVIEW_HEIGHT, (root, id_)
        assert "函館市" in framed("reconcile/ja/preview?id=municipality/012025")
        assert "函館市" not in framed("doc/municipality/012025.ja.html")


@contextmanager
def other_site(directory: Path) -> Iterator[str]:
    """Serve the files of a directory on a port of its own; the value is host and port."""
    directory.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=str(directory))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
