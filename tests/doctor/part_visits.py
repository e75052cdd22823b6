"""What is read off an answer, and which URLs are taken for URLs."""

from __future__ import annotations

import httpx
import pytest

from publish.doctor.http import Visit, absolute, bare, host_of


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
