"""publish.release.sparql_pools: the release that is served has workers, and a new one gets its own in time."""

from __future__ import annotations

import dataclasses
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.build import build
from publish.errors import LodpubError, ReleaseError
from publish.release.release import STORE, Release, current
from publish.release.sparql_pools import Pools, data_of, limits_of
from publish.settings import Settings
from publish.sparql.failures import QueryFailed
from publish.sparql.pool import Job, Pool
from tests.support.projects import settings_for, write_project
from tests.support.served import eventually

COUNT = Job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "csv")


def answer(pool: Pool, job: Job = COUNT) -> str:
    with pool.evaluate(job) as found:
        return found.body.decode()


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, Release]:
    """Two releases of the small project, which differ by their base."""
    project = write_project(tmp_path_factory.mktemp("pools") / "project")
    found = []
    for base in ("https://one.example.jp/", "https://two.example.jp/"):
        settings = settings_for(project, base)
        build(settings)
        found.append(current(settings.releases))
    return found[0], found[1]


@pytest.fixture
def pools() -> Iterator[Pools]:
    found = Pools(Settings(workers=1, query_seconds=1))
    found.limits = dataclasses.replace(found.limits, patience=0.2)
    yield found
    found.close()


def test_limits_are_those_of_the_settings() -> None:
    limits = limits_of(Settings(query_seconds=7, memory_mib=300, rows=99))
    assert (limits.seconds, limits.memory_mib, limits.rows) == (7, 300, 99)


def test_small_data_is_held_in_memory_and_large_data_on_disk(
    releases: tuple[Release, Release], tmp_path: Path
) -> None:
    small = data_of(releases[0])
    assert small.store is None and small.nquads
    assert small.base == "https://one.example.jp/" and "kv" in small.prefixes
    copy = tmp_path / releases[0].id
    shutil.copytree(releases[0].path, copy)
    (copy / STORE).mkdir(exist_ok=True)
    large = data_of(dataclasses.replace(releases[0], path=copy))
    assert (large.store, large.nquads) == (copy / STORE, ())


def test_as_many_queries_can_be_in_hand_as_there_are_workers_and_places(pools: Pools) -> None:
    assert pools.most == 1 + pools.limits.queue


def test_a_release_has_one_pool(pools: Pools, releases: tuple[Release, Release]) -> None:
    assert pools.pool(releases[0]) is pools.pool(releases[0])
    counted = int(answer(pools.pool(releases[0])).split()[1])
    assert counted == releases[0].manifest.triples


def test_answers_come_from_the_release_that_is_asked(
    pools: Pools, releases: tuple[Release, Release]
) -> None:
    for release in releases:
        query = f"ASK {{ ?s a ?type FILTER(STRSTARTS(STR(?s), '{release.iris.base}')) }}"
        assert answer(pools.pool(release), Job(query, "csv")) == "true"


def test_a_new_release_has_its_workers_before_it_is_served(
    pools: Pools, releases: tuple[Release, Release]
) -> None:
    old = pools.pool(releases[0])
    pools.succeed(releases[1])
    begun = time.monotonic()
    new = pools.pool(releases[1])
    assert new is not old and time.monotonic() - begun < 0.2
    assert answer(new)


def test_queries_to_the_old_release_are_finished_before_its_workers_end(
    pools: Pools, releases: tuple[Release, Release]
) -> None:
    old = pools.pool(releases[0])
    pools.succeed(releases[1])
    assert answer(pools.pool(releases[0]))

    def is_closed() -> bool:
        try:
            answer(old)
        except QueryFailed as error:
            return error.fate == "busy"
        return False

    assert eventually(is_closed)
    assert answer(pools.pool(releases[1]))


def test_no_pool_is_made_for_a_release_while_nobody_asks(
    pools: Pools, releases: tuple[Release, Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pool, "start", lambda *_: pytest.fail("a pool was started"))
    pools.succeed(releases[0])


def test_a_release_that_no_worker_can_read_does_not_replace_one_that_is_served(
    pools: Pools, releases: tuple[Release, Release], tmp_path: Path
) -> None:
    served = pools.pool(releases[0])
    broken = tmp_path / "broken"
    shutil.copytree(releases[1].path, broken)
    for file in data_of(dataclasses.replace(releases[1], path=broken)).nquads:
        os.chmod(file, 0o644)
        file.write_bytes(b"this is no data\n")
    with pytest.raises((ReleaseError, LodpubError)):
        pools.succeed(dataclasses.replace(releases[1], path=broken))
    assert answer(served) and pools.pool(releases[0]) is served


def test_after_closing_no_worker_is_left(pools: Pools, releases: tuple[Release, Release]) -> None:
    pool = pools.pool(releases[0])
    pools.close()
    with pytest.raises(QueryFailed):
        answer(pool)
