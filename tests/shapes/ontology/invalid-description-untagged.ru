# expects: Ontology-description DatatypeConstraintComponent
# expects: Ontology-description LanguageInConstraintComponent
# expects: Ontology-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    <ontology> dcterms:description "タグなし" .
}
