# expects: Linkset-linkMethod MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

INSERT DATA {
    linkset:wikidata-confirmed s5:linkMethod "ヨミ"@ja-hrkt .
}
