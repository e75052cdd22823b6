# expects: Municipality-municipalityType UniqueLangConstraintComponent
# expects: Municipality-municipalityType MaxCountConstraintComponent
# Two texts in Japanese.

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:011002 s5:municipalityType "もう一つ"@ja .
}
