"""The site of the current release, and the picking up of newly built ones."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from publish.errors import LodpubError
from publish.release import release as releases_
from publish.release.release import Release
from publish.web.app.site import Site
from publish.web.http.cache import Kept

log = logging.getLogger(__name__)


class Sites:
    """Hands out the site of the current release; opens a newly built one when it appears.

    `most` bounds the bytes of answers that a site keeps. `succeed` is told of it first, and may
    raise LodpubError to keep the old one.
    A request keeps the site that it was given: nothing is closed under it.
    """

    def __init__(
        self,
        releases: Path,
        most: int,
        succeed: Callable[[Release], object] = lambda _: None,
    ) -> None:
        self.releases = releases
        self._succeed = succeed
        self._most = most
        self._site: Site | None = None
        self._refused: str | None = None
        self._lock = threading.Lock()

    def current(self) -> Site:
        """Return the site of the current release; raises ReleaseError if there is none."""
        site, wanted = self._site, releases_.current_id(self.releases)
        if site and wanted in (site.release.id, self._refused):
            return site
        if site and wanted:
            return self._renewed(site, wanted)
        with self._lock:
            self._site = self._site if wanted and self._site else self._open()
            return self._site

    def _renewed(self, site: Site, wanted: str) -> Site:
        """Return the new site; while another thread is opening it, the old one."""
        if not self._lock.acquire(blocking=False):
            return site
        try:
            renewed = self._open()
            self._succeed(renewed.release)
            self._site = site = renewed
        except (LodpubError, OSError, ValueError):
            log.exception("release %s cannot be opened; %s stays", wanted, site.release.id)
            self._refused = wanted
        finally:
            self._lock.release()
        return site

    def _open(self) -> Site:
        site = Site(releases_.current(self.releases), Kept(self._most))
        site.open_all()
        log.info("release %s opened (%s)", site.release.id, site.iris.base)
        return site
