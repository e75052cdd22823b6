"""publish.formats: the one table of representations."""

from __future__ import annotations

import pytest

from publish import formats
from publish.formats import (
    DOCUMENT_FORMATS,
    HTML,
    JSONLD,
    NTRIPLES,
    RDF_FORMATS,
    RDFXML,
    RESULT_FORMATS,
    SPARQL_JSON,
    TURTLE,
    Format,
    by_media_type,
    by_suffix,
)

ALL = tuple(value for value in vars(formats).values() if isinstance(value, Format))


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
        ("nt", "application/n-triples"),
        ("trig", "application/trig"),
        ("nq", "application/n-quads"),
    ],
)
def test_every_rdf_format_has_its_registered_type(suffix: str, media_type: str) -> None:
    found = by_suffix(suffix, RDF_FORMATS)
    assert found is not None
    assert found.media_type == media_type
    assert found.rdf is not None


def test_html_is_what_a_bare_request_gets() -> None:
    assert DOCUMENT_FORMATS[0] == HTML


@pytest.mark.parametrize("among", [DOCUMENT_FORMATS, RESULT_FORMATS])
def test_suffixes_and_types_are_unique_where_a_choice_is_made(among: tuple[Format, ...]) -> None:
    assert len({format_.suffix for format_ in among}) == len(among)
    assert len({format_.media_type for format_ in among}) == len(among)


def test_no_alias_is_the_type_of_another_format_or_stands_twice() -> None:
    for among in (DOCUMENT_FORMATS, RESULT_FORMATS):
        names = [name for f in among for name in (f.media_type, *f.aliases)]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("text/turtle", TURTLE),
        ("Text/Turtle", TURTLE),
        (" application/x-turtle ", TURTLE),
        ("application/xml", RDFXML),
        ("text/plain", NTRIPLES),
        ("application/xhtml+xml", HTML),
        ("image/png", None),
        ("", None),
    ],
)
def test_a_format_is_found_by_type_or_alias(media_type: str, expected: Format | None) -> None:
    assert by_media_type(media_type, DOCUMENT_FORMATS) == expected


def test_plain_json_means_what_the_place_can_give() -> None:
    assert by_media_type("application/json", DOCUMENT_FORMATS) == JSONLD
    assert by_media_type("application/json", RESULT_FORMATS) == SPARQL_JSON


def test_an_unknown_suffix_has_no_format() -> None:
    assert by_suffix("xlsx", DOCUMENT_FORMATS) is None


def test_only_types_with_a_charset_parameter_carry_it() -> None:
    assert TURTLE.content_type == "text/turtle; charset=utf-8"
    assert JSONLD.content_type == "application/ld+json"


def test_the_media_type_is_given_as_dcat_wants_it() -> None:
    assert TURTLE.iana == "https://www.iana.org/assignments/media-types/text/turtle"


def test_every_format_has_a_name_in_both_languages() -> None:
    assert [format_.suffix for format_ in ALL if not (format_.label.ja and format_.label.en)] == []
