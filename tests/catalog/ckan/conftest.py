"""A catalogue of a publisher that does not exist, with two data sets, and its packages for CKAN."""

from __future__ import annotations

import pyoxigraph as ox

from publish.browse.labels import Labels
from publish.catalog.ckan.packages import Packages, read_packages
from publish.iris import Iris

BASE = "https://data.example.jp/lod/"
IRIS = Iris.at(BASE)
DIGEST = "1f" * 32
PREFIXES = """
PREFIX c: <catalog#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX theme: <http://publications.europa.eu/resource/authority/data-theme/>
PREFIX type: <https://www.iana.org/assignments/media-types/>
PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
CATALOG = """
<catalog> dct:title "霞県カタログ"@ja , "Kasumi catalogue"@en .
c:dataset a dcat:Dataset ;
    dct:identifier "kasumi-plans" ;
    dct:title "霞県の計画"@ja , "Plans of Kasumi"@en ;
    dct:description "計画の一覧。"@ja , "All plans."@en ;
    dct:publisher <id/organization/publisher> ;
    dcat:contactPoint c:contact ;
    dct:license <https://creativecommons.org/licenses/by/4.0/> ;
    dct:issued "2031-04-01"^^xsd:date ; dct:modified "2031-05-02"^^xsd:date ;
    dcat:version "1.2.0" ; dcat:landingPage <about> ;
    dcat:keyword "霞県"@ja , "計画"@ja , "Society 5.0"@ja , "Society 5.0"@en , "ＡＩ・ロボット"@ja , "道"@ja ;
    dcat:theme theme:REGI ;
    dct:language <http://publications.europa.eu/resource/authority/language/JPN> ,
        <http://publications.europa.eu/resource/authority/language/ENG> ;
    dct:temporal c:period ; dct:spatial <id/prefecture/99> ;
    dct:provenance c:provenance ;
    dcat:distribution c:distribution-all-ttl , c:distribution-all-ttl-gz , c:distribution-plan-csv .
c:dataset-places a dcat:Dataset ;
    dct:title "霞県の市町"@ja ; dct:description "市町と地区。"@ja ;
    dct:publisher <id/organization/publisher> ;
    dct:license <https://example.jp/terms> ; dct:modified "2030-01-01"^^xsd:date ;
    dcat:keyword "霞県"@ja , "市町"@ja .
c:contact vcard:fn "霞県 統計課"@ja ; vcard:hasEmail <mailto:toukei@example.jp> .
<id/organization/publisher> foaf:name "霞県"@ja , "Kasumi Prefecture"@en ; foaf:homepage <https://kasumi.example.jp/> .
<https://example.jp/terms> dct:title "県の利用規約"@ja .
theme:REGI skos:prefLabel "地域・都市"@ja , "Regions and cities"@en .
c:period dcat:startDate "2030-04-01"^^xsd:date ; dcat:endDate "2031-03-31"^^xsd:date .
c:provenance rdfs:label "資料から書き起こした。"@ja , "Transcribed."@en .
<id/prefecture/99> skos:prefLabel "霞県"@ja ; dcat:centroid "POINT (140.5 36.25)"^^geo:wktLiteral .
c:distribution-all-ttl a dcat:Distribution ;
    dct:title "Turtle"@ja ; dct:description "全体。"@ja ;
    dcat:downloadURL <dump/0123456789ab/all.ttl> ; dcat:accessURL <dump> ;
    dcat:mediaType type:text\\/turtle ; dcat:byteSize 1234 ;
    dct:license <https://creativecommons.org/licenses/by/4.0/> ;
    spdx:checksum c:checksum-all-ttl .
c:checksum-all-ttl spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue "DIGEST" .
c:distribution-all-ttl-gz a dcat:Distribution ;
    dct:title "Turtle（gzip圧縮）"@ja ; dcat:downloadURL <dump/0123456789ab/all.ttl.gz> ;
    dcat:mediaType type:text\\/turtle ; dcat:compressFormat type:application\\/gzip .
c:distribution-plan-csv a dcat:Distribution ;
    dct:title "計画の表"@ja ; dcat:downloadURL <dump/0123456789ab/plan.csv> ; dcat:mediaType type:text\\/csv .
""".replace("DIGEST", DIGEST)


def store_of(catalog: str = CATALOG) -> ox.Store:
    """Return a store whose graph/catalog has these statements."""
    store = ox.Store()
    graph = ox.NamedNode(IRIS.graph("catalog"))
    text = f"{PREFIXES}{catalog}"
    store.load(text, format=ox.RdfFormat.TURTLE, base_iri=BASE, to_graph=graph)
    return store


def packages_of(catalog: str = CATALOG, *, stamped: bool = True) -> Packages:
    """Return the packages of a catalogue."""
    return read_packages(Labels(store_of(catalog)), IRIS, stamped=stamped)
