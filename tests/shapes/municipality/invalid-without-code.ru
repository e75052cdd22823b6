# expects: AdministrativeUnit-identifier MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX municipality: <id/municipality/>

DELETE WHERE { municipality:011002 dcterms:identifier ?value }
