# expects: TargetDataset-bibliographicCitation DatatypeConstraintComponent
# expects: TargetDataset-bibliographicCitation LanguageInConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:bibliographicCitation "タグなし" .
}
