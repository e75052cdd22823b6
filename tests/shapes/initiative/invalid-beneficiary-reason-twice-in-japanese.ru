# expects: Initiative-beneficiaryReason UniqueLangConstraintComponent
# expects: Initiative-beneficiaryReason MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:beneficiaryReason "もう一つ"@ja .
}
