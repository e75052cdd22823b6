# expects: AdministrativeUnit-notation MinCountConstraintComponent

PREFIX region: <id/region/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { region:sorachi skos:notation ?value }
