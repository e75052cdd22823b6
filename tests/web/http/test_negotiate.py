from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish import formats
from publish.formats import DOCUMENT_FORMATS, Format
from publish.web.http.negotiate import accepted, choose, choose_language

CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,*/*;q=0.1"
)


def suffix(header: str | None, offered: tuple[Format, ...] = DOCUMENT_FORMATS) -> str | None:
    chosen = choose(header, offered)
    return chosen.suffix if chosen else None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "html"),
        ("", "html"),
        (" , ,", "html"),
        ("*/*", "html"),
        (CHROME, "html"),
        (FIREFOX, "html"),
        (COMUNICA, "nq"),
        ("text/turtle", "ttl"),
        ("TEXT/Turtle", "ttl"),
        ("text/turtle;charset=utf-8", "ttl"),
        ("text/*;q=0.5, text/turtle", "ttl"),
        ("text/*", "html"),
        ("application/*", "jsonld"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ('application/ld+json;profile="a,b;q=0";q=0.5, text/turtle;q=0.4', "jsonld"),
        ("application/json", "jsonld"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.3, */*;q=0.1", "rdf"),
        ("text/turtle;q=0, */*", "html"),
        ("text/html;q=0, */*", "ttl"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("text/html; Q=0.1, text/turtle; q=0.2", "ttl"),
        ("text/html;level=1;q=0.1, text/html;q=0.7, text/turtle;q=0.5", "html"),
        ("text/html, image/gif, *; q=.2, */*; q=.2", "html"),
        ("text/turtle, application/n-triples", "ttl"),
        ("application/n-triples, text/turtle", "ttl"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/turtle;q=0", None),
        ("application/json;q=0", None),
        ("*/html", "html"),
        ("nonsense", "html"),
        ("text/turtle;q=2", "html"),
        ("text/turtle;q=abc, application/n-triples", "nt"),
        ('text/turtle;x="unterminated, text/html', "ttl"),
    ],
)
def test_the_heaviest_acceptable_format_is_chosen(header: str | None, expected: str | None) -> None:
    assert suffix(header) == expected


def test_nothing_is_chosen_where_nothing_is_offered() -> None:
    assert choose("*/*", ()) is None
    assert choose(None, ()) is None


ranges = st.sampled_from(
    ["*/*", "text/*", "application/*", *(one.media_type for one in DOCUMENT_FORMATS)]
)
weights = st.integers(0, 10).map(lambda tenths: tenths / 10)
headers = st.dictionaries(ranges, weights, min_size=1)


def written(preferences: dict[str, float]) -> str:
    return ", ".join(f"{range_};q={weight}" for range_, weight in preferences.items())


def expected_weight(format_: Format, preferences: dict[str, float]) -> float:
    """RFC 9110, 12.5.1, written another way: the most specific range that applies."""
    kind = format_.media_type.split("/")[0]
    for range_ in (format_.media_type, f"{kind}/*", "*/*"):
        if range_ in preferences:
            return preferences[range_]
    return 0


@given(headers)
def test_the_choice_obeys_rfc_9110_for_any_weights(preferences: dict[str, float]) -> None:
    chosen = choose(written(preferences), DOCUMENT_FORMATS)
    by_weight = {one: expected_weight(one, preferences) for one in DOCUMENT_FORMATS}
    highest = max(by_weight.values())
    if highest == 0:
        assert chosen is None
    else:
        # ties go to the format offered first
        assert chosen == next(one for one in DOCUMENT_FORMATS if by_weight[one] == highest)


@given(headers, st.permutations(DOCUMENT_FORMATS))
def test_the_order_within_the_header_does_not_matter(
    preferences: dict[str, float], offered: list[Format]
) -> None:
    backwards = dict(reversed(preferences.items()))
    assert choose(written(preferences), offered) == choose(written(backwards), offered)


@given(st.text())
def test_no_header_whatsoever_raises(header: str) -> None:
    choose(header, DOCUMENT_FORMATS)
    choose_language(header)


@given(st.text(alphabet='text/urlhm*;q=01.,"\\ \t', max_size=60))
def test_no_header_of_the_right_characters_raises(header: str) -> None:
    assert all(0 <= found.weight <= 1 for found in accepted(header))
    choose(header, DOCUMENT_FORMATS)


def test_a_hostile_header_is_read_in_linear_time() -> None:
    assert choose('"' * 100_000 + ";" * 100_000, DOCUMENT_FORMATS) == formats.HTML


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "ja"),
        ("", "ja"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("ja-JP", "ja"),
        ("ja,en-US;q=0.7,en;q=0.3", "ja"),
        ("en;q=0.8, ja;q=0.9", "ja"),
        ("fr", "ja"),
        ("fr, en;q=0.1", "en"),
        ("en, ja", "ja"),
        ("*", "ja"),
        ("ja;q=0, *", "en"),
        ("ja;q=0", "en"),
        ("ja;q=0, en;q=0", "ja"),
        ("en;q=0, *", "ja"),
        ("en-*;q=x, ??, en", "en"),
    ],
)
def test_a_language_is_chosen_and_japanese_is_the_default(
    header: str | None, expected: str
) -> None:
    assert choose_language(header) == expected
