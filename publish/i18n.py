"""A text that exists in Japanese and in English, Japanese first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in both languages; `{names}` are filled by `format`."""

    ja: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the text in one language."""
        return self.ja if language == "ja" else self.en

    def format(self, **values: object) -> Text:
        """Return the text with its `{names}` replaced in both languages.

        A value that is itself a `Text` is put in by language.
        """
        return Text(
            self.ja.format(**{name: _said(value, "ja") for name, value in values.items()}),
            self.en.format(**{name: _said(value, "en") for name, value in values.items()}),
        )

    def as_json(self) -> dict[str, str]:
        """Return the text as a JSON object, a member for each language."""
        return {"ja": self.ja, "en": self.en}

    def __str__(self) -> str:
        return f"{self.ja} / {self.en}"


def _said(value: object, language: Language) -> object:
    return value.in_(language) if isinstance(value, Text) else value


def known(tag: str) -> Language | None:
    """Return the interface language for a language tag, or None if it is neither.

    >>> known("en-GB"), known("ja"), known("fr")
    ('en', 'ja', None)
    """
    primary = tag.lower().partition("-")[0]
    return next((language for language in LANGUAGES if language == primary), None)
