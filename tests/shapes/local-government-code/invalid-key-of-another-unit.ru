# expects: LocalGovernmentCodes-key SPARQLConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { municipality:011002 dcterms:identifier "011002" ; skos:notation "01100" } ;
INSERT DATA { municipality:011002 dcterms:identifier "012025" ; skos:notation "01202" } ;
DELETE { municipality:011002 ?p ?link }
WHERE { municipality:011002 ?p ?link FILTER(?p IN (skos:exactMatch, skos:narrowMatch)) }
