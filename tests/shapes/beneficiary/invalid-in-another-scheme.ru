# expects: Beneficiary-inScheme HasValueConstraintComponent

PREFIX beneficiary: <id/beneficiary/>
PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { beneficiary:residents skos:inScheme scheme:beneficiary } ;
INSERT DATA { beneficiary:residents skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }
