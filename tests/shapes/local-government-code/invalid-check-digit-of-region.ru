# expects: LocalGovernmentCodes-checkDigit SPARQLConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX region: <id/region/>

DELETE DATA { region:sorachi dcterms:identifier "014206" } ;
INSERT DATA { region:sorachi dcterms:identifier "014207" }
