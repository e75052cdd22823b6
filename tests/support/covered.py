"""The small project with documents that its plans are from: with and without what they cover.

It has two towns more, in neither of which there is a plan: 992038 and 992046.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.projects import append, edit, write_project

_TOWNS = "992038,山町,ヤマチョウ,Yama,\n992046,川町,カワチョウ,Kawa,\n"
_ONTOLOGY = """
kv:Document a owl:Class ;
    rdfs:label "資料"@ja , "document"@en ;
    rdfs:isDefinedBy <ontology> .
"""
_SHAPES = """
shape:Plan-source a sh:PropertyShape ;
    sh:path dcterms:source ;
    sh:nodeKind sh:IRI ;
    sh:order 9 ;
    sh:name "出典"@ja , "source"@en .

shape:Document a sh:NodeShape ;
    sh:targetClass kv:Document ;
    void:uriSpace "id/document/" ;
    rdfs:label "資料"@ja , "Documents"@en ;
    sh:order 4 ;
    sh:property shape:Document-coverage , shape:Document-pages .

shape:Document-coverage a sh:PropertyShape ;
    sh:path dcterms:coverage ;
    sh:class kv:Town ;
    sh:order 1 ;
    sh:name "掲載市町"@ja , "towns covered"@en .

shape:Document-pages a sh:PropertyShape ;
    sh:path <http://schema.org/numberOfPages> ;
    sh:datatype xsd:integer ;
    sh:order 2 ;
    sh:name "ページ数"@ja , "pages"@en .
"""


def covered_project(directory: Path, *documents: str) -> Path:
    """Write the project into a directory that does not exist yet; return it.

    `documents` say what is to be said of each, in Turtle; `dcterms:`, `town:` and `schema:` are
    known prefixes.
    """
    project = write_project(directory)
    data = project / "data"
    append(data / "towns.csv", _TOWNS)
    append(project / "ontology" / "kasumi.ttl", _ONTOLOGY)
    shapes = project / "shapes" / "plan.ttl"
    edit(shapes, "shape:Plan-hasStep .", "shape:Plan-hasStep , shape:Plan-source .")
    append(shapes, _SHAPES)
    prefixes = (
        "PREFIX dcterms: <http://purl.org/dc/terms/>\nPREFIX kv: <ontology#>\n"
        "PREFIX schema: <http://schema.org/>\nPREFIX town: <id/town/>\n"
    )
    said = (
        f"<id/document/paper-{number}> a kv:Document{' ; ' if one else ''}{one} .\n"
        for number, one in enumerate(documents, 1)
    )
    (data / "source.documents.ttl").write_text(prefixes + "".join(said), "utf-8")
    return project
