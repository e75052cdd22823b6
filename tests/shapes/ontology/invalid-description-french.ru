# expects: Ontology-description LanguageInConstraintComponent
# expects: Ontology-description MaxCountConstraintComponent
# A text in a third language.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:description "texte"@fr .
}
