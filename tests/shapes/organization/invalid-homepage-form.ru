# expects: Organization-homepage PatternConstraintComponent

PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX organization: <id/organization/>

DELETE { organization:sorachi-bureau foaf:homepage ?old }
INSERT { organization:sorachi-bureau foaf:homepage <ftp://example.org/> }
WHERE { organization:sorachi-bureau foaf:homepage ?old }
