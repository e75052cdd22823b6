# expects: TargetDataset-title LanguageInConstraintComponent
# expects: TargetDataset-title MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <http://www.wikidata.org/> dcterms:title "texte"@fr .
}
