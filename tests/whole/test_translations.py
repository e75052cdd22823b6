"""The interface exists in both languages, and nothing is translated that nobody shows."""

from __future__ import annotations

from babel.messages import pofile
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir

from publish.web.app.render import TRANSLATIONS, translations

TEMPLATES = TRANSLATIONS.parent / "templates"


def shown() -> set[str]:
    """Return the message ids that the templates use."""
    options = {"**.html": {"extensions": "jinja2.ext.i18n", "trim_blocks": "true"}}
    found = extract_from_dir(
        str(TEMPLATES),
        method_map=[("**.html", "jinja2")],
        options_map=options,
        keywords={"_": None, "ngettext": (1, 2)},
    )
    return {ids if isinstance(ids, str) else ids[0] for _, _, ids, _, _ in found}


def translated() -> dict[str, Message]:
    with (TRANSLATIONS / "en.po").open("rb") as source:
        catalog = pofile.read_po(source, locale="en")
    return {_first(message.id): message for message in catalog if message.id}


def _first(ids: str | list[str] | tuple[str, ...]) -> str:
    return ids if isinstance(ids, str) else ids[0]


def test_every_text_has_an_english_translation() -> None:
    assert sorted(shown() - translated().keys()) == []


def test_no_translation_is_unused() -> None:
    assert sorted(translated().keys() - shown()) == []


def test_no_translation_is_empty_or_uncertain() -> None:
    assert [m.id for m in translated().values() if not all(_strings(m)) or m.fuzzy] == []


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def test_translations_fill_in_the_same_values() -> None:
    wrong = [
        message.id
        for message in translated().values()
        if any(_values(_first(message.id)) != _values(string) for string in _strings(message))
    ]
    assert wrong == []


def _values(text: str) -> list[str]:
    return sorted(part.split(")")[0] for part in text.split("%(")[1:])


def test_plurals_follow_english_grammar() -> None:
    english = translations("en")
    assert english.ngettext("%(num)s件", "%(num)s件", 1) == "%(num)s item"
    assert english.ngettext("%(num)s件", "%(num)s件", 2) == "%(num)s items"
    assert translations("ja").gettext("一覧") == "一覧"
