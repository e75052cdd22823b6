"""publish.shacl.validate: findings that point at file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import GraphError, Place
from publish.i18n import Text
from publish.project.dataset import read_dataset
from publish.rdf import namespaces as ns
from publish.shacl.report import Finding, Report
from publish.shacl.rules import derive
from publish.shacl.shapes import read_shapes
from publish.shacl.validate import validate
from tests.support.projects import BASE, IRIS, KV, append, edit, write_project

PLANS = Path("data/source.plans.ttl")
SHAPES = Path("shapes/plan.ttl")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def _validated(project: Path) -> Report:
    dataset, shapes = read_dataset(project, IRIS), read_shapes(project, IRIS)
    derive(dataset, shapes)
    return validate(dataset, shapes)


def _violation(project: Path) -> Finding:
    (finding,) = (one for one in _validated(project).told if one.severity == "Violation")
    return finding


def test_the_sample_project_conforms_with_a_warning(project: Path) -> None:
    report = _validated(project)
    assert report.conforms
    assert report.focus_nodes == 5
    assert report.findings == (
        Finding(
            severity="Warning",
            focus=BASE + "id/plan/snow-robots",
            path=KV + "hasStep",
            value=None,
            shape=BASE + "shapes#Plan-hasStep",
            component="MinCountConstraintComponent",
            message=Text("計画に実施内容がありません。", "The plan has no step."),
            place=Place("data/source.plans.ttl", 15),
        ),
    )


def test_a_missing_property_is_found_where_the_thing_is_introduced(project: Path) -> None:
    edit(project / PLANS, ' ;\n    skos:prefLabel "除雪ロボットの導入"@ja', "")
    edit(
        project / "data/editorial.plans.ttl",
        'plan:snow-robots skos:prefLabel "Introduction of snow robots"@en ;\n   ',
        "plan:snow-robots",
    )
    finding = _violation(project)
    assert finding.path == ns.SKOS + "prefLabel"
    assert finding.place == Place("data/source.plans.ttl", 15)


def test_one_value_too_few_is_found_where_things_of_the_kind_have_theirs(project: Path) -> None:
    edit(project / PLANS, ' ;\n    skos:prefLabel "除雪ロボットの導入"@ja', "")
    finding = _violation(project)
    assert finding.place == Place("data/source.plans.ttl", 15)
    assert "data/source.plans.ttl（graph/source）" in finding.remedy.ja


def test_a_wrong_value_is_found_on_its_line(project: Path) -> None:
    edit(project / PLANS, "kv:times 3", "kv:times 0")
    finding = _violation(project)
    assert (finding.value, finding.component) == ("0", "MinInclusiveConstraintComponent")
    assert finding.place == Place("data/source.plans.ttl", 22)


def test_a_wrong_value_in_a_table_is_found_in_its_cell(project: Path) -> None:
    append(project / "data" / "towns.csv", "882038,霧村,キリムラ,Kiri,\n")
    finding = _violation(project)
    assert finding.message == Text(
        "団体コードは99で始まる6桁の数字です。", "A code has six digits and begins with 99."
    )
    assert finding.place == Place("data/towns.csv", 4, "code")


def test_a_rule_over_a_list_points_at_the_member_at_fault(project: Path) -> None:
    append(
        project / SHAPES,
        """
shape:Topics a sh:NodeShape ;
    sh:targetNode <id/scheme/topic> ;
    sh:sparql shape:Topics-notation .

shape:Topics-notation a sh:SPARQLConstraint ;
    sh:message "記号「{?value}」の誤り"@ja , "wrong notation of {$value}"@en ;
    sh:prefixes <shapes> ;
    sh:select '''PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT $this ?value WHERE { ?value skos:inScheme $this ; skos:notation "T2" }''' .
""",
    )
    finding = _violation(project)
    assert finding.focus == BASE + "id/scheme/topic"
    assert finding.value == BASE + "id/topic/robotics"
    assert finding.message == Text(
        f"記号「{finding.value}」の誤り", f"wrong notation of {finding.value}"
    )
    assert finding.place == Place("ontology/codelists.ttl", 17)


def test_the_class_of_a_reference_is_checked_through_all_graphs(project: Path) -> None:
    edit(project / PLANS, "town:992011 , town:992020", "town:992011 , <id/topic/care>")
    finding = _violation(project)
    assert (finding.value, finding.place) == (
        BASE + "id/topic/care",
        Place("data/source.plans.ttl", 13),
    )


def test_subclasses_count_as_focus_nodes(project: Path) -> None:
    append(project / SHAPES, "\nshape:Place a sh:NodeShape ; sh:targetClass kv:Place .\n")
    assert _validated(project).focus_nodes == 7


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("sh:targetSubjectsOf kv:times", 1),
        ("sh:targetObjectsOf kv:town", 2),
        ("sh:targetNode <id/plan/remote-care>", 1),
    ],
)
def test_every_kind_of_target_has_focus_nodes(project: Path, target: str, count: int) -> None:
    append(project / SHAPES, f"\nshape:Other a sh:NodeShape ; {target} .\n")
    assert _validated(project).focus_nodes == 5 + count


@pytest.mark.parametrize(
    "target", ["sh:targetClass kv:Twon", "sh:targetSubjectsOf kv:tmies", "sh:targetObjectsOf kv:x"]
)
def test_a_shape_that_looks_at_nothing_is_a_violation(project: Path, target: str) -> None:
    append(project / SHAPES, f"\nshape:Other a sh:NodeShape ;\n    {target} .\n")
    finding = _violation(project)
    assert finding.component == "FocusNodes"
    assert finding.message.ja.startswith("この規則の対象となるものが一つもありません。")
    assert finding.message.en.startswith("This shape has no focus node at all")
    assert finding.place == Place("shapes/plan.ttl", 103)


def test_a_message_in_one_language_serves_for_both(project: Path) -> None:
    edit(
        project / SHAPES,
        '"回数は1以上の整数です。"@ja , "The number of times is a whole number from 1."@en',
        '"回数は1以上の整数です。"@ja',
    )
    edit(project / PLANS, "kv:times 3", 'kv:times "三"')
    assert _violation(project).message.en == "回数は1以上の整数です。"


def test_a_shape_without_a_message_has_the_engines(project: Path) -> None:
    edit(
        project / SHAPES,
        ' ;\n    sh:message "回数は1以上の整数です。"@ja , "The number of times is a whole number from 1."@en',
        "",
    )
    edit(project / PLANS, "kv:times 3", 'kv:times "三"')
    message = _violation(project).message
    assert message.ja == message.en != ""


def test_an_unknown_severity_counts_as_a_violation(project: Path) -> None:
    edit(project / SHAPES, "sh:severity sh:Warning", "sh:severity kv:Bad")
    assert _violation(project).path == KV + "hasStep"


def test_findings_come_worst_first_and_in_a_fixed_order(project: Path) -> None:
    edit(project / PLANS, "kv:times 3", "kv:times 0 , -1")
    report = _validated(project)
    assert [(f.severity, f.value) for f in report.findings] == [
        ("Violation", "-1"),
        ("Violation", "0"),
        ("Warning", None),
    ]


def test_a_range_is_told_with_its_bounds(project: Path) -> None:
    edit(project / PLANS, "kv:times 3", "kv:times 0")
    finding = _violation(project)
    assert finding.what == Text(
        "「回数」は1以上でなければなりません（今の値：0）。", "“times” must be at least 1 (now: 0)."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sh:minCount 2", 'sh:minCount "two"'),
        ('"^99[0-9]{4}$"', '"^99[0-9{4}$"'),
        ("sh:path kv:times", 'sh:path "times"'),
        (
            "sh:property shape:Town-code",
            'sh:sparql [ sh:select "SELECT $this WHERE { $this u:p ?x }" ]',
        ),
    ],
)
def test_shapes_that_the_engine_cannot_use_are_refused(project: Path, old: str, new: str) -> None:
    edit(project / SHAPES, old, new)
    with pytest.raises(GraphError) as caught:
        _validated(project)
    (problem,) = caught.value.problems
    assert problem.what.ja.startswith("形状定義が使えません（")
    assert problem.what.en.startswith("The shapes cannot be used (")
    assert "\n" not in problem.what.en
