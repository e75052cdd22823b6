# expects: Region-identifier DatatypeConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX region: <id/region/>

DELETE { region:sorachi dcterms:identifier ?old }
INSERT { region:sorachi dcterms:identifier "014206"@ja }
WHERE { region:sorachi dcterms:identifier ?old }
