# expects: AdministrativeUnit-seeAlso NodeKindConstraintComponent
# expects: AdministrativeUnit-seeAlso NodeConstraintComponent
# expects: AdministrativeUnit-seeAlso PatternConstraintComponent
# A text where an IRI is wanted.

PREFIX municipality: <id/municipality/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA {
    municipality:011002 rdfs:seeAlso "http://www.wikidata.org/entity/Q1" .
}
