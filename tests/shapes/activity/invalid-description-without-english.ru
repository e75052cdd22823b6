# expects: Activity-description-en QualifiedMinCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { activity:expert-panel-2020 dcterms:description ?text }
WHERE { activity:expert-panel-2020 dcterms:description ?text FILTER(LANG(?text) = "en") }
