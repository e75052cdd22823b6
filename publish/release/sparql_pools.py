"""The pool of SPARQL workers of the release that is served; a new release gets a new one."""

from __future__ import annotations

import logging
import threading
import time

from publish.project.dataset import CATALOG
from publish.release.release import STORE, Release
from publish.settings import Settings
from publish.shacl.shapes import prefixes_of
from publish.sparql.pool import Data, Limits, Pool

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
        # so that what is counted is what VoID and the dumps say
        apart=(release.iris.graph(CATALOG),),
    )


def limits_of(settings: Settings) -> Limits:
    """Return what a query may cost by the settings."""
    return Limits(
        seconds=settings.query_seconds, memory_mib=settings.memory_mib, rows=settings.rows
    )


class Pools:
    """Hands out the pool of a release; an older one stays until its queries have ended."""

    def __init__(self, settings: Settings) -> None:
        self.limits = limits_of(settings)
        self._count = settings.workers
        self._pools: dict[str, Pool] = {}
        self._current = ""
        self._lock = threading.Lock()

    @property
    def most(self) -> int:
        """Return how many queries can be in hand at once: evaluated, or waiting for a worker."""
        return self._count + self.limits.queue

    def pool(self, release: Release) -> Pool:
        """Return the pool of a release, started now if it is the first query to it.

        Raises ReleaseError or LodpubError if no worker can be started.
        """
        with self._lock:
            if release.id not in self._pools:
                self._pools[release.id] = Pool.start(data_of(release), self.limits, self._count)
                log.info("release %s: %d SPARQL workers", release.id, self._count)
            return self._pools[release.id]

    def succeed(self, release: Release) -> None:
        """Make the pool of a release that is about to be served, if queries are asked at all.

        So no query waits for it, and a release whose data no worker can read is not served.
        The pools of other releases are closed when their queries have ended. Raises as `pool`.
        """
        if self._pools:
            self.pool(release)
        self._current = release.id
        for old in list(self._pools):
            if old != release.id:
                threading.Thread(target=self._retire, args=(old,), daemon=True).start()

    def _retire(self, old: str) -> None:
        """Close a pool after the longest time that a query to it can still take.

        Unless its release has become the current one again.
        """
        time.sleep(self.limits.seconds + self.limits.patience)
        with self._lock:
            pool = self._pools.pop(old, None) if old != self._current else None
        if pool is not None:
            pool.close()

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            pool.close()
