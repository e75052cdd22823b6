# expects: Region-identifier PatternConstraintComponent
# The check digit is missing.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX region: <id/region/>

DELETE { region:sorachi dcterms:identifier ?old }
INSERT { region:sorachi dcterms:identifier "01420" }
WHERE { region:sorachi dcterms:identifier ?old }
