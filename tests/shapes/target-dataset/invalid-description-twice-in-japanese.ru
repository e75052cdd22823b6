# expects: TargetDataset-description UniqueLangConstraintComponent
# expects: TargetDataset-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:description "もう一つ"@ja .
}
