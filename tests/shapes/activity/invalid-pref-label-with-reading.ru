# expects: Activity-prefLabel MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX activity: <id/activity/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    activity:expert-panel-2020 skos:prefLabel "ヨミ"@ja-hrkt .
}
