# expects: Initiative-perspectiveReason UniqueLangConstraintComponent
# expects: Initiative-perspectiveReason MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:perspectiveReason "もう一つ"@ja .
}
