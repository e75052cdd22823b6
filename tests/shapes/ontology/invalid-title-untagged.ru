# expects: Ontology-title DatatypeConstraintComponent
# expects: Ontology-title LanguageInConstraintComponent
# expects: Ontology-title MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:title "タグなし" .
}
