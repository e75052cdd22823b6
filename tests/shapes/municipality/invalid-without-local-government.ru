# expects: AdministrativeUnit-localGovernment MinCountConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

DELETE WHERE { municipality:011002 s5:localGovernment ?body }
