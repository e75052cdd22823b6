"""The ways in which people write the names of municipalities, made from the committed tables.

Each variant is made by one rule from official names, readings and codes; nothing is made with the
folding that is tested (but for radicals and old forms of characters, whose tables are read backwards).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import jaconv
from cjkfold import EQUIVALENT_IDEOGRAPH

from tests.support.real import ROOT

#: Old or other forms that documents show for characters in these names.
OLD_FORMS = {
    "滝": "瀧", "広": "廣", "当": "當", "竜": "龍", "沢": "澤", "国": "國", "真": "眞", "豊": "豐",
    "寿": "壽", "壮": "壯", "礼": "禮", "岩内": "岩內", "恵": "惠", "団": "團", "塩": "鹽", "島": "嶋",
    "黒": "黑", "清": "淸", "浜": "濱", "鶴": "靏", "栗": "栗", "気": "氣", "桧": "檜", "館": "舘",
    "庁": "廳", "県": "縣", "古内": "古內", "松内": "松內", "真狩": "眞狩", "来": "來",
}  # fmt: skip
#: Radicals that programs leave in the place of the ideographs that look the same.
_RADICALS = str.maketrans({new: old for old, new in EQUIVALENT_IDEOGRAPH.items() if len(new) == 1})
_HEPBURN_TO_KUNREI = (
    ("sha", "sya"), ("shu", "syu"), ("sho", "syo"), ("cha", "tya"), ("chu", "tyu"), ("cho", "tyo"),
    ("shi", "si"), ("chi", "ti"), ("tsu", "tu"), ("fu", "hu"), ("ja", "zya"), ("ju", "zyu"),
    ("jo", "zyo"), ("ji", "zi"),
)  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """A way to write a name: by which rule, and whose it is."""

    rule: str
    text: str
    key: str
    is_address: bool = False


@cache
def municipalities() -> tuple[dict[str, str], ...]:
    with (ROOT / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as source:
        return tuple(csv.DictReader(source))


@cache
def elsewhere() -> tuple[dict[str, str], ...]:
    with (ROOT / "data" / "elsewhere.csv").open(encoding="utf-8", newline="") as source:
        return tuple(csv.DictReader(source))


def variants() -> list[Variant]:
    """Return every variant of every municipality."""
    return [variant for row in municipalities() for variant in _of(row) if variant.text]


def _of(row: dict[str, str]) -> Iterator[Variant]:
    for rule, text in (*_japanese(row), *_sounds(row), *_codes(row)):
        yield Variant(rule, text, row["lg_code"])
    for rule, text in _addresses(row):
        yield Variant(rule, text, row["lg_code"], is_address=True)


def _japanese(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    name, core, district = row["name_ja"], row["name_ja"][:-1], row["district_ja"]
    yield "name", name
    yield "prefecture and name", f"北海道{name}"
    yield "prefecture, blank, name", f"北海道　{name}"
    yield "without designator", core
    yield "prefecture, without designator", f"北海道{core}"
    if district:
        yield "district and name", f"{district}{name}"
        yield "prefecture, district, name", f"北海道{district}{name}"
    yield "name (region)", f"{name}（{_region(row)}）"
    yield "blanks inside", f"{core[:1]} {core[1:]} {name[-1]}"
    yield "compatibility characters", unicodedata.normalize("NFD", name)
    if name.translate(_RADICALS) != name:
        yield "radicals", name.translate(_RADICALS)
    yield "selectors of glyphs", "".join(f"{letter}\U000e0100" for letter in name)
    for new, old in OLD_FORMS.items():
        if new in name and old != new:
            yield "old form", name.replace(new, old)
    if "ノ" in name:
        yield "no written small or in hiragana", name.replace("ノ", "の")
    if any("ァ" <= letter <= "ヶ" or "ぁ" <= letter <= "ゖ" for letter in core):
        yield "kana of the name changed over", jaconv.kata2hira(name)
        yield "kana of the name changed over", jaconv.hira2kata(name)
        yield "half width", jaconv.z2h(jaconv.hira2kata(name), kana=True)


def _region(row: dict[str, str]) -> str:
    with (ROOT / "data" / "regions.csv").open(encoding="utf-8", newline="") as source:
        return next(
            r["short_ja"] for r in csv.DictReader(source) if r["slug"] == row["region_slug"]
        )


def _sounds(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    kana, romaji, english = row["name_kana"], row["name_romaji"], row["name_en"]
    bare, _, ending = romaji.rpartition(" ")
    yield "katakana", kana
    yield "hiragana", jaconv.kata2hira(kana)
    yield "half-width katakana", jaconv.z2h(kana, kana=True)
    yield "prefecture in kana", f"ホッカイドウ{kana}"
    yield "romaji", romaji
    yield "romaji in small letters", romaji.lower()
    yield "romaji in full width", jaconv.h2z(romaji, ascii=True)
    yield "romaji joined", romaji.replace(" ", "").lower()
    yield "romaji with hyphen", f"{bare}-{ending.lower()}"
    yield "romaji with prefecture", f"{romaji}, Hokkaido"
    yield "kunrei", _kunrei(romaji.lower())
    yield "long vowels spelt out", jaconv.kana2alphabet(jaconv.kata2hira(kana))
    kinds = {"市": "City", "町": "Town", "村": "Village"}
    yield "English", english
    yield "English with type", f"{english} {kinds[row['type']]}"
    yield "English without macrons, capitals", _bare(english).upper()
    yield "English, prefecture, country", f"{_bare(english)}, Hokkaido, Japan"


def _kunrei(text: str) -> str:
    for hepburn, kunrei in _HEPBURN_TO_KUNREI:
        text = text.replace(hepburn, kunrei)
    return text


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _codes(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield "six digits", row["lg_code"]
    yield "five digits", row["jis_code"]
    yield "six digits, full width", jaconv.h2z(row["lg_code"], digit=True)
    yield "five digits, zero lost", row["jis_code"][1:]
    yield "six digits, zero lost", row["lg_code"][1:]


def _addresses(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    name, district = row["name_ja"], row["district_ja"]
    yield "address", f"北海道{district}{name}1条2丁目3番地"
    yield "address without prefecture", f"{district}{name}字中央4-5"
    yield "address with postal code", f"060\u20120001北海道{district}{name}字中央4-5"
    yield "address with country", f"日本、〒060-0001 北海道{district}{name}字中央4-5"


def misspelt() -> list[Variant]:
    """Return names with one letter missing, swapped or doubled, where enough is left."""
    found = []
    for row in municipalities():
        romaji, kana = row["name_romaji"].split(" ")[0].lower(), row["name_kana"]
        if len(romaji) >= 6:
            middle = len(romaji) // 2
            found.append(
                Variant("letter missing", romaji[:middle] + romaji[middle + 1 :], row["lg_code"])
            )
            swapped = (
                romaji[: middle - 1] + romaji[middle] + romaji[middle - 1] + romaji[middle + 1 :]
            )
            found.append(Variant("letters swapped", swapped, row["lg_code"]))
        if len(kana) >= 6:
            found.append(Variant("kana missing", kana[:2] + kana[3:], row["lg_code"]))
    return found
