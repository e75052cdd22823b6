# expects: Ontology-license MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:license <https://example.org/other> .
}
