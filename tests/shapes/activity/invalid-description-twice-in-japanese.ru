# expects: Activity-description UniqueLangConstraintComponent
# expects: Activity-description MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    activity:expert-panel-2020 dcterms:description "もう一つ"@ja .
}
