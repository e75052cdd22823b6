# expects: Ontology-note LanguageInConstraintComponent
# A text in a third language.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    <ontology> skos:note "texte"@fr .
}
