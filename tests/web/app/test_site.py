from __future__ import annotations

import threading
from pathlib import Path

import pytest

from publish.build import build
from publish.release.release import current_id, make_current
from publish.web.app.site import Site, Sites
from publish.web.http.cache import Kept
from server import create_app
from tests.support.projects import append, edit, settings_for, write_project

PLANS = Path("data") / "editorial.plans.ttl"
NAME = "Introduction of snow robots"


def test_a_newly_built_release_is_picked_up(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    settings = settings_for(project)
    first = build(settings).manifest
    client = create_app(settings).test_client()
    before = client.get("/lod/doc/plan/snow-robots.ttl")
    assert NAME in before.text
    edit(project / PLANS, NAME, "Robots against snow")
    second = build(settings).manifest
    tag = before.headers["ETag"]
    after = client.get("/lod/doc/plan/snow-robots.ttl", headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert "Robots against snow" in after.text
    make_current(settings.releases, first.release)
    back = client.get("/lod/doc/plan/snow-robots.ttl", headers={"If-None-Match": tag})
    assert back.status_code == 304
    old = client.get(f"/lod/dump/{second.release}/all.ttl", buffered=True)
    assert "Robots against snow" in old.text


def test_a_request_in_flight_keeps_its_release(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    settings = settings_for(project)
    build(settings)
    sites = Sites(settings.releases, 1 << 20)
    old = sites.current()
    edit(project / PLANS, NAME, "Robots against snow")
    build(settings)
    new = sites.current()
    iri = old.iris.thing("plan", "snow-robots")
    assert new.release.id != old.release.id
    names = [site.labels.name(iri, "en") for site in (old, new)]
    assert [name.text for name in names if name] == [NAME, "Robots against snow"]


def test_a_release_that_cannot_be_opened_does_not_stop_the_old_one(tmp_path: Path) -> None:
    settings = settings_for(write_project(tmp_path / "project"))
    build(settings)
    sites = Sites(settings.releases, 1 << 20)
    site = sites.current()
    broken = settings.releases / "0123456789ab"
    broken.mkdir()
    link = settings.releases / "current"
    link.unlink()
    link.symlink_to(broken.name)
    assert current_id(settings.releases) == broken.name
    assert sites.current() is site
    assert sites.current() is site


def test_many_requests_at_once_open_a_release_once(
    kasumi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites, opened = Sites(kasumi / "releases", 1 << 20), list[Site]()
    really = sites._open

    def counted() -> Site:
        opened.append(really())
        return opened[-1]

    monkeypatch.setattr(sites, "_open", counted)
    threads = [threading.Thread(target=sites.current) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1


def test_answers_are_kept_up_to_a_number_of_bytes() -> None:
    kept, made = Kept[bytes](80), list[str]()

    def make(name: str) -> bytes:
        made.append(name)
        return b"0123456789"

    for name in ("a", "b", "a", *"cdefghi", "a", "b"):
        assert kept.get(name, lambda name=name: make(name)) == b"0123456789"  # type: ignore[misc]
    # "b" was used least recently when room was needed for "i"
    assert made == ["a", "b", *"cdefghi", "b"]


def test_an_answer_that_is_too_large_is_not_kept() -> None:
    kept = Kept[bytes](80)
    assert kept.get("large", lambda: b"x" * 11) == b"x" * 11
    assert kept.get("large", lambda: b"again") == b"again"
    assert Kept[bytes](0).get("any", lambda: b"x") == b"x"


HOSTILE = """
plan:snow-robots skos:altLabel "</script><script>alert(1)</script>"@ja , "<img src=x onerror=alert(1)>"@en ;
    dcterms:relation <javascript:alert(1)> , <data:text/html,x> , <urn:x:y> ,
        <https://example.org/a'b?c=d&e=f> , <HTTPS://example.org/upper> .
"""


def test_what_the_data_say_never_becomes_markup(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    append(project / PLANS, HOSTILE)
    settings = settings_for(project)
    build(settings)
    client = create_app(settings).test_client()
    html = client.get("/lod/doc/plan/snow-robots.ja.html").text
    assert "<script>alert" not in html
    assert "<img" not in html
    # the two scripts of every page, and the embedded JSON-LD
    assert html.count("<script") == html.count("</script>") == 3
    assert (
        'href="javascript:' not in html and 'href="data:' not in html and 'href="urn:' not in html
    )
    assert "javascript:alert(1)" in html
    assert 'href="https://example.org/a&#39;b?c=d&amp;e=f"' in html
    assert 'href="HTTPS://example.org/upper"' in html
