# expects: AdministrativeUnit-identifier PatternConstraintComponent
# The leading zero is missing.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX municipality: <id/municipality/>

DELETE { municipality:011002 dcterms:identifier ?old }
INSERT { municipality:011002 dcterms:identifier "11002" }
WHERE { municipality:011002 dcterms:identifier ?old }
