# expects: TargetDataset-description DatatypeConstraintComponent
# expects: TargetDataset-description LanguageInConstraintComponent
# expects: TargetDataset-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:description "タグなし" .
}
