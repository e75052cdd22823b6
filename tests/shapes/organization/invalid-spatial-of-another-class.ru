# expects: Organization-spatial ClassConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX organization: <id/organization/>

DELETE { organization:municipality-012106 dcterms:spatial ?old }
INSERT { organization:municipality-012106 dcterms:spatial <id/none/unknown> }
WHERE { organization:municipality-012106 dcterms:spatial ?old }
