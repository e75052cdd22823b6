# expects: Municipality-municipalityType LanguageInConstraintComponent
# expects: Municipality-municipalityType MaxCountConstraintComponent
# A text in a third language.

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:011002 s5:municipalityType "texte"@fr .
}
