"""publish.shacl.report: one report in four forms and two languages."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.errors import Place
from publish.i18n import Language, Text
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.release.release import current
from publish.shacl.report import (
    SEVERITIES,
    Finding,
    Report,
    as_html,
    as_json,
    as_text,
    as_turtle,
    read,
    summary,
)
from tests.support.projects import BASE, IRIS, KV

ZERO = Finding(
    severity="Violation",
    focus=BASE + "id/step/care-survey-2030",
    path=KV + "times",
    value="0",
    shape=BASE + "shapes#Step-times",
    component="MinInclusiveConstraintComponent",
    message=Text("回数は1以上の整数です。", "The number of times is a whole number from 1."),
    place=Place("data/source.plans.ttl", 22),
    remedy=Text("数え直してください。", "Count again."),
)
NO_STEP = Finding(
    severity="Warning",
    focus=BASE + "id/plan/snow-robots",
    path=None,
    value=None,
    shape="n0c1",
    component="SPARQLConstraintComponent",
    message=Text("計画に実施内容が<ありません>。", "The plan has <no> step."),
    place=None,
)
BOTH = Report((ZERO, NO_STEP), 5)
NOTHING = Report((), 5)


def test_a_report_with_a_violation_does_not_conform() -> None:
    assert not BOTH.conforms
    assert Report((NO_STEP,), 5).conforms
    assert NOTHING.conforms


def test_the_summary_counts_by_severity() -> None:
    assert summary(BOTH) == Text(
        "対象 5 件：違反 1 件、警告 1 件、参考 0 件",
        "5 focus nodes: 1 violations, 1 warnings, 0 infos",
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ja",
            "data/source.plans.ttl:22: 違反: 回数は1以上の整数です（今の値：0）。"
            " <https://data.example.jp/lod/id/step/care-survey-2030>"
            " → 数え直してください。\n"
            "警告: 計画に実施内容が<ありません>。 <https://data.example.jp/lod/id/plan/snow-robots>\n"
            "対象 5 件：違反 1 件、警告 1 件、参考 0 件\n",
        ),
        (
            "en",
            "data/source.plans.ttl:22: violation: The number of times is a whole number from 1 (now: 0)."
            " <https://data.example.jp/lod/id/step/care-survey-2030>"
            " → Count again.\n"
            "warning: The plan has <no> step. <https://data.example.jp/lod/id/plan/snow-robots>\n"
            "5 focus nodes: 1 violations, 1 warnings, 0 infos\n",
        ),
    ],
)
def test_as_text_a_finding_is_a_line_with_place_value_rule_and_remedy(
    language: Language, expected: str
) -> None:
    assert as_text(BOTH, language) == expected


def test_as_text_an_empty_report_is_its_summary() -> None:
    assert as_text(NOTHING, "ja") == "対象 5 件：違反 0 件、警告 0 件、参考 0 件\n"


def test_as_json_a_finding_has_both_languages_and_its_place() -> None:
    content = json.loads(as_json(BOTH))
    assert (content["conforms"], content["focusNodes"]) == (False, 5)
    assert content["results"][0] == {
        "severity": "Violation",
        "focusNode": "https://data.example.jp/lod/id/step/care-survey-2030",
        "resultPath": "https://data.example.jp/lod/ontology#times",
        "value": "0",
        "sourceShape": "https://data.example.jp/lod/shapes#Step-times",
        "sourceConstraintComponent": "MinInclusiveConstraintComponent",
        "message": {
            "ja": "回数は1以上の整数です。",
            "en": "The number of times is a whole number from 1.",
        },
        "remedy": {
            "ja": "数え直してください。",
            "en": "Count again.",
        },
        "followsFrom": None,
        "place": {"file": "data/source.plans.ttl", "line": 22},
    }
    assert content["results"][1]["place"] is None


FOLLOWING = Finding(
    "Violation", "urn:a", "urn:p", None, "urn:shape", "X", Text("甲", "a"), None, follows=1
)


def test_what_follows_another_is_kept_in_data_and_counted_in_texts(tmp_path: Path) -> None:
    whole = Report((ZERO, FOLLOWING, NO_STEP), 5)
    assert whole.told == (ZERO, NO_STEP)
    assert [one["followsFrom"] for one in json.loads(as_json(whole))["results"]] == [None, 1, None]
    assert as_turtle(whole, IRIS).count("a sh:ValidationResult") == 3
    assert summary(whole) == Text(
        "対象 5 件：違反 1 件、警告 1 件、参考 0 件（ほかに、これらから生じた指摘 1 件）",
        "5 focus nodes: 1 violations, 1 warnings, 0 infos (and 1 that follow from them)",
    )
    assert "甲" not in as_text(whole, "ja") and "甲" not in as_html(whole, "ja")
    (tmp_path / "report.json").write_text(as_json(whole), "utf-8")
    assert read(tmp_path) == whole


def test_a_long_value_is_cut_where_people_read_it() -> None:
    said = Finding("Info", "urn:a", "urn:p", "あ" * 200, "s", "X", Text("甲。", "a."), None).what
    assert said.ja == f"甲（今の値：{'あ' * 80}…）。"


def test_as_json_japanese_is_readable() -> None:
    assert "回数は1以上の整数です。" in as_json(BOTH)


def test_as_html_the_page_is_in_one_language_and_escaped() -> None:
    page = as_html(BOTH, "ja")
    assert page.startswith('<!doctype html>\n<html lang="ja">')
    assert "<h1>検証結果</h1>" in page
    assert "<td>data/source.plans.ttl:22</td>" in page
    assert "計画に実施内容が&lt;ありません&gt;。" in page
    assert "<ありません>" not in page
    assert "Violation report" not in page


def test_as_html_in_english_the_headings_are_english() -> None:
    page = as_html(BOTH, "en")
    assert '<html lang="en">' in page
    assert "<th scope=col>severity</th><th scope=col>place</th>" in page


def test_as_turtle_it_is_a_shacl_results_graph() -> None:
    expected = f"""\
PREFIX sh: <{ns.SH}>

<{BASE}report> a sh:ValidationReport ;
    sh:conforms "false"^^xsd:boolean ;
    sh:result <{BASE}report#result-1> ,
        <{BASE}report#result-2> .

<{BASE}report#result-1> a sh:ValidationResult ;
    sh:focusNode <{BASE}id/step/care-survey-2030> ;
    sh:resultMessage "回数は1以上の整数です。"@ja ,
        "The number of times is a whole number from 1."@en ;
    sh:resultPath <{KV}times> ;
    sh:resultSeverity sh:Violation ;
    sh:sourceConstraintComponent sh:MinInclusiveConstraintComponent ;
    sh:sourceShape <{BASE}shapes#Step-times> ;
    sh:value "0" .

<{BASE}report#result-2> a sh:ValidationResult ;
    sh:focusNode <{BASE}id/plan/snow-robots> ;
    sh:resultMessage "計画に実施内容が<ありません>。"@ja ,
        "The plan has <no> step."@en ;
    sh:resultSeverity sh:Warning ;
    sh:sourceConstraintComponent sh:SPARQLConstraintComponent .
"""
    written = as_turtle(BOTH, IRIS)
    assert written.replace(f"PREFIX xsd: <{ns.XSD}>\n", "") == expected


def test_as_turtle_it_can_be_read_and_has_no_blank_node() -> None:
    quads = list(ox.parse(as_turtle(BOTH, IRIS), format=ox.RdfFormat.TURTLE))
    assert len(quads) == 19
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode)]


def test_as_turtle_a_literal_can_be_the_focus_node() -> None:
    finding = Finding("Info", "霞市", None, None, "n0", "FocusNodes", Text("甲", "a"), None)
    quads = ox.parse(as_turtle(Report((finding,), 1), IRIS), format=ox.RdfFormat.TURTLE)
    focus = [q.object for q in quads if q.predicate == node(ns.SH + "focusNode")]
    assert focus == [ox.Literal("霞市")]


WARNING = Finding(
    "Warning", "urn:thing", None, "5", "urn:shapes#rule", "X", Text("文", "text"), Place("a.ttl", 7)
)
REMARK = Finding("Info", "urn:other", "urn:p", None, "urn:shape", "Y", Text("注", "note"), None)


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(as_json(Report((WARNING, REMARK), 12)), "utf-8")
    found = read(tmp_path)
    assert (found.conforms, found.focus_nodes) == (True, 12)
    assert [len(found.of(name)) for name in SEVERITIES] == [0, 1, 1]
    assert found.findings == (WARNING, REMARK)


def test_a_release_keeps_its_report(kasumi: Path) -> None:
    found = read(current(kasumi / "releases").path)
    assert [one.severity for one in found.findings] == ["Warning"]
