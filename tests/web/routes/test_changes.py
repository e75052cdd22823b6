"""What changed from release to release, over HTTP: pages, JSON, feed, and 410."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient

from publish.release.release import CONTENT_QUADS
from publish.settings import Settings
from server import create_app
from tests.support.projects import IRIS
from tests.support.served import Reply, Served, serving
from tests.support.succession import Succession, stamped
from tests.web.conftest import Page, link_header

A = "{http://www.w3.org/2005/Atom}"
PERSON = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def served(succession: Succession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of three releases, over real HTTP."""
    directory = tmp_path_factory.mktemp("changes")
    copied = succession.copied(directory / "project")
    with serving(copied.releases, directory / "log", root="/lod/", workers=1) as found:
        yield found


@pytest.fixture
def copied(succession: Succession, tmp_path: Path) -> Succession:
    return succession.copied(tmp_path / "project")


def client_of(succession: Succession) -> FlaskClient:
    return create_app(Settings(releases=succession.releases)).test_client()


def get(served: Served, path: str, method: str = "GET", **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return served.request(method, headers=named, path=path)


def pair(succession: Succession, old: int = 0, new: int = 1) -> str:
    return f"changes/{succession.ids[old]}..{succession.ids[new]}"


# -- The line ----------------------------------------------------------------------------------


def test_the_line_is_shown_newest_first_with_what_changed(
    served: Served, succession: Succession
) -> None:
    first, second, third = succession.ids
    answer = get(served, "changes.ja.html")
    assert answer.status == 200
    page = Page(answer.text)
    assert page.language == "ja"
    places = [page.text.index(id_) for id_ in (third, second, first)]
    assert places == sorted(places)
    assert f"{third} （現在）" in page.text
    assert "追加 1件、変更 1件、文 +6 -1。" in page.text
    assert "取り下げ 1件、文 +0 -5。" in page.text
    assert "最初のリリースです。" in page.text
    assert f"/lod/{pair(succession, 1, 2)}.ja.html" in page.links
    assert f"/lod/{pair(succession, 0, 1)}.ja.html" in page.links
    assert f"/lod/release/{first}.ja.html" in page.links


def test_the_line_is_shown_in_english(served: Served) -> None:
    page = Page(get(served, "changes.en.html").text)
    assert page.language == "en"
    assert "1 added, 1 changed, triples +6 -1." in page.text
    assert "merged into “remote care”" in page.text


def test_what_was_withdrawn_is_listed_with_date_reason_and_successor(served: Served) -> None:
    page = Page(get(served, "changes.ja.html").text)
    assert page.text.index("id/plan/night-bus") < page.text.index("id/plan/old-care")
    assert {"datetime": "2031-06-01"} in page.all("time")
    assert "「遠隔見守り」に統合" in page.text
    assert "/lod/doc/plan/remote-care.ja.html" in page.links


def test_the_line_as_json(served: Served, succession: Succession) -> None:
    content = get(served, "changes.json").json
    assert content["current"] == succession.ids[2]
    assert tuple(one["release"] for one in reversed(content["releases"])) == succession.ids
    newest, second, first = content["releases"]
    assert newest["counts"] == {"added": 0, "changed": 0, "withdrawn": 1, "vanished": 0}
    assert second["types"]["plan"]["added"] == 1
    assert (second["previous"], first["previous"]) == (first["release"], None)
    assert second["changes"] == IRIS.of(pair(succession))
    assert [one["iri"] for one in content["withdrawn"]] == [
        IRIS.thing("plan", "night-bus"),
        IRIS.thing("plan", "old-care"),
    ]
    assert content["withdrawn"][0]["successor"] == IRIS.thing("plan", "remote-care")


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("*/*", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("application/atom+xml", "application/atom+xml; charset=utf-8"),
        ("application/atom+xml, text/html;q=0.5", "application/atom+xml; charset=utf-8"),
    ],
)
def test_the_line_is_negotiated(served: Served, accept: str, type_: str) -> None:
    answer = get(served, "changes", Accept=accept)
    assert (answer.status, answer.type) == (200, type_)
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert len(link_header(answer.headers.get_all("Link") or [], "alternate")) == 3


def test_what_it_cannot_be_had_as_is_said(served: Served) -> None:
    assert get(served, "changes", Accept="text/turtle").status == 406
    assert get(served, "changes.ttl").status == 404


@pytest.mark.parametrize("path", ["changes", "changes.json", "changes.atom", "changes.en.html"])
def test_head_and_conditional_requests_are_as_everywhere(served: Served, path: str) -> None:
    whole = get(served, path)
    head = get(served, path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
    again = get(served, path, If_None_Match=whole.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == whole.headers["ETag"]
    # the day of the data does not tell when an older release was added or removed
    assert whole.headers["Last-Modified"] is None
    since = "Fri, 01 Jan 2100 00:00:00 GMT"
    assert get(served, path, If_Modified_Since=since).status == 200


def test_the_entity_tag_depends_on_the_set_of_releases(copied: Succession) -> None:
    client = client_of(copied)
    before = client.get("/lod/changes.json")
    assert client.get("/lod/changes.json").headers["ETag"] == before.headers["ETag"]
    shutil.rmtree(copied.releases / copied.ids[0])
    after = client.get("/lod/changes.json", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert [one["release"] for one in after.get_json()["releases"]] == [
        copied.ids[2],
        copied.ids[1],
    ]


def test_a_new_release_is_at_the_head_of_the_line(copied: Succession) -> None:
    client = client_of(copied)
    client.get("/lod/changes.json")
    project = copied.settings.project
    with (project / "data" / "withdrawn.csv").open("a", encoding="utf-8") as table:
        table.write("town,992099,2031-07-01,誤って登録,entered by mistake,\n")
    newest = stamped(project, "2031-07-01", "1.3.0")
    releases = client.get("/lod/changes.json").get_json()["releases"]
    assert releases[0]["release"] == newest
    assert releases[0]["counts"]["withdrawn"] == 1


def test_releases_of_another_base_are_not_in_the_line(copied: Succession) -> None:
    other = Path(shutil.copytree(copied.releases / copied.ids[0], copied.releases / ("0" * 12)))
    manifest = other / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    content |= {"base": "http://127.0.0.1:8000/", "release": "0" * 12}
    manifest.write_text(json.dumps(content), "utf-8")
    client = client_of(copied)
    assert len(client.get("/lod/changes.json").get_json()["releases"]) == 3
    assert client.get(f"/lod/changes/{'0' * 12}..{copied.ids[2]}").status_code == 404


# -- A comparison ------------------------------------------------------------------------------


def test_a_comparison_shows_each_statement(served: Served, succession: Succession) -> None:
    page = Page(get(served, f"{pair(succession)}.ja.html").text)
    assert "1.0.0から1.1.0への変更" in page.text
    assert "除雪ロボットの導入" in page.text
    assert "除雪ロボットの活用" in page.text
    # both languages of a text count, whatever the language of the page
    assert "夜間バス" in page.text
    assert "Night bus" in page.text
    assert len(page.all("del")) == 1
    assert len(page.all("ins")) == 6
    assert "/lod/doc/plan/night-bus.ja.html" in page.links
    assert f"/lod/{pair(succession)}/added.nq" in page.links
    assert {row.get("scope") for row in page.all("th")} == {"col", "row"}


def test_a_comparison_shows_why_something_was_withdrawn(
    served: Served, succession: Succession
) -> None:
    page = Page(get(served, f"{pair(succession, 1, 2)}.en.html").text)
    assert "Changes from 1.1.0 to 1.2.0" in page.text
    assert "merged into “remote care”" in page.text
    assert "/lod/doc/plan/remote-care.en.html" in page.links


def test_a_comparison_warns_of_what_vanished(served: Served, succession: Succession) -> None:
    page = Page(get(served, f"{pair(succession, 1, 0)}.ja.html").text)
    assert "取り下げの記録なしに消えたものが1件あります。" in page.text
    assert "/lod/doc/plan/night-bus.ja.html" not in page.links


def test_a_comparison_of_any_two_releases_exists(served: Served, succession: Succession) -> None:
    content = get(served, f"{pair(succession, 0, 2)}.json").json
    assert [(one["fate"], one["iri"]) for one in content["things"]] == [
        ("withdrawn", IRIS.thing("plan", "night-bus")),
        ("changed", IRIS.thing("plan", "snow-robots")),
    ]


def test_the_statements_can_be_had_as_n_quads(served: Served, succession: Succession) -> None:
    path = pair(succession)
    added, removed = (get(served, f"{path}/{which}.nq") for which in ("added", "removed"))
    assert added.type == removed.type == "application/n-quads"
    assert (len(added.text.splitlines()), len(removed.text.splitlines())) == (6, 1)
    assert get(served, f"{path}/added", Accept="application/n-quads").text == added.text


def test_a_comparison_is_negotiated(served: Served, succession: Succession) -> None:
    answer = get(served, pair(succession), Accept="application/json")
    assert answer.type == "application/json"
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    assert answer.headers["Content-Location"] == f"/lod/{pair(succession)}.json"
    assert get(served, pair(succession), "HEAD").headers["ETag"]
    etag = answer.headers["ETag"]
    again = get(served, pair(succession), Accept="application/json", If_None_Match=etag)
    assert again.status == 304


@pytest.mark.parametrize(
    "path",
    [
        "changes/000000000000..{new}",
        "changes/{old}..000000000000",
        "changes/{old}..{old}",
        "changes/{old}.{new}",
        "changes/{old}...{new}",
        "changes/{old}",
        "changes/..",
        "changes/{old}..{new}.ttl",
        "changes/{old}..{new}/changed.nq",
        "changes/{old}..{new}/added.ttl",
        "changes/{old}..{new}.json/added.nq",
        "changes/{old}..{new}/../added.nq",
        "changes/",
    ],
)
def test_what_is_no_comparison_is_not_found(
    served: Served, succession: Succession, path: str
) -> None:
    old, new, _ = succession.ids
    answer = get(served, path.format(old=old, new=new))
    assert answer.status == 404
    assert answer.headers["Vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_are_html_without_an_error(
    served: Served, succession: Succession, language: str
) -> None:
    paths = ["changes", pair(succession), pair(succession, 1, 2), pair(succession, 1, 0)]
    for path in (*paths, f"release/{succession.ids[1]}"):
        answer = get(served, f"{path}.{language}.html")
        assert answer.status == 200
        html5lib.HTMLParser(strict=True).parse(answer.body, transport_encoding="utf-8")


# -- The page of a release ---------------------------------------------------------------------


def test_the_page_of_a_release_says_what_changed(served: Served, succession: Succession) -> None:
    first, second, _ = succession.ids
    page = Page(get(served, f"release/{second}.ja.html").text)
    assert "追加 1件、変更 1件、文 +6 -1。" in page.text
    assert f"/lod/{pair(succession)}.ja.html" in page.links
    assert f"/lod/release/{first}.ja.html" in page.links
    assert "/lod/changes.ja.html" in page.links
    assert "最初のリリースです。" in Page(get(served, f"release/{first}.ja.html").text).text


# -- The feed ----------------------------------------------------------------------------------


def test_the_feed_has_each_release_with_its_day(served: Served, succession: Succession) -> None:
    answer = get(served, "changes.atom")
    assert answer.type == "application/atom+xml; charset=utf-8"
    feed = fromstring(answer.body)
    entries = feed.findall(f"{A}entry")
    assert [one.findtext(f"{A}id") for one in reversed(entries)] == [
        IRIS.of(f"release/{id_}") for id_ in succession.ids
    ]
    assert [one.findtext(f"{A}updated") for one in entries] == [
        "2031-06-01T00:00:00Z",
        "2031-05-01T00:00:00Z",
        "2031-04-01T00:00:00Z",
    ]
    assert feed.findtext(f"{A}updated") == "2031-06-01T00:00:00Z"
    assert feed.findtext(f"{A}author/{A}name") == "霞県データ係 / Kasumi data desk"
    assert "追加 1件、変更 1件" in answer.text


def test_what_the_feed_leads_to_exists(served: Served) -> None:
    feed = fromstring(get(served, "changes.atom").body)
    addresses = {link.get("href", "") for link in feed.iter(f"{A}link")}
    ours = sorted(one.removeprefix(IRIS.base) for one in addresses if one.startswith(IRIS.base))
    assert any(one.startswith("dump/") for one in ours)
    assert any(one.endswith(".json") for one in ours)
    for path in ours:
        assert get(served, path, "HEAD").status == 200, path


def test_enclosures_have_the_length_and_type_that_are_told(served: Served) -> None:
    feed = fromstring(get(served, "changes.atom").body)
    enclosures = [one for one in feed.iter(f"{A}link") if one.get("rel") == "enclosure"]
    assert len(enclosures) >= 3
    for link in enclosures:
        head = get(served, link.get("href", "").removeprefix(IRIS.base), "HEAD")
        assert head.headers["Content-Length"] == link.get("length")
        assert head.type.partition(";")[0] == link.get("type")


def test_every_page_leads_to_the_feed(served: Served) -> None:
    for path in ("index.ja.html", "doc/plan/remote-care.en.html", "changes.en.html"):
        found = Page(get(served, path).text).all("link", type="application/atom+xml")
        (link,) = [one for one in found if "title" in one]
        assert link["href"] == "/lod/changes.atom"
        assert link["rel"] == "alternate"


# -- Damage ------------------------------------------------------------------------------------


def test_a_release_whose_manifest_is_damaged_is_left_out(
    copied: Succession, caplog: pytest.LogCaptureFixture
) -> None:
    (copied.releases / copied.ids[1] / "manifest.json").write_text("{", "utf-8")
    client = client_of(copied)
    answer = client.get("/lod/changes.json")
    assert answer.status_code == 200
    newest, first = answer.get_json()["releases"]
    assert newest["previous"] == first["release"] == copied.ids[0]
    assert client.get("/lod/changes", headers=PERSON).status_code == 200
    assert client.get(f"/lod/release/{copied.ids[2]}", headers=PERSON).status_code == 200
    assert client.get("/lod/changes.atom").text.count("<entry>") == 2
    assert f"release {copied.ids[1]} cannot be read" in caplog.text


@pytest.mark.parametrize("content", [None, b"", b"<broken"])
def test_a_release_whose_content_is_damaged_is_shown_as_not_comparable(
    copied: Succession, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(copied.releases / "changes", ignore_errors=True)
    path = copied.releases / copied.ids[0] / CONTENT_QUADS
    path.unlink() if content is None else path.write_bytes(content)
    client = client_of(copied)
    page = Page(client.get("/lod/changes.ja.html").text)
    assert f"リリース {copied.ids[0]} は比較できません" in page.text
    assert "取り下げ 1件、文 +0 -5。" in page.text
    second = client.get("/lod/changes.json").get_json()["releases"][1]
    assert second["changes"] is None
    assert "cannot be compared" in second["problem"]["en"]
    assert client.get(f"/lod/{pair(copied)}").status_code == 503
    assert client.get(f"/lod/release/{copied.ids[1]}.en.html").status_code == 200
    assert "cannot be compared" in caplog.text


def test_a_damaged_comparison_is_made_again(copied: Succession) -> None:
    client = client_of(copied)
    once = client.get(f"/lod/{pair(copied)}.json").data
    (copied.releases / pair(copied) / "changes.json").write_text("{", "utf-8")
    assert client_of(copied).get(f"/lod/{pair(copied)}.json").data == once
    assert (copied.releases / pair(copied) / "changes.json").read_bytes() == once


def test_where_nothing_can_be_written_the_pages_are_the_same(copied: Succession) -> None:
    once = client_of(copied).get(f"/lod/{pair(copied)}.json").data
    shutil.rmtree(copied.releases / "changes")
    (copied.releases / "changes").write_text("in the way", "utf-8")
    client = client_of(copied)
    assert client.get(f"/lod/{pair(copied)}.json").data == once
    assert client.get("/lod/changes").status_code == 200


def test_a_data_set_without_any_date_has_no_feed(tmp_path: Path, succession: Succession) -> None:
    copied = succession.copied(tmp_path / "undated")
    catalog = copied.releases / copied.ids[2] / "catalog.nq"
    lines = catalog.read_text("utf-8").splitlines(True)
    dates = ("dc/terms/modified>", "dc/terms/issued>")
    catalog.write_text("".join(one for one in lines if not any(d in one for d in dates)), "utf-8")
    client = client_of(copied)
    assert client.get("/lod/changes.atom").status_code == 404
    page = client.get("/lod/changes.ja.html")
    assert page.status_code == 200
    assert "atom" not in page.text
    assert client.get("/lod/changes.json").status_code == 200


# -- 410 ---------------------------------------------------------------------------------------

SUFFIXES = ["", ".ttl", ".nt", ".jsonld", ".rdf", ".trig", ".nq", ".html", ".ja.html", ".en.html"]


@pytest.mark.parametrize("path", ["id/plan/night-bus", *(f"doc/plan/night-bus{s}" for s in SUFFIXES)])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_withdrawn_thing_is_gone_in_every_form(served: Served, path: str, method: str) -> None:
    answer = get(served, path, method)
    assert answer.status == 410
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in answer.headers["Access-Control-Expose-Headers"]
    links = answer.headers.get_all("Link") or []
    assert link_header(links, "successor-version") == [IRIS.thing("plan", "remote-care")]
    assert (method == "HEAD") == (answer.body == b"")


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_a_client_of_rdf_is_told_the_successor_in_json(served: Served, accept: str) -> None:
    answer = get(served, "doc/plan/night-bus", Accept=accept)
    assert (answer.status, answer.type) == (410, "application/problem+json")
    assert answer.json["date"] == "2031-06-01"
    assert answer.json["reason_ja"] == "「遠隔見守り」に統合"
    assert answer.json["successor"] == IRIS.thing("plan", "remote-care")


def test_a_reader_is_led_to_the_successor_and_to_the_list(served: Served) -> None:
    answer = get(served, "id/plan/night-bus", Accept="text/html", Accept_Language="ja")
    page = Page(answer.text)
    assert (answer.status, page.language) == (410, "ja")
    assert "2031-06-01に公開を終えました。理由：「遠隔見守り」に統合" in page.text
    assert "後を継ぐもの：「遠隔見守り」の推進" in page.text
    assert "/lod/id/plan/remote-care" in page.links
    assert "/lod/changes#withdrawn" in page.links
    assert get(served, "id/plan/remote-care").status == 303


def test_a_thing_that_never_was_is_not_gone(served: Served) -> None:
    assert get(served, "id/plan/never-was").status == 404
