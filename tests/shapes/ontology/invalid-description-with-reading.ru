# expects: Ontology-description MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:description "ヨミ"@ja-hrkt .
}
