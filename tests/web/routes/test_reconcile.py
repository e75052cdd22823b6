"""Reconciliation over HTTP: what OpenRefine sends, what the draft asks for, and what is refused.

The requests are those that OpenRefine 3 makes: its server posts forms, its pages ask by GET.

Completions, flyouts and previews for clients of reconciliation.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from publish.reconcile.manifest import PREVIEW_HEIGHT, PREVIEW_WIDTH
from publish.release.release import Release
from publish.settings import Settings
from server import create_app
from tests.support.browser import browsing, missing
from tests.support.reconciliation import faults, needs_specification
from tests.support.served import FORM, Served
from tests.web.conftest import Page

BASE = "http://127.0.0.1:8000/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
JQUERY = "application/json, text/javascript, */*; q=0.01"
TOMARI = f"{BASE}id/municipality/014036"
HAKODATE = f"{BASE}id/municipality/012025"


def form(client: FlaskClient, path: str = "/reconcile", **fields: Any) -> TestResponse:
    return client.post(
        path, data={n: v if isinstance(v, str) else json.dumps(v) for n, v in fields.items()}
    )


def draft(client: FlaskClient, path: str, content: Any) -> TestResponse:
    return client.post(f"/reconcile/v1/{path}", json=content)


# -- OpenRefine, over real HTTP -----------------------------------------------------------------


def posted(served: Served, field: str, content: Any) -> Any:
    """Send a form as OpenRefine's server does: without an Accept header."""
    body = f"{field}={quote(json.dumps(content, ensure_ascii=False))}"
    answer = served.request("POST", (), {"Content-Type": FORM}, body, path="reconcile")
    assert (answer.status, answer.type) == (200, "application/json")
    return answer.json


def test_openrefine_reconciles_a_column_from_beginning_to_end(served: Served) -> None:
    # it adds the service
    added = served.request("GET", (), {"Accept": JQUERY, "Origin": "null"}, path="reconcile")
    assert added.headers["Access-Control-Allow-Origin"] == "*"
    manifest = added.json
    assert manifest["versions"] == ["0.2"]

    # it guesses the type from ten cells, without any
    cells = (
        "函館市",
        "札幌市",
        "泊村",
        "釧路市",
        "江差町",
        "枝幸町",
        "森町",
        "八雲町",
        "旭川市",
        "小樽市",
    )
    guess = {f"q{n}": {"query": cell, "limit": 3} for n, cell in enumerate(cells)}
    types = [
        one["type"]
        for found in posted(served, "queries", guess).values()
        for one in found["result"]
    ]
    ids = [type_["id"] for listed in types for type_ in listed]
    assert max(set(ids) - {"s5:AdministrativeUnit"}, key=ids.count) == "municipality"

    # it reconciles, with a type that should fit and a column as evidence
    def query(name: str, region: str) -> dict[str, Any]:
        return {"query": name, "type": "municipality", "type_strict": "should",
                "properties": [{"pid": "region", "v": region}]}  # fmt: skip

    batch = {
        "q0": query("泊村", "後志"),
        "q1": query("函館", "渡島"),
        "q2": query("架空市", "後志"),
    }
    found = posted(served, "queries", batch)
    assert (found["q0"]["result"][0]["id"], found["q0"]["result"][0]["match"]) == (TOMARI, True)
    assert (found["q1"]["result"][0]["id"], found["q1"]["result"][0]["match"]) == (HAKODATE, True)
    assert not any(one["match"] for one in found["q2"]["result"])

    # a person looks at a candidate, and searches for another
    preview = manifest["preview"]["url"].replace("{{id}}", quote(TOMARI, safe=""))
    assert "古宇郡" in served.request(path=preview.removeprefix(BASE)).text
    view = manifest["view"]["url"].replace("{{id}}", TOMARI).removeprefix(BASE)
    led = served.request(path=view)
    assert (led.status, led.headers["Location"]) == (303, "/doc/municipality/014036")
    suggest = manifest["suggest"]["entity"]
    address = f"{suggest['service_url']}{suggest['service_path']}".removeprefix(BASE)
    typed = served.request(
        "GET", {"prefix": "とまり", "type": "municipality"}, {"Accept": JQUERY}, path=address
    )
    assert TOMARI in [one["id"] for one in typed.json["result"]]
    flyout = suggest["flyout_service_path"].replace("${id}", TOMARI)
    shown = served.request(path=f"{suggest['flyout_service_url']}{flyout}".removeprefix(BASE)).json
    assert shown["id"] == TOMARI and "泊村" in shown["html"]

    # it proposes columns, and fetches them
    propose = manifest["extend"]["propose_properties"]
    address = f"{propose['service_url']}{propose['service_path']}".removeprefix(BASE)
    proposed = served.request("GET", {"type": "municipality", "limit": "5"}, path=address).json
    assert [one["id"] for one in proposed["properties"]][:3] == ["code", "prefecture", "region"]
    wanted = [{"id": "code"}, {"id": "region", "settings": {"content": "name", "limit": "1"}}]
    columns = posted(served, "extend", {"ids": [TOMARI, HAKODATE], "properties": wanted})
    assert columns["rows"][TOMARI] == {"code": [{"str": "014036"}], "region": [{"str": "後志地域"}]}
    assert [one["id"] for one in columns["meta"]] == ["code", "region"]


def test_scripts_of_other_sites_may_post_json(served: Served) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "content-type"}  # fmt: skip
    for path in ("reconcile", "reconcile/v1/match", "reconcile/v1/extend"):
        before = served.request("OPTIONS", (), asked, path=path)
        assert before.status == 200
        assert "POST" in before.headers["Access-Control-Allow-Methods"]
        assert "Content-Type" in before.headers["Access-Control-Allow-Headers"]


# -- the manifest and the page ------------------------------------------------------------------


@needs_specification
@pytest.mark.parametrize(
    ("path", "version"),
    [("", "0.2"), (".json", "0.2"), ("/ja", "0.2"), ("/en", "0.2"), ("/v1", "1.0-draft")],
)
@pytest.mark.parametrize("which", ["client", "small"])
def test_manifests_are_valid_and_can_be_kept(
    request: pytest.FixtureRequest, which: str, path: str, version: str
) -> None:
    client: FlaskClient = request.getfixturevalue(which)
    root = "/lod/reconcile" if which == "small" else "/reconcile"
    first = client.get(root + path)
    assert first.content_type == "application/json"
    assert faults(version, "manifest", first.json) == []
    again = client.get(root + path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(root + path).headers["Content-Length"] == first.headers["Content-Length"]


def test_the_addresses_in_a_manifest_answer(small: FlaskClient) -> None:
    base = "https://data.example.jp"
    manifest = small.get("/lod/reconcile").json
    assert manifest is not None
    addresses = [manifest["documentation"], manifest["logo"]]
    addresses += [
        f"{one['service_url']}{one['service_path']}" for one in manifest["suggest"].values()
    ]
    addresses.append(
        "{service_url}{service_path}".format(**manifest["extend"]["propose_properties"])
    )
    for address in addresses:
        assert small.get(address.removeprefix(base)).status_code == 200, address


def test_programs_get_the_manifest_and_browsers_the_page(client: FlaskClient) -> None:
    for accept in (None, "*/*", JQUERY, "application/json"):
        answer = client.get("/reconcile", headers={"Accept": accept} if accept else {})
        assert answer.content_type == "application/json", accept
    page = client.get("/reconcile", headers={"Accept": BROWSER})
    assert page.content_type == "text/html; charset=utf-8"
    assert {"Accept", "Accept-Language"} <= set(page.vary)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("language", "path"), [("ja", "reconcile"), ("en", "reconcile/en")])
def test_the_page_shows_the_address_types_properties_and_an_example(
    client: FlaskClient, language: str, path: str
) -> None:
    text = client.get(f"/reconcile.{language}.html").text
    assert f'<code data-copy="URL">{BASE}{path}</code>' in text
    assert 'id="id-region"' in text and 'id="id-name_similarity"' in text
    assert "s5:AdministrativeUnit" in text and "014036" in text and "1,000" in text


def test_jsonp_is_not_offered(client: FlaskClient) -> None:
    answer = client.get("/reconcile?callback=f")
    assert answer.content_type == "application/json" and answer.data.startswith(b"{")


# -- questions of version 0.2 --------------------------------------------------------------------


def test_a_batch_can_be_asked_by_get_form_or_json(client: FlaskClient) -> None:
    batch = {"q0": {"query": "函館市"}}
    answers = [
        client.get("/reconcile", query_string={"queries": json.dumps(batch)}),
        form(client, queries=batch),
        client.post("/reconcile", json=batch),
        client.post(
            "/reconcile", data={"queries": json.dumps(batch)}, content_type="multipart/form-data"
        ),
    ]
    for answer in answers:
        assert answer.json == answers[0].json
        assert answer.headers["Cache-Control"] == "no-store", "it holds what somebody sent"
        assert "ETag" not in answer.headers
    assert answers[0].json and answers[0].json["q0"]["result"][0]["id"] == HAKODATE


def test_a_batch_of_10_is_understood_at_the_same_address(client: FlaskClient) -> None:
    batch = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "函館市"}]}]}
    answer = client.post("/reconcile", json=batch).json
    assert answer and answer["results"][0]["candidates"][0]["id"] == HAKODATE


def test_a_single_query_is_answered_as_in_version_01(client: FlaskClient) -> None:
    for query in ("泊村", json.dumps({"query": "泊村"})):
        found = client.get("/reconcile", query_string={"query": query}).json
        assert found and len(found["result"]) == 2
    given = {"query": "泊村", "type": "village", "limit": "1"}
    found = client.get("/reconcile", query_string=given).json
    assert found and [one["match"] for one in found["result"]] == [True]


def test_names_are_in_the_language_of_the_address(client: FlaskClient) -> None:
    batch = {"q0": {"query": "函館市"}}
    for path, name in (
        ("/reconcile", "函館市"),
        ("/reconcile/ja", "函館市"),
        ("/reconcile/en", "Hakodate"),
    ):
        answer = form(client, path, queries=batch).json
        assert answer and answer["q0"]["result"][0]["name"] == name


# -- version 1.0 -----------------------------------------------------------------------------------


@needs_specification
def test_the_draft_matches_extends_and_proposes(client: FlaskClient) -> None:
    batch = {
        "queries": [
            {"lang": "en", "conditions": [{"matchType": "name", "propertyValue": "函館市"}]}
        ]
    }
    found = draft(client, "match", batch)
    assert faults("1.0-draft", "reconciliation-result-batch", found.json) == []
    assert found.json and found.json["results"][0]["candidates"][0]["name"] == "Hakodate"
    wanted = {"ids": [HAKODATE], "properties": [{"id": "region"}, {"id": "prefLabel"}]}
    fetched = draft(client, "extend", wanted)
    assert faults("1.0-draft", "data-extension-response", fetched.json) == []
    assert fetched.headers["Cache-Control"] == "no-store"
    for root, version in (("v1", "1.0-draft"), ("ja", "0.2")):
        proposed = client.get(f"/reconcile/{root}/extend/propose?type=municipality&limit=3")
        assert faults(version, "data-extension-property-proposal", proposed.json) == []
        assert proposed.json and len(proposed.json["properties"]) == proposed.json["limit"] == 3


def test_each_address_speaks_one_version(client: FlaskClient) -> None:
    assert client.post("/reconcile/v1", data={"queries": "{}"}).status_code == 405
    assert client.get("/reconcile/v1/match").status_code == 405
    assert client.post("/reconcile/ja/match", json={"queries": []}).status_code == 404
    assert client.get("/reconcile/fr").status_code == 404
    old = draft(client, "match", {"q0": {"query": "函館市"}})
    assert old.status_code == 400


# -- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "status", "place"),
    [
        ({"queries": "{"}, 400, "queries"),
        ({"queries": "[]"}, 400, "queries"),
        ({"queries": {"q7": {"query": 5}}}, 400, "q7.query"),
        ({"extend": {"ids": []}}, 400, "extend"),
        ({"query": "{}"}, 400, "query"),
        ({"queries": {f"q{n}": {"query": "a"} for n in range(1001)}}, 413, "queries"),
    ],
)
def test_a_refusal_names_query_and_member_in_both_languages(
    client: FlaskClient, fields: dict[str, Any], status: int, place: str
) -> None:
    answer = form(client, **fields)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json is not None
    assert answer.json["where"] == place
    assert place in answer.json["detail"] and place in answer.json["detail_ja"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_one_thing_is_asked_at_a_time(client: FlaskClient) -> None:
    assert form(client, other={}).status_code == 400
    assert form(client, queries={}, extend={}).status_code == 400
    assert form(client, queries={}).json == {}


def test_other_kinds_of_bodies_are_refused(client: FlaskClient) -> None:
    for path in ("/reconcile", "/reconcile/v1/match", "/reconcile/v1/extend"):
        answer = client.post(path, data="<a/>", content_type="application/xml")
        assert answer.status_code == 415
        assert "application/json" in answer.headers["Accept-Post"]


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/v1/match"])
def test_a_hundred_thousand_queries_and_a_cell_of_10_mb_are_refused_at_once(
    client: FlaskClient, path: str
) -> None:
    many: dict[str, Any] = {"queries": [{}] * 100_000}
    cell = {
        "queries": [{"conditions": [{"matchType": "name", "propertyValue": "函" * 10_000_000}]}]
    }
    for content in (many, cell):
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        begun = time.monotonic()
        answer = client.post(path, data=body, content_type="application/json")
        assert answer.status_code == 413
        assert time.monotonic() - begun < 1
    if path == "/reconcile":
        begun = time.monotonic()
        assert (
            form(client, queries={f"q{n}": {"query": "a"} for n in range(100_000)}).status_code
            == 413
        )
        assert time.monotonic() - begun < 2


def test_what_is_nested_too_deeply_or_no_text_does_no_harm(client: FlaskClient) -> None:
    assert form(client, queries="[" * 100_000).status_code == 400
    answer = form(client, queries='{"q\\ud800": {"query": "\\udc00<script>"}}')
    assert answer.status_code == 200
    assert answer.json == {"q?": {"result": []}}


def test_a_client_that_asks_too_much_is_told_when_to_come_back(
    settings: Settings, release: Release
) -> None:
    assert release.id
    limited = create_app(Settings(releases=settings.releases, rate=2)).test_client()
    batch = {f"q{number}": {"query": "函館市"} for number in range(50)}
    assert [form(limited, queries=batch).status_code for _ in range(3)] == [200, 200, 429]
    refused = form(limited, queries=batch)
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.json and "秒後" in refused.json["detail_ja"]
    assert limited.get("/reconcile").status_code == 200


def test_small_batches_cost_little(settings: Settings, release: Release) -> None:
    assert release.id
    limited = create_app(Settings(releases=settings.releases, rate=2)).test_client()
    one = {"q0": {"query": "函館市"}}
    assert {form(limited, queries=one).status_code for _ in range(90)} == {200}


@pytest.mark.parametrize(
    "id_", ["", "none", "municipality/999999", "https://example.org/", "../doc"]
)
def test_an_id_of_nothing_leads_nowhere(client: FlaskClient, id_: str) -> None:
    assert client.get("/reconcile/view", query_string={"id": id_}).status_code == 404


# -- Completions, flyouts and previews for clients of reconciliation ------------------------------

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
    for prefix in (
        "はこだ",
        "函館",
        "hakoda",
        "01202",
        HAKODATE,
        "municipality/012025",
    ):
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
    assert len(ids(client, "type")) == 21
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
     ("type", "s5:AdministrativeUnit", "行政上の区域"), ("property", "district", "郡")],
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
