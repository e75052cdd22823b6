"""The doctor examines us as it would a stranger; its report is kept in `build/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.build import build
from publish.doctor.diagnose import CHECKS, diagnose
from publish.doctor.findings import Diagnosis
from publish.doctor.report import as_html, as_json
from publish.i18n import LANGUAGES
from publish.settings import Settings
from tests.support.projects import settings_for, write_project
from tests.support.real import ROOT
from tests.support.served import free_port, serving

#: What does not apply to us, and why.
_NOT_OURS = {
    "iri-encoding": "our keys are ASCII, Japanese stands in labels",
    "paging-ends": "nothing of what a harvester reads is divided into pages",
}


def _examined(settings: Settings, directory: Path, root: str = "/") -> Iterator[Diagnosis]:
    """Build a release for the address where it will be, serve it there, and examine it."""
    bind = settings.base.partition("//")[2].partition("/")[0]
    build(settings)
    with serving(settings.releases, directory / "log", root, bind=bind, query_seconds=20):
        yield diagnose(settings.base)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Diagnosis]:
    """The diagnosis of this repository's data."""
    directory = tmp_path_factory.mktemp("health")
    base = f"http://127.0.0.1:{free_port()}/"
    settings = Settings(project=ROOT, releases=directory / "releases", base=base)
    yield from _examined(settings, directory)


@pytest.fixture(scope="module")
def under_a_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Diagnosis]:
    """The diagnosis of the small project, which lies under a path."""
    directory = tmp_path_factory.mktemp("path")
    project = write_project(directory / "project")
    settings = settings_for(project, f"http://127.0.0.1:{free_port()}/lod/")
    yield from _examined(settings, directory, "/lod/")


def test_the_report_is_kept(ours: Diagnosis) -> None:
    kept = ROOT / "build"
    kept.mkdir(exist_ok=True)
    (kept / "doctor.json").write_text(as_json(ours), "utf-8")
    (kept / "doctor.html").write_text(as_html(ours, LANGUAGES), "utf-8")
    assert len(ours.findings) == len(CHECKS)


def test_nothing_is_wrong_with_us(ours: Diagnosis) -> None:
    bad = {f.check.id: f.result for f in ours.findings if f.outcome in ("failure", "warning")}
    assert bad == {}
    assert ours.exhausted is None


def test_all_checks_apply_to_us_but_those_we_can_argue_away(ours: Diagnosis) -> None:
    idle = {f.check.id for f in ours.findings if f.outcome == "not-applicable"}
    assert idle <= set(_NOT_OURS)


def test_a_site_under_a_path_is_healthy_too(under_a_path: Diagnosis) -> None:
    bad = {f.check.id: f.result for f in under_a_path.findings if f.outcome == "failure"}
    assert bad == {}
