"""The published shapes over the published dump in the engines of others, as anybody would run them.

The shapes are what `/shapes.ttl` answers with, the data the dump of everything; pySHACL is called by
the command in the READMEs. Faults of all kinds are then planted in the dump, each in a thing of its
own: both engines must find each of them, and nothing that the other does not find.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from rdflib import SH, Graph
from rdflib.compare import isomorphic

from publish.release.release import Release
from tests.support.real import BASE, ROOT
from tests.support.shacl_engines import Result, by_pyrudof, by_pyshacl, results

PREFIXES = f"""BASE <{BASE}>
PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>
PREFIX linkset: <id/linkset/>
PREFIX municipality: <id/municipality/>
PREFIX organization: <id/organization/>
PREFIX pillar: <id/pillar/>
PREFIX s5: <ontology#>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX topic: <id/topic/>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@dataclass(frozen=True)
class Fault:
    """What is done to the dump, and the result that must come of it."""

    update: str
    focus: str
    path: str
    component: str
    value: str = ""


SKOS, DCTERMS = "http://www.w3.org/2004/02/skos/core#", "http://purl.org/dc/terms/"
UNITS = "ontology#AdministrativeUnit"
FAULTS = {
    "a wrong check digit": Fault(
        "DELETE DATA { municipality:012033 dcterms:identifier '012033' } ; "
        "INSERT DATA { municipality:012033 dcterms:identifier '012034' }",
        UNITS, "", "SPARQL", "id/municipality/012033",
    ),
    "a code of another length": Fault(
        "DELETE DATA { municipality:012041 dcterms:identifier '012041' } ; "
        "INSERT DATA { municipality:012041 dcterms:identifier '12041' }",
        "id/municipality/012041", DCTERMS + "identifier", "Pattern", "12041",
    ),
    "a name missing in English": Fault(
        "DELETE WHERE { municipality:012050 skos:prefLabel ?name } ; "
        "INSERT DATA { municipality:012050 skos:prefLabel '室蘭市'@ja }",
        "id/municipality/012050", SKOS + "prefLabel", "QualifiedMinCount",
    ),
    "two names in one language": Fault(
        "INSERT DATA { municipality:012068 skos:prefLabel 'Kushiro City'@en }",
        "id/municipality/012068", SKOS + "prefLabel", "UniqueLang",
    ),
    "a name in a third language": Fault(
        "INSERT DATA { municipality:012076 skos:prefLabel 'Obihiro'@fr }",
        "id/municipality/012076", SKOS + "prefLabel", "LanguageIn", "Obihiro@fr",
    ),
    "a number of another type": Fault(
        "DELETE WHERE { municipality:012084 wgs:lat ?lat } ; "
        "INSERT DATA { municipality:012084 wgs:lat '43.8'^^xsd:double }",
        "id/municipality/012084",
        "http://www.w3.org/2003/01/geo/wgs84_pos#lat", "Datatype", "43.8",
    ),
    "a thing of another class": Fault(
        "INSERT DATA { initiative:telemedicine s5:beneficiary topic:ai }",
        "id/initiative/telemedicine", "ontology#beneficiary", "Class", "id/topic/ai",
    ),
    "neither pillar nor region": Fault(
        "DELETE { initiative:global-citizenship ?p ?o } "
        "WHERE { initiative:global-citizenship ?p ?o FILTER(?p IN (s5:pillar, s5:region)) }",
        "id/initiative/global-citizenship",
        "(http://www.w3.org/ns/shacl#alternativePath", "MinCount",
    ),
    "a text instead of a link": Fault(
        "INSERT DATA { municipality:012092 skos:exactMatch 'http://www.wikidata.org/entity/Q1' }",
        "id/municipality/012092", SKOS + "exactMatch", "Node", "http://www.wikidata.org/entity/Q1",
    ),
    "a link to a target of no linkset": Fault(
        "INSERT DATA { municipality:012106 skos:exactMatch <http://www.wikidata.org/entity/Q2> }",
        "id/municipality/012106", SKOS + "exactMatch", "Node", "http://www.wikidata.org/entity/Q2",
    ),
    "a value that is not in the list": Fault(
        "DELETE WHERE { linkset:wikidata-confirmed s5:confidence ?c } ; "
        "INSERT DATA { linkset:wikidata-confirmed s5:confidence 'sure' }",
        "id/linkset/wikidata-confirmed", "ontology#confidence", "In", "sure",
    ),
    "one municipality less": Fault(
        "DELETE DATA { municipality:012114 skos:inScheme scheme:municipality }",
        "id/scheme/municipality", "(http://www.w3.org/ns/shacl#inversePath", "MinCount",
    ),
    "a date outside the fiscal year": Fault(
        "DELETE WHERE { activity:survey-telemedicine-2020 dcterms:date ?date } ; "
        "INSERT DATA { activity:survey-telemedicine-2020 dcterms:date '2020-03'^^xsd:gYearMonth }",
        "id/activity/survey-telemedicine-2020", "", "SPARQL", "2020-03",
    ),
    "names that are not in pairs": Fault(
        "INSERT DATA { activity:attract-people-with-the-games s5:mentionedName '五輪'@ja }",
        "ontology", "", "SPARQL", "id/activity/attract-people-with-the-games",
    ),
    "a notation given twice": Fault(
        "DELETE WHERE { pillar:industry skos:notation ?n } ; "
        "INSERT DATA { pillar:industry skos:notation 'pillar-1' }",
        "id/scheme/pillar", "", "SPARQL", "id/pillar/industry",
    ),
    "a name that is not verbatim": Fault(
        "DELETE DATA { initiative:smart-forestry skos:prefLabel 'スマート林業の構築推進'@ja } ; "
        "INSERT DATA { initiative:smart-forestry skos:prefLabel 'スマート林業の推進'@ja }",
        "id/initiative/smart-forestry", SKOS + "prefLabel", "SPARQL", "スマート林業の推進@ja",
    ),
    "a bureau of another region": Fault(
        "INSERT DATA { initiative:sorachi-venison s5:actor organization:iburi-bureau }",
        "id/initiative/sorachi-venison", "ontology#actor", "SPARQL", "id/organization/iburi-bureau",
    ),
    "a date that is not printed": Fault(
        "DELETE WHERE { activity:exhibit-automated-driving-expo-2020 s5:originalNotation ?n } ; "
        "INSERT DATA { activity:exhibit-automated-driving-expo-2020 s5:originalNotation 'Ｒ２．９' }",
        "id/activity/exhibit-automated-driving-expo-2020", DCTERMS + "date", "SPARQL", "2020-10",
    ),
}  # fmt: skip


#: What the dump says of itself: one linkset deserves a second look.
ADVICE = Result(
    BASE + "id/linkset/wikidata-regions",
    BASE + "ontology#confidence",
    "low",
    "InConstraintComponent",
    "Info",
)


def _planted(dump: bytes) -> bytes:
    """Return the dump with all the faults; each of them changes it."""
    store = ox.Store()
    store.bulk_load(dump, format=ox.RdfFormat.N_TRIPLES)
    for name, fault in FAULTS.items():
        before = set(store)
        store.update(PREFIXES + fault.update)
        assert set(store) != before, name
    return store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""


@pytest.fixture(scope="module")
def dump(release: Release) -> Path:
    return release.path / "dump" / "all.nt"


@pytest.fixture(scope="module")
def shapes(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shapes as anybody gets them."""
    path = tmp_path_factory.mktemp("shapes") / "shapes.ttl"
    path.write_bytes(app.test_client().get("/shapes.ttl").data)
    return path


@pytest.fixture(scope="module")
def found(shapes: Path, dump: Path) -> dict[str, list[Result]]:
    """What the engines say of the dump with all faults."""
    asked = shapes.read_bytes(), _planted(dump.read_bytes())
    return {"pySHACL": results(by_pyshacl(*asked)), "pyrudof": results(by_pyrudof(*asked))}


def _command(readme: str) -> list[str]:
    """Return the command for pySHACL in a README, word by word."""
    lines = (ROOT / readme).read_text("utf-8").splitlines()
    return shlex.split(next(line for line in lines if line.startswith("pyshacl ")), comments=True)


def test_both_readmes_give_the_same_command() -> None:
    assert _command("README.md") == _command("README.ja.md")


def test_the_command_of_the_readmes_accepts_the_dump_and_pyrudof_says_the_same(
    shapes: Path, dump: Path, tmp_path: Path
) -> None:
    name, *options, data = _command("README.md")
    assert (name, data) == ("pyshacl", "all.ttl")
    shutil.copy(shapes, tmp_path / "shapes.ttl")
    shutil.copy(dump.with_suffix(".ttl"), tmp_path / data)
    command = [sys.executable, "-m", "pyshacl", *options, "--format", "nt", data]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert results(Graph().parse(data=done.stdout, format="nt")) == [ADVICE]
    assert results(by_pyrudof(shapes.read_bytes(), dump.read_bytes())) == [ADVICE]


def test_the_engines_agree_on_the_dump_with_faults(found: dict[str, list[Result]]) -> None:
    assert found["pyrudof"] == found["pySHACL"]
    assert ADVICE in found["pyrudof"]
    assert len(found["pyrudof"]) > len(FAULTS)


@pytest.mark.parametrize("engine", ["pySHACL", "pyrudof"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_dump_is_found(
    found: dict[str, list[Result]], name: str, engine: str
) -> None:
    fault = FAULTS[name]
    wanted = (fault.focus, fault.component + "ConstraintComponent", "Violation")
    of_focus = [
        result
        for result in found[engine]
        if (result.focus.removeprefix(BASE), result.component, result.severity) == wanted
    ]
    values = {(result.path.removeprefix(BASE), result.value) for result in of_focus}
    assert any(
        path.startswith(fault.path) and value.removeprefix(BASE) == (fault.value or value)
        for path, value in values
    ), of_focus


def test_the_shapes_in_a_release_mean_the_same_put_together_in_any_order(
    release: Release, shapes: Path
) -> None:
    files = sorted((release.path / "shapes").glob("*.ttl"), reverse=True)
    together = Graph().parse(
        data="\n".join(path.read_text("utf-8") for path in files), format="turtle"
    )
    assert isomorphic(together, Graph().parse(shapes, format="turtle"))


def test_nothing_in_the_published_shapes_is_relative(shapes: Path) -> None:
    """Read under a base that is nobody's, no IRI is there, and each namespace is absolute."""
    graph = Graph().parse(shapes, format="turtle", publicID="x-nobody:/")
    assert not [term for triple in graph for term in triple if "x-nobody:" in str(term)]
    spaces = set(graph.objects(None, SH.namespace))
    assert len(spaces) >= 10
    assert all(str(space).startswith("http") for space in spaces)
