# expects: Prefecture-notation DatatypeConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { prefecture:01 skos:notation ?old }
INSERT { prefecture:01 skos:notation "01"@en }
WHERE { prefecture:01 skos:notation ?old }
