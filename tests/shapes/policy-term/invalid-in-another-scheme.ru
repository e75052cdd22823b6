# expects: PolicyTerm-inScheme HasValueConstraintComponent

PREFIX scheme: <id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX policy-term: <id/policy-term/>

DELETE DATA { policy-term:related-population skos:inScheme scheme:policy-term } ;
INSERT DATA { policy-term:related-population skos:inScheme scheme:other } ;
INSERT DATA { scheme:other a skos:ConceptScheme }
