"""What is looked for is found, with the reasons; what is ambiguous is never guessed."""

from __future__ import annotations

import pytest

from publish.release.release import Release
from publish.search.candidate import LINE, Candidate, Evidence, Wanted
from publish.search.matcher import MOST_FOUND, Matcher


@pytest.fixture(scope="module")
def matcher(release: Release) -> Matcher:
    return release.matcher


def _match(matcher: Matcher, text: str, *kinds: str, **known: str) -> tuple[Candidate, ...]:
    evidence = tuple(Evidence(name, (value,)) for name, value in known.items())
    return matcher.match(Wanted(text, kinds, evidence))


def _key(candidate: Candidate) -> str:
    return candidate.iri.rpartition("/")[2]


def _taken(matcher: Matcher, text: str, *kinds: str, **known: str) -> str | None:
    """Return the key of what is taken without a look, or None."""
    found = _match(matcher, text, *kinds, **known)
    assert not any(one.automatic for one in found[1:])
    return _key(found[0]) if found and found[0].automatic else None


def _said(candidate: Candidate) -> str:
    return " ".join(f"{reason.ja} {reason.en}" for reason in candidate.reasons)


# -- An area and the body that governs it --------------------------------------------------------

BODIES = [
    ("札幌市", "011002"),
    ("北海道", "01"),
    ("函館市", "012025"),
    ("釧路町", "016616"),
    ("音威子府村", "014702"),
    ("City of Asahikawa", "012041"),
    ("Town of Niseko", "013951"),
    ("ゆうばりし", "012092"),
    ("石狩管内千歳市", "012246"),
]


@pytest.mark.parametrize(("text", "key"), BODIES)
def test_the_name_of_an_area_and_its_body_means_the_area(
    matcher: Matcher, text: str, key: str
) -> None:
    assert _taken(matcher, text) == key
    body = "hokkaido" if key == "01" else f"municipality-{key}"
    assert body not in [_key(one) for one in _match(matcher, text)]
    assert body not in [_key(one) for one in matcher.search(text, limit=100).hits]


@pytest.mark.parametrize("text", ["札幌", "函館市", "北海道", "ニセコ", "obihiro"])
def test_a_name_that_is_typed_suggests_no_body_beside_its_area(matcher: Matcher, text: str) -> None:
    found = matcher.suggest(text, limit=50)
    assert found
    keys = {_key(one) for one in found}
    bodies = {key.removeprefix("municipality-") for key in keys if key.startswith("municipality-")}
    assert not bodies & keys and "hokkaido" not in keys


@pytest.mark.parametrize(("text", "key"), BODIES[:7])
def test_a_body_is_found_by_its_type(matcher: Matcher, text: str, key: str) -> None:
    wanted = "hokkaido" if key == "01" else f"municipality-{key}"
    assert _taken(matcher, text, "organization") == wanted
    hits = matcher.search(text, ("organization",)).hits
    assert _key(hits[0]) == wanted


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("7000020010006", "hokkaido"),
        ("9000020011002", "municipality-011002"),
        ("９００００２００１１００２", "municipality-011002"),
        ("9-0000-2001-1002", "municipality-011002"),
        ("2000020012106", "municipality-012106"),
        ("5000020016616", "municipality-016616"),
    ],
)
def test_a_corporate_number_finds_the_body(matcher: Matcher, text: str, key: str) -> None:
    assert _taken(matcher, text) == key
    assert [_key(one) for one in matcher.search(text).hits] == [key]
    assert [one.kind for one in _match(matcher, text, "municipality")] == []


def test_other_organizations_are_found_as_before(matcher: Matcher) -> None:
    assert _taken(matcher, "空知総合振興局") == "sorachi-bureau"
    assert _taken(matcher, "Hokkaido Prefectural Government") == "hokkaido"


# -- The same name within the data ---------------------------------------------------------------


def test_two_villages_of_one_name_are_both_shown_and_none_is_taken(matcher: Matcher) -> None:
    found = _match(matcher, "泊村")
    assert {_key(one) for one in found} == {"014036", "016969"}
    assert not found[0].automatic
    assert "国後郡" in _said(found[0]) and "could" not in _said(found[0])


@pytest.mark.parametrize(
    ("text", "known", "key"),
    [
        ("泊村", {"region": "後志"}, "014036"),
        ("泊村", {"region": "根室地域"}, "016969"),
        ("泊村", {"within": "古宇郡"}, "014036"),
        ("泊村", {"within": "後志総合振興局"}, "014036"),
        ("泊村", {"code": "014036"}, "014036"),
        ("Tomari", {"region": "Nemuro"}, "016969"),
        ("Esashi", {"region": "檜山"}, "013617"),
        ("Esashi", {"region": "Soya"}, "015148"),
        ("Esashi", {"region": "宗谷総合振興局"}, "015148"),
        ("Shibetsu", {"region": "上川"}, "012203"),
        ("Shibetsu", {"code": "01693"}, "016934"),
    ],
)
def test_region_or_code_tells_them_apart(
    matcher: Matcher, text: str, known: dict[str, str], key: str
) -> None:
    assert _taken(matcher, text, "municipality", "village", **known) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("古宇郡泊村", "014036"),
        ("国後郡泊村", "016969"),
        ("泊村（後志）", "014036"),
        ("北海道江差町", "013617"),
        ("Esashi, Hiyama", "013617"),
        ("士別", "012203"),
        ("標津", "016934"),
        ("Shibetsu-shi", "012203"),
        ("Shibetsu Town", "016934"),
        ("釧路町", "016616"),
        ("Kushiro City", "012068"),
        ("十勝清水町", "016365"),
        ("札幌市中央区", "011011"),
    ],
)
def test_the_text_itself_may_tell_them_apart(matcher: Matcher, text: str, key: str) -> None:
    assert _taken(matcher, text) == key


@pytest.mark.parametrize("text", ["Esashi", "Shibetsu", "釧路", "Kushiro", "Esashi-cho", "石狩"])
def test_a_name_of_several_is_not_taken_and_says_of_which(matcher: Matcher, text: str) -> None:
    found = _match(matcher, text)
    assert len(found) > 1
    assert not found[0].automatic
    assert "ほかにも合うもの" in found[0].reasons[-1].ja
    assert "Others fit as well" in found[0].reasons[-1].en


def test_another_type_than_asked_is_told(matcher: Matcher) -> None:
    found = _match(matcher, "江別町")
    assert _key(found[0]) == "012173"
    assert found[0].score < LINE
    assert "種別が違います（町ではなく市）。" in [reason.ja for reason in found[0].reasons]


# -- The same name elsewhere ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["伊達", "伊達市", "森", "森町", "もりちょう", "Mori", "Mori Town", "清水", "清水町", "池田", "池田町",
     "松前町", "Date", "ダテシ", "福島", "小平", "中央区", "ホクトシ"],
)  # fmt: skip
def test_a_name_that_exists_elsewhere_stays_below_the_line(matcher: Matcher, text: str) -> None:
    best = _match(matcher, text)[0]
    assert not best.automatic
    assert best.score < LINE
    assert "同じ名称がほかの所" in _said(best)


@pytest.mark.parametrize(
    ("text", "known", "key"),
    [
        ("北海道伊達市", {}, "012335"),
        ("伊達", {"prefecture": "北海道"}, "012335"),
        ("森", {"prefecture": "01"}, "013455"),
        ("森町", {"region": "渡島"}, "013455"),
        ("茅部郡森町", {}, "013455"),
        ("清水町", {"code": "016365"}, "016365"),
        ("池田町", {"within": "中川郡"}, "016446"),
        ("Mori, Hokkaido", {}, "013455"),
        ("福島町", {}, "013323"),
        ("小平町", {}, "014826"),
    ],
)
def test_prefecture_region_district_or_code_lift_it(
    matcher: Matcher, text: str, known: dict[str, str], key: str
) -> None:
    assert _taken(matcher, text, **known) == key


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("静岡県森町", {}),
        ("周智郡森町", {}),
        ("森町", {"prefecture": "静岡県"}),
        ("Mori, Shizuoka", {}),
        ("伊達市", {"prefecture": "福島県"}),
        ("江別市", {"prefecture": "青森県"}),
    ],
)
def test_an_area_outside_the_data_speaks_against_it(
    matcher: Matcher, text: str, known: dict[str, str]
) -> None:
    best = _match(matcher, text, **known)[0]
    assert best.score < 60
    assert "このデータにありません" in _said(best)


def test_a_name_like_one_of_ours_that_is_a_place_elsewhere_says_so(matcher: Matcher) -> None:
    best = _match(matcher, "北杜市")[0]
    assert best.score < 60
    assert "山梨県北杜市" in _said(best)


# -- Codes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["012025", "01202", "０１２０２５", "01202-5", "1202", "12025"])
def test_a_code_in_any_form_is_found(matcher: Matcher, text: str) -> None:
    assert _taken(matcher, text) == "012025"


def test_two_digits_are_the_prefecture(matcher: Matcher) -> None:
    assert _taken(matcher, "01") == "01"


def test_a_wrong_check_digit_is_explained_and_not_taken(matcher: Matcher) -> None:
    best = _match(matcher, "012026")[0]
    assert _key(best) == "012025"
    assert not best.automatic
    assert "検査数字" in best.reasons[0].ja and "check digit" in best.reasons[0].en


def test_a_code_against_a_name_is_a_matter_for_a_person(matcher: Matcher) -> None:
    found = _match(matcher, "伊達市", code="012025")
    assert {_key(one) for one in found[:2]} == {"012025", "012335"}
    assert not found[0].automatic
    assert "名称が違います" in _said(found[0])


def test_a_wrong_code_beside_a_name_is_told_and_looked_at(matcher: Matcher) -> None:
    found = _match(matcher, "函館市", code="012026")
    assert "検査数字" in _said(found[0])
    assert not found[0].automatic


def test_a_code_alone_is_enough(matcher: Matcher) -> None:
    assert _taken(matcher, "", code="01202") == "012025"


# -- Other clues -------------------------------------------------------------------------------


def test_what_lies_in_something_is_found_without_a_name(matcher: Matcher) -> None:
    found = _match(matcher, "", "initiative", region="空知")
    assert len(found) == 3
    assert not found[0].automatic


def test_the_value_of_a_property_speaks_for_or_against(matcher: Matcher) -> None:
    name = "スマート農林水産業の展開"
    fits, not_ = (_match(matcher, name, stage=stage)[0] for stage in ("under-way", "planned"))
    assert fits.score > not_.score
    assert fits.automatic and not not_.automatic
    typed = _match(matcher, "Kushiro", municipalityType="町")
    assert _key(typed[0]) == "016616"
    assert typed[0].automatic


def test_an_unknown_property_changes_nothing(matcher: Matcher) -> None:
    plain, more = _match(matcher, "札幌市"), _match(matcher, "札幌市", colour="green")
    assert plain == more


# -- Addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("北海道札幌市中央区北1条西2丁目", "011011"),
        ("札幌市北区北7条西5丁目", "011029"),
        ("北海道上川郡清水町南4条2丁目", "016365"),
        ("空知郡上富良野町大町2丁目2番11号", "014605"),
        ("函館市東雲町4番13号", "012025"),
        ("北海道虻田郡倶知安町", "014001"),
        ("北海道札幌市中央区", "011011"),
        ("〒040-8666 北海道函館市東雲町4番13号", "012025"),
    ],
)
def test_an_address_leads_to_the_smallest_area_it_names(
    matcher: Matcher, text: str, key: str
) -> None:
    found = matcher.match(Wanted(text, is_address=True))
    assert _key(found[0]) == key
    assert found[0].automatic


@pytest.mark.parametrize("text", ["静岡県周智郡森町森2101-1", "東京都千代田区霞が関1-1"])
def test_an_address_elsewhere_leads_nowhere(matcher: Matcher, text: str) -> None:
    assert not any(one.score >= 60 for one in matcher.match(Wanted(text, is_address=True)))


# -- Suggestions and search -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [("はこ", "函館市"), ("hako", "函館市"), ("上富", "上富良野町"), ("ﾆｾ", "ニセコ町"), ("北海道上富", "上富良野町"),
     ("otoi", "音威子府村"), ("01202", "函館市"), ("⻑沼", "長沼町"), ("⻄興", "西興部村"), ("俱知", "倶知安町"),
     ("凾", "函館市"), ("神\ufe00恵", "神恵内村")],
)  # fmt: skip
def test_what_is_being_typed_is_completed(matcher: Matcher, text: str, name: str) -> None:
    assert matcher.suggest(text, ("municipality",), 5)[0].name.ja == name


def test_suggestions_are_of_the_wanted_types_and_no_more_than_wanted(matcher: Matcher) -> None:
    found = matcher.suggest("上", ("municipality",), 3)
    assert len(found) == 3
    assert {one.kind for one in found} == {"municipality"}


def test_nothing_typed_suggests_nothing(matcher: Matcher) -> None:
    assert matcher.suggest("") == ()
    assert matcher.suggest("　、") == ()


def test_a_search_finds_names_first_and_words_in_descriptions_after(matcher: Matcher) -> None:
    found = matcher.search("遠隔医療")
    names = ["遠隔医療" in one.name.ja for one in found.hits]
    assert names == sorted(names, reverse=True)
    assert any(names) and not all(names)
    assert found.total == len(found.hits)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("⻑沼町", "長沼町"),
        ("⻄興部", "西興部村"),
        ("北⻯", "北竜町"),
        ("凾館", "函館市"),
        ("長\u200b沼", "長沼町"),
    ],
)
def test_a_search_finds_names_in_characters_that_look_alike(
    matcher: Matcher, text: str, name: str
) -> None:
    assert name in [one.name.ja for one in matcher.search(text, ("municipality",)).hits]


def test_words_without_blanks_are_found_inside_texts(matcher: Matcher) -> None:
    assert any(one.kind == "initiative" for one in matcher.search("自動運転").hits)
    assert any(one.kind == "initiative" for one in matcher.search("medical").hits)


def test_pages_of_a_search_follow_one_another(matcher: Matcher) -> None:
    whole = matcher.search("上", limit=40)
    parts = [matcher.search("上", limit=7, offset=start) for start in range(0, 40, 7)]
    joined = [one.iri for part in parts for one in part.hits][:40]
    assert joined == [one.iri for one in whole.hits]
    assert {part.total for part in parts} == {whole.total}


@pytest.mark.parametrize(
    "text", ['" OR names:*', "'; DROP TABLE thing; --", "NEAR(a b)", "*", "(((", "\x00", "町" * 10_000, "a " * 5_000]
)  # fmt: skip
def test_hostile_texts_find_nothing_and_harm_nothing(matcher: Matcher, text: str) -> None:
    assert len(matcher.match(Wanted(text))) <= 5
    assert len(matcher.suggest(text)) <= 10
    total = matcher.search(text).total
    assert total is None or total <= MOST_FOUND


def test_reasons_exist_in_both_languages(matcher: Matcher) -> None:
    for text in ("札幌", "伊達", "Esashi", "012026", "静岡県森町", "江別町", "Hakodte"):
        for one in _match(matcher, text):
            assert one.reasons
            assert all(reason.ja and reason.en for reason in one.reasons)
