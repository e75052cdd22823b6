"""Conditional requests (RFC 9110, section 13): headers in, decision out. No HTTP objects here."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime

_ETAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_MALFORMED = (TypeError, ValueError, IndexError, OverflowError)


def matches(if_none_match: str, etag: str) -> bool:
    """Tell whether an If-None-Match header names an entity tag, by weak comparison.

    `etag` is strong and in quotes. `*` matches whatever exists.
    """
    if if_none_match.strip() == "*":
        return True
    return etag in _ETAG.findall(if_none_match)


def not_modified(
    etag: str,
    last_modified: datetime | None,
    if_none_match: str | None,
    if_modified_since: str | None,
) -> bool:
    """Tell whether 304 answers a GET or HEAD request.

    If-Modified-Since counts only without If-None-Match, and only if it is a date.
    """
    if if_none_match is not None:
        return matches(if_none_match, etag)
    since = http_date(if_modified_since)
    return since is not None and last_modified is not None and last_modified <= since


def http_date(text: str | None) -> datetime | None:
    """Return the moment that an HTTP date tells, or None if it is none."""
    try:
        found = parsedate_to_datetime(text or "")
    except _MALFORMED:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def moment(day: str | None) -> datetime | None:
    """Return the start of a day (UTC) given as an ISO 8601 date, or None if it is none."""
    try:
        found = date.fromisoformat((day or "")[:10])
    except ValueError:
        return None
    return datetime(found.year, found.month, found.day, tzinfo=UTC)


def as_http_date(moment_: datetime) -> str:
    """Return a moment in the format of HTTP headers."""
    return format_datetime(moment_, usegmt=True)
