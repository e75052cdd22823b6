# expects: Municipality-municipalityType DatatypeConstraintComponent
# expects: Municipality-municipalityType LanguageInConstraintComponent
# expects: Municipality-municipalityType MaxCountConstraintComponent
# A text without a language tag.

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:011002 s5:municipalityType "タグなし" .
}
