# expects: SourceDocument-description MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX document: <id/document/>

INSERT DATA {
    document:direction dcterms:description "ヨミ"@ja-hrkt .
}
