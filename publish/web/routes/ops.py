"""For machines that watch the server and load pages: health, metrics, assets, theme."""

from __future__ import annotations

import threading
from collections import Counter

from flask import Blueprint, Response, current_app, request

from publish.web.app.base_path import found_site, site
from publish.web.app.problems import not_found
from publish.web.app.respond import CURRENT, IMMUTABLE, NO_STORE, conditional
from publish.web.app.site import Site
from publish.web.app.theme import HARMLESS, media_type
from publish.web.http import assets

blueprint = Blueprint("ops", __name__)


class Metrics:
    """Counts requests by status."""

    def __init__(self) -> None:
        self._answers: Counter[int] = Counter()
        self._lock = threading.Lock()

    def count(self, status: int) -> None:
        """Count one answer."""
        with self._lock:
            self._answers[status] += 1

    def lines(self) -> list[str]:
        """Return the counts in Prometheus' text format."""
        with self._lock:
            counted = sorted(self._answers.items())
        return [
            "# HELP lodpub_http_requests_total Requests answered, by status.",
            "# TYPE lodpub_http_requests_total counter",
            *(f'lodpub_http_requests_total{{status="{s}"}} {n}' for s, n in counted),
        ]


@blueprint.get("/healthz")
def health() -> Response:
    """Answer that the process lives."""
    return _service("ok\n")


@blueprint.get("/readyz")
def ready() -> Response:
    """Answer 200 if there is a release to serve, else 503."""
    return _service(f"ready {site().release.id}\n")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer with counters for Prometheus."""
    counted: Metrics = current_app.config["METRICS"]
    lines = [*counted.lines(), *_release_lines(found_site())]
    return _service("\n".join(lines) + "\n", "text/plain; version=0.0.4; charset=utf-8")


def _release_lines(here: Site | None) -> list[str]:
    if here is None:
        return []
    return [
        "# HELP lodpub_release_triples Triples of the release that is served.",
        "# TYPE lodpub_release_triples gauge",
        f'lodpub_release_triples{{release="{here.release.id}"}} {here.release.manifest.triples}',
    ]


@blueprint.get("/static/<name>")
def static(name: str) -> Response:
    """Answer with an asset; its name changes with its content."""
    path = assets.published().get(name)
    if path is None:
        raise not_found()
    response = Response(path.read_bytes(), content_type=assets.MEDIA_TYPES[path.suffix])
    response.headers["Cache-Control"] = IMMUTABLE
    return response


@blueprint.get("/theme/<name>")
def theme(name: str) -> Response:
    """Answer with a file of the publisher's theme: under its name, or the one that changes."""
    here = site()
    files = here.theme.files
    plain = {path.name: path for path in files.values()}
    path = files.get(name) or plain.get(name)
    if path is None:
        raise not_found()
    cache = IMMUTABLE if name in files else CURRENT
    response = conditional(
        lambda: Response(path.read_bytes(), content_type=media_type(name)),
        here.etag(request.path),
        cache=cache,
    )
    response.headers["Content-Security-Policy"] = HARMLESS
    return response


def _service(content: str, content_type: str = "text/plain; charset=utf-8") -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Cache-Control"] = NO_STORE
    return response
