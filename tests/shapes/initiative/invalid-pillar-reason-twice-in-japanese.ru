# expects: Initiative-pillarReason UniqueLangConstraintComponent
# expects: Initiative-pillarReason MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:pillarReason "もう一つ"@ja .
}
