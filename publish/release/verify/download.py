"""A release from the web into a directory: what `verify` needs, and no more than is allowed.

Nothing leads to another host, nothing is unpacked on the way, and no name leads out of the directory.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from publish import __version__
from publish.errors import Place, ReleaseError, SettingError
from publish.i18n import Text
from publish.release.dumps import DIRECTORY, SUMS
from publish.release.manifest import NAME, described
from publish.release.release import CONTEXT
from publish.release.verify.files import CATALOG_TURTLE, Holding
from publish.release.verify.findings import Limits

_TIMEOUT = httpx.Timeout(30.0)
_HEADERS = {
    "User-Agent": f"lodpub/{__version__}",
    # a coding would be undone without bound; files are compared as they are
    "Accept-Encoding": "identity",
}
_REDIRECTS = 3
_CHUNK = 1 << 16
_RELEASE = re.compile(r"(?P<root>.*/)release/(?P<id>[0-9a-f]{12})(\.json)?")
_CATALOG = re.compile(r"(?P<root>.*/)catalog(\.[a-z0-9.]+)?")
_SUMS = re.compile(rf"{DIRECTORY}/([0-9a-f]{{12}})/{SUMS}")


def download(url: str, directory: Path, limits: Limits) -> None:
    """Write manifest, checksums, dumps, catalogue and context of a release into a directory.

    `url` is that of a release's manifest or page, of the catalogue, or of the base; the latter two
    lead to the current release.  A dump that the server does not have is left out.  Raises
    SettingError for another URL, ReleaseError if there is no release, or if it is too large.
    """
    root, release = _taken_apart(url)
    with _visiting(root, limits) as visit:
        release = release or visit.current()
        place = f"{DIRECTORY}/{release}/"
        visit.save(f"release/{release}.json", directory / NAME)
        visit.save(f"{place}{SUMS}", directory / SUMS)
        holding = _opened(directory, f"{root}release/{release}", release)
        _check_extent(holding, limits)
        for name in sorted({*holding.stated(), *holding.sums} - {SUMS}):
            visit.save(f"{place}{name}", directory / name)
        visit.save(CATALOG_TURTLE, directory / CATALOG_TURTLE)
        visit.save(CONTEXT, directory / CONTEXT)
    _keep_own_context(holding, directory / CONTEXT)


def _taken_apart(url: str) -> tuple[str, str | None]:
    """Return the base, and the release's id if the URL has it."""
    plain = url.partition("#")[0].partition("?")[0]
    try:
        parts = httpx.URL(plain)
    except httpx.InvalidURL as error:
        raise _unusable(url) from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise _unusable(url)
    release = _RELEASE.fullmatch(plain)
    if release:
        return release["root"], release["id"]
    catalog = _CATALOG.fullmatch(plain)
    return (catalog["root"] if catalog else plain.rstrip("/") + "/"), None


def _opened(directory: Path, url: str, release: str) -> Holding:
    """Return what is downloaded so far: manifest and checksums of this very release."""
    if not any((directory / name).exists() for name in (NAME, SUMS)):
        raise _failed(url, Text("リリースがありません", "there is no release"))
    holding = Holding.open(directory)
    if holding.manifest and holding.manifest.release != release:
        other = Text("別のリリース {id} のものです", "it is that of another release, {id}")
        raise _failed(url, other.format(id=holding.manifest.release))
    return holding


def _unusable(url: str) -> SettingError:
    return SettingError(
        Text("URL「{url}」は使えません。", 'The URL "{url}" cannot be used.').format(url=url),
        Text(
            "リリースのマニフェスト、カタログ、又は公開URLを指定してください。",
            "Give the URL of a release's manifest, of the catalogue, or of the base.",
        ),
    )


def _check_extent(holding: Holding, limits: Limits) -> None:
    """Raise ReleaseError if there are more files or bytes than allowed, before they are loaded."""
    names = {*holding.stated(), *holding.sums}
    size = sum(file.size for file in holding.manifest.dumps()) if holding.manifest else 0
    if len(names) > limits.files or size > limits.bytes:
        raise _too_much(limits)


def _keep_own_context(holding: Holding, path: Path) -> None:
    """Remove a context that is not that of the release: the address is that of the current one."""
    stated = holding.manifest.file(CONTEXT) if holding.manifest else None
    if path.exists() and stated and described(path.parent, path) != stated:
        path.unlink()


@contextmanager
def _visiting(root: str, limits: Limits) -> Iterator[_Visit]:
    with httpx.Client(timeout=_TIMEOUT, headers=_HEADERS) as client:
        try:
            yield _Visit(client, root, limits, time.monotonic() + limits.seconds)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _failed(root, Text(str(error), str(error))) from error


@dataclass
class _Visit:
    """Requests to one server, with what is left of bytes and time."""

    client: httpx.Client
    root: str
    limits: Limits
    until: float
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.limits.bytes

    def current(self) -> str:
        """Return the id of the current release, to which `latest` leads."""
        start = f"{self.root}{DIRECTORY}/latest/{SUMS}"
        answer = self.client.head(start)
        target = str(answer.url.join(answer.headers.get("Location", "")))
        match = _SUMS.fullmatch(target.removeprefix(self.root))
        if not answer.is_redirect or match is None:
            raise _failed(start, Text(f"HTTP {answer.status_code}", f"HTTP {answer.status_code}"))
        return match[1]

    def save(self, address: str, path: Path) -> None:
        """Write what is at an address relative to the base; nothing, if the answer is not 200."""
        url = httpx.URL(self.root + address)
        for _ in range(_REDIRECTS + 1):
            with self.client.stream("GET", url) as answer:
                if not answer.is_redirect:
                    if answer.status_code == httpx.codes.OK:
                        self._write(answer, path)
                    return
                url = self._next(answer)
        raise _failed(self.root + address, Text("転送が多すぎます", "too many redirects"))

    def _next(self, answer: httpx.Response) -> httpx.URL:
        """Return where a redirect leads, which must be the same server."""
        target = answer.url.join(answer.headers.get("Location", ""))
        own = answer.url
        if (target.scheme, target.host, target.port) != (own.scheme, own.host, own.port):
            why = Text("{url} へ転送されました", "it redirects to {url}").format(url=target)
            raise _failed(str(own), why)
        return target

    def _write(self, answer: httpx.Response, path: Path) -> None:
        with path.open("wb") as sink:
            for chunk in answer.iter_raw(_CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    raise _too_much(self.limits)
                if time.monotonic() > self.until:
                    raise _failed(str(answer.url), Text("時間切れです", "it takes too long"))
                sink.write(chunk)


def _too_much(limits: Limits) -> ReleaseError:
    return ReleaseError(
        Text(
            "リリースが上限（{mib} MiB、ファイル{files}個）を超えています。",
            "The release exceeds the limit ({mib} MiB, {files} files).",
        ).format(mib=limits.bytes >> 20, files=limits.files),
        Text("--max-mib で上限を変えられます。", "--max-mib changes the limit."),
    )


def _failed(url: str, why: Text) -> ReleaseError:
    return ReleaseError(
        Text("取得できません（{why}）。", "It cannot be downloaded ({why}).").format(why=why),
        Text("URLとサーバーを確かめてください。", "Check the URL and the server."),
        Place(url),
    )
