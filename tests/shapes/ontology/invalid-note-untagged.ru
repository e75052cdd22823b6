# expects: Ontology-note DatatypeConstraintComponent
# expects: Ontology-note LanguageInConstraintComponent
# A text without a language tag.

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    <ontology> skos:note "タグなし" .
}
