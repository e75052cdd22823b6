# expects: TargetDataset-description MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:description "ヨミ"@ja-hrkt .
}
