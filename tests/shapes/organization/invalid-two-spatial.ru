# expects: Organization-spatial MaxCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX organization: <id/organization/>
PREFIX prefecture: <id/prefecture/>

INSERT DATA { organization:municipality-012106 dcterms:spatial prefecture:01 }
