"""Texts whose script is not that of their language tag: Japanese as @en, English as @ja.

Names stay as they are written: "SDGs", "Who's On First" in Japanese, a Japanese name or title in English
where it stands in brackets or quotes, or among far more English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from publish.errors import Place, Problem
from publish.i18n import Text
from publish.rdf.terms import Triple

#: Kana, also of half width, and kanji with the marks that stand for one.
_JAPANESE = re.compile("[ぁ-ゖァ-ヺーｦ-ﾟㇰ-ㇿ々〆㐀-䶿一-鿿豈-龎\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[^\W\d_]")
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|（[^（）]*）|\([^()]*\)|“[^“”]*”|\"[^\"]*\"")
_AROUND = "“”‘’\"'()[]"
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[.,;:!?]?")
_RUNNING = re.compile(r"[a-z]{3,}[.,;:!?]?")
#: An English text has no greater part of its letters in Japanese script, outside brackets and quotes.
_MOST = 0.2
#: So many words in small letters make a text English, whatever else is in it.
_SENTENCE = 3


def problems(
    triples: Iterable[Triple], place_of: Callable[[Triple], Place | None]
) -> Iterator[Problem]:
    """Yield a problem for each text in Japanese that is tagged @en, and the other way round."""
    listed = [
        (triple, triple[2])
        for triple in triples
        if isinstance(triple[2], ox.Literal) and triple[2].language in ("ja", "en")
    ]
    english: dict[tuple[str, str], set[str]] = {}
    for (subject, predicate, _), text in listed:
        if text.language == "en":
            english.setdefault((subject.value, predicate.value), set()).add(text.value)
    for triple, text in listed:
        if text.language == "en" and is_japanese(text.value):
            yield Problem(
                _JAPANESE_AS_EN.format(text=_begin(text.value)), _TAG_JA, place_of(triple)
            )
        elif text.language == "ja":
            beside = english.get((triple[0].value, triple[1].value), set())
            if is_english(text.value, beside):
                what = _ENGLISH_AS_JA.format(text=_begin(text.value))
                yield Problem(what, _TAG_EN, place_of(triple))


def is_japanese(text: str) -> bool:
    """Tell whether a text that should be English is Japanese, or has much of it outside quotes.

    >>> is_japanese("遠隔医療 promotion"), is_japanese("the plan 「推進計画」 of Kasumi (霞県)")
    (True, False)
    """
    if not _JAPANESE.search(text):
        return False
    bare = _QUOTED.sub(" ", text)
    if not _LETTER.search(bare):  # nothing but a quotation
        bare = text
    return len(_JAPANESE.findall(bare)) > _MOST * len(_LETTER.findall(bare))


def is_english(text: str, beside: set[str] | frozenset[str] = frozenset()) -> bool:
    """Tell whether a text that should be Japanese is English; `beside` are the English texts at its side.

    A name of several words in capitals is taken for one if it is the same in English.

    >>> is_english("Smart agriculture"), is_english("SDGs"), is_english("Kasumi City", {"Kasumi"})
    (True, False, True)
    """
    if _JAPANESE.search(text):
        return False
    words = [word.strip(_AROUND) for word in text.split()]
    running = sum(1 for word in words if _RUNNING.fullmatch(word))
    if running >= _SENTENCE:
        return True
    if len(words) < 2 or not all(map(_WORD.fullmatch, words)):
        return False
    return running > 0 or bool(beside and text not in beside)


def _begin(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


_JAPANESE_AS_EN = Text(
    "英語（@en）とされた文字列「{text}」が日本語です。", '"{text}" is tagged @en, but is Japanese.'
)
_TAG_JA = Text(
    "日本語なら言語タグを @ja に（表では日本語の列に）し、英語の文を別に書いてください。"
    "英文の中の日本語の名称は、かっこか引用符に入れてください。",
    "If it is Japanese, tag it @ja (in a table: move it to the Japanese column) and write the English "
    "text. Put Japanese names within an English text into brackets or quotes.",
)
_ENGLISH_AS_JA = Text(
    "日本語（@ja）とされた文字列「{text}」が英語です。", '"{text}" is tagged @ja, but is English.'
)
_TAG_EN = Text(
    "英語なら言語タグを @en に（表では英語の列に）し、日本語の文を別に書いてください。"
    "日本語でもローマ字で書く名称なら、英語（@en）の文字列と同じにそろえてください。",
    "If it is English, tag it @en (in a table: move it to the English column) and write the Japanese "
    "text. If it is a name that Japanese writes so too, make it the same as the one tagged @en.",
)
