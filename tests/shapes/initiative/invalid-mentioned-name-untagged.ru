# expects: Initiative-mentionedName DatatypeConstraintComponent
# expects: Initiative-mentionedName LanguageInConstraintComponent
# A text without a language tag.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:mentionedName "タグなし" .
}
