"""The small project with links of every sort, all of them right, to put one thing wrong at a time."""

from __future__ import annotations

from pathlib import Path

from tests.support.projects import append, edit, write_project

PLACES = "https://places.example.org/id/"
LINKS = Path("data/links.places.ttl")
_ONTOLOGY = """
kv:targetCode a owl:ObjectProperty ;
    rdfs:label "リンク先のIRIに含まれるコード"@ja , "code in the target's IRI"@en ;
    rdfs:isDefinedBy <ontology> .

kv:linkMethod a owl:DatatypeProperty ;
    rdfs:label "リンクの作成方法"@ja , "method of linking"@en ;
    rdfs:isDefinedBy <ontology> .

kv:confidence a owl:DatatypeProperty ;
    rdfs:label "確度"@ja , "confidence"@en ;
    rdfs:isDefinedBy <ontology> .
"""
_WIKIDATA = """
<http://www.wikidata.org/entity/Q2013> a void:Dataset ;
    void:uriSpace "http://www.wikidata.org/entity/" ;
    void:uriRegexPattern "^http://www\\\\.wikidata\\\\.org/entity/Q[1-9][0-9]*$" .
"""
_PLACES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kv: <ontology#>
PREFIX linkset: <id/linkset/>
PREFIX place: <https://places.example.org/id/>
PREFIX plan: <id/plan/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX town: <id/town/>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX wd: <http://www.wikidata.org/entity/>

linkset:places a void:Linkset ;
    skos:prefLabel "地名集へのリンク"@ja , "Links to the gazetteer"@en ;
    void:linkPredicate skos:exactMatch ;
    void:objectsTarget <https://places.example.org/> ;
    kv:targetCode dcterms:identifier ;
    kv:linkMethod "コードで照合した。"@ja , "Matched by code."@en ;
    kv:confidence "high" .

linkset:places-around a void:Linkset ;
    skos:prefLabel "地名集の広い区域へのリンク"@ja , "Links to wider areas in the gazetteer"@en ;
    void:linkPredicate skos:broadMatch ;
    void:objectsTarget <https://places.example.org/> .

linkset:places-near a void:Linkset ;
    skos:prefLabel "地名集の近いものへのリンク"@ja , "Links to what is close in the gazetteer"@en ;
    void:linkPredicate skos:closeMatch ;
    void:objectsTarget <https://places.example.org/> .

<https://places.example.org/> a void:Dataset ;
    dcterms:title "地名集"@ja , "Gazetteer"@en ;
    void:uriSpace "https://places.example.org/id/" ;
    void:uriRegexPattern "^https://places\\\\.example\\\\.org/id/([0-9]{6})-[^%/]+$" .

town:992011 skos:exactMatch <https://places.example.org/id/992011-霞市> .
town:992020 skos:exactMatch <https://places.example.org/id/992020-浜町> .
town:992011 skos:broadMatch <https://places.example.org/id/990000-霞県> .
town:992020 skos:closeMatch <https://places.example.org/id/992020-浜> .

<https://places.example.org/id/992011-霞市> void:inDataset linkset:places .
<https://places.example.org/id/992020-浜町> void:inDataset linkset:places .
<https://places.example.org/id/990000-霞県> void:inDataset linkset:places-around .
<https://places.example.org/id/992020-浜> void:inDataset linkset:places-near .
"""


def linked_project(directory: Path) -> Path:
    """Write the project into a directory that does not exist yet; return it. It can be built."""
    project = write_project(directory)
    append(project / "ontology" / "kasumi.ttl", _ONTOLOGY)
    edit(
        project / "data" / "links.linksets.ttl",
        '<http://www.wikidata.org/entity/Q2013> skos:prefLabel "ウィキデータ"@ja , "Wikidata"@en .',
        '<http://www.wikidata.org/entity/Q2013> skos:prefLabel "ウィキデータ"@ja , "Wikidata"@en .'
        + _WIKIDATA,
    )
    (project / LINKS).write_text(_PLACES, "utf-8")
    return project


def replace_iri(project: Path, old: str, new: str) -> None:
    """Replace an IRI wherever the links of the project have it, or the beginning of one."""
    path = project / LINKS
    text = path.read_text("utf-8")
    assert f"<{old}" in text
    path.write_text(text.replace(f"<{old}", f"<{new}"), "utf-8")
