"""publish.project.turtle_files: Turtle files become statements with graph and place."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.errors import Place, SourceError, TurtleError
from publish.i18n import Text
from publish.project.turtle_files import (
    Statement,
    graph_of,
    missing_parts,
    read_text,
    read_turtle,
    shown,
    turtle_files,
)
from tests.support.projects import BASE, IRIS, KV, write_project

PREFIXES = f"""\
PREFIX kv: <ontology#>
PREFIX plan: <id/plan/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX void: <http://rdfs.org/ns/void#>
# 空白ノード「[ ]」「_:」は {BASE} にない。
"""
FIRST = PREFIXES.count("\n") + 1


def _read(tmp_path: Path, turtle: str) -> list[Statement]:
    path = tmp_path / "data" / "source.plans.ttl"
    path.parent.mkdir(exist_ok=True)
    path.write_text(PREFIXES + turtle, "utf-8")
    return list(read_turtle(path, "source", IRIS, tmp_path))


def _refused(tmp_path: Path, turtle: str) -> TurtleError:
    with pytest.raises(TurtleError) as caught:
        _read(tmp_path, turtle)
    return caught.value


def test_relative_iris_are_put_under_the_base(tmp_path: Path) -> None:
    (statement,) = _read(tmp_path, "plan:remote-care kv:town <id/town/992011> .")
    assert [term.value for term in statement.triple] == [
        "https://data.example.jp/lod/id/plan/remote-care",
        "https://data.example.jp/lod/ontology#town",
        "https://data.example.jp/lod/id/town/992011",
    ]


def test_absolute_iris_stay_as_they_are(tmp_path: Path) -> None:
    (statement,) = _read(tmp_path, "<http://a.example/x> <http://a.example/y> <urn:isbn:1> .")
    assert [term.value for term in statement.triple] == [
        "http://a.example/x",
        "http://a.example/y",
        "urn:isbn:1",
    ]


def test_names_keep_their_full_width_forms(tmp_path: Path) -> None:
    (statement,) = _read(tmp_path, 'plan:a kv:name "「北海」ﾃﾞｰﾀ２０２１～"@ja .')
    assert statement.triple[2] == ox.Literal("「北海」ﾃﾞｰﾀ２０２１～", language="ja")


def test_a_statement_knows_its_graph_and_place(tmp_path: Path) -> None:
    (statement,) = _read(tmp_path, '\n\nplan:a kv:name "a"@en .')
    assert statement.graph == "source"
    assert statement.origin.place(tmp_path, statement.triple, BASE) == Place(
        "data/source.plans.ttl", FIRST + 2
    )


def test_a_datatype_of_ours_is_put_under_the_base(tmp_path: Path) -> None:
    (statement,) = _read(tmp_path, 'plan:a kv:name "R2.8"^^kv:EraDate .')
    assert statement.triple[2] == ox.Literal("R2.8", datatype=ox.NamedNode(KV + "EraDate"))


def test_a_relative_address_in_a_literal_is_put_under_the_base(tmp_path: Path) -> None:
    (statement,) = _read(tmp_path, 'plan:a void:uriSpace "id/plan/" .')
    assert statement.triple[2] == ox.Literal(
        "https://data.example.jp/lod/id/plan/",
        datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#anyURI"),
    )


def test_an_absolute_address_in_a_literal_stays_as_it_is(tmp_path: Path) -> None:
    (statement,) = _read(tmp_path, 'plan:a void:uriSpace "http://a.example/" .')
    assert statement.triple[2] == ox.Literal("http://a.example/")


@pytest.mark.parametrize(
    ("iri", "shown_as"),
    [
        ("../other/x", "/a/b/other/x"),
        ("../../../../x", "/x"),
        ("/x", "/x"),
        ("//elsewhere.example/x", "//elsewhere.example/x"),
    ],
)
def test_a_relative_iri_that_leaves_the_base_is_refused_with_its_line(
    tmp_path: Path, iri: str, shown_as: str
) -> None:
    error = _refused(tmp_path, f"plan:a kv:town <id/town/1> ;\n    kv:town <{iri}> .")
    (problem,) = error.problems
    assert problem.what.ja == f"相対IRI「{shown_as}」が公開URLの外を指しています。"
    assert problem.what.en == f'Relative IRI "{shown_as}" leaves the base.'
    assert problem.place == Place("data/source.plans.ttl", FIRST + 1)


def test_a_datatype_that_leaves_the_base_is_refused(tmp_path: Path) -> None:
    error = _refused(tmp_path, 'plan:a kv:name "x"^^<../x> .')
    assert "leaves the base" in str(error)


@pytest.mark.parametrize(
    "turtle",
    [
        "plan:a kv:town [] .",
        'plan:a kv:town [ kv:name "x" ] .',
        'plan:a kv:town ( "a" "b" ) .',
        "plan:a kv:town _:town .",
        'plan:a kv:name "(甲) [乙] _:丙" , """(\n""" ;\nkv:town <http://a.example/x_(y)> , [] .',
        "plan:a kv:name '( \\' [' ; kv:town plan:b_ , # [ ( _:\n\n[] .",
        "_:x kv:name 'x' .",
        "[] kv:name 'x' .",
    ],
)
def test_a_blank_node_is_refused_with_its_line(tmp_path: Path, turtle: str) -> None:
    (problem,) = _refused(tmp_path, turtle).problems
    assert problem.what == Text("空白ノードは使えません。", "Blank nodes are not allowed.")
    assert problem.place == Place("data/source.plans.ttl", FIRST + turtle.count("\n"))


@pytest.mark.parametrize(
    ("turtle", "line"),
    [
        ("plan:a kv:name 'x'\nplan:b kv:name 'y' .", FIRST + 1),
        ("plan:a kv:name 'x", FIRST),
        ("plan:a kv:town <id/town/ 1> .", FIRST),
        ("plan:a plon:b 'x' .", FIRST),
    ],
)
def test_a_syntax_error_is_refused_with_line_and_column(
    tmp_path: Path, turtle: str, line: int
) -> None:
    (problem,) = _refused(tmp_path, turtle).problems
    assert problem.what.ja.startswith("Turtleの構文に誤りがあります（")
    assert problem.what.en.startswith("Turtle syntax error (")
    assert "Parser error" not in problem.what.en
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == ("data/source.plans.ttl", line)
    assert int(problem.place.column or 0) > 0


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("計画", "utf-8-sig")
    assert read_text(path, tmp_path) == "計画"


def test_shift_jis_is_recognised_with_the_line_of_the_first_odd_character(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    path.write_bytes("code,name\n992011,霞市\n".encode("cp932"))
    with pytest.raises(SourceError) as caught:
        read_text(path, tmp_path)
    (problem,) = caught.value.problems
    assert "Shift_JIS（Excelの標準のCSV）のようです" in problem.what.ja
    assert "looks like Shift_JIS (Excel's usual CSV)" in problem.what.en
    assert "CSV UTF-8" in problem.remedy.ja
    assert problem.place == Place("towns.csv", 2)


@pytest.mark.parametrize("content", ["霞市".encode("utf-16"), b"\x81"])
def test_any_other_encoding_is_only_said_not_to_be_utf_8(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "towns.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_text(path, tmp_path)
    assert caught.value.problems[0].what.ja == "文字コードがUTF-8ではありません。"


@pytest.mark.parametrize(
    ("path", "graph"),
    [
        ("data/source.plans.ttl", "source"),
        ("data/editorial.ttl", "editorial"),
        ("ontology/codelists.ttl", "ontology"),
        ("ontology/source.x.ttl", "ontology"),
    ],
)
def test_the_file_name_tells_the_graph(path: str, graph: str) -> None:
    assert graph_of(Path(path)) == graph


def test_paths_are_shown_as_in_the_project(tmp_path: Path) -> None:
    assert shown(tmp_path / "data" / "a.ttl", tmp_path) == "data/a.ttl"
    assert shown(Path("/elsewhere/a.ttl"), tmp_path) == "/elsewhere/a.ttl"


def test_content_is_what_stands_in_ontology_and_data_but_for_the_catalogue(tmp_path: Path) -> None:
    project = write_project(tmp_path / "kasumi")
    assert [shown(path, project) for path in turtle_files(project)] == [
        "data/editorial.plans.ttl",
        "data/links.linksets.ttl",
        "data/reference.publisher.ttl",
        "data/source.plans.ttl",
        "ontology/codelists.ttl",
        "ontology/kasumi.ttl",
    ]


def test_a_whole_project_lacks_nothing(tmp_path: Path) -> None:
    assert missing_parts(write_project(tmp_path / "kasumi")) == []


def test_each_missing_part_of_a_project_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert [problem.what.en for problem in missing_parts(tmp_path)] == [
        "ontology is missing.",
        "shapes is missing.",
        "data/catalog.ttl is missing.",
    ]
