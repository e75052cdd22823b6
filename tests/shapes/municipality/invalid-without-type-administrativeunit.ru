# expects: AdministrativeUnit-type HasValueConstraintComponent

PREFIX municipality: <id/municipality/>
PREFIX s5: <ontology#>

DELETE DATA { municipality:011002 a s5:AdministrativeUnit }
