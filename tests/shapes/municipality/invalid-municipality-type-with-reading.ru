# expects: Municipality-municipalityType MaxCountConstraintComponent
# A third text: a reading, which belongs into skos:altLabel.

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:011002 s5:municipalityType "ヨミ"@ja-hrkt .
}
