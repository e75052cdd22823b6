from __future__ import annotations

from pathlib import Path

import pytest

from publish.i18n import Text
from publish.iris import Iris
from publish.shacl import explain
from publish.shacl.explain import Group, Item, groups_of, owners, totals
from publish.shacl.shapes import Shapes, read_shapes
from tests.support.projects import IRIS, KV, write_project
from tests.support.real import ROOT

HEAD = """
PREFIX ex: <ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <shapes#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
#: Has a name in both languages, which its constraints are told by where others refer to it.
NAMED = 'shape:Named a sh:NodeShape ; rdfs:label "よみ"@ja , "reading"@en ; sh:pattern "a" .'


def named(iri: str) -> Text:
    local = iri.rpartition("#")[2].rpartition("/")[2]
    return Text(f"〔{local}〕", f"[{local}]")


def read(project: Path, text: str) -> Shapes:
    (project / "shapes").mkdir(parents=True)
    (project / "shapes" / "all.ttl").write_text(HEAD + text, "utf-8")
    return read_shapes(project, IRIS)


def item(project: Path, *asked: str) -> Item:
    """The only item of a shape whose property shapes, all of one path, ask for something."""
    properties = " ".join(
        f'shape:p{n} sh:path ex:p ; sh:name "欄"@ja, "field"@en ; sh:message "文"@ja, "text"@en ; {one} .'
        for n, one in enumerate(asked)
    )
    refer = " , ".join(f"shape:p{n}" for n in range(len(asked)))
    shapes = read(
        project, f"shape:S sh:targetClass ex:C ; sh:property {refer} . {properties} {NAMED}"
    )
    (group,) = groups_of(shapes, named)
    (found,) = group.items
    return found


@pytest.mark.parametrize(
    ("asked", "ja", "en"),
    [
        ("sh:minCount 1 ; sh:maxCount 1", "必須・1つ", "Required, exactly 1"),
        ("sh:minCount 1", "必須・1つ以上", "Required, 1 or more"),
        ("sh:minCount 2 ; sh:maxCount 4", "必須・2つから4つまで", "Required, 2 to 4"),
        ("sh:maxCount 3", "任意・3つまで", "Optional, 3 at most"),
        ("sh:datatype xsd:string", "任意", "Optional"),
        ("sh:maxCount 0", "書かない", "Not to be given"),
        ("sh:hasValue 1", "必須", "Required"),
        (
            "sh:minCount 1 ; sh:severity sh:Warning",
            "推奨・1つ以上",
            "Advised, 1 or more",
        ),
    ],
)
def test_the_number_of_values_in_words(tmp_path: Path, asked: str, ja: str, en: str) -> None:
    assert item(tmp_path, asked).number == Text(ja, en)


def test_advice_that_says_nothing_of_numbers_has_none(tmp_path: Path) -> None:
    assert item(tmp_path, "sh:maxLength 9 ; sh:severity sh:Warning").number is None


@pytest.mark.parametrize(
    ("asked", "ja", "en"),
    [
        ("sh:datatype xsd:date", "年月日（例：2020-04-01）", "a date, such as 2020-04-01"),
        ("sh:datatype ex:Own", "〔Own〕", "[Own]"),
        ("sh:class ex:D", "「〔D〕」を指す", "refers to: [D]"),
        ("sh:class ex:D ; sh:nodeKind sh:IRI", "「〔D〕」を指す", "refers to: [D]"),
        ("sh:nodeKind sh:IRI", "URIで書く", "written as a URI"),
        ('sh:pattern "^[0-9]{5}$"', "5桁の半角数字", "5 digits"),
        ('sh:pattern "^[0-9a-f]{64}$"', "64桁の十六進数", "64 hexadecimal digits"),
        ('sh:languageIn ( "ja" "en" )', "日本語か英語の文字列", "text in Japanese or English"),
        ('sh:languageIn ( "fr" )', "frの文字列", "text in fr"),
        ('sh:in ( "high" ex:low )', "次のいずれか：high、〔low〕", "one of: high, [low]"),
        ("sh:hasValue ex:v", "「〔v〕」を含む", "includes [v]"),
        ("sh:minInclusive 1", "1以上", "at least 1"),
        ("sh:maxExclusive 9", "9より小さい", "less than 9"),
        ("sh:maxLength 600", "600字以内", "600 characters at most"),
        ("sh:lessThanOrEquals ex:q", "「〔q〕」以下", "not more than “[q]”"),
        ("sh:node shape:Named", "「よみ」の規則に合う", "meets the rules for “reading”"),
        ("sh:not shape:Named", "「よみ」ではない", "not: reading"),
        (
            "sh:or ( shape:Named [ sh:datatype xsd:integer ] )",
            "よみか整数のいずれか",
            "reading or a whole number",
        ),
        (
            "sh:qualifiedValueShape shape:Named ; sh:qualifiedMinCount 1",
            "よみを1つ以上含む",
            "includes at least 1: reading",
        ),
        (
            "sh:qualifiedValueShape shape:Named ; sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 2",
            "よみをちょうど2つ含む",
            "includes exactly 2: reading",
        ),
        (
            "sh:qualifiedValueShape shape:Named ; sh:qualifiedMaxCount 0",
            "よみを含まない",
            "without: reading",
        ),
    ],
)
def test_a_constraint_in_words(tmp_path: Path, asked: str, ja: str, en: str) -> None:
    (rule,) = item(tmp_path, asked).rules
    assert rule.said == (Text(ja, en),)
    assert rule.message is None


@pytest.mark.parametrize(
    "asked",
    [
        'sh:pattern "^a+$"',
        "sh:closed true",
        "sh:nodeKind sh:BlankNode",
        'sh:not [ sh:pattern "^a+$" ]',
        'sh:or ( [ sh:datatype xsd:integer ] [ sh:pattern "^a+$" ] )',
        'sh:qualifiedValueShape [ sh:pattern "^a+$" ] ; sh:qualifiedMinCount 1',
    ],
)
def test_what_there_are_no_words_for_is_told_by_its_message(tmp_path: Path, asked: str) -> None:
    (rule,) = item(tmp_path, asked).rules
    assert rule.said == ()
    assert rule.message == Text("文", "text")


ONE_EACH = 'sh:languageIn ( "ja" "en" ) ; sh:uniqueLang true'


def in_language(tag: str) -> str:
    return f'sh:qualifiedValueShape [ sh:languageIn ( "{tag}" ) ] ; sh:qualifiedMinCount 1'


def test_one_text_in_each_language_is_said_in_one_sentence(tmp_path: Path) -> None:
    found = item(tmp_path, ONE_EACH, in_language("ja"), in_language("en"))
    assert found.number == Text("必須", "Required")
    assert [rule.said for rule in found.rules] == [
        (Text("日本語と英語で1つずつ", "once in Japanese and English"),),
        (),
        (),
    ]


def test_texts_that_may_be_left_out_are_told_apart(tmp_path: Path) -> None:
    found = item(tmp_path / "one", ONE_EACH)
    assert found.number == Text("任意", "Optional")
    assert found.rules[0].said[0].ja == "日本語と英語で1つずつまで"
    assert item(tmp_path / "two", f"{ONE_EACH} ; sh:minCount 2").number == Text("必須", "Required")


def test_only_one_required_language_is_not_taken_for_both(tmp_path: Path) -> None:
    found = item(tmp_path, ONE_EACH, in_language("ja"))
    assert [len(rule.said) for rule in found.rules] == [2, 1]


def test_shapes_of_one_path_are_told_together_and_each_once(tmp_path: Path) -> None:
    shapes = read_shapes(write_project(tmp_path / "project"), IRIS)
    groups = groups_of(shapes, named)
    assert [group.label.ja for group in groups] == ["計画", "実施内容", "市町"]
    (plan, _, _) = groups
    assert plan.targets == (("targetClass", f"{KV}Plan"),)
    assert [one.name.ja for one in plan.items] == ["名称", "実施する市町", "分野", "実施内容"]
    assert [one.severity for one in plan.items] == ["Violation"] * 3 + ["Warning"]
    assert plan.speaks_of(f"{KV}Plan")
    assert not plan.speaks_of(f"{KV}Town")


@pytest.fixture(scope="module")
def real() -> tuple[Shapes, tuple[Group, ...]]:
    shapes = read_shapes(ROOT, Iris.at("http://127.0.0.1:8000/"))
    return shapes, groups_of(shapes, named)


def test_every_rule_of_the_real_shapes_says_something(
    real: tuple[Shapes, tuple[Group, ...]],
) -> None:
    shapes, groups = real
    silent = [
        one.shape
        for group in groups
        for item_ in group.items
        for one in item_.rules
        if not one.said and not one.message and not item_.number
    ]
    assert silent == []
    assert [rule.shape for group in groups for _, rule in group.others if not rule.message] == []
    assert len(groups) == totals(shapes)[0] > 40


def test_every_rule_is_counted_once(real: tuple[Shapes, tuple[Group, ...]]) -> None:
    shapes, groups = real
    own = {group.own.shape for group in groups if group.own}
    assert len({*owners(groups), *own}) == totals(shapes)[1]


def test_a_shared_rule_has_its_place_in_the_first_group(
    real: tuple[Shapes, tuple[Group, ...]],
) -> None:
    _, groups = real
    shared = next(iri for iri in owners(groups) if iri.endswith("#Concept-prefLabel"))
    having = [
        group.shape
        for group in groups
        if any(rule.shape == shared for item_ in group.items for rule in item_.rules)
    ]
    assert len(having) > 5
    assert owners(groups)[shared] == having[0]


def test_a_shape_without_constraints_of_its_own_asks_nothing_of_the_thing(tmp_path: Path) -> None:
    shapes = read(tmp_path, f"shape:S sh:targetClass ex:C ; sh:message 'a'@ja . {NAMED}")
    found = {str(shape).rpartition("#")[2]: shape for shape in shapes.graph.subjects()}
    assert not explain.is_constrained(shapes.graph, found["S"])
    assert explain.is_constrained(shapes.graph, found["Named"])
