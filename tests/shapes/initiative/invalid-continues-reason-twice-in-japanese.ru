# expects: Initiative-continuesReason UniqueLangConstraintComponent
# expects: Initiative-continuesReason MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:continuesReason "もう一つ"@ja .
}
