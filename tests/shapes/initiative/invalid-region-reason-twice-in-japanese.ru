# expects: Initiative-regionReason UniqueLangConstraintComponent
# expects: Initiative-regionReason MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:regionReason "もう一つ"@ja .
}
