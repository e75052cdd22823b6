# expects: Region-identifier MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX region: <id/region/>

DELETE WHERE { region:sorachi dcterms:identifier ?value }
