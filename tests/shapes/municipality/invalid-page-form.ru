# expects: AdministrativeUnit-page PatternConstraintComponent

PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX municipality: <id/municipality/>

DELETE { municipality:011002 foaf:page ?old }
INSERT { municipality:011002 foaf:page <ftp://example.org/> }
WHERE { municipality:011002 foaf:page ?old }
