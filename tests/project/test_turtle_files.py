"""publish.project.turtle_files: a vocabulary of others is loaded and validated against, and not published."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.build import build, check
from publish.errors import GraphError, Place, Problem, SourceError, TurtleError
from publish.i18n import Text
from publish.project.dataset import read_dataset
from publish.project.integrity import check as check_whole
from publish.project.turtle_files import (
    Statement,
    graph_of,
    missing_parts,
    read_text,
    read_turtle,
    shown,
    turtle_files,
)
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.release.dumps import DIRECTORY as DUMPS
from publish.release.release import Release, current
from publish.settings import Settings
from server import create_app
from tests.support.projects import BASE, IRIS, KV, append, edit, settings_for, write_project

#: Where the vocabulary of the small project is published by somebody else.
THEIRS = "https://terms.example.jp/kasumi"
COPY = Path("ontology/kasumi.ttl")
PLANS = Path("data/source.plans.ttl")


def borrow(project: Path) -> Path:
    """Let the small project use its vocabulary as if somebody else published it."""
    for path in (*project.glob("*/*.ttl"), *project.glob("data/*.json")):
        text = path.read_text("utf-8")
        text = text.replace("<ontology#>", f"<{THEIRS}#>").replace("<ontology>", f"<{THEIRS}>")
        text = text.replace('"ontology#', f'"{THEIRS}#').replace("<ontology/", f"<{THEIRS}/")
        path.write_text(text, "utf-8")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return borrow(write_project(tmp_path / "kasumi"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Release:
    project = borrow(write_project(tmp_path_factory.mktemp("borrowed") / "kasumi"))
    build(settings_for(project))
    return current(project / "releases")


@pytest.fixture(scope="module")
def site(built: Release) -> FlaskClient:
    return create_app(Settings(releases=built.path.parent)).test_client()


def _problems(project: Path) -> tuple[Problem, ...]:
    try:
        check_whole(read_dataset(project, IRIS))
    except GraphError as error:
        return error.problems
    return ()


# -- What is read ------------------------------------------------------------------------------


def test_the_copy_is_known_but_is_no_content(project: Path) -> None:
    dataset = read_dataset(project, IRIS)
    town = (node(f"{THEIRS}#Town"), node(ns.RDFS + "subClassOf"), node(f"{THEIRS}#Place"))
    assert town in dataset.borrowed
    assert town not in dataset.found
    assert dataset.place_of(town) == Place("ontology/kasumi.ttl", 30)
    assert ox.Quad(*town) in dataset.known()
    assert not list(dataset.store().quads_for_pattern(*town, None))
    assert dataset.vocabularies() == (THEIRS,)
    # the other file in ontology/ holds code lists of our own
    assert dataset.counts()["ontology"] == 15


def test_its_terms_are_declared_and_no_others(project: Path) -> None:
    assert _problems(project) == ()
    append(project / PLANS, f"\nplan:remote-care <{THEIRS}#twon> <id/town/992011> .\n")
    (problem,) = _problems(project)
    assert problem.what.en == f'Undeclared term "{THEIRS}#twon".'
    assert "renew the copy" in problem.remedy.en
    assert problem.place == Place("data/source.plans.ttl", 25)


def test_nobody_can_add_a_term_to_the_vocabulary_of_others(project: Path) -> None:
    term = f"<{THEIRS}#twon>"
    (project / "ontology" / "more.ttl").write_text(f"{term} a {term} .\n", "utf-8")
    assert {problem.what.ja for problem in _problems(project)} == {
        f"語彙にない用語「{THEIRS}#twon」です。"
    }


def test_a_statement_of_theirs_is_not_ours_to_publish(project: Path) -> None:
    said = f'<{THEIRS}#Town> <{ns.RDFS}label> "town"@en .\n'
    (project / "ontology" / "more.ttl").write_text(said, "utf-8")
    (problem,) = _problems(project)
    assert problem.what.en.startswith("The copy of a vocabulary (ontology/kasumi.ttl:")
    assert problem.place == Place("ontology/more.ttl", 1)


def test_a_copy_says_nothing_about_things_of_ours(project: Path) -> None:
    append(project / COPY, '\n<id/topic/snow> skos:prefLabel "雪"@ja .\n')
    (problem,) = _problems(project)
    assert "id/topic/snow" in problem.what.ja
    assert problem.place is not None
    assert problem.place.file == "ontology/kasumi.ttl"


def test_its_class_hierarchy_is_known_to_shapes_and_rules(project: Path) -> None:
    edit(project / "shapes" / "plan.ttl", "sh:class kv:Town ;", "sh:class kv:Place ;")
    edit(project / "shapes" / "plan.ttl", "sh:targetClass kv:Town ;", "sh:targetClass kv:Place ;")
    rules = project / "shapes" / "rules.ttl"
    edit(rules, "{ ?step kv:stepOf ?plan }", "{ ?step a/^a kv:Step ; kv:stepOf ?plan }")
    checked = check(settings_for(project))
    assert checked.report.conforms
    edit(project / COPY, "    rdfs:subClassOf kv:Place ;\n", "")
    assert not check(settings_for(project)).report.conforms


# -- What is released --------------------------------------------------------------------------


def test_no_dump_and_no_count_has_the_vocabulary(built: Release) -> None:
    for name in ("all.nq", "all.ttl", "all.jsonld"):
        text = (built.path / DUMPS / name).read_text("utf-8")
        assert "isDefinedBy" not in text
        assert re.search(r"kasumi#Plan>|kv:Plan|\"Plan\"", text)
    assert built.manifest.graphs["ontology"] == 15


def test_the_release_keeps_the_copy_as_it_was_written(built: Release) -> None:
    kept = built.path / "ontology" / "kasumi.ttl"
    assert kept.read_bytes() == (built.path.parents[1] / COPY).read_bytes()
    assert built.manifest.file("ontology/kasumi.ttl")


def test_another_copy_makes_another_release(project: Path) -> None:
    first = build(settings_for(project)).manifest
    append(project / COPY, '\nkv:Town skos:scopeNote "町を含む。"@ja , "Also villages."@en .\n')
    second = build(settings_for(project)).manifest
    assert first.content_hash == second.content_hash
    assert first.release != second.release


def test_the_catalogue_names_the_vocabulary_where_it_is(built: Release) -> None:
    whole = node(IRIS.of("catalog#dataset"))
    conforms = node(ns.DCTERMS + "conformsTo")
    found = {quad.object for quad in built.store.quads_for_pattern(whole, conforms, None)}
    assert found == {node(THEIRS), node(IRIS.of("shapes"))}
    titles = built.store.quads_for_pattern(node(THEIRS), node(ns.DCTERMS + "title"), None)
    assert {str(quad.object) for quad in titles} == {'"霞県語彙"@ja', '"Kasumi vocabulary"@en'}


def test_prefixes_and_context_have_its_terms(built: Release) -> None:
    context = built.context["@context"]
    assert context["kv"] == f"{THEIRS}#"
    assert context["Plan"] == "kv:Plan"
    assert context["town"]["@id"] == "kv:town"


# -- What is served ----------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "label"), [("ja", "場所"), ("en", "place")])
def test_pages_call_its_terms_by_their_names(
    built: Release, site: FlaskClient, language: str, label: str
) -> None:
    page = site.get(f"/lod/doc/plan/remote-care.{language}.html").text
    assert f'href="{THEIRS}#' in page
    terms = site.get("/lod/sparql/terms.json").get_json()["terms"]
    assert next(one for one in terms if one["name"] == "kv:Plan")[language] in ("計画", "plan")
    labels = {str(q.object) for q in built.borrowed.quads_for_pattern(None, None, None)}
    assert f'"{label}"@{language}' in labels


@pytest.mark.parametrize(
    ("language", "lead", "name"),
    [
        ("ja", "ここでは公開していません", "霞県語彙"),
        ("en", "are not published here", "Kasumi vocabulary"),
    ],
)
def test_its_address_says_where_the_vocabulary_lives(
    site: FlaskClient, language: str, lead: str, name: str
) -> None:
    answer = site.get(f"/lod/ontology.{language}.html")
    assert answer.status_code == 200
    assert lead in answer.text
    assert f'<a href="{THEIRS}"' in answer.text
    assert name in answer.text
    assert f'<a href="{THEIRS}#Plan"' in answer.text
    assert f'<{THEIRS}>; rel="describedby"' in ", ".join(answer.headers.getlist("Link"))


def test_programs_are_told_so_too(site: FlaskClient) -> None:
    answer = site.get("/lod/ontology", headers={"Accept": "text/turtle"})
    assert answer.content_type == "text/turtle; charset=utf-8"
    said = list(ox.parse(answer.data, format=ox.RdfFormat.TURTLE))
    assert {quad.subject for quad in said} == {node(THEIRS)}
    assert site.get("/lod/ontology/Plan.ttl").status_code == 404


def test_the_endpoint_does_not_have_it(site: FlaskClient, built: Release) -> None:
    label = node(ns.RDFS + "label")
    assert not list(built.store.quads_for_pattern(node(f"{THEIRS}#Plan"), label, None))


def test_a_project_without_any_vocabulary_links_to_no_page_of_it(tmp_path: Path) -> None:
    project = borrow(write_project(tmp_path / "kasumi"))
    (project / COPY).unlink()
    build(settings_for(project))
    client = create_app(Settings(releases=project / "releases")).test_client()
    assert client.get("/lod/ontology").status_code == 404
    assert "/lod/ontology" not in client.get("/lod/index.ja.html").text
    assert "/lod/ontology" not in client.get("/lod/help.ja.html").text
    assert "/lod/ontology" not in client.get("/lod/sitemap-1.xml").text


def test_ours_and_theirs_can_be_used_together(tmp_path: Path) -> None:
    project = borrow(write_project(tmp_path / "kasumi"))
    (project / "ontology" / "own.ttl").write_text(
        f'<ontology> a <{ns.OWL}Ontology> ; <{ns.DCTERMS}title> "独自"@ja , "own"@en .\n', "utf-8"
    )
    build(settings_for(project))
    client = create_app(Settings(releases=project / "releases")).test_client()
    page = client.get("/lod/ontology.ja.html").text
    assert f'<a href="{THEIRS}"' in page
    assert "独自" in page


# -- Turtle files become statements with graph and place ------------------------------------------

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
