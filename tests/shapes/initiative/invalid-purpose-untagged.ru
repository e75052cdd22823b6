# expects: Initiative-purpose DatatypeConstraintComponent
# expects: Initiative-purpose LanguageInConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:purpose "タグなし" .
}
