# expects: Municipality-district LanguageInConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

INSERT DATA {
    municipality:011002 s5:district "Ishikari-gun"@en .
}
