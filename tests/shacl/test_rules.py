"""publish.shacl.rules: rules fill graph/derived, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import GraphError, Place, Problem
from publish.project.dataset import Dataset, read_dataset
from publish.rdf.terms import node
from publish.shacl.rules import MOST_ROUNDS, derive, rules_of
from publish.shacl.shapes import read_shapes
from tests.support.projects import BASE, IRIS, KV, append, edit, write_project

RULE = "CONSTRUCT { ?plan kv:hasStep ?step } WHERE { ?step kv:stepOf ?plan }"
CARE, SURVEY = node(BASE + "id/plan/remote-care"), node(BASE + "id/step/care-survey-2030")
CHAIN = """
shape:Step sh:rule shape:rule-chain .
shape:rule-chain a sh:SPARQLRule ;
    sh:prefixes <shapes> ;
    sh:construct "CONSTRUCT { ?a kv:stepOf ?c } WHERE { ?a kv:stepOf/kv:stepOf ?c }" .
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def _derived(project: Path) -> tuple[Dataset, int]:
    dataset = read_dataset(project, IRIS)
    return dataset, derive(dataset, read_shapes(project, IRIS))


def _refused(project: Path) -> Problem:
    with pytest.raises(GraphError) as caught:
        _derived(project)
    (problem,) = caught.value.problems
    return problem


def test_the_inverse_of_a_link_is_derived_into_a_graph_of_its_own(project: Path) -> None:
    dataset, added = _derived(project)
    assert added == 1
    assert dataset.found[CARE, node(KV + "hasStep"), SURVEY] == ("derived", None)


def test_what_is_stated_already_is_not_derived_again(project: Path) -> None:
    append(
        project / "data" / "source.plans.ttl",
        "\nplan:remote-care kv:hasStep step:care-survey-2030 .\n",
    )
    dataset, added = _derived(project)
    assert added == 0
    assert "derived" not in dataset.graph_names()


def test_rules_run_again_until_nothing_new_appears(project: Path) -> None:
    append(project / "shapes" / "rules.ttl", CHAIN)
    chain = " ".join(f"step:s{n} kv:stepOf step:s{n + 1} ." for n in range(5))
    append(project / "data" / "source.plans.ttl", f"\n{chain}\n")
    dataset, _ = _derived(project)
    assert (node(BASE + "id/step/s0"), node(KV + "stepOf"), node(BASE + "id/step/s5")) in (
        dataset.found
    )


def test_rules_build_on_what_others_derived_in_any_order(project: Path) -> None:
    append(
        project / "shapes" / "rules.ttl", CHAIN.replace("sh:prefixes", "sh:order 0 ; sh:prefixes")
    )
    append(project / "data" / "source.plans.ttl", "\nstep:s1 kv:stepOf step:care-survey-2030 .\n")
    dataset, _ = _derived(project)
    assert (CARE, node(KV + "hasStep"), node(BASE + "id/step/s1")) in dataset.found


def test_rules_come_in_their_order(project: Path) -> None:
    append(project / "shapes" / "rules.ttl", CHAIN)
    rules = rules_of(read_shapes(project, IRIS))
    assert [rule.iri.rpartition("#")[2] for rule in rules] == ["rule-chain", "rule-has-step"]


def test_a_rule_knows_where_it_stands_and_reads_the_declared_prefixes(project: Path) -> None:
    (rule,) = rules_of(read_shapes(project, IRIS))
    assert rule.place == Place("shapes/rules.ttl", 10)
    assert rule.construct == f"PREFIX kv: <{KV}>\n{RULE}"


def test_a_project_without_rules_derives_nothing(project: Path) -> None:
    (project / "shapes" / "rules.ttl").unlink()
    assert _derived(project)[1] == 0


def test_rules_that_feed_each_other_without_end_are_refused(project: Path) -> None:
    endless = (
        "CONSTRUCT { ?a kv:stepOf ?c } WHERE "
        "{ ?a kv:stepOf ?b . BIND(IRI(CONCAT(STR(?b), 'x')) AS ?c) }"
    )
    edit(project / "shapes" / "rules.ttl", RULE, endless)
    assert MOST_ROUNDS == 50
    assert _refused(project).what.ja == "導出規則の適用が終わりません。"


@pytest.mark.parametrize(
    "rule",
    [
        "CONSTRUCT { ?plan kv:hasStep ?step } WERE { ?step kv:stepOf ?plan }",
        "CONSTRUCT { ?plan unknown:p ?step } WHERE { ?step kv:stepOf ?plan }",
        "SELECT ?plan WHERE { ?step kv:stepOf ?plan }",
        "CONSTRUCT { ?plan kv:hasStep [] } WHERE { ?step kv:stepOf ?plan }",
    ],
)
def test_a_rule_that_cannot_be_applied_is_refused_with_its_place(project: Path, rule: str) -> None:
    edit(project / "shapes" / "rules.ttl", RULE, rule)
    problem = _refused(project)
    assert problem.what.ja.startswith("規則が実行できません（")
    assert problem.what.en.startswith("The rule cannot be applied (")
    assert problem.place == Place("shapes/rules.ttl", 10)


def test_an_order_that_is_no_number_is_refused_with_its_place(project: Path) -> None:
    edit(project / "shapes" / "rules.ttl", "sh:order 1", 'sh:order "first"')
    problem = _refused(project)
    assert problem.what.ja == "sh:order の値「first」は数ではありません。"
    assert problem.place == Place("shapes/rules.ttl", 9)
