# expects: Municipality-municipalityType-en QualifiedMinCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

DELETE { municipality:011002 s5:municipalityType ?text }
WHERE { municipality:011002 s5:municipalityType ?text FILTER(LANG(?text) = "en") }
