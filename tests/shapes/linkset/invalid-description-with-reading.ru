# expects: Linkset-description MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX linkset: <id/linkset/>

INSERT DATA {
    linkset:wikidata-confirmed dcterms:description "ヨミ"@ja-hrkt .
}
