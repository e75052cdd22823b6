# expects: TargetDataset-bibliographicCitation LanguageInConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:bibliographicCitation "texte"@fr .
}
