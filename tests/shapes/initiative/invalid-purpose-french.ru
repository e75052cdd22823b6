# expects: Initiative-purpose LanguageInConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:purpose "texte"@fr .
}
