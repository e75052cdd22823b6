# expects: NorthernTerritoriesVillage-district DatatypeConstraintComponent
# expects: NorthernTerritoriesVillage-district LanguageInConstraintComponent

PREFIX s5: <ontology#>
PREFIX village: <id/village/>

DELETE { village:016951 s5:district ?old }
INSERT { village:016951 s5:district "色丹郡" }
WHERE { village:016951 s5:district ?old }
