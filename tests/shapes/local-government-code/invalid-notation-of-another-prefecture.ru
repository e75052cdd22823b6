# expects: LocalGovernmentCodes-notation SPARQLConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { prefecture:01 skos:notation ?old }
INSERT { prefecture:01 skos:notation "02" }
WHERE { prefecture:01 skos:notation ?old }
