"""Templates and translations: Japanese in the templates, English in translations/en.po."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from publish.i18n import LANGUAGES, Language
from publish.web.http import assets

TRANSLATIONS = Path(__file__).parents[1] / "translations"


@lru_cache(maxsize=2)
def translations(language: Language) -> NullTranslations:
    """Return the interface texts of a language; the message ids are the Japanese texts."""
    if language == "ja":
        return NullTranslations()
    with (TRANSLATIONS / f"{language}.po").open("rb") as source:
        catalog = pofile.read_po(source, locale=language)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=2)
def environment(language: Language) -> Environment:
    """Return the templates in a language. A name that a template lacks is an error."""
    made = Environment(
        loader=PackageLoader("publish.web"),
        autoescape=lambda name: not (name or "").endswith(".txt"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    known = translations(language)
    # installed by the i18n extension, which the library's types do not know
    made.install_gettext_callables(known.gettext, known.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters["embedded"] = embedded
    made.globals["asset"] = assets.address
    made.globals["has_asset"] = assets.exists
    return made


def prepare() -> None:
    """Compile all templates in both languages, so that no visitor waits for it."""
    for language in LANGUAGES:
        for name in environment(language).list_templates(extensions=["html", "txt"]):
            environment(language).get_template(name)


def render(template: str, language: Language, **context: Any) -> str:
    """Return a page."""
    return environment(language).get_template(template).render(language=language, **context)


def render_part(template: str, part: str, **context: Any) -> str:
    """Return what a macro of a text template says with some values; nothing in it is escaped."""
    made = environment("ja").get_template(template).make_module(context)
    return str(getattr(made, part)())


def embedded(content: Any) -> Markup:
    """Return JSON for a script element: whatever it holds, it cannot end the element.

    >>> embedded({"a": "</script>"})
    Markup('{"a":"\\\\u003c/script\\\\u003e"}')
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
