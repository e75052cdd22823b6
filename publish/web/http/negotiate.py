"""Content negotiation (RFC 9110, section 12): headers in, choice out. No HTTP objects here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.formats import Format
from publish.i18n import LANGUAGES, Language

_TOKEN = r"[!#$%&'+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"\*/\*|{_TOKEN}/(?:\*|{_TOKEN})")
_LANGUAGE_RANGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*")
#: More digits, and no digit before the point, are tolerated: old clients send them.
_WEIGHT = re.compile(r"[0-9]*\.?[0-9]+|[0-9]+\.")
#: Longer headers are cut: nobody who means it sends more.
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Preference:
    """One element of a header: a media or language range with its weight, 0 to 1."""

    range: str
    weight: float
    #: it has parameters beside the weight, such as `profile` or `level`
    narrowed: bool = False


def accepted(header: str | None) -> list[Preference]:
    """Return the media ranges of an Accept header.

    An element that is not well-formed counts as absent.
    """
    return [found for found in _elements(header) if _RANGE.fullmatch(found.range)]


def accepted_languages(header: str | None) -> list[Preference]:
    """Return the language ranges of an Accept-Language header; malformed ones count as absent."""
    return [found for found in _elements(header) if _LANGUAGE_RANGE.fullmatch(found.range)]


def _elements(header: str | None) -> Iterator[Preference]:
    for element in _split((header or "")[:_LONGEST], ","):
        range_, *parameters = _split(element, ";")
        named = [_named(parameter) for parameter in parameters if parameter.strip()]
        weight = _weight(named)
        narrowed = bool(named) and named[0][0] != "q"
        if weight is not None:
            yield Preference(range_.strip(" \t").lower(), weight, narrowed)


def _split(text: str, separator: str) -> list[str]:
    """Split a text at separators that do not stand inside a quoted string."""
    parts, start, quoted, escaped = [], 0, False, False
    for position, character in enumerate(text):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = quoted
        elif character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def _named(parameter: str) -> tuple[str, str]:
    name, _, value = parameter.partition("=")
    return name.strip(" \t").lower(), value.strip(" \t")


def _weight(parameters: Sequence[tuple[str, str]]) -> float | None:
    """Return the weight among an element's parameters, 1 if there is none, None if malformed."""
    stated = next((value for name, value in parameters if name == "q"), "1")
    if not _WEIGHT.fullmatch(stated) or float(stated) > 1:
        return None
    return float(stated)


def choose(header: str | None, offered: Sequence[Format]) -> Format | None:
    """Return the format to send for an Accept header, or None if none is acceptable.

    The most specific range that fits a format decides its weight; no format here has media
    type parameters, so a range with some (`profile`, `level`) decides only where the same range
    without them is missing. The highest weight wins,
    and of equal weights the one offered first. No header, an empty one, and one without a
    single well-formed element accept anything.
    """
    preferences = accepted(header)
    if not preferences:
        return offered[0] if offered else None
    best, highest = None, 0.0
    for format_ in offered:
        weight = weight_of(format_, preferences)
        if weight > highest:
            best, highest = format_, weight
    return best


def weight_of(format_: Format, preferences: Sequence[Preference]) -> float:
    """Return the weight that the preferences give a format; 0 means "do not send".

    Another name that clients use for the format (an alias) counts if it is asked for and the
    registered one is not mentioned; refusing an alias says nothing about the format.
    """
    weights: dict[str, float] = {}
    for preference in sorted(preferences, key=lambda preference: preference.narrowed):
        weights.setdefault(preference.range, preference.weight)
    if format_.media_type in weights:
        return weights[format_.media_type]
    known_as = max((weights.get(alias, 0.0) for alias in format_.aliases), default=0.0)
    if known_as:
        return known_as
    any_subtype = f"{format_.media_type.partition('/')[0]}/*"
    return weights.get(any_subtype, weights.get("*/*", 0.0))


def choose_language(
    header: str | None, offered: Sequence[Language] = LANGUAGES, default: Language = "ja"
) -> Language:
    """Return the language to send for an Accept-Language header.

    `en-GB` asks for English too. Of equal weights the one offered first wins; if nothing fits,
    the default is sent, unless it is refused and another is not.
    """
    preferences = accepted_languages(header)
    weights = {language: _language_weight(language, preferences) for language in offered}
    stated = {language: weight for language, weight in weights.items() if weight}
    if stated:
        return max(stated, key=lambda language: (stated[language], -offered.index(language)))
    refused = [language for language, weight in weights.items() if weight == 0]
    left = [language for language in (default, *offered) if language not in refused]
    return left[0] if left else default


def _language_weight(language: Language, preferences: Sequence[Preference]) -> float | None:
    """Return the weight of a language, or None if the header says nothing about it."""
    exact = [p.weight for p in preferences if p.range == language]
    regional = [p.weight for p in preferences if p.range.startswith(f"{language}-")]
    any_ = [p.weight for p in preferences if p.range == "*"]
    if exact:
        return max(exact[0], *regional) if regional else exact[0]
    positive = [weight for weight in regional if weight]
    return max(positive) if positive else (any_[0] if any_ else None)
