# expects: Initiative-actorReason UniqueLangConstraintComponent
# expects: Initiative-actorReason MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:actorReason "もう一つ"@ja .
}
