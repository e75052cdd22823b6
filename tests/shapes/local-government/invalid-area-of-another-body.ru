# expects: CorporateNumbers-localGovernment SPARQLConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX organization: <id/organization/>
PREFIX prefecture: <id/prefecture/>

DELETE { organization:municipality-011002 dcterms:spatial ?old }
INSERT { organization:municipality-011002 dcterms:spatial prefecture:01 }
WHERE { organization:municipality-011002 dcterms:spatial ?old }
