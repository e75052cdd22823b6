# expects: Linkset-targetCode NodeKindConstraintComponent
# A text where an IRI is wanted.

PREFIX linkset: <id/linkset/>
PREFIX s5: <ontology#>

INSERT DATA { linkset:wikidata-confirmed s5:targetCode "notation" }
