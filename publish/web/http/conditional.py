"""Conditional requests (RFC 9110, section 13): headers in, decision out. No HTTP objects here."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from werkzeug.http import parse_date

#: `werkzeug.http.parse_etags` would take a tag without quotes for one with them.
_ETAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


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
    if last_modified is None:
        return False
    try:
        since = parse_date(if_modified_since)
    except OverflowError:  # a year or a time zone of too many digits
        return False
    return since is not None and last_modified <= since


def moment(day: str | None) -> datetime | None:
    """Return the start of a day (UTC) given as an ISO 8601 date, or None if it is none."""
    try:
        found = date.fromisoformat((day or "")[:10])
    except ValueError:
        return None
    return datetime(found.year, found.month, found.day, tzinfo=UTC)
