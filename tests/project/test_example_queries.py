"""Example queries: each is asked through the endpoint and its answer checked; their files, too."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publish.build import build
from publish.errors import SourceError
from publish.project.example_queries import Example, example_files, example_triples, read_examples
from publish.rdf import namespaces as ns
from publish.rdf.terms import node
from publish.release.release import Release, current
from tests.support.projects import BASE, IRIS, KV, settings_for, write_project
from tests.support.real import ROOT, rows

SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
NAMES = [path.stem for path in example_files(ROOT)]

#: Name of a SELECT -> its number of rows, and one of them from its first column on; IRIs of ours
#: are shortened.
TABLES: dict[str, tuple[int, tuple[str, ...]]] = {
    "initiatives": (
        25,
        (
            "id/initiative/food-process-automation",
            "食品製造工程の自動化技術の開発",
            "Automation technology for food manufacturing",
            "実施予定",
            "産業",
        ),
    ),
    "initiatives-in-source-order": (
        25,
        (
            "34",
            "介護ロボット等の導入支援",
            "Support for introducing care robots and the like",
            "「北海道 Society 5.0」プロジェクト",
            "実施済み又は実施中",
            "",
        ),
    ),
    "pillars-by-stage": (5, ("産業", "Industry", "6", "2", "4")),
    "initiatives-of-a-region": (
        8,
        ("オール空知観光資源活用誘客促進", "空知のサイクルツーリズム", "Cycle tourism in Sorachi"),
    ),
    "activities-of-a-bureau": (
        6,
        (
            "後志総合振興局",
            "ShiriBeshiグローカル・ハブ推進",
            "グローカル・ハブとしての振興局の役割",
            "The bureau as glocal hub",
        ),
    ),
    "applies-to-a-municipality": (
        13,
        ("帯広市", "北海道", "遠隔医療の推進", "Promoting telemedicine"),
    ),
    "purposes": (32, ("空知地域エゾシカ肉有効活用需要喚起", "地元食材の高付加価値化")),
    "continuations": (3, ("遠隔医療・遠隔授業の充実", "遠隔医療の推進")),
    "policy-terms": (
        54,
        ("転出超過", "Net out-migration", "いしかり地域戦略推進プロジェクト（オリパラ）", "138"),
    ),
    "activities-by-date": (
        6,
        (
            "遠隔医療の実態調査（2020年）",
            "Survey of the state of telemedicine (2020)",
            "2020-08",
            "R2.8",
            "",
            "令和2年度",
        ),
    ),
    "beneficiaries": (20, ("来訪者", "Visitors", "0", "12")),
    "technologies": (5, ("情報通信技術", "Information and communication technology", "7", "15")),
    "search-by-word": (
        20,
        (
            "id/initiative/telemedicine-and-remote-lessons",
            "遠隔医療・遠隔授業の充実",
            ns.SKOS + "prefLabel",
        ),
    ),
    "source-or-editorial": (
        43,
        ("graph/source", ns.SKOS + "prefLabel", "スマート農林水産業の展開"),
    ),
    "editorial-reasons": (150, ("自動運転技術の実用化", "柱 / pillar", "産業")),
    "provenance": (7, ("graph/reference", "5185", "426")),
    "source-passages": (
        78,
        (
            "遠隔医療・遠隔授業の充実",
            "Better telemedicine and remote lessons",
            "遠隔医療・遠隔授業の充実",
            "20",
            "20",
        ),
    ),
    "regions": (
        14,
        ("014206", "空知地域", "ソラチ", "Sorachi", "空知総合振興局", "岩見沢市", "24", "true"),
    ),
    "municipalities": (
        179,
        ("012025", "01202", "函館市", "ハコダテシ", "Hakodate Shi", "渡島地域"),
    ),
    "codes-to-uris": (
        5,
        (
            "01202",
            "id/municipality/012025",
            "函館市",
            "Hakodate",
            "http://www.wikidata.org/entity/Q26418",
        ),
    ),
    "links": (
        179,
        (
            "011002",
            "札幌市",
            "http://www.wikidata.org/entity/Q37951",
            "http://data.e-stat.go.jp/lod/sac/C01100",
            "https://sws.geonames.org/2128291/",
        ),
    ),
    "linksets": (
        12,
        (
            "e-Stat標準地域コード（期間なし）へのリンク",
            "Links to e-Stat standard area codes, undated",
            "209",
            ns.SKOS + "exactMatch",
            "high",
        ),
    ),
    "link-coverage": (14, ("空知地域", "Sorachi", "24", "100", "42")),
    "regions-map": (
        14,
        ("胆振地域", "Iburi", "3", "true"),
    ),
    "municipalities-map": (179, ("札幌市", "Sapporo", "POINT(141.23706 42.98504)")),
    "activity-coverage": (13, ("ontology#fiscalYear", "実施年度", "in fiscal year", "53")),
    "vocabulary": (62, ("ontology#Municipality", "市町村", "municipality", "class", "179")),
    "examples": (31, ("sparql#example-all-bilingual", "名称は全て日英の両方にあるか")),
}
OTHERS = {"all-bilingual", "construct-summary", "describe-initiative"}


@pytest.fixture(scope="module")
def examples(release: Release) -> dict[str, Example]:
    """The examples as the release has them, by name."""
    return {example.name: example for example in release.examples}


def asked(client: FlaskClient, query: str, accept: str) -> str:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    return answer.text


# -- What they answer --------------------------------------------------------------------------


def test_each_example_has_an_expected_answer() -> None:
    assert len(NAMES) >= 16
    assert sorted(NAMES) == sorted([*TABLES, *OTHERS])


@pytest.mark.parametrize("name", TABLES)
def test_an_example_finds_what_it_says(
    client: FlaskClient, release: Release, examples: dict[str, Example], name: str
) -> None:
    text = asked(client, examples[name].query, "text/csv")
    _, *found = csv.reader(io.StringIO(text))
    number, wanted = TABLES[name]
    assert len(found) == number
    base = release.iris.base
    assert wanted in {tuple(c.removeprefix(base) for c in row[: len(wanted)]) for row in found}


def test_every_region_has_a_shape_for_the_map(
    client: FlaskClient, examples: dict[str, Example]
) -> None:
    text = asked(client, examples["regions-map"].query, "text/csv")
    found = list(csv.DictReader(io.StringIO(text)))
    assert all(" MULTIPOLYGON (((" in row["wkt"] for row in found)
    told = [(row["covered"], row["initiatives"]) for row in found]
    assert told == [("true", "3")] * 4 + [("false", "0")] * 10


def test_nothing_lacks_a_name_in_either_language(
    client: FlaskClient, examples: dict[str, Example]
) -> None:
    answer = asked(client, examples["all-bilingual"].query, "application/sparql-results+json")
    assert '"boolean":false' in answer.replace(" ", "")


def test_the_summary_is_made_of_schema_org_alone(
    client: FlaskClient, examples: dict[str, Example]
) -> None:
    text = asked(client, examples["construct-summary"].query, "application/n-triples")
    quads = list(ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))
    properties = {quad.predicate.value for quad in quads} - {ns.RDF + "type"}
    names = ("name", "description", "areaServed", "keywords")
    assert properties == {ns.SCHEMA + name for name in names}
    assert len({quad.subject for quad in quads}) == 25


def test_the_description_of_an_initiative_names_it(
    client: FlaskClient, examples: dict[str, Example]
) -> None:
    text = asked(client, examples["describe-initiative"].query, "application/n-triples")
    assert f'id/initiative/telemedicine> <{ns.SKOS}prefLabel> "遠隔医療の推進"@ja' in text


# -- In the release and in its store -----------------------------------------------------------


def test_published_examples_have_absolute_iris_and_can_be_read_again(release: Release) -> None:
    files = example_files(ROOT)
    assert release.examples == read_examples(files, release.iris, ROOT)
    listed = {file.path for file in release.manifest.files}
    for example in release.examples:
        assert f"queries/{example.name}.rq" in listed
        assert "<ontology#>" not in example.query and "<id/" not in example.query
        ox.Store().query(example.query)


def test_editors_find_prefixes_examples_and_statistics_by_queries(release: Release) -> None:
    found = rows(
        release.store,
        """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        PREFIX spex: <https://purl.expasy.org/sparql-examples/ontology#>
        SELECT DISTINCT ?sq ?comment ?query WHERE {
          ?sq a sh:SPARQLExecutable ;
            rdfs:comment ?comment ;
            sh:select|sh:ask|sh:construct|spex:describe ?query .
        }""",
    )
    assert len(found) == 2 * len(NAMES)
    declared = rows(
        release.store,
        """
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT DISTINCT ?prefix ?namespace WHERE {
          [] sh:declare [ sh:prefix ?prefix ; sh:namespace ?namespace ]
        }""",
    )
    assert ("s5", "ontology#") in declared
    counted = rows(
        release.store,
        """
        PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?class ?entities WHERE {
          ?dataset void:classPartition ?part . ?part void:class ?class ; void:entities ?entities
        }""",
    )
    assert ("ontology#Initiative", "25") in counted


def test_the_service_description_describes_the_examples(client: FlaskClient) -> None:
    text = client.get("/sparql.nt").text
    assert f"sparql#example-regions-map> <{ns.SCHEMA}target> <http://127.0.0.1:8000/sparql>" in text
    assert f"sparql#example-regions-map> <{ns.SH}prefixes> <http://127.0.0.1:8000/sparql>" in text


@pytest.mark.parametrize(
    ("body", "class_", "property_"),
    [
        ("SELECT * { ?s a kv:Plan }", ns.SH + "SPARQLSelectExecutable", ns.SH + "select"),
        ("ASK { ?s a kv:Plan }", ns.SH + "SPARQLAskExecutable", ns.SH + "ask"),
        ("construct where { ?s a kv:Plan }", ns.SH + "SPARQLConstructExecutable", ns.SH + "construct"),
        ("DESCRIBE kv:Plan", SPEX + "SPARQLDescribeExecutable", SPEX + "describe"),
    ],
)  # fmt: skip
def test_an_example_is_described_by_its_form(
    tmp_path: Path, body: str, class_: str, property_: str
) -> None:
    (example,) = read(tmp_path, f"{HEADER}PREFIX kv: <ontology#>\n{body}\n")
    found = {
        (predicate.value, term.value) for _, predicate, term in example_triples(IRIS, [example])
    }
    assert (ns.RDF + "type", class_) in found
    assert (property_, f"PREFIX kv: <{KV}>\n{body}\n") in found
    assert (ns.SH + "order", "1") in found


# -- Their files -------------------------------------------------------------------------------

HEADER = """\
# order: 1
# title@ja: 計画
# title@en: Plans
# about@ja: 計画の全て。
# about@en: All plans.

"""


def read(project: Path, text: str, name: str = "plans.rq") -> tuple[Example, ...]:
    path = project / "data" / "queries" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return read_examples([path], IRIS, project)


@pytest.mark.parametrize("header", ["order", "title@ja", "title@en", "about@ja", "about@en"])
def test_a_missing_header_is_told_with_file_and_line_in_both_languages(
    tmp_path: Path, header: str
) -> None:
    lines = [line for line in HEADER.splitlines(True) if f"# {header}:" not in line]
    with pytest.raises(SourceError) as raised:
        read(tmp_path, "".join(lines) + "ASK {}\n")
    (problem,) = raised.value.problems
    assert str(problem.place) == "data/queries/plans.rq:1"
    assert problem.what.ja == f"見出し「{header}」がありません。"
    assert problem.what.en == f'The header "{header}" is missing.'
    assert header in problem.remedy.ja and header in problem.remedy.en


def test_a_mistake_in_the_query_is_told_with_its_line_in_the_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as raised:
        read(tmp_path, f"{HEADER}SELECT * WHERE {{\n  ?s ?p\n}}\n")
    (problem,) = raised.value.problems
    assert str(problem.place) == "data/queries/plans.rq:9"
    assert problem.what.ja == "照会文が「}」のところで誤っています。"
    assert problem.what.en == "The query is wrong at “}”."


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        (f"{HEADER}# nothing\n", "plans.rq", "There is no query."),
        (f"{HEADER}ASK {{}}", "All Plans.rq", "The name of the file cannot be used."),
        (HEADER.replace(": 1", ": first") + "ASK {}", "plans.rq", 'The value of "order" is no number.'),
    ],
)  # fmt: skip
def test_other_faults_of_a_file_are_told(tmp_path: Path, text: str, name: str, what: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(tmp_path, text, name)
    assert [problem.what.en for problem in raised.value.problems] == [what]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plans.rq"
    path.write_bytes("# title@ja: 計画".encode("shift_jis"))
    with pytest.raises(SourceError, match="UTF-8"):
        read_examples([path], IRIS, tmp_path)


def test_iris_in_the_query_itself_stay_as_they_are(tmp_path: Path) -> None:
    body = 'PREFIX kv: <ontology#>\nprefix skos: <http://example.org/>\nASK { kv:a kv:b "PREFIX x: <y>" }\n'
    (example,) = read(tmp_path, HEADER + body)
    assert example.query == body.replace("<ontology#>", f"<{BASE}ontology#>")


def test_a_project_without_examples_has_none(kasumi: Path) -> None:
    release = current(kasumi / "releases")
    assert release.examples == ()
    executable = node(ns.SH + "SPARQLExecutable")
    assert not list(release.store.quads_for_pattern(None, None, executable))


def test_an_example_changes_the_id_of_the_release(tmp_path: Path) -> None:
    settings = settings_for(write_project(tmp_path / "kasumi"))
    ids = [build(settings).manifest.release]
    for body in ("ASK {}", "ASK { ?s ?p ?o }"):
        path = settings.project / "data" / "queries" / "any.rq"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{HEADER}{body}\n", "utf-8")
        ids.append(build(settings).manifest.release)
    assert len(set(ids)) == 3
    assert [example.name for example in current(settings.releases).examples] == ["any"]
