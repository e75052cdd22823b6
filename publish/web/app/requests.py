"""What programs send in the body of a request, bounded; how often they may; and answers in JSON."""

from __future__ import annotations

import json
import math
import time
from typing import Any

from flask import Response, current_app, request

from publish.errors import BatchError
from publish.formats import JSON
from publish.i18n import Text
from publish.settings import Settings
from publish.web.app.problems import Refusal
from publish.web.app.respond import NO_STORE, of_release
from publish.web.app.site import Site
from publish.web.http.ratelimit import Rates, client_of

#: Bytes of the longest body that is read.
MOST_BYTES = 1 << 20
_TOO_OFTEN = Text(
    "要求が多すぎます。{seconds}秒後にもう一度お試しください。",
    "Too many requests. Please try again in {seconds} seconds.",
)
_NO_JSON = Text(
    "本文は application/json で送ってください。", "Send the content as application/json."
)


def bound_body() -> None:
    """Let no more be read of the request than MOST_BYTES; a longer one is refused with 413."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES


def body_of_json() -> bytes:
    """Return the body of a request that is JSON; raises Refusal 415 if it is something else."""
    bound_body()
    if not request.is_json:
        raise Refusal(415, _NO_JSON, headers={"Accept-Post": JSON.media_type})
    return request.get_data()


def take_turn(cost: float) -> None:
    """Count a request that costs so many permissions; raises Refusal 429 if there are too few."""
    rates: Rates = current_app.config["RATES"]
    seconds = math.ceil(rates.wait(client_of_request(), time.monotonic(), cost))
    if seconds:
        told = _TOO_OFTEN.format(seconds=seconds)
        raise Refusal(429, told, headers={"Retry-After": str(seconds)})


def refusal_of(error: BatchError) -> Refusal:
    """Return the refusal of a request that cannot be read: what is wrong, where, and what to do."""
    return Refusal(error.status, error.problems[0].text, members={"where": error.where})


def written(content: Any) -> bytes:
    """Return JSON in UTF-8; what is no character is replaced."""
    return (json.dumps(content, ensure_ascii=False) + "\n").encode(errors="replace")


def told(content: Any) -> Response:
    """Return an answer that nobody keeps: it holds what somebody sent."""
    response = Response(written(content), content_type=JSON.media_type)
    response.headers["Cache-Control"] = NO_STORE
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def kept(here: Site, content: bytes, content_type: str = JSON.media_type) -> Response:
    """Return an answer that depends on the address and the release alone, so that caches keep it."""
    response = of_release(here, lambda: Response(content, content_type=content_type))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def settings() -> Settings:
    """Return the settings of the application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def client_of_request() -> str:
    """Return who asks, as it is counted how often a client asks."""
    proxies = frozenset(part.strip() for part in settings().proxies.split(",") if part.strip())
    return client_of(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""), proxies)


# -- A list in the body: JSON, a form, or lines of text -------------------------------------------

#: Entries of the longest list, and bytes of the longest body.
MOST_ENTRIES = 1000
MOST_LIST_BYTES = 262_144
_NO_TEXT = Text("本文がUTF-8の文字列ではありません。", "The body is not text in UTF-8.")
_NO_LIST = Text(
    '本文をJSONとして読めません。文字列の配列か、{{"{name}": […]}} の形にしてください。',
    'The body cannot be read: give a JSON array of strings, or {{"{name}": […]}}.',
)
_EMPTY = Text(
    "調べるものがありません。1行に1件ずつ、又はJSONの配列で送ってください。",
    "There is nothing to look up. Send one a line, or a JSON array.",
)
_MANY = Text(
    "{count}件あります。一度に調べられるのは{most}件までです。分けて送ってください。",
    "There are {count} entries; at most {most} can be looked up at once. Send them in parts.",
)
_UNKNOWN = Text(
    "本文は application/json、text/plain、又はフォームとして送ってください。",
    "Send the body as application/json, text/plain or a form.",
)


def entries(name: str) -> list[str]:
    """Return what a request lists: under `name`, or as a bare array, or one a line.

    Raises Refusal 400 for what is no such list, 413 for too long a one, 415 for another kind of
    body; and werkzeug's RequestEntityTooLarge (413) for too many bytes.
    """
    request.max_content_length = request.max_form_memory_size = MOST_LIST_BYTES
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        stated = request.form.getlist(name.removesuffix("s"))
        listed = [line for text in request.form.getlist(name) for line in text.splitlines()]
        return bounded([*stated, *listed])
    if request.mimetype == "text/plain":
        return bounded(_text().splitlines())
    if request.mimetype == "application/json":
        return bounded(_array(name))
    raise Refusal(415, _UNKNOWN)


def bounded(listed: list[str]) -> list[str]:
    """Return the entries of a list that are not empty; raises Refusal 400 or 413."""
    found = [entry.strip() for entry in listed if entry.strip()]
    if not found:
        raise Refusal(400, _EMPTY)
    if len(found) > MOST_ENTRIES:
        raise Refusal(413, _MANY.format(count=f"{len(found):,}", most=f"{MOST_ENTRIES:,}"))
    return found


def _text() -> str:
    try:
        return request.get_data().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(400, _NO_TEXT) from error


def _array(name: str) -> list[str]:
    try:
        content: Any = json.loads(_text())
    except (ValueError, RecursionError) as error:
        raise Refusal(400, _NO_LIST.format(name=name)) from error
    listed = content.get(name) if isinstance(content, dict) else content
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise Refusal(400, _NO_LIST.format(name=name))
    return listed
