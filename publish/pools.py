"""The pool of SPARQL workers of the release that is served; a new release gets a new one."""

from __future__ import annotations

import logging
import threading
import time

from publish.release import STORE, Release, prefixes_of
from publish.settings import Settings
from publish.workers import Data, Limits, Pool

log = logging.getLogger(__name__)


def data_of(release: Release) -> Data:
    """Return what workers answer from: a release's store on disk, or its files."""
    store = release.path / STORE
    large = store.is_dir()
    return Data(
        base=release.iris.base,
        nquads=() if large else release.data_files(),
        store=store if large else None,
        prefixes=prefixes_of(release.shapes),
    )


def limits_of(settings: Settings) -> Limits:
    """Return what a query may cost by the settings."""
    return Limits(
        seconds=settings.query_seconds, memory_mib=settings.memory_mib, rows=settings.rows
    )


class Engines:
    """Hands out the pool of a release; closes the one before when its queries have ended."""

    def __init__(self, settings: Settings) -> None:
        self.limits = limits_of(settings)
        self._count = settings.workers
        self._pools: dict[str, Pool] = {}
        self._lock = threading.Lock()

    def pool(self, release: Release) -> Pool:
        """Return the pool of a release, started now if it is the first query to it.

        Raises ReleaseError or LodpubError if no worker can be started.
        """
        with self._lock:
            if release.id not in self._pools:
                self._pools[release.id] = Pool.start(data_of(release), self.limits, self._count)
                log.info("release %s: %d SPARQL workers", release.id, self._count)
                self._retire(release.id)
            return self._pools[release.id]

    def _retire(self, current: str) -> None:
        for old in [name for name in self._pools if name != current]:
            pool = self._pools.pop(old)
            threading.Thread(target=_close_later, args=(pool,), daemon=True).start()

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            pool.close()


def _close_later(pool: Pool) -> None:
    """Close a pool after the longest time that a query of its can still take."""
    time.sleep(pool.limits.seconds + pool.limits.patience)
    pool.close()
