"""A stranger's site can be slow, endless or hostile: the visitor is bounded all the same.

What is read off an answer, and which URLs are taken for URLs.
"""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from publish.doctor.http import (
    AGENT,
    HOPS,
    Exhausted,
    Limits,
    Visit,
    Visitor,
    absolute,
    bare,
    host_of,
)
from tests.doctor.conftest import Answer, Request, running, unchanged

Talk = Callable[[socket.socket, threading.Event], None]


@contextmanager
def talking(talk: Talk) -> Iterator[str]:
    """Serve every connection by a function that says what it likes, until the test is over."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(1 << 16)
                try:
                    talk(connection, over)
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def visitor(**limits: float) -> Visitor:
    given = {"seconds_each": 5, **limits}
    return Visitor(frozenset({"127.0.0.1"}), Limits(**given))  # type: ignore[arg-type]


def _endless(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\n\r\n")
    while not over.is_set():
        connection.sendall(b"#" * 65536)


def _dripping_body(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not over.wait(0.05):
        connection.sendall(b"#")


def _dripping_head(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while not over.wait(0.05):
        connection.sendall(b"X-A: b\r\n")


def _silent(connection: socket.socket, over: threading.Event) -> None:
    over.wait()


def _nonsense(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"\x00\xff NOT HTTP\r\n\r\n")


def _short(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")


def test_an_endless_body_is_cut() -> None:
    with talking(_endless) as url, visitor(bytes_each=100_000) as site:
        visit = site.visit(url)
    assert (visit.status, visit.is_cut, len(visit.body)) == (200, True, 100_000)
    assert not visit.is_fine


@pytest.mark.parametrize("talk", [_dripping_body, _dripping_head, _silent])
def test_a_slow_answer_is_given_up(talk: Talk) -> None:
    with talking(talk) as url, visitor(seconds_each=0.4) as site:
        visit = site.visit(url)
    assert visit.problem is not None
    assert visit.problem.en == "no complete answer in time"
    assert not visit.is_fine


@pytest.mark.parametrize("talk", [_nonsense, _short])
def test_a_broken_answer_is_told_and_raises_nothing(talk: Talk) -> None:
    with talking(talk) as url, visitor() as site:
        visit = site.visit(url)
    assert visit.problem is not None
    assert visit.problem.en.startswith("no answer (")


def test_a_packed_body_is_unpacked_only_as_far_as_the_limit() -> None:
    bomb = gzip.compress(b"\0" * (64 << 20))

    def packed(request: Request, answer: Answer) -> Answer:
        return answer.having(Content_Encoding="gzip").being(200, bomb)

    with running(answer=packed) as found, visitor(bytes_each=1 << 20) as site:
        visit = site.visit(found.url)
    assert visit.is_cut
    assert len(visit.body) == 1 << 20


def test_a_wrong_coding_is_told() -> None:
    def packed(request: Request, answer: Answer) -> Answer:
        return answer.having(Content_Encoding="gzip").being(200, b"not gzip")

    with running(answer=packed) as found, visitor() as site:
        visit = site.visit(found.url)
    assert visit.problem is not None
    assert "Content-Encoding: gzip" in visit.problem.en


def test_redirects_without_end_are_followed_only_so_far() -> None:
    def on(request: Request, answer: Answer) -> Answer:
        number = int(request.query.get("n", "0")) + 1
        return answer.having(Location=f"/?n={number}").being(302)

    with running(answer=on) as found, visitor() as site:
        assert len(site.follow(found.url)) == HOPS + 1


def test_a_circle_of_redirects_is_left_at_once() -> None:
    def back(request: Request, answer: Answer) -> Answer:
        return answer.having(Location="/").being(302)

    with running(answer=back) as found, visitor() as site:
        chain = site.follow(found.url)
    assert [visit.status for visit in chain] == [302]


def test_the_limit_of_requests_is_kept() -> None:
    with running() as found, visitor(requests=2) as site:
        site.visit(found.url)
        site.visit(found.url + "void")
        with pytest.raises(Exhausted, match="limit of 2 requests"):
            site.visit(found.url + "catalog")
        assert site.visit(found.url).status == 200  # it is known already
        assert len(found.site.requests) == 2


def test_the_limit_of_seconds_is_kept() -> None:
    now = iter([0.0, *[61.0] * 9])
    limits = Limits(seconds=60)
    with Visitor(frozenset({"127.0.0.1"}), limits, clock=lambda: next(now)) as site:
        with pytest.raises(Exhausted, match="60 seconds"):
            site.visit("http://127.0.0.1:1/")
        assert site.requests == 0


def test_other_hosts_are_noted_and_not_asked() -> None:
    with running() as found, visitor() as site:
        visit = site.visit("http://elsewhere.invalid/")
        chain = site.follow(found.url.replace("127.0.0.1", "localhost"))
    assert (visit.status, chain[0].status) == (0, 0)
    assert site.requests == 0
    assert next(iter(site.elsewhere)) == "http://elsewhere.invalid/"


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:1/x"]
)
def test_only_http_is_spoken(url: str) -> None:
    with visitor() as site:
        assert site.visit(url).status == 0
        assert site.requests == 0


def test_a_site_that_asks_to_wait_is_asked_again_once_after_that_time() -> None:
    waited: list[float] = []

    def busy(request: Request, answer: Answer) -> Answer:
        return answer if waited else answer.having(Retry_After="7").being(429)

    hosts = frozenset({"127.0.0.1"})
    with running(answer=busy) as found, Visitor(hosts, Limits(), pause=waited.append) as site:
        assert site.visit(found.url).status == 200
    assert waited == [7]


def test_requests_say_who_asks_and_send_no_accept_unless_told() -> None:
    with running(unchanged) as found, visitor() as site:
        site.visit(found.url, None)
        site.visit(found.url, "text/turtle")
        bare, told = (dict(request.headers) for request in found.site.requests)
    assert bare["user-agent"] == told["user-agent"] == AGENT
    assert "accept" not in bare
    assert told["accept"] == "text/turtle"
    assert {"cookie", "authorization"}.isdisjoint(bare)


def test_the_same_request_is_sent_once() -> None:
    with running() as found, visitor() as site:
        assert site.visit(found.url) is site.visit(found.url + "#part")
        assert len(found.site.requests) == 1


# -- What is read off an answer, and which URLs are taken for URLs --------------------------------


def answered(status: int = 200, **headers: str) -> Visit:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Visit("GET", "http://a.example/x/y", {}, status, httpx.Headers(named))


def test_type_and_charset_are_read_without_regard_to_case() -> None:
    visit = answered(content_type='Text/Turtle ; Charset="UTF-8"')
    assert (visit.media_type, visit.charset) == ("text/turtle", "utf-8")
    assert (answered().media_type, answered().charset) == ("", "")


def test_vary_is_a_set_of_names() -> None:
    assert answered(vary="Accept, ,accept-language").vary == {"accept", "accept-language"}


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/doc", "http://a.example/doc"),
        ("z#part", "http://a.example/x/z"),
        ("https://b.example/札幌", "https://b.example/%E6%9C%AD%E5%B9%8C"),
        ("mailto:a@b.example", None),
        ("http://[bad/", None),
    ],
)
def test_a_redirect_leads_to_an_absolute_url_or_nowhere(location: str, target: str | None) -> None:
    visit = Visit(
        "GET", "http://a.example/x/y", {}, 303, httpx.Headers([(b"location", location.encode())])
    )
    assert visit.location == target


def test_only_a_redirect_has_a_target() -> None:
    assert answered(200, location="/doc").location is None
    assert answered(303).location is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://A.example:80/x", "a.example"),
        ("https://[::1]/", "::1"),
        ("ftp://a.example/", ""),
        ("//a.example/", ""),
        ("http:///x", ""),
        ("javascript:alert(1)", ""),
        ("http://ex℀mple/", ""),
        ("", ""),
    ],
)
def test_only_http_urls_have_a_host(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_host_is_the_one_that_is_asked_not_the_one_that_is_shown() -> None:
    assert host_of("http://good.example@evil.example/") == "evil.example"
    assert absolute("http://good.example/", "//evil.example/") == "http://evil.example/"


def test_a_line_shows_request_and_answer() -> None:
    sent = {"Accept": "text/turtle", "User-Agent": "x"}
    visit = Visit("GET", "http://a.example/", sent, 200, httpx.Headers({"vary": "Accept"}))
    assert visit.line("Vary", "ETag") == (
        "GET http://a.example/ (Accept: text/turtle) → 200; Vary: Accept; ETag: –"
    )


def test_a_fragment_is_taken_off() -> None:
    assert bare("http://a.example/x#y") == "http://a.example/x"
