"""Each rule of folding, with names of places that are really written in these ways."""

from __future__ import annotations

import pytest

from publish.search.normalize import folded, is_japanese, is_kana, plain, roman


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        ("half width", "ﾆｾｺ町", "ニセコ町"),
        ("full width", "Ｓａｐｐｏｒｏ", "sapporo"),
        ("hiragana and katakana", "えりも町", "エリモ町"),
        ("hiragana and katakana", "さっぽろし", "サッポロシ"),
        ("small kana written large", "キヨウワチヨウ", "キョウワチョウ"),
        ("kana of one sound", "ヌマヅシ", "ヌマズシ"),
        ("ke between kanji", "鎌ヶ谷市", "鎌ケ谷市"),
        ("ke between kanji", "鎌が谷市", "鎌ケ谷市"),
        ("ke between kanji", "旭ヶ丘", "旭ケ丘"),
        ("no between kanji", "上の国町", "上ノ国町"),
        ("no between kanji", "上之国町", "上ノ国町"),
        ("old forms", "瀧川市", "滝川市"),
        ("old forms", "廣尾町", "広尾町"),
        ("old forms", "當別町", "当別町"),
        ("old forms", "岩內町", "岩内町"),
        ("old forms", "壯瞥町", "壮瞥町"),
        ("old forms", "留壽都村", "留寿都村"),
        ("old forms", "眞狩村", "真狩村"),
        ("old forms", "雨龍町", "雨竜町"),
        ("other forms", "嶋牧村", "島牧村"),
        ("other forms", "函舘市", "函館市"),
        ("other forms", "檜山", "桧山"),
        ("compatibility characters", "福島町", "福島町"),
        ("blanks", "上富良野　町", "上富良野町"),
        ("marks", "「北海道 Society 5.0」プロジェクト", "北海道Society5.0プロジェクト"),
        ("macrons", "Tōbetsu", "Tobetsu"),
    ],
)
def test_a_name_written_in_another_way_is_the_same(rule: str, one: str, other: str) -> None:
    assert folded(one) == folded(other), rule


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("当別町", "当麻町"),
        ("釧路市", "釧路町"),
        ("池田町", "池田市"),
        ("タカラ", "タガラ"),
        ("ケガ", "ケケ"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("rule", "written", "reading"),
    [
        ("macron", "Tōbetsu-chō", "トウベツチョウ"),
        ("no macron", "Tobetsu-cho", "トウベツチョウ"),
        ("long vowel spelt out", "Toubetsu-chou", "トウベツチョウ"),
        ("long vowel with h", "Ohmu", "オウム"),
        ("long vowel mark", "チトセシ", "チトセシ"),
        ("kunrei si", "Sibetu", "シベツ"),
        ("kunrei tya", "Kuttyan", "クッチャン"),
        ("kunrei hu", "Minamihurano", "ミナミフラノ"),
        ("kunrei zyo", "Zyouzankei", "ジョウザンケイ"),
        ("kunrei syo", "Syosanbetu", "ショサンベツ"),
        ("kunrei ti, tu", "Titose, Tubetu", "チトセツベツ"),
        ("m before b", "Embetsu", "エンベツ"),
        ("m before b", "Oshamambe", "オシャマンベ"),
        ("doubled consonant", "Saporo", "サッポロ"),
        ("apostrophe", "Shin'totsukawa", "シントツカワ"),
        ("blank and hyphen", "Naka-Satsunai mura", "ナカサツナイムラ"),
        ("l for r", "Lishili", "リシリ"),
        ("capitals", "SHIRANUKA", "シラヌカ"),
    ],
)
def test_romanisations_of_one_reading_are_the_same(rule: str, written: str, reading: str) -> None:
    assert roman(written) == roman(reading), rule


@pytest.mark.parametrize(
    ("one", "other"),
    [("Esashi", "Sashi"), ("Kushiro", "Kashiro"), ("Mori", "Muri"), ("Hakodate", "Hokudate")],
)
def test_romanisations_of_different_readings_stay_different(one: str, other: str) -> None:
    assert roman(one) != roman(other)


def test_a_text_is_known_by_its_script() -> None:
    assert is_japanese("ｻｯﾎﾟﾛ")
    assert is_japanese("Society 札幌")
    assert not is_japanese("Sapporo")
    assert is_kana("さっぽろ し")
    assert not is_kana("札幌シ")


def test_a_text_of_any_length_takes_no_longer_than_a_long_name() -> None:
    assert len(plain("町" * 1_000_000)) == 500
    assert len(folded("ヶ" * 1_000_000)) == 500
