# expects: Region-identifier PatternConstraintComponent
# The leading zero is missing.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX region: <id/region/>

DELETE { region:sorachi dcterms:identifier ?old }
INSERT { region:sorachi dcterms:identifier "14206" }
WHERE { region:sorachi dcterms:identifier ?old }
