"""Dumps and releases: everything at once, under addresses that never change their content."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from publish import formats
from publish.errors import ReleaseError
from publish.formats import HTML, RDF_FORMATS
from publish.manifest import File, Manifest
from publish.release import all_of
from publish.web.conditional import not_modified
from publish.web.problems import not_found
from publish.web.respond import IMMUTABLE, NO_CACHE, Resource, answer, redirected, taken_apart
from publish.web.under import site
from publish.web.view import View

blueprint = Blueprint("dump", __name__)

_GZIP = "application/gzip"


def _releases() -> Path:
    directory: Path = current_app.config["RELEASES"]
    return directory


@blueprint.get("/dump")
@blueprint.get("/dump.<suffix>")
def dumps(suffix: str | None = None) -> Response:
    """Answer with the page that leads to the dumps."""
    here = site()

    def page(view: View) -> str:
        files = [(file, media_type(file.path)) for file in here.release.manifest.dumps()]
        return view.render("dump.html", manifest=here.release.manifest, files=files)

    return answer(here, Resource("dump", (HTML,), page=page), suffix)


@blueprint.get("/dump/latest/<path:name>")
def latest(name: str) -> Response:
    """Lead to a dump of the current release."""
    here = site()
    if here.release.manifest.file(f"dump/{name}") is None:
        raise not_found()
    dump = here.iris.dump(here.release.id, name)
    return redirected(here.iris.path(dump), 302, NO_CACHE)


@blueprint.get("/dump/<release>/<path:name>")
def dump(release: str, name: str) -> Response:
    """Answer with a dump; only files that the manifest lists exist."""
    manifest = _manifest(release)
    file = manifest.file(f"dump/{name}")
    if file is None:
        raise not_found()
    etag = f'"{file.sha256}"'
    if not_modified(etag, None, request.headers.get("If-None-Match"), None):
        response = Response(status=304)
        del response.headers["Content-Type"]
    else:
        response = _sent(_releases() / release / file.path, file)
        safe = name.replace("/", "-")
        response.headers["Content-Disposition"] = f'attachment; filename="{release}-{safe}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def _sent(path: Path, file: File) -> Response:
    response = Response(
        wrap_file(request.environ, path.open("rb"), 1 << 16),
        content_type=media_type(file.path),
        direct_passthrough=True,
    )
    response.content_length = file.size
    response.headers["ETag"] = f'"{file.sha256}"'
    try:
        # answers Range and If-Range; the other conditions have been looked at
        response.make_conditional(request.environ, accept_ranges=True, complete_length=file.size)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    return response


def media_type(name: str) -> str:
    """Return the content type of a dump file, by its suffix.

    >>> media_type("all.ttl"), media_type("all.ttl.gz")
    ('text/turtle; charset=utf-8', 'application/gzip')
    """
    if name.endswith(".gz"):
        return _GZIP
    found = formats.by_suffix(name.rpartition(".")[2], (*RDF_FORMATS, formats.CSV))
    return found.content_type if found else "application/octet-stream"


def _manifest(release: str) -> Manifest:
    """Return the manifest of a release by id; raises Refusal 404."""
    here = site().release
    if release == here.id:
        return here.manifest
    if not (len(release) == 12 and release.isascii() and release.isalnum()):
        raise not_found()
    try:
        return Manifest.read(_releases() / release)
    except ReleaseError as error:
        raise not_found() from error


@blueprint.get("/release/<name>")
def release(name: str) -> Response:
    """Answer with the page about a release."""
    here = site()
    key, suffix = taken_apart(name)
    manifest = _manifest(key)

    def page(view: View) -> str:
        others = [other for other in all_of(_releases()) if other.release != key]
        return view.render("release.html", manifest=manifest, others=others)

    return answer(here, Resource(f"release/{key}", (HTML,), page=page), suffix)
