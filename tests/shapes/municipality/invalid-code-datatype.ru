# expects: AdministrativeUnit-identifier DatatypeConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX municipality: <id/municipality/>

DELETE { municipality:011002 dcterms:identifier ?old }
INSERT { municipality:011002 dcterms:identifier "011002"@ja }
WHERE { municipality:011002 dcterms:identifier ?old }
