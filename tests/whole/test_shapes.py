"""The shapes: each constraint is tripped by a fixture, each fixture trips what it names.

tests/shapes/{file}/valid.ttl   conforms to shapes/{file}.ttl, with no result at all
tests/shapes/{file}/*.ru        one deviation each, a SPARQL update of valid.ttl.  The comments at its
                                top name the results, the one in question first:
                                    # expects: {shape} {constraint component}
                                and the constraints of nested shapes, which no result names:
                                    # proves: {shape} {constraint component}
                                The file name begins with the severity: invalid, warning or info.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import pyrudof
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.support import shacl_engines
from tests.support.shacl_engines import by_pyrudof

BASE = "http://127.0.0.1:8000/"
PROJECT = Path(__file__).parents[2]
SHAPES = PROJECT / "shapes"
FIXTURES = PROJECT / "tests" / "shapes"
DEVIATIONS = sorted(FIXTURES.glob("*/*.ru"))
VALID = sorted(FIXTURES.glob("*/valid.ttl"))
SEVERITIES = {"invalid": "Violation", "warning": "Warning", "info": "Info"}
#: Properties whose values are shapes; sh:or holds lists of them.
SHAPE_EXPECTING = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)

#: A constraint: local names of a shape (or of a SPARQL constraint) and of the component.
Constraint = tuple[str, str]


def name_of(node: Node | None) -> str:
    return str(node).rpartition("#")[2]


def title(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle", publicID=BASE)


@lru_cache
def shapes_in(stem: str) -> Graph:
    """Return the shapes of a file, relative namespaces put under the base as the program does."""
    graph = read(SHAPES / f"{stem}.ttl")
    for node, space in list(graph.subject_objects(SH.namespace)):
        if ":" not in str(space):
            graph.set((node, SH.namespace, Literal(BASE + str(space), datatype=XSD.anyURI)))
    return graph


def stems() -> list[str]:
    return sorted(path.stem for path in SHAPES.glob("*.ttl"))


@lru_cache
def all_shapes() -> Graph:
    return sum((shapes_in(stem) for stem in stems()), Graph())


@lru_cache
def home(shape: Node) -> str | None:
    """Return the stem of the file that describes a shape."""
    return next((stem for stem in stems() if (shape, None, None) in shapes_in(stem)), None)


@lru_cache
def shapes_for(stem: str) -> Graph:
    """Return the shapes that a directory of fixtures is about, with those they refer to."""
    wanted = [name for name in (stem, f"{stem}-advice") if name in stems()]
    for found in wanted:  # grows while it is walked
        homes = {home(term) for term in set(shapes_in(found).objects()) if isinstance(term, URIRef)}
        wanted += sorted(name for name in homes if name and name not in [*wanted, "rules"])
    return sum((shapes_in(name) for name in wanted), Graph())


def report_on(data: Graph, shapes: Graph) -> Graph:
    """Return pySHACL's report."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference=None, inplace=True)
    assert isinstance(report, Graph)
    return report


def results(report: Graph) -> dict[Constraint, str]:
    """Return what a report says, with the severity of each."""
    found = {}
    for result in report.objects(None, SH.result):
        constraint = report.value(result, SH.sourceConstraint)
        shape = constraint or report.value(result, SH.sourceShape)
        component = report.value(result, SH.sourceConstraintComponent)
        severity = report.value(result, SH.resultSeverity)
        found[name_of(shape), name_of(component)] = name_of(severity)
    return found


@lru_cache
def valid_data(directory: Path) -> Graph:
    return read(directory / "valid.ttl")


def deviating(path: Path) -> Graph:
    data = Graph() + valid_data(path.parent)
    data.update(f"BASE <{BASE}>\n{path.read_text('utf-8')}")
    return data


@cache
def reported(path: Path) -> Graph:
    """Return pySHACL's report on a fixture."""
    data = Graph() + (valid_data(path.parent) if path in VALID else deviating(path))
    return report_on(data, shapes_for(path.parent.name))


@lru_cache
def named_in(path: Path, what: str) -> list[Constraint]:
    """Return the constraints that the comments of a deviation name."""
    lines = re.findall(rf"^# {what}: (\S+) (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    return [(shape, component) for shape, component in lines]


@lru_cache
def vocabulary() -> Graph:
    """Return the SHACL vocabulary, Advanced Features included, that pySHACL brings along."""
    asset = files("pyshacl") / "assets" / "shacl.ttl"
    return Graph().parse(data=asset.read_text("utf-8"), format="turtle")


@lru_cache
def parameters() -> dict[str, list[Node]]:
    """Return the mandatory parameters of each constraint component, but for sh:property."""
    known = vocabulary()
    return {
        name_of(component): [
            path
            for parameter in known.objects(component, SH.parameter)
            for path in known.objects(parameter, SH.path)
            if known.value(parameter, SH.optional) is None
        ]
        for component in known.subjects(RDF.type, SH.ConstraintComponent)
        if component != SH.PropertyConstraintComponent
    }


def constraints() -> set[Constraint]:
    """Return every constraint in the shapes; that of a SPARQL text bears the name of the text."""
    graph, found = all_shapes(), set()
    for component, paths in parameters().items():
        for shape in set(graph.subjects(paths[0])):
            if component == "SPARQLConstraintComponent":
                found |= {(name_of(text), component) for text in graph.objects(shape, SH.sparql)}
            elif all((shape, path, None) in graph for path in paths):
                found.add((name_of(shape), component))
    return found


def without(shapes: Graph, constraint: Constraint) -> Graph:
    """Return the shapes without one constraint."""
    shape, component = constraint
    poorer = Graph() + shapes
    for path in parameters()[component]:
        poorer.remove((URIRef(f"{BASE}shapes#{shape}"), URIRef(str(path)), None))
    return poorer


def both_languages(graph: Graph, subject: Node, predicate: Node) -> bool:
    texts = [text for text in graph.objects(subject, predicate) if isinstance(text, Literal)]
    return sorted(text.language or "" for text in texts if text.strip()) == ["en", "ja"]


def list_of(found: set[Constraint]) -> str:
    return "\n" + "\n".join(f"{shape} {component}" for shape, component in sorted(found))


@pytest.mark.parametrize("path", VALID, ids=title)
def test_valid_data_conforms_without_a_result(path: Path) -> None:
    assert results(reported(path)) == {}


@pytest.mark.parametrize("path", DEVIATIONS, ids=title)
def test_a_deviation_gives_exactly_the_results_it_names(path: Path) -> None:
    found = results(reported(path))
    expected = named_in(path, "expects")
    assert set(found) == set(expected) and expected
    assert found[expected[0]] == SEVERITIES[path.stem.partition("-")[0]]


@pytest.mark.parametrize(
    ("path", "constraint"),
    [(path, constraint) for path in DEVIATIONS for constraint in named_in(path, "proves")],
    ids=lambda value: title(value) if isinstance(value, Path) else " ".join(value),
)
def test_a_nested_constraint_is_why_the_deviation_is_found(
    path: Path, constraint: Constraint
) -> None:
    shapes = without(shapes_for(path.parent.name), constraint)
    assert results(report_on(deviating(path), shapes)) != results(reported(path))


#: What pyrudof 0.3.35 stops at: a SPARQL constraint with a blank node for `$this`. It writes the
#: focus node into VALUES, where SPARQL allows none; SHACL binds it otherwise (section 5.3.1).
STOPS_AT = {
    FIXTURES / name / "invalid-without-iri.ru"
    for name in (
        "concept-scheme",
        "fiscal-year",
        "initiative",
        "linkset",
        "organization",
        "source-document",
    )
}


def of_each_kind() -> list[Path]:
    """Return what is valid, and of the deviations of one file those that differ in kind.

    That is: in the component of what they expect first, or in the SPARQL constraint.
    """
    kinds: dict[tuple[str, Constraint], Path] = {}
    for path in DEVIATIONS:
        shape, component = named_in(path, "expects")[0]
        by_query = component == "SPARQLConstraintComponent"
        kinds.setdefault((path.parent.name, (shape if by_query else "", component)), path)
    return [path for path in (*VALID, *kinds.values()) if path not in STOPS_AT]


@lru_cache
def shapes_text(stem: str) -> bytes:
    """Return the shapes that a directory of fixtures is about, in Turtle."""
    return shapes_for(stem).serialize(encoding="utf-8")


def written(path: Path) -> tuple[bytes, bytes]:
    """Return the shapes of a fixture in Turtle, and its data as N-Triples."""
    data = valid_data(path.parent) if path in VALID else deviating(path)
    return shapes_text(path.parent.name), data.serialize(format="nt", encoding="utf-8")


@pytest.mark.parametrize("path", of_each_kind(), ids=title)
def test_an_engine_that_shares_no_code_with_ours_says_the_same(path: Path) -> None:
    expected = shacl_engines.results(reported(path))
    assert shacl_engines.results(by_pyrudof(*written(path))) == expected


@pytest.mark.parametrize("path", sorted(STOPS_AT), ids=title)
def test_where_that_engine_stops_is_known(path: Path) -> None:
    with pytest.raises(pyrudof.RudofError, match="expected UNDEF"):
        by_pyrudof(*written(path))


def test_every_constraint_is_tripped_by_a_fixture() -> None:
    named = [named_in(path, what) for path in DEVIATIONS for what in ("expects", "proves")]
    tripped, there = {constraint for found in named for constraint in found}, constraints()
    assert not there - tripped, f"not tripped: {list_of(there - tripped)}"
    assert not tripped - there, f"not in the shapes: {list_of(tripped - there)}"


def test_the_shapes_are_well_formed_shacl() -> None:
    pyshacl.validate(Graph(), shacl_graph=all_shapes(), meta_shacl=True)


def test_every_shacl_and_xsd_term_in_use_exists() -> None:
    """A misspelt one would never fire, and nobody would notice."""
    graph = sum(map(read, (PROJECT / "ontology").glob("*.ttl")), Graph() + all_shapes())
    used = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    used |= {t.datatype for t in graph.objects() if isinstance(t, Literal) and t.datatype}
    unknown = {t for t in used if t in SH and (t, None, None) not in vocabulary()}
    unknown |= {t for t in used if str(t).startswith(str(XSD)) and t not in XSD}
    unknown |= {t for t in used if str(t).startswith(str(SH)) and t not in SH}
    assert not unknown


def test_every_property_shape_has_name_and_message_in_both_languages() -> None:
    graph = all_shapes()
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        assert both_languages(graph, shape, SH.name), shape
        assert both_languages(graph, shape, SH.message), shape
        assert graph.value(shape, SH.severity) and graph.value(shape, SH.order), shape


def test_every_sparql_constraint_and_rule_speaks_both_languages() -> None:
    graph = all_shapes()
    for constraint in set(graph.objects(None, SH.sparql)):
        assert both_languages(graph, constraint, RDFS.label), constraint
        assert both_languages(graph, constraint, SH.message), constraint
    for rule in set(graph.objects(None, SH.rule)):
        assert both_languages(graph, rule, RDFS.label), rule


QUERIES = sorted(
    (name_of(constraint), str(text)) for constraint, text in all_shapes().subject_objects(SH.select)
)


@pytest.mark.parametrize("text", [text for _, text in QUERIES], ids=[name for name, _ in QUERIES])
def test_a_query_says_each_thing_once_and_in_what_every_engine_understands(text: str) -> None:
    """SHACL makes a result of each solution, equal ones too; some engines make one of those."""
    bare = re.sub(r'"[^"]*"|#[^\n]*', "", text)
    assert "SELECT DISTINCT $this" in bare or "GROUP BY $this" in bare
    assert not re.search(r"\ba \$this", bare), "write the class"
    # what a query with variables bound beforehand may not have (section 5.2.1)
    assert not re.search(r"\b(MINUS|VALUES|SERVICE)\b|AS \$this", bare)
    # `11 - ?sum + ?x` was read from right to left by the parsers of several engines
    assert not re.search(r"[-/] *[\w?]+ *[-+*/]", bare), "write the parentheses"


def test_every_node_shape_has_a_label_and_a_message_for_what_it_demands_itself() -> None:
    graph = all_shapes()
    paths = {path for found in parameters().values() for path in found} - {SH.sparql}
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        assert both_languages(graph, shape, RDFS.label), shape
        if graph.value(shape, SH.severity) and paths & set(graph.predicates(shape)):
            assert both_languages(graph, shape, SH.message), shape


def test_every_shape_has_an_iri_and_is_described() -> None:
    graph = all_shapes()
    members = [m for head in graph.objects(None, SH["or"]) for m in Collection(graph, head)]
    referred = {shape for predicate in SHAPE_EXPECTING for shape in graph.objects(None, predicate)}
    referred |= {*members, *graph.objects(None, SH.sparql), *graph.objects(None, SH.rule)}
    described = {s for s in graph.subjects(RDF.type) if str(s).startswith(f"{BASE}shapes#")}
    groups = set(graph.subjects(RDF.type, SH.PropertyGroup))
    assert groups == set(graph.objects(None, SH.group))
    described -= groups
    kinds = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint, SH.SPARQLRule)
    assert described == {s for kind in kinds for s in graph.subjects(RDF.type, kind)}
    assert referred <= described
    targets = {s for s in graph.subjects() for p in graph.predicates(s) if "target" in str(p)}
    assert described == referred | targets


def test_advice_never_stops_a_release_and_everything_else_does() -> None:
    for stem in stems():
        severities = {name_of(severity) for severity in shapes_in(stem).objects(None, SH.severity)}
        assert severities <= ({"Warning", "Info"} if stem.endswith("-advice") else {"Violation"})


def test_every_class_has_a_file_that_bears_its_name() -> None:
    for stem in stems():
        for shape in shapes_in(stem).subjects(URIRef("http://rdfs.org/ns/void#uriSpace")):
            assert re.sub(r"(?<!^)([A-Z])", r"-\1", name_of(shape)).lower() == stem


def test_every_class_and_property_of_the_vocabulary_occurs_in_the_shapes() -> None:
    vocabulary_ = sum(map(read, (PROJECT / "ontology").glob("*.ttl")), Graph())
    targets = (SH.targetClass, SH.targetNode)
    classes = {cls for target in targets for cls in all_shapes().objects(None, target)}
    assert set(vocabulary_.subjects(RDF.type, OWL.Class)) <= classes
    paths = set(all_shapes().objects(None, SH.path))
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        assert set(vocabulary_.subjects(RDF.type, kind)) <= paths


def constructed(data: Graph, rule: Node) -> Graph:
    """Return what a rule adds to the data; `$this` is a variable like any other."""
    shapes = all_shapes()
    spaces = {
        str(shapes.value(node, SH.prefix)): str(shapes.value(node, SH.namespace))
        for node in shapes.subjects(SH.prefix)
    }
    return (
        data.query(str(shapes.value(rule, SH.construct)), initNs=spaces).graph or Graph()
    ) - data


def test_the_rules_yield_what_follows_and_nothing_else() -> None:
    """Run over all data at once until nothing is new; each rule adds something."""
    given, derived = (read(FIXTURES / "rules" / f"{name}.ttl") for name in ("given", "derived"))
    rules = set(all_shapes().objects(None, SH.rule))
    data, active = Graph() + given, set()
    while news := {rule: new for rule in rules if len(new := constructed(data, rule))}:
        active |= set(news)
        data = sum(news.values(), data)
    assert set(data - given) == set(derived)
    assert active == rules == set(all_shapes().subjects(SH.construct))
