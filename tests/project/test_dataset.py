"""publish.project.dataset: named graphs that partition the statements, and their hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.errors import GraphError, Place, Problem
from publish.iris import Iris
from publish.project.dataset import Dataset, read_dataset
from publish.rdf import namespaces as ns
from publish.rdf.canonical import canonical_lines, content_hash
from publish.rdf.terms import Triple, node
from tests.support.projects import BASE, IRIS, KV, append, edit, write_project

OTHER = Iris.at("http://127.0.0.1:8000/")
#: SHA-256 of the content of tests/fixtures/kasumi before anything is derived.
HASH = "ad4979255837e8911ee603f85b61d93703c751f0c3dc23b12e5f3fdbb10c91cf"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


def _refused(project: Path) -> tuple[Problem, ...]:
    with pytest.raises(GraphError) as caught:
        read_dataset(project, IRIS)
    return caught.value.problems


def _plan(name: str, predicate: str, object_: ox.NamedNode | ox.Literal) -> Triple:
    return node(BASE + "id/plan/" + name), node(predicate), object_


def test_turtle_and_tables_come_together_by_graph(project: Path) -> None:
    assert read_dataset(project, IRIS).counts() == {
        "editorial": 7,
        "links": 9,
        "ontology": 55,
        "reference": 13,
        "source": 12,
    }


def test_graphs_are_named_in_order(project: Path) -> None:
    dataset = read_dataset(project, IRIS)
    assert dataset.graph_names() == ["editorial", "links", "ontology", "reference", "source"]


def test_the_store_counts_each_statement_once_over_all_graphs(project: Path) -> None:
    store = read_dataset(project, IRIS).store()
    found = store.query("SELECT * { ?s ?p ?o }", use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == len(store) == 96


def test_a_statement_is_in_the_graph_of_its_file(project: Path) -> None:
    store = read_dataset(project, IRIS).store()
    label = ox.Literal("「遠隔見守り」の推進", language="ja")
    (quad,) = store.quads_for_pattern(None, None, label)
    assert quad.graph_name == node(BASE + "graph/source")


def test_a_statement_in_two_graphs_is_refused_and_both_places_are_named(project: Path) -> None:
    append(
        project / "data" / "editorial.plans.ttl",
        '\nplan:snow-robots\n    skos:prefLabel "除雪ロボットの導入"@ja .\n',
    )
    (problem,) = _refused(project)
    assert problem.what.ja == (
        "同じ文が二つのグラフ（source と editorial）にあります。"
        "もう一方は data/editorial.plans.ttl:19 です。"
    )
    assert problem.what.en == (
        "The same statement is in two graphs (source and editorial). "
        "The other is at data/editorial.plans.ttl:19."
    )
    assert problem.place == Place("data/source.plans.ttl", 16)


def test_a_statement_in_a_table_and_in_another_graph_is_refused_with_the_row(project: Path) -> None:
    append(project / "data" / "source.plans.ttl", '\n<id/town/992020> skos:prefLabel "浜町"@ja .\n')
    (problem,) = _refused(project)
    assert "data/source.plans.ttl:25" in problem.what.ja
    assert problem.place == Place("data/towns.csv", 3, "name_ja")


def test_a_statement_that_stands_twice_in_one_graph_counts_once(project: Path) -> None:
    append(
        project / "data" / "source.plans.ttl",
        '\nplan:snow-robots skos:prefLabel "除雪ロボットの導入"@ja .\n',
    )
    assert read_dataset(project, IRIS).counts()["source"] == 12


def test_the_problems_of_all_files_are_told_together(project: Path) -> None:
    append(project / "data" / "source.plans.ttl", "\n[] a kv:Plan .\n")
    append(project / "data" / "towns.csv", "992011,霞市,カスミシ,Kasumi,\n")
    append(project / "ontology" / "kasumi.ttl", "\nkv:Plan a .\n")
    assert [(p.place.file if p.place else "") for p in _refused(project)] == [
        "data/source.plans.ttl",
        "ontology/kasumi.ttl",
        "data/towns.csv",
    ]


def test_a_directory_that_is_no_project_is_refused(tmp_path: Path) -> None:
    assert [problem.what.ja for problem in _refused(tmp_path)] == [
        "ontology がありません。",
        "data がありません。",
        "shapes がありません。",
        "data/catalog.ttl がありません。",
    ]


@pytest.mark.parametrize(
    ("file", "graph"),
    [
        ("source - コピー.plans.ttl", "source - コピー"),
        ("Source.plans.ttl", "Source"),
        ("derived.plans.ttl", "derived"),
        ("catalog.plans.ttl", "catalog"),
    ],
)
def test_a_file_whose_name_makes_no_graph_is_refused(project: Path, file: str, graph: str) -> None:
    (project / "data" / file).write_text("\n<id/plan/x> a <ontology#Plan> .\n", "utf-8")
    (problem,) = _refused(project)
    assert problem.what.ja == f"グラフ名「{graph}」は使えません。"
    assert problem.place == Place(f"data/{file}", 2)


def test_a_table_cannot_fill_the_derived_graph(project: Path) -> None:
    metadata = project / "data" / "towns.csv-metadata.json"
    edit(metadata, "graph/reference", "graph/derived")
    (problem,) = _refused(project)
    assert problem.place == Place("data/towns.csv", 2, "code")


def test_a_statement_has_the_place_where_it_was_read(project: Path) -> None:
    dataset = read_dataset(project, IRIS)
    town = _plan("remote-care", KV + "town", node(BASE + "id/town/992020"))
    assert dataset.place_of(town) == Place("data/source.plans.ttl", 13)


def test_what_was_not_read_has_no_place(project: Path) -> None:
    dataset = read_dataset(project, IRIS)
    derived = _plan("remote-care", KV + "hasStep", node(BASE + "id/step/care-survey-2030"))
    assert dataset.place_of(derived) is None
    dataset.found[derived] = ("derived", None)
    assert dataset.place_of(derived) is None


def test_canonical_lines_are_sorted_n_quads() -> None:
    b, a = (ox.Quad(node("urn:s"), node("urn:p"), ox.Literal(v), node("urn:g")) for v in "いあ")
    assert canonical_lines([b, a]) == [
        '<urn:s> <urn:p> "あ" <urn:g> .',
        '<urn:s> <urn:p> "い" <urn:g> .',
    ]


def test_the_hash_of_the_content_is_known(project: Path) -> None:
    assert content_hash(read_dataset(project, IRIS).quads(), BASE) == HASH


def test_the_hash_is_the_same_under_any_base(project: Path) -> None:
    assert content_hash(read_dataset(project, OTHER).quads(), OTHER.base) == HASH


def test_the_hash_does_not_depend_on_the_base_of_a_datatype(project: Path) -> None:
    append(project / "ontology" / "kasumi.ttl", "\nkv:EraDate a rdfs:Datatype .\n")
    append(
        project / "data" / "source.plans.ttl",
        '\nstep:care-survey-2030 dcterms:created "R12.8"^^kv:EraDate .\n',
    )
    here, there = (content_hash(read_dataset(project, i).quads(), i.base) for i in (IRIS, OTHER))
    assert here == there != HASH


def test_the_hash_does_not_depend_on_how_the_files_are_written(project: Path) -> None:
    old, new = project / "data" / "source.plans.ttl", project / "data" / "source.zz.ttl"
    old.rename(new)
    append(new, "\n# 変更なし\n")
    assert content_hash(read_dataset(project, IRIS).quads(), BASE) == HASH


def test_the_hash_follows_the_content(project: Path) -> None:
    edit(project / "data" / "source.plans.ttl", "kv:times 3", "kv:times 4")
    assert content_hash(read_dataset(project, IRIS).quads(), BASE) != HASH


def test_anybody_can_recompute_the_hash_from_n_quads(project: Path) -> None:
    lines = canonical_lines(read_dataset(project, IRIS).quads())
    any_uri = f'"^^<{ns.XSD}anyURI>'
    neutral = [
        line.replace(f"<{BASE}", "<base:/").replace(f'"{BASE}', '"base:/')
        if any_uri in line
        else line.replace(f"<{BASE}", "<base:/")
        for line in lines
    ]
    text = "".join(f"{line}\n" for line in sorted(neutral))
    assert hashlib.sha256(text.encode()).hexdigest() == HASH


def test_an_empty_dataset_has_no_graphs(tmp_path: Path) -> None:
    dataset = Dataset(IRIS, tmp_path)
    assert (dataset.graph_names(), dataset.counts(), list(dataset.quads())) == ([], {}, [])


# -- Text that is dirt -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("よその計画\\n", "U+000A"), ("　よその計画", "U+3000"), ("よその計画\u00a0", "U+00A0"),
        ("よその\u200b計画", "U+200B"), ("ふ\u3099", "正規化形式C"), ("外\ue000", "U+E000"),
        ("\ufffd計画", "U+FFFD"), ("險育判", "元は「計画」か"), ("&#39640;橋", "&#39640;"), ("計画\\t", "U+0009"),
    ],
)  # fmt: skip
def test_dirt_in_a_text_of_a_turtle_file_is_noted_with_its_line_and_stays(
    project: Path, written: str, said: str
) -> None:
    file = project / "data" / "editorial.plans.ttl"
    append(file, f'<id/plan/care> skos:note "{written}"@ja .\n')
    dataset = read_dataset(project, IRIS)
    (note,) = dataset.notes
    assert said in note.text.ja
    line = file.read_text("utf-8").count("\n")
    assert note.place == Place("data/editorial.plans.ttl", line)
    value = written.replace("\\n", "\n").replace("\\t", "\t")
    note_of = _plan("care", ns.SKOS + "note", ox.Literal(value, language="ja"))
    assert note_of in dataset.found


def test_the_same_dirt_in_many_texts_of_a_file_is_one_note(project: Path) -> None:
    texts = ", ".join(f'"計画{n} "@ja' for n in range(30))
    append(project / "data" / "editorial.plans.ttl", f"<id/plan/care> skos:note {texts} .\n")
    (note,) = read_dataset(project, IRIS).notes
    assert "ほかに29か所" in note.what.ja


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#NAME?", "#DIV/0!", "######"])
def test_an_error_of_a_spreadsheet_in_a_text_is_refused_with_its_line(
    project: Path, error: str
) -> None:
    file = project / "data" / "editorial.plans.ttl"
    append(file, f'<id/plan/care> skos:note "{error}"@ja .\n')
    (problem,) = _refused(project)
    assert "値ではありません" in problem.what.ja
    assert problem.place == Place("data/editorial.plans.ttl", file.read_text().count("\n"))


def test_addresses_and_numbers_are_no_texts(project: Path) -> None:
    more = '<id/plan/care> skos:note "1 "^^<http://example.org/type>, "x"^^<#REF!> .\n'
    append(project / "data" / "editorial.plans.ttl", more)
    assert read_dataset(project, IRIS).notes == []


def test_notes_of_tables_come_with_the_dataset(project: Path) -> None:
    append(project / "data" / "towns.csv", ",,,,\n,,,,\n")
    (note,) = read_dataset(project, IRIS).notes
    assert str(note.place) == "data/towns.csv:4"
