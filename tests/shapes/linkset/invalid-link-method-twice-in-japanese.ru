# expects: Linkset-linkMethod UniqueLangConstraintComponent
# expects: Linkset-linkMethod MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

INSERT DATA {
    linkset:wikidata-confirmed s5:linkMethod "もう一つ"@ja .
}
