"""publish.reconcile.service: what queries may mean, in the real data; here all names are real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from publish.i18n import Language
from publish.reconcile.queries import JsonValue, Query, read_batch
from publish.reconcile.service import Found, Reconciler, demonstration, results_02, results_10
from publish.release.release import Release, current
from tests.support.reconciliation import examples, faults, needs_specification, read, reconciler_of


@pytest.fixture(scope="module")
def reconciler(release: Release) -> Reconciler:
    return reconciler_of(release)


def asked(reconciler: Reconciler, query: str | None = None, **more: Any) -> list[tuple[str, bool]]:
    """Return (type and key, automatic) of the candidates for a query of version 0.2."""
    return [_short(one) for one in found(reconciler, query, **more)]


def found(reconciler: Reconciler, query: str | None = None, **more: Any) -> tuple[Found, ...]:
    properties = [{"pid": pid, "v": value} for pid, value in more.pop("given", {}).items()]
    said = more | ({} if query is None else {"query": query})
    said |= {"properties": properties} if properties else {}
    return reconciler.answer(read_batch(JsonValue({"q0": said}, "queries")).queries[0])


def of_draft(
    reconciler: Reconciler, *conditions: dict[str, Any], **more: Any
) -> list[tuple[str, bool]]:
    batch = {"queries": [{"conditions": list(conditions)} | more]}
    (query,) = read_batch(JsonValue(batch, "queries")).queries
    return [_short(one) for one in reconciler.answer(query)]


def _short(one: Found) -> tuple[str, bool]:
    return "/".join(one.candidate.iri.split("/")[-2:]), one.candidate.automatic


def named(value: Any, **more: Any) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": value} | more


def having(property_: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"matchType": "property", "propertyId": property_, "propertyValue": value} | more


TOMARI, TOMARI_OF_KUNASHIRI = "municipality/014036", "village/016969"
KUSHIRO_CITY, KUSHIRO_TOWN = "municipality/012068", "municipality/016616"
ESASHI_OF_HIYAMA, ESASHI_OF_SOYA = "municipality/013617", "municipality/015148"
HAKODATE = "municipality/012025"


# -- areas and bodies ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "area", "body"),
    [
        ("函館市", HAKODATE, "organization/municipality-012025"),
        ("北海道", "prefecture/01", "organization/hokkaido"),
        ("釧路町", KUSHIRO_TOWN, "organization/municipality-016616"),
        ("釧路市", KUSHIRO_CITY, "organization/municipality-012068"),
        ("新篠津村", "municipality/013048", "organization/municipality-013048"),
    ],
)
def test_the_type_tells_whether_the_area_or_its_body_is_meant(
    reconciler: Reconciler, name: str, area: str, body: str
) -> None:
    assert asked(reconciler, name)[0] == (area, True)
    assert asked(reconciler, name, type="s5:AdministrativeUnit")[0] == (area, True)
    assert asked(reconciler, name, type="organization")[0] == (body, True)
    assert body not in [key for key, _ in asked(reconciler, name)]


# -- addresses, and characters that look like others -------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["北海道勇払郡鵡川町花園1丁目", "北海道鵡川町", "北海道勇払郡\ue000川町", "札幌市〓区", "北海道札幌市江別市",
     "北海道上〓川町", "上?川町"],
)  # fmt: skip
def test_what_goes_on_to_a_place_that_is_not_known_matches_nothing(
    reconciler: Reconciler, text: str
) -> None:
    matches = [one for one, automatic in asked(reconciler, text) if automatic]
    assert matches == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("⻑沼町", "municipality/014281"),
        ("⻄興部村", "municipality/015628"),
        ("北⻯町", "municipality/014371"),
        ("俱知安町", "municipality/014001"),
        ("凾館市", HAKODATE),
        ("函\U000e0100館市", HAKODATE),
        ("神恵内村", "municipality/014044"),
        ("〒040-8666 函館市", HAKODATE),
        ("日本、函館市", HAKODATE),
    ],
)
def test_a_name_in_other_characters_is_matched(
    reconciler: Reconciler, text: str, meant: str
) -> None:
    assert asked(reconciler, text)[0] == (meant, True)


def test_what_was_not_chosen_is_not_asked_for(reconciler: Reconciler) -> None:
    plain = asked(reconciler, "函館市")
    assert plain[0] == (HAKODATE, True)
    for nothing in ("", None):
        more = {"type": nothing, "limit": nothing, "properties": nothing, "type_strict": nothing}
        assert asked(reconciler, "函館市", **more) == plain


# -- names that several have -------------------------------------------------------------------


def test_a_name_that_two_villages_have_is_not_decided_by_the_name(reconciler: Reconciler) -> None:
    both = asked(reconciler, "泊村")
    assert both == [(TOMARI, False), (TOMARI_OF_KUNASHIRI, False)]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"region": "後志"}, TOMARI),
        ({"region": "後志総合振興局"}, TOMARI),
        ({"region": "Shiribeshi"}, TOMARI),
        ({"region": {"id": "http://127.0.0.1:8000/id/region/nemuro", "name": "根室地域"}}, TOMARI_OF_KUNASHIRI),
        ({"region": "根室"}, TOMARI_OF_KUNASHIRI),
        ({"region": ["不明", "根室"]}, TOMARI_OF_KUNASHIRI),
        ({"code": 14036}, TOMARI),
        ({"code": "01403"}, TOMARI),
        ({"code": "016969"}, TOMARI_OF_KUNASHIRI),
        ({"district": "国後郡"}, TOMARI_OF_KUNASHIRI),
    ],
)  # fmt: skip
def test_what_else_is_known_tells_which_village_is_meant(
    reconciler: Reconciler, given: dict[str, Any], meant: str
) -> None:
    first, *others = asked(reconciler, "泊村", given=given)
    assert first == (meant, True)
    assert all(not automatic for _, automatic in others)


def test_a_type_tells_which_village_is_meant(reconciler: Reconciler) -> None:
    assert asked(reconciler, "泊村", type="municipality") == [(TOMARI, True)]
    assert asked(reconciler, "泊村", type="village") == [(TOMARI_OF_KUNASHIRI, True)]


def test_a_romanised_name_of_two_towns_needs_a_region(reconciler: Reconciler) -> None:
    both = asked(reconciler, "Esashi", type="municipality")
    assert {one for one, _ in both} == {ESASHI_OF_HIYAMA, ESASHI_OF_SOYA}
    assert not any(automatic for _, automatic in both)
    for region, meant in (("檜山", ESASHI_OF_HIYAMA), ("Sōya", ESASHI_OF_SOYA)):
        first = asked(reconciler, "Esashi", type="municipality", given={"region": region})[0]
        assert first == (meant, True)


def test_the_word_for_the_kind_of_area_tells_city_from_town(reconciler: Reconciler) -> None:
    bare = asked(reconciler, "釧路", type="municipality")
    assert bare == [(KUSHIRO_CITY, False), (KUSHIRO_TOWN, False)]
    assert asked(reconciler, "釧路市")[0] == (KUSHIRO_CITY, True)
    assert asked(reconciler, "釧路町", type="municipality")[0] == (KUSHIRO_TOWN, True)
    first = asked(reconciler, "釧路", given={"municipalityType": "町"}, type="municipality")[0]
    assert first[0] == KUSHIRO_TOWN


def test_a_name_that_exists_in_other_prefectures_needs_more(reconciler: Reconciler) -> None:
    assert asked(reconciler, "伊達市")[0][1] is False
    assert asked(reconciler, "伊達市", given={"prefecture": "北海道"})[0] == (
        "municipality/012335",
        True,
    )
    assert asked(reconciler, "森町", given={"code": "013455"})[0] == ("municipality/013455", True)


def test_a_code_of_another_place_is_not_overruled_by_the_name(reconciler: Reconciler) -> None:
    first, *_ = found(reconciler, "函館市", given={"code": "012068"})
    assert not first.candidate.automatic


# -- identifiers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [f"http://127.0.0.1:8000/id/{HAKODATE}", HAKODATE, f"  {HAKODATE} "]
)
def test_an_identifier_is_as_good_as_a_name(reconciler: Reconciler, text: str) -> None:
    assert asked(reconciler, text) == [(HAKODATE, True)]
    assert of_draft(reconciler, {"matchType": "id", "propertyValue": text}) == [(HAKODATE, True)]


def test_an_identifier_of_nothing_finds_nothing(reconciler: Reconciler) -> None:
    for text in ("municipality/999999", "http://127.0.0.1:8000/id/x/y", "https://example.org/"):
        assert of_draft(reconciler, {"matchType": "id", "propertyValue": text}) == []
    assert asked(reconciler, HAKODATE, type="stage") == []


def test_properties_alone_can_find_something(reconciler: Reconciler) -> None:
    assert asked(reconciler, given={"code": "012025"}) == [(HAKODATE, True)]
    of_region = asked(reconciler, given={"region": "後志"}, type="municipality", limit=30)
    assert len(of_region) == 20
    assert not any(automatic for _, automatic in of_region)


# -- types ----------------------------------------------------------------------------------------


def test_a_type_above_others_covers_them_all(reconciler: Reconciler) -> None:
    above = "http://127.0.0.1:8000/ontology#AdministrativeUnit"
    for id_ in (above, "s5:AdministrativeUnit"):
        assert {one for one, _ in asked(reconciler, "泊村", type=id_)} == {
            TOMARI,
            TOMARI_OF_KUNASHIRI,
        }


def test_several_types_are_alternatives_unless_all_are_wanted(reconciler: Reconciler) -> None:
    types = ["village", "municipality"]
    assert len(asked(reconciler, "泊村", type=types)) == 2
    assert asked(reconciler, "泊村", type=types, type_strict="all") == []
    both = ["village", "s5:AdministrativeUnit"]
    assert asked(reconciler, "泊村", type=both, type_strict="all") == [(TOMARI_OF_KUNASHIRI, True)]


def test_a_type_that_is_only_wished_for_gives_way(reconciler: Reconciler) -> None:
    """OpenRefine says "should" of every type; an unknown one is what a person typed."""
    for type_ in ("stage", "no such type"):
        assert asked(reconciler, "函館市", type=type_) == []
        (first, *_) = found(reconciler, "函館市", type=type_, type_strict="should")
        assert _short(first) == (HAKODATE, False)
        assert "求められた種類ではありません。" in first.candidate.reasons[0].ja
        assert ("type_match", False) in _features(first)


def _features(one: Found) -> set[tuple[str, object]]:
    return {(feature.id, feature.value) for feature in one.features}


# -- conditions of version 1.0 ----------------------------------------------------------------------


def test_a_required_condition_takes_away_what_does_not_meet_it(reconciler: Reconciler) -> None:
    assert len(of_draft(reconciler, named("泊村"), having("region", "後志"))) == 2
    assert of_draft(reconciler, named("泊村"), having("region", "後志", required=True)) == [
        (TOMARI, True)
    ]
    assert (
        of_draft(reconciler, named("泊村"), having("noSuchProperty", "後志", required=True)) == []
    )


def test_none_takes_away_what_meets_a_condition(reconciler: Reconciler) -> None:
    left = of_draft(reconciler, named("泊村"), having("region", "後志", matchQuantifier="none"))
    assert left == [(TOMARI_OF_KUNASHIRI, False)]
    excluded = named("泊村", matchQuantifier="none")
    assert of_draft(reconciler, having("region", "根室"), excluded, type="village") != []
    of_village = of_draft(reconciler, having("region", "根室"), excluded, type="village", limit=50)
    assert TOMARI_OF_KUNASHIRI not in {one for one, _ in of_village}
    by_id = {"matchType": "id", "matchQuantifier": "none",
             "propertyValue": f"http://127.0.0.1:8000/id/{TOMARI}"}  # fmt: skip
    assert of_draft(reconciler, named("泊村"), by_id) == [(TOMARI_OF_KUNASHIRI, False)]


def test_all_values_of_a_condition_can_be_required(reconciler: Reconciler) -> None:
    within = [having("sfWithin", ["渡島地域", "北海道"], required=True, matchQuantifier="all")]
    assert of_draft(reconciler, named("函館市"), *within)[0][0] == HAKODATE
    within = [having("sfWithin", ["渡島地域", "後志地域"], required=True, matchQuantifier="all")]
    assert of_draft(reconciler, named("函館市"), *within) == []


def test_several_names_are_tried_and_the_best_of_each_thing_counts(reconciler: Reconciler) -> None:
    assert of_draft(reconciler, named(["函館市", "Hakodate"]))[0] == (HAKODATE, True)
    two = of_draft(reconciler, named(["函館市", "釧路市"]))
    assert {one for one, _ in two[:2]} == {HAKODATE, KUSHIRO_CITY}
    assert not any(automatic for _, automatic in two)


# -- features, limits ----------------------------------------------------------------------------


def test_features_tell_what_was_compared(reconciler: Reconciler) -> None:
    first, second = found(
        reconciler, "泊村", type="s5:AdministrativeUnit", given={"region": "根室", "unknown": "x"}
    )
    assert _features(first) == {("name_similarity", 100.0), ("type_match", True), ("region", True)}
    assert ("region", False) in _features(second)
    (only,) = found(reconciler, "ｻｯﾎﾟﾛｼ")
    assert ("name_similarity", 100.0) in _features(only)
    names = {reconciler.feature_name(feature).ja for feature in first.features}
    assert names == {"名称の近さ（0～100）", "求められた種類か", "「地域」が合うか"}


def test_a_description_says_what_where_and_why(reconciler: Reconciler) -> None:
    (first, *_) = found(reconciler, "泊村", given={"region": "根室"})
    described = reconciler.description(first.candidate)
    assert (
        described.ja == "北方領土の村（根室地域・国後郡）。名称が一致します。「根室」に属します。"
    )
    assert described.en.startswith("village of the Northern Territories (Nemuro). The name is")


def test_only_as_many_candidates_as_asked(reconciler: Reconciler) -> None:
    assert len(asked(reconciler, "町", limit=1)) <= 1
    assert len(asked(reconciler, "泊村", limit=1)) == 1
    assert len(asked(reconciler, given={"prefecture": "北海道"}, limit=50)) == 50


def test_what_is_longer_than_any_name_finds_nothing(reconciler: Reconciler) -> None:
    assert reconciler.answer(Query(names=("函館市" * 200,))) == ()


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "()", "%", "'\"", "１２３４５６７", "\ud7ff", "a" * 500]
)
def test_odd_texts_find_nothing_and_nothing_goes_wrong(reconciler: Reconciler, text: str) -> None:
    assert asked(reconciler, text) == []


# -- Answers to batches, as the two versions of the specification write them ----------------------

RESULTS = "reconciliation-result-batch"


def old(reconciler: Reconciler, batch: Any, language: Language = "ja") -> Any:
    return results_02(reconciler, read_batch(JsonValue(batch, "queries")), language)


def draft(reconciler: Reconciler, batch: Any, language: Language = "ja") -> Any:
    return results_10(reconciler, read_batch(JsonValue(batch, "queries")), language)


NAMES = (
    "泊村",
    "釧路",
    "Esashi",
    "札幌市",
    "遠隔医療",
    "空知",
    "no such place",
    "",
    "012025",
    "ICT",
)
OLD_BATCH = {
    f"q{number}": {"query": name, "limit": 50, "type": "municipality", "type_strict": "should",
                   "properties": [{"pid": "region", "v": "根室"}, {"pid": "lat", "v": 43.0}]}
    for number, name in enumerate(NAMES)
}  # fmt: skip
DRAFT_BATCH = {
    "queries": [
        {
            "limit": 50,
            "lang": "en",
            "conditions": [
                {"matchType": "name", "propertyValue": [name, "Nemuro"]},
                {"matchType": "property", "propertyId": "region", "propertyValue": "Nemuro"},
            ],
        }
        for name in NAMES
    ]
}


@needs_specification
@pytest.mark.parametrize("language", ["ja", "en"])
def test_answers_are_valid_in_both_versions(reconciler: Reconciler, language: Language) -> None:
    answer = old(reconciler, OLD_BATCH, language)
    assert list(answer) == list(OLD_BATCH)
    assert sum(len(one["result"]) for one in answer.values()) > 5
    assert faults("0.2", RESULTS, answer) == []
    answer = draft(reconciler, DRAFT_BATCH, language)
    assert len(answer["results"]) == len(NAMES)
    assert faults("1.0-draft", RESULTS, answer) == []


@needs_specification
def test_answers_of_the_small_project_are_valid_too(kasumi: Path) -> None:
    small = reconciler_of(current(kasumi / "releases"))
    answer = old(small, {"q0": {"query": "霞市"}, "q1": {"query": "Kasumi", "type": "town"}})
    assert [one["result"][0]["name"] for one in answer.values()] == ["霞市", "霞市"]
    assert faults("0.2", RESULTS, answer) == []


@pytest.mark.parametrize(
    "path", [*examples("0.2", RESULTS, "invalid"), *examples("1.0-draft", RESULTS, "invalid")]
)
def test_the_check_itself_refuses_what_the_specification_shows_as_wrong(path: Path) -> None:
    assert faults(path.parents[3].name, RESULTS, read(path)) != []


@pytest.mark.parametrize("version", ["0.2", "1.0-draft"])
def test_the_specifications_own_queries_are_answered(reconciler: Reconciler, version: str) -> None:
    """They are about people: nothing of ours is called so, and no unknown property does harm."""
    for parameter in examples(version, "reconciliation-query-batch", "valid"):
        if parameter.marks:
            pytest.skip("the examples are not here")
        (path,) = parameter.values
        answer = (old if version == "0.2" else draft)(reconciler, read(path))
        results = answer.values() if version == "0.2" else answer["results"]
        member = "result" if version == "0.2" else "candidates"
        assert all(not any(one["match"] for one in found[member]) for found in results)
        assert faults(version, RESULTS, answer) == []


def test_match_is_true_for_what_is_automatic_and_nothing_else(reconciler: Reconciler) -> None:
    answer = old(reconciler, {"q0": {"query": "泊村"}, "q1": {"query": "札幌市"}})
    assert [one["match"] for one in answer["q0"]["result"]] == [False, False]
    assert [one["match"] for one in answer["q1"]["result"]][:1] == [True]
    assert all(not one["match"] for one in answer["q1"]["result"][1:])


def test_a_candidate_has_all_that_clients_show(reconciler: Reconciler) -> None:
    (first, *_) = old(reconciler, {"q": {"query": "函館市"}})["q"]["result"]
    assert first == {
        "id": "http://127.0.0.1:8000/id/municipality/012025",
        "name": "函館市",
        "description": "市町村（渡島地域）。名称が一致します。",
        "score": 100.0,
        "match": True,
        "type": [
            {"id": "municipality", "name": "市町村"},
            {"id": "s5:AdministrativeUnit", "name": "行政上の区域"},
        ],
        "features": [{"id": "name_similarity", "value": 100.0}],
    }


def test_scores_are_between_0_and_100_and_fall(reconciler: Reconciler) -> None:
    for one in old(reconciler, OLD_BATCH).values():
        scores = [candidate["score"] for candidate in one["result"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)


def test_a_query_of_10_is_answered_in_its_language(reconciler: Reconciler) -> None:
    def query(lang: dict[str, str]) -> Any:
        return lang | {"conditions": [{"matchType": "name", "propertyValue": "函館市"}]}

    batch = {"queries": [query({}), query({"lang": "en"}), query({"lang": "zh"})]}
    first = [found["candidates"][0] for found in draft(reconciler, batch)["results"]]
    assert [(one["name"], one["lang"]) for one in first] == [
        ("函館市", "ja"), ("Hakodate", "en"), ("函館市", "ja")
    ]  # fmt: skip
    assert first[1]["features"][0]["name"] == "likeness of the names (0 to 100)"
    assert first[1]["type"][0]["name"] == "municipality"


# -- An example of reconciliation from the data ---------------------------------------------------


def test_it_shows_a_name_that_two_have_and_what_tells_them_apart(release: Release) -> None:
    steps = demonstration(reconciler_of(release), "ja")
    assert [step.as_json("ja") for step in steps] == [
        {"query": "泊村"},
        {"query": "泊村", "properties": [{"pid": "region", "v": "後志地域"}]},
        {"query": "泊村", "properties": [{"pid": "region", "v": "根室地域"}]},
    ]
    automatic = [[one.candidate.automatic for one in step.found] for step in steps]
    assert automatic == [[False, False], [True, False], [True, False]]
    ids = {step.found[0].candidate.iri for step in steps[1:]}
    assert len(ids) == 2


def test_it_speaks_the_language_of_the_page(release: Release) -> None:
    steps = demonstration(reconciler_of(release), "en")
    assert steps[1].as_json("en") == {
        "query": "Tomari",
        "properties": [{"pid": "region", "v": "Shiribeshi"}],
    }
    assert steps[1].found[0].candidate.automatic


def test_data_without_namesakes_show_one_name(kasumi: Path) -> None:
    (step,) = demonstration(reconciler_of(current(kasumi / "releases")), "ja")
    assert step.found[0].candidate.name.ja == step.query.names[0]
