"""A list that comes as the body of a request: JSON, a form, or lines of text; bounded."""

from __future__ import annotations

import json
from typing import Any

from flask import request

from publish.i18n import Text
from publish.web.app.problems import Refusal

#: Entries of the longest list, and bytes of the longest body.
MOST = 1000
MOST_BYTES = 262_144
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
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
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
    if len(found) > MOST:
        raise Refusal(413, _MANY.format(count=f"{len(found):,}", most=f"{MOST:,}"))
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
