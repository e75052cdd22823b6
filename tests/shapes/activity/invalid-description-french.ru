# expects: Activity-description LanguageInConstraintComponent
# expects: Activity-description MaxCountConstraintComponent
# A text in a third language.

PREFIX activity: <id/activity/>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
    activity:expert-panel-2020 dcterms:description "texte"@fr .
}
