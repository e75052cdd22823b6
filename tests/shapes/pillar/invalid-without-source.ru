# expects: Concept-source MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX pillar: <id/pillar/>

DELETE WHERE { pillar:living dcterms:source ?value }
