"""Repeated requests, answered before Flask is touched: the same headers and bytes, or 304.

Only what says of itself that it may be kept is kept: answers 200 to GET with a strong entity
tag, public, and complete. They are told apart by everything that they vary by, and by release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publish.errors import ReleaseError
from publish.web.app.site import Sites
from publish.web.http.cache import Kept
from publish.web.http.conditional import not_modified

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]
#: Told of each answer given here: method, path, status.
Noted = Callable[[str, str, int], object]
#: Requests with these go the long way.
_UNUSUAL = ("HTTP_RANGE", "HTTP_IF_MODIFIED_SINCE", "HTTP_X_FORWARDED_PREFIX")
#: Set in the environment of a request whose answer depends on more than the release.
NOT_KEPT = "lodpub.not-kept"
_NOT_IN_304 = {"content-length", "content-type", "content-language"}


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as it was sent; its `len` is about how much memory it takes."""

    #: what it is kept by; the query in it may be the largest part
    key: tuple[str, ...]
    headers: Headers
    etag: str
    body: bytes

    def __len__(self) -> int:
        said = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.body) + said + sum(map(len, self.key))


class ResponseCache:
    """Answers requests from memory, up to a number of bytes; 0 keeps none."""

    def __init__(self, application: WSGIApplication, sites: Sites, most: int, noted: Noted) -> None:
        self.application = application
        self.sites = sites
        self.noted = noted
        self._kept = Kept[_Answer](most)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        known = self._kept.find(key)
        if known is not None:
            return self._repeated(environ, start_response, known)
        return self._first(environ, start_response, key)

    def _key(self, environ: WSGIEnvironment) -> tuple[str, ...] | None:
        if not self._kept.most or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if any(name in environ for name in _UNUSUAL):
            return None
        try:
            release = self.sites.current().release.id
        except ReleaseError:
            return None
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        accepted = environ.get("HTTP_ACCEPT", ""), environ.get("HTTP_ACCEPT_LANGUAGE", "")
        return (release, path, environ.get("QUERY_STRING", ""), *accepted)

    def _repeated(
        self, environ: WSGIEnvironment, start_response: StartResponse, known: _Answer
    ) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        condition = environ.get("HTTP_IF_NONE_MATCH")
        if not_modified(known.etag, None, condition, None):
            headers = [pair for pair in known.headers if pair[0].lower() not in _NOT_IN_304]
            self.noted(method, path, 304)
            start_response("304 NOT MODIFIED", headers)
            return []
        self.noted(method, path, 200)
        start_response("200 OK", list(known.headers))
        return [] if method == "HEAD" else [known.body]

    def _first(
        self, environ: WSGIEnvironment, start_response: StartResponse, key: tuple[str, ...]
    ) -> Iterable[bytes]:
        """Pass a request on, and keep the answer if it may be kept."""
        answer: dict[str, Any] = {}

        def started(status: str, headers: Headers, *rest: Any) -> Any:
            answer.update(status=status, headers=headers)
            return start_response(status, headers, *rest)

        body = self.application(environ, started)
        named = {name.lower(): value for name, value in answer.get("headers", ())}
        if environ["REQUEST_METHOD"] != "GET" or not _may_be_kept(answer.get("status", ""), named):
            return body
        if NOT_KEPT in environ:
            return body
        if not self._kept.takes(int(named["content-length"])):
            return body
        content = b"".join(body)
        close = getattr(body, "close", None)
        if close is not None:
            close()
        self._kept.keep(key, _Answer(key, list(answer["headers"]), named["etag"], content))
        return [content]


def _may_be_kept(status: str, headers: dict[str, str]) -> bool:
    tag, control = headers.get("etag", ""), headers.get("cache-control", "")
    complete = headers.get("content-length", "").isdecimal()
    return status.startswith("200") and tag.startswith('"') and "public" in control and complete
