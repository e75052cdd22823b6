"""The DCAT catalogue tells the truth about the files of its release.

The bounds of a place come from the coordinates of what lies in it.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from publish.build import build
from publish.catalog.dcat import Bounds, bounds, extent_triples
from publish.formats import RDF_FORMATS, RDFXML
from publish.project.stamp import Stamp, write_stamp
from publish.rdf import namespaces as ns
from publish.rdf.terms import node, triples
from publish.rdf.wkt import positions
from publish.release.release import Release, current
from tests.support.projects import (
    BASE,
    IRIS,
    append,
    build_project,
    edit,
    settings_for,
    write_project,
)

PREFIXES = (
    f"PREFIX dcat: <{ns.DCAT}> PREFIX dcterms: <{ns.DCTERMS}> PREFIX spdx: <{ns.SPDX}>"
    f" PREFIX skos: <{ns.SKOS}> PREFIX rdfs: <{ns.RDFS}> "
)
GRAPHS = [f"all.{format_.suffix}{end}" for format_ in RDF_FORMATS for end in ("", ".gz", ".zst")]
TABLES = [f"{kind}{end}.csv" for kind in ("plan", "step", "town") for end in ("", ".excel")]
DUMPS = [*GRAPHS, *TABLES]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    project = tmp_path_factory.mktemp("catalog") / "kasumi"
    build_project(project)
    return current(project / "releases")


@pytest.fixture(scope="module")
def catalog(release: Release) -> ox.Store:
    return described(release)


def described(release: Release) -> ox.Store:
    """Return a store that holds graph/catalog of a release and nothing else."""
    store = ox.Store()
    triples = ox.parse(path=release.path / "catalog.nq", format=ox.RdfFormat.N_QUADS)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in triples)
    return store


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIXES + query, base_iri=BASE)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(str(getattr(term, "value", "")) for term in row) for row in found)


def distribution(name: str) -> str:
    return f"<catalog#distribution-{name.replace('.', '-')}>"


def test_no_blank_node_stands_in_the_catalogue(catalog: ox.Store) -> None:
    assert [q for q in catalog if "_:" in (str(q.subject)[:2], str(q.object)[:2])] == []


def test_the_catalogue_lists_data_set_and_services(catalog: ox.Store) -> None:
    assert rows(catalog, "SELECT ?d ?s { <catalog> dcat:dataset ?d ; dcat:service ?s }") == [
        (IRIS.of("catalog#dataset"), IRIS.of("catalog#ckan")),
        (IRIS.of("catalog#dataset"), IRIS.of("catalog#reconcile")),
        (IRIS.of("catalog#dataset"), IRIS.of("catalog#sparql")),
    ]


def test_a_data_set_without_rdf_xml_has_no_such_distribution_and_says_why(
    unsayable: Path, catalog: ox.Store
) -> None:
    found = current(unsayable / "releases")
    media = node(ns.DCAT + "mediaType")
    rdf_xml = node(RDFXML.iana)
    offered = [q.subject for q in found.store.quads_for_pattern(None, media, rdf_xml)]
    assert offered == []
    assert list(catalog.quads_for_pattern(None, media, rdf_xml))
    notes = [
        object_
        for _, _, object_ in triples(
            found.store, node(found.iris.of("catalog#dataset")), node(ns.SKOS + "note")
        )
        if isinstance(object_, ox.Literal) and "RDF/XML" in object_.value
    ]
    assert sorted(str(one.language) for one in notes) == ["en", "ja"]
    assert not any(
        "RDF/XML" in str(q.object)
        for q in catalog.quads_for_pattern(None, node(ns.SKOS + "note"), None)
    )


def test_each_dump_is_a_distribution(catalog: ox.Store) -> None:
    found = rows(
        catalog, "SELECT ?d { <catalog#dataset> dcat:distribution ?d . ?d a dcat:Distribution }"
    )
    assert {iri for (iri,) in found} == {
        IRIS.of(f"catalog#distribution-{name.replace('.', '-')}") for name in DUMPS
    }


@pytest.mark.parametrize("name", DUMPS)
def test_size_and_checksum_of_a_distribution_are_those_of_its_file(
    release: Release, catalog: ox.Store, name: str
) -> None:
    content = (release.path / "dump" / name).read_bytes()
    assert rows(
        catalog,
        f"""SELECT ?url ?size ?sum {{
            {distribution(name)} dcat:downloadURL ?url ; dcat:byteSize ?size ; spdx:checksum ?c .
            ?c spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?sum
        }}""",
    ) == [
        (
            f"https://data.example.jp/lod/dump/{release.id}/{name}",
            str(len(content)),
            hashlib.sha256(content).hexdigest(),
        )
    ]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("all.ttl", "text/turtle"),
        ("all.jsonld", "application/ld+json"),
        ("all.rdf", "application/rdf+xml"),
        ("all.nt", "application/n-triples"),
        ("all.trig", "application/trig"),
        ("all.nq", "application/n-quads"),
    ],
)
def test_media_types_are_those_of_iana_and_gzip_is_told_apart(
    catalog: ox.Store, name: str, media_type: str
) -> None:
    iana = "https://www.iana.org/assignments/media-types/"
    query = """SELECT ?type ?zip {
        %s dcat:mediaType ?type OPTIONAL { %s dcat:compressFormat ?zip }
    }"""
    plain, zipped = distribution(name), distribution(f"{name}.gz")
    assert rows(catalog, query % (plain, plain)) == [(iana + media_type, "")]
    assert rows(catalog, query % (zipped, zipped)) == [
        (iana + media_type, iana + "application/gzip")
    ]


def test_each_distribution_has_licence_access_page_and_titles(catalog: ox.Store) -> None:
    found = rows(
        catalog,
        """SELECT ?d {
            ?d a dcat:Distribution ;
                dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
                dcat:accessURL <dump> ;
                dcterms:title ?ja , ?en
            FILTER (LANG(?ja) = "ja" && LANG(?en) = "en")
        }""",
    )
    assert len(found) == len(DUMPS)


@pytest.mark.parametrize(("name", "url"), [("sparql", "sparql"), ("ckan", "api/3/")])
def test_an_endpoint_is_a_data_service_for_every_data_set(
    catalog: ox.Store, name: str, url: str
) -> None:
    assert rows(
        catalog,
        f"""SELECT ?url ?data {{
            <catalog#{name}> a dcat:DataService ; dcterms:conformsTo ?standard ;
                dcat:endpointURL ?url ; dcat:servesDataset ?data .
            ?standard a dcterms:Standard
        }}""",
    ) == [(IRIS.of(url), IRIS.of("catalog#dataset"))]


def test_what_was_written_by_hand_is_kept(catalog: ox.Store) -> None:
    titles = rows(catalog, "SELECT ?t { <catalog#dataset> dcterms:title ?t }")
    assert titles == [("Plans of Kasumi Prefecture",), ("霞県の計画データ",)]


def test_a_public_base_is_no_preview(catalog: ox.Store) -> None:
    assert rows(catalog, "SELECT ?note { <catalog#dataset> skos:note ?note }") == []


def test_a_loopback_base_is_marked_as_preview(tmp_path: Path) -> None:
    build_project(tmp_path / "kasumi", "http://127.0.0.1:8000/")
    release = current(tmp_path / "kasumi" / "releases")
    notes = [
        quad.object
        for quad in release.store.quads_for_pattern(
            ox.NamedNode("http://127.0.0.1:8000/catalog#dataset"),
            ox.NamedNode(ns.SKOS + "note"),
            None,
        )
    ]
    assert sorted(str(getattr(note, "language", "")) for note in notes) == ["en", "ja"]
    assert release.manifest.preview


def test_nothing_of_ours_that_the_catalogue_names_is_left_undescribed(
    release: Release, catalog: ox.Store
) -> None:
    described = {getattr(quad.subject, "value", "") for quad in release.store}
    named = {
        quad.object.value
        for quad in catalog
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(BASE)
    }
    documents = {IRIS.of(name) for name in ("about", "api/3/", "dump", "ontology#", "reconcile")}
    dumps = {iri for iri in named if iri.startswith(IRIS.of("dump/"))}
    assert named - described - dumps == documents


def test_the_catalogue_is_in_no_dump(release: Release) -> None:
    for name in ("all.nq", "all.ttl", "all.jsonld"):
        assert b"http://www.w3.org/ns/dcat#" not in (release.path / "dump" / name).read_bytes()


PARTS = """
catalog:dataset-towns a dcat:Dataset ;
    dcterms:title "市町"@ja , "Towns"@en ;
    void:subset graph:reference ;
    dcterms:subject <ontology#Town> ;
    dcterms:rights catalog:rights-towns , catalog:rights-names .

catalog:dataset-plans a dcat:Dataset ;
    dcterms:title "計画"@ja , "Plans"@en ;
    void:subset graph:source , graph:editorial , graph:links , graph:derived , graph:ontology ;
    dcterms:license <https://example.jp/terms> .

catalog:rights-towns a dcterms:RightsStatement ; rdfs:label "出典を示す。"@ja , "Name the source."@en .
catalog:rights-names a dcterms:RightsStatement ; rdfs:label "名称は自由。"@ja , "Names are free."@en .
"""


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """Return the catalogue of the project divided into two parts."""
    project = write_project(tmp_path_factory.mktemp("parts") / "kasumi")
    append(project / "data" / "catalog.ttl", PARTS)
    return described(stamped(project))


def stamped(project: Path) -> Release:
    """Return a release of a project whose date and version belong to its content."""
    content = build(settings_for(project)).manifest.content_hash
    write_stamp(project / "data" / "catalog.ttl", Stamp("2031-05-01", "1.0.1", content))
    build(settings_for(project))
    return current(project / "releases")


def test_whole_and_parts_know_each_other(divided: ox.Store) -> None:
    parts = [(IRIS.of(f"catalog#dataset-{name}"),) for name in ("plans", "towns")]
    assert parts == rows(divided, "SELECT ?p { <catalog#dataset> dcterms:hasPart ?p }")
    assert parts == rows(divided, "SELECT ?p { ?p dcterms:isPartOf <catalog#dataset> }")
    assert parts == rows(
        divided, "SELECT ?p { <catalog> dcat:dataset ?p FILTER (?p != <catalog#dataset>) }"
    )


def test_a_part_takes_over_what_is_not_written_for_it(divided: ox.Store) -> None:
    query = """SELECT ?version ?day ?licence ?publisher {
        <catalog#dataset-%s> dcat:version ?version ; dcterms:modified ?day ;
            dcterms:license ?licence ; dcterms:publisher ?publisher
    }"""
    publisher, cc_by = IRIS.thing("organization", "publisher"), "https://creativecommons.org/"
    stamp = ("1.0.1", "2031-05-01")
    assert rows(divided, query % "towns") == [(*stamp, f"{cc_by}licenses/by/4.0/", publisher)]
    assert rows(divided, query % "plans") == [(*stamp, "https://example.jp/terms", publisher)]


def test_tables_belong_to_the_part_about_their_things(divided: ox.Store) -> None:
    found = rows(divided, "SELECT ?p { ?p dcat:distribution <catalog#distribution-town-csv> }")
    assert found == [(IRIS.of("catalog#dataset-towns"),)]
    assert rows(divided, "SELECT ?p { ?p dcat:distribution <catalog#distribution-plans-ttl> }") == [
        (IRIS.of("catalog#dataset-plans"),)
    ]


def test_files_have_one_statement_of_rights_even_if_their_data_set_has_two(
    divided: ox.Store,
) -> None:
    found = rows(
        divided,
        """SELECT ?rights ?label {
            <catalog#distribution-towns-ttl> dcterms:rights ?rights . ?rights rdfs:label ?label
        }""",
    )
    joint = IRIS.of("catalog#rights-of-towns")
    assert found == [
        (joint, "Name the source. Names are free."),
        (joint, "出典を示す。名称は自由。"),
    ]


def dates(store: ox.Store) -> list[tuple[str, ...]]:
    """Return every date of change and every version, with what it is said of."""
    return rows(
        store, "SELECT ?s ?p ?o { ?s ?p ?o FILTER (?p IN (dcterms:modified, dcat:version)) }"
    )


def test_catalogue_data_set_and_files_change_on_the_day_of_the_stamp(tmp_path: Path) -> None:
    found = dates(described(stamped(write_project(tmp_path / "kasumi"))))
    assert {value for _, _, value in found} == {"2031-05-01", "1.0.1"}
    changed = {subject for subject, predicate, _ in found if predicate == ns.DCTERMS + "modified"}
    assert changed >= {IRIS.of("catalog"), IRIS.of("catalog#dataset")}
    assert len(changed) == len(DUMPS) + 2


def test_a_change_that_is_not_of_the_content_moves_no_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path / "kasumi")
    before = stamped(project)
    edit(project / "shapes" / "plan.ttl", "計画には市町が必要です。", "市町がありません。")
    reworded = build(settings_for(project))
    assert reworded.manifest.release != before.id
    monkeypatch.setattr(
        "publish.release.manifest.OUTPUT_VERSION", 99
    )  # as after a change of the program
    renewed = build(settings_for(project))
    assert renewed.manifest.release not in (before.id, reworded.manifest.release)
    assert dates(described(before)) == dates(described(current(project / "releases"))) != []


def test_once_the_content_has_changed_there_is_no_date_until_it_is_stamped_again(
    tmp_path: Path,
) -> None:
    project = write_project(tmp_path / "kasumi")
    stamped(project)
    edit(project / "data" / "towns.csv", "浜町", "濱町")
    content = build(settings_for(project)).manifest.content_hash
    store = described(current(project / "releases"))
    assert dates(store) == []
    assert rows(store, "SELECT ?sum { <catalog#content> spdx:checksumValue ?sum }") == [(content,)]


def test_an_earlier_version_that_is_written_by_hand_is_told(tmp_path: Path) -> None:
    project = write_project(tmp_path / "kasumi")
    more = "\ncatalog:dataset dcat:previousVersion <release/0123456789ab> .\n"
    append(project / "data" / "catalog.ttl", more)
    build(settings_for(project))
    store = described(current(project / "releases"))
    assert rows(store, "SELECT ?v { <catalog#dataset> dcat:previousVersion ?v }") == [
        (IRIS.of("release/0123456789ab"),)
    ]


def test_bounds_of_a_place_are_computed_where_the_content_has_coordinates(tmp_path: Path) -> None:
    project = write_project(tmp_path / "kasumi")
    edit(
        project / "data" / "catalog.ttl",
        "    dcterms:spatial catalog:place ;\n    dcterms:temporal",
        "    dcterms:spatial <id/town/992011> ;\n    dcterms:temporal",
    )
    (project / "data" / "reference.points.ttl").write_text(POINTS, "utf-8")
    build(settings_for(project))
    store = described(current(project / "releases"))
    query = "SELECT ?box ?centre { %s dcat:bbox ?box ; dcat:centroid ?centre }"
    assert rows(store, query % "<id/town/992011>") == [
        ("POLYGON((10.5 20,10.5 20,10.5 20,10.5 20,10.5 20))", "POINT(10.5 20)")
    ]
    assert rows(store, query % "<catalog#place>") == [
        ("POLYGON((10 20,12 20,12 21,10 21,10 20))", "POINT(11 20.5)")  # as written by hand
    ]


POINTS = "<id/town/992011> <http://www.w3.org/2003/01/geo/wgs84_pos#lat> 20.0 ;\n"
POINTS += "    <http://www.w3.org/2003/01/geo/wgs84_pos#long> 10.5 .\n"


# -- The bounds of a place come from the coordinates of what lies in it ---------------------------

PLACES = """
    PREFIX geo: <http://www.opengis.net/ont/geosparql#>
    PREFIX id: <https://data.example.jp/id/>
    PREFIX wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#>

    GRAPH id:reference {
        id:west geo:sfWithin id:whole ; geo:hasDefaultGeometry id:area .
        id:area geo:asWKT "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> MULTIPOLYGON (((139.5 41, 140 41.25, 140 42.1, 139.5 41)))" .
        id:elsewhere wgs:long 100.0 ; wgs:lat 10.0 .
        id:bare geo:sfWithin id:nowhere .
    }
    GRAPH id:derived {
        id:whole geo:sfContains id:east .
        id:east wgs:long 148.8 ; wgs:lat -45.5 .
    }
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(PLACES.encode(), ox.RdfFormat.TRIG)
    return store


def place(name: str) -> str:
    return f"https://data.example.jp/id/{name}"


def test_the_bounds_hold_areas_and_points_of_everything_inside(store: ox.Store) -> None:
    assert bounds(store, place("whole")) == Bounds(
        Decimal("139.5"), Decimal("-45.5"), Decimal("148.8"), Decimal("42.1")
    )


def test_a_place_without_coordinates_has_no_bounds(store: ox.Store) -> None:
    assert bounds(store, place("nowhere")) is None


def test_box_and_centre_are_well_known_text() -> None:
    found = Bounds(Decimal("139.5"), Decimal("41"), Decimal("148.8"), Decimal("45"))
    triples = list(extent_triples(node(place("whole")), found))
    assert {p.value.removeprefix(ns.DCAT): o.value for _, p, o in triples} == {
        "bbox": "POLYGON((139.5 41,148.8 41,148.8 45,139.5 45,139.5 41))",
        "centroid": "POINT(144.15 43)",
    }
    datatypes = {o.datatype.value for _, _, o in triples if isinstance(o, ox.Literal)}
    assert datatypes == {ns.GEO + "wktLiteral"}


@pytest.mark.parametrize(
    ("wkt", "expected"),
    [
        ("POINT (141.5 -43)", [("141.5", "-43")]),
        ("POINT Z (141.5 43 120)", [("141.5", "43")]),
        ("LINESTRING Z (1 2 3, 4 5 6)", [("1", "2"), ("4", "5")]),
        ("POLYGON ((1 2,3 4,\n5 6,1 2))", [("1", "2"), ("3", "4"), ("5", "6"), ("1", "2")]),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT (43 141)", []),
        ("POINT EMPTY", []),
        ("", []),
    ],
)
def test_positions_are_read_from_text(wkt: str, expected: list[tuple[str, str]]) -> None:
    assert list(positions(wkt)) == [(Decimal(x), Decimal(y)) for x, y in expected]
