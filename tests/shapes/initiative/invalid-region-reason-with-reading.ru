# expects: Initiative-regionReason MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX initiative: <id/initiative/>
PREFIX s5: <ontology#>

INSERT DATA {
    initiative:telemedicine s5:regionReason "ヨミ"@ja-hrkt .
}
