# expects: Activity-date MaxCountConstraintComponent

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    activity:expert-panel-2020 dcterms:date "2020-09"^^xsd:gYearMonth .
}
