# expects: Activity-description DatatypeConstraintComponent
# expects: Activity-description LanguageInConstraintComponent
# expects: Activity-description MaxCountConstraintComponent
# A text without a language tag.

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    activity:expert-panel-2020 dcterms:description "タグなし" .
}
