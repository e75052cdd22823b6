"""publish.shacl.shapes: what the shapes say besides validating (the rules of this repository's own
shapes are tested in test_shapes.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from publish.errors import Place, TurtleError
from publish.i18n import Text
from publish.rdf import namespaces as ns
from publish.shacl.shapes import (
    Field,
    Shapes,
    declared_prefixes,
    published,
    read_shapes,
    shape_files,
)
from tests.support.projects import IRIS, KV, append, edit, write_project

SHAPES = IRIS.of("shapes#")
SHAPES_FILE = Path("shapes/plan.ttl")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kasumi")


@pytest.fixture
def shapes(project: Path) -> Shapes:
    return read_shapes(project, IRIS)


def _field(shapes: Shapes, path: str) -> Field:
    return next(field for field in shapes.fields if field.path == path)


def test_the_types_of_things_come_in_the_order_of_their_shapes(shapes: Shapes) -> None:
    assert [(kind.segment, kind.class_, kind.label) for kind in shapes.kinds] == [
        ("plan", KV + "Plan", Text("計画", "Plans")),
        ("step", KV + "Step", Text("実施内容", "Steps")),
        ("town", KV + "Town", Text("市町", "Towns")),
    ]


def test_a_type_is_found_by_its_segment(shapes: Shapes) -> None:
    kind = shapes.kind("town")
    assert kind is not None
    assert kind.shape == SHAPES + "Town"
    assert shapes.kind("villages") is None


def test_the_fields_of_a_type_come_in_their_order(shapes: Shapes) -> None:
    kind = shapes.kind("plan")
    assert kind is not None
    assert [field.path for field in kind.fields] == [
        ns.SKOS + "prefLabel",
        KV + "town",
        ns.DCTERMS + "subject",
        KV + "hasStep",
    ]


def test_a_field_knows_what_its_shape_says(shapes: Shapes) -> None:
    assert _field(shapes, KV + "town") == Field(
        shape=SHAPES + "Plan-town",
        path=KV + "town",
        name=Text("実施する市町", "towns"),
        description=Text("計画を実施する市町。", "The towns that carry out the plan."),
        order=2,
        datatype=None,
        class_=KV + "Town",
        is_iri=True,
        composite=False,
        is_key=True,
    )


def test_a_field_of_texts_is_no_iri(shapes: Shapes) -> None:
    field = _field(shapes, ns.SKOS + "prefLabel")
    assert (field.datatype, field.is_iri) == (ns.RDF + "langString", False)


def test_parts_are_marked_as_composite(shapes: Shapes) -> None:
    assert [field.path for field in shapes.fields if field.composite] == [KV + "hasStep"]


def test_a_reason_knows_what_it_explains(project: Path) -> None:
    append(
        project / "shapes" / "plan.ttl",
        """
shape:Plan-townReason a sh:PropertyShape ;
    sh:path kv:townReason ;
    dcterms:relation shape:Plan-town .
""",
    )
    fields = read_shapes(project, IRIS).fields
    explaining = {field.path: field.explains for field in fields if field.explains}
    assert explaining == {KV + "townReason": KV + "town"}


def test_a_field_has_the_name_of_its_group(project: Path) -> None:
    append(
        project / "shapes" / "plan.ttl",
        """
shape:Step-first sh:path kv:first ; sh:group shape:Pages .
shape:Step-last sh:path kv:last ; sh:group shape:Pages .
shape:Pages a sh:PropertyGroup ; rdfs:label "ページ"@ja , "pages"@en .
""",
    )
    groups = {f.path: f.group for f in read_shapes(project, IRIS).fields if f.group}
    assert groups == {KV + name: Text("ページ", "pages") for name in ("first", "last")}


def test_what_several_shapes_say_of_a_property_comes_together(project: Path) -> None:
    append(
        project / "shapes" / "plan.ttl",
        """
shape:Town-town a sh:PropertyShape ;
    sh:path kv:town ;
    sh:datatype xsd:anyURI ;
    sh:order 9 ;
    sh:name "別名"@ja , "other"@en .
""",
    )
    fields = [f for f in read_shapes(project, IRIS).fields if f.path == KV + "town"]
    assert [(f.name.en, f.order, f.datatype) for f in fields] == [("towns", 2, ns.XSD + "anyURI")]


def test_a_path_of_several_steps_is_no_field(project: Path) -> None:
    append(
        project / "shapes" / "plan.ttl",
        "\nshape:Plan-steps sh:path ( kv:hasStep kv:times ) .\n",
    )
    assert len(read_shapes(project, IRIS).fields) == 7


def test_a_field_without_a_name_is_called_like_its_shape(project: Path) -> None:
    append(project / "shapes" / "plan.ttl", "\nshape:Plan-date sh:path dcterms:date .\n")
    field = _field(read_shapes(project, IRIS), ns.DCTERMS + "date")
    assert field.name == Text("Plan-date", "Plan-date")


def test_prefixes_are_declared_under_the_base(shapes: Shapes) -> None:
    assert shapes.declared() == [("kv", KV)]
    assert declared_prefixes(shapes) == f"PREFIX kv: <{KV}>\n"


def test_blank_nodes_of_two_files_do_not_meet(project: Path) -> None:
    for name in ("a", "b"):
        (project / "shapes" / f"{name}.ttl").write_text(
            f"PREFIX sh: <{ns.SH}>\n<shapes#{name}> sh:in ( '{name}' ) .\n", "utf-8"
        )
    graph = read_shapes(project, IRIS).graph
    lists = [
        list(graph.items(head))
        for name in ("a", "b")
        for head in graph.objects(rdflib.URIRef(SHAPES + name), rdflib.SH["in"])
    ]
    assert lists == [[rdflib.Literal("a")], [rdflib.Literal("b")]]


def test_files_are_read_in_a_fixed_order(project: Path) -> None:
    assert [path.name for path in shape_files(project)] == ["plan.ttl", "rules.ttl"]


def test_a_shape_has_a_place(shapes: Shapes) -> None:
    assert shapes.place_of(SHAPES + "Town") == Place("shapes/plan.ttl", 88)
    assert shapes.place_of(SHAPES + "Town-code", str(rdflib.SH.pattern)) == Place(
        "shapes/plan.ttl", 98
    )
    assert shapes.place_of(SHAPES + "Nothing") is None


def test_a_syntax_error_is_refused_with_line_and_column(project: Path) -> None:
    edit(project / "shapes" / "plan.ttl", "sh:minCount 2 ;", "sh:minCount 2")
    with pytest.raises(TurtleError) as caught:
        read_shapes(project, IRIS)
    (problem,) = caught.value.problems
    assert problem.what.ja.startswith("Turtleの構文に誤りがあります（")
    assert problem.place == Place("shapes/plan.ttl", 31, "5")


#: Ways to write `sh:declare` with a relative namespace; the second says whether the text is kept.
SPELLINGS = {
    "plain": ('sh:namespace "ontology#"', True),
    "typed": ('sh:namespace "ontology#"^^xsd:anyURI', True),
    "typed by an IRI": (f'sh:namespace "ontology#"^^<{ns.XSD}anyURI>', True),
    "with apostrophes": ("sh:namespace 'ontology#'^^xsd:anyURI", True),
    "in long quotation marks": ('sh:namespace """ontology#"""', True),
    "in long apostrophes": ("sh:namespace '''ontology#'''", True),
    "behind a comment": ('sh:namespace # it\'s "relative"\n    "ontology#"', True),
    "by the IRI of the property": (f'<{ns.SH}namespace> "ontology#"', True),
    "with a text that ends like a comment": (
        'rdfs:comment "a \\"quoted\\" # text" ; sh:namespace "ontology#"',
        True,
    ),
    "with an escape": (r'sh:namespace "ontolog\u0079#"', False),
    "with a name of the same text": ('sh:name "ontology#" ; sh:namespace "ontology#"', False),
    "with a name of the same text in English": (
        'sh:name "ontology#"@en ; sh:namespace "ontology#"',
        False,
    ),
}


@pytest.mark.parametrize(("spelling", "is_kept"), SPELLINGS.values(), ids=SPELLINGS)
def test_published_shapes_mean_what_the_program_takes_them_for(
    project: Path, spelling: str, is_kept: bool
) -> None:
    edit(project / SHAPES_FILE, 'sh:namespace "ontology#"^^xsd:anyURI', spelling)
    files = shape_files(project)
    texts = [published(path, project, IRIS) for path in files]
    graph = rdflib.Graph().parse(data="\n".join(texts), format="turtle", publicID="x-nobody:/")
    assert isomorphic(graph, read_shapes(project, IRIS).graph)
    assert [str(space) for space in graph.objects(None, rdflib.SH.namespace)] == [KV]
    assert ("# Who should pass: every plan" in texts[0]) == is_kept
    assert texts == [published(path, project, IRIS) for path in files]  # the same bytes


def test_published_files_do_not_share_blank_nodes(project: Path) -> None:
    for name, spaces in (("a", "sh:namespace 'x#'"), ("b", "sh:name 'x#' ; sh:namespace 'x#'")):
        (project / "shapes" / f"{name}.ttl").write_text(
            f"PREFIX sh: <{ns.SH}>\n<shapes#{name}> sh:in _:one .\n"
            f"_:one sh:name '_:one' , '{name}' ; sh:declare [ {spaces} ] .\n",
            "utf-8",
        )
    texts = [published(path, project, IRIS) for path in shape_files(project)]
    graph = rdflib.Graph().parse(data="\n".join(texts), format="turtle")
    assert isomorphic(graph, read_shapes(project, IRIS).graph)


def test_shapes_of_a_release_are_published_again_as_they_are(project: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    (release / "shapes").mkdir(parents=True)
    for path in shape_files(project):
        (release / "shapes" / path.name).write_text(published(path, project, IRIS), "utf-8")
    again, meant = (read_shapes(one, IRIS) for one in (release, project))
    assert isomorphic(again.graph, meant.graph)
    assert again.kinds == meant.kinds
