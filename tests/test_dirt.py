"""publish.dirt: what is no value in texts and rows, found without crying wolf."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import partial

import pyoxigraph as ox
import pytest

from publish import dirt
from publish.errors import Place
from publish.i18n import LANGUAGES
from tests.support.real import ROOT

#: Texts as people write them: old kanji and those of other sets, half-width kana, quotation marks,
#: accents, emoji made of several, letters from the right, iteration marks, C#, CJK compatibility.
CLEAN = [
    "霞市", "髙﨑市", "神埼郡", "葛󠄀城市", "鰺ヶ沢町", "ﾊﾞｽ停", "札幌市　中央区", "第１号", "㈱霞", "℃", "C#", "#1",
    "# 見出し", "A & B", "?", "どこ？？", "it’s a “café” – naïve", "São Paulo", "CITÉ", "Đà Nẵng", "Zürich",
    "👨‍👩‍👧", "🇯🇵", "שלום", "か゚", "こゝろ", "珈琲・檸檬", "驛前", "繧繝縁", "蝦夷", "諏訪", "鷗外", "x\ny\tz",
    "a\u00a0b", "Err", "N/A", "-", "0", "50%",
]  # fmt: skip


def kinds(text: str) -> list[str]:
    return [fault.kind for fault in dirt.faults(text)]


@pytest.mark.parametrize("text", CLEAN)
def test_what_people_write_is_no_dirt(text: str) -> None:
    assert kinds(text) == []
    assert dirt.trimmed(text) == text


@pytest.mark.parametrize(
    "around", ["\n", "\t", " ", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u00ad", "\u2060", "\x00",
               "\r\n", "\u2003", "\u2028", "\x1f"],
)  # fmt: skip
def test_white_space_and_what_cannot_be_seen_around_a_text_is_cut_off(around: str) -> None:
    for text in (f"霞 市{around}", f"{around}霞 市", f"{around * 3}霞 市{around}"):
        assert dirt.trimmed(text) == "霞 市"
        (fault,) = dirt.faults(text)
        assert fault.kind == "around"
        assert f"U+{ord(around[0]):04X}" in fault.what.en
        assert not fault.is_violation


@pytest.mark.parametrize(
    "error",
    ["#REF!", "#NAME?", "#N/A", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
     "#GETTING_DATA", "#ERROR!", "＃ＲＥＦ！", "#n/a", "=SUM(A1:#REF!)", "=#REF!+1", "Err:502",
     "エラー:509", "###", "########", " #N/A "],
)  # fmt: skip
def test_an_error_of_a_spreadsheet_is_no_value(error: str) -> None:
    fault = dirt.faults(error)[-1]
    assert fault.kind in ("error", "narrow")
    assert fault.is_violation
    assert dirt.faults(f"{error.strip()}とは")[-1:] == () or "=" in error


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("山\ufffd市", "lost", "U+FFFD"), ("〓田町", "lost", "U+3013"), ("???", "lost", "U+003F"),
        ("？？？？", "lost", "U+FF1F"), ("a\uffff", "lost", "U+FFFF"),
        ("葛\ue000城", "private", "U+E000"), ("\uf8ff", "private", "U+F8FF"),
        ("\U000f0000", "private", "U+F0000"), ("x\U0010fffd", "private", "U+10FFFD"),
        ("外\ue757字", "private", "U+E757"),
        ("は\u3099し", "decomposed", "は\u3099"), ("は゛し", "decomposed", "は"),
        ("ハ\u309aン", "decomposed", "ハ\u309a"), ("Cafe\u0301", "decomposed", "e\u0301"),
        ("\u1112\u1161\u11ab", "decomposed", "\u1112\u1161"),
        ("霞\u200b市", "invisible", "U+200B"), ("霞\ufeff市", "invisible", "U+FEFF"),
        ("so\u00adciety", "invisible", "U+00AD"), ("a\x07b", "invisible", "U+0007"),
        ("\u202a2024/4/1", "invisible", "U+202A"), ("a\x85b", "invisible", "U+0085"), ("一\u2028二", "invisible", "U+2028"),
        ("図\ufffc1", "invisible", "U+FFFC"), ("霞\u3164市", "invisible", "U+3164"),
        ("A &amp; B", "escape", "&amp;"), ("&#39640;橋", "escape", "&#39640;"),
        ("a&nbsp;b", "escape", "&nbsp;"), ("&#x9AD9;橋", "escape", "&#x9AD9;"),
        ("一_x000D_二", "escape", "_x000D_"),
    ],
)  # fmt: skip
def test_other_dirt_is_named_with_what_it_is(text: str, kind: str, shown: str) -> None:
    (fault,) = dirt.faults(text)
    assert fault.kind == kind
    assert not fault.is_violation
    for language in LANGUAGES:
        assert shown in fault.what.in_(language)
        assert fault.remedy.in_(language)


JAPANESE = [
    "日本",
    "札幌市",
    "北海道",
    "文字化け",
    "ようこそ、北海道へ",
    "第2期 霞市総合計画",
    "カスミシ",
    "高橋さん",
]


def _read(raw: bytes, codec: str) -> str:
    """Return bytes as they are read in an encoding; Windows reads what is open as controls."""
    if codec != "cp1252":
        return raw.decode(codec, "replace")
    return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in raw)


@pytest.mark.parametrize("text", JAPANESE)
@pytest.mark.parametrize(
    ("was", "read"),
    [("utf-8", "cp932"), ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "mac_roman"),
     ("cp932", "cp1252"), ("cp932", "latin-1"), ("euc_jp", "latin-1"), ("euc_jp", "cp1252")],
)  # fmt: skip
def test_text_that_was_read_in_a_wrong_encoding_is_told_with_what_it_was(
    text: str, was: str, read: str
) -> None:
    garbled = _read(text.encode(was), read)
    meant = dirt.misread(garbled)
    assert meant
    assert kinds(garbled) == ["misread"]
    assert set(meant.text) <= {*text, "\ufffd"}
    assert meant.text == text or "\ufffd" in garbled


@pytest.mark.parametrize(
    "garbled",
    [
        "譁�蟄怜喧縺",
        "譁・ｭ怜喧縺・",
        "譁?蟄怜喧縺?",
        "譌･",
        "ã‚ˆã�†ã�“ã��",
        "CafÃ©",
        "â€œquotedâ€\x9d",
        "ZÃ¼rich",
    ],
)
def test_garbled_text_of_which_bytes_were_lost_is_found_too(garbled: str) -> None:
    assert kinds(garbled) == ["misread"]


def _texts() -> Iterator[str]:
    """Yield the cells and literals of this repository."""
    for path in (*ROOT.glob("data/*.csv"), *ROOT.glob("tests/fixtures/*/data/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for record in csv.reader(file):
                yield from record
    for pattern in ("data/*.ttl", "ontology/*.ttl", "tests/fixtures/*/data/*.ttl"):
        for path in ROOT.glob(pattern):
            found = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri="http://a.example/")
            yield from (quad.object.value for quad in found if isinstance(quad.object, ox.Literal))


def test_nothing_of_ours_is_dirt() -> None:
    texts = list(_texts())
    assert len(texts) > 10_000
    assert [(text, kinds(text)) for text in texts if dirt.faults(text)] == []


def test_usual_kanji_and_kana_in_any_order_are_never_taken_for_garbled_text() -> None:
    pairs = (bytes((row, cell)) for row in range(0x88, 0x98) for cell in range(0x9F, 0xFD))
    level_1 = "".join(pair.decode("cp932", "ignore") for pair in pairs)
    pool = level_1 + "".join(map(chr, range(0x3041, 0x30FB)))
    chosen = random.Random(12)
    words = ("".join(chosen.choices(pool, k=length)) for length in range(1, 9) for _ in range(3000))
    assert [word for word in words if dirt.misread(word)] == []


def test_a_long_text_is_looked_at_in_linear_time_even_if_it_means_harm() -> None:
    for text in (
        " " * 10**5 + "b\ue000",
        "=#" * 10**5,
        "縺｡" * 10**5,
        "&#" * 10**5,
        "=" + "#REF" * 10**5,
    ):
        assert isinstance(dirt.faults(text), tuple)  # quadratic time would not come to its end


# -- Rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells", [[], [""], ["", ""], [" ", "\t"], ["　"], ["\u00a0", "\u200b"], ["\ufeff"]]
)
def test_a_row_without_any_value_is_blank(cells: list[str]) -> None:
    assert dirt.is_blank(cells)
    assert not dirt.is_blank([*cells, "0"])


@pytest.mark.parametrize(
    ("line", "mark"),
    [("sep=,", ","), ("sep=;\r\n", ";"), ('"sep=,"', ","), ("SEP=\t", "\t"), ("sep=,,,,", ","),
     (r"sep=\t", "\t"), ("sep=|", "|"), ("sep=", "")],
)  # fmt: skip
def test_a_line_for_excel_tells_what_stands_between_cells(line: str, mark: str) -> None:
    assert dirt.separator_in(line) == mark
    delimiter = mark if mark in ("\t", ";") else ","
    (cells,) = csv.reader([line.rstrip()], delimiter=delimiter)
    assert dirt.is_separator_line(cells)


@pytest.mark.parametrize("line", ["sep", "separator", "sep=,name", "a,sep=", "名称,sep"])
def test_headings_are_no_line_for_excel(line: str) -> None:
    assert dirt.separator_in(line) is None
    assert not dirt.is_separator_line(line.split(","))


NAMES = [("code", "コード"), ("name_ja", "名称"), ("kana", "カナ"), ("wikidata",)]


@pytest.mark.parametrize(
    "cells",
    [["code", "name_ja", "kana", "wikidata"], ["コード", "名称", "カナ", ""], ["Code", "Name JA", "ｶﾅ", ""],
     [" code ", "名称", "", ""], ["code", "名称", "kana", "Wikidata"]],
)  # fmt: skip
def test_a_row_that_says_the_headings_again_is_known_in_any_of_their_names(
    cells: list[str],
) -> None:
    assert dirt.repeats(cells, NAMES)


@pytest.mark.parametrize(
    "cells",
    [
        ["", "名称", "", ""],
        ["012025", "名称", "カナ", "Q1"],
        ["名称", "コード", "", ""],
        ["", "", "", ""],
    ],
)
def test_a_row_with_a_value_of_its_own_is_no_heading(cells: list[str]) -> None:
    assert not dirt.repeats(cells, NAMES)


# -- Notes -------------------------------------------------------------------------------------


def test_dirt_of_one_kind_and_column_is_told_once_with_the_first_places() -> None:
    (fault,) = dirt.faults("\ue000")
    asked = []

    def place(line: int) -> Place:
        asked.append(line)
        return Place("a.csv", line, "名")

    found = [dirt.Found(fault, "名", partial(place, n)) for n in range(2, 1000)]
    found.append(dirt.Found(fault, "町", lambda: Place("a.csv", 9, "町")))
    one, other = dirt.told(found)
    assert str(one.place) == "a.csv:2:名"
    assert one.what.ja.endswith("（ほかに997か所：3、4、5、6、7行目ほか）")
    assert one.what.en.endswith("(And 997 more: lines 3, 4, 5, 6, 7, ….)")
    assert (other.what, str(other.place)) == (fault.what, "a.csv:9:町")
    assert len(asked) < 10
