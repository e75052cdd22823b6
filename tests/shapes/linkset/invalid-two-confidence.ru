# expects: Linkset-confidence MaxCountConstraintComponent

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

INSERT DATA {
    linkset:wikidata-confirmed s5:confidence "medium" .
}
