# expects: Ontology-title MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:title "ヨミ"@ja-hrkt .
}
