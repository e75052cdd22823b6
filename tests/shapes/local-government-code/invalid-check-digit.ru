# expects: LocalGovernmentCodes-checkDigit SPARQLConstraintComponent
# Another check digit; the key of the unit changes with it.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX municipality: <id/municipality/>

DELETE { municipality:011002 ?p ?o }
INSERT { municipality:011003 ?p ?o }
WHERE { municipality:011002 ?p ?o } ;
DELETE DATA { municipality:011003 dcterms:identifier "011002" } ;
INSERT DATA { municipality:011003 dcterms:identifier "011003" }
