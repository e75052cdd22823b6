# expects: AdministrativeUnit-exactMatch NodeKindConstraintComponent
# expects: AdministrativeUnit-exactMatch NodeConstraintComponent
# A text where an IRI is wanted.

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    municipality:011002 skos:exactMatch "http://www.wikidata.org/entity/Q1" .
}
