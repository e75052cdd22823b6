# expects: NorthernTerritoriesVillage-district MaxCountConstraintComponent

PREFIX s5: <ontology#>
PREFIX village: <id/village/>

INSERT DATA {
    village:016951 s5:district "国後郡"@ja .
}
