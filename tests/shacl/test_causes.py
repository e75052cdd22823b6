"""publish.shacl.causes: one fault in the real data gives one message, and hides no other fault.

All faults are put into one copy of the data, so that each also shows that it is not hidden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from publish.iris import Iris
from publish.project.dataset import Dataset, read_dataset
from publish.rdf import namespaces as ns
from publish.rdf.terms import TYPE
from publish.shacl.report import Finding, Report, as_text, summary
from publish.shacl.rules import derive
from publish.shacl.shapes import read_shapes
from publish.shacl.validate import validate
from tests.support.real import BASE, ROOT

_LABEL, _DATE, _ID = ns.SKOS + "prefLabel", ns.DCTERMS + "date", ns.DCTERMS + "identifier"
_WGS = "http://www.w3.org/2003/01/geo/wgs84_pos#"
Change = Callable[[Dataset], None]


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(name if ":" in name else BASE + name)


def _term(value: object) -> ox.NamedNode | ox.Literal:
    if isinstance(value, ox.Literal):
        return value
    return _node(str(value)) if isinstance(value, str) else ox.Literal(value)  # type: ignore[arg-type]


def _is(value: ox.NamedNode | ox.Literal, language: str | None) -> bool:
    return language is None or (isinstance(value, ox.Literal) and value.language == language)


def drop(thing: str, predicate: str, language: str | None = None) -> Change:
    """Take away what is said of a thing with a predicate, in one language if it is given."""

    def change(dataset: Dataset) -> None:
        gone = [
            triple
            for triple in dataset.found
            if (triple[0], triple[1]) == (_node(thing), _node(predicate))
            and _is(triple[2], language)
        ]
        assert gone, (thing, predicate)
        for triple in gone:
            del dataset.found[triple]

    return change


def put(thing: str, predicate: str, value: object, instead: str | None = "") -> Change:
    """Say something of a thing instead of what is said, or of that in one language, or (None) too."""

    def change(dataset: Dataset) -> None:
        said = [
            (triple, origin)
            for triple, origin in dataset.found.items()
            if triple[0] == _node(thing)
            and (triple[1] == _node(predicate) or instead is None)
            and _is(triple[2], instead or None)
        ]
        assert said, (thing, predicate)
        if instead is not None:
            for triple, _ in said:
                del dataset.found[triple]
        dataset.found[_node(thing), _node(predicate), _term(value)] = said[0][1]

    return change


def _s5(name: str) -> str:
    return f"ontology#{name}"


@dataclass(frozen=True)
class Fault:
    change: Change
    #: how its place begins, and a piece of what is said about it in Japanese
    place: str
    said: str


SOURCE, EDITORIAL = "data/source.initiatives.ttl", "data/editorial.initiatives.ttl"
FAULTS = {
    "no Japanese name of an initiative": Fault(
        drop("id/initiative/smart-primary-industries", _LABEL, "ja"),
        f"{SOURCE}:", "取組に日本語の名称がありません",
    ),
    "no English name of an initiative": Fault(
        drop("id/initiative/telemedicine-and-remote-lessons", _LABEL, "en"),
        f"{EDITORIAL}:", "取組に英語の名称がありません",
    ),
    "no name of an activity in either language": Fault(
        drop("id/activity/efficient-primary-production", _LABEL),
        f"{EDITORIAL}:", "名称（日本語）（skos:prefLabel @ja）、名称（英語）（skos:prefLabel @en）",
    ),
    "no Japanese name of a municipality": Fault(
        drop("id/municipality/012025", _LABEL, "ja"),
        "data/municipalities.csv:3:name_ja", "日本語の名称がありません",
    ),
    "no English name of a pillar": Fault(
        drop("id/pillar/living", _LABEL, "en"), "data/editorial.document.ttl", "英語の名称がありません",
    ),
    "no Japanese name of the prefecture as a body": Fault(
        drop("id/organization/hokkaido", _LABEL, "ja"),
        "data/prefecture.csv:2", "組織に日本語の名称がありません",
    ),
    "a line before the first": Fault(
        put("id/passage/society5-direction-2021-2", _s5("firstLine"), ox.Literal(0)),
        "data/source.document.ttl:", "「最初の行」は1以上「最後の行」以下でなければなりません（今の値：0）",
    ),
    "a first line behind the last": Fault(
        put("id/passage/society5-direction-2021-4", _s5("firstLine"), ox.Literal(99)),
        "data/source.document.ttl:", "以下でなければなりません。「最後の行」は",
    ),
    "a quantity below zero": Fault(
        put("id/activity/expert-panel-meetings-2020", _s5("quantity"), ox.Literal(-5)),
        f"{SOURCE}:", "「数量」は0以上でなければなりません（今の値：-5）",
    ),
    "a latitude beyond the pole": Fault(
        put("id/municipality/012033", _WGS + "lat", ox.Literal("141.03", datatype=_node(ns.XSD + "decimal"))),
        "data/municipalities.csv:4:point_lat", "「緯度」は-90以上90以下でなければなりません（今の値：141.03）",
    ),
    "a region in the place of a pillar": Fault(
        put("id/initiative/school-ict", _s5("pillar"), "id/region/sorachi"),
        f"{EDITORIAL}:", "「施策の柱」（id/pillar/…）のIRIを書きますが、「地域」である「空知地域」のIRIが",
    ),
    "a project in the place of an initiative": Fault(
        put("id/activity/ict-health-checks-older-people", _s5("activityOf"), "id/project/hokkaido-society5"),
        f"{SOURCE}:", "「取組」（id/initiative/…）のIRIを書きますが、「重点戦略プロジェクト」である",
    ),
    "a technology of another type": Fault(
        put("id/topic/optical-fibre", TYPE.value, _s5("Stage")),
        "ontology/codelists.ttl:", "id/topic/optical-fibre の型は「主題」（s5:Topic）のはずですが、「実施段階」",
    ),
    "a pillar on a regional initiative": Fault(
        put("id/initiative/sorachi-venison", _s5("pillar"), "id/pillar/industry", None),
        "data/", "地域の取組は地域に属し、施策の柱には属しません。",
    ),
    "a quantity alone": Fault(
        put("id/activity/primary-industry-technology-trials", _s5("quantity"), ox.Literal(3), None),
        f"{SOURCE}:", "次のものがありません：原表記（s5:originalNotation）、単位（日本語）",
    ),
    "a name without its language": Fault(
        put("id/initiative/remote-lesson-hub", _LABEL, ox.Literal("遠隔授業の配信機能集中化"), "ja"),
        f"{SOURCE}:", "言語タグを付けて書いてください（今の値：遠隔授業の配信機能集中化）",
    ),
    "another fiscal year than the date's": Fault(
        put("id/activity/survey-telemedicine-2020", _s5("fiscalYear"), "id/fiscal-year/2021"),
        f"{SOURCE}:", "s5:fiscalYear",
    ),
    "a code of five digits that is another's": Fault(
        put("id/municipality/012041", ns.SKOS + "notation", ox.Literal("01205")),
        "data/municipalities.csv:5:jis_code", "skos:notation のコード（標準地域コード5桁",
    ),
    "a code that is not the IRI's": Fault(
        put("id/ward/011011", _ID, ox.Literal("011012")),
        "data/wards.csv:2:lg_code", "IRIの末尾が、全国地方公共団体コードと一致しません",
    ),
    "a date as people write it": Fault(
        put("id/activity/survey-medical-information-networks-2020", _DATE, ox.Literal("令和2年8月")),
        f"{SOURCE}:", "「実施年月」が、日付のデータの書き方ではありません",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    iris = Iris.at(BASE)
    dataset, shapes = read_dataset(ROOT, iris), read_shapes(ROOT, iris)
    for fault in FAULTS.values():
        fault.change(dataset)
    derive(dataset, shapes)
    return validate(dataset, shapes)


def _told(report: Report) -> list[Finding]:
    return [finding for finding in report.told if finding.severity == "Violation"]


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_gives_one_message_at_its_place(report: Report, name: str) -> None:
    fault = FAULTS[name]
    found = [
        finding
        for finding in _told(report)
        if fault.said in finding.what.ja and str(finding.place).startswith(fault.place)
    ]
    assert len(found) == 1, [f"{one.place} {one.what.ja}" for one in _told(report)]


def test_faults_give_as_many_messages_as_they_are(report: Report) -> None:
    assert len(_told(report)) == len(FAULTS), [f"{f.place} {f.what.ja}" for f in _told(report)]


def test_the_report_keeps_what_follows_and_says_from_what(report: Report) -> None:
    following = [finding for finding in report.findings if finding.follows is not None]
    assert len(following) > 10
    for finding in following:
        assert finding.follows is not None
        assert report.findings[finding.follows - 1].follows is None
    assert f"生じた指摘 {len(following)} 件" in summary(report).ja


def test_a_message_tells_how_many_findings_go_with_it(report: Report) -> None:
    (pillar,) = (f for f in _told(report) if "地域の取組は地域に属し" in f.message.ja)
    assert "ほかに4件" in pillar.remedy.ja


def test_no_message_ends_with_the_name_of_its_rule(report: Report) -> None:
    assert "規則「" not in as_text(report, "ja")
    assert "meet the rule" not in as_text(report, "en")


def test_a_date_is_told_in_iso_form(report: Report) -> None:
    (date,) = (f for f in _told(report) if "日付のデータの書き方" in f.message.ja)
    assert date.remedy.ja.startswith('西暦で "2020-08"^^xsd:gYearMonth と書いてください。')
    assert date.remedy.en.startswith('Write "2020-08"^^xsd:gYearMonth.')
