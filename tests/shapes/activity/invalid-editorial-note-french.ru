# expects: Activity-editorialNote LanguageInConstraintComponent
# A text in a third language.

PREFIX activity: <id/activity/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
    activity:expert-panel-2020 skos:editorialNote "texte"@fr .
}
