"""publish.search.addresses: what stands in front of an area in an address, and behind it."""

from __future__ import annotations

import time

import pytest

from publish.release.release import Release
from publish.search.addresses import bare, unread
from publish.search.candidate import LINE, Candidate, Wanted
from publish.search.matcher import Matcher


@pytest.fixture(scope="module")
def matcher(release: Release) -> Matcher:
    return release.matcher


def _read(matcher: Matcher, text: str, *kinds: str) -> tuple[Candidate, ...]:
    return matcher.match(Wanted(text, kinds, is_address=True))


# -- In front: postal codes, countries, telephone numbers ------------------------------------------


@pytest.mark.parametrize(
    "front",
    [
        "〒060-8611 ", "060-8611 ", "060-8611", "0608611", "〒0608611", "〒 060-8611　",
        "060\u20108611", "060\u20118611", "060\u20128611", "060\u20138611", "060\u20148611",
        "060\u22128611", "060ー8611", "060－8611", "060ｰ8611", "060 - 8611 ", "０６０－８６１１　",
        "〒０６０８６１１", "郵便番号060-8611", "郵便番号：060-8611 ", "(〒060-8611)", "〒060 ",
        "〒060-91", "日本、〒060-8611 ", "日本〒060-8611", "日本、", "日本国 ", "日本", "Japan, ",
        "011-211-2111 ", "TEL 011-211-2111 ", "TEL：011（211）2111　", "電話番号：011-211-2111、",
        "+81-11-211-2111 ", "〒060-8611 TEL.011-211-2111 ",
    ],
)  # fmt: skip
def test_what_stands_in_front_of_an_address_is_left_out(front: str) -> None:
    address = "北海道札幌市中央区北1条西2丁目"
    assert bare(front + address) == address


@pytest.mark.parametrize(
    "back",
    [" TEL 011-211-2111", "　℡011-211-2111", "（電話011-211-2111）", "、日本", ", Japan",
     "　〒060-8611", " 011-211-2111 FAX 011-211-2112", "、 〒060-8611、日本"],
)  # fmt: skip
def test_what_stands_behind_an_address_is_left_out(back: str) -> None:
    address = "北海道札幌市中央区北1条西2丁目"
    assert bare(address + back) == address


@pytest.mark.parametrize(
    "text",
    ["012025", "01202-5", "0608611", "日本海沿岸市町村", "日本大通り", "1条通2丁目", "100年広場",
     "北1条西2丁目1-2-3", "2023-2024年度", "日本橋本町"],
)  # fmt: skip
def test_what_belongs_to_a_name_or_code_stays(text: str) -> None:
    assert bare(text) == text


@pytest.mark.parametrize(
    "text",
    ["060 8611 " * 60 + "x", "、" * 499 + "x", "060-8611、" * 55 + "x", "0" * 499 + "x",
     "(011)231-4111 " * 36 + "x", "日本" * 250, "〒" * 500],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    bare(text)
    assert time.process_time() - begun < 0.5


# -- Behind: what ought to be a municipality or ward -----------------------------------------------


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("霞郡緑町5-1", "霞郡緑町"),
        ("霞郡 緑町", "霞郡 緑町"),
        ("霞郡", "霞郡"),
        ("緑市3", "緑市"),
        ("緑が丘5", "緑が丘"),
        ("\ue000川町本町", "\ue000川町"),
        ("立山町", "立山町"),
        ("庁南町", "庁南町"),
    ],
)
def test_what_stands_where_a_municipality_must_is_found(rest: str, found: str) -> None:
    assert unread(rest, "prefecture") == found


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "庁",
        "庁舎",
        "庁別館",
        "立図書館",
        "立市民会館",
        "内",
        "全域",
        "一円",
        "内各地",
        "ほか",
        "警察本部",
    ],
)
def test_what_means_all_of_an_area_or_its_offices_is_no_municipality(rest: str) -> None:
    assert unread(rest, "prefecture") == ""


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("緑区1", "緑区"),
        ("〓区", "〓区"),
        ("区北1条", "区"),
        ("保土ケ谷区", "保土ケ谷区"),
        ("本町", ""),
        ("本町西区", ""),
        ("本町地区センター", ""),
        ("区役所", ""),
        ("区画整理地", ""),
        ("学区", ""),
    ],
)
def test_behind_a_city_only_a_ward_is_looked_for(rest: str, found: str) -> None:
    assert unread(rest, "city") == found


@pytest.mark.parametrize(
    ("text", "area", "told"),
    [
        ("北海道勇払郡鵡川町花園1丁目", "北海道", "「勇払郡鵡川町」に当たる市区町村がこのデータになく"),
        ("北海道　勇払郡　鵡川町", "北海道", "「勇払郡 鵡川町」に当たる市区町村"),
        ("北海道虻田郡虻田町字本町", "北海道", "「虻田郡虻田町」に当たる市区町村"),
        ("北海道亀田郡戸井町", "北海道", "「亀田郡戸井町」に当たる市区町村"),
        ("北海道勇払郡\ue000川町1", "北海道", "川町」に当たる市区町村"),
        ("北海道函舘氏東雲町", "北海道", "「函舘氏東雲町」に当たる市区町村"),
        ("北海道勇払郡", "北海道", "「勇払郡」に当たる市区町村"),
        ("北海道栗沢1-2", "北海道", "「栗沢」に当たる市区町村"),
        ("札幌市〓区北1条", "札幌市", "「〓区」に当たる区がこのデータになく"),
        ("北海道札幌市花園区", "札幌市", "「花園区」に当たる区"),
        ("札幌市区北1条", "札幌市", "「区」に当たる区"),
        ("岩見沢市空知郡栗沢町", "岩見沢市", "「空知郡」は、「岩見沢市」にはありません"),
    ],
)  # fmt: skip
def test_an_address_that_goes_on_to_what_is_not_known_is_left_for_a_person(
    matcher: Matcher, text: str, area: str, told: str
) -> None:
    best = _read(matcher, text)[0]
    assert (best.name.ja, best.automatic) == (area, False)
    assert best.score < LINE
    assert told in best.reasons[-1].ja
    assert best.reasons[-1].en.startswith("The address ")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("北海道夕張郡厚真町京町1", "厚真町"),
        ("北海道札幌市江別市", "江別市"),
        ("函館市、北斗市", "北斗市"),
        ("北海道石狩振興局管内長沼町", "長沼町"),
    ],
)
def test_areas_that_contradict_each_other_are_left_for_a_person(
    matcher: Matcher, text: str, name: str
) -> None:
    best = _read(matcher, text)[0]
    assert (best.name.ja, best.automatic) == (name, False)
    assert "にはありません" in " ".join(reason.ja for reason in best.reasons)


@pytest.mark.parametrize("lost", ["\ue000", "\ufffd", "〓", "?", "？", "□"])
def test_a_character_that_was_lost_makes_no_other_name(matcher: Matcher, lost: str) -> None:
    """上砂川町, whose second character was lost, is not 上川町."""
    found = _read(matcher, f"北海道空知郡上{lost}川町字上砂川")
    assert not any(one.automatic for one in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("北海道札幌市中央区北3条西6丁目", "札幌市中央区"),
        ("札幌市中央区北3条西6", "札幌市中央区"),
        ("札幌市北区北7条西5丁目", "札幌市北区"),
        ("札幌市", "札幌市"),
        ("札幌市役所", "札幌市"),
        ("札幌市内一円", "札幌市"),
        ("札幌市1-2", "札幌市"),
        ("札幌市大通西19丁目", "札幌市"),
        ("札幌市厚別町山本", "札幌市"),
        ("札幌市栄町地区センター", "札幌市"),
        ("函館市大手町5-10", "函館市"),
        ("函館市若松町", "函館市"),
        ("小樽市色内1丁目", "小樽市"),
        ("岩見沢市栗沢町本町", "岩見沢市"),
        ("岩見沢市北村赤川", "岩見沢市"),
        ("石狩市厚田区厚田", "石狩市"),
        ("北海道伊達市大滝区本町", "伊達市"),
        ("北海道久遠郡せたな町北檜山区北檜山", "せたな町"),
        ("余市郡余市町黒川町", "余市町"),
        ("当別町石狩郡", "当別町"),
        ("北海道上川郡清水町南4条", "清水町"),
        ("北海道上川町", "上川町"),
        ("北海道空知総合振興局管内長沼町", "長沼町"),
        ("北海道空知地方長沼町", "長沼町"),
        ("空知支庁管内の長沼町", "長沼町"),
    ],
)
def test_an_address_that_is_understood_is_taken(matcher: Matcher, text: str, name: str) -> None:
    best = _read(matcher, text)[0]
    assert (best.name.ja, best.automatic) == (name, True), best.reasons


@pytest.mark.parametrize(
    "text",
    [
        "北海道",
        "北海道庁",
        "北海道庁別館",
        "北海道全域",
        "北海道内",
        "北海道立図書館",
        "（北海道）",
    ],
)
def test_a_prefecture_alone_is_meant(matcher: Matcher, text: str) -> None:
    best = _read(matcher, text, "prefecture", "municipality", "ward")[0]
    assert (best.kind, best.automatic) == ("prefecture", True), best.reasons


def test_what_is_wanted_need_not_be_smaller_than_what_is_understood(matcher: Matcher) -> None:
    """Who asks for prefectures or cities has what they want where only the ward is unknown."""
    assert _read(matcher, "北海道勇払郡鵡川町", "prefecture")[0].automatic
    assert _read(matcher, "札幌市〓区", "municipality")[0].automatic
    assert _read(matcher, "北海道函館市東雲町", "prefecture", "ward")[0].automatic
