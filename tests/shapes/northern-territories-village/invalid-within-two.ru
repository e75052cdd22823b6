# expects: NorthernTerritoriesVillage-sfWithin QualifiedMaxCountConstraintComponent

PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX s5: <ontology#>
PREFIX village: <id/village/>

INSERT DATA {
    village:016951 geo:sfWithin <id/none/second> .
    <id/none/second> a s5:Region , s5:AdministrativeUnit .
}
