# expects: TargetDataset-description LanguageInConstraintComponent
# expects: TargetDataset-description MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:description "texte"@fr .
}
