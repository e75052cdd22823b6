# expects: AdministrativeUnit-notation DatatypeConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { municipality:011002 skos:notation ?old }
INSERT { municipality:011002 skos:notation "01100"@ja }
WHERE { municipality:011002 skos:notation ?old }
