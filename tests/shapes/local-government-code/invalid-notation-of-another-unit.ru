# expects: LocalGovernmentCodes-notation SPARQLConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { municipality:011002 skos:notation "01100" } ;
INSERT DATA { municipality:011002 skos:notation "01202" }
