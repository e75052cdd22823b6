# expects: Activity-description MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    activity:expert-panel-2020 dcterms:description "ヨミ"@ja-hrkt .
}
