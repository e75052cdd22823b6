# expects: Organization-identifier DatatypeConstraintComponent
# A string without the datatype.

PREFIX org: <http://www.w3.org/ns/org#>
PREFIX organization: <id/organization/>

DELETE { organization:municipality-012106 org:identifier ?old }
INSERT { organization:municipality-012106 org:identifier "2000020012106" }
WHERE { organization:municipality-012106 org:identifier ?old }
