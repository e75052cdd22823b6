# expects: TargetDataset-title DatatypeConstraintComponent
# expects: TargetDataset-title LanguageInConstraintComponent
# expects: TargetDataset-title MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:title "タグなし" .
}
