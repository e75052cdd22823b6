"""The paths under the base, and the release that serves a request.

The base may carry a path (`https://example.jp/lod/society5/`). Routes are written without it;
this WSGI layer takes it off before Flask sees the request, and chooses the current release once
per request, so that a request is served by one release from beginning to end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import abort, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Request

from publish.errors import ReleaseError
from publish.i18n import Text
from publish.settings import Settings
from publish.web.app.site import Site, Sites

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SITE = "lodpub.site"
_OUTSIDE = "lodpub.outside"
#: Answered at the origin's root too, whatever the path of the base (RFC 9309, RFC 8615).
_AT_ORIGIN = ("/robots.txt", "/.well-known/void")


class BasePath:
    """Serves an application under the path of the base of the current release."""

    def __init__(self, application: WSGIApplication, sites: Sites, settings: Settings) -> None:
        self.application = application
        self.sites = sites
        self.settings = settings
        self.proxies = {part.strip() for part in settings.proxies.split(",") if part.strip()}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, with the base's path moved from PATH_INFO to SCRIPT_NAME."""
        site = self._site()
        root = site.iris.root if site else self.settings.iris.root
        path = self._path(environ)
        if f"{path}/" == root:
            return redirect(root, 308)(environ, start_response)
        inside = path.startswith(root)
        environ[_SITE] = site
        environ[_OUTSIDE] = not inside and path not in _AT_ORIGIN
        environ["SCRIPT_NAME"] = root[:-1]
        environ["PATH_INFO"] = path[len(root) - 1 :] if inside else path
        return self.application(environ, start_response)

    def _site(self) -> Site | None:
        try:
            return self.sites.current()
        except ReleaseError:
            return None

    def _path(self, environ: WSGIEnvironment) -> str:
        """Return the path that the client asked for.

        A trusted proxy that takes a prefix off says so in X-Forwarded-Prefix.
        """
        path = str(environ.get("SCRIPT_NAME", "")) + str(environ.get("PATH_INFO", ""))
        if environ.get("REMOTE_ADDR") not in self.proxies:
            return path
        return Request(environ).headers.get("X-Forwarded-Prefix", "").rstrip("/") + path


def check_inside() -> None:
    """Answer 404 to a request for a path outside the base."""
    if request.environ.get(_OUTSIDE):
        abort(404)


def found_site() -> Site | None:
    """Return the site that serves this request, or None if there is no release."""
    site: Site | None = request.environ.get(_SITE)
    return site


def site() -> Site:
    """Return the site that serves this request; raises ReleaseError if there is no release."""
    found = found_site()
    if found is None:
        raise ReleaseError(
            Text("公開できるリリースがありません。", "There is no release to serve."),
            Text("しばらくしてからもう一度お試しください。", "Please try again later."),
        )
    return found
