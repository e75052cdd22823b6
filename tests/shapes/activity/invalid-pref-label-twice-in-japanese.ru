# expects: Activity-prefLabel UniqueLangConstraintComponent
# expects: Activity-prefLabel MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX activity: <id/activity/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    activity:expert-panel-2020 skos:prefLabel "もう一つ"@ja .
}
