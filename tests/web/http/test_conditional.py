from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.web.http.conditional import matches, moment, not_modified

ETAG = '"abc"'
DAY = datetime(2026, 11, 23, tzinfo=UTC)
SAME = "Mon, 23 Nov 2026 00:00:00 GMT"
BEFORE = "Sun, 22 Nov 2026 23:59:59 GMT"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", "abc"', True),
        ('"x",W/"abc" , "y"', True),
        ('"a,b", "abc"', True),
        ("*", True),
        (" * ", True),
        ('"x"', False),
        ("abc", False),
        ('"ABC"', False),
        ("", False),
        ('"*"', False),
    ],
)
def test_if_none_match_is_compared_weakly_over_lists(header: str, expected: bool) -> None:
    assert matches(header, ETAG) is expected


@pytest.mark.parametrize(
    ("none_match", "since", "expected"),
    [
        (None, None, False),
        (None, SAME, True),
        (None, BEFORE, False),
        (None, "Monday, 23-Nov-26 00:00:00 GMT", True),
        (None, "yesterday", False),
        (None, "Mon, 23 Nov 99999999999999999 00:00:00 GMT", False),
        (None, "Mon, 23 Nov 2026 00:00:00 +99999999999999999", False),
        ('"abc"', BEFORE, True),
        ('"x"', SAME, False),
        ("", SAME, False),
    ],
)
def test_if_modified_since_counts_only_without_if_none_match(
    none_match: str | None, since: str | None, expected: bool
) -> None:
    assert not_modified(ETAG, DAY, none_match, since) is expected


def test_without_a_date_of_the_data_nothing_is_older() -> None:
    assert not not_modified(ETAG, None, None, SAME)


@given(st.text(), st.text())
def test_no_header_whatsoever_raises(none_match: str, since: str) -> None:
    not_modified(ETAG, DAY, none_match, since)
    not_modified(ETAG, DAY, None, since)


def test_the_day_of_the_data_is_the_moment_at_which_it_begins() -> None:
    assert moment("2026-11-23") == DAY
    assert moment(None) is moment("soon") is None
