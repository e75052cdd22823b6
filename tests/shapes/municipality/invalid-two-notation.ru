# expects: AdministrativeUnit-notation MaxCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    municipality:011002 skos:notation "01202" .
}
