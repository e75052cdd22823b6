# expects: Activity-date DatatypeConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { activity:expert-panel-2020 dcterms:date ?old }
INSERT { activity:expert-panel-2020 dcterms:date "令和2年8月" }
WHERE { activity:expert-panel-2020 dcterms:date ?old }
