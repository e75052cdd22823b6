"""Names as they are compared: what people write differently and mean the same becomes the same.

Two keys: `folded` for texts in Japanese script (or any), `roman` for texts in Roman letters and for
readings. Both are applied to the names in the data and to what is looked for, so a rule need not
be right about the language, only about what nobody tells apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import jaconv
import joyokanji

#: Forms of characters in names of places that the table of old forms (joyokanji: the official
#: list of characters for common use) leaves alone, because both are characters of their own.
_VARIANTS = str.maketrans(
    "嶋嶌檜舘渕埜邨龝穐舩曻嵜碕斉齋齊邉邊鄕內戶黑淸靑嶽冨峯濵壷槇遙鴎梼祗蕊龜辯辨瓣舍敎靏靍",
    "島島桧館淵野村秋秋船昇崎崎斎斎斎辺辺郷内戸黒清青岳富峰浜壺槙遥鷗檮祇蘂亀弁弁弁舎教鶴鶴",
)
#: Small kana are often written large, and these pairs sound the same.
_KANA = str.maketrans(
    "ァィゥェォッャュョヮヵヶヂヅヴヰヱヲ", "アイウエオツヤユヨワカケジズブイエオ"
)
_KANJI = r"[㐀-鿿々〆豈-﫿\U00020000-\U0003ffff]"
#: Between kanji these stand for the same word: 鎌ケ谷, 鎌ヶ谷, 鎌が谷; 上ノ国, 上の国, 上之国.
_GA = re.compile(rf"(?<={_KANJI})[ケカガ箇個个](?={_KANJI})")
_NO = re.compile(rf"(?<={_KANJI})[ノ之乃](?={_KANJI})")
_LATIN = re.compile("[À-ÖØ-öø-ʯḀ-ỿ]")
_NO_WORD = re.compile(r"[\W_ー・]+")
_JAPANESE = re.compile(rf"[ぁ-ゖァ-ヺー]|{_KANJI}")
_KANA_ONLY = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")
#: Longer texts are no names; the rest of one does not count.
LONGEST = 500

#: Romanisations to that of Hepburn, one after the other; then what is commonly confused.
_ROMAN = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"oh(?![aiueoy])", "o"),
        (r"sy(?=[auo])", "sh"),
        (r"(?<!s)si", "shi"),
        (r"ssi", "sshi"),
        (r"t[cy](?=[auo])", "ch"),
        (r"tch", "ch"),
        (r"cch", "ch"),
        (r"ti", "chi"),
        (r"tu", "tsu"),
        (r"(?<![sc])hu", "fu"),
        (r"[zjd]y(?=[auo])", "j"),
        (r"[zd]i", "ji"),
        (r"d[zu]u?", "zu"),
        (r"c(?!h)", "k"),
        (r"l", "r"),
        (r"m(?=[bpm])", "n"),
        (r"ou", "o"),
        (r"([a-z])\1+", r"\1"),
    )
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text in one width, with single blanks; letters and their case stay.

    >>> plain("ｻｯﾎﾟﾛ　ＣＩＴＹ")
    'サッポロ CITY'
    """
    return " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).split())


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the key of a text in any script: no case, width, kana, old form, mark or blank.

    >>> folded("鎌ヶ谷市") == folded("鎌が谷 市"), folded("さっぽろ"), folded("檜山") == folded("桧山")
    (True, 'サツポロ', True)
    """
    new = joyokanji.convert(plain(text), variants=True).translate(_VARIANTS)
    kana = jaconv.hira2kata(new.casefold()).translate(_KANA)
    joined = _GA.sub("ケ", _NO.sub("ノ", kana))
    return _NO_WORD.sub("", _LATIN.sub(_bare, joined))


def _bare(found: re.Match[str]) -> str:
    """Return a Latin letter without its marks."""
    return "".join(
        c for c in unicodedata.normalize("NFD", found[0]) if not unicodedata.combining(c)
    )


@lru_cache(maxsize=4096)
def roman(text: str) -> str:
    """Return the key of a text in Roman letters or of a reading in kana.

    Macrons, length of vowels, doubled consonants, and the ways to write a syllable (si/shi,
    tu/tsu, hu/fu, zya/ja, oh/ou/o, mb/nb) make no difference.

    >>> roman("Tōbetsu-chō") == roman("トウベツチョウ") == roman("toubetu tyou")
    True
    """
    letters = _letters(plain(text))
    for pattern, by in _ROMAN:
        letters = pattern.sub(by, letters)
    return letters


def _letters(text: str) -> str:
    kana = jaconv.kata2hira(text) if _KANA_ONLY.fullmatch(text) else ""
    latin = jaconv.kana2alphabet(kana) if kana else _LATIN.sub(_bare, text)
    return re.sub(r"[^a-z0-9]+", "", latin.casefold())


def is_japanese(text: str) -> bool:
    """Tell whether a text has kana or kanji."""
    return _JAPANESE.search(plain(text)) is not None


def is_kana(text: str) -> bool:
    """Tell whether a text is written in kana alone."""
    return _KANA_ONLY.fullmatch(plain(text)) is not None


def keys_of(text: str) -> tuple[str, ...]:
    """Return the keys by which a text is found, marked by their kind: `k:` folded, `r:` roman.

    A text in Japanese script has the first, one in Roman letters the second, a reading both.

    >>> keys_of("カスミ"), keys_of("Kasumi"), keys_of("?")
    (('k:カスミ', 'r:kasumi'), ('r:kasumi',), ())
    """
    key, sound = folded(text), roman(text)
    kana = f"k:{key}" if key and (is_japanese(text) or not sound) else ""
    letters = f"r:{sound}" if sound and (is_kana(text) or not is_japanese(text)) else ""
    return tuple(filter(None, (kana, letters)))
