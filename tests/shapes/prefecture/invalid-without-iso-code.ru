# expects: Prefecture-isoCode MinCountConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX schema: <http://schema.org/>

DELETE WHERE { prefecture:01 schema:identifier ?value }
