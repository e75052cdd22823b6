"""A project made by `lodpub init` is published as its README says, and queried together with ours.

Ours stands at a public base that nobody can look up, as for anyone who has only the dump and the IRIs.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from publish.build import build
from publish.cli.new_project import (
    Municipality,
    Plan,
    municipality_at,
    municipality_of,
    vocabulary_of,
    write,
)
from publish.iris import Iris
from publish.project.dataset import read_dataset
from publish.rdf import namespaces as ns
from publish.rdf.terms import Triple, narrowed
from publish.release.release import Release, current
from publish.settings import Settings
from publish.shacl.rules import derive
from publish.shacl.shapes import published, read_shapes, shape_files
from server import create_app
from tests.support.browser import NARROW, WIDE, Browser, axe, browsing, missing
from tests.support.projects import BASE as KASUMI
from tests.support.projects import edit
from tests.support.published import PUBLIC
from tests.support.real import ROOT
from tests.support.served import Served, free_port, serving
from tests.support.shacl_engines import by_pyrudof, by_pyshacl, results

_PREFIXES = f"PREFIX s5: <{PUBLIC}ontology#>" + "".join(
    f" PREFIX {name}: <{ns.PREFIXES[name]}>" for name in ("geo", "schema", "skos")
)
#: Real libraries would do; these are made up for the test and say so.
_ROWS = (
    ("012025", "a-1", "函館市", "試験図書館", "シケントショカン", "Test Library"),
    ("012033", "b-1", "小樽市", "試験会館", "シケンカイカン", "Test Hall"),
)


def _new(directory: Path, base: str, ours: Release, place: Municipality | None = None) -> Path:
    place = place or municipality_of(ours, "012025", None)
    shared, names = vocabulary_of(ours), place.name or place.title
    write(Plan(base, shared, place, names, names), directory)
    return directory


def _fill(project: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    """Replace the rows of the example, as an official does in a spreadsheet."""
    table = project / "data" / "facilities.csv"
    header, *_ = csv.reader(io.StringIO(table.read_text("utf-8"), newline=""))
    written = io.StringIO()
    filled = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    csv.writer(written).writerows([header, *filled])
    table.write_text(written.getvalue(), "utf-8-sig", newline="")


# -- Its rules in the engines of others -----------------------------------------------------------

_CODES = ("012025", "012033", "012041", "012050", "131016", "472018")
_MISCOPIED = ("012026", "012034", "012014", "012051", "131061", "472108")


def test_check_digits_are_judged_alike_by_engines_that_share_no_code(
    public_release: Release, tmp_path: Path
) -> None:
    iris = Iris.at(KASUMI)
    project = _new(tmp_path / "city", KASUMI, public_release)
    codes = enumerate((*_CODES, *_MISCOPIED))
    _fill(project, tuple((code, f"a-{n}", "市", "館", "カン", "Hall") for n, code in codes))
    dataset = read_dataset(project, iris)
    derive(dataset, read_shapes(project, iris))
    bare = (ox.Triple(q.subject, q.predicate, q.object) for q in dataset.known())
    lines = ox.serialize(bare, format=ox.RdfFormat.N_TRIPLES) or b""
    shapes = "\n".join(published(path, project, iris) for path in shape_files(project)).encode()
    found = results(by_pyrudof(shapes, lines))
    assert found == results(by_pyshacl(shapes, lines))
    wrong = [one.value[-6:] for one in found if one.component == "SPARQLConstraintComponent"]
    assert sorted(wrong) == sorted(_MISCOPIED)


# -- The README, step by step ------------------------------------------------------------------


def _blocks(readme: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", readme, re.M | re.DOTALL)


def _script(blocks: list[str], ready: str) -> str:
    """Return the commands of a README as one script; the server runs beside those after it."""
    lines = ["set -euo pipefail"]
    for number, block in enumerate(blocks):
        lines.append(f"echo '== {number}'")
        if block.startswith("lodpub serve"):
            lines += [
                f"{block.strip()} >serve.log 2>&1 & server=$!",
                "trap 'kill $server; wait $server || true' EXIT",
                f"until curl -sf -o /dev/null '{ready}'; do kill -0 $server; sleep 0.2; done",
            ]
        else:
            lines.append(block)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def followed(
    public_release: Release, tmp_path_factory: pytest.TempPathFactory
) -> subprocess.CompletedProcess[str]:
    """What happened when every command of the README was run in its order."""
    directory = tmp_path_factory.mktemp("readme")
    base = f"http://127.0.0.1:{free_port()}/lod/"
    project = _new(directory / "city", base, public_release)
    commands = directory / "bin"
    commands.mkdir()
    command = commands / "lodpub"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m publish "$@"\n')
    command.chmod(0o755)
    readme = (project / "README.ja.md").read_text("utf-8")
    return subprocess.run(
        ["bash", "-c", _script(_blocks(readme), f"{base}readyz")],
        cwd=project,
        env={
            "PATH": f"{commands}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(directory),
            "LANG": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_every_command_of_the_readme_works(followed: subprocess.CompletedProcess[str]) -> None:
    assert followed.returncode == 0, followed.stdout[-3000:] + followed.stderr[-3000:]
    steps = re.split(r"^== \d+\n", followed.stdout, flags=re.M)[1:]
    assert len(steps) == 5
    tried, served, asked, stamped, examined = steps
    assert "記入例の行が残っています" in tried
    assert "リリース" in tried
    assert served == ""
    assert 'skos:prefLabel "【記入例】中央公民館"@ja' in asked
    assert f"{PUBLIC}id/municipality/012025,3" in asked
    assert "2027-04-01、版 1.0.0 を記録しました" in stamped
    assert "、不良 0、" in examined, examined[-500:]


# -- Queried together with ours ----------------------------------------------------------------


@pytest.fixture(scope="module")
def theirs(public_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A new project with data of its own, served."""
    directory = tmp_path_factory.mktemp("theirs")
    base = f"http://127.0.0.1:{free_port()}/"
    project = _new(directory / "city", base, public_release)
    _fill(project, _ROWS)
    settings = Settings(project=project, releases=directory / "releases", base=base)
    build(settings)
    with serving(settings.releases, directory / "log", bind=base[7:-1]) as served:
        yield served


@pytest.fixture(scope="module")
def ours(public_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("ours") / "log"
    with serving(public_release.path.parent, log, "/hokkaido/") as served:
        yield served


def _asked(served: Served, query: str) -> list[dict[str, str]]:
    client = SPARQLWrapper(served.endpoint)
    client.setReturnFormat(JSON)
    client.setMethod("POST")
    client.setQuery(_PREFIXES + query)
    answer: Any = client.query().convert()
    return [
        {name: term["value"] for name, term in row.items()} for row in answer["results"]["bindings"]
    ]


def test_a_thing_is_dereferenced(theirs: Served) -> None:
    redirect = theirs.request(path="id/facility/012025-a-1", headers={"Accept": "text/turtle"})
    assert (redirect.status, redirect.headers["Location"]) == (303, "/doc/facility/012025-a-1")
    answer = theirs.request(path="doc/facility/012025-a-1.ttl")
    said = {narrowed(triple) for triple in ox.parse(answer.body, format=ox.RdfFormat.TURTLE)}
    thing = ox.NamedNode(f"http://{theirs.host}/id/facility/012025-a-1")
    within = ox.NamedNode(ns.GEO + "sfWithin")
    assert (thing, within, ox.NamedNode(f"{PUBLIC}id/municipality/012025")) in said


def test_the_vocabulary_is_named_and_not_served(theirs: Served) -> None:
    page = theirs.request(path="ontology.ja.html").text
    assert f'<a href="{PUBLIC}ontology"' in page
    assert f'<a href="{PUBLIC}ontology#linkMethod"' in page
    assert "リンクの作成方法" in page
    (counted,) = (
        theirs.ask(f"SELECT ?s {{ <{PUBLIC}ontology#linkMethod> ?p ?s }} LIMIT 1")
        .json["results"]
        .values()
    )
    assert counted == []


def test_two_endpoints_are_joined_by_the_client(theirs: Served, ours: Served) -> None:
    found = _asked(
        theirs,
        "SELECT ?name ?municipality { ?f a schema:CivicStructure ; skos:prefLabel ?name ;"
        ' geo:sfWithin ?municipality FILTER(LANG(?name) = "ja") }',
    )
    wanted = " ".join(f"<{row['municipality']}>" for row in found)
    regions = _asked(
        ours,
        f"SELECT ?municipality ?region {{ VALUES ?municipality {{ {wanted} }}"
        " ?municipality geo:sfWithin ?r . ?r a s5:Region ; skos:prefLabel ?region"
        ' FILTER(LANG(?region) = "ja") }',
    )
    region = {row["municipality"]: row["region"] for row in regions}
    assert sorted((row["name"], region[row["municipality"]]) for row in found) == [
        ("試験会館", "後志地域"),
        ("試験図書館", "渡島地域"),
    ]


def _dump(release: Release) -> set[Triple]:
    text = (release.path / "dump" / "all.nq").read_bytes()
    return {narrowed(quad) for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)}


def test_two_dumps_are_joined_in_one_store(theirs: Served, public_release: Release) -> None:
    releases = theirs.log.with_name("releases")
    new, old = current(releases), public_release
    assert _dump(new) & _dump(old) == set()  # no statement would be counted twice
    store = ox.Store()
    for release in (new, old):
        store.bulk_load(path=str(release.path / "dump" / "all.nq"), format=ox.RdfFormat.N_QUADS)
    found = store.query(
        _PREFIXES + "SELECT ?region (COUNT(?f) AS ?n) { ?f a schema:CivicStructure ;"
        " geo:sfWithin ?m . ?m geo:sfWithin ?r . ?r a s5:Region ; skos:prefLabel ?region"
        ' FILTER(LANG(?region) = "en") } GROUP BY ?region ORDER BY ?region',
        use_default_graph_as_union=True,
    )
    assert isinstance(found, ox.QuerySolutions)
    assert [(row["region"].value, row["n"].value) for row in found] == [
        ("Oshima", "1"),
        ("Shiribeshi", "1"),
    ]


# -- In a browser ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser(theirs: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if missing():
        pytest.skip(missing())
    with browsing(theirs.host, tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", ["index", "ontology", "doc/facility", "doc/facility/012025-a-1"])
def test_its_pages_have_no_barrier_and_fit_the_window(
    browser: Browser, page: str, language: str
) -> None:
    script, reason = axe()
    dark, width = (False, WIDE) if language == "ja" else (True, NARROW)
    seen = browser.see(f"{page}.{language}.html", language, script, dark=dark, width=width)
    assert seen.too_wide <= 0
    assert seen.console == []
    assert seen.headings[0] == 1 and seen.headings.count(1) == 1
    if reason:
        pytest.skip(reason)
    assert seen.barriers == []


def test_facilities_are_told_apart_by_municipality(browser: Browser) -> None:
    browser.open("doc/facility.ja.html", "ja")
    assert "函館市" in browser.one("main").text
    assert "小樽市" in browser.one("main").text
    chosen = quote(f"{PUBLIC}id/municipality/012033")
    browser.open(f"doc/facility.ja.html?sfWithin={chosen}", "ja")
    assert "試験会館" in browser.one("main").text
    assert "試験図書館" not in browser.one("main").text


# -- Made quite another's ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def shelters(public_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Shelters of a town in another prefecture: another base, title, table, column, link target."""
    directory = tmp_path_factory.mktemp("shelters")
    town = municipality_at(f"{KASUMI}id/town/992011")
    project = _new(directory / "city", "http://127.0.0.1:8001/", public_release, town)
    data, shapes = project / "data", project / "shapes"
    # 1. the table, under another name, with a column more
    for old, new in (("facilities.csv", "shelters.csv"), ("facilities.csv-metadata.json",) * 2):
        shutil.move(data / old, data / new.replace("facilities", "shelters"))
    metadata = data / "shelters.csv-metadata.json"
    edit(metadata, '"url": "facilities.csv"', '"url": "shelters.csv"')
    edit(metadata, "id/facility/{code}-{id}", "id/shelter/{code}-{id}")
    edit(
        metadata,
        '      {"name": "type_building"',
        '      {"name": "capacity", "titles": {"ja": ["収容人数"]}, "datatype": "integer",'
        ' "propertyUrl": "ontology#capacity"},\n      {"name": "type_building"',
    )
    header = (data / "shelters.csv").read_text("utf-8").splitlines()[0]
    row = "992011,1,霞市,霞小学校,カスミショウガッコウ,Kasumi School,,,,,300"
    (data / "shelters.csv").write_text(f"{header},収容人数\r\n{row}\r\n", "utf-8-sig", newline="")
    # 2. the catalogue
    catalog = data / "catalog.ttl"
    written = catalog.read_text("utf-8")
    for old, new in (
        (f'"{town.title.ja}"@ja', '"霞市の避難所"@ja'),
        (f'"{town.title.en}"@en', '"Kasumi shelters"@en'),
    ):
        written = written.replace(old, new)
    catalog.write_text(written, "utf-8")
    # 3. the rule, and a term of one's own for the new column
    shapes_of = (shapes / "facility.ttl").read_text("utf-8")
    shapes_of = shapes_of.replace("id/facility/", "id/shelter/").replace("公共施設", "避難所")
    shapes_of = shapes_of.replace("        shape:Facility-example ;", "        shape:capacity ;")
    shapes_of = re.sub(r"\nshape:Facility-example a .*?\n\n", "\n", shapes_of, flags=re.DOTALL)
    (shapes / "facility.ttl").unlink()
    (shapes / "shelter.ttl").write_text(
        shapes_of + "\nshape:capacity sh:path <ontology#capacity> ; sh:datatype xsd:integer ;\n"
        '    sh:minCount 1 ; sh:order 9 ; sh:name "収容人数"@ja , "capacity"@en ;\n'
        '    sh:message "収容人数が必要です。"@ja , "The capacity is needed."@en .\n',
        "utf-8",
    )
    (project / "ontology" / "own.ttl").write_text(
        f'<ontology> a <{ns.OWL}Ontology> ; <{ns.DCTERMS}title> "霞市の用語"@ja , "Terms of Kasumi"@en .\n'
        f"<ontology#capacity> a <{ns.OWL}DatatypeProperty> ;"
        f' <{ns.RDFS}label> "収容人数"@ja , "capacity"@en .\n',
        "utf-8",
    )
    # 4. other queries; 5. another base
    for path in (data / "queries").iterdir():
        path.unlink()
    settings = Settings(
        base="https://lod.kasumi.example.jp/", project=project, releases=directory / "releases"
    )
    build(settings)
    return current(settings.releases)


def test_another_prefecture_publishes_something_else(shelters: Release) -> None:
    client = create_app(Settings(releases=shelters.path.parent)).test_client()
    page = client.get("/doc/shelter/992011-1.ja.html").text
    assert "霞小学校" in page
    assert "300" in page
    assert f"{KASUMI}id/town/992011" in page
    assert "霞市の避難所" in client.get("/index.ja.html").text
    table = client.get("/doc/shelter.csv").text
    assert "収容人数" in table or "capacity" in table
    ontology = client.get("/ontology.ja.html").text
    assert "収容人数" in ontology
    assert f'<a href="{PUBLIC}ontology"' in ontology


def test_nothing_of_the_example_and_of_our_places_is_left(shelters: Release) -> None:
    everything = (shelters.path / "dump" / "all.nq").read_text("utf-8")
    assert "記入例" not in everything
    assert f"{PUBLIC}id/" not in everything


def test_it_is_queried_together_with_the_data_of_its_prefecture(
    shelters: Release, kasumi: Path
) -> None:
    store = ox.Store()
    for release in (shelters, current(kasumi / "releases")):
        store.bulk_load(path=str(release.path / "dump" / "all.nq"), format=ox.RdfFormat.N_QUADS)
    found = store.query(
        f"{_PREFIXES} PREFIX kv: <{KASUMI}ontology#>"
        " SELECT ?shelter ?plan { ?s a schema:CivicStructure ; skos:prefLabel ?shelter ;"
        " geo:sfWithin ?town . ?p kv:town ?town ; skos:prefLabel ?plan"
        ' FILTER(LANG(?shelter) = "en" && LANG(?plan) = "ja") }',
        use_default_graph_as_union=True,
    )
    assert isinstance(found, ox.QuerySolutions)
    assert [(row["shelter"].value, row["plan"].value) for row in found] == [
        ("Kasumi School", "「遠隔見守り」の推進")
    ]
