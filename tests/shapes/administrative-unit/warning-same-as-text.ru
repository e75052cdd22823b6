# expects: AdministrativeUnitAdvice-sameAs NodeKindConstraintComponent
# expects: AdministrativeUnitAdvice-sameAs MaxCountConstraintComponent
# A text where an IRI is wanted.

PREFIX municipality: <id/municipality/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT DATA {
    municipality:011002 owl:sameAs "Q37951" .
}
