# expects: Activity-prefLabel-en QualifiedMinCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { activity:expert-panel-2020 skos:prefLabel ?text }
WHERE { activity:expert-panel-2020 skos:prefLabel ?text FILTER(LANG(?text) = "en") }
