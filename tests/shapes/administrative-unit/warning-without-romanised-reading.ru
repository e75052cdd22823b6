# expects: AdministrativeUnitAdvice-romanised QualifiedMinCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { municipality:011002 skos:altLabel "Sapporo Shi"@ja-latn }
