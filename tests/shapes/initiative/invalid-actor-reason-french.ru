# expects: Initiative-actorReason LanguageInConstraintComponent
# expects: Initiative-actorReason MaxCountConstraintComponent
# A text in a third language.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:actorReason "texte"@fr .
}
