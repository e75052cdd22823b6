# expects: AdministrativeUnit-narrowMatch NodeKindConstraintComponent
# expects: AdministrativeUnit-narrowMatch NodeConstraintComponent
# expects: AdministrativeUnit-narrowMatch PatternConstraintComponent
# A text where an IRI is wanted.

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    municipality:011002 skos:narrowMatch "http://www.wikidata.org/entity/Q1" .
}
