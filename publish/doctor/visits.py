"""A request to a stranger's site and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

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
