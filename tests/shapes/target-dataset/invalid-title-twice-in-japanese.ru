# expects: TargetDataset-title UniqueLangConstraintComponent
# expects: TargetDataset-title MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:title "もう一つ"@ja .
}
