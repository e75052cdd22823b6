"""Rows -> links: the order of what counts, what is left for a person, and what is never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.release.release import Release, current
from publish.search.candidate import Candidate, Wanted
from publish.search.matcher import Matcher
from publish.tables.columns import Wish, layout_of
from publish.tables.link import decided, linked
from tests.support.municipalities import VARIANTS, municipalities, table
from tests.tables.conftest import outcomes, parcel, states

#: Rows that a person has to look at, where the table cannot tell: the two 泊村; names that exist in
#: other prefectures; readings and English names that two municipalities share.
REVIEWED = {
    "kanji": 7,
    "without suffix, with prefecture": 3,
    "kanji and region": 0,
    "katakana": 3,
    "half-width katakana": 3,
    "hiragana": 3,
    "romaji": 3,
    "romaji without macrons, capitals": 3,
    "full-width romaji": 3,
    "English name and region": 2,
    "six digits": 0,
    "five digits": 0,
    "full-width digits": 0,
    "six digits without zero": 0,
    "five digits without zero": 0,
    "code and name": 0,
    "address with prefecture and district": 0,
    "address with prefecture": 1,
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_municipality_is_linked_rightly_however_it_is_written(
    release: Release, variant: str
) -> None:
    found = parcel(release, table(variant)).table
    space = release.iris.of("id/municipality/")
    pairs = list(zip(found.outcomes, municipalities(), strict=True))
    wrong = [
        (row, outcome.chosen.iri)
        for outcome, row in pairs
        if outcome.chosen and outcome.chosen.iri != space + row["lg_code"]
    ]
    assert wrong == []
    lost = [
        row["name_ja"]
        for outcome, row in pairs
        if space + row["lg_code"] not in {one.iri for one in outcome.candidates}
    ]
    assert lost == []
    assert found.counts["review"] <= REVIEWED.get(variant, 1)
    assert found.counts["unmatched"] == 0


# -- codes before names before addresses -------------------------------------------------------


def test_a_code_alone_is_enough_whatever_it_lost(release: Release) -> None:
    cells = "012025\n01202\n1202\n０１２０２５\n01-202\n"
    assert states(release, f"団体コード\n{cells}") == ["matched 012025"] * 5


def test_a_code_whose_name_is_another_is_left_for_a_person(release: Release) -> None:
    (one,) = outcomes(release, "団体コード,市町村名\n012025,小樽市\n")
    assert one.state == "review"
    assert {candidate.name.ja for candidate in one.candidates} == {"函館市", "小樽市"}
    assert "名称が違います" in one.reason.ja


def test_a_wrong_check_digit_is_told_and_doubted_unless_the_name_agrees(release: Release) -> None:
    agreeing, other, alone = outcomes(
        release, "団体コード,市町村名\n012026,函館市\n012026,小樽市\n012026,\n"
    )
    assert agreeing.state == "matched"
    assert "検査数字（6桁目）が合いません" in agreeing.reason.ja
    assert other.state == "review"
    assert alone.state == "unmatched"


def test_lost_zeros_are_put_back_only_where_the_column_shows_it(release: Release) -> None:
    several = states(release, "団体コード\n12025\n12033\n12203\n")
    assert several == ["matched 012025", "matched 012033", "matched 012203"]
    (alone,) = outcomes(release, "団体コード\n12203\n")
    assert alone.state == "review"  # 12203 is a city elsewhere; 012203 is one of ours
    assert "とも読めます" in alone.reason.ja


def test_a_code_that_no_thing_has_is_left_for_a_person_if_the_name_fits(release: Release) -> None:
    with_name, alone = outcomes(release, "団体コード,市町村名\n012998,函館市\n012998,\n")
    assert with_name.state == "review"
    assert (alone.state, alone.reason.ja) == (
        "unmatched",
        "コード 012998 はこのデータにありません。",
    )


def test_addresses_count_where_there_is_no_name(release: Release) -> None:
    rows = "市町村名,住所\n函館市,\n,小樽市花園2丁目\n,札幌市中央区北1条西2丁目\n"
    assert states(release, rows) == ["matched 012025", "matched 012033", "matched 011011"]


def test_an_address_says_where_a_facility_is_not_who_made_the_data(release: Release) -> None:
    rows = (
        "全国地方公共団体コード,名称,住所\n"
        "012025,本館,函館市本町1\n012025,別館,北斗市中央1\n012025,新館,本町3-2\n010006,館,森町字御幸町\n"
    )
    found = outcomes(release, rows)
    assert [one.state for one in found] == ["matched", "matched", "review", "matched"]
    assert [one.chosen.name.ja for one in found if one.chosen] == ["函館市", "北斗市", "森町"]
    assert "データを作った団体" in found[2].reason.ja
    assert [one.name.ja for one in found[2].candidates] == ["函館市"]


def test_an_area_that_an_address_does_not_say_in_full_is_left_for_a_person(
    release: Release,
) -> None:
    inside, alone = outcomes(release, "住所\n北海道札幌市中央4\n中央4\n")
    assert (inside.state, inside.candidates[0].name.ja) == ("review", "札幌市中央区")
    assert inside.reason.ja.startswith("住所に「札幌市中央区」とまでは書かれていません。")
    assert (alone.state, alone.candidates) == ("unmatched", ())


@pytest.mark.parametrize(
    "address",
    ["北海道勇払郡鵡川町花園1丁目", "北海道夕張郡厚真町京町1", "北海道函舘氏東雲町4", "北海道勇払郡\ue000川町1",
     "北海道虻田郡虻田町字本町", "札幌市〓区北1条", "札幌市花園区1", "北海道札幌市江別市", "函館市、北斗市",
     "〒054-0001 北海道勇払郡鵡川町"],
)  # fmt: skip
def test_an_address_whose_municipality_is_not_known_is_left_for_a_person(
    release: Release, address: str
) -> None:
    (found,) = outcomes(release, f'住所\n"{address}"\n')
    assert (found.state, found.chosen) == ("review", None)
    assert (found.score or 0) < 70
    assert "ありません" in found.reason.ja or "このデータになく" in found.reason.ja


def test_characters_and_what_stands_around_an_address_change_nothing(release: Release) -> None:
    rows = (
        "住所\n札幌市⻄区琴似2条\n北海道夕張郡⻑沼町東1線\n神恵内村大字神恵内村\n葛\U000e0100登支別町凾館\n"
        '北海道⼩樽市花園\n"日本、〒060-8611 北海道札幌市中央区北1条"\n060\u20118611札幌市中央区北1条\n'
        "郵便番号０６０－８６１１　札幌市中央区北1条\n北海道庁\n函館市大手町5\nTEL 0138-21-3111 函館市東雲町4\n"
    )
    assert states(release, rows) == [
        "matched 011070", "matched 014281", "matched 014044", "unmatched", "matched 012033",
        "matched 011011", "matched 011011", "matched 011011", "matched 01", "matched 012025",
        "matched 012025",
    ]  # fmt: skip


def test_the_columns_beside_are_read_in_the_characters_that_are_meant(release: Release) -> None:
    rows = (
        "都道府県名,市区町村名\n北海\u200b道,⻑沼町\n北海道,⻄興部村\n北海道,俱知安町\n北海道,凾館市\n"
        "北海道,神\ufe00恵内村\n⻘森県,長沼町\n"
    )
    assert states(release, rows) == [
        "matched 014281", "matched 015628", "matched 014001", "matched 012025",
        "matched 014044", "unmatched",
    ]  # fmt: skip


# -- evidence ----------------------------------------------------------------------------------


def test_rows_of_another_prefecture_are_never_guessed(release: Release) -> None:
    found = outcomes(
        release,
        "都道府県名,市区町村名,住所,団体コード\n福島県,伊達市,,\n,,青森県むつ市中央1,\n,,福島県伊達市保原町,\n"
        ",伊達市,,072133\n,福島県伊達市,,\n岩手県,,,\n",
    )
    assert [(one.state, one.candidates) for one in found] == [("unmatched", ())] * 6
    assert [one.reason.en for one in found] == [
        '"福島県" is not in these data.',
        '"青森県" is not in these data.',
        '"福島県" is not in these data.',
        "The code 072133 is of a prefecture (07) that is not in these data.",
        '"福島県" is not in these data.',
        "There is neither code nor name nor address.",
    ]


def test_a_name_that_exists_elsewhere_waits_for_a_prefecture(release: Release) -> None:
    rows = "都道府県名,市区町村名\n,伊達市\n北海道,伊達市\n"
    assert states(release, rows) == ["review", "matched 012335"]


@pytest.mark.parametrize("region", ["後志", "後志総合振興局", "後志総合振興局管内", "後志地域"])
def test_region_and_district_tell_things_of_one_name_apart(release: Release, region: str) -> None:
    assert states(release, f"振興局,市町村名\n{region},泊村\n") == ["matched 014036"]
    assert states(release, "郡,市町村名\n古宇郡,泊村\n") == ["matched 014036"]
    assert states(release, "市町村名\n泊村\n") == ["review"]


def test_a_region_that_contradicts_is_left_for_a_person(release: Release) -> None:
    assert states(release, "振興局,市町村名\n空知,函館市\n空知,夕張市\n空知,岩見沢市\n") == [
        "review",
        "matched 012092",
        "matched 012106",
    ]


def test_a_type_narrows_what_can_be_meant(release: Release) -> None:
    rows = "市町村名\n石狩\n"
    assert states(release, rows) == ["matched 012351"]
    assert states(release, rows, kinds=("region",)) == ["matched ishikari"]
    assert states(release, "名称\n空知総合振興局管内\n渡島地域\n") == [
        "matched sorachi",
        "matched oshima",
    ]


def test_where_a_column_says_what_the_things_are_in_it_counts(release: Release) -> None:
    rows = "どこ,市町村名\n福島県,伊達市\n北海道,伊達市\n"
    found = outcomes(release, rows, columns={"region": "どこ"})
    assert [one.state for one in found] == ["review", "matched"]


# -- a person decides --------------------------------------------------------------------------


def test_what_a_person_chooses_is_taken_if_it_is_a_candidate(release: Release) -> None:
    rows = "市町村名\n泊村\n泊村\n泊村\n函館市\n"
    found = parcel(release, rows).table
    ours = release.iris.of("id/municipality/014036")
    after = decided(found, {2: ours, 3: "", 4: "https://example.com/", 99: ours})
    assert [one.state for one in after.outcomes] == ["matched", "unmatched", "review", "matched"]
    assert [one.method for one in after.outcomes] == ["person", "person", "name", "name"]
    assert after.outcomes[0].chosen and after.outcomes[0].chosen.iri == ours
    assert found.outcomes[0].state == "review"


# -- how often the matcher is asked ------------------------------------------------------------


class Counting(Matcher):
    """A matcher that counts how often it is asked."""

    def __init__(self, other: Matcher) -> None:
        self.index, self.clues = other.index, other.clues
        self.asked: list[Wanted] = []

    def match(self, wanted: Wanted) -> tuple[Candidate, ...]:
        self.asked.append(wanted)
        return super().match(wanted)


def test_each_combination_of_cells_is_looked_up_once(release: Release) -> None:
    from publish.tables.grid import Limits
    from publish.tables.read import read_table

    names = ["函館市", "小樽市", "美瑛町"] * 1000
    data = "市町村名,住所\n" + "".join(
        f"{name},{name}本町{n}番地\n" for n, name in enumerate(names)
    )
    grid = read_table(data.encode(), "a.csv", Limits())
    matcher, scope = Counting(release.matcher), release.scope
    layout = layout_of(grid, matcher, scope, Wish())
    matcher.asked.clear()
    told: list[int] = []
    found = linked(grid, layout, matcher, scope, Wish(), told.append)
    assert found.counts == {"matched": 3000}
    assert len(matcher.asked) == 3
    assert (told[0], told[1], told[-1]) == (0, 200, 3000)


def test_the_small_project_is_linked_without_a_prefecture_in_its_data(kasumi: Path) -> None:
    release = current(kasumi / "releases")
    rows = (
        "都道府県名,団体コード,市町村名\n霞県,992011,霞市\n霞県,,浜町\n霞県,,函館市\n霞県,012025,\n"
    )
    assert states(release, rows) == ["matched 992011", "matched 992020", "unmatched", "unmatched"]
