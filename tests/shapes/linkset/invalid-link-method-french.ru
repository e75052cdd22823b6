# expects: Linkset-linkMethod LanguageInConstraintComponent
# expects: Linkset-linkMethod MaxCountConstraintComponent
# A text in a third language.

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

INSERT DATA {
    linkset:wikidata-confirmed s5:linkMethod "texte"@fr .
}
