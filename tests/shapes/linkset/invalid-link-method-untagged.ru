# expects: Linkset-linkMethod DatatypeConstraintComponent
# expects: Linkset-linkMethod LanguageInConstraintComponent
# expects: Linkset-linkMethod MaxCountConstraintComponent
# A text without a language tag.

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

INSERT DATA {
    linkset:wikidata-confirmed s5:linkMethod "タグなし" .
}
