# expects: AdministrativeUnit-notation MinCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { municipality:011002 skos:notation ?value }
