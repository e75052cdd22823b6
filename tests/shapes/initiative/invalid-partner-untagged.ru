# expects: Initiative-partner DatatypeConstraintComponent
# expects: Initiative-partner LanguageInConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:partner "タグなし" .
}
