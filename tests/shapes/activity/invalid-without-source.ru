# expects: Activity-source MinCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { activity:expert-panel-2020 dcterms:source ?value }
