# expects: PriorityProject-purpose LanguageInConstraintComponent
# A text in a third language.

PREFIX project: <id/project/>
PREFIX s5: <ontology#>

INSERT DATA {
    project:hokkaido-society5 s5:purpose "texte"@fr .
}
