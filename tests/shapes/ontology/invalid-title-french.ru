# expects: Ontology-title LanguageInConstraintComponent
# expects: Ontology-title MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:title "texte"@fr .
}
