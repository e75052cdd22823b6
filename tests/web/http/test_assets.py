"""The stylesheets: colours that can be read, design tokens with their own values, nothing foreign."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publish.web.http import assets

STYLES = sorted(path for path in assets.DIRECTORY.glob("*.css") if path.name != "tokens.css")
STYLE = (assets.DIRECTORY / "style.css").read_text("utf-8")
TOKENS = assets.DIRECTORY / "tokens.css"
#: A design token as it is used, with the value for pages that have no tokens.css.
USE = re.compile(
    r"var\((--(?:color|font|line-height|border-radius|elevation)-[a-z0-9-]+)"
    r"(?:, ((?:[^()]|\([^()]*\))*))?\)"
)


def used() -> set[tuple[str, str]]:
    """Return the design tokens that the stylesheets use, each with its built-in value."""
    return {
        (name, value) for path in STYLES for name, value in USE.findall(path.read_text("utf-8"))
    }


def test_names_change_with_the_content(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    file.write_text("a {}")
    before = assets.named(file)
    file.write_text("b {}")
    assert re.fullmatch(r"a-[0-9a-f]{12}\.css", before)
    assert assets.named(file) != before


def test_the_stylesheet_loads_nothing_from_elsewhere() -> None:
    for path in assets.DIRECTORY.glob("*.css"):
        css = path.read_text("utf-8")
        assert "@import" not in css
        assert all(one == "#" for one in re.findall(r"url\([\"']?(.)", css))  # within the page
    assert "prefers-color-scheme: dark" in STYLE
    assert "prefers-reduced-motion" in STYLE and "@media print" in STYLE


# -- Design tokens --------------------------------------------------------------------------------


def test_every_token_has_a_value_for_pages_without_the_tokens() -> None:
    assert len(used()) > 50
    assert [name for name, value in used() if not value] == []


def test_a_token_has_the_same_value_everywhere() -> None:
    assert len({name for name, _ in used()}) == len(used())


def test_the_built_in_values_are_those_of_the_tokens() -> None:
    if not TOKENS.exists():
        pytest.skip("the design tokens are not there: npm is missing (make setup)")
    text = TOKENS.read_text("utf-8")
    declared = dict(re.findall(r"^  (--[a-z0-9-]+): (.+);$", text, flags=re.M))
    assert {name: declared.get(name) for name, _ in used()} == dict(used())
    assert "MIT" in text.splitlines()[0]


def test_colours_are_named_in_one_place_only() -> None:
    rules = re.sub(r"/\*.*?\*/", "", re.sub(r":root \{.*?\}", "", STYLE, flags=re.S), flags=re.S)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules) == []


# -- Contrast -------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour.lstrip("#")[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


#: Names of text colours, each on both grounds.
TEXTS = (
    "text", "quiet", "link", "visited", "key", "accent",
    "source", "editorial", "reference", "links", "ontology", "derived", "other",
)  # fmt: skip
#: Text on a ground of its own.
PAIRS = (
    ("on-key", "key"),
    ("note-text", "note"),
    ("alert-text", "alert"),
    ("good-text", "good"),
    ("text", "tint"),
    ("link", "tint"),
)
#: Lines and shapes that mean something.
SHAPES = ("edge", "focus", "kind-1", "kind-2", "kind-3", "kind-4", "kind-5", "kind-6")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_enough_contrast(scheme: int) -> None:
    block = re.findall(r":root \{(.*?)\n *\}", STYLE, flags=re.S)[scheme]
    colours = dict(re.findall(r"--([a-z0-9-]+): var\([a-z0-9-]+, (#[0-9a-f]{6})\)", block))
    grounds = ("ground", "raised")
    wanted = [(name, ground, 4.5) for name in TEXTS for ground in grounds]
    wanted += [(name, ground, 4.5) for name, ground in PAIRS]
    wanted += [(name, "ground", 3.0) for name in SHAPES]
    poor = [
        (name, ground, round(found, 2))
        for name, ground, least in wanted
        if (found := contrast(colours[name], colours[ground])) < least
    ]
    assert poor == []
