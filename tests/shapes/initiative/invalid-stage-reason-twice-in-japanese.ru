# expects: Initiative-stageReason UniqueLangConstraintComponent
# expects: Initiative-stageReason MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:stageReason "もう一つ"@ja .
}
