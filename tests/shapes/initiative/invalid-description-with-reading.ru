# expects: Initiative-description MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

INSERT DATA {
    initiative:telemedicine dcterms:description "ヨミ"@ja-hrkt .
}
