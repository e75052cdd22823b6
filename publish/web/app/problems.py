"""What went wrong, as problem+json (RFC 9457), a page, or text, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from flask import Response, request

from publish import formats
from publish.i18n import Text
from publish.web.app.base_path import found_site
from publish.web.app.render import render
from publish.web.http.negotiate import choose, choose_language

_PROBLEM = replace(formats.PROBLEM, aliases=("application/json", "application/ld+json"))
_OFFERED = (_PROBLEM, formats.HTML, formats.TEXT)

_TITLES = {
    400: Text("要求の誤り", "Bad Request"),
    403: Text("認められない要求", "Forbidden"),
    404: Text("見つかりません", "Not Found"),
    405: Text("使えないメソッド", "Method Not Allowed"),
    406: Text("求められた形式がありません", "Not Acceptable"),
    410: Text("公開を終えました", "Gone"),
    413: Text("大きすぎる要求", "Content Too Large"),
    415: Text("扱えない種類の本文", "Unsupported Media Type"),
    429: Text("要求が多すぎます", "Too Many Requests"),
    500: Text("内部の誤り", "Internal Server Error"),
    503: Text("一時的に利用できません", "Service Unavailable"),
}
_DETAILS = {
    404: Text(
        "このアドレスでは何も公開していません。アドレスの綴りを確かめてください。",
        "Nothing is published at this address. Please check its spelling.",
    ),
    405: Text(
        "このアドレスは、このメソッドでは利用できません。",
        "This address does not answer to this method.",
    ),
    500: Text(
        "サーバーの中で予期しない誤りが起きました。記録しましたので、後で試してください。",
        "Something unexpected went wrong in the server. It was logged; please try again later.",
    ),
}
_OTHER = Text("この要求には応じられません。", "This request cannot be answered.")


@dataclass(frozen=True, slots=True)
class Way:
    """Somewhere to go instead: an address with what is found there."""

    href: str
    text: Text
    type: str | None = None


@dataclass(eq=False)
class Refusal(Exception):
    """A request that is not answered with what it asks for."""

    status: int
    detail: Text | None = None
    ways: tuple[Way, ...] = ()
    #: further members of the problem document
    members: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> Text:
        """Return the name of the status."""
        phrase = HTTPStatus(self.status).phrase
        return _TITLES.get(self.status, Text(phrase, phrase))

    @property
    def said(self) -> Text:
        """Return what is wrong, in a sentence."""
        return self.detail or _DETAILS.get(self.status, _OTHER)


def not_found(detail: Text | None = None) -> Refusal:
    """Return the refusal of an address at which there is nothing."""
    return Refusal(404, detail)


def refused(refusal: Refusal) -> Response:
    """Return the response to a refused request, in the form that it accepts."""
    format_ = choose(request.headers.get("Accept"), _OFFERED) or _PROBLEM
    writers = {formats.HTML: _page, formats.TEXT: _text}
    response = Response(writers.get(format_, _json)(refusal), refusal.status)
    response.headers["Content-Type"] = format_.content_type
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(["Accept", "Accept-Language"])
    for name, value in (*refusal.headers.items(), *_link_headers(refusal.ways)):
        response.headers.add(name, value)
    return response


def _link_headers(ways: Iterable[Way]) -> list[tuple[str, str]]:
    return [
        ("Link", f'<{way.href}>; rel="alternate"; type="{way.type}"') for way in ways if way.type
    ]


def _json(refusal: Refusal) -> str:
    title, detail = refusal.title, refusal.said
    content = {
        "type": "about:blank",
        "title": title.en,
        "title_ja": title.ja,
        "status": refusal.status,
        "detail": detail.en,
        "detail_ja": detail.ja,
        "instance": request.root_path + request.path,
        **refusal.members,
    }
    if refusal.ways:
        content["alternatives"] = [
            {"href": way.href, "type": way.type} if way.type else {"href": way.href}
            for way in refusal.ways
        ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _text(refusal: Refusal) -> str:
    lines = [
        f"{refusal.status} {refusal.title}",
        refusal.said.ja,
        refusal.said.en,
        *(f"{way.href}  {way.text}" for way in refusal.ways),
    ]
    return "\n".join(lines) + "\n"


def _page(refusal: Refusal) -> str:
    language = choose_language(request.headers.get("Accept-Language"))
    site = found_site()
    return render(
        "problem.html",
        language,
        refusal=refusal,
        root=f"{request.root_path}/",
        site_title=site.title.in_(language) if site else "",
        theme=site.theme if site else None,
    )
