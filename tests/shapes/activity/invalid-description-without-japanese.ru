# expects: Activity-description-ja QualifiedMinCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE { activity:expert-panel-2020 dcterms:description ?text }
WHERE { activity:expert-panel-2020 dcterms:description ?text FILTER(LANG(?text) = "ja") }
