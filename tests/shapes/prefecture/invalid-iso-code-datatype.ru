# expects: Prefecture-isoCode DatatypeConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX schema: <http://schema.org/>

DELETE { prefecture:01 schema:identifier ?old }
INSERT { prefecture:01 schema:identifier "JP-01"@en }
WHERE { prefecture:01 schema:identifier ?old }
