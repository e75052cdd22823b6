"""publish.reconcile.service: answers to batches, as the two versions of the specification write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from publish.i18n import Language
from publish.reconcile.queries import JsonValue, read_batch
from publish.reconcile.service import Reconciler, results_02, results_10
from publish.release.release import Release, current
from tests.reconciliation import examples, faults, needs_specification, read, reconciler_of

RESULTS = "reconciliation-result-batch"


@pytest.fixture(scope="module")
def reconciler(release: Release) -> Reconciler:
    return reconciler_of(release)


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
            {"id": "s5:AdministrativeUnit", "name": "行政区域"},
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
