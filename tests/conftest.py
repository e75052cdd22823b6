"""The release of this repository's data, built once, and the application that serves it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from publish.build import build
from publish.release.release import Release, current, current_id
from publish.settings import Settings
from server import create_app
from tests.support.alone import alone_in
from tests.support.browser import Browser, browsing, missing
from tests.support.projects import build_project, build_unsayable
from tests.support.published import real_release
from tests.support.real import ROOT
from tests.support.served import Served, serving
from tests.support.succession import Succession, build_succession


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that the processes of one run share: what is built there is built once."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture(scope="session")
def settings(together: Path) -> Settings:
    """Settings under which this repository's data are published, as a preview."""
    return Settings(project=ROOT, releases=together / "real", base="http://127.0.0.1:8000/")


@pytest.fixture(scope="session")
def release(together: Path, settings: Settings) -> Release:
    """The release of this repository's data; tests do not change it."""
    with alone_in(together):
        if current_id(settings.releases) is None:
            build(settings)
    return current(settings.releases)


@pytest.fixture(scope="session")
def public_release(together: Path) -> Release:
    """The release of this repository's data under a public base; tests do not change it."""
    with alone_in(together):
        if current_id(together / "public") is None:
            return real_release(together / "public")
    return current(together / "public")


@pytest.fixture(scope="session")
def app(settings: Settings, release: Release) -> Flask:
    """The application that serves the release."""
    assert release.id
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def kasumi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the small project of tests/support/projects.py with a release of it."""
    directory = tmp_path_factory.mktemp("kasumi") / "project"
    build_project(directory)
    return directory


@pytest.fixture(scope="session")
def unsayable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with properties that RDF/XML cannot name, and a release of it."""
    directory = tmp_path_factory.mktemp("unsayable") / "project"
    build_unsayable(directory)
    return directory


@pytest.fixture(scope="session")
def small_app(kasumi: Path) -> Flask:
    """The application that serves the small project."""
    return create_app(Settings(releases=kasumi / "releases"))


@pytest.fixture
def small(small_app: Flask) -> FlaskClient:
    """A client of the small project, whose base is https://data.example.jp/lod/."""
    return small_app.test_client()


@pytest.fixture(scope="session")
def succession(tmp_path_factory: pytest.TempPathFactory) -> Succession:
    """Three releases of the small project; a test that changes one works on a copy."""
    return build_succession(tmp_path_factory.mktemp("succession") / "project")


# -- Real servers, started when the first test needs them -----------------------------------------


@pytest.fixture(scope="session")
def served(
    settings: Settings, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server with generous limits, so that nothing but what a test means is refused."""
    assert release.id
    log = tmp_path_factory.mktemp("served") / "log"
    with serving(settings.releases, log, query_seconds=20) as found:
        yield found


@pytest.fixture(scope="session")
def strict(
    settings: Settings, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server with tight limits: 2 seconds, 20,000 rows, 400 MiB, 300 queries a minute."""
    assert release.id
    log = tmp_path_factory.mktemp("strict") / "log"
    with serving(
        settings.releases, log, query_seconds=2, rows=20_000, memory_mib=400, rate=300
    ) as found:
        yield found


@pytest.fixture(scope="session")
def kasumi_served(kasumi: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the small project, whose base is https://data.example.jp/lod/."""
    log = tmp_path_factory.mktemp("kasumi-served") / "log"
    with serving(kasumi / "releases", log, root="/lod/", workers=1) as found:
        yield found


@pytest.fixture(scope="module")
def browser(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, at the pages of `served`."""
    if missing():
        pytest.skip(missing())
    with browsing(served.host, tmp_path_factory.mktemp("chromium")) as found:
        yield found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium: `-m "not browser"` is the inner loop."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
