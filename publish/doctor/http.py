"""Requests to a stranger's site, bounded in number, time and bytes, and their answers.

A `Visitor` sends each request once, one after the other, and keeps the `Visit` that came back, so
that many checks can look at the same answer. Nothing leaves the hosts it was given.
"""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from publish import __version__
from publish.errors import LodpubError
from publish.i18n import Text

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: What the parser lets pass in a host.
_NO_HOST = frozenset("[]@%\\ ")
#: Request headers that evidence shows.
_TELLING = ("Accept", "Accept-Language", "If-None-Match", "Range", "Origin", "Content-Type")


@dataclass(frozen=True, slots=True)
class Visit:
    """A request and its answer; `status` is 0 if none came, and `problem` says why."""

    method: str
    url: str
    sent: Mapping[str, str]
    status: int = 0
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    body: bytes = b""
    #: the body is longer than we were willing to read
    is_cut: bool = False
    problem: Text | None = None

    @property
    def media_type(self) -> str:
        """Return the media type without parameters, in lower case."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """Return the charset parameter in lower case, or an empty string."""
        _, _, rest = str(self.headers.get("content-type", "")).lower().partition("charset=")
        return rest.partition(";")[0].strip(' "')

    @property
    def is_fine(self) -> bool:
        """Tell whether this is a complete answer with status 200."""
        return self.status == 200 and not self.is_cut and self.problem is None

    @property
    def location(self) -> str | None:
        """Return where a redirect leads, as an absolute URL without fragment; else None."""
        if self.status not in _REDIRECTS or "location" not in self.headers:
            return None
        return absolute(self.url, self.headers["location"])

    @property
    def vary(self) -> frozenset[str]:
        """Return the names in Vary, in lower case."""
        listed = self.headers.get("vary", "").lower().split(",")
        return frozenset(name.strip() for name in listed) - {""}

    def line(self, *names: str) -> str:
        """Return request and answer as one line, with the answer's headers of these names."""
        asked = [f"{name}: {self.sent[name]}" for name in _TELLING if name in self.sent]
        said = [f"{name}: {self.headers.get(name, '–')}" for name in names]
        answer = str(self.status) if self.status else str(self.problem)
        request = f"{self.method} {self.url}" + (f" ({'; '.join(asked)})" if asked else "")
        return f"{request} → {'; '.join([answer, *said])}"


def bare(iri: str) -> str:
    """Return an IRI without its fragment."""
    return iri.partition("#")[0]


def absolute(base: str, reference: str) -> str | None:
    """Return a reference as an absolute http(s) URL without fragment, or None."""
    try:
        joined = bare(str(httpx.URL(base).join(reference.strip())))
    except (httpx.InvalidURL, ValueError, TypeError):
        return None
    return joined if host_of(joined) else None


def host_of(url: str) -> str:
    """Return the host of an http or https URL in lower case; an empty string for all else."""
    try:
        parsed, parts = httpx.URL(url), urlsplit(url)
        is_web = parsed.scheme in ("http", "https") and parts.scheme in ("http", "https")
        return parsed.host.lower() if is_web and not set(parsed.host) & _NO_HOST else ""
    except (httpx.InvalidURL, ValueError, TypeError):
        return ""


AGENT = f"lodpub-doctor/{__version__}"
#: A chain of redirects longer than this is given up.
HOPS = 8
#: Seconds for which a site may ask us to wait (429, 503) before we ask again.
_LONGEST_PAUSE = 15
_GZIP_WINDOW = 47  # zlib or gzip, told apart by the header


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a stranger's site is asked for at most."""

    requests: int = 300
    seconds: float = 120.0
    #: seconds and bytes for a single answer
    seconds_each: float = 30.0
    bytes_each: int = 64 << 20


class Exhausted(LodpubError):
    """The limit of requests or seconds is reached: nothing more is sent."""


class Visitor:
    """Sends requests to some hosts within limits; each different request is sent once."""

    def __init__(
        self,
        hosts: frozenset[str],
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.hosts = hosts
        self.limits = limits
        self._clock, self._pause = clock, pause
        self._until = clock() + limits.seconds
        self._known: dict[tuple[Any, ...], Visit] = {}
        self._sockets: list[Any] = []
        self.requests = 0
        #: URLs that the data led to on other hosts; they were not fetched
        self.elsewhere: dict[str, None] = {}
        self._client = httpx.Client(follow_redirects=False, timeout=limits.seconds_each)

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Return all that was asked, in order."""
        return tuple(self._known.values())

    def left(self) -> float:
        """Return the seconds that are left in all."""
        return max(0.0, self._until - self._clock())

    def may(self, url: str) -> bool:
        """Tell whether a URL is on a host that may be visited; others are remembered."""
        if host_of(url) in self.hosts:
            return True
        self.elsewhere[url] = None
        return False

    def visit(
        self,
        url: str,
        accept: str | None = "*/*",
        more: Mapping[str, str] | None = None,
        method: str = "GET",
        body: bytes | None = None,
    ) -> Visit:
        """Send one request, with `more` headers; redirects are not followed.

        With `accept=None` no Accept is sent. Raises Exhausted when a limit is reached.
        """
        headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
        headers |= {} if accept is None else {"Accept": accept}
        headers |= more or {}
        url = bare(url)
        key = (method, url, body, tuple(sorted(headers.items())))
        if key not in self._known:
            self._known[key] = self._asked(method, url, headers, body)
        return self._known[key]

    def follow(
        self, url: str, accept: str | None = "*/*", more: Mapping[str, str] | None = None
    ) -> tuple[Visit, ...]:
        """Return the visits of a chain of redirects, the last one with the final answer."""
        chain = [self.visit(url, accept, more)]
        while (target := chain[-1].location) and len(chain) <= HOPS:
            if any(visit.url == target for visit in chain):
                break
            chain.append(self.visit(target, accept, more))
        return tuple(chain)

    def _asked(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Visit:
        if not self.may(url):
            return Visit(method, url, headers, problem=_ELSEWHERE)
        found = self._sent(method, url, headers, body)
        wait = found.headers.get("retry-after", "")
        if found.status in (429, 503) and wait.isdecimal() and int(wait) <= _LONGEST_PAUSE:
            self._pause(min(int(wait), self.left()))
            found = self._sent(method, url, headers, body)
        return found

    def _sent(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Visit:
        if self.requests >= self.limits.requests:
            raise Exhausted(_ENOUGH_REQUESTS.format(number=self.limits.requests), _MORE_REQUESTS)
        if not self.left():
            raise Exhausted(_ENOUGH_SECONDS.format(number=self.limits.seconds), _MORE_SECONDS)
        self.requests += 1
        until = self._clock() + min(self.limits.seconds_each, self.left())
        try:
            # made by hand: the client would add headers of its own
            request = httpx.Request(
                method, url, headers=dict(headers), content=body,
                extensions={"trace": self._notice, "timeout": _timeouts(until - self._clock())},
            )  # fmt: skip
            with self._cut_off(until - self._clock()):
                return self._received(request, url, headers, until)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            late = self._clock() >= until
            why = _TOO_SLOW if late else _NO_ANSWER.format(why=str(error) or type(error).__name__)
            return Visit(method, url, headers, problem=why)

    def _received(
        self, request: httpx.Request, url: str, headers: Mapping[str, str], until: float
    ) -> Visit:
        response = self._client.send(request, stream=True, auth=None)
        try:
            content = _decoded(response.iter_raw(1 << 16), response.headers)
            body, is_cut = self._gathered(content, until)
        finally:
            response.close()
        # cut by the clock: what is there is not the answer
        problem = _TOO_SLOW if is_cut and len(body) < self.limits.bytes_each else None
        return Visit(
            request.method, url, headers, response.status_code, response.headers, body, is_cut,
            problem,
        )  # fmt: skip

    def _gathered(self, pieces: Iterator[bytes], until: float) -> tuple[bytes, bool]:
        body = bytearray()
        for piece in pieces:
            body += piece
            if len(body) > self.limits.bytes_each:
                return bytes(body[: self.limits.bytes_each]), True
            if self._clock() >= until:
                return bytes(body), True
        return bytes(body), False

    def _notice(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember each connection, so that it can be cut off."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.append(info["return_value"].get_extra_info("socket"))

    @contextmanager
    def _cut_off(self, seconds: float) -> Iterator[None]:
        """Close the connections after some time: a site that drips bytes resets other limits."""
        timer = threading.Timer(seconds, self._close)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _close(self) -> None:
        sockets, self._sockets = self._sockets, []
        for opened in sockets:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


def _timeouts(seconds: float) -> dict[str, float]:
    return dict.fromkeys(("connect", "read", "write", "pool"), max(seconds, 0.01))


def _decoded(raw: Iterator[bytes], headers: httpx.Headers) -> Iterator[bytes]:
    """Yield a body without its gzip coding, in small pieces however well it was packed."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("gzip", "x-gzip", "deflate"):
        yield from raw
        return
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        for piece in raw:
            yield unpacker.decompress(piece, 1 << 16)
            while unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, 1 << 16)
    except zlib.error as error:
        raise ValueError(f"Content-Encoding: {coding}: {error}") from error


_ELSEWHERE = Text("別のホストなので取得していません", "on another host, not fetched")
_TOO_SLOW = Text("時間内に答えが届きません", "no complete answer in time")
_NO_ANSWER = Text("答えがありません（{why}）", "no answer ({why})")
_ENOUGH_REQUESTS = Text(
    "要求の数が上限（{number}）に達しました。", "The limit of {number} requests is reached."
)
_MORE_REQUESTS = Text("--requests で増やせます。", "Raise it with --requests.")
_ENOUGH_SECONDS = Text(
    "時間が上限（{number}秒）に達しました。", "The limit of {number} seconds is reached."
)
_MORE_SECONDS = Text("--seconds で増やせます。", "Raise it with --seconds.")
