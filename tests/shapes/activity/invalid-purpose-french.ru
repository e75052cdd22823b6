# expects: Activity-purpose LanguageInConstraintComponent
# A text in a third language.

PREFIX activity: <id/activity/>
PREFIX s5: <ontology#>

INSERT DATA {
    activity:expert-panel-2020 s5:purpose "texte"@fr .
}
