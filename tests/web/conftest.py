"""Real servers of the real release, started when the first test needs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.release.release import Release
from publish.settings import Settings
from tests.served import Served, serving


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
