"""The municipalities of the committed data, and the ways in which tables write them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Mapping

import jaconv

from tests.support.real import ROOT

Row = Mapping[str, str]


def municipalities() -> list[dict[str, str]]:
    with (ROOT / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def regions() -> dict[str, str]:
    """Return the short names of regions by their slugs."""
    with (ROOT / "data" / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["slug"]: row["short_ja"] for row in csv.DictReader(file)}


def prefecture() -> str:
    with (ROOT / "data" / "prefecture.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["name_ja"]


def bare(row: Row) -> str:
    return row["name_ja"].removesuffix(row["type"])


PREF, REGIONS = prefecture(), regions()
WIDE = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in map(chr, range(0x21, 0x7F))}

#: Name of a variant -> the headings of a table, and the cells of a row.
VARIANTS: dict[str, tuple[tuple[str, ...], Callable[[Row], tuple[str, ...]]]] = {
    "kanji": (("市区町村名",), lambda r: (r["name_ja"],)),
    "kanji and prefecture": (("都道府県名", "市区町村名"), lambda r: (PREF, r["name_ja"])),
    "without suffix, with prefecture": (("都道府県", "市町村"), lambda r: (PREF, bare(r))),
    "prefecture in front": (("自治体名",), lambda r: (PREF + r["name_ja"],)),
    "kanji and region": (
        ("振興局", "市町村名"),
        lambda r: (REGIONS[r["region_slug"]], r["name_ja"]),
    ),
    "katakana": (
        ("都道府県名", "市区町村名_カナ"),
        lambda r: (PREF, r["name_kana"]),
    ),
    "half-width katakana": (
        ("都道府県名", "市区町村名_カナ"),
        lambda r: (PREF, jaconv.z2h(r["name_kana"])),
    ),
    "hiragana": (("都道府県名", "よみ"), lambda r: (PREF, jaconv.kata2hira(r["name_kana"]))),
    "romaji": (("都道府県名", "city"), lambda r: (PREF, r["name_romaji"])),
    "romaji without macrons, capitals": (
        ("都道府県名", "municipality"),
        lambda r: (PREF, plain(r["name_romaji"]).upper()),
    ),
    "full-width romaji": (
        ("都道府県名", "city"),
        lambda r: (PREF, r["name_romaji"].translate(WIDE)),
    ),
    "English name and region": (
        ("region", "city"),
        lambda r: (REGIONS[r["region_slug"]], r["name_en"]),
    ),
    "district in front": (("市町村名",), lambda r: (r["district_ja"] + r["name_ja"],)),
    "district beside": (("郡", "町村"), lambda r: (r["district_ja"], r["name_ja"])),
    "six digits": (("全国地方公共団体コード",), lambda r: (r["lg_code"],)),
    "five digits": (("市区町村コード",), lambda r: (r["jis_code"],)),
    "full-width digits": (("団体コード",), lambda r: (r["lg_code"].translate(WIDE),)),
    "six digits without zero": (("団体コード",), lambda r: (r["lg_code"].lstrip("0"),)),
    "five digits without zero": (("code",), lambda r: (r["jis_code"].lstrip("0"),)),
    "code and name": (("団体コード", "団体名"), lambda r: (r["lg_code"], r["name_ja"])),
    "address with prefecture and district": (
        ("住所",),
        lambda r: (f"{PREF}{r['district_ja']}{r['name_ja']}本町１丁目２番３号",),
    ),
    "address with prefecture": (
        ("所在地_連結表記",),
        lambda r: (f"{PREF}{r['name_ja']}緑町4-5-6",),
    ),
    "address without prefecture": (
        ("全国地方公共団体コード", "名称", "住所"),
        lambda r: ("010006", f"{r['name_kana'][:2]}会館", f"{r['name_ja']}字美しが丘7番地"),
    ),
    "blanks around and inside": (
        ("都道府県名", "市区町村名"),
        lambda r: (f" {PREF}", f"\u3000{bare(r)} {r['type']} "),
    ),
}


def plain(text: str) -> str:
    """Return Latin letters without their marks."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


def table(variant: str) -> bytes:
    headings, cells = VARIANTS[variant]
    rows = [headings, *(cells(row) for row in municipalities())]
    return "".join(",".join(row) + "\n" for row in rows).encode()
