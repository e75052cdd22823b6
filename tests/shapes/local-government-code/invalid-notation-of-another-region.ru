# expects: LocalGovernmentCodes-notation SPARQLConstraintComponent

PREFIX region: <id/region/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { region:sorachi skos:notation ?old }
INSERT { region:sorachi skos:notation "01300" }
WHERE { region:sorachi skos:notation ?old }
