# expects: Prefecture-isoCode PatternConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX schema: <http://schema.org/>

DELETE { prefecture:01 schema:identifier ?old }
INSERT { prefecture:01 schema:identifier "01" }
WHERE { prefecture:01 schema:identifier ?old }
