# expects: Initiative-partner LanguageInConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:partner "texte"@fr .
}
